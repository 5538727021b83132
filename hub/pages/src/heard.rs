//! Every page that people read was heard once, in both languages: it has a golden file in `tests/heard/`, or a reason here why it
//! has none. The pages come from the tables of routes, so that a new one fails until somebody has listened to it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use paths::Route;

/// Whose answer to a GET is no page, with what it is.
const NO_PAGES: [(Route, &str); 20] = [
    (Route::BookLetters, "the drawn and spoken letters of a challenge: a picture and a sound"),
    (Route::BookingQr, "a picture"),
    (Route::BookingCalendar, "a calendar file"),
    (Route::BookingDataJson, "a file for programs"),
    (Route::MemberDataJson, "a file for programs"),
    (Route::AgentCsv, "a table for programs"),
    (Route::ConferenceFiguresCsv, "the same"),
    (Route::ConferenceMinutesPdf, "a document, whose text is heard where it is signed"),
    (Route::ConferenceMinutesFile, "the same"),
    (Route::OpenFiguresCsv, "a table for programs"),
    (Route::OpenFiguresJson, "a file for programs"),
    (Route::StaffFiguresCsv, "a table for programs"),
    (Route::StaffFiguresXlsx, "a workbook"),
    (Route::StaffBookingQr, "a picture"),
    (Route::LockWhen, "a moment for the script of the lock"),
    (Route::StaffDocument, "the file that a citizen sent"),
    (Route::StaffRequestFile, "the same"),
    (Route::RequestFile, "the same"),
    (Route::RequestResult, "a file of the office"),
    (Route::RequestQr, "a picture"),
];
/// Pages that nobody reads, each with the reason.
const UNHEARD: [(Route, &str); 3] = [
    (Route::LoginWith, "it leads to the provider at once"),
    (
        Route::LoginFrom,
        "its refusals are heard in Greek alone: it is an answer to a provider, and cannot be asked for again",
    ),
    (Route::LoginOut, "it leads to the provider at once"),
];
/// Handlers of this name lead on to another page.
const LEADS_ON: [&str; 5] = ["back", "back_to_set_up", "back_to_step", "first", "out"];

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The routes whose GET is answered with a page, by what the rooms' tables of handlers say.
fn pages() -> Vec<Route> {
    let mut pages = Vec::new();
    let by_name: BTreeMap<String, Route> = Route::ALL.iter().map(|route| (format!("{route:?}"), *route)).collect();
    for room in ["citizen", "staff", "admin"] {
        let table = fs::read_to_string(root().join(format!("hub/{room}-pages/src/routes.rs"))).unwrap();
        for line in table.lines() {
            let Some((route, handlers)) =
                line.trim().split_once("Route::").and_then(|(_, rest)| rest.split_once(" => "))
            else {
                continue;
            };
            let Some(handler) = handlers.strip_prefix("get(").and_then(|rest| rest.split(')').next()) else { continue };
            if !LEADS_ON.contains(&handler.rsplit("::").next().unwrap_or_default()) {
                pages.push(*by_name.get(route).unwrap_or_else(|| panic!("{route} is no route")));
            }
        }
    }
    pages
}

/// The route of a way as a golden file has it, in which `…` stands for what is drawn anew: the one with most words of its own.
fn route_of(way: &str) -> Option<Route> {
    let parts = |path: &'static str| path.split('/');
    let fits = |route: &&Route| {
        let pattern = parts(route.pattern());
        pattern.clone().count() == way.split('/').count()
            && pattern.zip(way.split('/')).all(|(one, other)| one == other || one.starts_with('{') && !other.is_empty())
    };
    let words = |route: &&Route| parts(route.pattern()).filter(|part| !part.starts_with('{')).count();
    Route::ALL.iter().filter(fits).max_by_key(words).copied()
}

#[test]
fn every_page_was_heard_in_both_languages() {
    let pages = pages();
    assert!(pages.len() > 60, "{pages:?}");
    let mut heard: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for folder in fs::read_dir(root().join("tests/heard")).unwrap() {
        for file in fs::read_dir(folder.unwrap().path()).unwrap() {
            let read = fs::read_to_string(file.unwrap().path()).unwrap();
            let way = read.lines().next().unwrap();
            // Each page begins with the link past its head.
            let language =
                if read.contains("«Μετάβαση στο περιεχόμενο»") { "el" } else { "en" };
            if let Some(route) = route_of(way) {
                heard.entry(route.pattern()).or_default().insert(language);
            }
        }
    }
    let languages = |route: &Route| heard.get(route.pattern()).map_or(0, BTreeSet::len);
    let is_named = |route: &Route| NO_PAGES.iter().chain(&UNHEARD).any(|(named, _)| named == route);
    let missing: Vec<String> = pages
        .iter()
        .filter(|route| !is_named(route) && languages(route) < 2)
        .map(|route| format!("{route:?} {} {:?}", route.pattern(), heard.get(route.pattern())))
        .collect();
    assert!(missing.is_empty(), "nobody has heard, in both languages:\n{}", missing.join("\n"));
    // A reason that is none any more goes.
    let stale: Vec<&Route> = NO_PAGES
        .iter()
        .chain(&UNHEARD)
        .map(|(route, _)| route)
        .filter(|route| languages(route) == 2 || !pages.contains(route))
        .collect();
    assert!(stale.is_empty(), "heard, or no page: {stale:?}");
}
