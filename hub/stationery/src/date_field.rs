//! A date as people write it: a day, a month and a year of their own, in this order in every browser and every language, and
//! beside them the day of the week that is meant. A browser's own field shows a date in the browser's order: `12/10/2026` on a
//! Greek page was the tenth of December to one person and the twelfth of October to the next.
//!
//! The three fields of a form are put together here, before anybody reads them: whoever reads a form finds one date under its
//! name, as links have it. What is no date stays as it was typed.

use acts::Fault;
use askama::Template;
use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, MatchedPath, Request, State},
    http::{Method, Uri},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveDate};
use office::CivilDate;
use paths::Route;
use text::{Dates, Voice, both};
use wire::ProblemCode;

use crate::{frame::Frame, problem::of_field, state::Pages};

/// The forms that are posted with a date in three fields; others ask for it in their address.
const POSTED: [Route; 4] =
    [Route::StaffBookingAction, Route::ConferenceNew, Route::ConferenceChange, Route::CoordinationMaintenanceAction];
/// What stands behind the name of a date in the names of its fields.
const PARTS: [&str; 3] = ["-d", "-m", "-y"];

/// The three fields of a date.
#[derive(Template)]
#[template(path = "parts/date.html")]
struct DateField<'a> {
    f: &'a Frame,
    name: &'a str,
    label: String,
    needed: bool,
    /// Day, month and year, as they were typed.
    parts: [String; 3],
    /// The day that is meant; empty, while it is none.
    said: String,
    /// The id of the line that says it.
    said_id: String,
    /// For the script: the days of the week from Monday on, and the months.
    weekdays: String,
    months: String,
}

impl Frame {
    /// The fields of a date that has to be given.
    pub fn date_needed(&self, name: &str, label: &str, value: &str) -> String {
        self.date_field(name, label, value, true)
    }

    /// The fields of a date that may be left out.
    pub fn date_optional(&self, name: &str, label: &str, value: &str) -> String {
        self.date_field(name, label, value, false)
    }

    fn date_field(&self, name: &str, label: &str, value: &str, needed: bool) -> String {
        let list = |id: &str, last: u32| {
            (1..=last).map(|number| self.voice.say(&format!("{id}-{number}"))).collect::<Vec<_>>().join("|")
        };
        let field = DateField {
            f: self,
            name,
            label: self.say(label),
            needed,
            parts: parts(value),
            said: said(self.voice, value),
            said_id: format!("{name}-said"),
            weekdays: list("weekday", 7),
            months: list("month", 12),
        };
        field.render().unwrap_or_default()
    }
}

/// The date in a field with this id and label.
///
/// # Errors
/// What is no date is refused with the field's name: none is there, there is no such day, or none that this house knows.
pub fn date_of(id: &str, label: &str, typed: &str) -> Result<NaiveDate, Fault> {
    let wrong = |sentence: &str| of_field(id, both(|voice| voice.with(sentence, "label", voice.say(label))));
    match typed.parse::<CivilDate>() {
        Ok(date) => Ok(date.date()),
        Err(_) if typed.is_empty() => Err(wrong("date-missing")),
        // A day of the calendar that lies beyond the years of any office.
        Err(_) if is_beyond(typed) => Err(wrong("date-beyond")),
        Err(_) => Err(wrong("date-wrong")),
    }
}

/// Whether it is only the year that no office knows.
fn is_beyond(typed: &str) -> bool {
    let year_and_day = typed.split_once('-').filter(|(year, _)| year.len() == 4);
    let known = year_and_day.and_then(|(year, day)| {
        let year = year.parse::<i32>().ok()?;
        // A year of the same length that is known.
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        format!("{}-{day}", if is_leap { 2000 } else { 2001 }).parse::<CivilDate>().ok()
    });
    known.is_some()
}

/// The same of a field that may be left empty.
///
/// # Errors
/// As [`date_of`].
pub fn date_if_any(id: &str, label: &str, typed: &str) -> Result<Option<NaiveDate>, Fault> {
    if typed.is_empty() { Ok(None) } else { date_of(id, label, typed).map(Some) }
}

