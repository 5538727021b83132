//! An office that this hub serves no longer: who booked there is kept for a year after their visit, and then erased.

use std::fs;

use serde_json::json;

use crate::{
    gone::wait,
    house::{ProgramHouse, fresh_id},
    two_offices::two_offices_files,
};

/// The names that are kept, in the alphabet's order.
fn names(house: &ProgramHouse) -> Option<String> {
    let select = "SELECT group_concat(name) FROM (SELECT name FROM people WHERE name IS NOT NULL ORDER BY name)";
    rusqlite::Connection::open(house.database()).unwrap().query_row(select, [], |row| row.get(0)).unwrap()
}

#[test]
fn fld_23_people_of_a_removed_office_are_erased_a_year_after_their_visit() {
    let mut house = two_offices_files();
    house.start();
    let admin = house.admin();
    for (office, name) in [("kep", "Άννα"), ("other", "Βασιλική"), ("other", "Γεωργία")] {
        let booking = json!({ "service": "driving-licence", "start": "2026-11-25T08:00:00Z", "name": name });
        house.post_as(&admin, &fresh_id(), &format!("/api/v1/offices/{office}/bookings"), &booking).ok();
    }
    house.stop();
    let file = house.folder.path().join("hub.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("[\"kep.toml\", \"other.toml\"]", "[\"kep.toml\"]")).unwrap();
    // The office that is served erases by its own rule, the other's people are still there on the last day of the year.
    house.start_at("2027-11-26T06:00:00+02:00", "1");
    wait(|| names(&house).as_deref() == Some("Βασιλική,Γεωργία"), "who was at the office that is served is erased");
    house.stop();
    house.start_at("2027-11-26T12:30:00+02:00", "1");
    wait(|| names(&house).is_none(), "who was at the removed office is erased");
}
