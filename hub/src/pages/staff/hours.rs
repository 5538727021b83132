//! Other hours from a day on, or on one day, of the office or of a desk (FLD-15): first whom they touch, then each is moved or
//! cancelled as was chosen, with a mail. What is decided here lies over the office's own file, and can be taken back.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};
use office::{DeskId, HoursChange, OfficeConfig, Refusal, WeeklySpan, Words, calendar};
use wire::ProblemCode;

use super::{
    bookings::known::submit,
    closures::run_by,
    signed::Signed,
    touched::{Choice, Preview, carry_out, edit, history},
    view::desk_name,
};
use crate::{
    api::{Fault, status},
    offices::OfficeHandle,
    pages::{
        form::Sent,
        frame::{Frame, page},
        houses::hours,
        problem,
    },
    people::is_unseen,
    text::Dates,
};

/// Longest reason.
const BECAUSE_CHARACTERS_MAX: usize = 200;
/// Longest text of a day's hours.
const HOURS_CHARACTERS_MAX: usize = 100;
/// Stretches of one day.
const STRETCHES_MAX: usize = 6;
const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

#[derive(Template)]
#[template(path = "staff/hours.html")]
struct HoursPage {
    f: Frame,
    base: String,
    back: String,
    office: String,
    refusal: Option<String>,
    done: Option<String>,
    desks: Vec<(String, String, bool)>,
    first: String,
    last: String,
    /// The days of the week that lie in that time, with their hours; none until a first day is chosen.
    days: Vec<DayRow>,
    el: String,
    en: String,
    /// What the form of the preview sends again.
    hidden: Vec<(String, String)>,
    undoes: bool,
    preview: Option<Preview>,
    standing: Vec<Standing>,
    history: Vec<String>,
}

struct DayRow {
    field: String,
    name: String,
    hours: String,
}

/// A change that is not over.
struct Standing {
    what: String,
    because: String,
    undo: String,
}

/// What was typed, or asked for in a link; nothing in it is about a person.
pub type Fields = BTreeMap<String, String>;

fn text<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map(|text| text.trim()).unwrap_or_default()
}

/// When, and of what: the head of the form.
struct Head {
    first: NaiveDate,
    last: Option<NaiveDate>,
    desk: Option<DeskId>,
}

impl Head {
    fn of(fields: &Fields, config: &OfficeConfig) -> Result<Self, Fault> {
        let wrong = || Fault::malformed("first".to_owned());
        let first: NaiveDate = text(fields, "first").parse().map_err(|_| wrong())?;
        let last = match text(fields, "last") {
            "" => None,
            day => Some(day.parse::<NaiveDate>().map_err(|_| wrong())?),
        };
        let desk = match text(fields, "desk") {
            "" => None,
            number => Some(DeskId(number.parse().map_err(|_| Fault::from(ProblemCode::UnknownDesk))?)),
        };
        if last.is_some_and(|last| last < first) {
            return Err(wrong());
        }
        if desk.is_some_and(|desk| !config.desks.contains_key(&desk)) {
            return Err(ProblemCode::UnknownDesk.into());
        }
        Ok(Self { first, last, desk })
    }

    /// The weekdays that lie in that time.
    fn weekdays(&self) -> Vec<Weekday> {
        let within = |day: &Weekday| {
            let days = self.first.iter_days().take(7).take_while(|date| self.last.is_none_or(|last| *date <= last));
            days.into_iter().any(|date| date.weekday() == *day)
        };
        WEEK.into_iter().filter(within).collect()
    }

    /// The hours that hold by now on the first such weekday: what is to be changed.
    fn hours_now(&self, config: &OfficeConfig, day: Weekday) -> String {
        let date = self.first.iter_days().take(7).find(|date| date.weekday() == day).unwrap_or(self.first);
        let spans = match self.desk {
            Some(desk) => calendar::weekly_desk(config, date, desk),
            None => calendar::weekly_serving(config, date).to_vec(),
        };
        let on_day = spans.iter().filter(|span| span.days.contains(&day));
        let said = on_day.map(|span| format!("{}–{}", span.from.format("%H:%M"), span.to.format("%H:%M")));
        said.collect::<Vec<_>>().join(", ")
    }
}

