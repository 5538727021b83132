//! Every POST of every page and of the API, pressed twice: at once, and one after the other. Whoever presses twice is told the
//! same twice, and has what they pressed for once (PROM-09). The routes come from the router and from the API's description;
//! a route without a row fails.

mod account_rows;
mod again;
mod agent_rows;
mod api_rows;
pub mod body_scene;
mod citizen_rows;
mod conference_rows;
mod desk_rows;
mod later_rows;
mod member_rows;
mod mobile_rows;
mod office_rows;
pub mod press;
mod request_rows;
pub mod scene;
mod step_rows;

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use ::paths::Route;
use serde_json::Value;

pub use self::{body_scene::BIN, citizen_rows::pdf};
use self::{press::Press, scene::SweepScene};
use crate::{house::ProgramHouse, http::HttpAnswer, pages::FormBrowser};

/// How a row sets the house up, and what is pressed.
type SetUp = fn(&SweepScene) -> Press;

/// A row of the sweep.
struct SweepRow {
    /// The route, as the router or the description spells it, with what is done where a route does several things.
    route: &'static str,
    /// What the answer has in it: where it leads, or what it says.
    means: &'static str,
    set: SetUp,
}

const fn row(route: &'static str, means: &'static str, set: SetUp) -> SweepRow {
    SweepRow { route, means, set }
}

/// Rows of tables in which something is noted at every press, whatever comes of it: who was let in, which answers are kept,
/// and who looked at whom, which happened as often as somebody
/// looked; how much was asked of whom, what the house warns of, and what is written once for all, at the first press of many.
const NOTED: [&str; 8] = ["audit", "command", "look", "bucket", "meta", "notice", "warning", "protocol_series"];

/// How many rows each table has.
fn counts(house: &ProgramHouse) -> BTreeMap<String, i64> {
    let database = rusqlite::Connection::open(house.database()).unwrap();
    let mut tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
    let names: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let count = |name: String| {
        let count = database.query_row(&format!("SELECT count(*) FROM \"{name}\""), [], |row| row.get(0)).unwrap();
        (name, count)
    };
    names.into_iter().filter(|name| !NOTED.contains(&name.as_str())).map(count).collect()
}

/// What has become more or fewer.
fn change(before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>) -> BTreeMap<String, i64> {
    let more = |(name, count): (&String, &i64)| (name.clone(), count - before.get(name).copied().unwrap_or_default());
    after.iter().map(more).filter(|(_, more)| *more != 0).collect()
}

/// What an answer says, without what is drawn anew for every page, and without what a clock shows.
fn said(answer: &HttpAnswer) -> String {
    let leads = answer.headers.lines().find_map(|line| line.strip_prefix("location: "));
    if let Some(leads) = leads {
        return leads.to_owned();
    }
    if answer.headers.to_lowercase().contains("json") {
        return answer.text.clone();
    }
    let (mut text, mut is_tag) = (String::new(), false);
    for letter in answer.text.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if is_tag => {}
            _ if letter.is_whitespace() => text.push(' '),
            _ => text.push(letter),
        }
    }
    text.split(' ').filter(|word| !word.is_empty() && !word.contains(':')).collect::<Vec<_>>().join(" ")
}

/// What is wrong with two answers to the same press.
fn flaw(row: &SweepRow, [one, other]: [&HttpAnswer; 2]) -> Option<String> {
    let is_meant = |answer: &HttpAnswer| {
        let leads_in =
            answer.headers.contains("location: /login?next") || answer.headers.contains("location: /book?over");
        answer.status < 400 && !leads_in && (said(answer).contains(row.means) || answer.text.contains(row.means))
    };
    if !is_meant(one) {
        return Some(format!("the first press is not answered so: {} {}", one.status, short(one)));
    }
    if !is_meant(other) || one.status != other.status {
        return Some(format!("the second press: {} {}", other.status, short(other)));
    }
    (said(one) != said(other)).then(|| format!("{}\n   and then\n   {}", short(one), short(other)))
}

/// As much of an answer as one reads of a failure.
fn short(answer: &HttpAnswer) -> String {
    let said = said(answer);
    let alert = answer.text.split("role=\"alert\"").nth(1).map(|rest| rest.chars().take(300).collect::<String>());
    format!("{} [{}]", said.chars().take(400).collect::<String>(), alert.unwrap_or_default())
}

