//! Hostile text and files through every field of a booking: each gets a clear sentence, nothing typed is lost, nothing runs
//! in a browser, no mail has another receiver, no file is taken for what it is not.

use anyhow::{Context, Result, ensure};
use tests::{
    booking::{Citizen, HeldTimePage, details_of, prove_today_in},
    hostile::{HOSTILE, MARKS},
    http::Answer,
};

use crate::{
    agents::{administrator, sign_in},
    walk::{WalkPlace, place},
};

/// Text that nobody can read, with what the page says of it.
const UNREADABLE: [&str; 5] = ["Μα\0ρία", "\u{202e}αίραΜ", "Μαρία\u{200b}", "\u{feff}Μαρία", "Μα\u{1b}[31mρία"];
/// Every field of the details that holds a line of text.
const LINES: [&str; 5] = ["name", "street", "town", "x-case", "applicant"];
/// Every other one, which must read in a certain way.
const JUDGED: [&str; 8] = ["phone", "postcode", "identity", "served-email", "tax", "x-number", "x-day", "x-choice"];
const TOO_LONG: usize = 10_000;

/// The sample office asks for more: every kind of field.
fn with_fields(office: String) -> String {
    let fields = "[[services]]\nid = 2\nfields = [\n\
        { key = \"case\", label = { el = \"Υπόθεση\", en = \"Case\" } },\n\
        { key = \"story\", label = { el = \"Ιστορικό\", en = \"Story\" }, kind = \"lines\" },\n\
        { key = \"number\", label = { el = \"Αριθμός\", en = \"Number\" }, kind = \"digits\" },\n\
        { key = \"day\", label = { el = \"Ημέρα\", en = \"Day\" }, kind = \"date\" },\n\
        { key = \"choice\", label = { el = \"Είδος\", en = \"Kind\" }, kind = \"choice\", choices = [\
        { el = \"Ένα\", en = \"One\" }, { el = \"Δύο\", en = \"Two\" }] },\n]";
    office.replacen("[[services]]\nid = 2", fields, 1)
}

/// A page that is an answer to hostile text holds none of it as it came, and is no breakdown.
fn harmless(answer: &Answer, what: &str) -> Result<()> {
    ensure!(answer.status < 500, "{what}: {} {}", answer.status, answer.body);
    for mark in MARKS {
        ensure!(!answer.body.contains(mark), "{what}: the page holds {mark}: {}", answer.body);
    }
    Ok(())
}

fn proven(place: &WalkPlace, email: &str) -> Result<Citizen> {
    let citizen = Citizen::new(place.hub.client(), email);
    let before = place.post.count(email)?;
    citizen.ask_for_link()?;
    let link = place.post.wait_for(email, before)?.link(&format!("{}/book/start/", place.hub.base()))?;
    citizen.open_link(link.strip_prefix(&place.hub.base()).context("a link to the hub")?)?;
    Ok(citizen)
}

fn held(citizen: &Citizen) -> Result<HeldTimePage> {
    let times = citizen.times("kep", "criminal-record")?;
    citizen.held(&citizen.press_time("kep", "criminal-record", times.first().context("a time")?)?)
}

/// The whole form for somebody else and a company at once, with one field as given.
fn fields<'a>(field: &'a str, text: &'a str) -> Vec<(&'a str, &'a str)> {
    let behalf = if matches!(field, "tax" | "company") { "company" } else { "other" };
    let mut all: Vec<(&str, &str)> = details_of("Ελένη Παπαδοπούλου").to_vec();
    all.retain(|(name, _)| *name != "behalf");
    all.extend([("behalf", behalf), ("applicant", "Νίκη Παπαδοπούλου"), ("company", "Σχολή ΑΕ"), ("tax", "090000045")]);
    all.retain(|(name, _)| *name != field);
    all.push((field, text));
    all
}

