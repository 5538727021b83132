//! Somebody with a booking is here (TRN-02, TRN-05): their code is found, and their visit begins.

use chrono::{DateTime, Utc};
use office::{
    BookingId, BookingLife, Command, EventKind, Language, LateChoice, Office, Reference, Refusal, VisitEvent,
};
use secrets::{ServerKey, draw_public, is_ours};
use serde::Serialize;
use views::{Outlook, WaitForecast, standing_of, ticket, visit_page};
use wire::{BookingCode, CheckInAnswer, MinuteRange, ProblemCode, TicketAnswer};
use writer::{OfficeHandle, Offices, Workbench};

use crate::{fault::Fault, find::visit_behind, refusals::refusal_in, turn::Turn};

/// Somebody who says that they have a booking.
#[derive(Debug, Clone, Serialize)]
pub struct CheckInClaim {
    /// The code as it was scanned or typed.
    pub code: String,
    /// The language for ticket and call, if not the booking's.
    pub language: Option<Language>,
    /// What they choose, being late.
    pub late: Option<LateChoice>,
}

/// Checks them in; the same code again gives the same visit. `public_url` is where citizens reach the hub.
///
/// # Errors
/// A [`Fault`] where the code is no booking's of here and today, the rules say no, or the hub cannot write.
pub async fn run(
    turn: Turn<'_>,
    offices: &Offices,
    outlook: &Outlook,
    (key, public_url): (&ServerKey, &str),
    now: DateTime<Utc>,
    arrival: CheckInClaim,
) -> Result<CheckInAnswer, Fault> {
    let code = arrival.code.parse::<BookingCode>().map_err(|_| Fault::from(ProblemCode::UnknownCode))?;
    let unknown = if_unknown(turn.office, key, &code, now)?;
    let (public, language, late) = (draw_public(), arrival.language, arrival.late);
    let (public_url, rehearsal) = (public_url.to_owned(), turn.writer.belief().clock().is_rehearsal());
    let command = move |booking| Command::CheckIn { booking, public, language, late, priority: false };
    // Looked up before the writer's turn, which is too dear for it.
    let expected = expected(outlook, &turn.office.read(), &code, command, now);
    let (spoken, named) = (language_of(&turn.office.read(), &code), code.clone());
    let work = move |bench: &mut Workbench<'_>| {
        let booking = by_reference(bench.office(), code.reference()).ok_or(unknown)?;
        let start = bench.office().bookings.get(&booking).map(|booking| booking.promise.start);
        let (visit, again) = match bench.decide(&command(booking)) {
            // Where they chose to give the booking up and book anew (TRN-05), there is no visit, and no ticket.
            Ok(_) => (visit_behind(bench.office(), public.0).map_err(|_| ProblemCode::BookingCancelled)?, false),
            Err(Refusal::AlreadyHere { visit }) => {
                (bench.office().visits.get(&visit).ok_or(ProblemCode::UnknownVisit)?, true)
            }
            // The refusal knows the day; the person wants to know the time too.
            Err(Refusal::OtherDay { .. }) => return Err(Fault::at(ProblemCode::OtherDay, start)),
            Err(refused) => return Err(refusal_in(bench.office(), &refused)),
        };
        let config = bench.office().config.as_ref().ok_or(ProblemCode::Configuration)?;
        let standing = standing_of(bench.office(), visit);
        let ticket = ticket(visit_page(&public_url, visit), bench.office(), config, visit, expected);
        Ok(CheckInAnswer { standing, ticket: TicketAnswer { rehearsal, ..ticket }, again })
    };
    let office = turn.office;
    let told = turn.take("check-in", &arrival, work).await;
    told.map_err(|fault| {
        let wait = (fault.code == ProblemCode::LateChoiceNeeded)
            .then(|| wait_of_the_late(outlook, &office.read(), &named, now));
        let code = if_elsewhere(fault.code, office, offices, &named);
        Fault { code, language: spoken, wait: wait.flatten(), ..fault }
    })
}

/// The language in which whoever has this code booked.
fn language_of(office: &Office, code: &BookingCode) -> Option<Language> {
    let booking = by_reference(office, code.reference())?;
    office.bookings.get(&booking)?.life.party().map(|party| party.language)
}

/// What to say if the office knows no booking with this code.
///
/// # Errors
/// Why a scanned code is not looked for at all: no code of this hub, or one of another office.
pub(crate) fn if_unknown(
    here: &OfficeHandle,
    key: &ServerKey,
    code: &BookingCode,
    now: DateTime<Utc>,
) -> Result<ProblemCode, ProblemCode> {
    let (number, zone) = here.config(|config| (config.number, config.zone)).ok_or(ProblemCode::Configuration)?;
    let BookingCode::Scanned { office, date, reference, mac } = code else { return Ok(ProblemCode::UnknownCode) };
    if !is_ours(key, *office, *date, reference, mac) {
        return Err(ProblemCode::UnknownCode);
    }
    if *office != number {
        return Err(ProblemCode::OtherOffice);
    }
    // Where the time was moved since this code was made, the newest promise counts. Where its day is over, the office
    // keeps no more of it.
    let is_past = *date < now.with_timezone(&zone).date_naive();
    Ok(if is_past { ProblemCode::BookingMissed } else { ProblemCode::UnknownCode })
}

/// A typed code that is unknown here may be another office's. All of them are looked through for it, so it is asked for
/// nobody whose code is known.
fn if_elsewhere(code: ProblemCode, here: &OfficeHandle, offices: &Offices, typed: &BookingCode) -> ProblemCode {
    let BookingCode::Typed { reference } = typed else { return code };
    let number = here.config(|config| config.number);
    let is_elsewhere = code == ProblemCode::UnknownCode
        && offices.iter().filter(|other| other.key != here.key).any(|other| {
            let other = other.read();
            let is_other = other.config.as_ref().is_some_and(|there| Some(there.number) != number);
            is_other && by_reference(&other, reference).is_some()
        });
    if is_elsewhere { ProblemCode::OtherOffice } else { code }
}

/// What the person may expect: the rules are asked what would come of the command now.
fn expected(
    outlook: &Outlook,
    office: &Office,
    code: &BookingCode,
    command: impl Fn(BookingId) -> Command,
    now: DateTime<Utc>,
) -> WaitForecast {
    let Some(booking) = by_reference(office, code.reference()) else { return WaitForecast::default() };
    let visit = match office::decide(office, &command(booking), now) {
        Ok(events) => events.into_iter().find_map(|event| match event.kind {
            EventKind::Visit(VisitEvent::CheckedIn(visit)) => Some(*visit),
            _ => None,
        }),
        Err(Refusal::AlreadyHere { visit }) => office.visits.get(&visit).cloned(),
        Err(_) => None,
    };
    visit.map(|visit| outlook.expected_of(office, &visit, now)).unwrap_or_default()
}

/// How long somebody late would wait today: it stands on the button before they choose.
fn wait_of_the_late(outlook: &Outlook, office: &Office, code: &BookingCode, now: DateTime<Utc>) -> Option<MinuteRange> {
    let public = draw_public();
    let late = Some(LateChoice::EndOfDay);
    let today = |booking| Command::CheckIn { booking, public, language: None, late, priority: false };
    expected(outlook, office, code, today, now).wait
}

/// The booking that a code names. A hold is nobody's booking yet, so its reference is no code.
pub(crate) fn by_reference(office: &Office, reference: &str) -> Option<BookingId> {
    let id = *office.bookings_by_reference.get(&Reference(reference.to_owned()))?;
    let booking = office.bookings.get(&id)?;
    (!matches!(booking.life, BookingLife::Held { .. })).then_some(id)
}
