//! The page of the reception: somebody is found by name, code, time, mobile or number, is checked in, or is given a number, and
//! goes with a ticket on paper (FLD-29). Every list of names is logged (FLD-22).

use std::sync::Arc;

use acts::{
    Fault, LookGrant, LookKind, about_visit, check_in,
    collect::{self, CollectRoom, ReceiptClaim},
    help, own_wish, take_ticket,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveTime, Utc};
use office::{
    Booking, BookingLife, Channel, HelpCall, Office, OfficeConfig, PublicId, TicketNumber, Visit, VisitState, calendar,
};
use paths::Page;
use people::NEEDS;
use secrets::{draw_id, readable};
use serde::Deserialize;
use stationery::{
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, page},
    problem::{self, marks, status_of},
    signed::StaffVisitor,
    standing_tag::StandingTag,
    view::desk_name,
};
use store::Person;
use text::{Dates, Voice};
use uuid::Uuid;
use wire::{ProblemCode, ReceiptCode};
use writer::OfficeHandle;

use super::form::{ReceptionAction, ReceptionForm, ReceptionOrder};
use crate::bookings::{
    known::{page_of, standing},
    search::{find, is_listed, people_of},
};

/// Longest text that is looked for.
const WANTED_CHARACTERS_MAX: usize = 100;

#[derive(Template)]
#[template(path = "staff/reception.html")]
struct ReceptionPage {
    f: Frame,
    key: String,
    office: String,
    refusal: Option<String>,
    wanted: String,
    /// Those with a booking who were found; none while nobody was looked for.
    found: Option<Vec<FoundRow>>,
    /// Those who have a number today.
    here: Vec<HereRow>,
    /// Those who ring for help, at a kiosk or at a desk.
    rings: Vec<RingRow>,
    feed: String,
    /// Somebody who came too late for the booked place, and has to choose.
    late: Option<LateRow>,
    services: Vec<(String, String)>,
    needs: Vec<(&'static str, String)>,
    /// The ids of the commands that checking in by a code, and giving a number, would send.
    commands: [String; 2],
    /// What stood in a form that was refused.
    typed: ReceptionForm,
}

impl ReceptionPage {
    /// Where a form of the page is sent.
    fn action(&self, action: ReceptionAction) -> String {
        Page::ReceptionAction { office: &self.key, action: action.name() }.to_string()
    }

    /// Where the search is sent.
    fn base(&self) -> String {
        Page::Reception { office: &self.key }.to_string()
    }

    /// What stood in a field of a form that was refused.
    fn typed_in(&self, field: &str) -> &str {
        self.typed.text(field)
    }

    /// Marks what was chosen in a form that was refused.
    fn selected(&self, field: &str, value: &str) -> &'static str {
        if self.typed.text(field) == value { " selected" } else { "" }
    }

    /// Marks what was ticked in a form that was refused.
    fn checked(&self, field: &str) -> &'static str {
        if self.typed.is_ticked(field) { " checked" } else { "" }
    }
}

/// Somebody with a booking.
struct FoundRow {
    when: String,
    reference: String,
    href: String,
    name: String,
    service: String,
    standing: StandingTag,
    /// The code by which they are checked in, and the id of that command, where they can be.
    check_in: Option<(String, String)>,
    /// Their ticket, if they have a number.
    ticket: Option<String>,
}

/// Somebody who has a number.
struct HereRow {
    number: String,
    service: String,
    booked: Option<String>,
    arrived: String,
    ticket: String,
    card: String,
}

/// Somebody who rings for help.
struct RingRow {
    ring: String,
    said: String,
    /// Nobody has said yet that they go.
    is_open: bool,
    command: String,
}

/// Somebody late who has to choose.
struct LateRow {
    code: String,
    command: String,
}

/// Leads to the reception of the office where one works.
pub async fn first(signed: StaffVisitor) -> Result<Redirect, Fault> {
    let mine = signed.visitor.state.offices.iter().find(|office| signed.session.works_in(office));
    let office = &mine.ok_or(ProblemCode::NotAllowed)?.key;
    Ok(Redirect::to(&Page::Reception { office }.to_string()))
}

