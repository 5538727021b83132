//! The promises, checked at every event from what had happened until then; written from the rows alone.
//!
//! Stands for NEW-02.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use office::{
    BookingEvent, BookingId, CallRight, CancelledBy, Channel, Command, DeskId, DeskState, Event, EventKind, FillerKind,
    HouseEvent, Office, Origin, Rank, Reason, SuspensionScope, TicketNumber, Visit, VisitEvent, VisitId, VisitState,
};

/// What the promises need to remember.
#[derive(Debug, Default)]
pub struct Laws {
    /// Time of the newest event.
    last_at: Option<DateTime<Utc>>,
    /// Numbers given on the day that runs (PROM-01).
    numbers: BTreeSet<TicketNumber>,
    date: Option<NaiveDate>,
    /// Who is at which desk, by the events alone (PROM-04).
    at_desk: BTreeMap<VisitId, DeskId>,
    /// Times in which the hub was away (PROM-12).
    outages: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// Whether desks or services were changed or suspended, so that promises made before may not hold any more.
    changed: bool,
}

impl Laws {
    /// Before an event is applied.
    ///
    /// # Errors
    /// The promise that it breaks.
    pub fn before(&mut self, office: &Office, event: &Event, command: &Command) -> Result<(), String> {
        if self.last_at.is_some_and(|last| event.at < last) {
            return Err(format!("PROM-10: time runs backwards at {event:?}"));
        }
        self.last_at = Some(event.at);
        match &event.kind {
            EventKind::House(house) => self.before_house_event(office, house, event.at),
            EventKind::Booking(booking) => return self.before_booking_event(office, booking, command, event.at),
            EventKind::Visit(visit) => return self.before_visit_event(office, visit, command, event.at),
            EventKind::Desk(_) => {}
        }
        Ok(())
    }

    fn before_house_event(&mut self, office: &Office, event: &HouseEvent, at: DateTime<Utc>) {
        match event {
            HouseEvent::DayOpened { date } => {
                if self.date != Some(*date) {
                    self.numbers.clear();
                }
                self.date = Some(*date);
            }
            HouseEvent::OutageNoted { from } => self.outages.push((*from, at)),
            HouseEvent::Configured(_) => self.changed |= office.config.is_some(),
            HouseEvent::Suspended(_) => self.changed = true,
            HouseEvent::HelpRung { .. }
            | HouseEvent::HelpAccepted { .. }
            | HouseEvent::HelpEnded { .. }
            | HouseEvent::Resumed { .. }
            | HouseEvent::DayClosed { .. }
            | HouseEvent::Tolerated { .. }
            | HouseEvent::NumbersLeased { .. }
            | HouseEvent::NumbersReturned { .. }
            | HouseEvent::ConflictNoted(_)
            | HouseEvent::ConflictSettled { .. } => {}
        }
    }

    fn before_booking_event(
        &self,
        office: &Office,
        event: &BookingEvent,
        command: &Command,
        at: DateTime<Utc>,
    ) -> Result<(), String> {
        match event {
            // A clerk may still find that somebody did not come; the house by itself may not.
            BookingEvent::Missed { booking } if matches!(command, Command::Tick) => {
                self.nobody_is_missed_for_an_outage(office, *booking, at)
            }
            BookingEvent::Cancelled { booking, by: CancelledBy::Lateness, .. } => {
                self.nobody_is_missed_for_an_outage(office, *booking, at)
            }
            BookingEvent::Held { .. }
            | BookingEvent::HoldExtended { .. }
            | BookingEvent::Entrusted { .. }
            | BookingEvent::HoldEnded { .. }
            | BookingEvent::Confirmed { .. }
            | BookingEvent::Booked(_)
            | BookingEvent::Moved { .. }
            | BookingEvent::Cancelled { by: CancelledBy::Citizen | CancelledBy::Staff | CancelledBy::Office, .. }
            | BookingEvent::ChosenAnew { .. }
            | BookingEvent::Voided { .. }
            | BookingEvent::CorrectionAsked { .. }
            | BookingEvent::Corrected { .. }
            | BookingEvent::DetailsChanged { .. }
            | BookingEvent::Missed { .. } => Ok(()),
        }
    }