/// The name of a weekday's field.
fn field(day: Weekday) -> String {
    format!("day-{}", day.number_from_monday())
}

/// A day's hours as people write them: «08:00–13:00, 14:00-18:00»; nothing is closed.
fn stretches(written: &str) -> Option<Vec<(NaiveTime, NaiveTime)>> {
    if written.chars().count() > HOURS_CHARACTERS_MAX {
        return None;
    }
    let one = |text: &str| -> Option<(NaiveTime, NaiveTime)> {
        let (from, to) = text.split_once(['–', '-', '—'])?;
        let time = |text: &str| NaiveTime::parse_from_str(&text.trim().replace('.', ":"), "%H:%M").ok();
        let (from, to) = (time(from)?, time(to)?);
        (from < to).then_some((from, to))
    };
    let parts: Vec<&str> = written.split([',', '·']).map(str::trim).filter(|part| !part.is_empty()).collect();
    let mut all = parts.into_iter().map(one).collect::<Option<Vec<_>>>()?;
    all.sort_unstable();
    let apart = all.is_sorted_by(|one, next| one.1 <= next.0);
    (apart && all.len() <= STRETCHES_MAX).then_some(all)
}

/// The change that was typed.
fn change(fields: &Fields, head: &Head) -> Result<HoursChange, Fault> {
    let mut spans = Vec::new();
    for day in head.weekdays() {
        let written = text(fields, &field(day));
        let all = stretches(written).ok_or_else(|| Fault::malformed("hours".to_owned()))?;
        spans.extend(all.into_iter().map(|(from, to)| WeeklySpan { days: vec![day], from, to }));
    }
    let words = |name: &str| -> String {
        text(fields, name).chars().filter(|c| !is_unseen(*c)).take(BECAUSE_CHARACTERS_MAX).collect()
    };
    let (el, en) = (words("el"), words("en"));
    let en = if en.is_empty() { el.clone() } else { en };
    let Head { first, last, desk } = *head;
    Ok(HoursChange { first, last, desk, spans: together(spans), because: Words { el, en } })
}

/// Equal hours of several days are one line.
fn together(spans: Vec<WeeklySpan>) -> Vec<WeeklySpan> {
    let mut all: Vec<WeeklySpan> = Vec::new();
    for span in spans {
        match all.iter_mut().find(|other| (other.from, other.to) == (span.from, span.to)) {
            Some(other) => other.days.extend(span.days),
            None => all.push(span),
        }
    }
    all
}

/// «από Δευτέρα 30 Νοεμβρίου · Όλη η υπηρεσία · Δευ–Παρ 10:00–18:00»
pub fn said(config: &OfficeConfig, change: &HoursChange, dates: Dates) -> String {
    let voice = dates.voice;
    let when = match change.last {
        Some(last) if last == change.first => dates.date(change.first),
        Some(last) => {
            let values = [("first", dates.date(change.first).into()), ("last", dates.date(last).into())];
            voice.say_with("hours-between", values)
        }
        None => voice.text("hours-from", "first", &dates.date(change.first)),
    };
    let whose = change.desk.map_or_else(|| voice.say("closures-office"), |desk| desk_name(config, desk.0, voice));
    let is = if change.spans.is_empty() { voice.say("hours-closed") } else { hours(&change.spans, voice).join(", ") };
    format!("{when} · {whose} · {is}")
}

/// The configuration with a change more, or one less.
fn changed(config: &OfficeConfig, wish: &Wish) -> OfficeConfig {
    let mut changed = config.clone();
    match wish {
        Wish::Change(change) => changed.calendar.hours_changes.push(change.clone()),
        Wish::Undo(change) => changed.calendar.hours_changes.retain(|other| other != change),
    }
    changed
}