/// Shows it.
pub async fn get(signed: StaffVisitor, PagePath(key): PagePath<String>) -> Result<Response, Fault> {
    show(&signed, signed.office(&key)?, String::new(), None).await
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath((key, _)): PagePath<(String, String)>) -> Redirect {
    Redirect::to(&Page::Reception { office: &key }.to_string())
}

/// What the field for a name, a code, a time or a number sends.
#[derive(Debug, Deserialize)]
pub struct WantedForm {
    /// Whatever was typed or scanned.
    #[serde(default)]
    wanted: String,
}

/// Looks for somebody.
pub async fn look(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    OwnForm { visitor: _, fields }: OwnForm<WantedForm>,
) -> Result<Response, Fault> {
    let wanted = fields.wanted.trim().chars().take(WANTED_CHARACTERS_MAX).collect();
    show(&signed, signed.office(&key)?, wanted, None).await
}

/// Does what a form asks, and shows the ticket.
pub async fn post(
    signed: StaffVisitor,
    PagePath((key, action)): PagePath<(String, String)>,
    OwnForm { visitor: _, fields: form }: OwnForm<ReceptionForm>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    match act(&signed, handle, &action, &form).await {
        Ok(next) => Ok(Redirect::to(&next).into_response()),
        Err(fault) => show(&signed, handle, String::new(), Some((fault, form))).await,
    }
}

/// Does what a form asks; gives the page that comes next.
async fn act(
    signed: &StaffVisitor,
    handle: &Arc<OfficeHandle>,
    action: &str,
    form: &ReceptionForm,
) -> Result<String, Fault> {
    let state = &signed.visitor.state;
    let (turn, now, outlook) =
        (signed.turn(handle, form.text("command")), state.clock.now(), state.outlooks.of(handle.row));
    let ticket = |visit: Uuid| Page::StaffTicket { office: &handle.key, visit };
    Ok(match form.order(action.parse::<ReceptionAction>()?)? {
        ReceptionOrder::CheckIn(claim) if claim.code.parse::<ReceiptCode>().is_ok() => {
            let room =
                CollectRoom { readers: &state.readers, body: &state.body, outlook, public_url: &state.public_url };
            let claim = ReceiptClaim { code: claim.code, language: claim.language };
            ticket(collect::run(turn, room, now, claim).await?.ticket.visit).asking("first=1")
        }
        ReceptionOrder::CheckIn(claim) => {
            let own = (&state.key, &*state.public_url);
            let place =
                |fault: Fault| Fault { place: fault.place.clone().or_else(|| Some("code".to_owned())), ..fault };
            let answer = check_in::run(turn, &state.offices, outlook, own, now, claim).await.map_err(place)?;
            ticket(answer.ticket.visit).asking("first=1")
        }
        ReceptionOrder::Give(wish) => {
            let given = take_ticket::run(turn, outlook, &state.public_url, now, wish).await?;
            ticket(given.visit).asking("first=1")
        }
        ReceptionOrder::Help(order) => {
            help::run(turn, order).await?;
            Page::Reception { office: &handle.key }.to_string()
        }
        ReceptionOrder::Needs(visit, wish) => {
            own_wish::run(turn, visit, wish).await?;
            ticket(visit).to_string()
        }
        ReceptionOrder::Persons(visit, change) => {
            about_visit::run(turn, visit, change).await?;
            ticket(visit).to_string()
        }
    })
}