/// Presses a row in every way; gives what is wrong.
fn flaws(scene: &SweepScene, row: &SweepRow) -> Vec<String> {
    let mut flaws = Vec::new();
    let mut alone = None;
    for (way, keeps) in [("one after the other", false), ("going back", true)] {
        let mut press = (row.set)(scene);
        let before = counts(scene.house());
        let first = press.send(scene.house());
        let between = counts(scene.house());
        if keeps {
            press.keep_cookies(&first);
        }
        let second = press.send(scene.house());
        let after = counts(scene.house());
        flaws.extend(flaw(row, [&first, &second]).map(|flaw| format!("{way}: {flaw}")));
        let more = change(&between, &after);
        if !more.is_empty() {
            flaws.push(format!("{way}: the second press had an effect of its own: {more:?}"));
        }
        alone.get_or_insert_with(|| change(&before, &between));
    }
    let press = (row.set)(scene);
    let before = counts(scene.house());
    let [one, other] = press.send_twice(scene.house());
    let both = change(&before, &counts(scene.house()));
    flaws
        .extend(flaw(row, [&one, &other]).or_else(|| flaw(row, [&other, &one])).map(|flaw| format!("at once: {flaw}")));
    if alone.as_ref() != Some(&both) {
        flaws.push(format!("at once: {both:?}, and alone {alone:?}"));
    }
    flaws
}

fn sweep(scene: &SweepScene, rows: &[SweepRow]) {
    let only = std::env::var("SWEEP_ONLY").unwrap_or_default();
    let mut wrong = Vec::new();
    for row in rows.iter().filter(|row| row.route.contains(&only)) {
        match catch_unwind(AssertUnwindSafe(|| flaws(scene, row))) {
            Ok(flaws) => wrong.extend(flaws.into_iter().map(|flaw| format!("{}: {flaw}", row.route))),
            Err(_) => wrong.push(format!("{}: could not be set up", row.route)),
        }
    }
    assert!(wrong.is_empty(), "{} flaws:\n{}", wrong.len(), wrong.join("\n"));
}