/// What is wanted.
#[derive(Debug, Clone)]
enum Wish {
    Change(HoursChange),
    Undo(HoursChange),
}

impl Wish {
    /// What was asked for, if everything is there; nothing while the form is still being filled in.
    fn of(fields: &Fields, config: &OfficeConfig) -> Result<Option<Self>, Fault> {
        let undo = text(fields, "undo");
        if !undo.is_empty() {
            // The page may be old: the change is named by what it is.
            let named = config.calendar.hours_changes.iter().find(|change| name(change) == undo);
            return named.cloned().map(|change| Some(Self::Undo(change))).ok_or(ProblemCode::NotFound.into());
        }
        if text(fields, "first").is_empty() {
            return Ok(None);
        }
        let head = Head::of(fields, config)?;
        if text(fields, "look").is_empty() {
            return Ok(None);
        }
        change(fields, &head).map(|change| Some(Self::Change(change)))
    }

    const fn change(&self) -> &HoursChange {
        match self {
            Self::Change(change) | Self::Undo(change) => change,
        }
    }
}

/// What a link calls a change.
fn name(change: &HoursChange) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(serde_json::to_string(change).unwrap_or_default());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Shows what holds, and with a change typed whom it touches.
pub async fn get(signed: Signed, Path(key): Path<String>, Query(fields): Query<Fields>) -> Response {
    match run_by(&signed, &key) {
        Ok(handle) => show(&signed, handle, &fields, None).await,
        Err(response) => response,
    }
}

async fn show(signed: &Signed, handle: &OfficeHandle, fields: &Fields, fault: Option<&Fault>) -> Response {
    let visitor = &signed.visitor;
    let voice = visitor.voice;
    let Some(config) = handle.config(Clone::clone) else {
        return problem::page_of(visitor, ProblemCode::Unavailable);
    };
    let dates = Dates { voice, zone: config.zone };
    let wish = Wish::of(fields, &config);
    let (preview, wrong) = match &wish {
        Ok(Some(wish)) => {
            let what = said(&config, wish.change(), dates);
            match Preview::of(signed, handle, &config, &changed(&config, wish), what).await {
                Ok(preview) => (Some(preview), None),
                Err(fault) => (None, Some(fault)),
            }
        }
        Ok(None) => (None, None),
        Err(fault) => (None, Some(fault.clone())),
    };
    let fault = fault.or(wrong.as_ref());
    let today = calendar::local_date(config.zone, visitor.state.clock.now());
    let base = format!("/staff/{}/bookings/hours", handle.key);
    let history = history(signed, handle, &config, dates).await;
    let desks = config.desks.keys().map(|desk| {
        let number = desk.to_string();
        let chosen = text(fields, "desk") == number;
        (number, desk_name(&config, desk.0, voice), chosen)
    });
    let done = match text(fields, "done") {
        "changed" => Some("hours-done"),
        "undone" => Some("hours-undone"),
        _ => None,
    };
    let ahead = config.calendar.hours_changes.iter().filter(|change| change.last.is_none_or(|last| today <= last));
    let standing = ahead.map(|change| Standing {
        what: said(&config, change, dates),
        because: voice.of_text(&change.because),
        undo: format!("{base}?undo={}", name(change)),
    });
    let undoes = matches!(wish, Ok(Some(Wish::Undo(_))));
    page(
        fault.map_or(StatusCode::OK, |fault| status(fault.code)),
        &HoursPage {
            f: visitor.frame().at(address(&base, fields)).staff("bookings"),
            back: format!("/staff/{}/bookings", handle.key),
            office: voice.of_text(&config.name),
            refusal: fault.map(|fault| match fault.place.as_deref() {
                Some("hours") => voice.say("hours-wrong"),
                Some("first") => voice.say("hours-days-wrong"),
                _ => problem::sentence(visitor, fault),
            }),
            done: done.map(|id| voice.say(id)),
            desks: desks.collect(),
            first: text(fields, "first").to_owned(),
            last: text(fields, "last").to_owned(),
            days: if undoes { Vec::new() } else { days(fields, &config, dates) },
            el: text(fields, "el").to_owned(),
            en: text(fields, "en").to_owned(),
            hidden: fields.iter().filter(|(name, _)| is_kept(name)).map(|(a, b)| (a.clone(), b.clone())).collect(),
            undoes,
            preview,
            standing: standing.collect(),
            history,
            base,
        },
    )
}

