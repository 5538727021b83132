//! Other hours from a day on, or on one day, of the office or of a desk (FLD-15): first whom they touch, then each is moved or
//! cancelled as was chosen, with a mail. What is decided here lies over the office's own file, and can be taken back.

use paths::Page;
use std::collections::BTreeMap;

use acts::{
    Fault, calendar_name,
    change_hours::{self, HoursOrder, HoursWish},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{Datelike, NaiveTime, Weekday};
use office::{CivilTime, HoursChange, OfficeConfig, WeeklySpan, Words, calendar};
use people::is_unseen;
use stationery::{
    date_field::{date_if_any, date_of, in_order},
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    problem::{self, marks, of_field, status_of},
    signed::StaffVisitor,
    time_field::clock_time,
    view::desk_name,
};
use text::{Dates, Voice, both};
use wire::ProblemCode;
use writer::OfficeHandle;

use super::{
    calendar_line::{desk_named, hours_line},
    touched::{Preview, history, remedies},
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
    days: Vec<WeekdayRow>,
    el: String,
    en: String,
    /// What the form of the preview sends again.
    hidden: Vec<(String, String)>,
    undoes: bool,
    preview: Option<Preview>,
    standing: Vec<HoursRow>,
    history: Vec<String>,
}

/// A day of the week, with its hours as they are typed.
struct WeekdayRow {
    field: String,
    name: String,
    hours: String,
}

/// A change that is not over.
struct HoursRow {
    what: String,
    because: String,
    undo: String,
}

/// What was typed, or asked for in a link; nothing in it is about a person.
pub type HoursForm = BTreeMap<String, String>;

fn text<'a>(fields: &'a HoursForm, name: &str) -> &'a str {
    fields.get(name).map(|text| text.trim()).unwrap_or_default()
}

/// When, and of what: the head of the form, as a change that says nothing yet of the hours.
fn head(fields: &HoursForm, config: &OfficeConfig) -> Result<HoursChange, Fault> {
    let first = date_of("first", "hours-first", text(fields, "first"))?;
    let last = date_if_any("last", "hours-last", text(fields, "last"))?;
    if let Some(last) = last {
        in_order((first, last), "last", ["hours-first", "hours-last"])?;
    }
    let desk = match text(fields, "desk") {
        "" => None,
        number => Some(desk_named(number)?),
    };
    let because = Words { el: String::new(), en: String::new() };
    let head = HoursChange { first, last, desk, spans: Vec::new(), because };
    change_hours::check(config, &head)?;
    Ok(head)
}

/// The weekdays that lie in that time.
fn weekdays(head: &HoursChange) -> Vec<Weekday> {
    let within = |day: &Weekday| {
        let mut days = head.first.iter_days().take(7).take_while(|date| head.last.is_none_or(|last| *date <= last));
        days.any(|date| date.weekday() == *day)
    };
    WEEK.into_iter().filter(within).collect()
}

