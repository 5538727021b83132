//! Closing a day, or a desk's morning (FLD-15): first whom it touches, then each is moved or cancelled as was chosen, with
//! a mail; the closure is an event of the journal, with who and when.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use office::{Closure, Command, DeskId, OfficeConfig, Refusal, Words};
use serde::Deserialize;
use wire::ProblemCode;

use super::{
    bookings::known::submit,
    signed::Signed,
    touched::{Choice, Preview, carry_out, edit, history},
    view::desk_name,
};
use crate::{
    api::{Fault, status},
    closing::{closed, expected_within},
    codes::draw_id,
    offices::OfficeHandle,
    pages::{
        form::Sent,
        frame::{Frame, page},
        problem,
    },
    people::is_unseen,
    store::HoursEdit,
    text::Dates,
};

/// Longest reason.
const BECAUSE_CHARACTERS_MAX: usize = 200;

#[derive(Template)]
#[template(path = "staff/closures.html")]
struct ClosuresPage {
    f: Frame,
    base: String,
    back: String,
    office: String,
    refusal: Option<String>,
    done: Option<String>,
    typed: Typed,
    desks: Vec<(String, String, bool)>,
    preview: Option<Preview>,
    standing: Vec<Standing>,
    history: Vec<String>,
}

/// A closure that was decided on this page.
struct Standing {
    what: String,
    because: String,
    left: u16,
    index: String,
    command: String,
}

/// A closure as it is typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    day: String,
    from: String,
    to: String,
    desk: String,
    el: String,
    en: String,
    done: String,
}

impl Typed {
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

    /// The page that shows it; nothing in it is about a person.
    fn address(&self, base: &str) -> String {
        if self.day.is_empty() {
            return base.to_owned();
        }
        let Self { day, from, to, desk, el, en, done: _ } = self;
        let pairs = [("day", day), ("from", from), ("to", to), ("desk", desk), ("el", el), ("en", en)];
        let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let query: Vec<String> = pairs.iter().map(|(name, text)| format!("{name}={}", encoded(text))).collect();
        format!("{base}?{}", query.join("&"))
    }

    /// As a closure; no hours are the whole day.
    fn closure(&self, config: &OfficeConfig) -> Result<Closure, Fault> {
        let wrong = |place: &str| Fault::malformed(place.to_owned());
        let day: NaiveDate = self.day.parse().map_err(|_| wrong("day"))?;
        let time = |text: &str| -> Result<NaiveTime, Fault> { format!("{text}:00").parse().map_err(|_| wrong("time")) };
        let next = day.succ_opt().ok_or_else(|| wrong("day"))?;
        let from: NaiveDateTime =
            if self.from.is_empty() { day.and_time(NaiveTime::MIN) } else { day.and_time(time(&self.from)?) };
        let to: NaiveDateTime =
            if self.to.is_empty() { next.and_time(NaiveTime::MIN) } else { day.and_time(time(&self.to)?) };
        let desk = match self.desk.as_str() {
            "" => None,
            number => Some(DeskId(number.parse().map_err(|_| Fault::from(ProblemCode::UnknownDesk))?)),
        };
        if from >= to || desk.is_some_and(|desk| !config.desks.contains_key(&desk)) {
            return Err(wrong("from"));
        }
        let words =
            |text: &str| text.chars().filter(|c| !is_unseen(*c)).take(BECAUSE_CHARACTERS_MAX).collect::<String>();
        let (el, en) = (words(&self.el), words(&self.en));
        if el.is_empty() {
            return Err(ProblemCode::ReasonNeeded.into());
        }
        let en = if en.is_empty() { el.clone() } else { en };
        Ok(Closure { from, to, desk, because: Words { el, en }, by_staff: true })
    }
}

/// Shows what is closed, and with a closure typed whom it touches.
pub async fn get(signed: Signed, Path(key): Path<String>, Query(typed): Query<Typed>) -> Response {
    match run_by(&signed, &key) {
        Ok(handle) => show(&signed, handle, typed, None).await,
        Err(response) => response,
    }
}

/// An office that the looker runs.
#[expect(clippy::result_large_err, reason = "the refusal is the whole answer, sent as it is")]
pub fn run_by<'a>(signed: &'a Signed, key: &str) -> Result<&'a OfficeHandle, Response> {
    let handle = signed.office(key)?;
    signed.admin_of(handle.row)?;
    Ok(handle)
}

