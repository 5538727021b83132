//! Requests with everything that belongs to them (PET-02, PLA-03, PET-06): photographs, the spot on the map, the number that a
//! receipt gives at the kiosk, what is handed out at the desk, the post, and what is downloaded.

use std::process::Command;

use serde_json::{Value, json};
use wire::ReceiptCode;

use crate::{
    accounts::{after, location},
    house::fresh_id,
    http::{self, HttpAnswer},
    pages::FormBrowser,
    sweep::{
        body_scene::{BIN, PROFILE},
        pdf,
        press::{Press, hidden},
        scene::{DESK, DETAILS, SweepScene, TIMES, last_time, text},
    },
};

/// A form with files, as a browser sends it.
pub fn with_files(
    browser: &mut FormBrowser<'_>,
    (page, action): (&str, &str),
    fields: &[(&str, &str)],
    files: &[(&str, &[u8])],
) -> Press {
    let html = browser.get(page).text;
    let mut all = hidden(&html, action);
    for (name, value) in fields {
        all.retain(|(known, _)| known != name);
        all.push(((*name).to_owned(), (*value).to_owned()));
    }
    let boundary = "----requests";
    let mut body = Vec::new();
    for (name, value) in all {
        let part = format!("--{boundary}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    for (name, bytes) in files {
        let head = "content-disposition: form-data; name=\"file\"; filename=";
        body.extend(format!("--{boundary}\r\n{head}\"{name}\"\r\n\r\n").into_bytes());
        body.extend(*bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{boundary}--\r\n").into_bytes());
    Press::sent(browser, action, &format!("multipart/form-data; boundary={boundary}"), body)
}

/// How many files lie in the folder.
fn lying(scene: &SweepScene) -> usize {
    std::fs::read_dir(scene.house().folder.path().join("uploads")).map(Iterator::count).unwrap_or_default()
}

/// The page of the request that a form led to.
fn page_of(answer: &HttpAnswer) -> String {
    location(answer).trim_end_matches("/receipt").to_owned()
}

/// The code on the receipt of a request.
fn code_of(page: &str) -> String {
    ReceiptCode(page.trim_start_matches("/requests/").parse().unwrap()).to_string()
}

/// The path of a file that a page links to.
fn file_in(html: &str, page: &str) -> String {
    let before = format!("href=\"{page}/files/");
    let (_, rest) = html.split_once(&before).unwrap_or_else(|| panic!("no file: {html}"));
    format!("{page}/files/{}", rest.split('"').next().unwrap())
}

#[test]
fn pet_04_photographs_come_with_a_request_and_a_refused_one_loses_nothing() {
    let scene = SweepScene::of_body();
    let session = scene.applicant();
    let mut browser = scene.staff(&session);
    let (page, photo) = ("/requests/new/cleaning", pdf());
    let mut fields = BIN.to_vec();
    fields.push(("request", ""));
    // One is none that is taken: it is said by its name, and everything else stays.
    let request = fresh_id();
    fields[3].1 = &request;
    let press = with_files(&mut browser, (page, page), &fields, &[("bin.pdf", &photo), ("note.txt", b"hello")]);
    let refused = press.send(scene.house());
    assert_eq!(refused.status, 422, "{refused:?}");
    for kept in ["note.txt: Το αρχείο δεν είναι PDF", "bin.pdf", "Κουντούρου 12", "Ξεχειλίζει από την Τρίτη", &request]
    {
        assert!(refused.text.contains(kept), "no «{kept}» in {}", refused.text);
    }
    assert_eq!(lying(&scene), 1, "what was refused is gone");
    // Too many at a time, and too large a one.
    let large = vec![b'x'; 9 * 1024 * 1024];
    let many: [(&str, &[u8]); 4] = [("2.pdf", &photo), ("3.pdf", &photo), ("4.pdf", &photo), ("large.pdf", &large)];
    let refused = with_files(&mut browser, (page, page), &fields, &many).send(scene.house());
    assert!(refused.text.contains("4.pdf: Τα αρχεία είναι περισσότερα"), "{}", refused.text);
    assert!(refused.text.contains("large.pdf: Το αρχείο είναι μεγαλύτερο"), "{}", refused.text);
    // One that was chosen is left out, the spot is in Greece, and it is submitted with two.
    let (_, rest) = refused.text.split_once("name=\"drop-").unwrap();
    let drop = format!("drop-{}", rest.split('"').next().unwrap());
    fields.extend([(drop.as_str(), "yes"), ("spot", "48.2,16.4,5")]);
    let elsewhere = with_files(&mut browser, (page, page), &fields, &[]).send(scene.house());
    assert!(elsewhere.status == 422 && elsewhere.text.contains("δεν είναι στην Ελλάδα"), "{elsewhere:?}");
    *fields.last_mut().unwrap() = ("spot", "35.190612,25.716421,11.3");
    let one = page_of(&with_files(&mut browser, (page, page), &fields, &[]).send(scene.house()));
    assert_eq!(lying(&scene), 2);
    let shown = browser.get(&one).text;
    assert!(shown.contains("35.19061, 25.71642, με ακρίβεια 12 μέτρων") && shown.contains("3.pdf"), "{shown}");
    // Who asked has it again; staff in the sandbox; nobody else finds it.
    let own = browser.get(&file_in(&shown, &one));
    assert_eq!((own.status, own.text.as_bytes()), (200, photo.as_slice()));
    let mut worker = scene.staff(&scene.worker().0);
    let of_staff = worker.get(&format!("/staff{one}")).text;
    assert!(of_staff.contains("href=\"geo:35.19061,25.71642;u=12\""), "{of_staff}");
    let file = worker.get(&file_in(&of_staff, &format!("/staff{one}")));
    assert!(file.headers.contains("content-security-policy: default-src 'none'; sandbox"), "{}", file.headers);
    assert!(file.headers.contains("content-disposition: attachment; filename=\"document.pdf\""), "{}", file.headers);
    assert_eq!(scene.staff(&scene.member().session()).get(&file_in(&shown, &one)).status, 404);
    assert_eq!(scene.clerks_browser().get(&file_in(&of_staff, &format!("/staff{one}"))).status, 404);
    // A question is answered with a photograph; one that is none loses no word of the answer.
    scene.works(&one, "take", &[]);
    scene.works(&one, "ask", &[("text", "Στείλτε μία φωτογραφία")]);
    let files = format!("{one}/files");
    let answer = [("step", "answer"), ("text", "Ορίστε, ο μπλε")];
    let wrong =
        with_files(&mut browser, (&one, &files), &answer, &[("a.pdf", b"%PDF-1.4 no more")]).send(scene.house());
    assert!(
        wrong.status == 422 && wrong.text.contains("Ορίστε, ο μπλε") && wrong.text.contains("a.pdf: "),
        "{wrong:?}"
    );
    let press = with_files(&mut browser, (&one, &files), &answer, &[("after.pdf", &photo)]);
    for _ in 0..2 {
        assert_eq!(location(&press.send(scene.house())), format!("{one}?done=yes"));
    }
    assert!(worker.get(&format!("/staff{one}")).text.contains("after.pdf"));
    assert_eq!(lying(&scene), 3, "the same press is one file");
    // Everything of it is in what they take along, and they are told what stays.
    let export = browser.get("/account/data.json").text;
    for kept in ["after.pdf", "Ορίστε, ο μπλε", "question-answered"] {
        assert!(export.contains(kept), "no «{kept}» in {export}");
    }
    let erasing = browser.get("/account/erase").text;
    assert!(erasing.contains("είναι ανοιχτό") && erasing.contains("5 έτη") && erasing.contains("dimos@example.gr"));
}

#[test]
fn new_14_files_never_take_the_room_of_what_is_recorded() {
    let scene = SweepScene::of_body();
    let session = scene.applicant();
    let uploads = scene.house().folder.path().join("uploads");
    std::fs::create_dir_all(&uploads).unwrap();
    // A disk that is smaller than what is kept free; where none may be mounted, the test of the room speaks alone.
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=32m", "tmpfs"]).arg(&uploads).status();
    if !mounted.is_ok_and(|status| status.success()) {
        return;
    }
    let (mut browser, page) = (scene.staff(&session), "/requests/new/cleaning");
    let press = with_files(&mut browser, (page, page), &BIN, &[("bin.pdf", &pdf())]);
    let refused = press.send(scene.house());
    let told = scene.staff(&scene.admin).get("/admin").text;
    assert!(Command::new("umount").arg(&uploads).status().unwrap().success());
    assert!(refused.status == 422 && refused.text.contains("bin.pdf: Αυτή τη στιγμή δεν υπάρχει χώρος"), "{refused:?}");
    assert!(refused.text.contains("Ξεχειλίζει από την Τρίτη"), "nothing typed is lost");
    assert!(told.contains("δεν παραλαμβάνονται άλλα αρχεία"), "staff are told: {told}");
    assert!(!scene.staff(&scene.admin).get("/admin").text.contains("δεν παραλαμβάνονται άλλα αρχεία"), "and no longer");
    let taken = with_files(&mut browser, (page, page), &BIN, &[("bin.pdf", &pdf())]).send(scene.house());
    assert!(location(&taken).starts_with("/requests/"), "{taken:?}");
}

/// A request for copies that is ready, of somebody with level A: their session, and its page.
fn copies(scene: &SweepScene) -> (String, String) {
    let session = scene.applicant();
    let page = "/requests/new/copies";
    let asked = scene.staff(&session).post(page, page, &[("x-request_what", "Το τοπογραφικό του 1998")]);
    (session, page_of(&asked))
}

/// What the kiosk is answered who scans this.
fn scanned(scene: &SweepScene, code: &str) -> HttpAnswer {
    scene.house().post(&scene.kiosk, "/api/v1/offices/kep/check-ins", &json!({ "code": code }))
}

/// Desk 1 serves a visit.
pub fn serve(scene: &SweepScene, visit: &Value) {
    scene.idle_desk();
    scene.at_desk("chosen-calls", &json!({ "visit": visit, "because": "urgent" })).ok();
    scene.at_desk("appeared", &json!({ "visit": visit })).ok();
}

#[test]
fn pla_03_a_receipt_gives_a_number_and_the_desk_that_serves_it_hands_the_result_out() {
    let scene = SweepScene::of_body();
    let (session, page) = copies(&scene);
    let mut browser = scene.staff(&session);
    let details = browser.post("/account/details", "/account/details", &PROFILE);
    assert_eq!(location(&details), "/account?done=details");
    let receipt = browser.get(&format!("{page}/receipt")).text;
    assert!(receipt.contains(&format!("{page}/qr.png")), "{receipt}");
    let (picture, cookies) = (format!("{page}/qr.png"), browser.cookies());
    let headers = [("cookie", cookies.as_str())];
    let picture = http::ask_head(&scene.house().address, "GET", &picture, &headers, b"");
    assert!(picture.headers.contains("image/png"), "{picture:?}");
    let code = code_of(&page);
    let early = scanned(&scene, &code);
    assert_eq!((early.status, early.code().as_str()), (409, "result-not-ready"));
    let nothing = ReceiptCode(uuid::Uuid::from_u128(7)).to_string();
    assert_eq!(scanned(&scene, &nothing).code(), "unknown-code");
    scene.works(&page, "take", &[]);
    scene.works(&page, "ready", &[]);
    // The page leads to booking the visit, and says that the receipt does too.
    let shown = browser.get(&page).text;
    assert!(
        shown.contains(&format!("href=\"/book/kep/family-status?request={}\"", named(&page)))
            && shown.contains("Χωρίς ραντεβού"),
        "{shown}"
    );
    let given = scanned(&scene, &code).ok();
    let again = scanned(&scene, &code).ok();
    assert_eq!((&again["ticket"]["number"], &again["again"]), (&given["ticket"]["number"], &json!(true)));
    serve(&scene, &given["ticket"]["visit"]);
    let mut clerk = scene.clerks_browser();
    let desk = clerk.get(DESK).text;
    for said in ["Αντίγραφα εγγράφων", "Παράδοση: αίτημα", "Μαρία Παπαδάκη"]
    {
        assert!(desk.contains(said), "no «{said}» in {desk}");
    }
    let action = format!("{DESK}/hand-outs");
    let wrong = [("paper", "identity-card"), ("last", "4")];
    let refused = Press::form(&mut clerk, DESK, &action, &wrong).send(scene.house());
    assert!(refused.text.contains("τρία τελευταία") && refused.text.contains("value=\"4\""), "{refused:?}");
    let press = Press::form(&mut clerk, DESK, &action, &[("paper", "identity-card"), ("last", "456")]);
    for _ in 0..2 {
        assert_eq!(location(&press.send(scene.house())), DESK);
    }
    let shown = browser.get(&page).text;
    assert!(shown.contains("Παραδόθηκε με επίδειξη ταυτότητας") && !shown.contains("456"), "{shown}");
    assert!(!clerk.get(DESK).text.contains("Παράδοση: αίτημα"));
    assert_eq!(scanned(&scene, &code).code(), "result-not-ready", "it was handed out");
}

/// How the outside names the request of a page.
fn named(page: &str) -> &str {
    page.trim_start_matches("/requests/")
}

/// Books a visit from the page of a request: the code of the booking.
fn books_for(scene: &SweepScene, browser: &mut FormBrowser<'_>, page: &str) -> String {
    let way = format!("{TIMES}&request={}", named(page));
    let last = last_time(&browser.get(&way).text);
    let fields = [("start", last.as_str()), ("cases", "1"), ("request", named(page))];
    let held = browser.post(&way, "/book/kep/family-status", &fields);
    let hold = location(&held).to_owned();
    assert_eq!(browser.post(&hold, &hold, &DETAILS).status, 303);
    let confirm = Press::form(browser, &format!("{hold}/review"), &format!("{hold}/confirm"), &[("consent", "yes")]);
    let confirmed = confirm.send(scene.house());
    assert!(location(&confirmed).starts_with("/booking/"), "{confirmed:?}");
    after(&browser.get(location(&confirmed)), "<dd class=\"code\">", '<').replace(' ', "")
}

/// The first time of today that staff can give.
fn time_of_today(scene: &SweepScene) -> String {
    let path = "/api/v1/offices/kep/slots?service=family-status&internal=true&from=2026-11-24&days=1";
    text(&scene.house().get(&scene.admin, path).ok()["slots"][0]["start"])
}

#[test]
fn pla_03_a_booked_visit_shows_the_desk_the_request_for_which_it_was_booked_and_no_other() {
    let scene = SweepScene::of_body();
    let (session, page) = copies(&scene);
    let (_, second) = copies(&scene);
    let mut browser = scene.staff(&session);
    for one in [&page, &second] {
        scene.works(one, "take", &[]);
        scene.works(one, "ready", &[]);
    }
    let number = after(&browser.get(&page), "<h1>", '<');
    // Who says her address, and asks for no request, is shown nothing of hers.
    let export: Value = serde_json::from_str(&browser.get("/account/data.json").text).unwrap();
    let (email, start) = (text(&export["email"]), time_of_today(&scene));
    let wish = json!({ "service": "family-status", "start": start, "name": "Μαρία", "email": email });
    let booked = scene.office("bookings", &wish);
    let come = scene.office("check-ins", &json!({ "code": booked["reference"] }));
    serve(&scene, &come["ticket"]["visit"]);
    let desk = scene.clerks_browser().get(DESK).text;
    assert!(!desk.contains("Παράδοση: αίτημα"), "{desk}");
    // Nobody binds a booking to a request of another, nor to one of which nothing is collected there.
    let stranger = scene.member().session();
    let way = format!("{TIMES}&request={}", named(&page));
    let mut other = scene.staff(&stranger);
    let last = last_time(&other.get(&way).text);
    let fields = [("start", last.as_str()), ("cases", "1"), ("request", named(&page))];
    assert_eq!(other.post(&way, "/book/kep/family-status", &fields).status, 404);
    let (_, open) = scene.taken();
    let fields = [("start", last.as_str()), ("cases", "1"), ("request", named(&open))];
    assert_eq!(browser.post(&way, "/book/kep/family-status", &fields).status, 404);
    // Given up, it is free to be booked again; what stands is said in the place of the way there, on the page of that one alone.
    let given_up = books_for(&scene, &mut browser, &page);
    scene.office(&format!("bookings/{given_up}/cancellations"), &json!({}));
    assert!(browser.get(&page).text.contains(&format!("request={}", named(&page))));
    let code = books_for(&scene, &mut browser, &page);
    let shown = browser.get(&page).text;
    assert!(shown.contains("Το ραντεβού σας:") && !shown.contains("Κλείστε ραντεβού"), "{shown}");
    assert!(!browser.get(&second).text.contains("Το ραντεβού σας:"));
    // Moved, it is the same visit.
    scene.office(&format!("bookings/{code}/moves"), &json!({ "start": time_of_today(&scene) }));
    let shown = browser.get(&page).text;
    assert!(shown.contains("Το ραντεβού σας:"), "{shown}");
    let come = scene.office("check-ins", &json!({ "code": code }));
    serve(&scene, &come["ticket"]["visit"]);
    let desk = scene.clerks_browser().get(DESK).text;
    assert_eq!(desk.matches("Παράδοση: αίτημα").count(), 1, "{desk}");
    assert!(desk.contains(named(&page)) && !desk.contains(named(&second)), "{number}: {desk}");
    let fields = [("paper", "identity-card"), ("last", "456")];
    let press = Press::form(&mut scene.clerks_browser(), DESK, &format!("{DESK}/hand-outs"), &fields);
    assert_eq!(location(&press.send(scene.house())), DESK);
    assert!(browser.get(&page).text.contains("Παραδόθηκε με επίδειξη ταυτότητας"));
    assert!(!browser.get(&second).text.contains("Παραδόθηκε με επίδειξη ταυτότητας"));
}

#[test]
fn pet_06_what_goes_by_post_is_listed_with_its_labels() {
    let scene = SweepScene::of_body();
    let (session, page) = scene.request_of_certificate();
    scene.works(&page, "take", &[]);
    scene.works(&page, "ready", &[]);
    let mut worker = scene.staff(&scene.worker().0);
    let list = worker.get("/staff/requests/posting").text;
    for said in ["Μαρία Παπαδάκη", "Κούνδουρου 12", "721 00 Άγιος Νικόλαος", "πληρώνει ο παραλήπτης"]
    {
        assert!(list.contains(said), "no «{said}» in {list}");
    }
    let action = format!("/staff{page}/post");
    let fields = [("text", "RE123456789GR")];
    let posted = Press::form(&mut worker, "/staff/requests/posting", &action, &fields).send(scene.house());
    assert_eq!(location(&posted), "/staff/requests/posting?done=yes");
    assert!(!worker.get("/staff/requests/posting").text.contains("Κούνδουρου 12"));
    assert!(scene.staff(&session).get(&page).text.contains("RE123456789GR"));
    let other = scene.clerks_browser().get("/staff/requests/posting").text;
    assert!(other.contains("Κανένα έγγραφο"), "{other}");
}

/// A request for an attestation, whose result is there as a file: the session of who is certified, and its page.
pub fn attested(scene: &SweepScene) -> (String, String) {
    attested_for(scene, scene.member_certified().0.session())
}

/// The same for whose session this is.
pub fn attested_for(scene: &SweepScene, session: String) -> (String, String) {
    let page = "/requests/new/attestations";
    let fields = [("x-request_what", "Βεβαίωση κατοικίας"), ("way", "download")];
    let one = page_of(&scene.staff(&session).post(page, page, &fields));
    scene.works(&one, "take", &[]);
    let (own, files) = (format!("/staff{one}"), format!("/staff{one}/files"));
    let mut worker = scene.staff(&scene.worker().0);
    let brought = with_files(&mut worker, (&own, &files), &[], &[("attestation.pdf", &pdf())]).send(scene.house());
    assert_eq!(location(&brought), format!("{own}?done=yes"));
    (session, one)
}

#[test]
fn pla_03_a_result_is_downloaded_with_a_second_step_and_each_time_is_told() {
    let mut scene = SweepScene::of_body();
    let (session, page) = attested(&scene);
    assert!(!scene.staff(&session).get(&page).text.contains("attestation.pdf"), "it is not ready");
    scene.works(&page, "ready", &[]);
    let shown = scene.staff(&session).get(&page).text;
    assert!(shown.contains("Ορισμός δεύτερου βήματος") && !shown.contains(&format!("{page}/download")), "{shown}");
    let database = rusqlite::Connection::open(scene.house().database()).unwrap();
    let named = |sql: &str| database.query_row(sql, [], |row| row.get::<_, Vec<u8>>(0)).unwrap();
    let id = uuid::Uuid::from_slice(&named("SELECT id FROM upload WHERE purpose = 'result'")).unwrap();
    let file = format!("{page}/results/{id}");
    let forced = scene.staff(&session).post(&page, &format!("{page}/download"), &[("document", &id.to_string())]);
    assert_eq!(forced.status, 422, "{forced:?}");
    assert_eq!(scene.staff(&session).get(&file).status, 404);
    // As if they had signed in with a second step.
    database.execute("UPDATE login SET two_steps = 1", []).unwrap();
    scene.restart();
    let mut browser = scene.staff(&session);
    assert_eq!(browser.get(&file).status, 404, "nothing is given that was not noted");
    let press = Press::form(&mut browser, &page, &format!("{page}/download"), &[]);
    for _ in 0..2 {
        assert_eq!(location(&press.send(scene.house())), file);
    }
    let given = browser.get(&file);
    assert!(given.status == 200 && given.headers.contains("sandbox"), "{given:?}");
    let told = |text: &str| text.matches("Παραλήφθηκε ηλεκτρονικά").count();
    let once = told(&browser.get(&page).text);
    let press = Press::form(&mut browser, &page, &format!("{page}/download"), &[]);
    assert_eq!(location(&press.send(scene.house())), file, "as often as they like");
    assert_eq!(told(&browser.get(&page).text), once + 1);
    assert_eq!(told(&scene.staff(&scene.worker().0).get(&format!("/staff{page}")).text), once + 1);
}

#[test]
fn pet_02_a_worker_takes_a_ready_answer_and_proposes_a_visit_that_is_booked_for_the_case() {
    let scene = SweepScene::of_body();
    let (session, page) = scene.taken();
    let own = format!("/staff{page}");
    let mut worker = scene.staff(&scene.worker().0);
    let plain = worker.get(&own).text;
    assert!(plain.contains("Συνεργείο εντός της εβδομάδας") && !plain.contains("Δεν βρέθηκε εγγραφή"), "{plain}");
    let filled = worker.get(&format!("{own}?answer=0")).text;
    assert!(filled.contains("Το αίτημά σας δόθηκε στο συνεργείο."), "{filled}");
    let wrong = worker.post(&own, &format!("{own}/propose"), &[("visit", "kep/signature/in-person")]);
    assert_eq!(wrong.status, 404, "nobody books it");
    scene.works(&page, "propose", &[("visit", "kep/disability-card/telephone")]);
    let shown = scene.staff(&session).get(&page).text;
    let way = format!("/book/kep/disability-card?channel=telephone&#38;request={}", named(&page));
    assert!(shown.contains(&way), "{shown}");
    assert!(worker.get(&own).text.contains("δεν έχει κλειστεί ακόμη"));
    // Booked from there, the desk that serves the visit hears which request it is about, and hands nothing out.
    scene.works(&page, "propose", &[("visit", "kep/family-status/in-person")]);
    let mut browser = scene.staff(&session);
    let code = books_for(&scene, &mut browser, &page);
    assert!(!worker.get(&own).text.contains("δεν έχει κλειστεί ακόμη"));
    scene.office(&format!("bookings/{code}/moves"), &json!({ "start": time_of_today(&scene) }));
    let come = scene.office("check-ins", &json!({ "code": code }));
    serve(&scene, &come["ticket"]["visit"]);
    let desk = scene.clerks_browser().get(DESK).text;
    assert!(desk.contains("Το ραντεβού αφορά το αίτημα") && !desk.contains("Παράδοση: αίτημα"), "{desk}");
}