#[test]
fn hostile_text_in_every_field_is_text_or_is_refused_with_a_sentence() -> Result<()> {
    let place = place(with_fields)?;
    let citizen = proven(&place, "hostile@example.gr")?;
    let held = held(&citizen)?;
    let page = citizen.open(held.page())?;
    let send = |field: &str, text: &str| citizen.send(&page.body, held.page(), &fields(field, text));
    let long = "Α".repeat(TOO_LONG);
    for field in LINES {
        for text in HOSTILE {
            let answer = send(field, text)?;
            ensure!(answer.status == 303, "{field} takes any text that can be read: {} {}", answer.status, answer.body);
            harmless(&citizen.open(&format!("{}/review", held.page()))?, field)?;
            harmless(&citizen.open(held.page())?, field)?;
        }
        for text in UNREADABLE {
            let answer = send(field, text)?;
            ensure!(answer.status == 422, "{field} is {text:?}: {}", answer.status);
            ensure!(answer.body.contains("δεν φαίνονται") || answer.body.contains("Διορθώστε"), "{}", answer.body);
            ensure!(answer.body.contains("694 000 0000"), "{field}: what else was typed is there");
        }
        let answer = send(field, &long)?;
        ensure!(answer.status == 422 && answer.body.contains("πολύ μεγάλο"), "{field}: {}", answer.status);
        ensure!(answer.body.contains("Άγιος Νικόλαος") || field == "town", "{field}: what else was typed is there");
    }
    for field in JUDGED {
        for text in HOSTILE.iter().chain(&UNREADABLE).copied().chain([long.as_str()]) {
            let answer = send(field, text)?;
            ensure!(answer.status == 422, "{field} is no {text:.40}: {}", answer.status);
            harmless(&answer, field)?;
            let is_said = answer.body.contains(&format!("id=\"{field}-wrong\""));
            ensure!(is_said, "a sentence stands beside {field}: {}", answer.body);
            ensure!(answer.body.contains("Παπαδοπούλου"), "{field}: what else was typed is there");
        }
    }
    for field in ["behalf", "if-late", "need-escort", "csrf-none", "from"] {
        for text in HOSTILE.iter().chain(&UNREADABLE) {
            harmless(&send(field, text)?, field)?;
        }
    }
    let log = std::fs::read_to_string(place.hub.log())?;
    for word in ["panicked", "Παπαδοπούλου", "hostile@example.gr", "694000"] {
        ensure!(!log.contains(word), "the log says {word}: {log}");
    }
    Ok(())
}

#[test]
fn hostile_text_in_addresses_queries_and_cookies_is_answered_in_words() -> Result<()> {
    let place = place(with_fields)?;
    let hub = &place.hub;
    let citizen = proven(&place, "queries@example.gr")?;
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    // A client has a limit of its own, not far above.
    let long = "A".repeat(TOO_LONG / 5);
    for text in HOSTILE.iter().chain(&UNREADABLE).copied().chain([long.as_str(), "\u{fffd}"]) {
        let text = encoded(text);
        for path in [
            format!("/?q={text}"),
            format!("/?lang={text}"),
            format!("/book?office={text}&service={text}"),
            format!("/book/sent?office={text}"),
            format!("/book/start/{text}"),
            format!("/book/letters/{text}"),
            format!("/book/kep/{text}"),
            format!("/book/{text}/criminal-record"),
            format!("/book/kep/criminal-record?channel={text}&persons={text}&cases={text}&day={text}&month={text}"),
            format!("/book/kep/criminal-record?channel=in-person&again={text}&view={text}&lapsed={text}"),
            format!("/book/kep/hold/{text}"),
            format!("/book/kep/hold/1/review?changed={text}"),
            format!("/booking/{text}"),
            format!("/booking/{text}/calendar.ics"),
            format!("/served/{text}"),
            format!("/v/{text}"),
            format!("/login?next={text}"),
            format!("/assets/{text}"),
            format!("/api/v1/offices/kep/slots?service={text}&from={text}&days={text}"),
        ] {
            let answer = citizen.open(&path)?;
            harmless(&answer, &path)?;
            ensure!(answer.location.as_deref().is_none_or(|to| to.starts_with('/')), "{path} leads to {answer:?}");
        }
    }
    for bad in ["seira-language=<script>", "seira-form=\"><script>window.hostile=1</script>", "seira-booking=../../x.y"]
    {
        let answer = hub.client().with_cookie(bad).get("/book")?;
        harmless(&answer, bad)?;
    }
    let answer = hub.client().get("/%ff%fe?q=%ff%fe")?;
    harmless(&answer, "no text at all")
}

