//! The telephone list: whom no message reached, and what is to be said to them (FLD-33). Who has been told is taken off it.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use office::{Booking, BookingId, Mail};
use serde::Deserialize;
use wire::ProblemCode;

use super::{known::href, search::people_of};
use crate::state::Pages;
use crate::{
    form::Sent,
    frame::{Frame, page},
    problem,
    staff::signed::Signed,
};
use acts::{Look, LookKind};
use post::{is_true_still, short_text};
use secrets::readable;
use store::ReadError;
use store::{Person, UnreachedLetter};
use text::Dates;
use writer::OfficeHandle;

/// Somebody to be called.
pub struct Call {
    /// About which booking.
    booking: Booking,
    /// What did not reach them, the oldest first.
    letters: Vec<(i64, Mail)>,
    /// Since when that is known.
    since: DateTime<Utc>,
}

#[derive(Template)]
#[template(path = "staff/calls.html")]
struct CallsPage {
    f: Frame,
    back: String,
    here: String,
    done: Option<String>,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    phone: Option<(String, String)>,
    reference: String,
    href: String,
    when: String,
    since: String,
    says: Vec<String>,
    /// The letters of which they will have been told.
    letters: String,
}

/// Who is to be called: those whose time is ahead, and of what did not reach them what is still true. Who was erased has no
/// name and no number.
///
/// # Errors
/// If the store cannot be read.
pub async fn owed(state: &Pages, handle: &OfficeHandle) -> Result<Vec<(Call, Person)>, ReadError> {
    let (row, now) = (handle.row, state.clock.now());
    let letters = state.readers.read(move |store| store.unreached_letters(row)).await?;
    let calls = calls_of(handle, letters, now);
    let bookings: Vec<Booking> = calls.iter().map(|call| call.booking.clone()).collect();
    let people = people_of(state, &bookings).await?;
    Ok(calls.into_iter().zip(people).filter_map(|(call, person)| Some((call, person?))).collect())
}

fn calls_of(handle: &OfficeHandle, letters: Vec<UnreachedLetter>, now: DateTime<Utc>) -> Vec<Call> {
    let mut calls: BTreeMap<BookingId, Call> = BTreeMap::new();
    let office = handle.read();
    for letter in letters {
        let Ok(mail) = serde_json::from_str::<Mail>(&letter.about) else { continue };
        let Some(booking) = office.bookings.get(&mail.booking) else { continue };
        if booking.promise.start <= now || !is_true_still(Some(&booking.life), mail.kind) {
            continue;
        }
        let call = calls.entry(mail.booking).or_insert_with(|| Call {
            booking: booking.clone(),
            letters: Vec::new(),
            since: letter.at,
        });
        call.letters.push((letter.id, mail));
    }
    let mut calls: Vec<Call> = calls.into_values().collect();
    calls.sort_by_key(|call| (call.booking.promise.start, call.booking.id));
    calls
}

/// Just done.
#[derive(Debug, Default, Deserialize)]
pub struct Came {
    #[serde(default)]
    done: String,
}

/// Shows whom to call.
pub async fn get(signed: Signed, Path(key): Path<String>, Query(came): Query<Came>) -> Response {
    let handle = match signed.office(&key) {
        Ok(handle) => handle,
        Err(fault) => return fault.into_response(),
    };
    let visitor = &signed.visitor;
    let state = &visitor.state;
    let calls = match owed(state, handle).await {
        Ok(calls) => calls,
        Err(error) => return problem::page_of_fault(visitor, &error.into()),
    };
    let look = Look::new(signed.session.account.id, handle.row, LookKind::List);
    if let Err(fault) = (Look { names: Some(calls.len()), ..look }).keep(&state.ledger).await {
        return problem::page_of_fault(visitor, &fault);
    }
    let Some(config) = handle.config(Clone::clone) else {
        return problem::page_of(visitor, ProblemCode::Unavailable);
    };
    let (voice, now) = (visitor.voice, state.clock.now());
    let dates = Dates { voice, zone: config.zone };
    let row = |(call, person): (Call, Person)| {
        let mut says: Vec<String> = Vec::new();
        let spoken = state.texts.voice(handle.row, voice);
        for (_, mail) in &call.letters {
            let said = short_text(mail.kind, &config, &call.booking, &spoken, now);
            if !says.contains(&said) {
                says.push(said);
            }
        }
        Row {
            name: person.name.unwrap_or_else(|| voice.say("card-erased")),
            phone: person.phone.map(|phone| (people::readable(&phone), phone)),
            reference: readable(&call.booking.reference),
            href: href(&config.key, &call.booking.reference),
            when: dates.day_and_time(call.booking.promise.start),
            since: voice.text("calls-since", "at", &dates.near(call.since, now)),
            says,
            letters: call.letters.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>().join(" "),
        }
    };
    let rows = calls.into_iter().map(row).collect();
    let back = format!("/staff/{key}/bookings");
    let here = format!("{back}/calls");
    let done = (came.done == "told").then(|| voice.say("calls-done"));
    page(StatusCode::OK, &CallsPage { f: visitor.frame().at(&here).staff("bookings"), back, here, done, rows })
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    letters: String,
}

/// Somebody has been told. The same form sent twice does nothing twice.
pub async fn post(signed: Signed, Path(key): Path<String>, Sent { visitor, fields }: Sent<Fields>) -> Response {
    let handle = match signed.office(&key) {
        Ok(handle) => handle,
        Err(fault) => return fault.into_response(),
    };
    let letters: Vec<i64> = fields.letters.split_whitespace().filter_map(|id| id.parse().ok()).collect();
    let (row, account, now) = (handle.row, signed.session.account.id, visitor.state.clock.now());
    match visitor.state.writer.change(move |store| store.told(row, &letters, account, now)).await {
        Ok(count) => {
            tracing::info!(account, count, "somebody was told by telephone");
            Redirect::to(&format!("/staff/{key}/bookings/calls?done=told")).into_response()
        }
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}
