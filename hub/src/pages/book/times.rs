//! Day and time: a calendar that shows only what can really be had (OMB-08).

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Datelike, Days, NaiveDate, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use office::{Audience, Channel, Command, EventKind, OfficeConfig, Refusal, ServiceId, Wanted, slots};
use serde::Deserialize;
use wire::ProblemCode;

use super::proven::Proven;
use crate::{
    actor::Actor,
    api::Fault,
    codes::draw_reference,
    pages::{
        form::Sent,
        frame::{Frame, page},
        problem,
        visitor::Visitor,
    },
    text::{Dates, Voice},
    writer::Refused,
};

/// Weeks on one page of the calendar.
const WEEKS_SHOWN: u64 = 4;
/// A drawn reference is hardly ever taken; so often is another drawn.
const DRAWS_MAX: u8 = 4;

#[derive(Template)]
#[template(path = "book/times.html")]
struct TimesPage {
    f: Frame,
    refusal: Option<String>,
    service: String,
    office: String,
    month: String,
    earlier: Option<String>,
    later: Option<String>,
    weekdays: Vec<DayName>,
    weeks: Vec<Vec<CalendarDay>>,
    day: String,
    parts: Vec<DayPart>,
}

struct DayName {
    short: String,
    long: String,
}

struct CalendarDay {
    number: u32,
    free: u16,
    href: String,
    label: String,
    chosen: bool,
}

struct DayPart {
    name: String,
    times: Vec<Time>,
}

struct Time {
    value: String,
    shown: String,
}

/// Which part of the calendar.
#[derive(Debug, Default, Deserialize)]
pub struct Looked {
    /// A day of the first week shown.
    from: Option<NaiveDate>,
    /// The day whose times are shown.
    day: Option<NaiveDate>,
}

/// Shows the calendar.
pub async fn get(proven: Proven, Path((office, service)): Path<(String, String)>, looked: Query<Looked>) -> Response {
    show(&proven.visitor, &office, &service, &looked.0, None)
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    start: String,
}

/// Keeps the time for a while.
pub async fn post(
    proven: Proven,
    Path((office, service)): Path<(String, String)>,
    Sent { visitor, fields }: Sent<Fields>,
) -> Response {
    let again = |start: Option<DateTime<Utc>>, fault: &Fault| {
        let zone = visitor.state.office(&office).and_then(|office| office.config(|config| config.zone));
        let day = start.zip(zone).map(|(start, zone)| start.with_timezone(&zone).date_naive());
        show(&visitor, &office, &service, &Looked { from: day, day }, Some(fault))
    };
    let Ok(start) = fields.start.parse::<DateTime<Utc>>() else {
        return again(None, &ProblemCode::SlotNotOffered.into());
    };
    match hold(&proven, &office, &service, start).await {
        Ok(href) => Redirect::to(&href).into_response(),
        Err(fault) => again(Some(start), &fault),
    }
}

/// Holds a time for this address, and says where to go on.
async fn hold(proven: &Proven, key: &str, service: &str, start: DateTime<Utc>) -> Result<String, Fault> {
    let state = &proven.visitor.state;
    let handle = state.office(key).ok_or(ProblemCode::NotFound)?;
    let service = handle.config(|config| service_of(config, service)).flatten().ok_or(ProblemCode::UnknownService)?;
    let owner = Some(proven.address);
    let held = state.writer.submit_with(key, Actor::Citizen, None, move |bench| {
        let wanted =
            Wanted { service, channel: Channel::InPerson, start, persons: 1, cases: 1, audience: Audience::Public };
        let mut draws = 0;
        loop {
            match bench.decide(&Command::Hold { reference: draw_reference(), wanted, owner }) {
                Err(Refusal::IdTaken) if draws < DRAWS_MAX => draws += 1,
                decided => return decided,
            }
        }
    });
    let decided = held.await.map_err(|refused| fault_of(&handle.read(), &refused))?;
    let booking = decided.events.iter().find_map(|event| match &event.kind {
        EventKind::Held { booking, .. } => Some(*booking),
        _ => None,
    });
    let booking = booking.ok_or(ProblemCode::Unavailable)?;
    Ok(format!("/book/{key}/hold/{booking}"))
}

/// A refusal with the words that need the office.
pub fn fault_of(office: &office::Office, refused: &Refused) -> Fault {
    match refused {
        Refused::ByRule(refusal) => crate::api::refusal_in(office, refusal),
        Refused::ByHub(error) => (*error).into(),
    }
}

