//! What a kiosk did while the hub was away, handed in when it is back (PROM-07): everybody waits since they came, and what
//! had become otherwise meanwhile is settled here and shown to staff.

use chrono::{DateTime, Utc};

use super::{
    arrivals::{self, Newcomer, booked_visit, late_rank, not_taken},
    asking::Standpoint,
    lateness,
};
use crate::{
    AwayArrival, AwayCame, AwayTold, Booking, BookingId, BookingLife, CancelledBy, Channel, Event, HandInConflict,
    HandInNote, HouseEvent, KioskId, Needs, NumberLease, Origin, Party, PublicId, Rank, Refusal, Rule, ServiceId,
    Visit, VisitEvent, VisitId, VisitState,
};

/// Somebody came to a kiosk that was away from its hub, and has a number of it.
pub(crate) fn hand_in(asking: &Standpoint<'_>, kiosk: KioskId, arrival: &AwayArrival) -> Result<Vec<Event>, Refusal> {
    not_taken(asking, arrival.public)?;
    if asking.office.hand_in_notes.iter().any(|note| note.public == arrival.public) {
        return Err(Refusal::IdTaken);
    }
    let arrived_at = arrival.arrived_at.min(asking.now);
    let handed = HandedArrival { asking, kiosk, arrival, arrived_at };
    if asking.date_of(arrived_at) != asking.today {
        return Ok(vec![handed.note(None, HandInConflict::DayOver)]);
    }
    if let Some(visit) = handed.served_on_paper() {
        return Ok(handed.after_paper(visit));
    }
    let mut events = handed.give_up_unheard();
    events.extend(match arrival.came {
        AwayCame::Booked { booking, told } => handed.booked(booking, told)?,
        AwayCame::WalkIn { service, persons, cases, priority, needs } => {
            handed.walk_in(service, (persons, cases), priority, needs)?
        }
    });
    Ok(events)
}

/// A clerk has found the booking of somebody who waits without one.
pub(crate) fn find_booking(asking: &Standpoint<'_>, visit: VisitId, booking: BookingId) -> Result<Vec<Event>, Refusal> {
    let waiting = asking.visit(visit)?;
    if !matches!(waiting.state, VisitState::Waiting { .. }) || !matches!(waiting.origin, Origin::WalkIn) {
        return Err(Refusal::NotCallable);
    }
    let found = asking.booking(booking)?;
    arrivals::expected(found)?;
    if found.promise.channel != Channel::InPerson {
        return Err(Refusal::NoCheckInNeeded);
    }
    let date = asking.date_of(found.promise.start);
    if date != asking.today {
        return Err(Refusal::OtherDay { date });
    }
    let at_arrival = Standpoint { now: waiting.arrived_at, ..*asking };
    let keeps = lateness::keeps_place(&at_arrival, found) || !asking.strict(Rule::Late);
    let rank = if keeps { Rank::Booked { start: found.promise.start } } else { late_rank(asking) };
    let mut events = vec![asking.event(VisitEvent::BookingFound { visit, booking, rank })];
    let public = waiting.public;
    if asking.office.hand_in_notes.iter().any(|note| note.public == public) {
        events.push(asking.event(HouseEvent::ConflictSettled { public }));
    }
    Ok(events)
}

/// Staff have looked at what did not fit.
pub(crate) fn settle(asking: &Standpoint<'_>, public: PublicId) -> Result<Vec<Event>, Refusal> {
    if asking.office.hand_in_notes.iter().any(|note| note.public == public) {
        asking.one(HouseEvent::ConflictSettled { public })
    } else {
        Err(Refusal::UnknownVisit)
    }
}

/// An arrival that is handed in, and on what its decision stands.
struct HandedArrival<'a> {
    asking: &'a Standpoint<'a>,
    kiosk: KioskId,
    arrival: &'a AwayArrival,
    arrived_at: DateTime<Utc>,
}

