//! How much paper kiosks have left, as they say it, on the page of devices.
//!
//! Shows PROM-11.

use serde_json::json;

use crate::house::ProgramHouse;

#[test]
fn prom_11_an_administrator_sees_for_how_many_tickets_there_is_paper() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let (kiosk, _) = house.pair(&admin, "kiosk");
    let report = |left: serde_json::Value| {
        let told = house.post(&kiosk, "/api/v1/devices/self/faults", &left);
        assert!((200..300).contains(&told.status), "{told:?}");
    };
    let page = || house.page(&admin, "/admin/devices").text;
    report(json!({ "faults": [] }));
    assert!(!page().contains("χαρτί για"), "a kiosk that does not know says nothing");
    report(json!({ "faults": [], "tickets_left": 120 }));
    assert!(page().contains("χαρτί για 120 περίπου εισιτήρια"), "{}", page());
    report(json!({ "faults": ["printer-paper-low"], "tickets_left": 1 }));
    assert!(page().contains("χαρτί για ένα περίπου εισιτήριο"), "{}", page());
    report(json!({ "faults": ["printer-paper-out"], "tickets_left": 0 }));
    assert!(page().contains("χωρίς χαρτί για άλλο εισιτήριο"), "{}", page());
    let wrong = house.post(&kiosk, "/api/v1/devices/self/faults", &json!({ "faults": [], "tickets_left": -1 }));
    assert_eq!(wrong.code(), "malformed");
}