/// The service with this key.
pub fn service_of(config: &OfficeConfig, key: &str) -> Option<ServiceId> {
    config.services.iter().find(|(_, service)| service.key == key).map(|(id, _)| *id)
}

fn show(visitor: &Visitor, key: &str, service_key: &str, looked: &Looked, fault: Option<&Fault>) -> Response {
    let state = &visitor.state;
    let Some(handle) = state.office(key) else { return problem::page_of(visitor, ProblemCode::NotFound) };
    let now = state.clock.now();
    let office = handle.read();
    let Some(config) = &office.config else { return problem::page_of(visitor, ProblemCode::Unavailable) };
    let Some((id, service)) = service_of(config, service_key).and_then(|id| Some((id, config.services.get(&id)?)))
    else {
        return problem::page_of(visitor, ProblemCode::UnknownService);
    };
    let zone = config.zone;
    let today = now.with_timezone(&zone).date_naive();
    let query = slots::Query {
        service: id,
        channel: Channel::InPerson,
        audience: Audience::Public,
        persons: 1,
        cases: 1,
        from: today,
        days: service.horizon_days.saturating_add(1),
    };
    let mut free: BTreeMap<NaiveDate, Vec<DateTime<Utc>>> = BTreeMap::new();
    for slot in slots::free(&office, &query, now) {
        free.entry(slot.start.with_timezone(&zone).date_naive()).or_default().push(slot.start);
    }
    let calendar = Calendar { free, today, zone, href: format!("/book/{key}/{service_key}"), voice: visitor.voice };
    let refusal = fault.map(|fault| problem::sentence(visitor, fault));
    let status = fault.map_or(StatusCode::OK, |fault| crate::api::status(fault.code));
    let (service, office) = (visitor.voice.of_text(&service.name), visitor.voice.of_text(&config.name));
    page(status, &calendar.page(visitor.frame(), looked, refusal, service, office))
}

/// The free times of a service, and how they are laid out.
struct Calendar {
    free: BTreeMap<NaiveDate, Vec<DateTime<Utc>>>,
    today: NaiveDate,
    zone: Tz,
    href: String,
    voice: Voice,
}

impl Calendar {
    fn page(&self, f: Frame, looked: &Looked, refusal: Option<String>, service: String, office: String) -> TimesPage {
        let dates = Dates { voice: self.voice, zone: self.zone };
        let first = monday(self.today);
        let wanted = looked.day.or(looked.from).unwrap_or(self.today).max(self.today);
        // The first week with something free, from where one looked on.
        let near = self.free.range(wanted..).next().or_else(|| self.free.iter().next_back()).map(|(day, _)| *day);
        let chosen = looked.day.filter(|day| self.free.contains_key(day)).or(near);
        let from = looked.from.map(monday).or_else(|| chosen.map(monday)).unwrap_or(first).max(first);
        // A day that was chosen on this page of the calendar leaves the page as it is.
        let end = from + Days::new(7 * WEEKS_SHOWN);
        let chosen = chosen.filter(|day| (from..end).contains(day)).or_else(|| self.first_in(from, end));
        let earlier = (from > first).then(|| self.turn((from - Days::new(7 * WEEKS_SHOWN)).max(first)));
        let later = self.free.range(end..).next().map(|(day, _)| self.turn(monday(*day)));
        let weeks = if self.free.is_empty() { Vec::new() } else { self.weeks(from, chosen, dates) };
        let f = f.at(match chosen {
            Some(day) => format!("{}?from={from}&day={day}", self.href),
            None => self.href.clone(),
        });
        TimesPage {
            f,
            refusal,
            service,
            office,
            month: self.months(from, end),
            earlier,
            later,
            weekdays: (0..7).map(|number| self.day_name(number)).collect(),
            weeks,
            day: chosen.map(|day| dates.date(day)).unwrap_or_default(),
            parts: chosen.map(|day| self.parts(day, dates)).unwrap_or_default(),
        }
    }

    fn first_in(&self, from: NaiveDate, end: NaiveDate) -> Option<NaiveDate> {
        self.free.range(from..end).next().map(|(day, _)| *day)
    }

    fn turn(&self, from: NaiveDate) -> String {
        format!("{}?from={from}", self.href)
    }

