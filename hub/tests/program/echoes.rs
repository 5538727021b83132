//! What boards did with a call, as the clerk sees it.
//!
//! Shows FLD-31.

use serde_json::{Value, json};

use crate::{
    feeds::first_view,
    house::{ProgramHouse, fresh_id},
};

const PATH: &str = "/api/v1/devices/self/echoes";

#[test]
fn fld_31_the_clerk_sees_whether_a_board_has_shown_the_call_and_said_it() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    house.desk(&admin, 1, "open", &json!({})).ok();
    let on_board = || {
        let desks = first_view(&house, &admin, "floor")["desks"].clone();
        desks.as_array().unwrap().iter().find(|desk| desk["number"] == json!(1)).unwrap()["on_board"].clone()
    };
    let page = || house.page(&admin, "/staff/kep/desks/1").text;
    house.ticket(&admin).ok();
    house.desk(&admin, 1, "calls", &json!({})).ok();
    // An office without a board is told nothing of boards.
    assert_eq!(on_board(), Value::Null);
    assert!(!page().contains("Καλέστε προφορικά"), "{}", page());
    let (board, _) = house.pair(&admin, "display");
    let (kiosk, _) = house.pair(&admin, "kiosk");
    assert_eq!(on_board(), json!("awaited"));
    assert!(page().contains("Καλέστε προφορικά"), "{}", page());
    let call = first_view(&house, &board, "board")["calls"][0]["id"].clone();
    let tell = |token: &str, is_spoken: bool| {
        house.post_as(token, &fresh_id(), PATH, &json!({ "call": call, "is_spoken": is_spoken })).status
    };
    // A kiosk shows no calls.
    assert_eq!(tell(&kiosk, true), 403);
    assert_eq!(on_board(), json!("awaited"));
    assert_eq!(tell(&board, false), 204);
    assert_eq!(on_board(), json!("shown"));
    assert_eq!(tell(&board, true), 204);
    // Another board that only shows it takes nothing back.
    assert_eq!(tell(&board, false), 204);
    assert_eq!(on_board(), json!("spoken"));
    assert!(page().contains("έδειξε και εκφώνησε"), "{}", page());
}
