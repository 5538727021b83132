//! The bookings of a day, by time, and the search; every list of names is logged (FLD-22).

use acts::{Fault, LookGrant, LookKind};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use office::{Booking, BookingLife, Channel, OfficeConfig, PersonId};
use paths::Page;
use secrets::readable;
use serde::Deserialize;
use stationery::{
    date_field::date_if_any,
    day_rows::{DayRows, day_rows},
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    houses::channel,
    problem::{self, marks, status_of},
    signed::StaffVisitor,
    standing_tag::StandingTag,
};
use store::{DeadAddress, Person};
use text::Dates;
use wire::ProblemCode;
use writer::OfficeHandle;

use super::{
    calls,
    known::{correction_said, page_of, standing},
    search::{find, is_listed, people_of},
};
use crate::calendar_line::day_lines;

/// Longest text that is looked for.
const WANTED_CHARACTERS_MAX: usize = 100;

#[derive(Template)]
#[template(path = "staff/bookings.html")]
struct BookingsPage {
    f: Frame,
    /// That no list can be shown, and why.
    refusal: Option<String>,
    office: String,
    others: Vec<(String, String)>,
    links: DayLinks,
    searched: bool,
    wanted: String,
    heading: String,
    /// What differs on the day from its weekday: that it is closed, and why.
    notices: Vec<String>,
    date: String,
    today: bool,
    expected: u16,
    /// By day: one alone, unless somebody was looked for.
    days: Vec<DayRows<BookingRow>>,
    may_close: bool,
    /// People to be called.
    calls: u16,
    /// People whom neither a message nor the telephone reaches.
    unreached: u16,
}

/// Where the page leads.
struct DayLinks {
    /// To today, and where both of its forms are sent.
    base: String,
    /// To the day before.
    earlier: String,
    /// To the next day.
    later: String,
    new: String,
    calls: String,
    closures: String,
    hours: String,
}

impl DayLinks {
    fn of(office: &str, day: NaiveDate) -> Self {
        let on = |day: NaiveDate| Page::Day { office }.asking(format_args!("day={day}"));
        Self {
            base: Page::Day { office }.to_string(),
            earlier: on(day - Days::new(1)),
            later: on(day + Days::new(1)),
            new: Page::NewBooking { office }.to_string(),
            calls: Page::Calls { office }.to_string(),
            closures: Page::Closures { office }.to_string(),
            hours: Page::Hours { office }.to_string(),
        }
    }
}

/// A booking in the list.
struct BookingRow {
    time: String,
    reference: String,
    href: String,
    name: String,
    service: String,
    remote: Option<String>,
    standing: StandingTag,
    correction: Option<String>,
    papers: u16,
    /// The e-mail does not arrive, and since when (FLD-33).
    undelivered: Option<String>,
}

/// Leads to the bookings of the office where one works.
pub async fn first(signed: StaffVisitor) -> Result<Response, Fault> {
    let mine = signed.visitor.state.offices.iter().find(|office| signed.session.works_in(office));
    let office = mine.ok_or(ProblemCode::NotAllowed)?;
    Ok(Redirect::to(&Page::Day { office: &office.key }.to_string()).into_response())
}

/// What the list was asked with.
#[derive(Debug, Default, Deserialize)]
pub struct DayQuery {
    /// The day, as it was typed; today unless it is said.
    #[serde(default)]
    day: String,
}

/// Shows a day.
pub async fn get(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    PageQuery(query): PageQuery<DayQuery>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    let zone = handle.config(|config| config.zone).ok_or(ProblemCode::Unavailable)?;
    let today = signed.visitor.state.clock.now().with_timezone(&zone).date_naive();
    let day = match date_if_any("day", "date-label", &query.day) {
        Ok(day) => day.unwrap_or(today),
        Err(fault) => {
            return show(&signed, handle, (today, today), Vec::new(), DayListing::Wrong(query.day, fault)).await;
        }
    };
    let mut bookings: Vec<Booking> = {
        let office = handle.read();
        let of_day = |booking: &&Booking| booking.promise.start.with_timezone(&zone).date_naive() == day;
        office.bookings.values().filter(of_day).filter(|booking| is_listed(booking)).cloned().collect()
    };
    bookings.sort_by_key(|booking| (booking.promise.start, booking.id));
    let people = people_of(&signed.visitor.state, &bookings).await?;
    let found = bookings.into_iter().zip(people).collect();
    show(&signed, handle, (day, today), found, DayListing::Day).await
}

/// What the field for a name or a code sends.
#[derive(Debug, Deserialize)]
pub struct SearchForm {
    /// A reference, a name or a telephone number.
    #[serde(default)]
    wanted: String,
}

/// Looks for somebody.
pub async fn post(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<SearchForm>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    let zone = handle.config(|config| config.zone).ok_or(ProblemCode::Unavailable)?;
    let today = visitor.state.clock.now().with_timezone(&zone).date_naive();
    let wanted: String = fields.wanted.trim().chars().take(WANTED_CHARACTERS_MAX).collect();
    if wanted.is_empty() {
        return Ok(Redirect::to(&Page::Day { office: &key }.to_string()).into_response());
    }
    let found = find(&visitor.state, handle, &wanted).await?;
    show(&signed, handle, (today, today), found, DayListing::Somebody(wanted)).await
}

/// What the list is asked for.
enum DayListing {
    /// The bookings of one day.
    Day,
    /// Whoever is known by these words.
    Somebody(String),
    /// What is no day, as it was typed, and why.
    Wrong(String, Fault),
}