async fn show(
    signed: &StaffVisitor,
    handle: &OfficeHandle,
    wanted: String,
    refused: Option<(Fault, ReceptionForm)>,
) -> Result<Response, Fault> {
    let visitor = &signed.visitor;
    let (voice, now) = (visitor.voice, visitor.state.clock.now());
    let config = handle.config(Clone::clone).ok_or(ProblemCode::Unavailable)?;
    let dates = Dates { voice, zone: config.zone, now };
    let found = if wanted.is_empty() { None } else { Some(known_by(signed, handle, &config, &wanted, now).await?) };
    if let Some(found) = &found {
        let look = LookGrant::new(signed.session.account.id, handle.row, LookKind::List);
        LookGrant { names: Some(found.len()), ..look }.keep(&visitor.state.ledger).await?;
    }
    let (fault, typed) = refused.unzip();
    let typed = typed.unwrap_or_default();
    let is_late = fault.as_ref().is_some_and(|fault| fault.code == ProblemCode::LateChoiceNeeded);
    let late = is_late.then(|| LateRow { code: typed.text("code").to_owned(), command: draw_id().to_string() });
    let (found, here, rings) = {
        let office = handle.read();
        let row = |(booking, person): (Booking, Option<Person>)| {
            found_row(&office, &config, dates, &booking, person.as_ref())
        };
        (
            found.map(|found| found.into_iter().map(row).collect()),
            here(&office, &config, dates, &wanted),
            rings(signed, &office, &config, dates),
        )
    };
    let marked = fault.as_ref().map(marks).unwrap_or_default();
    Ok(page(
        fault.as_ref().map_or(StatusCode::OK, |fault| status_of(fault.code)),
        &ReceptionPage {
            f: visitor
                .frame()
                .at(Page::Reception { office: &handle.key }.to_string())
                .staff("reception")
                .marking(marked),
            key: handle.key.to_string(),
            office: voice.of_text(&config.name),
            refusal: fault.map(|fault| problem::sentence(visitor, &fault)),
            wanted,
            found,
            here,
            rings,
            feed: format!("/api/v1/offices/{}/feeds/floor", handle.key),
            late,
            services: config.services.values().map(|one| (one.key.clone(), voice.of_text(&one.name))).collect(),
            needs: NEEDS.iter().map(|need| (need.input, need.said(voice))).collect(),
            commands: std::array::from_fn(|_| draw_id().to_string()),
            typed,
        },
    ))
}

/// The bookings that are meant by what was typed: today's at that time, or those of whoever has this code, name or number.
async fn known_by(
    signed: &StaffVisitor,
    handle: &OfficeHandle,
    config: &OfficeConfig,
    wanted: &str,
    now: DateTime<Utc>,
) -> Result<Vec<(Booking, Option<Person>)>, Fault> {
    let state = &signed.visitor.state;
    let Some(time) = time_typed(wanted) else { return Ok(find(state, handle, wanted).await?) };
    let today = calendar::local_date(config.zone, now);
    let at = calendar::instant_from(config.zone, today.and_time(time));
    let bookings: Vec<Booking> = {
        let office = handle.read();
        let is_meant = |booking: &&Booking| booking.promise.start == at && is_listed(booking);
        office.bookings.values().filter(is_meant).cloned().collect()
    };
    let people = people_of(state, &bookings).await?;
    Ok(bookings.into_iter().zip(people).collect())
}

/// A time as it is typed in a hurry: `10:30`, `10.30`, `9:05`.
fn time_typed(typed: &str) -> Option<NaiveTime> {
    let (hour, minute) = typed.trim().split_once([':', '.'])?;
    let is_number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_number(hour, 1..=2) || !is_number(minute, 2..=2) {
        return None;
    }
    NaiveTime::from_hms_opt(hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?, 0)
}

fn found_row(
    office: &Office,
    config: &OfficeConfig,
    dates: Dates,
    booking: &Booking,
    person: Option<&Person>,
) -> FoundRow {
    let voice = dates.voice;
    let name = match booking.life.party() {
        Some(_) => person.and_then(|person| person.name.clone()).unwrap_or_else(|| voice.say("card-erased")),
        None if matches!(booking.life, BookingLife::Held { .. }) => voice.say("booking-of-agent"),
        None => voice.say("booking-of-walk-in"),
    };
    let date = |at: DateTime<Utc>| calendar::local_date(config.zone, at);
    let may_come = matches!(booking.life, BookingLife::Confirmed { .. })
        && booking.promise.channel == Channel::InPerson
        && date(booking.promise.start) == date(dates.now);
    let visit = booking.life.visit().and_then(|visit| office.visits.get(&visit));
    FoundRow {
        when: dates.day_and_time(booking.promise.start),
        reference: readable(&booking.reference),
        href: page_of(&config.key, &booking.reference).to_string(),
        name,
        service: name_of_service(config, booking.promise.service, voice),
        standing: standing(booking, office, voice),
        check_in: may_come.then(|| (booking.reference.0.clone(), draw_id().to_string())),
        ticket: visit.map(|visit| ticket_of(config, visit)),
    }
}

