//! The bookings of a day, by time, and the search; every list of names is logged (FLD-22).

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{Days, NaiveDate};
use office::{Booking, BookingLife, Channel, OfficeConfig};
use serde::{Deserialize, Deserializer};
use wire::ProblemCode;

use super::{
    calls,
    known::{correction_said, href, standing},
    search::{find, is_listed, people_of},
};
use crate::{
    form::Sent,
    frame::{Frame, page},
    houses::channel,
    problem,
    staff::signed::Signed,
};
use acts::{Look, LookKind};
use secrets::readable;
use store::{Person, Undelivered};
use text::{Dates, Voice};
use writer::OfficeHandle;

/// Longest text that is looked for.
const WANTED_CHARACTERS_MAX: usize = 100;

#[derive(Template)]
#[template(path = "staff/bookings.html")]
struct BookingsPage {
    f: Frame,
    office: String,
    others: Vec<(String, String)>,
    base: String,
    searched: bool,
    wanted: String,
    heading: String,
    date: String,
    earlier: String,
    later: String,
    today: Option<String>,
    expected: u16,
    rows: Vec<Row>,
    may_close: bool,
    /// People to be called.
    calls: u16,
}

/// A booking in the list.
struct Row {
    time: String,
    day: Option<String>,
    reference: String,
    href: String,
    name: String,
    service: String,
    remote: Option<String>,
    standing: String,
    class: &'static str,
    correction: Option<String>,
    papers: u16,
    /// The e-mail does not arrive, and since when (FLD-33).
    undelivered: Option<String>,
}

/// Leads to the bookings of the office where one works.
pub async fn first(signed: Signed) -> Response {
    let mine = signed.visitor.state.offices.iter().find(|office| signed.session.works_in(office));
    match mine {
        Some(office) => Redirect::to(&format!("/staff/{}/bookings", office.key)).into_response(),
        None => problem::page_of(&signed.visitor, ProblemCode::NotAllowed),
    }
}

/// Which day.
#[derive(Debug, Default, Deserialize)]
pub struct Looked {
    #[serde(default, deserialize_with = "date")]
    day: Option<NaiveDate>,
}

/// A day; nonsense is today.
fn date<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
    Ok(String::deserialize(deserializer)?.parse().ok())
}

/// Shows a day.
pub async fn get(signed: Signed, Path(key): Path<String>, Query(looked): Query<Looked>) -> Response {
    let handle = match signed.office(&key) {
        Ok(handle) => handle,
        Err(fault) => return fault.into_response(),
    };
    let Some(zone) = handle.config(|config| config.zone) else {
        return problem::page_of(&signed.visitor, ProblemCode::Unavailable);
    };
    let today = signed.visitor.state.clock.now().with_timezone(&zone).date_naive();
    let day = looked.day.unwrap_or(today);
    let mut bookings: Vec<Booking> = {
        let office = handle.read();
        let of_day = |booking: &&Booking| booking.promise.start.with_timezone(&zone).date_naive() == day;
        office.bookings.values().filter(of_day).filter(|booking| is_listed(booking)).cloned().collect()
    };
    bookings.sort_by_key(|booking| (booking.promise.start, booking.id));
    let people = match people_of(&signed.visitor.state, &bookings).await {
        Ok(people) => people,
        Err(error) => return problem::page_of_fault(&signed.visitor, &error.into()),
    };
    let found = bookings.into_iter().zip(people).collect();
    show(&signed, handle, (day, today), found, None).await
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    wanted: String,
}

