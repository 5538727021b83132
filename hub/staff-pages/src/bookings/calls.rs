//! The telephone list: whom no message reached, and what is to be said to them (FLD-33). Who has been told is taken off it;
//! who left no number stands apart, with what can be done instead of a call.

use paths::Page;
use std::collections::BTreeMap;

use acts::{
    Fault, LookGrant, LookKind, details_of,
    told_by_telephone::{self, TelephoneNews},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use office::{Booking, BookingId, BookingLife, Mail, PersonId};
use people::{PostalAddress, readable_postcode};
use post::short_text;
use secrets::readable;
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    signed::StaffVisitor,
    standing_tag::StandingTag,
    state::Pages,
};
use store::{Person, ReadError, Record, UnreachedLetter};
use text::Dates;
use wire::ProblemCode;
use writer::OfficeHandle;

use super::{
    known::{page_of, standing},
    search::people_of,
};

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
    unreached: Vec<UnreachedRow>,
}

/// Whom no message reached, and of what.
struct NewsRow {
    name: String,
    reference: String,
    href: String,
    when: String,
    standing: StandingTag,
    since: String,
    says: Vec<String>,
    /// The letters of which they will have been told.
    letters: String,
}

/// Somebody to be called, as the list shows them.
struct TelephoneRow {
    news: NewsRow,
    /// The number, for people and for telephones.
    phone: (String, String),
}

/// Somebody whom nobody can call.
struct UnreachedRow {
    news: NewsRow,
    /// Where a letter reaches them.
    address: Option<String>,
    /// Where a number or an address is added, as long as the booking can be changed.
    details: Option<String>,
}

/// Whom no message reached.
#[derive(Default)]
pub struct OwedNews {
    /// Those with a telephone.
    pub reached: Vec<(TelephoneCall, Person)>,
    /// Those without.
    pub unreached: Vec<(TelephoneCall, Person)>,
}

/// Who is to be called: those whose time is ahead, and of what did not reach them what is still true. Who was erased has no
/// name and no number.
///
/// # Errors
/// If the store cannot be read.
pub async fn owed(state: &Pages, handle: &OfficeHandle) -> Result<OwedNews, ReadError> {
    let (row, now) = (handle.row, state.clock.now());
    let letters = state.readers.read(move |store| store.unreached_letters(row)).await?;
    let calls = calls_of(handle, letters, now);
    let bookings: Vec<Booking> = calls.iter().map(|call| call.booking.clone()).collect();
    let people = people_of(state, &bookings).await?;
    let known = calls.into_iter().zip(people).filter_map(|(call, person)| Some((call, person?)));
    let (reached, unreached) = known.partition(|(_, person)| person.phone.is_some());
    Ok(OwedNews { reached, unreached })
}

/// Where letters reach these, in their order.
async fn addresses(state: &Pages, people: Vec<PersonId>) -> Result<Vec<Option<String>>, ReadError> {
    let read = move |store: &store::Store| {
        people.into_iter().map(|person| Ok(store.record(person)?.as_ref().and_then(address_of))).collect()
    };
    state.readers.read(read).await
}

fn address_of(record: &Record) -> Option<String> {
    let PostalAddress { street, postcode, town } = details_of(record).postal_address?;
    Some(format!("{street}, {} {town}", readable_postcode(&postcode)))
}

fn calls_of(handle: &OfficeHandle, letters: Vec<UnreachedLetter>, now: DateTime<Utc>) -> Vec<TelephoneCall> {
    let mut calls: BTreeMap<BookingId, TelephoneCall> = BTreeMap::new();
    let office = handle.read();
    for letter in letters {
        let mail = letter.mail;
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
    PagePath(key): PagePath<String>,
    PageQuery(query): PageQuery<CallQuery>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    let visitor = &signed.visitor;
    let state = &visitor.state;
    let OwedNews { reached, unreached } = owed(state, handle).await?;
    let look = LookGrant::new(signed.session.account.id, handle.row, LookKind::List);
    LookGrant { names: Some(reached.len() + unreached.len()), ..look }.keep(&state.ledger).await?;
    let addresses = addresses(state, unreached.iter().map(|(_, person)| person.id).collect()).await?;
    let config = handle.config(Clone::clone).ok_or(ProblemCode::Unavailable)?;
    let (voice, now) = (visitor.voice, state.clock.now());
    let dates = Dates { voice, zone: config.zone, now };
    let office = handle.read();
    let news = |call: &TelephoneCall, name: Option<String>| {
        let mut says: Vec<String> = Vec::new();
        let spoken = state.texts.voice(handle.row, voice);
        for (_, mail) in &call.letters {
            let said = short_text(mail.kind, &config, &call.booking, &spoken, now);
            if !says.contains(&said) {
                says.push(said);
            }
        }
        NewsRow {
            name: name.unwrap_or_else(|| voice.say("card-erased")),
            reference: readable(&call.booking.reference),
            href: page_of(&config.key, &call.booking.reference).to_string(),
            when: dates.day_and_time(call.booking.promise.start),
            standing: standing(&call.booking, &office, voice),
            since: voice.text("calls-since", "at", &dates.near(call.since, now)),
            says,
            letters: call.letters.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>().join(" "),
        }
    };
    let called = |(call, person): (TelephoneCall, Person)| {
        let phone = person.phone?;
        Some(TelephoneRow {
            news: news(&call, person.name),
            phone: (people::readable(&phone), people::dialled(&phone)),
        })
    };
    let apart = |((call, person), address): ((TelephoneCall, Person), Option<String>)| {
        let reference = &call.booking.reference.0;
        let is_open = matches!(call.booking.life, BookingLife::Confirmed { .. });
        let details = is_open.then(|| Page::StaffBookingDetails { office: &config.key, reference }.to_string());
        UnreachedRow { news: news(&call, person.name), address, details }
    };
    let rows = reached.into_iter().filter_map(called).collect();
    let unreached = unreached.into_iter().zip(addresses).map(apart).collect();
    drop(office);
    let back = Page::Day { office: &key }.to_string();
    let here = Page::Calls { office: &key }.to_string();
    let done = (query.done == "told").then(|| voice.say("calls-done"));
    Ok(page(
        StatusCode::OK,
        &CallsPage { f: visitor.frame().at(&here).staff("bookings"), back, here, done, rows, unreached },
    ))
}

/// What the button sends that says who has been told.
#[derive(Debug, Deserialize)]
pub struct CallForm {
    /// The numbers of the letters of which somebody has been told, apart by blanks.
    #[serde(default)]
    letters: String,
}

/// Somebody has been told. The same form sent twice does nothing twice.
pub async fn post(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<CallForm>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    let letters = fields.letters.split_whitespace().filter_map(|id| id.parse::<i64>().ok()).collect();
    let (ledger, account) = (&visitor.state.ledger, signed.session.account.id);
    told_by_telephone::run(ledger, handle, account, TelephoneNews { letters }).await?;
    Ok(Redirect::to(&Page::Calls { office: &key }.asking("done=told")).into_response())
}
