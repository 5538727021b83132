//! Levels of identity: what is missing is said in place of the button (PLA-06), level B is asked for, certified at a desk
//! (PLA-04, PET-05), ends with a changed field, and is closed and opened for a service (PLA-07).

use anyhow::{Context, Result, ensure};
use tests::{
    http::{Answer, Client},
    hub::{ADMIN, ADMIN_PASSWORD, Hub, Setting},
    lookalike::TaxisnetLookalike,
    members,
    staff::Staff,
};

use crate::{
    accounts::{PASSWORD, USER, citizen, register_in_browser},
    agents::administrator,
    colleagues::{self, hired},
    kept::{CitizenScene, scene_of_body},
    pages::{look, look_in_both},
    walk::place_of_body_with,
};

const CLERK: (&str, &str) = ("giorgos", colleagues::PASSWORD);

/// The renewal of a licence is for who is certified.
fn licence_asks_for_b(office: String) -> String {
    office.replace("key = \"driving-licence\"", "key = \"driving-licence\"\nlevel = \"b\"")
}

/// A clerk who certifies, made so by an administrator on their page.
pub fn certifier(hub: &Hub) -> Result<Client> {
    hired(hub, CLERK.0, &["grant@certifier@office:1"])?;
    let clerk = hub.client();
    let signed = clerk.post_form("/login", "/login", &[("name", CLERK.0), ("password", CLERK.1)])?;
    ensure!(signed.location.as_deref() == Some("/staff"), "{}: {}", signed.status, signed.body);
    Ok(clerk)
}

/// What level B asks for, typed as a citizen does.
pub fn details<'a>() -> Vec<(&'a str, &'a str)> {
    vec![
        ("full-name", "Μαρία Παπαδάκη"),
        ("phone", "694 000 0000"),
        ("tax-number", "090000045"),
        ("tax-office", "Αγίου Νικολάου"),
        ("street", "Κούνδουρου 12"),
        ("postcode", "721 00"),
        ("town", "Άγιος Νικόλαος"),
    ]
}

fn fill_in(client: &Client) -> Result<()> {
    let kept = client.post_form("/account/details", "/account/details", &details())?;
    ensure!(kept.location.as_deref() == Some("/account?done=details"), "{}: {}", kept.status, kept.body);
    Ok(())
}

fn wish(client: &Client, wish: &str) -> Result<Answer> {
    client.post_form("/account/level", "/account/level", &[("wish", wish)])
}

/// The page of an account, found by what its owner says at the desk.
pub fn found(clerk: &Client, wanted: &str) -> Result<String> {
    let list = clerk.post_form("/staff/kep/certify", "/staff/kep/certify", &[("q", wanted)])?;
    ensure!(list.status == 200, "{}: {}", list.status, list.body);
    let href = list.body.split("href=\"/staff/kep/certify/").nth(1).context("an account")?;
    Ok(format!("/staff/kep/certify/{}", href.split('"').next().unwrap_or_default()))
}

/// Presses a button of the page of an account, with what the page itself carries.
pub fn certify(clerk: &Client, page: &str, fields: &[(&str, &str)]) -> Result<Answer> {
    let shown = clerk.get(page)?.body;
    let seen = shown.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
    clerk.post_form_of(&shown, page, &[fields, &[("seen", seen)]].concat())
}

/// What a clerk finds where everything is there.
pub const EVERYTHING: [(&str, &str); 6] = [
    ("paper", "identity-card"),
    ("last-three", "456"),
    ("proof-tax-number", "yes"),
    ("proof-tax-office", "yes"),
    ("proof-address", "yes"),
    ("finding", "certify"),
];

fn certified(scene: &CitizenScene, clerk: &Client, client: &Client) -> Result<String> {
    fill_in(client)?;
    ensure!(wish(client, "yes")?.status == 303);
    let page = found(clerk, USER)?;
    let done = certify(clerk, &page, &EVERYTHING)?;
    ensure!(done.location.as_deref() == Some(format!("{page}?done=certified").as_str()), "{}", done.body);
    ensure!(scene.hub.client().get(&page)?.status == 303, "nobody else sees it");
    Ok(page)
}

