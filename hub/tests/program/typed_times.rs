//! Times and counts as staff type them, in fields of ours: read as people write them, refused with the field's name, and kept as
//! they were typed (FLD-15, FLD-30).

use crate::{house::ProgramHouse, http::HttpAnswer, pages::FormBrowser};

const HOUSE: &str = "/staff/kep/house";

/// What a page says of a form that it refused, and that it still shows.
fn refused(answer: &HttpAnswer, says: &str, keeps: &[&str]) {
    assert!(answer.status >= 400, "{answer:?}");
    assert!(answer.text.contains("role=\"alert\"") && answer.text.contains(says), "no «{says}» in {}", answer.text);
    for kept in keeps {
        assert!(answer.text.contains(kept), "«{kept}» is lost: {}", answer.text);
    }
}

fn post(browser: &mut FormBrowser<'_>, page: &str, action: &str, fields: &[(&str, &str)]) -> HttpAnswer {
    let id = crate::house::fresh_id();
    let all: Vec<(&str, &str)> = [("command", id.as_str())].into_iter().chain(fields.iter().copied()).collect();
    browser.post(page, action, &all)
}

#[test]
fn fld_30_a_time_of_a_suspension_is_read_as_it_is_written_or_refused_with_what_was_typed() {
    let house = ProgramHouse::new();
    let mut browser = FormBrowser::new(&house);
    browser.get("/login");
    browser.keep("seira-session", &house.admin());
    let suspend = |browser: &mut FormBrowser<'_>, until: &str| {
        let fields = [
            ("scope", "desk:4"),
            ("because", "strike"),
            ("until", until),
            ("el", "Βλάβη ρεύματος"),
            ("en", "No power"),
        ];
        post(browser, HOUSE, &format!("{HOUSE}/suspend"), &fields)
    };
    for wrong in ["9:5", "25:00", "σε λίγο", "9:30 AM"] {
        let value = format!("value=\"{wrong}\"");
        let keeps =
            [value.as_str(), "Βλάβη ρεύματος", "No power", "value=\"desk:4\" selected", "value=\"strike\" selected"];
        refused(&suspend(&mut browser, wrong), "Έως σήμερα στις: γράψτε την ώρα ως ΩΩ:ΛΛ", &keeps);
    }
    for right in ["11.30", "1130", "11:30"] {
        assert_eq!(suspend(&mut browser, right).status, 303, "{right}");
        assert!(browser.get(HOUSE).text.contains("έως τις 11:30"), "{right}");
    }
    // In the reader's language.
    browser.get(&format!("{HOUSE}?lang=en"));
    refused(&suspend(&mut browser, "noon"), "Until today at: write the time as HH:MM", &["value=\"noon\""]);
}

#[test]
fn prom_12_the_times_of_a_visit_on_paper_are_kept_as_they_were_typed() {
    let house = ProgramHouse::new();
    let mut browser = FormBrowser::new(&house);
    browser.get("/login");
    browser.keep("seira-session", &house.admin());
    let enter = |browser: &mut FormBrowser<'_>, to: &str| {
        let fields = [
            ("service", "signature"),
            ("desk", "1"),
            ("arrived", "830"),
            ("from", "8.40"),
            ("to", to),
            ("outcome", "done"),
        ];
        post(browser, HOUSE, &format!("{HOUSE}/paper"), &fields)
    };
    let keeps = ["value=\"830\"", "value=\"8.40\"", "value=\"8:4\"", "value=\"signature\" selected"];
    refused(&enter(&mut browser, "8:4"), "Λήξη: γράψτε την ώρα ως ΩΩ:ΛΛ", &keeps);
    assert_eq!(enter(&mut browser, "0845").status, 303);
}

#[test]
fn fld_15_the_hours_of_a_closure_say_which_of_them_is_none() {
    let house = ProgramHouse::new();
    let mut browser = FormBrowser::new(&house);
    browser.get("/login");
    browser.keep("seira-session", &house.admin());
    let closures = "/staff/kep/bookings/closures";
    let look = |from: &str, to: &str| {
        format!(
            "{closures}?day-d=9&day-m=12&day-y=2026&from={from}&to={to}&desk=&el=%CE%91%CF%80%CE%B5%CF%81%CE%B3%CE%AF%CE%B1&en="
        )
    };
    let wrong = browser.get(&look("930", "12:7"));
    refused(&wrong, "Έως: γράψτε την ώρα ως ΩΩ:ΛΛ", &["value=\"930\"", "value=\"12:7\"", "Απεργία"]);
    let right = browser.get(&look("930", "12.00"));
    assert!(right.status == 200 && right.text.contains("09:30") && right.text.contains("12:00"), "{right:?}");
    // An end before its beginning is another mistake.
    refused(&browser.get(&look("12:00", "9:30")), "το τέλος πρέπει να είναι μετά την αρχή", &["value=\"9:30\""]);
}

#[test]
fn trn_09_a_correction_with_a_wrong_hour_loses_neither_its_note_nor_its_reason() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let wish = serde_json::json!({ "service": "driving-licence", "start": "2026-12-09T08:00:00Z", "name": "Μαρία",
        "phone": "6940000000" });
    let id = crate::house::fresh_id();
    let booked = house.post_as(&admin, &id, "/api/v1/offices/kep/bookings", &wish).ok();
    let page = format!("/staff/kep/bookings/{}", booked["reference"].as_str().unwrap());
    let mut browser = FormBrowser::new(&house);
    browser.get("/login");
    browser.keep("seira-session", &admin);
    let ask = |browser: &mut FormBrowser<'_>, day: &str, time: &str| {
        let fields = [
            ("because", "documents-missing"),
            ("until-date-d", day),
            ("until-date-m", "12"),
            ("until-date-y", "2026"),
            ("until-time", time),
            ("note", "η δεύτερη σελίδα"),
        ];
        post(browser, &page, &format!("{page}/correction"), &fields)
    };
    let keeps = ["η δεύτερη σελίδα", "value=\"documents-missing\" selected", "value=\"10:5\"", "value=\"4\""];
    refused(&ask(&mut browser, "4", "10:5"), "Ώρα: γράψτε την ώρα ως ΩΩ:ΛΛ", &keeps);
    refused(&ask(&mut browser, "44", "10:30"), "δεν υπάρχει τέτοια ημέρα", &["η δεύτερη σελίδα", "value=\"44\""]);
    assert_eq!(ask(&mut browser, "4", "1030").status, 303);
}

#[test]
fn fld_32_counts_of_a_callers_booking_are_refused_and_not_taken_for_one() {
    let house = ProgramHouse::new();
    let mut browser = FormBrowser::new(&house);
    browser.get("/login");
    browser.keep("seira-session", &house.admin());
    let new = "/staff/kep/bookings/new?service=family-status&channel=in-person";
    for wrong in ["25", "0", "x"] {
        let answer = browser.get(&format!("{new}&persons={wrong}&cases=2"));
        let value = format!("value=\"{wrong}\"");
        refused(&answer, "Γράψτε αριθμούς προσώπων και υποθέσεων από 1 έως 20.", &[&value, "value=\"2\""]);
        assert!(!answer.text.contains("button class=\"time\""), "no times for one");
    }
    let right = browser.get(&format!("{new}&persons=2&cases=3"));
    assert!(right.status == 200 && right.text.contains("value=\"3\""), "{right:?}");
}
