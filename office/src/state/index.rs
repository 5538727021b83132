//! The only doors through which bookings and visits change, so that every index of the office stays in step.

use chrono::{DateTime, Utc};

use super::{Booking, BookingLife, Office, Visit};
use crate::{BookingId, Channel, DeskId, VisitId};

impl Office {
    /// Puts a new booking in.
    pub(crate) fn put_booking(&mut self, booking: Booking) {
        self.next_booking = self.next_booking.max(booking.id.0);
        self.index_booking(&booking);
        self.bookings_by_reference.insert(booking.reference.clone(), booking.id);
        self.bookings.insert(booking.id, booking);
    }

    /// Changes a booking, if there is such a one.
    pub(crate) fn change_booking(&mut self, id: BookingId, change: impl FnOnce(&mut Booking)) {
        let Some(mut booking) = self.bookings.remove(&id) else { return };
        self.unindex_booking(&booking);
        change(&mut booking);
        self.index_booking(&booking);
        self.bookings.insert(id, booking);
    }

    /// Takes a booking out whose day is over.
    pub(crate) fn take_booking(&mut self, id: BookingId) {
        if let Some(booking) = self.bookings.remove(&id) {
            self.unindex_booking(&booking);
            self.earlier_times.remove(&id);
            self.tally.made.remove(&id);
            self.bookings_by_reference.remove(&booking.reference);
        }
    }

    fn index_booking(&mut self, booking: &Booking) {
        let start = booking.promise.start;
        if let Some(claim) = booking.claim() {
            self.bookings_by_start.insert(claim);
        }
        match booking.life {
            BookingLife::Held { expires_at, .. } => {
                self.holds_by_expiry.insert((expires_at, booking.id));
            }
            BookingLife::Confirmed { .. } => {
                self.expected.insert((start, booking.id));
                if booking.promise.channel != Channel::InPerson {
                    self.expected_remote.insert((start, booking.id));
                }
            }
            BookingLife::Arrived { .. }
            | BookingLife::Fixed { .. }
            | BookingLife::Cancelled { .. }
            | BookingLife::Void { .. }
            | BookingLife::Expired { .. }
            | BookingLife::Missed { .. } => {}
        }
        if let Some(due) = booking.correction_due() {
            self.corrections_due.insert((due, booking.id));
        }
        if let Some(address) = booking.life.address() {
            self.bookings_by_address.entry(address).or_default().insert(booking.id);
        }
    }

    fn unindex_booking(&mut self, booking: &Booking) {
        let start = booking.promise.start;
        if let Some(claim) = booking.claim() {
            self.bookings_by_start.remove(&claim);
        }
        if let BookingLife::Held { expires_at, .. } = booking.life {
            self.holds_by_expiry.remove(&(expires_at, booking.id));
        }
        if let Some(due) = booking.correction_due() {
            self.corrections_due.remove(&(due, booking.id));
        }
        if self.expected.remove(&(start, booking.id)) {
            self.expected_remote.remove(&(start, booking.id));
        }
        if let Some(address) = booking.life.address()
            && let Some(ids) = self.bookings_by_address.get_mut(&address)
        {
            ids.remove(&booking.id);
            if ids.is_empty() {
                self.bookings_by_address.remove(&address);
            }
        }
    }

    /// A visit begins; its number is given, for good (PROM-01).
    pub(crate) fn put_visit(&mut self, visit: &Visit, at: DateTime<Utc>) {
        self.next_visit = self.next_visit.max(visit.id.0);
        if let Some(day) = &mut self.day {
            let last = day.numbers.entry(visit.number.letter).or_default();
            *last = (*last).max(visit.number.count);
        }
        self.visits_by_public.insert(visit.public, visit.id);
        if !visit.state.is_over() {
            self.open_visits.insert(visit.id);
        }
        if let Some(desk) = visit.state.held_by() {
            self.desk_takes(desk, Some(visit.id), at);
        }
        self.visits.insert(visit.id, visit.clone());
    }

    /// Changes a visit, if there is such a one; desks follow.
    pub(crate) fn change_visit(&mut self, id: VisitId, at: DateTime<Utc>, change: impl FnOnce(&mut Visit)) {
        let Some(visit) = self.visits.get_mut(&id) else { return };
        let before = visit.state.held_by();
        change(visit);
        let (after, over) = (visit.state.held_by(), visit.state.is_over());
        if over {
            self.open_visits.remove(&id);
        } else {
            self.open_visits.insert(id);
        }
        if before != after {
            if let Some(desk) = before {
                self.desk_takes(desk, None, at);
            }
            if let Some(desk) = after {
                self.desk_takes(desk, Some(id), at);
            }
        }
    }

    /// A desk acts: it takes somebody, or has its hands free.
    fn desk_takes(&mut self, desk: DeskId, visit: Option<VisitId>, at: DateTime<Utc>) {
        if let Some(desk) = self.desks.get_mut(&desk) {
            desk.holds = visit;
            desk.acted_at = at;
        }
    }
}