    fn before_visit_event(
        &mut self,
        office: &Office,
        event: &VisitEvent,
        command: &Command,
        at: DateTime<Utc>,
    ) -> Result<(), String> {
        match event {
            VisitEvent::CheckedIn(visit)
            | VisitEvent::TicketTaken(visit)
            | VisitEvent::CameDirectly(visit)
            | VisitEvent::OutageVisitEntered(visit) => {
                if !self.numbers.insert(visit.number) {
                    return Err(format!("PROM-01: number {} is given twice", visit.number));
                }
            }
            VisitEvent::Called { visit, desk, reason, .. } => {
                if let Some(other) = self.at_desk.insert(*visit, *desk) {
                    return Err(format!("PROM-04: visit {visit} is called to {desk} and is at {other}"));
                }
                let by_rule = matches!(command, Command::CallNext { .. } | Command::Tick);
                if by_rule && let Some(called) = office.visits.get(visit) {
                    nobody_is_overtaken(office, called, *desk, reason, at)?;
                    nobody_waits_for_ever(office, called, *desk, reason, at)?;
                }
            }
            VisitEvent::PutBack { visit, .. }
            | VisitEvent::AttemptFailed { visit, .. }
            | VisitEvent::NoShow { visit, .. }
            | VisitEvent::Interrupted { visit, .. }
            | VisitEvent::Parked { visit, .. }
            | VisitEvent::Transferred { visit, .. }
            | VisitEvent::Finished { visit, .. }
            | VisitEvent::Left { visit }
            | VisitEvent::Unserved { visit } => {
                self.at_desk.remove(visit);
            }
            VisitEvent::TimeFixed { .. }
            | VisitEvent::BookingFound { .. }
            | VisitEvent::ServedOnPaper { .. }
            | VisitEvent::Ranked { .. }
            | VisitEvent::Amended { .. }
            | VisitEvent::Wished { .. }
            | VisitEvent::NoteSet { .. }
            | VisitEvent::LeftUndone { .. }
            | VisitEvent::CameBack { .. }
            | VisitEvent::Recalled { .. }
            | VisitEvent::Appeared { .. }
            | VisitEvent::ShownRecorded { .. }
            | VisitEvent::ToldUnreachable { .. } => {}
        }
        Ok(())
    }

    /// After an event is applied.
    ///
    /// # Errors
    /// The promise that it breaks.
    pub fn after(&mut self, office: &Office, event: &Event) -> Result<(), String> {
        match &event.kind {
            EventKind::Booking(event) => self.after_booking_event(office, event),
            EventKind::House(HouseEvent::DayClosed { date }) => {
                self.at_desk.clear();
                let left = office.open_visits.len() + office.desks.len();
                if left > 0 { Err(format!("PROM-06: {left} visits or desks outlive {date}")) } else { Ok(()) }
            }
            EventKind::House(_) | EventKind::Visit(_) | EventKind::Desk(_) => Ok(()),
        }
    }

    fn after_booking_event(&self, office: &Office, event: &BookingEvent) -> Result<(), String> {
        match event {
            BookingEvent::Held { booking, .. }
            | BookingEvent::Moved { booking, .. }
            | BookingEvent::ChosenAnew { booking, .. } => self.can_be_served(office, *booking),
            BookingEvent::Cancelled { booking, first_choice: Some(choice), .. } if choice.kept.is_some() => {
                nobody_keeps_what_was_given_up(office, *booking)?;
                self.can_be_served(office, *booking)
            }
            BookingEvent::Booked(booking) => self.can_be_served(office, booking.id),
            BookingEvent::Cancelled { booking, .. } | BookingEvent::Voided { booking, .. } => {
                nobody_keeps_what_was_given_up(office, *booking)
            }
            BookingEvent::HoldExtended { .. }
            | BookingEvent::Entrusted { .. }
            | BookingEvent::HoldEnded { .. }
            | BookingEvent::Confirmed { .. }
            | BookingEvent::CorrectionAsked { .. }
            | BookingEvent::Corrected { .. }
            | BookingEvent::DetailsChanged { .. }
            | BookingEvent::Missed { .. } => Ok(()),
        }
    }

    /// The same command twice: a new thing comes into being once at most (PROM-09).
    ///
    /// # Errors
    /// What came into being twice.
    pub fn once_only(command: &Command, before: &Office, after: &Office) -> Result<(), String> {
        let made = |office: &Office| (office.next_booking, office.next_visit, office.next_call);
        let new = made(after) != made(before);
        // A Tick that is asked again may have more to do.
        if new && *command != Command::Tick {
            return Err(format!("PROM-09: {command:?} did something twice"));
        }
        Ok(())
    }

