//! Closing a day, or a desk's morning (FLD-15): first whom it touches, then each is moved or cancelled as was chosen, with
//! a mail; the closure is an event of the journal, with who and when.

use paths::Page;
use std::collections::BTreeMap;

use acts::{
    Fault, calendar_name,
    close::{self, ClosureOrder, closed},
    expected_within,
    open_again::{self, ReopeningOrder},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveTime, Utc};
use office::{CivilTime, Closure, OfficeConfig, Words};
use people::is_unseen;
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    date_field::date_of,
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    problem::{self, marks, status_of},
    signed::StaffVisitor,
    time_field::time_of,
    view::desk_name,
};
use text::Dates;
use wire::ProblemCode;
use writer::OfficeHandle;

use super::{
    calendar_line::{closure_line, desk_named, early_line},
    touched::{Preview, history, remedies},
};

/// Longest reason.
const BECAUSE_CHARACTERS_MAX: usize = 200;

#[derive(Template)]
#[template(path = "staff/closures.html")]
struct ClosuresPage {
    f: Frame,
    base: String,
    open: String,
    back: String,
    office: String,
    refusal: Option<String>,
    done: Option<String>,
    typed: ClosureForm,
    desks: Vec<(String, String, bool)>,
    preview: Option<Preview>,
    standing: Vec<ClosureRow>,
    history: Vec<String>,
}

/// A closure that is ahead, whoever decided it.
struct ClosureRow {
    /// What is closed, in words.
    what: String,
    /// What people are told of the reason.
    because: String,
    /// Those who are expected all the same.
    left: u16,
    /// The form that takes it back; none for what stands in the office's own file.
    form: Option<ReopeningForm>,
}

/// A closure as it is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ClosureForm {
    day: String,
    from: String,
    to: String,
    desk: String,
    el: String,
    en: String,
    done: String,
}

impl ClosureForm {
    /// Of a form's fields.
    fn of(fields: &BTreeMap<String, String>) -> Self {
        let text = |name: &str| fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        Self {
            day: text("day"),
            from: text("from"),
            to: text("to"),
            desk: text("desk"),
            el: text("el"),
            en: text("en"),
            done: String::new(),
        }
    }

    /// Whether nothing is typed yet.
    fn is_empty(&self) -> bool {
        [&self.day, &self.from, &self.to, &self.desk, &self.el, &self.en].into_iter().all(String::is_empty)
    }

    /// The page that shows it; nothing in it is about a person.
    fn address(&self, page: Page<'_>) -> String {
        if self.is_empty() {
            return page.to_string();
        }
        let Self { day, from, to, desk, el, en, done: _ } = self;
        let pairs = [("day", day), ("from", from), ("to", to), ("desk", desk), ("el", el), ("en", en)];
        let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let query: Vec<String> = pairs.iter().map(|(name, text)| format!("{name}={}", encoded(text))).collect();
        page.asking(query.join("&"))
    }

    /// As a closure; no hours are the whole day.
    fn closure(&self, config: &OfficeConfig) -> Result<Closure, Fault> {
        let wrong = |place: &str| Fault::malformed(place.to_owned());
        let day = date_of("day", "date-label", &self.day)?;
        let time = |id: &str, label: &str, text: &str| time_of(id, label, text).map(CivilTime::time);
        let next = day.succ_opt().ok_or_else(|| wrong("day"))?;
        let from = if self.from.is_empty() {
            day.and_time(NaiveTime::MIN)
        } else {
            day.and_time(time("from", "closures-from", &self.from)?)
        };
        let to = if self.to.is_empty() {
            next.and_time(NaiveTime::MIN)
        } else {
            day.and_time(time("to", "closures-to", &self.to)?)
        };
        let desk = match self.desk.as_str() {
            "" => None,
            number => Some(desk_named(number)?),
        };
        let words =
            |text: &str| text.chars().filter(|c| !is_unseen(*c)).take(BECAUSE_CHARACTERS_MAX).collect::<String>();
        let (el, en) = (words(&self.el), words(&self.en));
        let en = if en.is_empty() { el.clone() } else { en };
        let closure = Closure { from, to, desk, because: Words { el, en }, by_staff: true };
        close::check(config, &closure)?;
        Ok(closure)
    }
}

/// Shows what is closed, and with a closure typed whom it touches.
pub async fn get(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    PageQuery(typed): PageQuery<ClosureForm>,
) -> Result<Response, Fault> {
    show(&signed, signed.office_to_run(&key)?, typed, None).await
}

