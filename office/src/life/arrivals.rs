//! Coming in: with a booking, without one, straight to a desk, or on paper while the hub was away.

use chrono::{DateTime, Duration, Utc};

use super::{asking::Standpoint, ends, lateness, length};
use crate::{
    Booking, BookingEvent, BookingId, BookingLife, BookingNeed, CancelledBy, Channel, DeskId, Event, FillerKind,
    HouseEvent, Language, LateChoice, Needs, Origin, Outcome, Party, PublicId, Rank, Reason, Refusal, Rule, Service,
    ServiceId, SuspensionScope, TicketNumber, ToldWait, Visit, VisitEvent, VisitId, VisitState, calendar,
};

/// The letter of booked visits, read Ρ as in ραντεβού (FLD-40).
pub(crate) const BOOKED_LETTER: char = 'P';

/// How a booked citizen comes.
pub(crate) struct Arrival {
    /// Drawn for the visit.
    pub public: PublicId,
    /// Another language than the booking's.
    pub language: Option<Language>,
    /// What they choose if they are late.
    pub late: Option<LateChoice>,
    /// Ask for priority service.
    pub priority: bool,
}

/// Somebody without a booking.
pub(crate) struct Newcomer {
    /// Drawn for the visit.
    pub public: PublicId,
    /// The service that they wait for.
    pub service: ServiceId,
    /// How many persons.
    pub persons: u8,
    /// With how many cases.
    pub cases: u8,
    /// Asks for priority service.
    pub priority: bool,
    /// What they need.
    pub needs: Needs,
    /// Ticket, page and voice.
    pub language: Language,
    /// What they are told of their wait.
    pub told_wait: Option<ToldWait>,
}

impl Newcomer {
    /// One person with one case, of whom nothing else is known.
    pub fn plain(service: ServiceId, public: PublicId) -> Self {
        let (needs, language) = (Needs::default(), Language::default());
        Self { public, service, persons: 1, cases: 1, priority: false, needs, language, told_wait: None }
    }

    /// The visit that begins.
    pub fn visit(self, asking: &Standpoint<'_>, origin: Origin, arrived_at: DateTime<Utc>) -> Result<Visit, Refusal> {
        not_taken(asking, self.public)?;
        let service = asking.service(self.service)?;
        Ok(Visit {
            id: next_visit(asking),
            public: self.public,
            number: asking.next_number(asking.letter(service)?)?,
            service: self.service,
            origin,
            arrived_at,
            planned_minutes: length::planned_minutes(service, self.persons, self.cases)?,
            persons: self.persons,
            cases: self.cases,
            priority: self.priority,
            needs: self.needs,
            may_come_early: None,
            told_wait: self.told_wait,
            language: self.language,
            note: None,
            rank: Rank::Filler { kind: FillerKind::WalkIn },
            overtaken: 0,
            told_unreachable: false,
            attempts: 0,
            shown: None,
            state: VisitState::Waiting { since: arrived_at, desk: None },
            periods: Vec::new(),
        })
    }
}

/// A booked citizen is here.
pub(crate) fn check_in(asking: &Standpoint<'_>, id: BookingId, arrival: &Arrival) -> Result<Vec<Event>, Refusal> {
    let booking = asking.booking(id)?;
    let party = expected(booking)?;
    not_taken(asking, arrival.public)?;
    if booking.promise.channel != Channel::InPerson {
        return Err(Refusal::NoCheckInNeeded);
    }
    let start = booking.promise.start;
    let date = asking.date_of(start);
    if date != asking.today {
        return Err(Refusal::OtherDay { date });
    }
    let early_minutes = i64::from(asking.config.rules.check_in_early_minutes);
    let opens_at = start - Duration::minutes(early_minutes);
    if early_minutes > 0 && asking.now < opens_at {
        return Err(Refusal::CheckInOpensAt { at: opens_at });
    }
    let mut events = Vec::new();
    let rank = if lateness::keeps_place(asking, booking) {
        Rank::Booked { start }
    } else if !asking.strict(Rule::Late) {
        events.push(asking.event(HouseEvent::Tolerated { rule: Rule::Late, booking: Some(id), visit: None }));
        Rank::Booked { start }
    } else {
        match arrival.late.or(party.if_late) {
            Some(LateChoice::EndOfDay) => {
                let hours = calendar::day(asking.config, asking.today);
                if !ends::time_left(asking, &hours, booking.promise.service, booking.promise.minutes) {
                    return Err(Refusal::NoTimeLeft);
                }
                late_rank(asking)
            }
            Some(LateChoice::BookAnew) => {
                let cools_until = asking.cools_until(start);
                return asking.one(BookingEvent::Cancelled {
                    booking: id,
                    by: CancelledBy::Lateness,
                    cools_until,
                    first_choice: None,
                });
            }
            None => return Err(Refusal::LateChoiceNeeded { booked_for: start }),
        }
    };
    let mut visit = booked_visit(asking, booking, party, arrival.public)?;
    visit.rank = rank;
    visit.priority = arrival.priority;
    visit.language = arrival.language.unwrap_or(party.language);
    events.push(asking.event(VisitEvent::CheckedIn(Box::new(visit))));
    Ok(events)
}