    /// At every instant of a new promise, all who have one can have a desk of their own (PROM-02).
    fn can_be_served(&self, office: &Office, booking: BookingId) -> Result<(), String> {
        let mut own = office.bookings_by_start.iter().filter(|claim| claim.booking == booking);
        let (Some(claim), None) = (own.next(), own.next()) else {
            return Err(format!("PROM-02: booking {booking} has not one time"));
        };
        let Some(config) = office.config.as_ref().filter(|_| !self.changed) else { return Ok(()) };
        let now = self.last_at.unwrap_or_default();
        let end = |claim: &office::Claim| claim.start + TimeDelta::minutes(i64::from(claim.minutes));
        let there: Vec<_> = office
            .bookings_by_start
            .iter()
            .filter(|other| other.start <= claim.start && claim.start < end(other))
            .filter(|other| other.expires_at.is_none_or(|expires_at| now < expires_at))
            .collect();
        let mut desks: BTreeMap<DeskId, usize> = BTreeMap::new();
        for number in 0..there.len() {
            // Walks a chain of exchanges until somebody finds a free desk.
            let mut from: BTreeMap<DeskId, (usize, Option<DeskId>)> = BTreeMap::new();
            let mut row: Vec<(usize, Option<DeskId>)> = vec![(number, None)];
            let mut free = None;
            while let Some((who, had)) = row.pop() {
                for (desk, setup) in &config.desks {
                    if !setup.services.contains(&there[who].service) || from.contains_key(desk) {
                        continue;
                    }
                    from.insert(*desk, (who, had));
                    match desks.get(desk) {
                        None => free = Some(*desk),
                        Some(other) => row.push((*other, Some(*desk))),
                    }
                }
                if free.is_some() {
                    break;
                }
            }
            let Some(mut desk) = free else {
                return Err(format!("PROM-02: {} bookings at {} for fewer desks", there.len(), claim.start));
            };
            while let Some((who, had)) = from.get(&desk).copied() {
                desks.insert(desk, who);
                let Some(before) = had else { break };
                desk = before;
            }
        }
        Ok(())
    }

    /// Whose time fell into an outage is not missed before the grace has run again after it (PROM-12).
    fn nobody_is_missed_for_an_outage(&self, office: &Office, id: BookingId, at: DateTime<Utc>) -> Result<(), String> {
        let Some(booking) = office.bookings.get(&id) else { return Ok(()) };
        let start = booking.promise.start;
        let grace = TimeDelta::minutes(i64::from(grace_minutes(office)));
        let hit = self.outages.iter().any(|(from, to)| *from <= start && start < *to && at <= *to + grace);
        if hit { Err(format!("PROM-12: booking {id} is missed for an outage")) } else { Ok(()) }
    }
}

/// A time that was given up is taken up no more.
fn nobody_keeps_what_was_given_up(office: &Office, id: BookingId) -> Result<(), String> {
    let start = office.bookings.get(&id).map(|booking| booking.promise.start);
    let still = office.bookings_by_start.iter().any(|claim| claim.booking == id && Some(claim.start) == start);
    if still { Err(format!("OMB-15: booking {id} keeps its time")) } else { Ok(()) }
}

fn grace_minutes(office: &Office) -> u16 {
    office.config.as_ref().map_or(0, |config| config.rules.grace_minutes)
}

/// Others who wait for any desk, or for this one.
fn others<'a>(office: &'a Office, called: &Visit, desk: DeskId) -> impl Iterator<Item = &'a Visit> {
    let id = called.id;
    office.open_visits.iter().filter_map(|visit| office.visits.get(visit)).filter(move |visit| {
        visit.id != id
            && matches!(visit.state, VisitState::Waiting { desk: only, .. } if only.is_none_or(|only| only == desk))
    })
}

/// Both need the same, so that whatever lets one be called lets the other.
fn alike(one: &Visit, other: &Visit) -> bool {
    one.service == other.service
        && one.planned_minutes == other.planned_minutes
        && one.priority == other.priority
        && matches!(
            (&one.state, &other.state),
            (VisitState::Waiting { desk: one, .. }, VisitState::Waiting { desk: other, .. }) if one == other
        )
        && other.note.is_none()
}

/// When somebody has waited too long, they rank as if booked then.
fn limit(office: &Office, visit: &Visit) -> DateTime<Utc> {
    let minutes = office.config.as_ref().map_or(0, |config| config.rules.wait_max_minutes);
    visit.arrived_at + TimeDelta::minutes(i64::from(minutes))
}