/// Two days of which the second must not come before the first.
///
/// # Errors
/// Where it does: the second field, with the names of both.
pub fn in_order(
    (first, last): (NaiveDate, NaiveDate),
    id: &str,
    [first_label, last_label]: [&str; 2],
) -> Result<(), Fault> {
    if first <= last {
        return Ok(());
    }
    let said = |voice: Voice| {
        voice
            .say_with("dates-order", [("first", voice.say(first_label).into()), ("last", voice.say(last_label).into())])
    };
    Err(of_field(id, both(said)))
}

/// Day, month and year of a date as it is sent on: `2026-12-10`, or what was typed in its place.
fn parts(value: &str) -> [String; 3] {
    let mut parts = value.splitn(3, '-');
    let mut next = || parts.next().unwrap_or_default().to_owned();
    let (year, month, day) = (next(), next(), next());
    let plain = |number: String| match number.parse::<u8>() {
        Ok(plain) => plain.to_string(),
        Err(_) => number,
    };
    [plain(day), plain(month), year]
}

/// «Πέμπτη 10 Δεκεμβρίου 2026»
fn said(voice: Voice, value: &str) -> String {
    let date = value.parse::<CivilDate>().ok().map(CivilDate::date);
    let dates = Dates { voice, zone: chrono_tz::UTC, now: DateTime::UNIX_EPOCH };
    date.map(|date| dates.date_and_year(date)).unwrap_or_default()
}

/// Puts the dates of a form together before anybody reads it.
pub async fn join_dates(State(state): State<Pages>, mut request: Request, next: Next) -> Response {
    if let Some(joined) = request.uri().query().and_then(joined) {
        let path = request.uri().path();
        let together = if joined.is_empty() { path.to_owned() } else { format!("{path}?{joined}") };
        if let Ok(uri) = together.parse::<Uri>() {
            *request.uri_mut() = uri;
        }
    }
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.and_then(|path| Route::of_pattern(path.as_str()));
    if request.method() != Method::POST || !route.is_some_and(|route| POSTED.contains(&route)) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = Bytes::from_request(Request::from_parts(parts.clone(), body), &state).await else {
        return Fault::from(ProblemCode::TooLarge).into_response();
    };
    let together = std::str::from_utf8(&body).ok().and_then(joined).map_or(body, Bytes::from);
    next.run(Request::from_parts(parts, Body::from(together))).await
}

/// Fields in which each date has become one; none, where no date was sent in three.
fn joined(fields: &str) -> Option<String> {
    let pairs: Vec<(&str, &str)> = fields.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
    let of = |name: &str| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    let date = |name: &str| {
        let [day, month, year] = PARTS.map(|part| of(&format!("{name}{part}")));
        Some(together(day?, month?, year?))
    };
    let names: Vec<&str> = pairs.iter().filter_map(|(name, _)| name.strip_suffix(PARTS[0])).collect();
    let dates: Vec<(&str, String)> = names.into_iter().filter_map(|name| Some((name, date(name)?))).collect();
    if dates.is_empty() {
        return None;
    }
    let is_of_date = |name: &str| {
        dates.iter().any(|(date, _)| *date == name || PARTS.iter().any(|part| name.strip_suffix(part) == Some(date)))
    };
    let others = pairs.iter().filter(|(name, _)| !name.is_empty() && !is_of_date(name));
    let others = others.map(|(name, value)| format!("{name}={value}"));
    let dates = dates.iter().filter(|(_, date)| !date.is_empty()).map(|(name, date)| format!("{name}={date}"));
    Some(others.chain(dates).collect::<Vec<_>>().join("&"))
}