/// Looks for somebody.
pub async fn post(signed: Signed, Path(key): Path<String>, Sent { visitor, fields }: Sent<Fields>) -> Response {
    let handle = match signed.office(&key) {
        Ok(handle) => handle,
        Err(fault) => return fault.into_response(),
    };
    let Some(zone) = handle.config(|config| config.zone) else {
        return problem::page_of(&visitor, ProblemCode::Unavailable);
    };
    let today = visitor.state.clock.now().with_timezone(&zone).date_naive();
    let wanted: String = fields.wanted.trim().chars().take(WANTED_CHARACTERS_MAX).collect();
    if wanted.is_empty() {
        return Redirect::to(&format!("/staff/{key}/bookings")).into_response();
    }
    match find(&visitor.state, handle, &wanted).await {
        Ok(found) => show(&signed, handle, (today, today), found, Some(wanted)).await,
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}

async fn show(
    signed: &Signed,
    handle: &OfficeHandle,
    (day, today): (NaiveDate, NaiveDate),
    found: Vec<(Booking, Option<Person>)>,
    wanted: Option<String>,
) -> Response {
    let visitor = &signed.visitor;
    let voice = visitor.voice;
    let Some(config) = handle.config(Clone::clone) else {
        return problem::page_of(visitor, ProblemCode::Unavailable);
    };
    let look = Look::new(signed.session.account.id, handle.row, LookKind::List);
    if let Err(fault) = (Look { names: Some(found.len()), ..look }).keep(&visitor.state.ledger).await {
        return problem::page_of_fault(visitor, &fault);
    }
    let beside = beside(signed, &found).await;
    let rows = found.iter().zip(beside).map(|((booking, person), beside)| {
        let day_shown = wanted.is_some();
        row(&config, voice, (booking, person.as_ref()), beside, day_shown)
    });
    let rows: Vec<Row> = rows.collect();
    let expected = found.iter().filter(|(booking, _)| matches!(booking.life, BookingLife::Confirmed { .. })).count();
    let calls = match calls::owed(&visitor.state, handle).await {
        Ok(calls) => u16::try_from(calls.len()).unwrap_or(u16::MAX),
        Err(error) => return problem::page_of_fault(visitor, &error.into()),
    };
    let base = format!("/staff/{}/bookings", handle.key);
    let dates = Dates { voice, zone: config.zone };
    let works_in = visitor.state.offices.iter().filter(|office| signed.session.works_in(office));
    let others = works_in.filter(|office| office.row != handle.row).filter_map(|office| {
        let name = office.config(|config| voice.of_text(&config.name))?;
        Some((name, format!("/staff/{}/bookings", office.key)))
    });
    let heading = match &wanted {
        Some(_) => voice.count("bookings-found", rows.len() as u64),
        None => dates.date(day),
    };
    let here = if wanted.is_some() { base.clone() } else { format!("{base}?day={day}") };
    page(
        StatusCode::OK,
        &BookingsPage {
            f: visitor.frame().at(here).staff("bookings"),
            office: voice.of_text(&config.name),
            others: others.collect(),
            searched: wanted.is_some(),
            wanted: wanted.unwrap_or_default(),
            heading,
            date: day.to_string(),
            earlier: (day - Days::new(1)).to_string(),
            later: (day + Days::new(1)).to_string(),
            today: (day != today).then(|| base.clone()),
            base,
            expected: u16::try_from(expected).unwrap_or(u16::MAX),
            rows,
            may_close: signed.session.runs(Some(handle.row)),
            calls,
        },
    )
}

/// What the store knows of a person beside their name.
#[derive(Clone, Default)]
struct Beside {
    /// How many documents they sent.
    papers: u16,
    /// Nothing is delivered to their address.
    undelivered: Option<Undelivered>,
}

async fn beside(signed: &Signed, found: &[(Booking, Option<Person>)]) -> Vec<Beside> {
    let people: Vec<_> = found.iter().map(|(_, person)| person.as_ref().map(|person| person.id)).collect();
    let none = vec![Beside::default(); people.len()];
    let read = signed.visitor.state.readers.read(move |store| {
        let of = |id: Option<office::PersonId>| match id {
            Some(id) => Ok(Beside {
                papers: u16::try_from(store.uploads_of(id)?.len()).unwrap_or(u16::MAX),
                undelivered: store.undelivered(id, false)?,
            }),
            None => Ok(Beside::default()),
        };
        people.into_iter().map(of).collect()
    });
    read.await.unwrap_or(none)
}

fn row(
    config: &OfficeConfig,
    voice: Voice,
    (booking, person): (&Booking, Option<&Person>),
    beside: Beside,
    day_shown: bool,
) -> Row {
    let dates = Dates { voice, zone: config.zone };
    let service = config.services.get(&booking.promise.service);
    let (id, class) = standing(booking);
    let name = match (booking.life.party(), person) {
        (Some(_), Some(person)) => person.name.clone().unwrap_or_else(|| voice.say("card-erased")),
        (Some(_), None) => voice.say("card-erased"),
        (None, _) => voice.say("booking-of-walk-in"),
    };
    let awaited = matches!(booking.life, BookingLife::Confirmed { .. });
    Row {
        time: dates.time(booking.promise.start),
        day: day_shown.then(|| dates.day(booking.promise.start)),
        reference: readable(&booking.reference),
        href: href(&config.key, &booking.reference),
        name,
        service: service.map(|service| voice.of_text(&service.name)).unwrap_or_default(),
        remote: (booking.promise.channel != Channel::InPerson).then(|| channel(booking.promise.channel, voice)),
        standing: voice.say(id),
        class,
        correction: correction_said(booking, dates).filter(|_| awaited),
        papers: beside.papers,
        undelivered: beside
            .undelivered
            .map(|flag| voice.text("bookings-undelivered", "at", &dates.day_and_time(flag.at))),
    }
}