impl HandedArrival<'_> {
    fn note(&self, visit: Option<VisitId>, conflict: HandInConflict) -> Event {
        let AwayArrival { public, number, .. } = *self.arrival;
        let (kiosk, arrived_at) = (self.kiosk, self.arrived_at);
        self.asking.event(HouseEvent::ConflictNoted(HandInNote { public, number, kiosk, arrived_at, visit, conflict }))
    }

    /// A visit that staff have entered from paper under the number in this person's hand.
    fn served_on_paper(&self) -> Option<&Visit> {
        let mut visits = self.asking.office.visits.values();
        visits.find(|visit| visit.number == self.arrival.number && matches!(visit.origin, Origin::Outage))
    }

    /// Nobody waits, and the booking is known to have been kept.
    fn after_paper(&self, visit: &Visit) -> Vec<Event> {
        let mut events = self.give_up_unheard();
        if let AwayCame::Booked { booking: Some(booking), .. } = self.arrival.came
            && let Some(found) = self.asking.office.bookings.get(&booking)
            && (arrivals::expected(found).is_ok() || found.life.visit().is_some_and(|visit| self.is_given_up(visit)))
        {
            let rank = Rank::Booked { start: found.promise.start };
            events.push(self.asking.event(VisitEvent::BookingFound { visit: visit.id, booking, rank }));
        }
        events.push(self.note(Some(visit.id), HandInConflict::ServedOnPaper));
        events
    }

    /// The hub had acted on the same wish, and its answer was lost: nobody has that number in hand, so it waits no more.
    fn give_up_unheard(&self) -> Vec<Event> {
        let unheard = self.arrival.unheard.and_then(|id| self.asking.office.visits.get(&id));
        let waits =
            unheard.filter(|visit| matches!(visit.state, VisitState::Waiting { .. } | VisitState::Called { .. }));
        waits.map(|visit| self.asking.event(VisitEvent::Left { visit: visit.id })).into_iter().collect()
    }

    /// Whether this is the visit of which nobody heard, and nobody was served as it: whoever was is not served twice.
    fn is_given_up(&self, visit: VisitId) -> bool {
        let state = self.asking.office.visits.get(&visit).map(|visit| &visit.state);
        let is_served = matches!(
            state,
            Some(
                VisitState::Serving { .. }
                    | VisitState::Parked { .. }
                    | VisitState::Interrupted { .. }
                    | VisitState::Finished { .. }
            )
        );
        Some(visit) == self.arrival.unheard && !is_served
    }

    fn booked(&self, booking: Option<BookingId>, told: AwayTold) -> Result<Vec<Event>, Refusal> {
        let Some(booking) = booking.and_then(|id| self.asking.office.bookings.get(&id)) else {
            return self.without_booking(HandInConflict::NotKnown);
        };
        if booking.promise.channel != Channel::InPerson {
            return self.without_booking(HandInConflict::NotKnown);
        }
        if self.asking.date_of(booking.promise.start) != self.asking.today {
            return self.as_walk_in_of(booking, HandInConflict::Moved);
        }
        match &booking.life {
            BookingLife::Confirmed { party } => self.check_in(booking, party, told),
            BookingLife::Arrived { party, visit } if self.is_given_up(*visit) => self.check_in(booking, party, told),
            BookingLife::Arrived { visit, .. } | BookingLife::Fixed { visit } => {
                Ok(vec![self.note(Some(*visit), HandInConflict::HereAlready { visit: *visit })])
            }
            BookingLife::Cancelled { party, by, .. } => {
                let conflict = HandInConflict::Cancelled { by: *by };
                match by {
                    CancelledBy::Lateness if self.came_in_time(booking) => self.as_promised(booking, party, conflict),
                    CancelledBy::Lateness | CancelledBy::Citizen | CancelledBy::Staff | CancelledBy::Office => {
                        self.as_walk_in_of(booking, conflict)
                    }
                }
            }
            BookingLife::Missed { party, .. } if self.came_in_time(booking) => {
                self.as_promised(booking, party, HandInConflict::Missed)
            }
            BookingLife::Missed { .. } => self.as_walk_in_of(booking, HandInConflict::Missed),
            BookingLife::Void { .. } => self.as_walk_in_of(booking, HandInConflict::Void),
            BookingLife::Held { .. } | BookingLife::Expired { .. } => self.without_booking(HandInConflict::NotKnown),
        }
    }

    /// Whether they were here in time, by the rules as they are known now.
    fn came_in_time(&self, booking: &Booking) -> bool {
        lateness::keeps_place(&Standpoint { now: self.arrived_at, ..*self.asking }, booking)
    }

    /// Somebody with a booking. What the kiosk has told them holds: it had compared with a time that came from here.
    fn check_in(&self, booking: &Booking, party: &Party, told: AwayTold) -> Result<Vec<Event>, Refusal> {
        let start = booking.promise.start;
        let keeps = match told {
            AwayTold::InTime => true,
            AwayTold::Late => false,
            AwayTold::Nothing => self.came_in_time(booking) || !self.asking.strict(Rule::Late),
        };
        let rank = if keeps { Rank::Booked { start } } else { late_rank(self.asking) };
        let visit = booked_visit(self.asking, booking, party, self.arrival.public)?;
        Ok(self.begun(Visit { rank, ..visit }, VisitEvent::CheckedIn, None))
    }

    /// The house gave a booking up because nobody came, and they had come: they are called for its time. The booking stays
    /// given up, for its time may be somebody else's by now.
    fn as_promised(&self, booking: &Booking, party: &Party, conflict: HandInConflict) -> Result<Vec<Event>, Refusal> {
        let visit = booked_visit(self.asking, booking, party, self.arrival.public)?;
        let visit = Visit { origin: Origin::WalkIn, ..visit };
        Ok(self.begun(visit, VisitEvent::TicketTaken, Some(conflict)))
    }

    /// Whose booking does not stand any more is served like who has none, for the service of the booking.
    fn as_walk_in_of(&self, booking: &Booking, conflict: HandInConflict) -> Result<Vec<Event>, Refusal> {
        let newcomer = Newcomer {
            language: self.arrival.language,
            ..Newcomer::plain(booking.promise.service, self.arrival.public)
        };
        let visit = newcomer.visit(self.asking, Origin::WalkIn, self.arrived_at)?;
        let visit = Visit { planned_minutes: booking.promise.minutes, ..visit };
        Ok(self.begun(visit, VisitEvent::TicketTaken, Some(conflict)))
    }

    /// Nobody knows what they came for: a clerk asks, and finds the booking.
    fn without_booking(&self, conflict: HandInConflict) -> Result<Vec<Event>, Refusal> {
        let service = self.commonest_service().ok_or(Refusal::UnknownService)?;
        let newcomer = Newcomer { language: self.arrival.language, ..Newcomer::plain(service, self.arrival.public) };
        let visit = newcomer.visit(self.asking, Origin::WalkIn, self.arrived_at)?;
        Ok(self.begun(visit, VisitEvent::TicketTaken, Some(conflict)))
    }

    fn walk_in(
        &self,
        service: Option<ServiceId>,
        (persons, cases): (u8, u8),
        priority: bool,
        needs: Needs,
    ) -> Result<Vec<Event>, Refusal> {
        let known = service.filter(|service| self.asking.config.services.contains_key(service));
        let Some(service) = known else { return self.without_booking(HandInConflict::ServiceGone) };
        let language = self.arrival.language;
        let plain = Newcomer { priority, needs, language, ..Newcomer::plain(service, self.arrival.public) };
        let counted = Newcomer { persons, cases, ..plain };
        // How many they are is not worth losing anybody for.
        let visit = match counted.visit(self.asking, Origin::WalkIn, self.arrived_at) {
            Err(Refusal::BadCount) => plain.visit(self.asking, Origin::WalkIn, self.arrived_at)?,
            visit => visit?,
        };
        Ok(self.begun(visit, VisitEvent::TicketTaken, None))
    }

    /// The service that most desks serve: somebody can call who waits for it.
    fn commonest_service(&self) -> Option<ServiceId> {
        let config = self.asking.config;
        let desks = |id: &ServiceId| config.desks.values().filter(|desk| desk.services.contains(id)).count();
        let in_person = config.services.iter().filter(|(_, service)| service.channels.contains(&Channel::InPerson));
        in_person.map(|(id, _)| *id).max_by_key(|id| (desks(id), std::cmp::Reverse(*id)))
    }

    /// The visit begins when they came, under the number in their hand.
    fn begun(
        &self,
        visit: Visit,
        event: impl FnOnce(Box<Visit>) -> VisitEvent,
        conflict: Option<HandInConflict>,
    ) -> Vec<Event> {
        let own = visit.number;
        let number = if self.is_good_number() { self.arrival.number } else { own };
        let (arrived_at, language) = (self.arrived_at, self.arrival.language);
        let state = VisitState::Waiting { since: arrived_at, desk: None };
        let visit = Visit { number, arrived_at, language, state, ..visit };
        let id = visit.id;
        let mut events = vec![self.asking.event(event(Box::new(visit)))];
        let conflict = if number == self.arrival.number { conflict } else { Some(HandInConflict::Renumbered) };
        events.extend(conflict.map(|conflict| self.note(Some(id), conflict)));
        events
    }

    /// Whether the number was the kiosk's to give, and nobody else has it.
    fn is_good_number(&self) -> bool {
        let number = self.arrival.number;
        let is_theirs = |lease: &NumberLease| lease.kiosk == self.kiosk && lease.block.has(number.count);
        let letters = self.asking.config.groups.iter().map(|group| group.letter);
        let is_letter = letters.chain([arrivals::BOOKED_LETTER]).any(|letter| letter == number.letter);
        let is_given = self.asking.office.visits.values().any(|visit| visit.number == number);
        is_letter && !is_given && self.asking.leases_today().any(is_theirs)
    }
}