/// Fields that say what is wanted.
fn is_kept(name: &str) -> bool {
    matches!(name, "first" | "last" | "desk" | "el" | "en" | "undo" | "look") || name.starts_with("day-")
}

/// The page with what was typed.
fn address(base: &str, fields: &Fields) -> String {
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let pairs = fields.iter().filter(|(name, text)| is_kept(name) && name.len() < 10 && text.len() < 1_000);
    let query: Vec<String> = pairs.map(|(name, text)| format!("{}={}", encoded(name), encoded(text))).collect();
    if query.is_empty() { base.to_owned() } else { format!("{base}?{}", query.join("&")) }
}

fn days(fields: &Fields, config: &OfficeConfig, dates: Dates) -> Vec<DayRow> {
    let Ok(head) = Head::of(fields, config) else { return Vec::new() };
    let row = |day: Weekday| DayRow {
        field: field(day),
        name: dates.voice.say(&format!("weekday-{}", day.number_from_monday())),
        hours: match fields.get(&field(day)) {
            Some(typed) => typed.chars().take(HOURS_CHARACTERS_MAX).collect(),
            None => head.hours_now(config, day),
        },
    };
    head.weekdays().into_iter().map(row).collect()
}

/// Changes the hours, and moves or cancels whom that touches.
pub async fn post(signed: Signed, Path(key): Path<String>, Sent { visitor: _, fields }: Sent<Fields>) -> Response {
    let handle = match run_by(&signed, &key) {
        Ok(handle) => handle,
        Err(response) => return response,
    };
    let wish = handle.config(|config| Wish::of(&fields, config)).unwrap_or(Err(ProblemCode::Unavailable.into()));
    let wish = match wish {
        Ok(Some(wish)) => wish,
        Ok(None) => return show(&signed, handle, &fields, Some(&Fault::malformed("first".to_owned()))).await,
        Err(fault) => return show(&signed, handle, &fields, Some(&fault)).await,
    };
    let undoes = matches!(wish, Wish::Undo(_));
    let edit = edit(&signed, if undoes { "hours-undone" } else { "hours" }, wish.change());
    let choices = Choice::all(&fields);
    let id = text(&fields, "command").to_owned();
    let asked = format!("hours {fields:?}");
    let done = submit(&signed, handle, &id, &asked, move |bench| {
        let config = bench.office().config.as_ref().ok_or(Refusal::NotConfigured)?;
        let changed = changed(config, &wish);
        bench.put_hours_edit(edit);
        carry_out(bench, changed, choices)
    });
    match done.await {
        Ok(_) => {
            let done = if undoes { "undone" } else { "changed" };
            Redirect::to(&format!("/staff/{key}/bookings/hours?done={done}")).into_response()
        }
        Err(fault) => show(&signed, handle, &fields, Some(&fault)).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_15_hours_are_read_as_people_write_them() {
        let read = |text: &str| {
            stretches(text).map(|all| all.iter().map(|(from, to)| format!("{from}-{to}")).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(read("08:00–15:00").unwrap(), "08:00:00-15:00:00");
        assert_eq!(read(" 14:00 - 18.30,8:00-13:00 ").unwrap(), "08:00:00-13:00:00 14:00:00-18:30:00");
        assert_eq!(read("").unwrap(), "", "closed");
        for wrong in ["8", "15:00-08:00", "08:00-25:00", "08:00-12:00, 11:00-13:00", "<script>", "=1+1", "08:00–"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(read(&"08:00-09:00,".repeat(10_000)), None);
    }
}
