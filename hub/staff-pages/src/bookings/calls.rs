//! The telephone list: whom no message reached, and what is to be said to them (FLD-33). Who has been told is taken off it.

use paths::Page;
use std::collections::BTreeMap;

use acts::{
    Fault, LookGrant, LookKind,
    told_by_telephone::{self, TelephoneNews},
};
use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use office::{Booking, BookingId, Mail};
use post::short_text;
use secrets::readable;
use serde::Deserialize;
use stationery::{
    form::OwnForm,
    frame::{Frame, page},
    signed::StaffVisitor,
    state::Pages,
};
use store::{Person, ReadError, UnreachedLetter};
use text::Dates;
use wire::ProblemCode;
use writer::OfficeHandle;

use super::{known::page_of, search::people_of};

/// Somebody to be called.
pub struct TelephoneCall {
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
    rows: Vec<TelephoneRow>,
}

/// Somebody to be called, as the list shows them.
struct TelephoneRow {
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
pub async fn owed(state: &Pages, handle: &OfficeHandle) -> Result<Vec<(TelephoneCall, Person)>, ReadError> {
    let (row, now) = (handle.row, state.clock.now());
    let letters = state.readers.read(move |store| store.unreached_letters(row)).await?;
    let calls = calls_of(handle, letters, now);
    let bookings: Vec<Booking> = calls.iter().map(|call| call.booking.clone()).collect();
    let people = people_of(state, &bookings).await?;
    Ok(calls.into_iter().zip(people).filter_map(|(call, person)| Some((call, person?))).collect())
}

fn calls_of(handle: &OfficeHandle, letters: Vec<UnreachedLetter>, now: DateTime<Utc>) -> Vec<TelephoneCall> {
    let mut calls: BTreeMap<BookingId, TelephoneCall> = BTreeMap::new();
    let office = handle.read();
    for letter in letters {
        let Ok(mail) = serde_json::from_str::<Mail>(&letter.about) else { continue };
        let Some(booking) = office.bookings.get(&mail.booking) else { continue };
        if booking.promise.start <= now || !mail.kind.has_meaning(Some(booking), now) {
            continue;
        }
        let call = calls.entry(mail.booking).or_insert_with(|| TelephoneCall {
            booking: booking.clone(),
            letters: Vec::new(),
            since: letter.at,
        });
        call.letters.push((letter.id, mail));
    }
    let mut calls: Vec<TelephoneCall> = calls.into_values().collect();
    calls.sort_by_key(|call| (call.booking.promise.start, call.booking.id));
    calls
}

/// What the list was asked with.
#[derive(Debug, Default, Deserialize)]
pub struct CallQuery {
    /// What was just done.
    #[serde(default)]
    done: String,
}

/// Shows whom to call.
pub async fn get(
    signed: StaffVisitor,
    Path(key): Path<String>,
    Query(query): Query<CallQuery>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    let visitor = &signed.visitor;
    let state = &visitor.state;
    let calls = owed(state, handle).await?;
    let look = LookGrant::new(signed.session.account.id, handle.row, LookKind::List);
    LookGrant { names: Some(calls.len()), ..look }.keep(&state.ledger).await?;
    let config = handle.config(Clone::clone).ok_or(ProblemCode::Unavailable)?;
    let (voice, now) = (visitor.voice, state.clock.now());
    let dates = Dates { voice, zone: config.zone };
    let row = |(call, person): (TelephoneCall, Person)| {
        let mut says: Vec<String> = Vec::new();
        let spoken = state.texts.voice(handle.row, voice);
        for (_, mail) in &call.letters {
            let said = short_text(mail.kind, &config, &call.booking, &spoken, now);
            if !says.contains(&said) {
                says.push(said);
            }
        }
        TelephoneRow {
            name: person.name.unwrap_or_else(|| voice.say("card-erased")),
            phone: person.phone.map(|phone| (people::readable(&phone), phone)),
            reference: readable(&call.booking.reference),
            href: page_of(&config.key, &call.booking.reference).to_string(),
            when: dates.day_and_time(call.booking.promise.start),
            since: voice.text("calls-since", "at", &dates.near(call.since, now)),
            says,
            letters: call.letters.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>().join(" "),
        }
    };
    let rows = calls.into_iter().map(row).collect();
    let back = Page::Day { office: &key }.to_string();
    let here = Page::Calls { office: &key }.to_string();
    let done = (query.done == "told").then(|| voice.say("calls-done"));
    Ok(page(StatusCode::OK, &CallsPage { f: visitor.frame().at(&here).staff("bookings"), back, here, done, rows }))
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct CallForm {
    /// The numbers of the letters of which somebody has been told, apart by blanks.
    #[serde(default)]
    letters: String,
}

/// Somebody has been told. The same form sent twice does nothing twice.
pub async fn post(
    signed: StaffVisitor,
    Path(key): Path<String>,
    OwnForm { visitor, fields }: OwnForm<CallForm>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    let letters = fields.letters.split_whitespace().filter_map(|id| id.parse::<i64>().ok()).collect();
    let (ledger, account) = (&visitor.state.ledger, signed.session.account.id);
    told_by_telephone::run(ledger, handle, account, TelephoneNews { letters }).await?;
    Ok(Redirect::to(&Page::Calls { office: &key }.asking("done=told")).into_response())
}