/// Those who have a number and are not over, or left in a hurry; of a number that was looked for, that one alone.
fn here(office: &Office, config: &OfficeConfig, dates: Dates, wanted: &str) -> Vec<HereRow> {
    let number = wanted.parse::<TicketNumber>().ok();
    let is_here = |visit: &&Visit| match (number, &visit.state) {
        (Some(number), _) => visit.number == number,
        (
            None,
            VisitState::Waiting { .. }
            | VisitState::Called { .. }
            | VisitState::Serving { .. }
            | VisitState::Parked { .. }
            | VisitState::Interrupted { .. }
            | VisitState::NoShow { .. },
        ) => !visit.is_remote(),
        (None, VisitState::Left { .. } | VisitState::Finished { .. } | VisitState::Unserved { .. }) => false,
    };
    let row = |visit: &Visit| HereRow {
        number: visit.number.to_string(),
        service: name_of_service(config, visit.service, dates.voice),
        booked: visit.booked_for().map(|at| dates.time(at)),
        arrived: dates.time(visit.arrived_at),
        ticket: ticket_of(config, visit),
        card: Page::Card { office: &config.key, visit: visit.public.0 }.to_string(),
    };
    office.visits.values().filter(is_here).map(row).collect()
}

/// Those who ring for help, the longest first, and who goes there.
fn rings(signed: &StaffVisitor, office: &Office, config: &OfficeConfig, dates: Dates) -> Vec<RingRow> {
    let (voice, accounts) = (dates.voice, &signed.visitor.state.access.accounts);
    let mut ringing: Vec<_> = office.help.iter().filter(|(_, call)| call.rings(dates.now)).collect();
    ringing.sort_by_key(|(ring, call)| (call.since, **ring));
    let row = |(ring, call): (&PublicId, &HelpCall)| {
        let place = call.desk.map_or_else(|| call.place.clone(), |desk| desk_name(config, desk.0, voice));
        let (place, since) = (("place", place.into()), ("since", dates.time(call.since).into()));
        let said = match call.clerk {
            Some(clerk) => {
                let who = accounts
                    .with_number(clerk.0)
                    .map_or_else(|| voice.say("help-somebody"), |account| account.name.clone());
                voice.say_with("help-goes", [place, since, ("who", who.into())])
            }
            None if call.desk.is_some() => voice.say_with("help-emergency", [place, since]),
            None => voice.say_with("help-rings", [place, since]),
        };
        RingRow { ring: ring.0.to_string(), said, is_open: call.clerk.is_none(), command: draw_id().to_string() }
    };
    ringing.into_iter().map(row).collect()
}

fn ticket_of(config: &OfficeConfig, visit: &Visit) -> String {
    Page::StaffTicket { office: &config.key, visit: visit.public.0 }.to_string()
}

fn name_of_service(config: &OfficeConfig, service: office::ServiceId, voice: Voice) -> String {
    config.services.get(&service).map(|service| voice.of_text(&service.name)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_29_a_time_is_found_as_it_is_typed_in_a_hurry() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0);
        for (typed, time) in [("10:30", at(10, 30)), (" 9:05 ", at(9, 5)), ("14.00", at(14, 0))] {
            assert_eq!(time_typed(typed), time, "{typed}");
        }
        for typed in ["", "10", "25:00", "10:3", "10:300", "A042", "Μαρία", "1:2:3", "+1:00"] {
            assert_eq!(time_typed(typed), None, "{typed}");
        }
    }
}