    fn day_name(&self, number: u32) -> DayName {
        DayName {
            short: self.voice.say(&format!("weekday-short-{}", number + 1)),
            long: self.voice.say(&format!("weekday-{}", number + 1)),
        }
    }

    /// «Νοέμβριος – Δεκέμβριος 2026»
    fn months(&self, from: NaiveDate, end: NaiveDate) -> String {
        let last = end - Days::new(1);
        let name = |date: NaiveDate| self.voice.say(&format!("month-name-{}", date.month()));
        if from.month() == last.month() {
            format!("{} {}", name(from), from.year())
        } else if from.year() == last.year() {
            format!("{} – {} {}", name(from), name(last), last.year())
        } else {
            format!("{} {} – {} {}", name(from), from.year(), name(last), last.year())
        }
    }

    fn weeks(&self, from: NaiveDate, chosen: Option<NaiveDate>, dates: Dates) -> Vec<Vec<CalendarDay>> {
        let day = |date: NaiveDate| {
            let free = self.free.get(&date).map_or(0, |times| u16::try_from(times.len()).unwrap_or(u16::MAX));
            CalendarDay {
                number: date.day(),
                free,
                href: format!("{}?from={from}&day={date}#chosen-day", self.href),
                label: self.voice.say_with("calendar-day", [("n", free.into()), ("day", dates.date(date).into())]),
                chosen: chosen == Some(date),
            }
        };
        (0..WEEKS_SHOWN).map(|week| (0..7).map(|n| day(from + Days::new(7 * week + n))).collect()).collect()
    }

    fn parts(&self, day: NaiveDate, dates: Dates) -> Vec<DayPart> {
        let names = [(0..12, "times-morning"), (12..15, "times-noon"), (15..24, "times-afternoon")];
        let times = self.free.get(&day).map(Vec::as_slice).unwrap_or_default();
        let part = |(hours, id): (std::ops::Range<u32>, &str)| DayPart {
            name: self.voice.say(id),
            times: times
                .iter()
                .filter(|start| hours.contains(&start.with_timezone(&self.zone).hour()))
                .map(|start| Time { value: start.to_rfc3339(), shown: dates.time(*start) })
                .collect(),
        };
        names.into_iter().map(part).filter(|part| !part.times.is_empty()).collect()
    }
}

/// The Monday of a day's week.
fn monday(date: NaiveDate) -> NaiveDate {
    date.week(Weekday::Mon).first_day()
}

#[cfg(test)]
mod tests {
    use chrono_tz::Europe::Athens;
    use wire::Language;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar(days: &[&str]) -> Calendar {
        let free = days.iter().map(|day| {
            let start: DateTime<Utc> = format!("{day}T08:15:00Z").parse().unwrap();
            (date(day), vec![start, start + chrono::TimeDelta::hours(4)])
        });
        let (href, voice) = ("/book/kep/address".to_owned(), Voice(Language::El));
        Calendar { free: free.collect(), today: date("2026-11-20"), zone: Athens, href, voice }
    }

    #[test]
    fn omb_08_the_weeks_begin_where_something_is_free() {
        let calendar = calendar(&["2026-12-22", "2027-01-04"]);
        let dates = Dates { voice: calendar.voice, zone: Athens };
        let weeks = calendar.weeks(monday(date("2026-12-22")), Some(date("2026-12-22")), dates);
        assert_eq!(weeks[0][1].number, 22);
        assert_eq!(weeks[0][1].free, 2);
        assert!(weeks[0][1].chosen);
        assert_eq!(weeks[0][1].label, "Τρίτη 22 Δεκεμβρίου, 2 διαθέσιμες ώρες");
        assert_eq!(calendar.months(date("2026-12-21"), date("2027-01-18")), "Δεκέμβριος 2026 – Ιανουάριος 2027");
    }

    #[test]
    fn times_stand_under_their_part_of_the_day_in_the_offices_zone() {
        let calendar = calendar(&["2026-11-24"]);
        let parts = calendar.parts(date("2026-11-24"), Dates { voice: calendar.voice, zone: Athens });
        assert_eq!(parts[0].name, "Πρωί");
        assert_eq!(parts[0].times[0].shown, "10:15");
        assert_eq!(parts[1].name, "Μεσημέρι");
        assert_eq!(parts[1].times[0].shown, "14:15");
    }
}
