//! Days as staff and citizens read them: closed by the office's own file, typed in three fields, and the hour that comes twice.

use crate::{
    audit::wait,
    house::ProgramHouse,
    letters::{letter, link},
    pages::{FormBrowser, solve},
};

const CLOSURES: &str = "/staff/kep/bookings/closures";

/// A house whose office file is changed before it starts.
fn house_with(change: impl Fn(String) -> String) -> ProgramHouse {
    let house = ProgramHouse::files();
    assert!(house.run(&["create-admin", "--name", "admin", "--password-file", "password"]).status.success());
    let file = house.folder.path().join("kep.toml");
    std::fs::write(&file, change(std::fs::read_to_string(&file).unwrap())).unwrap();
    house
}

#[test]
fn fld_15_what_the_offices_own_file_closes_stands_on_the_page_of_closures_and_on_the_day() {
    let mut house = house_with(|office| {
        format!(
            "{office}\n[[calendar.closures]]\nfrom = \"2026-12-10T00:00\"\nto = \"2026-12-12T00:00\"\n\
             because = {{ el = \"Μετακόμιση\", en = \"Moving house\" }}\n\
             [[calendar.closures]]\nfrom = \"2026-12-14T08:00\"\nto = \"2026-12-14T12:00\"\ndesk = 1\n\
             because = {{ el = \"Εκπαίδευση\", en = \"Training\" }}\n\
             [[calendar.early_closes]]\ndate = \"2026-12-15\"\nat = \"12:00\"\nbecause = {{ el = \"Απογραφή\", en = \"Stocktaking\" }}\n"
        )
    });
    house.start();
    let admin = house.admin();
    let page = |path: &str| house.page(&admin, path).text;
    let closures = page(CLOSURES);
    for said in [
        "Πέμπτη 10 Δεκεμβρίου έως Παρασκευή 11 Δεκεμβρίου",
        "Μετακόμιση",
        "Δευτέρα 14 Δεκεμβρίου, 08:00–12:00 · Θυρίδα 1",
        "Τρίτη 15 Δεκεμβρίου, κλείνει νωρίτερα, στις 12:00",
        "Ορίζεται στο αρχείο της υπηρεσίας",
    ] {
        assert!(closures.contains(said), "{said}: {closures}");
    }
    assert!(!closures.contains("closures/open"), "it is taken back in the file alone");
    let day = |day: &str| page(&format!("/staff/kep/bookings?day={day}"));
    for closed in ["2026-12-10", "2026-12-11"] {
        assert!(day(closed).contains("Η υπηρεσία δεν λειτουργεί αυτή την ημέρα: Μετακόμιση"), "{closed}");
    }
    let part = day("2026-12-14");
    assert!(part.contains("Κλειστό: Δευτέρα 14 Δεκεμβρίου, 08:00–12:00 · Θυρίδα 1. Λόγος: Εκπαίδευση"), "{part}");
    let early = day("2026-12-15");
    assert!(early.contains("Διαφορετικό ωράριο: 08:00–12:00. Λόγος: Απογραφή"), "{early}");
    assert!(day("2026-12-25").contains("δεν λειτουργεί αυτή την ημέρα: Χριστούγεννα"), "a holiday");
    assert!(day("2026-12-13").contains("δεν λειτουργεί αυτή την ημέρα."), "a Sunday");
    assert!(!day("2026-12-16").contains("role=\"note\""), "a day like any other");
}