/// The hours that hold by now on the first such weekday: what is to be changed.
fn hours_now(head: &HoursChange, config: &OfficeConfig, day: Weekday) -> String {
    let date = head.first.iter_days().take(7).find(|date| date.weekday() == day).unwrap_or(head.first);
    let spans = match head.desk {
        Some(desk) => calendar::weekly_desk(config, date, desk),
        None => calendar::weekly_serving(config, date).to_vec(),
    };
    let on_day = spans.iter().filter(|span| span.days.contains(&day));
    let said = on_day.map(|span| format!("{}–{}", span.from.format("%H:%M"), span.to.format("%H:%M")));
    said.collect::<Vec<_>>().join(", ")
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
        let time = |text: &str| clock_time(text).map(CivilTime::time);
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
fn change(fields: &HoursForm, head: HoursChange) -> Result<HoursChange, Fault> {
    let mut spans = Vec::new();
    for day in weekdays(&head) {
        let written = text(fields, &field(day));
        let said = |voice: Voice| {
            voice.with("hours-wrong", "label", voice.say(&format!("weekday-{}", day.number_from_monday())))
        };
        let all = stretches(written).ok_or_else(|| of_field(&field(day), both(said)))?;
        spans.extend(all.into_iter().map(|(from, to)| WeeklySpan { days: vec![day], from, to }));
    }
    let words = |name: &str| -> String {
        text(fields, name).chars().filter(|c| !is_unseen(*c)).take(BECAUSE_CHARACTERS_MAX).collect()
    };
    let (el, en) = (words("el"), words("en"));
    let en = if en.is_empty() { el.clone() } else { en };
    Ok(HoursChange { spans: together(spans), because: Words { el, en }, ..head })
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

/// What was asked for, if everything is there; nothing while the form is still being filled in.
fn wish(fields: &HoursForm, config: &OfficeConfig) -> Result<Option<HoursWish>, Fault> {
    let undo = text(fields, "undo");
    if !undo.is_empty() {
        return Ok(Some(HoursWish::Undo(undo.to_owned())));
    }
    if ["first", "last", "look"].into_iter().all(|name| text(fields, name).is_empty()) {
        return Ok(None);
    }
    let head = head(fields, config)?;
    if text(fields, "look").is_empty() {
        return Ok(None);
    }
    change(fields, head).map(|change| Some(HoursWish::Change(change)))
}

/// Shows what holds, and with a change typed whom it touches.
pub async fn get(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    PageQuery(fields): PageQuery<HoursForm>,
) -> Result<Response, Fault> {
    show(&signed, signed.office_to_run(&key)?, &fields, None).await
}

/// Whom a change touches, and whether it takes another back; nothing while it is still being typed.
async fn preview(
    signed: &StaffVisitor,
    handle: &OfficeHandle,
    config: &OfficeConfig,
    fields: &HoursForm,
    dates: Dates,
) -> Result<Option<(Preview, bool)>, Fault> {
    let Some(wish) = wish(fields, config)? else { return Ok(None) };
    let (change, changed) = wish.on(config)?;
    let preview = Preview::of(signed, handle, config, &changed, hours_line(config, &change, dates)).await?;
    Ok(Some((preview, matches!(wish, HoursWish::Undo(_)))))
}

async fn show(
    signed: &StaffVisitor,
    handle: &OfficeHandle,
    fields: &HoursForm,
    fault: Option<&Fault>,
) -> Result<Response, Fault> {
    let visitor = &signed.visitor;
    let voice = visitor.voice;
    let config = handle.config(Clone::clone).ok_or(ProblemCode::Unavailable)?;
    let dates = Dates { voice, zone: config.zone, now: visitor.state.clock.now() };
    let (preview, wrong) = match preview(signed, handle, &config, fields, dates).await {
        Ok(preview) => (preview, None),
        Err(fault) => (None, Some(fault)),
    };
    let (preview, undoes) = preview.map_or((None, false), |(preview, undoes)| (Some(preview), undoes));
    let fault = fault.or(wrong.as_ref());
    let today = calendar::local_date(config.zone, visitor.state.clock.now());
    let office: &str = &handle.key;
    let base = Page::Hours { office };
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
    let standing = ahead.map(|change| HoursRow {
        what: hours_line(&config, change, dates),
        because: voice.of_text(&change.because),
        undo: base.asking(format_args!("undo={}", calendar_name(change))),
    });
    Ok(page(
        fault.map_or(StatusCode::OK, |fault| status_of(fault.code)),
        &HoursPage {
            f: visitor
                .frame()
                .at(address(base, fields))
                .staff("bookings")
                .marking(fault.map(marks).unwrap_or_default()),
            back: Page::Day { office }.to_string(),
            office: voice.of_text(&config.name),
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
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
            base: base.to_string(),
        },
    ))
}

/// Fields that say what is wanted.
fn is_kept(name: &str) -> bool {
    matches!(name, "first" | "last" | "desk" | "el" | "en" | "undo" | "look") || name.starts_with("day-")
}

/// The page with what was typed.
fn address(base: Page<'_>, fields: &HoursForm) -> String {
    let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let pairs = fields.iter().filter(|(name, text)| is_kept(name) && name.len() < 10 && text.len() < 1_000);
    let query: Vec<String> = pairs.map(|(name, text)| format!("{}={}", encoded(name), encoded(text))).collect();
    if query.is_empty() { base.to_string() } else { base.asking(query.join("&")) }
}

fn days(fields: &HoursForm, config: &OfficeConfig, dates: Dates) -> Vec<WeekdayRow> {
    let Ok(head) = head(fields, config) else { return Vec::new() };
    let row = |day: Weekday| WeekdayRow {
        field: field(day),
        name: dates.voice.say(&format!("weekday-{}", day.number_from_monday())),
        hours: match fields.get(&field(day)) {
            Some(typed) => typed.chars().take(HOURS_CHARACTERS_MAX).collect(),
            None => hours_now(&head, config, day),
        },
    };
    weekdays(&head).into_iter().map(row).collect()
}

/// Changes the hours, and moves or cancels whom that touches.
pub async fn post(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    OwnForm { visitor: _, fields }: OwnForm<HoursForm>,
) -> Result<Response, Fault> {
    let handle = signed.office_to_run(&key)?;
    let wish = handle.config(|config| wish(&fields, config)).unwrap_or(Err(ProblemCode::Unavailable.into()));
    let wish = match wish.and_then(|wish| match wish {
        Some(wish) => Ok(wish),
        None => Err(date_of("first", "hours-first", "").err().unwrap_or(ProblemCode::Malformed.into())),
    }) {
        Ok(wish) => wish,
        Err(fault) => return show(&signed, handle, &fields, Some(&fault)).await,
    };
    let done = match &wish {
        HoursWish::Change(_) => "done=changed",
        HoursWish::Undo(_) => "done=undone",
    };
    let order = HoursOrder { wish, remedies: remedies(&fields) };
    match change_hours::run(signed.turn(handle, text(&fields, "command")), order).await {
        Ok(_) => Ok(Redirect::to(&Page::Hours { office: &key }.asking(done)).into_response()),
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