#[test]
fn pla_04_pla_06_pet_05_who_is_not_there_yet_reads_what_is_missing_and_is_certified_at_a_desk() -> Result<()> {
    let scene = scene_of_body(licence_asks_for_b)?;
    let service = "/office/kep/5";
    let nobody = scene.hub.client().get(service)?.body;
    ensure!(nobody.contains("επιπέδου Β") && nobody.contains("href=\"/register\""), "{nobody}");
    ensure!(!nobody.contains("href=\"/book?office=kep&#38;service=driving-licence\""), "no button");
    let client = citizen(&scene, USER, "maria@example.gr")?;
    ensure!(client.get(service)?.body.contains("href=\"/account/level\""), "the one next step");
    // Whoever asks for the times all the same is led to the page that says so; a form sent by hand is refused.
    let times = client.get("/book/kep/driving-licence")?;
    ensure!(times.location.as_deref() == Some(service), "{}: {}", times.status, times.body);
    // The wish needs every field, and says which is missing.
    let refused = wish(&client, "yes")?;
    ensure!(refused.status == 422 && refused.body.contains("Λείπουν στοιχεία"), "{}: {}", refused.status, refused.body);
    fill_in(&client)?;
    let level = client.get("/account/level")?.body;
    ensure!(level.contains("Τα στοιχεία σας είναι πλήρη"), "{level}");
    let clerk = certifier(&scene.hub)?;
    // Found by the tax number too, and certified only once she wishes for it.
    let page = found(&clerk, "EL 090000045")?;
    ensure!(clerk.get(&page)?.body.contains("δεν έχει ζητήσει πιστοποίηση"));
    let early = certify(&clerk, &page, &EVERYTHING)?;
    ensure!(early.status == 422 && early.body.contains("δεν έχει ζητήσει"), "{}: {}", early.status, early.body);
    ensure!(wish(&client, "yes")?.status == 303);
    ensure!(client.get(service)?.body.contains("service=certification"), "the visit is booked next");
    // What is missing or wrong is said, and nothing that was typed is lost.
    let wrong = certify(&clerk, &page, &[("paper", "passport"), ("last-three", "45"), ("finding", "certify")])?;
    ensure!(wrong.status == 422 && wrong.body.contains("τα τρία τελευταία"), "{}: {}", wrong.status, wrong.body);
    ensure!(wrong.body.contains("value=\"45\"") && wrong.body.contains("value=\"passport\" checked"), "{}", wrong.body);
    let proofs = certify(&clerk, &page, &[("paper", "passport"), ("last-three", "456"), ("finding", "certify")])?;
    ensure!(proofs.status == 422 && proofs.body.contains("Λείπουν δικαιολογητικά"), "{}", proofs.body);
    // Whoever changes their details while the clerk looks at others is not certified by them.
    let before = clerk.get(&page)?.body;
    let seen =
        before.split("name=\"seen\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).context("a mark")?;
    let other: Vec<_> =
        details().into_iter().map(|(name, value)| (name, if name == "town" { "Ιεράπετρα" } else { value })).collect();
    client.post_form("/account/details", "/account/details", &other)?;
    let raced = clerk.post_form_of(&before, &page, &[&EVERYTHING[..], &[("seen", seen)]].concat())?;
    ensure!(raced.status == 422 && raced.body.contains("άλλαξε τα στοιχεία του στο μεταξύ"), "{}", raced.body);
    fill_in(&client)?;
    let done = certify(&clerk, &page, &EVERYTHING)?;
    ensure!(done.location.as_deref() == Some(format!("{page}?done=certified").as_str()), "{}", done.body);
    let history = clerk.get(&page)?.body;
    ensure!(history.contains("Πιστοποιήθηκε (456)") && history.contains("Επίπεδο Β"), "{history}");
    // It opens by itself.
    let open = client.get(service)?.body;
    ensure!(open.contains("Επίπεδο Β") || !open.contains("next-step"), "{open}");
    ensure!(client.get("/book/kep/driving-licence")?.status == 200);
    ensure!(client.get("/account")?.body.contains("Επίπεδο Β"));
    // A certified field that changes ends it.
    let moved: Vec<_> =
        details().into_iter().map(|(name, value)| (name, if name == "street" { "Λατούς 3" } else { value })).collect();
    ensure!(client.get("/account/details")?.body.contains("χρειάζεται νέα πιστοποίηση"), "which is said before");
    let changed = client.post_form("/account/details", "/account/details", &moved)?;
    ensure!(changed.location.as_deref() == Some("/account?done=details-ended"), "{}", changed.body);
    ensure!(client.get("/account?done=details-ended")?.body.contains("η πιστοποίηση επιπέδου Β΄ έληξε"));
    ensure!(client.get("/book/kep/driving-licence")?.location.as_deref() == Some(service));
    ensure!(clerk.get(&page)?.body.contains("επειδή άλλαξαν στοιχεία"));
    Ok(())
}

#[test]
fn pla_04_nobody_certifies_who_may_not_and_a_certification_is_taken_back_with_a_reason() -> Result<()> {
    let scene = scene_of_body(licence_asks_for_b)?;
    let client = citizen(&scene, USER, "maria@example.gr")?;
    let clerk = certifier(&scene.hub)?;
    // A clerk without the role, the citizen herself, and a stranger.
    Staff::admin(&scene.hub)?.make_account("nikos", CLERK.1, "clerk", Some("kep"))?;
    let other = scene.hub.client();
    other.post_form("/login", "/login", &[("name", "nikos"), ("password", CLERK.1)])?;
    ensure!(other.get("/staff/kep/certify")?.status == 403);
    ensure!(client.get("/staff/kep/certify")?.status == 403);
    let page = certified(&scene, &clerk, &client)?;
    ensure!(other.get(&page)?.status == 403);
    // The clerk does not take it back; an administrator does, with a reason.
    let own = clerk.post_form(&page, &format!("{page}/revoke"), &[("reason", "λάθος")])?;
    ensure!(own.status == 403, "{}", own.status);
    let admin = administrator(&scene.hub)?;
    let silent = admin.post_form(&page, &format!("{page}/revoke"), &[("reason", " ")])?;
    ensure!(silent.status == 422 && silent.body.contains("Γράψτε τον λόγο"), "{}: {}", silent.status, silent.body);
    let done = admin.post_form(&page, &format!("{page}/revoke"), &[("reason", "Το έγγραφο ήταν άλλου.")])?;
    ensure!(done.status == 303, "{}: {}", done.status, done.body);
    ensure!(admin.get(&page)?.body.contains("Το έγγραφο ήταν άλλου."));
    ensure!(client.get("/account")?.body.contains("Επίπεδο Α"));
    // Each look is kept.
    ensure!(admin.get("/admin/looks?office=kep")?.body.contains("Λογαριασμός πολίτη"));
    Ok(())
}

#[test]
fn pla_07_level_b_is_closed_with_a_notice_and_opened_again() -> Result<()> {
    let scene = scene_of_body(licence_asks_for_b)?;
    let client = citizen(&scene, USER, "maria@example.gr")?;
    let clerk = certifier(&scene.hub)?;
    certified(&scene, &clerk, &client)?;
    let admin = administrator(&scene.hub)?;
    let close = [("subject", "service:1:5"), ("open", "no"), ("el", "Κλειστό έως τη Δευτέρα."), ("en", "")];
    let half = admin.post_form("/admin/levels", "/admin/levels", &close)?;
    ensure!(half.status == 422 && half.body.contains("Κλειστό έως τη Δευτέρα."), "{}: {}", half.status, half.body);
    let close = close.map(|(name, value)| (name, if name == "en" { "Closed until Monday." } else { value }));
    ensure!(admin.post_form("/admin/levels", "/admin/levels", &close)?.status == 303);
    for (language, notice) in [("el", "Κλειστό έως τη Δευτέρα."), ("en", "Closed until Monday.")] {
        let page = client.get(&format!("/office/kep/5?lang={language}"))?.body;
        ensure!(page.contains(notice), "{page}");
    }
    ensure!(client.get("/book/kep/driving-licence")?.location.as_deref() == Some("/office/kep/5"));
    ensure!(clerk.get("/admin/levels")?.status == 403, "an administrator alone");
    let open = [("subject", "service:1:5"), ("open", "yes")];
    ensure!(admin.post_form("/admin/levels", "/admin/levels", &open)?.status == 303);
    ensure!(client.get("/book/kep/driving-licence")?.status == 200);
    Ok(())
}

#[test]
fn pla_06_the_pages_of_levels_are_accessible() -> Result<()> {
    let place = place_of_body_with(licence_asks_for_b)?;
    let (browser, base) = (&place.browser, place.hub.base());
    browser.go(&format!("{base}/office/kep/5"))?;
    look_in_both(browser, "level-barred")?;
    register_in_browser(&place, USER, "maria@example.gr")?;
    browser.go(&format!("{base}/account/level"))?;
    look_in_both(browser, "level-first")?;
    browser.go(&format!("{base}/account/details"))?;
    for (name, value) in details() {
        browser.fill(name, value)?;
    }
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("div.done")?;
    browser.go(&format!("{base}/account/level"))?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("a[href*='service=certification']")?;
    look_in_both(browser, "level-wished")?;
    browser.press_selector("form[action='/logout'] button")?;
    browser.waits_for("#password")?;
    certifier(&place.hub)?;
    browser.fill("name", CLERK.0)?;
    browser.fill("password", CLERK.1)?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("ul.desks")?;
    browser.go(&format!("{base}/staff/kep/certify"))?;
    look_in_both(browser, "certify")?;
    browser.fill("q", USER)?;
    browser.press_selector("main form button[type=submit]")?;
    browser.waits_for("a.choice")?;
    browser.press_selector("a.choice")?;
    browser.waits_for("#last-three")?;
    look_in_both(browser, "certify-one")?;
    browser.press_selector("#paper-identity-card")?;
    browser.fill("last-three", "456")?;
    for proof in ["#proof-tax-number", "#proof-tax-office", "#proof-address"] {
        browser.press_selector(proof)?;
    }
    browser.press_selector("main form button[value=certify]")?;
    browser.waits_for("div.done")?;
    look(&place, "certify-done")?;
    browser.press_selector("form[action='/logout'] button")?;
    browser.waits_for("#password")?;
    // Since when, as its holder reads it.
    browser.fill("name", USER)?;
    browser.fill("password", PASSWORD)?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("a[href='/account/details']")?;
    browser.go(&format!("{base}/account/level"))?;
    look_in_both(browser, "level-certified")?;
    browser.press_selector("form[action='/logout'] button")?;
    browser.waits_for("#password")?;
    browser.fill("name", ADMIN)?;
    browser.fill("password", ADMIN_PASSWORD)?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("ul.desks")?;
    browser.go(&format!("{base}/admin/levels"))?;
    look_in_both(browser, "admin-levels")?;
    // The same switches on the page of who supervises them.
    browser.go(&format!("{base}/staff/requests/levels"))?;
    look_in_both(browser, "staff-levels")?;
    Ok(())
}

#[test]
fn pla_02_pla_04_whoever_looks_around_has_a_login_of_level_a_with_a_request_and_one_of_level_b() -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-members-")?;
    let mut hub = Hub::prepare(&folder.path().join("hub"), Setting { body: true, ..Setting::tuesday("09:00")? })?;
    let _others = TaxisnetLookalike::with_protocol(&hub)?;
    hub.run()?;
    hired(&hub, CLERK.0, &["grant@certifier@office:1", "grant@case-worker@body", "grant@request-supervisor@body"])?;
    members::make(&hub, CLERK)?;
    for (name, level) in [(members::OF_LEVEL_A, "Επίπεδο Α"), (members::OF_LEVEL_B, "Επίπεδο Β")] {
        let client = hub.client();
        client.post_form("/login", "/login", &[("name", name), ("password", members::PASSWORD)])?;
        let page = client.get("/account/level")?.body;
        ensure!(page.contains(level), "{name}: {page}");
    }
    let clerk = hub.client();
    clerk.post_form("/login", "/login", &[("name", CLERK.0), ("password", CLERK.1)])?;
    let list = clerk.get("/staff/requests")?.body;
    ensure!(list.contains("1 ανοιχτά, 0 εκπρόθεσμα"), "{list}");
    Ok(())
}

