//! A mail server that was away over the day: what leaves once it is back has still a meaning.
//!
//! Shows TRN-02.

use std::fs;

use serde_json::json;

use crate::{house::ProgramHouse, letters::letter_to};

#[test]
fn trn_02_nobody_is_told_in_the_evening_that_an_appointment_of_the_day_stands() {
    let mut house = ProgramHouse::new();
    let admin = house.admin();
    // Where mails are laid there is no folder for a day.
    let folder = house.folder.path().join("mail");
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "").unwrap();
    for (day, email) in [("2026-11-24", "today@example.gr"), ("2026-11-25", "tomorrow@example.gr")] {
        let path = format!("/api/v1/offices/kep/slots?service=driving-licence&internal=true&from={day}&days=1");
        let start = house.get(&admin, &path).ok()["slots"][2]["start"].clone();
        let wish = json!({"service": "driving-licence", "start": start, "name": "Μαρία Παπαδάκη", "email": email});
        house.post(&admin, "/api/v1/offices/kep/bookings", &wish).ok();
    }
    house.stop();
    fs::remove_file(&folder).unwrap();
    house.start_at("2026-11-24T19:00:00+02:00", "1");
    // Theirs is the later one: what was owed before it has been looked at by then.
    letter_to(&house, "confirmation", "tomorrow@example.gr");
    let mails = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
    let confirmations = mails.filter(|path| path.to_string_lossy().ends_with("-confirmation.eml"));
    let to_today = confirmations.filter(|path| fs::read_to_string(path).unwrap().contains("today@example.gr"));
    assert_eq!(to_today.count(), 0, "the time is in the past");
}