#[test]
fn hostile_addresses_send_no_mail_to_anybody_else() -> Result<()> {
    let place = place(std::convert::identity)?;
    let client = place.hub.client();
    let citizen = Citizen::new(place.hub.client(), "nobody@example.gr");
    let line = format!("{}@example.gr", "a".repeat(10_000_000));
    let wrong = [
        "a@b.gr\r\nBcc: thief@example.gr",
        "a@b.gr%0aBcc:thief@example.gr",
        "a@b.gr, thief@example.gr",
        "a@b.gr;thief@example.gr",
        "\"<script>window.hostile=1</script>\"@b.gr",
        "Maria <thief@example.gr>",
        "a@b.gr\0",
        "\u{202e}rg.b@a",
        "a@[127.0.0.1]",
        &"a".repeat(TOO_LONG),
    ];
    for email in wrong {
        let page = client.get("/book")?;
        let work = tests::booking::work(&page.body)?;
        let answer =
            client.post_form_of(&page.body, "/book", &[("email", email), ("left_empty", ""), ("altcha", &work)])?;
        ensure!(answer.status == 422, "{email:.60?}: {} {:?}", answer.status, answer.location);
        harmless(&answer, email)?;
        ensure!(answer.body.contains("onoma@example.gr"), "it says what an address looks like: {}", answer.body);
    }
    let page = client.get("/book")?;
    let answer = client.post_form_of(&page.body, "/book", &[("email", &line)])?;
    ensure!(answer.status == 413 || answer.status == 422, "10 MB of one line: {}", answer.status);
    harmless(&answer, "10 MB")?;
    // A right one is mailed after all these: whatever they had caused would have come before.
    citizen.ask_for_link()?;
    place.post.wait_for("nobody@example.gr", 0)?;
    let all = place.post.all()?;
    ensure!(all.len() == 1 && all.iter().all(|mail| mail.to == "nobody@example.gr"), "{all:?}");
    Ok(())
}

#[test]
fn ten_megabytes_of_one_line_are_refused_and_nothing_typed_before_is_lost() -> Result<()> {
    let place = place(with_fields)?;
    let citizen = proven(&place, "long@example.gr")?;
    let held = held(&citizen)?;
    let page = citizen.open(held.page())?;
    citizen.send(&page.body, held.page(), &fields("name", "Κρατημένο Όνομα"))?;
    let line = "x".repeat(10_000_000);
    for field in ["name", "x-story", "csrf", "nonsense"] {
        let answer = citizen.send(&page.body, held.page(), &[(field, &line)])?;
        ensure!(answer.status == 413, "{field}: {}", answer.status);
        ensure!(answer.body.contains(&format!("href=\"{}\"", held.page())), "it leads back: {}", answer.body);
        ensure!(citizen.open(held.page())?.body.contains("Κρατημένο Όνομα"), "{field}: it is still there");
    }
    Ok(())
}

