//! What is always true of an office, whatever its journal: tests and the simulator ask after every step.

use std::collections::{BTreeMap, BTreeSet};

use super::{BookingLife, Office, Origin, VisitState};
use crate::{Channel, DeskId, VisitId};

impl Office {
    /// Looks at every index, number and desk.
    ///
    /// # Errors
    /// The first thing that contradicts another, in words for a developer.
    pub fn check_invariants(&self) -> Result<(), String> {
        self.check_bookings()?;
        self.check_visits()?;
        self.check_desks()?;
        self.check_numbers()?;
        self.check_periods()
    }

    /// Every index of bookings says what the bookings say.
    fn check_bookings(&self) -> Result<(), String> {
        let mut claims = BTreeSet::new();
        let (mut holds, mut expected, mut remote) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut corrections = BTreeSet::new();
        let mut references = BTreeMap::new();
        let mut addresses: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (id, booking) in &self.bookings {
            ensure(*id == booking.id && id.0 <= self.next_booking, || format!("booking {id} under a wrong number"))?;
            claims.extend(booking.claim());
            corrections.extend(booking.correction_due().map(|due| (due, *id)));
            references.insert(booking.reference.clone(), *id);
            if let Some(address) = booking.life.address() {
                addresses.entry(address).or_default().insert(*id);
            }
            match &booking.life {
                BookingLife::Held { expires_at, .. } => {
                    holds.insert((*expires_at, *id));
                }
                BookingLife::Confirmed { .. } => {
                    expected.insert((booking.promise.start, *id));
                    if booking.promise.channel != Channel::InPerson {
                        remote.insert((booking.promise.start, *id));
                    }
                }
                BookingLife::Arrived { visit, .. } | BookingLife::Fixed { visit } => {
                    let today = self.visits.contains_key(visit);
                    ensure(today, || format!("booking {id} is here as visit {visit}, who is not"))?;
                }
                BookingLife::Cancelled { .. }
                | BookingLife::Void { .. }
                | BookingLife::Expired { .. }
                | BookingLife::Missed { .. } => {}
            }
        }
        let strayed = self.earlier_times.keys().find(|id| !self.bookings.contains_key(id));
        ensure(strayed.is_none(), || "a booking that is gone has an earlier time".to_owned())?;
        let strayed = self.tally.made.keys().find(|id| !self.bookings.contains_key(id));
        ensure(strayed.is_none(), || "a booking that is gone is still said to be made".to_owned())?;
        ensure(claims == self.bookings_by_start, || "bookings_by_start is out of step".to_owned())?;
        ensure(holds == self.holds_by_expiry, || "holds_by_expiry is out of step".to_owned())?;
        ensure(expected == self.expected, || "expected is out of step".to_owned())?;
        ensure(remote == self.expected_remote, || "expected_remote is out of step".to_owned())?;
        ensure(corrections == self.corrections_due, || "corrections_due is out of step".to_owned())?;
        ensure(references == self.bookings_by_reference, || "bookings_by_reference is out of step".to_owned())?;
        ensure(addresses == self.bookings_by_address, || "bookings_by_address is out of step".to_owned())
    }

    /// Every index of visits says what the visits say, and a booked visit's booking knows it.
    fn check_visits(&self) -> Result<(), String> {
        let open: BTreeSet<_> =
            self.visits.values().filter(|visit| !visit.state.is_over()).map(|visit| visit.id).collect();
        ensure(open == self.open_visits, || "open_visits is out of step".to_owned())?;
        let public: BTreeMap<_, _> = self.visits.values().map(|visit| (visit.public, visit.id)).collect();
        ensure(public == self.visits_by_public, || "visits_by_public is out of step".to_owned())?;
        for (id, visit) in &self.visits {
            ensure(*id == visit.id && id.0 <= self.next_visit, || format!("visit {id} under a wrong number"))?;
            if let Origin::Booked { booking, .. } = visit.origin {
                let life = self.bookings.get(&booking).map(|booking| &booking.life);
                let stray = matches!(life, Some(BookingLife::Held { .. } | BookingLife::Confirmed { .. }));
                ensure(!stray, || format!("visit {id} is here, and its booking {booking} does not know"))?;
            }
        }
        Ok(())
    }

    /// A visit is at one desk at most, and that desk holds it (PROM-04).
    fn check_desks(&self) -> Result<(), String> {
        let mut held: BTreeMap<DeskId, VisitId> = BTreeMap::new();
        for visit in self.visits.values() {
            if let Some(desk) = visit.state.held_by()
                && let Some(other) = held.insert(desk, visit.id)
            {
                return Err(format!("desk {desk} has visits {other} and {}", visit.id));
            }
        }
        let holds: BTreeMap<DeskId, VisitId> =
            self.desks.iter().filter_map(|(id, desk)| Some((*id, desk.holds?))).collect();
        ensure(held == holds, || format!("desks hold {holds:?}, visits say {held:?}"))?;
        let clerks: BTreeSet<_> = self.desks.values().map(|desk| desk.clerk).collect();
        ensure(clerks.len() == self.desks.len(), || "a clerk sits at two desks".to_owned())?;
        let set_up = |desk: &DeskId| self.config.as_ref().is_some_and(|config| config.desks.contains_key(desk));
        ensure(self.desks.keys().all(set_up), || "a desk is open that the office does not have".to_owned())
    }

    /// No number is given twice on a day, and none beyond what the day remembers (PROM-01).
    fn check_numbers(&self) -> Result<(), String> {
        let mut seen = BTreeSet::new();
        for visit in self.visits.values() {
            ensure(seen.insert(visit.number), || format!("number {} is given twice", visit.number))?;
            let last = self.day.as_ref().and_then(|day| day.numbers.get(&visit.number.letter)).copied();
            ensure(last.is_some_and(|last| visit.number.count <= last), || {
                format!("number {} is beyond the day's last", visit.number)
            })?;
        }
        let mut calls = self.calls.iter().map(|call| call.id);
        ensure(calls.all(|call| call.0 <= self.next_call), || "a call is beyond the office's last".to_owned())?;
        ensure(self.calls.is_sorted_by(|one, next| one.id < next.id), || "calls are out of order".to_owned())
    }

    /// Stretches of a visit lie one after another, and none ends before it begins.
    fn check_periods(&self) -> Result<(), String> {
        for visit in self.visits.values() {
            let in_order = visit.periods.iter().all(|period| period.from <= period.to)
                && visit.periods.is_sorted_by(|one, next| one.to <= next.from);
            ensure(in_order, || format!("the stretches of visit {} overlap: {:?}", visit.id, visit.periods))?;
            if let VisitState::Parked { desk, .. } = visit.state {
                let open = self.desks.contains_key(&desk);
                ensure(open, || format!("visit {} is parked by desk {desk}, which is closed", visit.id))?;
            }
            if let VisitState::Waiting { since, .. } = visit.state {
                let after = visit.periods.last().is_none_or(|last| last.to <= since);
                ensure(after, || format!("visit {} waits since before its last stretch ended", visit.id))?;
            }
        }
        let spans = self.day.iter().flat_map(|day| &day.desk_spans).filter(|span| span.to.is_none());
        let open: BTreeSet<DeskId> = spans.map(|span| span.desk).collect();
        let serving =
            |(id, desk): (&DeskId, &super::OpenDesk)| matches!(desk.state, super::DeskState::Open).then_some(*id);
        let desks: BTreeSet<DeskId> = self.desks.iter().filter_map(serving).collect();
        ensure(open == desks, || format!("spans say {open:?} are open, desks say {desks:?}"))
    }
}

/// An error unless something holds.
fn ensure(holds: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise()) }
}