/// To whom a booking is promised that still waits for its person.
pub(crate) fn expected(booking: &Booking) -> Result<&Party, Refusal> {
    match &booking.life {
        BookingLife::Confirmed { party } => Ok(party),
        BookingLife::Arrived { visit, .. } | BookingLife::Fixed { visit } => {
            Err(Refusal::AlreadyHere { visit: *visit })
        }
        BookingLife::Cancelled { .. } => Err(Refusal::BookingCancelled),
        BookingLife::Void { .. } => Err(Refusal::BookingVoid),
        BookingLife::Held { .. } | BookingLife::Expired { .. } => Err(Refusal::BookingExpired),
        BookingLife::Missed { .. } => Err(Refusal::BookingMissed),
    }
}

/// How somebody ranks who has come too late and wants to be served today (TRN-05).
pub(crate) const fn late_rank(asking: &Standpoint<'_>) -> Rank {
    if asking.config.rules.late_in_gaps { Rank::Filler { kind: FillerKind::Late } } else { Rank::EndOfDay }
}

/// The visit of a booked citizen who comes now, or of a telephone booking that falls due.
pub(crate) fn booked_visit(
    asking: &Standpoint<'_>,
    booking: &Booking,
    party: &Party,
    public: PublicId,
) -> Result<Visit, Refusal> {
    let promise = &booking.promise;
    let arrived_at = match promise.channel {
        Channel::InPerson => asking.now,
        Channel::Telephone | Channel::Teleconference => promise.start.min(asking.now),
    };
    Ok(Visit {
        id: next_visit(asking),
        public,
        number: asking.next_number(BOOKED_LETTER)?,
        service: promise.service,
        origin: Origin::Booked { booking: booking.id, start: promise.start, channel: promise.channel },
        arrived_at,
        planned_minutes: promise.minutes,
        persons: promise.persons,
        cases: promise.cases,
        priority: false,
        needs: party.needs,
        may_come_early: None,
        told_wait: None,
        language: party.language,
        note: None,
        rank: Rank::Booked { start: promise.start },
        overtaken: 0,
        told_unreachable: false,
        attempts: 0,
        shown: None,
        state: VisitState::Waiting { since: arrived_at, desk: None },
        periods: Vec::new(),
    })
}

/// A walk-in wants a number.
pub(crate) fn take_ticket(
    asking: &Standpoint<'_>,
    newcomer: Newcomer,
    could_not_book: bool,
) -> Result<Vec<Event>, Refusal> {
    let service = asking.service(newcomer.service)?;
    if !service.channels.contains(&Channel::InPerson) {
        return Err(Refusal::NotOffered);
    }
    asking.not_suspended(SuspensionScope::Tickets)?;
    asking.not_suspended(SuspensionScope::Service(newcomer.service))?;
    let hours = calendar::day(asking.config, asking.today);
    if !hours.tickets.iter().any(|(from, to)| *from <= asking.now && asking.now < *to) {
        let opens_at = calendar::tickets_next(asking.office, asking.now);
        // While others are still served, only the giving of tickets has ended (FLD-35).
        let serves = hours.serving.iter().any(|(from, to)| *from <= asking.now && asking.now < *to);
        return Err(if serves { Refusal::TicketsClosed { opens_at } } else { Refusal::OfficeClosed { opens_at } });
    }
    if asking.office.open_visits.len() >= usize::from(asking.config.rules.waiting_max) {
        return Err(Refusal::HouseFull);
    }
    let unproven = needs_booking(service) && !could_not_book;
    if unproven && asking.strict(Rule::WalkIn) {
        return Err(Refusal::BookingRequired);
    }
    let visit = newcomer.visit(asking, Origin::WalkIn, asking.now)?;
    if !ends::time_left(asking, &hours, visit.service, visit.planned_minutes) {
        return Err(Refusal::NoTimeLeft);
    }
    let tolerated = HouseEvent::Tolerated { rule: Rule::WalkIn, booking: None, visit: Some(visit.id) };
    let mut events = vec![asking.event(VisitEvent::TicketTaken(Box::new(visit)))];
    if unproven {
        events.push(asking.event(tolerated));
    }
    Ok(events)
}