#[test]
fn a_form_from_elsewhere_changes_nothing_on_any_page() -> Result<()> {
    let place = place(std::convert::identity)?;
    let citizen = proven(&place, "own@example.gr")?;
    let kept = held(&citizen)?;
    let booked = citizen.confirm(&held(&citizen)?, "Ελένη Παπαδοπούλου")?;
    let link = crate::bounds::link_of(&booked)?;
    let held_page = kept.page();
    let mut paths: Vec<String> = ["/book", "/book/kep/criminal-record", "/login"].map(str::to_owned).into();
    paths.extend(["", "/extend", "/confirm"].map(|act| format!("{held_page}{act}")));
    let acts = ["/change", "/cancel", "/erase", "/correct", "/documents/remove", "/code", "/code/send", "/renew"];
    paths.extend(acts.map(|act| format!("{link}{act}")));
    let body =
        b"csrf=x&email=a%40example.gr&name=x&password=x&consent=yes&start=2026-11-24T10%3A00%3A00%2B02%3A00&id=1";
    for path in &paths {
        let answer = citizen.send_bytes(path, "application/x-www-form-urlencoded", body)?;
        ensure!(answer.status == 401, "{path}: {} {:?}", answer.status, answer.location);
    }
    let admin = administrator(&place.hub)?;
    for path in ["/admin/agents", "/admin/clerks", "/admin/texts/kep/el/qr-hint", "/admin/people/erase", "/logout"] {
        let answer = admin.post_bytes(path, "application/x-www-form-urlencoded", body, None)?;
        ensure!(answer.status == 401, "{path}: {} {:?}", answer.status, answer.location);
    }
    ensure!(citizen.open(&link)?.body.contains("Το ραντεβού σας ισχύει."));
    ensure!(citizen.open(held_page)?.status == 200, "the time is still kept");
    Ok(())
}

/// A form of several parts with one file.
fn file_form(csrf: &str, name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!(
        "--edge\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--edge\r\n\
         content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: application/pdf\r\n\r\n"
    );
    [head.as_bytes(), bytes, b"\r\n--edge--\r\n"].concat()
}

/// A picture of one colour, so many points wide and high by what it says of itself; its data stays small.
fn bomb(side: u32) -> Vec<u8> {
    let chunk = |kind: &[u8], body: &[u8]| {
        let length = u32::try_from(body.len()).unwrap_or_default().to_be_bytes();
        [&length[..], kind, body, &[0; 4]].concat()
    };
    let size = [&side.to_be_bytes()[..], &side.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &size), chunk(b"IDAT", &[0; 64]), chunk(b"IEND", b"")].concat()
}