#[test]
fn pla_04_what_was_missing_and_why_level_b_was_taken_back_is_read_on_its_page_and_told_by_mail() -> Result<()> {
    let place = place_of_body_with(licence_asks_for_b)?;
    let (browser, base, email) = (&place.browser, place.hub.base(), "maria@example.gr");
    register_in_browser(&place, USER, email)?;
    browser.go(&format!("{base}/account/details"))?;
    for (name, value) in details() {
        browser.fill(name, value)?;
    }
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("div.done")?;
    browser.go(&format!("{base}/account/level"))?;
    browser.press_selector("main form button[type=submit].govgr-btn-primary")?;
    browser.waits_for("a[href*='service=certification']")?;
    let clerk = certifier(&place.hub)?;
    let page = found(&clerk, USER)?;
    let told = certify(&clerk, &page, &[("paper", "passport"), ("proof-tax-number", "yes"), ("finding", "missing")])?;
    ensure!(told.location.as_deref() == Some(format!("{page}?done=missing").as_str()), "{}", told.body);
    ensure!(place.post.wait_for(email, 1)?.text("text/plain")?.contains("έλειπαν δικαιολογητικά"));
    browser.go(&format!("{base}/account/level"))?;
    browser.reads("Στη θυρίδα έλειπαν: Έγγραφο που αποδεικνύει τη ΔΟΥ, Έγγραφο που αποδεικνύει τη διεύθυνση")?;
    look_in_both(browser, "level-missing")?;
    ensure!(certify(&clerk, &page, &EVERYTHING)?.status == 303);
    let admin = administrator(&place.hub)?;
    let revoked = admin.post_form(&page, &format!("{page}/revoke"), &[("reason", "Το έγγραφο ήταν άλλου.")])?;
    ensure!(revoked.status == 303, "{}: {}", revoked.status, revoked.body);
    browser.go(&format!("{base}/account/level"))?;
    browser.reads("Η πιστοποίηση ανακλήθηκε (Το έγγραφο ήταν άλλου.)")?;
    look_in_both(browser, "level-revoked")?;
    ensure!(place.post.wait_for(email, 3)?.text("text/plain")?.contains("ανακλήθηκε"));
    Ok(())
}