async fn show(
    signed: &StaffVisitor,
    handle: &OfficeHandle,
    (day, today): (NaiveDate, NaiveDate),
    found: Vec<(Booking, Option<Person>)>,
    asked: DayListing,
) -> Result<Response, Fault> {
    let (wanted, wrong) = match asked {
        DayListing::Day => (None, None),
        DayListing::Somebody(wanted) => (Some(wanted), None),
        DayListing::Wrong(typed, fault) => (None, Some((typed, fault))),
    };
    let visitor = &signed.visitor;
    let voice = visitor.voice;
    let config = handle.config(Clone::clone).ok_or(ProblemCode::Unavailable)?;
    let look = LookGrant::new(signed.session.account.id, handle.row, LookKind::List);
    LookGrant { names: Some(found.len()), ..look }.keep(&visitor.state.ledger).await?;
    let beside = beside(signed, &found).await;
    let now = visitor.state.clock.now();
    let dates = Dates { voice, zone: config.zone, now };
    let rows: Vec<_> = {
        let office = handle.read();
        let row = |((booking, person), beside): (&(Booking, Option<Person>), BookingExtras)| {
            let standing = standing(booking, &office, voice);
            (booking.promise.start, row(&config, (dates, now), (booking, person.as_ref()), beside, standing))
        };
        found.iter().zip(beside).map(row).collect()
    };
    let expected = found.iter().filter(|(booking, _)| matches!(booking.life, BookingLife::Confirmed { .. })).count();
    let owed = calls::owed(&visitor.state, handle).await?;
    let counted = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let links = DayLinks::of(&handle.key, day);
    let works_in = visitor.state.offices.iter().filter(|office| signed.session.works_in(office));
    let others = works_in.filter(|office| office.row != handle.row).filter_map(|office| {
        let name = office.config(|config| voice.of_text(&config.name))?;
        Some((name, Page::Day { office: &office.key }.to_string()))
    });
    let heading = match &wanted {
        Some(_) => voice.count("bookings-found", rows.len() as u64),
        None => dates.date(day),
    };
    let here = Page::Day { office: &handle.key };
    let (typed, fault) = wrong.unzip();
    let is_of_day = wanted.is_none() && fault.is_none();
    let here = if is_of_day { here.asking(format_args!("day={day}")) } else { here.to_string() };
    let notices = if is_of_day { day_lines(&config, day, dates) } else { Vec::new() };
    let marked = fault.as_ref().map(marks).unwrap_or_default();
    Ok(page(
        fault.as_ref().map_or(StatusCode::OK, |fault| status_of(fault.code)),
        &BookingsPage {
            f: visitor.frame().at(here).staff("bookings").marking(marked),
            refusal: fault.map(|fault| problem::sentence(visitor, &fault)),
            office: voice.of_text(&config.name),
            others: others.collect(),
            searched: wanted.is_some(),
            wanted: wanted.unwrap_or_default(),
            heading,
            notices,
            date: typed.unwrap_or_else(|| day.to_string()),
            today: day == today,
            links,
            expected: counted(expected),
            days: day_rows(rows, dates, today),
            may_close: signed.session.runs(Some(handle.row)),
            calls: counted(owed.reached.len()),
            unreached: counted(owed.unreached.len()),
        },
    ))
}

/// What the store knows of a person beside their name.
#[derive(Clone, Default)]
struct BookingExtras {
    /// How many documents they sent.
    papers: u16,
    /// Nothing is delivered to their address.
    undelivered: Option<DeadAddress>,
}

async fn beside(signed: &StaffVisitor, found: &[(Booking, Option<Person>)]) -> Vec<BookingExtras> {
    let people: Vec<_> = found.iter().map(|(_, person)| person.as_ref().map(|person| person.id)).collect();
    let none = vec![BookingExtras::default(); people.len()];
    let read = signed.visitor.state.readers.read(move |store| {
        let of = |id: Option<PersonId>| match id {
            Some(id) => Ok(BookingExtras {
                papers: u16::try_from(store.uploads_of(id)?.len()).unwrap_or(u16::MAX),
                undelivered: store.undelivered(id, false)?,
            }),
            None => Ok(BookingExtras::default()),
        };
        people.into_iter().map(of).collect()
    });
    read.await.unwrap_or(none)
}

fn row(
    config: &OfficeConfig,
    (dates, now): (Dates, DateTime<Utc>),
    (booking, person): (&Booking, Option<&Person>),
    beside: BookingExtras,
    standing: StandingTag,
) -> BookingRow {
    let voice = dates.voice;
    let service = config.services.get(&booking.promise.service);
    let name = match (booking.life.party(), person) {
        (Some(_), Some(person)) => person.name.clone().unwrap_or_else(|| voice.say("card-erased")),
        (Some(_), None) => voice.say("card-erased"),
        (None, _) if matches!(booking.life, BookingLife::Held { .. }) => voice.say("booking-of-agent"),
        (None, _) => voice.say("booking-of-walk-in"),
    };
    let awaited = matches!(booking.life, BookingLife::Confirmed { .. });
    BookingRow {
        time: dates.time(booking.promise.start),
        reference: readable(&booking.reference),
        href: page_of(&config.key, &booking.reference).to_string(),
        name,
        service: service.map(|service| voice.of_text(&service.name)).unwrap_or_default(),
        remote: (booking.promise.channel != Channel::InPerson).then(|| channel(booking.promise.channel, voice)),
        standing,
        correction: correction_said(booking, dates, now).filter(|_| awaited),
        papers: beside.papers,
        undelivered: beside
            .undelivered
            .map(|flag| voice.text("bookings-undelivered", "at", &dates.until(flag.at, now))),
    }
}