async fn show(
    signed: &StaffVisitor,
    handle: &OfficeHandle,
    typed: ClosureForm,
    fault: Option<&Fault>,
) -> Result<Response, Fault> {
    let visitor = &signed.visitor;
    let voice = visitor.voice;
    let config = handle.config(Clone::clone).ok_or(ProblemCode::Unavailable)?;
    let dates = Dates { voice, zone: config.zone, now: visitor.state.clock.now() };
    let wanted = (!typed.is_empty()).then(|| typed.closure(&config));
    let (preview, wrong) = match wanted {
        Some(Ok(closure)) => {
            let (changed, line) = (closed(&config, &closure), closure_line(&config, &closure, dates));
            match Preview::of(signed, handle, &config, &changed, line).await {
                Ok(preview) => (Some(preview), None),
                Err(fault) => (None, Some(fault)),
            }
        }
        Some(Err(fault)) => (None, Some(fault)),
        None => (None, None),
    };
    let fault = fault.or(wrong.as_ref());
    let desks = config.desks.keys().map(|desk| {
        let number = desk.to_string();
        let chosen = typed.desk == number;
        (number, desk_name(&config, desk.0, voice), chosen)
    });
    let history = history(signed, handle, &config, dates).await;
    let office: &str = &handle.key;
    let done = match typed.done.as_str() {
        "closed" => Some("closures-done"),
        "opened" => Some("closures-opened"),
        _ => None,
    };
    Ok(page(
        fault.map_or(StatusCode::OK, |fault| status_of(fault.code)),
        &ClosuresPage {
            f: visitor
                .frame()
                .at(typed.address(Page::Closures { office }))
                .staff("bookings")
                .marking(fault.map(marks).unwrap_or_default()),
            base: Page::Closures { office }.to_string(),
            open: Page::ClosuresOpen { office }.to_string(),
            back: Page::Day { office }.to_string(),
            office: voice.of_text(&config.name),
            refusal: fault.map(|fault| match fault.code {
                ProblemCode::Malformed if fault.words.is_none() => voice.say("closures-wrong"),
                ProblemCode::ReasonNeeded => voice.say("closures-because-missing"),
                _ => problem::sentence(visitor, fault),
            }),
            done: done.map(|id| voice.say(id)),
            desks: desks.collect(),
            preview,
            history,
            standing: standing(handle, &config, visitor.state.clock.now(), dates),
            typed,
        },
    ))
}

/// What is closed and not over, by day: what staff decided here, and what stands in the office's own file.
fn standing(handle: &OfficeHandle, config: &OfficeConfig, now: DateTime<Utc>, dates: Dates) -> Vec<ClosureRow> {
    let today = now.with_timezone(&config.zone).naive_local();
    let closures = config.calendar.closures.iter();
    let ahead = closures.filter(|closure| closure.to > today);
    let office = handle.read();
    let row = |closure: &Closure| ClosureRow {
        what: closure_line(config, closure, dates),
        because: dates.voice.of_text(&closure.because),
        left: match closure.desk {
            // Where one desk is closed, others serve those who are left.
            Some(_) => 0,
            None => u16::try_from(expected_within(&office, closure, now).len()).unwrap_or(u16::MAX),
        },
        form: closure
            .by_staff
            .then(|| ReopeningForm { closure: calendar_name(closure), command: draw_id().to_string() }),
    };
    let early_ahead = config.calendar.early_closes.iter().filter(|early| early.date >= today.date());
    let early = early_ahead.map(|early| {
        let (what, because) = (early_line(early, dates), dates.voice.of_text(&early.because));
        (early.date.and_time(early.at), ClosureRow { what, because, left: 0, form: None })
    });
    let mut rows: Vec<_> = ahead.map(|closure| (closure.from, row(closure))).chain(early).collect();
    rows.sort_by_key(|(from, _)| *from);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// Closes, and moves or cancels whom it touches.
pub async fn post(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    OwnForm { visitor: _, fields }: OwnForm<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let handle = signed.office_to_run(&key)?;
    let typed = ClosureForm::of(&fields);
    let closure = handle.config(|config| typed.closure(config)).unwrap_or(Err(ProblemCode::Unavailable.into()));
    let done = match closure {
        Ok(closure) => {
            let command = fields.get("command").map(String::as_str).unwrap_or_default();
            let order = ClosureOrder { closure, remedies: remedies(&fields) };
            close::run(signed.turn(handle, command), order).await
        }
        Err(fault) => Err(fault),
    };
    match done {
        Ok(_) => Ok(Redirect::to(&Page::Closures { office: &key }.asking("done=closed")).into_response()),
        Err(fault) => show(&signed, handle, typed, Some(&fault)).await,
    }
}

/// The form that takes a closure back.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReopeningForm {
    /// What the page calls the closure.
    closure: String,
    /// The command's id.
    command: String,
}

/// Takes a closure back. Those who were moved or cancelled stay so.
pub async fn open(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    OwnForm { visitor: _, fields }: OwnForm<ReopeningForm>,
) -> Result<Response, Fault> {
    let handle = signed.office_to_run(&key)?;
    let ReopeningForm { closure, command } = fields;
    match open_again::run(signed.turn(handle, &command), ReopeningOrder { closure }).await {
        Ok(_) => Ok(Redirect::to(&Page::Closures { office: &key }.asking("done=opened")).into_response()),
        Err(fault) => show(&signed, handle, ClosureForm::default(), Some(&fault)).await,
    }
}