async fn show(signed: &Signed, handle: &OfficeHandle, typed: Typed, fault: Option<&Fault>) -> Response {
    let visitor = &signed.visitor;
    let voice = visitor.voice;
    let Some(config) = handle.config(Clone::clone) else {
        return problem::page_of(visitor, ProblemCode::Unavailable);
    };
    let dates = Dates { voice, zone: config.zone };
    let wanted = (!typed.day.is_empty()).then(|| typed.closure(&config));
    let (preview, wrong) = match wanted {
        Some(Ok(closure)) => {
            match Preview::of(signed, handle, &config, &closed(&config, &closure), said(&config, &closure, dates)).await
            {
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
    let base = format!("/staff/{}/bookings/closures", handle.key);
    let done = match typed.done.as_str() {
        "closed" => Some("closures-done"),
        "opened" => Some("closures-opened"),
        _ => None,
    };
    page(
        fault.map_or(StatusCode::OK, |fault| status(fault.code)),
        &ClosuresPage {
            f: visitor.frame().at(typed.address(&base)).staff("bookings"),
            back: format!("/staff/{}/bookings", handle.key),
            office: voice.of_text(&config.name),
            refusal: fault.map(|fault| match fault.code {
                ProblemCode::Malformed => voice.say("closures-wrong"),
                ProblemCode::ReasonNeeded => voice.say("closures-because-missing"),
                _ => problem::sentence(visitor, fault),
            }),
            done: done.map(|id| voice.say(id)),
            desks: desks.collect(),
            preview,
            history,
            standing: standing(handle, &config, visitor.state.clock.now(), dates),
            typed,
            base,
        },
    )
}

/// «Τρίτη 24 Νοεμβρίου, 08:00–12:00 · Θυρίδα 1»
pub fn said(config: &OfficeConfig, closure: &Closure, dates: Dates) -> String {
    let voice = dates.voice;
    let (day, to) = (closure.from.date(), closure.to);
    let whole_day = closure.from.time() == NaiveTime::MIN && to.time() == NaiveTime::MIN;
    let hours = if whole_day {
        voice.say("closures-whole-day")
    } else {
        format!("{}–{}", closure.from.format("%H:%M"), to.format("%H:%M"))
    };
    let what = closure.desk.map_or_else(|| voice.say("closures-office"), |desk| desk_name(config, desk.0, voice));
    format!("{}, {hours} · {what}", dates.date(day))
}

/// What staff closed and is not over.
fn standing(handle: &OfficeHandle, config: &OfficeConfig, now: DateTime<Utc>, dates: Dates) -> Vec<Standing> {
    let today = now.with_timezone(&config.zone).naive_local();
    let closures = config.calendar.closures.iter().enumerate();
    let ahead = closures.filter(|(_, closure)| closure.by_staff && closure.to > today);
    let office = handle.read();
    let row = |(index, closure): (usize, &Closure)| Standing {
        what: said(config, closure, dates),
        because: dates.voice.of_text(&closure.because),
        left: match closure.desk {
            // Where one desk is closed, others serve those who are left.
            Some(_) => 0,
            None => u16::try_from(expected_within(&office, closure, now).len()).unwrap_or(u16::MAX),
        },
        index: index.to_string(),
        command: draw_id().to_string(),
    };
    ahead.map(row).collect()
}

/// The form, as it was sent.
pub type Fields = BTreeMap<String, String>;

/// Closes, and moves or cancels whom it touches.
pub async fn post(signed: Signed, Path(key): Path<String>, Sent { visitor: _, fields }: Sent<Fields>) -> Response {
    let handle = match run_by(&signed, &key) {
        Ok(handle) => handle,
        Err(response) => return response,
    };
    let typed = Typed::of(&fields);
    let closure = handle.config(|config| typed.closure(config)).unwrap_or(Err(ProblemCode::Unavailable.into()));
    let closure = match closure {
        Ok(closure) => closure,
        Err(fault) => return show(&signed, handle, typed, Some(&fault)).await,
    };
    let choices = Choice::all(&fields);
    let edit = edit(&signed, "closed", &closure);
    let id = fields.get("command").cloned().unwrap_or_default();
    let asked = format!("close {fields:?}");
    let done = submit(&signed, handle, &id, &asked, move |bench| {
        let config = bench.office().config.as_ref().ok_or(Refusal::NotConfigured)?;
        let changed = closed(config, &closure);
        bench.put_hours_edit(edit);
        carry_out(bench, changed, choices)
    });
    match done.await {
        Ok(_) => Redirect::to(&format!("/staff/{key}/bookings/closures?done=closed")).into_response(),
        Err(fault) => show(&signed, handle, typed, Some(&fault)).await,
    }
}

/// Takes a closure back. Those who were moved or cancelled stay so.
pub async fn open(signed: Signed, Path(key): Path<String>, Sent { visitor: _, fields }: Sent<Fields>) -> Response {
    let handle = match run_by(&signed, &key) {
        Ok(handle) => handle,
        Err(response) => return response,
    };
    let index: Option<usize> = fields.get("index").and_then(|index| index.parse().ok());
    let what = fields.get("what").cloned().unwrap_or_default();
    let (voice, account) = (signed.visitor.voice, signed.session.account.id);
    let id = fields.get("command").cloned().unwrap_or_default();
    let asked = format!("open {fields:?}");
    let done = submit(&signed, handle, &id, &asked, move |bench| {
        let config = bench.office().config.as_ref().ok_or(Refusal::NotConfigured)?;
        let mut opened = config.clone();
        // The page may be old: only what it named is taken back.
        let is_it =
            |closure: &Closure| closure.by_staff && said(config, closure, Dates { voice, zone: config.zone }) == what;
        let index = index.filter(|index| config.calendar.closures.get(*index).is_some_and(is_it));
        let closure = opened.calendar.closures.remove(index.ok_or(Refusal::NotSuspended)?);
        let body = serde_json::to_string(&closure).unwrap_or_default();
        bench.put_hours_edit(HoursEdit { account, what: "opened".to_owned(), body });
        bench.decide(&Command::Configure(Box::new(opened)))
    });
    match done.await {
        Ok(_) => Redirect::to(&format!("/staff/{key}/bookings/closures?done=opened")).into_response(),
        Err(fault) => show(&signed, handle, Typed::default(), Some(&fault)).await,
    }
}