#[test]
fn hostile_files_are_judged_by_what_they_are() -> Result<()> {
    let place = place(with_fields)?;
    let citizen = proven(&place, "files@example.gr")?;
    let held = held(&citizen)?;
    let page = citizen.confirm_with(&held, &fields("name", "Ελένη Παπαδοπούλου"))?;
    let link =
        page.body.split("href=\"").find_map(|rest| Some(rest.split_once("/documents\"")?.0)).context("a link")?;
    let path = format!("{link}/documents");
    let send = |name: &str, bytes: &[u8]| -> Result<Answer> {
        let page = citizen.open(&path)?;
        let csrf = page.body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        citizen.send_bytes(
            &path,
            "multipart/form-data; boundary=edge",
            &file_form(csrf.context("a token")?, name, bytes),
        )
    };
    let zip = [&b"PK\x03\x04"[..], &[0; 60], b"PK\x05\x06", &[0; 18]].concat();
    let pdf = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n%%EOF\n".to_vec();
    let png = bomb(4);
    let with = |action: &str| format!("%PDF-1.7\n1 0 obj\n<<{action}>>\nendobj\n%%EOF\n").into_bytes();
    let photograph = |width: u16, height: u16| {
        let size = [height.to_be_bytes(), width.to_be_bytes()].concat();
        [&b"\xff\xd8\xff\xc0\x00\x0b\x08"[..], &size, b"\x01\x01\x11\x00\xff\xda\x00\x02....\xff\xd9"].concat()
    };
    let wrong: [(&str, Vec<u8>, &str); 13] = [
        ("bomb.pdf", zip.clone(), "δεν είναι PDF, JPEG ή PNG"),
        ("bomb.png", zip.clone(), "δεν είναι PDF, JPEG ή PNG"),
        ("page.pdf", b"<html><script>window.hostile=1</script>".to_vec(), "δεν είναι PDF, JPEG ή PNG"),
        ("both.pdf", [pdf.clone(), zip.clone()].concat(), "περιέχει και κάτι άλλο"),
        ("both.png", [png.clone(), b"<script>window.hostile=1</script>".to_vec()].concat(), "περιέχει και κάτι άλλο"),
        ("half.png", png[..png.len() - 8].to_vec(), "δεν είναι ολόκληρο"),
        ("huge.png", bomb(60_000), "εικονοστοιχεία"),
        ("huge.jpg", photograph(60_000, 60_000), "εικονοστοιχεία"),
        ("script.pdf", with("/S/JavaScript/JS(app.alert\\(1\\))"), "εντολές που εκτελούνται όταν ανοίγει"),
        ("launch.pdf", with("/S/#4caunch/F(cmd.exe)"), "εντολές που εκτελούνται όταν ανοίγει"),
        ("locked.pdf", with("/Encrypt 5 0 R"), "προστατευμένο με κωδικό"),
        ("unpacks.pdf", unpacks_without_end()?, "υπερβολικά μεγάλο όταν ανοίγει"),
        ("empty.pdf", Vec::new(), "Διαλέξτε ένα αρχείο"),
    ];
    for (name, bytes, sentence) in &wrong {
        let answer = send(name, bytes)?;
        ensure!(answer.status == 422, "{name}: {} {}", answer.status, answer.body);
        ensure!(answer.body.contains(sentence), "{name}: {}", answer.body);
    }
    let large = [&b"%PDF-1.7\n"[..], &vec![b'x'; 11 * 1024 * 1024], b"%%EOF"].concat();
    let answer = send("large.pdf", &large)?;
    ensure!(answer.status == 413 && answer.body.contains("10 MB"), "{}: {}", answer.status, answer.body);
    ensure!(std::fs::read_dir(place.hub.folder().join("uploads")).map_or(0, Iterator::count) == 0, "none is kept");
    for name in ["../../../etc/passwd.pdf", "<script>window.hostile=1</script>.pdf", "\u{202e}fdp.exe", "=cmd.pdf"] {
        let answer = send(name, &pdf)?;
        ensure!(answer.status == 303, "{name}: {} {}", answer.status, answer.body);
        harmless(&citizen.open(&path)?, name)?;
    }
    let kept: Vec<_> = std::fs::read_dir(place.hub.folder().join("uploads"))?.filter_map(Result::ok).collect();
    ensure!(kept.len() == 4, "{kept:?}");
    for file in &kept {
        let name = file.file_name().to_string_lossy().into_owned();
        ensure!(name.len() == 32 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "on disk it is called {name}");
    }
    ensure!(!place.hub.folder().join("../etc").exists());
    let ids = kept.iter().map(|file| file.file_name().to_string_lossy().into_owned());
    served_as_files_to_staff_alone(&place, &ids.collect::<Vec<_>>())
}

/// A PDF of some hundred kilobytes, of which a gigabyte unfolds.
fn unpacks_without_end() -> Result<Vec<u8>> {
    const MAKER: &str = "import sys, zlib\n\
        packer = zlib.compressobj(9)\n\
        data = b''.join(packer.compress(bytes(1 << 20)) for _ in range(1024)) + packer.flush()\n\
        out = sys.stdout.buffer\n\
        out.write(b'%%PDF-1.7\\n1 0 obj\\n<</Filter/FlateDecode/Length %d>>\\nstream\\n' % len(data))\n\
        out.write(data + b'\\nendstream\\nendobj\\n%%EOF\\n')";
    let made = std::process::Command::new(tests::mail::PYTHON).args(["-c", MAKER]).output()?;
    ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    ensure!(made.stdout.len() < 2 * 1024 * 1024, "{} bytes", made.stdout.len());
    Ok(made.stdout)
}