/// A date of its three parts as they came, each still as a form writes it: digits as a date is written, anything else as it is.
/// Nothing at all is no date.
fn together(day: &str, month: &str, year: &str) -> String {
    let [day, month, year] = [day, month, year].map(|part| part.trim_matches('+'));
    if [day, month, year].iter().all(|part| part.is_empty()) {
        return String::new();
    }
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let padded = |part: &str| if is_number(part) { format!("{part:0>2}") } else { part.to_owned() };
    // «26» is this century's.
    let year = if is_number(year) && year.len() == 2 { format!("20{year}") } else { year.to_owned() };
    format!("{year}-{}-{}", padded(month), padded(day))
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use wire::Language;

    use super::*;

    #[test]
    fn fld_15_three_fields_are_one_date_in_the_order_of_the_page() {
        assert_eq!(joined("day-d=10&day-m=12&day-y=2026&el=a").unwrap(), "el=a&day=2026-12-10");
        assert_eq!(joined("first-d=1&first-m=2&first-y=27&last-d=&last-m=&last-y=").unwrap(), "first=2027-02-01");
        assert_eq!(joined("day=2026-12-10"), None, "a link has one");
        assert_eq!(joined("day-d=10&day-m=12"), None, "two are no date");
        assert_eq!(joined("x-d=1&day-d=31&day-m=%CE%B1&day-y=2026").unwrap(), "x-d=1&day=2026-%CE%B1-31");
        assert_eq!(joined("day-d=&day-m=12&day-y=2026&day=2020-01-01").unwrap(), "day=2026-12-");
        assert_eq!(joined("day-d=&day-m=&day-y=").unwrap(), "");
    }

    #[test]
    fn fld_15_what_was_typed_is_shown_again_and_said_with_its_weekday() {
        assert_eq!(parts("2026-12-09"), ["9", "12", "2026"]);
        assert_eq!(parts("2026-13-41"), ["41", "13", "2026"]);
        assert_eq!(parts(""), ["", "", ""]);
        assert_eq!(said(Voice(Language::El), "2026-12-10"), "Πέμπτη 10 Δεκεμβρίου 2026");
        assert_eq!(said(Voice(Language::En), "2026-12-10"), "Thursday 10 December 2026");
        for none in ["", "2026-02-30", "2026--", "x"] {
            assert_eq!(said(Voice(Language::El), none), "");
        }
    }

    #[test]
    fn fld_15_what_is_no_day_is_said_with_the_fields_name_and_how_a_day_is_written() {
        assert_eq!(date_of("day", "date-label", "2028-02-29").unwrap().to_string(), "2028-02-29");
        let said = |typed: &str| date_of("day", "date-label", typed).unwrap_err().words.unwrap();
        for typed in ["2027-02-29", "2027-02-30", "2027-13-01", "x", "2027--", "-00-00", "2027-α-1"] {
            let words = said(typed);
            assert!(
                words.el.contains("δεν υπάρχει τέτοια ημέρα") && words.en.contains("no such day"),
                "{typed}: {words:?}"
            );
        }
        assert!(said("").en.contains("Type") && !said("").en.contains("no such"), "{:?}", said(""));
        assert!(said("2999-01-01").en.contains("2200") && said("0026-01-01").el.contains("1900"));
        assert_eq!(date_if_any("day", "date-label", ""), Ok(None));
        let days = |one: &str, other: &str| (one.parse::<NaiveDate>().unwrap(), other.parse::<NaiveDate>().unwrap());
        let labels = ["agent-from", "agent-to"];
        assert!(in_order(days("2026-11-24", "2026-11-24"), "to", labels).is_ok());
        let fault = in_order(days("2026-11-25", "2026-11-24"), "to", labels).unwrap_err();
        assert_eq!(fault.place.as_deref(), Some("to"));
    }

    #[test]
    fn fld_15_no_page_has_a_field_whose_form_is_the_browsers() {
        fn walk(folder: &Path, root: &Path) -> usize {
            let mut files = 0;
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    files += walk(&path, root);
                    continue;
                }
                let page = fs::read_to_string(&path).unwrap();
                for kind in ["date", "datetime-local", "month", "week", "time", "number", "range"] {
                    assert!(!page.contains(&format!("type=\"{kind}\"")), "{} has one", path.display());
                }
                // Whoever has such fields has their script too: the page, where they stand in a part of it.
                let parts = page.split("{% include \"").skip(1).filter_map(|rest| rest.split('"').next());
                let parts = parts.filter_map(|part| fs::read_to_string(root.join(part)).ok());
                let whole = parts.fold(page.clone(), |whole, part| whole + &part);
                let has_dates = whole.contains("f.date_needed(") || whole.contains("f.date_optional(");
                let is_part = !page.contains("{% extends ");
                let has_script = page.contains("asset(\"date.js\")");
                assert!(is_part || !has_dates || has_script, "{} lacks date.js", path.display());
                files += 1;
            }
            files
        }
        let rooms = ["stationery", "citizen-pages", "staff-pages", "admin-pages"];
        let hub = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        assert!(
            rooms
                .iter()
                .map(|room| walk(&hub.join(room).join("templates"), &hub.join(room).join("templates")))
                .sum::<usize>()
                > 60
        );
    }
}