/// Among those who may be called, nobody of the same class is overtaken (the second law).
fn nobody_is_overtaken(
    office: &Office,
    called: &Visit,
    desk: DeskId,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<(), String> {
    let key = |visit: &Visit| match (visit.rank, visit.origin) {
        (Rank::Booked { start }, Origin::Booked { channel: Channel::InPerson, .. }) => {
            Some((0, start.max(visit.arrived_at), visit.arrived_at))
        }
        (Rank::Filler { kind: FillerKind::WalkIn }, Origin::WalkIn) => Some((1, visit.arrived_at, visit.arrived_at)),
        (Rank::Booked { .. } | Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine, _) => None,
    };
    // Of several whose time has come, or where shorter matters may pass, the reason says what was weighed.
    let shorter_may_pass = office.config.as_ref().is_some_and(|config| config.rules.shorter_may_pass);
    let stated = match reason {
        Reason::OutOfOrder { .. } | Reason::GapKept { .. } => true,
        Reason::Weighed { right: CallRight::Due { .. } | CallRight::Early { .. }, .. } => true,
        Reason::Weighed { right: CallRight::InTurn { .. }, .. } => shorter_may_pass,
        Reason::BookedAndDue { .. }
        | Reason::WaitedPastLimit { .. }
        | Reason::FitsGap { .. }
        | Reason::FirstInLine
        | Reason::BookedEarly { .. }
        | Reason::WithinBound { .. }
        | Reason::InTurn { .. }
        | Reason::EndOfDay
        | Reason::ParkedHere
        | Reason::Direct
        | Reason::RemoteDue { .. } => false,
    };
    let (Some((class, due, arrived)), false) = (key(called), stated) else { return Ok(()) };
    // Early ones have no turn yet that could be taken.
    let begun = |class: i32, due: DateTime<Utc>| class == 1 || due <= now;
    let earlier = others(office, called, desk).find(|other| {
        alike(called, other)
            && key(other).is_some_and(|(other_class, other_due, other_arrived)| {
                other_class == class && begun(class, other_due) && (other_due, other_arrived) < (due, arrived)
            })
    });
    match earlier {
        Some(other) => Err(format!("law 2: visit {} is overtaken by {}", other.id, called.id)),
        None => Ok(()),
    }
}

/// Who has waited past the limit is called before anybody whose time has not come (PROM-06).
fn nobody_waits_for_ever(
    office: &Office,
    called: &Visit,
    desk: DeskId,
    reason: &Reason,
    now: DateTime<Utc>,
) -> Result<(), String> {
    let filler = matches!(
        reason,
        Reason::InTurn { .. }
            | Reason::BookedEarly { .. }
            | Reason::Weighed { right: CallRight::InTurn { .. } | CallRight::Early { .. }, .. }
    );
    let mut forgotten = others(office, called, desk).filter(|other| {
        let plain = matches!((other.rank, other.origin), (Rank::Filler { kind: FillerKind::WalkIn }, Origin::WalkIn));
        plain && alike(called, other) && limit(office, other) <= now
    });
    match forgotten.next().filter(|_| filler) {
        Some(other) => Err(format!("PROM-06: visit {} has waited past the limit, {} is called", other.id, called.id)),
        None => Ok(()),
    }
}

/// At a free desk somebody whom it serves is called, if anybody may be called (the first law).
///
/// # Errors
/// Whom the desk could have called.
pub fn no_desk_stands_idle(office: &Office, command: &Command, clock: DateTime<Utc>) -> Result<(), String> {
    let Command::CallNext { desk, .. } = command else { return Ok(()) };
    let now = office.last_at.map_or(clock, |last| last.max(clock));
    let (Some(config), Some(open)) = (&office.config, office.desks.get(desk)) else { return Ok(()) };
    let free = open.holds.is_none() && matches!(open.state, DeskState::Open);
    if !free || office.suspension(SuspensionScope::Desk(*desk), now).is_some() {
        return Ok(());
    }
    let until = open.until.or_else(|| office::calendar::closing(office, now)).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let overtime = TimeDelta::minutes(i64::from(config.rules.overtime_minutes));
    let serves = config.desks.get(desk).map(|desk| &desk.services);
    let waiting = office.open_visits.iter().filter_map(|id| office.visits.get(id));
    let could_be_called = |visit: &&Visit| {
        let comes_here = match visit.state {
            VisitState::Waiting { desk: Some(only), .. } => only == *desk,
            VisitState::Waiting { desk: None, .. } => serves.is_some_and(|serves| serves.contains(&visit.service)),
            VisitState::Called { .. }
            | VisitState::Serving { .. }
            | VisitState::Parked { .. }
            | VisitState::Interrupted { .. }
            | VisitState::NoShow { .. }
            | VisitState::Left { .. }
            | VisitState::Finished { .. }
            | VisitState::Unserved { .. } => false,
        };
        let may = match visit.rank {
            Rank::Booked { start } => visit.may_come_early != Some(false) || start <= now,
            Rank::FirstInLine => true,
            Rank::Filler { kind } => kind != FillerKind::Late,
            Rank::EndOfDay => false,
        };
        let ends = now.checked_add_signed(TimeDelta::minutes(i64::from(visit.planned_minutes)));
        let in_time = ends.is_some_and(|ends| until.checked_add_signed(overtime).is_none_or(|until| ends <= until));
        comes_here && may && in_time && office.suspension(SuspensionScope::Service(visit.service), now).is_none()
    };
    match waiting.filter(could_be_called).find(|visit| visit.note.is_none()) {
        Some(left) => Err(format!("law 1: desk {desk} calls nobody at {now}, and visit {} waits", left.id)),
        None => Ok(()),
    }
}