#[test]
fn fld_15_a_date_is_typed_in_the_order_of_the_page_and_said_with_its_weekday() {
    let house = ProgramHouse::new();
    let admin = house.admin();
    let page = |path: &str| house.page(&admin, path);
    let typed = |day: &str, month: &str, year: &str| {
        page(&format!("{CLOSURES}?day-d={day}&day-m={month}&day-y={year}&from=&to=&desk=&el=%CE%B1&en="))
    };
    let shown = typed("10", "12", "2026").text;
    assert!(shown.contains("Πέμπτη 10 Δεκεμβρίου, όλη την ημέρα"), "{shown}");
    assert!(shown.contains("Πέμπτη 10 Δεκεμβρίου 2026"), "said beside the fields, without scripts too: {shown}");
    assert!(shown.contains("name=\"day\" value=\"2026-12-10\""), "and so it is sent on: {shown}");
    assert!(typed("9", "1", "27").text.contains("Σάββατο 9 Ιανουαρίου 2027, όλη την ημέρα"));
    // What is no day is shown again as it was typed.
    let wrong = typed("31", "2", "2027");
    assert!(wrong.status >= 400 && wrong.text.contains("δεν υπάρχει τέτοια ημέρα"), "{wrong:?}");
    for field in [
        "id=\"day-d\" name=\"day-d\" inputmode=\"numeric\" autocomplete=\"off\" maxlength=\"2\" value=\"31\"",
        "maxlength=\"4\" value=\"2027\"",
    ] {
        assert!(wrong.text.contains(field), "{field}: {}", wrong.text);
    }
    let english = page("/staff/kep/bookings?day-d=10&day-m=12&day-y=2026&lang=en").text;
    assert!(english.contains("Thursday 10 December"), "{english}");
    for path in ["/staff/kep/bookings", CLOSURES, "/staff/kep/bookings/hours", "/admin/audit"] {
        let html = page(path).text;
        assert!(html.contains("fieldset class=\"date\"") && !html.contains("type=\"date\""), "{path}");
    }
    let hours = page("/staff/kep/bookings/hours?first-d=7&first-m=12&first-y=2026&last-d=&last-m=&last-y=&desk=").text;
    assert!(hours.contains("Δευτέρα 7 Δεκεμβρίου 2026") && hours.contains("name=\"day-1\""), "{hours}");
}

#[test]
fn prom_10_the_hour_that_comes_twice_is_offered_and_confirmed_with_which_it_is() {
    // A house that works at night.
    let mut house = house_with(|office| {
        let week = "days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\"]";
        let all = "days = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]";
        let hours =
            [("08:00", "02:00"), ("07:45", "01:45"), ("15:00", "06:00"), ("14:30", "05:30"), ("15:15", "06:15")];
        hours.into_iter().fold(office.replace(week, all), |office, (day, night)| {
            office.replace(&format!("\"{day}\""), &format!("\"{night}\""))
        })
    });
    house.start_at("2026-10-20T09:00:00+03:00", "1");
    let mut browser = FormBrowser::new(&house);
    let ask = "/book?office=kep&service=family-status";
    let work = solve(&browser.get(ask).text);
    let fields = [("email", "anna@example.gr"), ("office", "kep"), ("service", "family-status"), ("altcha", &work)];
    assert_eq!(browser.post(ask, "/book", &fields).status, 303);
    let start = link(&letter(&house, "start"), "/book/start/");
    assert_eq!(browser.post(&start, &start, &[]).status, 303);
    let times = browser.get("/book/kep/family-status?cases=1&day=2026-10-25").text;
    let shown: Vec<&str> =
        times.split("name=\"start\" value=\"").skip(1).map(|rest| rest.split("</button>").next().unwrap()).collect();
    let labels: Vec<&str> = shown.iter().map(|time| time.split('>').next_back().unwrap()).collect();
    let mut different = labels.clone();
    different.sort_unstable();
    different.dedup();
    assert_eq!(different.len(), labels.len(), "{labels:?}");
    let said = |words: &str| labels.iter().filter(|label| label.starts_with("03:") && label.ends_with(words)).count();
    assert!(said("(θερινή ώρα)") > 0 && said("(θερινή ώρα)") == said("(χειμερινή ώρα)"), "{labels:?}");
    assert!(!labels.iter().any(|label| label.starts_with("04:") && label.contains('(')), "{labels:?}");
    // Whoever books for a caller reads the same, and so does the mail.
    let winter = shown.iter().find(|time| time.ends_with("(χειμερινή ώρα)")).unwrap();
    let winter = winter.split('"').next().unwrap();
    let wish = serde_json::json!({ "service": "family-status", "start": winter, "name": "Μαρία", "email": "maria@example.gr" });
    house.post(&house.admin(), "/api/v1/offices/kep/bookings", &wish).ok();
    wait(|| letter(&house, "confirmation").contains("(χειμερινή ώρα)").then_some(()), "the mail says which");
}