/// Whether a service is only had with a booking (TRN-15).
const fn needs_booking(service: &Service) -> bool {
    match service.booking {
        BookingNeed::Required => true,
        BookingNeed::Preferred | BookingNeed::NotOffered => false,
    }
}

/// Serves somebody at the desk who has no ticket (FLD-07).
pub(crate) fn serve_direct(
    asking: &Standpoint<'_>,
    desk: DeskId,
    holds: Option<VisitId>,
    newcomer: Newcomer,
) -> Result<Vec<Event>, Refusal> {
    let open = asking.calling_desk(desk)?;
    if open.holds != holds {
        return Err(Refusal::DeskHoldsAnother { holds: open.holds });
    }
    if let Some(visit) = open.holds {
        return Err(Refusal::DeskBusy { visit });
    }
    asking.service(newcomer.service)?;
    if !asking.desk(desk)?.services.contains(&newcomer.service) {
        return Err(Refusal::NotServedHere);
    }
    let mut visit = newcomer.visit(asking, Origin::Direct, asking.now)?;
    visit.state = VisitState::Serving { desk, since: asking.now, reason: Reason::Direct };
    asking.one(VisitEvent::CameDirectly(Box::new(visit)))
}

/// How somebody was served on paper.
#[derive(Clone, Copy)]
pub(crate) struct OutageService {
    /// The desk that served them.
    pub desk: DeskId,
    /// When serving began.
    pub from: DateTime<Utc>,
    /// When it ended.
    pub to: DateTime<Utc>,
    /// Whether what was wanted was done.
    pub outcome: Outcome,
}

/// Enters a visit that was served on paper, with its true times (PROM-12). Who had a number of a kiosk that was away from the
/// hub is not served twice: if they wait already, their visit is over; if the kiosk hands them in later, it knows them.
pub(crate) fn enter_paper(
    asking: &Standpoint<'_>,
    newcomer: Newcomer,
    number: Option<TicketNumber>,
    arrived_at: DateTime<Utc>,
    served: OutageService,
) -> Result<Vec<Event>, Refusal> {
    asking.desk(served.desk)?;
    let in_order = arrived_at <= served.from && served.from <= served.to && served.to <= asking.now;
    if !in_order || asking.date_of(arrived_at) != asking.today {
        return Err(Refusal::BadTimes);
    }
    let known = number.and_then(|number| asking.office.visits.values().find(|visit| visit.number == number));
    if let Some(known) = known {
        return served_already(asking, known, served);
    }
    let mut visit = newcomer.visit(asking, Origin::Outage, arrived_at)?;
    if let Some(number) = number {
        let is_leased = asking.leases_today().any(|lease| lease.block.has(number.count));
        visit.number = if is_leased { number } else { return Err(Refusal::UnknownVisit) };
    }
    visit.end_on_paper(served.desk, (served.from, served.to), served.outcome);
    asking.one(VisitEvent::OutageVisitEntered(Box::new(visit)))
}

/// Somebody who waits was served already, under this number.
fn served_already(asking: &Standpoint<'_>, known: &Visit, served: OutageService) -> Result<Vec<Event>, Refusal> {
    if !matches!(known.state, VisitState::Waiting { .. }) {
        return Err(Refusal::NotCallable);
    }
    if served.from < known.arrived_at {
        return Err(Refusal::BadTimes);
    }
    let OutageService { desk, from, to, outcome } = served;
    asking.one(VisitEvent::ServedOnPaper { visit: known.id, desk, from, to, outcome })
}

/// The opaque id drawn is free.
pub(crate) fn not_taken(asking: &Standpoint<'_>, public: PublicId) -> Result<(), Refusal> {
    if asking.office.visits_by_public.contains_key(&public) { Err(Refusal::IdTaken) } else { Ok(()) }
}

/// The number that the next visit has in the journal.
const fn next_visit(asking: &Standpoint<'_>) -> VisitId {
    VisitId(asking.office.next_visit + 1)
}
