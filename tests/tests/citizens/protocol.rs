//! Other houses are away (PET-02, PRE-02): the body's protocol system, for whose number a receipt waits, and TAXISnet, without which
//! the house goes on.

use anyhow::{Result, ensure};
use tests::{
    hub::{Hub, Mails, Setting},
    lookalike::{PASSWORD, TaxisnetLookalike},
    mail::MailServer,
};

use crate::{
    accounts::{PASSWORD as OWN, USER, register_in_browser},
    colleagues::{CITIZEN, signs_in},
    pages::{look, look_in_both},
    raced::asks_for_cleaning,
    walk::WalkPlace,
};

const EMAIL: &str = "eleni@example.gr";

/// A place whose body has a protocol system and a TAXISnet beside it, played by the look-alike.
fn place() -> Result<(WalkPlace, TaxisnetLookalike)> {
    let folder = tempfile::TempDir::with_prefix("seira-protocol-")?;
    std::fs::create_dir(folder.path().join("post"))?;
    let post = MailServer::start(&folder.path().join("post"))?;
    let setting = Setting { mails: Mails::Smtp(post.port()), body: true, ..Setting::tuesday("09:00")? };
    let mut hub = Hub::prepare(&folder.path().join("hub"), setting)?;
    let others = TaxisnetLookalike::with_protocol(&hub)?;
    hub.run()?;
    let browser = tests::browser::Browser::open(&folder.path().join("browser"))?;
    Ok((WalkPlace::of(hub, post, browser, folder), others))
}

#[test]
fn pet_02_while_the_protocol_is_away_the_receipt_is_provisional_and_the_official_number_follows() -> Result<()> {
    let (mut place, protocol) = place()?;
    register_in_browser(&place, USER, EMAIL)?;
    protocol.feels("protocol-fails")?;
    let page = asks_for_cleaning(&place)?;
    place.browser.reads("Ο επίσημος αριθμός δεν έχει δοθεί ακόμη")?;
    place.browser.reads("P-1/2026")?;
    look_in_both(&place.browser, "request-provisional")?;
    place.browser.go(&format!("{page}/receipt"))?;
    look_in_both(&place.browser, "request-receipt-provisional")?;
    ensure!(place.post.wait_for(EMAIL, 1)?.text("text/plain")?.contains("P-1/2026"));
    // The protocol comes back, and is asked again by itself; a restart does not make it wait.
    protocol.feels("well")?;
    place.hub.stop()?;
    place.hub.run()?;
    let numbered = place.post.wait_for(EMAIL, 2)?.text("text/plain")?;
    ensure!(numbered.contains("ΑΠ 1001/2026"), "{numbered}");
    place.browser.go(&page)?;
    place.browser.reads("Πήρε τον επίσημο αριθμό ΑΠ 1001/2026")?;
    ensure!(!place.browser.text()?.contains("δεν έχει δοθεί ακόμη"));
    look(&place, "request-numbered")
}

#[test]
fn pre_02_who_has_a_password_signs_in_and_asks_while_the_provider_is_away() -> Result<()> {
    let (place, taxisnet) = place()?;
    let (browser, base) = (&place.browser, place.hub.base());
    register_in_browser(&place, USER, EMAIL)?;
    browser.forget()?;
    for mood in ["token-fails", "token-silent"] {
        taxisnet.feels(mood)?;
        browser.go(&format!("{base}/login"))?;
        browser.press_selector("a[href^='/login/with/taxisnet']")?;
        browser.reads("Ομοίωμα για δοκιμές")?;
        browser.fill("username", "maria")?;
        browser.fill("password", PASSWORD)?;
        browser.press_selector("main button")?;
        browser.press("Έγκριση")?;
        browser.reads("δεν απαντά αυτή τη στιγμή")?;
        // Out there too, so that the next try begins anew.
        browser.press_selector("a[href^='/login/out/taxisnet']")?;
        browser.waits_for("#password")?;
    }
    // It is gone altogether: the address leads nowhere, and the browser says so; the house does not.
    drop(taxisnet);
    signs_in(browser, &place.hub, (USER, OWN), CITIZEN)?;
    asks_for_cleaning(&place)?;
    browser.reads("P-1/2026")
}
