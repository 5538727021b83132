//! What somebody does about their number by their own phone: leaving, and staying after all.
//!
//! Shows FLD-12.

use serde_json::json;

use crate::{feeds::first_view, house::ProgramHouse, pages::FormBrowser};

#[test]
fn fld_12_who_leaves_by_the_page_of_their_ticket_is_called_no_more_and_may_return_for_a_while() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let visit = house.ticket(&admin).ok()["visit"].as_str().unwrap().to_owned();
    let in_house = || first_view(&house, &admin, "floor")["visits"].as_array().map_or(0, Vec::len);
    let own = format!("/v/{visit}");
    let mut phone = FormBrowser::new(&house);
    let waits = phone.get(&own).text;
    assert!(waits.contains("Φεύγω, δεν θα περιμένω άλλο"), "{waits}");
    // Without a script it loads itself anew, for as long as there is something to wait for.
    let anew = "<noscript><meta http-equiv=\"refresh\" content=\"30\"></noscript>";
    assert!(waits.contains(anew), "{waits}");
    // Pressed twice it is said once.
    for _ in 0..2 {
        assert_eq!(phone.post(&own, &own, &[("leave", "yes")]).status, 303);
    }
    assert_eq!(in_house(), 0);
    let left = phone.get(&own).text;
    assert!(left.contains("Κρατήστε τη θέση μου") && left.contains("κρατιέται έως"), "{left}");
    assert!(!left.contains(anew), "{left}");
    assert!(!left.contains("Φεύγω") && !left.contains("πάρτε νέο αριθμό"), "{left}");
    for _ in 0..2 {
        assert_eq!(phone.post(&own, &own, &[("leave", "undo")]).status, 303);
    }
    assert_eq!(in_house(), 1);
    assert!(phone.get(&own).text.contains("Φεύγω, δεν θα περιμένω άλλο"));
    // Who is being served does not leave by a press in their pocket.
    house.desk(&admin, 1, "open", &json!({})).ok();
    house.desk(&admin, 1, "calls", &json!({})).ok();
    let called = phone.get(&own).text;
    assert!(called.contains("data-called=\"") && called.contains("class=\"ticket-desk\""), "{called}");
    assert!(!called.contains("name=\"leave\""), "{called}");
    house.desk(&admin, 1, "appeared", &json!({ "visit": visit })).ok();
    let refused = phone.post("/login", &own, &[("leave", "yes")]);
    assert!((400..500).contains(&refused.status), "{refused:?}");
    assert_eq!(in_house(), 1);
    // A number that is nobody's cannot leave.
    let nobody = format!("/v/{}", uuid::Uuid::from_u128(7));
    assert_eq!(phone.post("/login", &nobody, &[("leave", "yes")]).status, 404);
    house.verify().unwrap();
}

#[test]
fn fld_04_who_missed_their_call_reads_until_when_they_have_the_next_turn() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let visit = house.ticket(&admin).ok()["visit"].as_str().unwrap().to_owned();
    house.desk(&admin, 1, "open", &json!({})).ok();
    house.desk(&admin, 1, "calls", &json!({})).ok();
    house.desk(&admin, 1, "no-shows", &json!({ "visit": visit })).ok();
    let missed = FormBrowser::new(&house).get(&format!("/v/{visit}")).text;
    assert!(missed.contains("πείτε το στην υποδοχή έως") && missed.contains("με τον ίδιο αριθμό"), "{missed}");
}
