//! What an office has every ticket say: edited with the whole ticket in sight, and told to its kiosks.
//!
//! Shows FLD-21.

use serde_json::json;

use crate::{feeds::first_view, house::ProgramHouse, pages::FormBrowser};

const MISSED: &str = "/admin/texts/kep/el/ticket-missed";

#[test]
fn fld_21_an_office_writes_its_tickets_sees_them_as_a_picture_and_its_kiosks_are_told() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let told = |house: &ProgramHouse| first_view(house, &kiosk, "kiosk")["ticket_notes"].clone();
    let shipped = json!([
        { "el": "Ισχύει μόνο σήμερα.", "en": "Good for today only." },
        { "el": "Αν χάσετε την κλήση σας, πείτε το αμέσως στο προσωπικό.", "en": "If you miss your call, tell the staff at once." }
    ]);
    assert_eq!(told(&house), shipped);
    let mut browser = FormBrowser::with_cookies(&house, &format!("seira-session={admin}"));
    let drawing =
        |page: &str| page.split_once("<path d=\"M").map(|(_, rest)| rest.split('"').next().unwrap().to_owned());
    let before = drawing(&browser.get(MISSED).text).expect("the ticket as it is");
    let own = [("body", "Ρωτήστε τη Νίκη, στην είσοδο."), ("act", "preview")];
    let previewed = browser.post(MISSED, MISSED, &own);
    assert_eq!(previewed.status, 200, "{}", previewed.text);
    let after = drawing(&previewed.text).expect("the ticket as it would be");
    assert_ne!(before, after);
    assert_eq!(told(&house), shipped, "nothing is kept by looking");
    let long = "Ρωτήστε. ".repeat(30);
    let refused = browser.post(MISSED, MISSED, &[("body", long.as_str()), ("act", "save")]);
    assert!(refused.status == 422 && refused.text.contains("200"), "{}", refused.text);
    let saved = browser.post(MISSED, MISSED, &[own[0], ("act", "save")]);
    assert_eq!(saved.status, 303, "{}", saved.text);
    let kept = told(&house);
    assert_eq!(kept[1]["el"], "Ρωτήστε τη Νίκη, στην είσοδο.");
    assert_eq!((&kept[0], &kept[1]["en"]), (&shipped[0], &shipped[1]["en"]));
    // A mail's sentence stands on no ticket.
    assert_eq!(drawing(&browser.get("/admin/texts/kep/el/mail-hello").text), None);
}