/// What was sent goes to staff of the office and to nobody else, as a file that no browser takes for a page.
fn served_as_files_to_staff_alone(place: &WalkPlace, ids: &[String]) -> Result<()> {
    let staff = administrator(&place.hub)?;
    for id in ids {
        let path = format!("/staff/kep/documents/{id}");
        let file = staff.get(&path)?;
        ensure!(file.status == 200 && file.body.starts_with("%PDF-1.7"), "{}: {}", file.status, file.body);
        for (header, value) in [
            ("content-type", "application/pdf"),
            ("content-disposition", "attachment; filename=\"document.pdf\""),
            ("x-content-type-options", "nosniff"),
            ("content-security-policy", "default-src 'none'; sandbox"),
            ("cache-control", "no-store"),
        ] {
            ensure!(file.header(header) == Some(value), "{header}: {:?}", file.header(header));
        }
        let stranger = place.hub.client().get(&path)?;
        ensure!(stranger.location.as_deref().is_some_and(|to| to.starts_with("/login")), "{stranger:?}");
        for path in [format!("/uploads/{id}"), format!("/assets/../uploads/{id}"), format!("/assets/{id}")] {
            ensure!(place.hub.client().get(&path)?.status == 404, "{path}");
        }
    }
    Ok(())
}

/// Whether anything of what was typed runs in the page that is open.
fn runs_nothing(place: &WalkPlace, what: &str) -> Result<()> {
    let found = place.browser.script(
        "return [window.hostile, document.querySelectorAll('img[src=\"x\"], svg[onload], script:not([src])').length]",
    )?;
    ensure!(found == serde_json::json!([null, 0]), "{what}: {found}");
    Ok(())
}

#[test]
fn hostile_text_runs_in_no_page_and_no_mail() -> Result<()> {
    let place = place(with_fields)?;
    let citizen = proven(&place, "reader@example.gr")?;
    let mut links = Vec::new();
    for text in [HOSTILE[0], HOSTILE[1], HOSTILE[2]] {
        let held = held(&citizen)?;
        let mut all = fields("name", text);
        all.retain(|(name, _)| !["street", "town", "x-case", "applicant"].contains(name));
        all.extend([("street", text), ("town", text), ("x-case", text), ("applicant", text), ("x-story", text)]);
        let page = citizen.confirm_with(&held, &all)?;
        let link = page.body.split("href=\"").find_map(|rest| Some(rest.split_once("/documents\"")?.0.to_owned()));
        links.push(link.context("a link")?);
    }
    for link in &links {
        place.browser.go(&format!("{}{link}/code?to=data", place.hub.base()))?;
        prove_today_in(&place.browser, &place.post, "reader@example.gr")?;
        place.browser.waits_for("dl.facts")?;
        for page in ["", "/data", "/erase", "/change", "/cancel", "/documents", "/code", "/renew"] {
            place.browser.go(&format!("{}{link}{page}", place.hub.base()))?;
            runs_nothing(&place, page)?;
        }
    }
    for text in HOSTILE {
        place.browser.go(&format!("{}/", place.hub.base()))?;
        place.browser.fill("q", text.lines().next().unwrap_or_default())?;
        place.browser.press_selector("form[role=search] button, .search button")?;
        place.browser.waits_for("#main")?;
        runs_nothing(&place, text)?;
    }
    for nth in 1..=links.len() {
        let mail = place.post.wait_for("reader@example.gr", nth)?;
        ensure!(mail.subject == "Το ραντεβού σας", "{}", mail.subject);
        let file = place.hub.folder().join("mail.html");
        // A mail reader has no policy of ours around it.
        std::fs::write(&file, mail.text("text/html")?)?;
        place.browser.go(&format!("file://{}", file.display()))?;
        runs_nothing(&place, "the mail")?;
        ensure!(place.browser.text()?.contains("window.hostile"), "it is shown as text");
        tests::calendar::of_mail(&mail)?;
    }
    sign_in(&place)?;
    place.browser.go(&format!("{}/admin/people", place.hub.base()))?;
    place.browser.fill("email", "reader@example.gr")?;
    place.browser.press_selector("main form button")?;
    place.browser.reads("window.hostile")?;
    runs_nothing(&place, "the administrator's page")
}