fn rows_by_day() -> Vec<SweepRow> {
    [
        desk_rows::rows(),
        office_rows::rows(),
        citizen_rows::rows(),
        agent_rows::rows(),
        account_rows::rows(),
        api_rows::rows(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether a row is one of a route: part by part the same, or a value where the route has a name.
fn is_of(row: &SweepRow, route: &str) -> bool {
    let (one, other) = (row.route.split('/'), route.split('/'));
    one.clone().count() == other.clone().count()
        && one.zip(other).all(|(part, route)| part == route || route.starts_with('{') && !part.is_empty())
}

#[test]
fn prom_09_every_route_that_takes_a_press_has_a_row() {
    let house = ProgramHouse::with_config("body = \"body.toml\"\n", "");
    // Whoever brings no token of a form is told so by every page that takes one, and by nothing else.
    let takes = |route: &Route| {
        let path = route.pattern().replace("{booking}", "1").replace("{account}", "1").replace("{agent}", "1");
        let path = path.replace("{request}", "00000000-0000-4000-8000-000000000001").replace("{category}", "cleaning");
        let path = path.replace("{conference}", "00000000-0000-4000-8000-000000000001");
        let path = path.replace("{desk}", "1").replace("{device}", "00000000-0000-4000-8000-000000000001");
        let path = path.replace("{visit}", "00000000-0000-4000-8000-000000000001").replace(['{', '}'], "");
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "same-origin")];
        let answer = house.ask("POST", &path, &headers, "");
        // The form of a file is no such form.
        answer.status != 404 && answer.status != 405 || *route == Route::BookingDocuments
    };
    let mut routes: Vec<String> =
        Route::ALL.iter().filter(|route| takes(route)).map(|route| route.pattern().to_owned()).collect();
    assert!(routes.len() > 60, "{routes:?}");
    let described: Value = house.get("", "/api/openapi.json").ok();
    let paths = described["paths"].as_object().unwrap();
    routes.extend(paths.iter().filter(|(_, path)| path["post"].is_object()).map(|(path, _)| path.clone()));
    let rows = rows_by_day().into_iter().chain(later_rows::rows()).chain(step_rows::rows());
    let rows = rows
        .chain(mobile_rows::rows())
        .chain(member_rows::rows())
        .chain(request_rows::rows())
        .chain(conference_rows::rows());
    let rows: Vec<SweepRow> = rows.collect();
    let missing: Vec<&String> = routes.iter().filter(|route| !rows.iter().any(|row| is_of(row, route))).collect();
    assert!(missing.is_empty(), "no row says what is pressed at: {missing:#?}");
    let strays: Vec<&str> =
        rows.iter().map(|row| row.route).filter(|row| !routes.iter().any(|route| is_of_path(row, route))).collect();
    assert!(strays.is_empty(), "no route any more: {strays:?}");
    // What a page's route for many actions does is in its table.
    for (route, actions) in ::pages::page_actions() {
        let start = route.trim_end_matches("{action}");
        let done: BTreeSet<&str> = rows.iter().filter_map(|row| row.route.strip_prefix(start)).collect();
        let missing: Vec<&&str> = actions.iter().filter(|action| !done.contains(*action)).collect();
        assert!(missing.is_empty(), "{route} without: {missing:?}");
    }
    // What an API's route for many actions does is named in its description.
    for (path, word) in [
        ("/api/v1/offices/{office}/desks/{desk}/{action}", "desks"),
        ("/api/v1/offices/{office}/visits/{visit}/{action}", "visits"),
    ] {
        let said = described["paths"][path]["post"]["description"].as_str().unwrap();
        let actions = said
            .split(". ")
            .filter_map(|sentence| sentence.split_once(" takes "))
            .map(|(action, _)| action.trim_matches('`'));
        let missing: Vec<&str> = actions
            .filter(|action| {
                !rows.iter().any(|row| {
                    row.route.contains(&format!("/{word}/"))
                        && row.route.starts_with("/api/")
                        && row.route.ends_with(&format!("/{action}"))
                })
            })
            .collect();
        assert!(missing.is_empty(), "{path} without: {missing:?}");
    }
}

fn is_of_path(row: &str, route: &str) -> bool {
    is_of(
        &SweepRow { route: Box::leak(row.to_owned().into_boxed_str()), means: "", set: |_| unreachable!("no press") },
        route,
    )
}

#[test]
fn prom_09_whatever_is_pressed_twice_is_answered_as_once_and_done_once() {
    sweep(&SweepScene::by_day(), &rows_by_day());
}

#[test]
fn prom_09_what_is_pressed_about_who_is_late_or_telephoned_is_done_once() {
    sweep(&SweepScene::after_nine(), &later_rows::rows());
}

#[test]
fn prom_09_new_08_signing_in_in_two_steps_pressed_twice_is_one_session_and_the_same_codes() {
    sweep(&SweepScene::in_two_steps(), &step_rows::rows());
}

#[test]
fn prom_09_what_is_pressed_about_accounts_of_citizens_is_done_once() {
    sweep(&SweepScene::of_body(), &member_rows::rows());
}

#[test]
fn prom_09_pet_02_what_is_pressed_about_requests_is_done_once() {
    sweep(&SweepScene::of_body(), &request_rows::rows());
}

#[test]
fn prom_09_pre_06_what_is_pressed_about_conferences_and_coordinators_is_done_once() {
    // More are held at the same time than in the sample.
    sweep(&SweepScene::of_conferences(), &conference_rows::rows());
}

#[test]
fn prom_09_trn_07_what_is_pressed_about_a_code_to_a_mobile_is_done_once() {
    sweep(&SweepScene::with_mobiles(), &mobile_rows::rows());
}

#[test]
fn prom_09_new_08_signing_in_twice_with_a_form_that_has_no_number_is_one_session() {
    let scene = SweepScene::by_day();
    let staff = |scene: &SweepScene| {
        let (name, _, _) = scene.employee("clerk");
        let fields = [("name", name.as_str()), ("password", crate::house::PASSWORD)];
        Press::unnumbered(&mut FormBrowser::new(scene.house()), "/login", &fields)
    };
    let agent = |scene: &SweepScene| {
        let (_, email) = scene.agent();
        let fields = [("name", email.as_str()), ("password", crate::house::PASSWORD)];
        Press::unnumbered(&mut FormBrowser::new(scene.house()), "/login", &fields)
    };
    let session = |answer: &HttpAnswer| {
        assert_eq!(answer.status, 303, "{answer:?}");
        let kept = answer.headers.lines().find(|line| line.contains("-session="));
        kept.unwrap_or_else(|| panic!("no session: {answer:?}")).split(';').next().unwrap().to_owned()
    };
    for sign_in in [staff, agent] {
        let press = sign_in(&scene);
        let before = counts(scene.house());
        let first = press.send(scene.house());
        let alone = change(&before, &counts(scene.house()));
        assert_eq!(session(&press.send(scene.house())), session(&first), "one after the other");
        assert_eq!(change(&before, &counts(scene.house())), alone);
        let press = sign_in(&scene);
        let before = counts(scene.house());
        let [one, other] = press.send_twice(scene.house());
        assert_eq!(session(&one), session(&other), "at once");
        assert_eq!(change(&before, &counts(scene.house())), alone);
        // Whoever is signed in and signs in anew has a session that is new.
        let mut again = sign_in(&scene);
        let first = again.send(scene.house());
        again.keep_cookies(&first);
        let second = again.send(scene.house());
        assert!(second.status != 303 || session(&second) != session(&first));
    }
}
