//! What happens to bookings, made so.

use chrono::{DateTime, Utc};

use crate::{
    Audience, Booking, BookingEvent, BookingId, BookingLife, CancelledBy, Cooling, Correction, CorrectionState,
    EarlierTime, FirstChoice, MovedBy, Office, Promise, VisitId,
};

/// Changes an office by what happens to a booking.
pub(super) fn apply(office: &mut Office, at: DateTime<Utc>, event: &BookingEvent) {
    match event {
        BookingEvent::Held { booking, reference, promise, owner, expires_at } => office.put_booking(Booking {
            id: *booking,
            reference: reference.clone(),
            promise: promise.clone(),
            sequence: 0,
            correction: None,
            life: BookingLife::Held { owner: *owner, expires_at: *expires_at, extensions: 0 },
        }),
        BookingEvent::HoldExtended { booking, expires_at: later } => office.change_booking(*booking, |booking| {
            if let BookingLife::Held { expires_at, extensions, .. } = &mut booking.life {
                (*expires_at, *extensions) = (*later, extensions.saturating_add(1));
            }
        }),
        BookingEvent::Entrusted { booking, owner, expires_at } => office.change_booking(*booking, |booking| {
            booking.life = BookingLife::Held { owner: Some(*owner), expires_at: *expires_at, extensions: 0 };
        }),
        BookingEvent::HoldEnded { booking } => {
            office.change_booking(*booking, |booking| booking.life = BookingLife::Expired { at });
        }
        BookingEvent::Confirmed { booking, party } => {
            office.change_booking(*booking, |booking| {
                booking.life = BookingLife::Confirmed { party: party.clone() };
            });
            if office.bookings.contains_key(booking) {
                office.tally.made(*booking, at);
            }
        }
        BookingEvent::Booked(booking) => {
            office.put_booking(booking.as_ref().clone());
            office.tally.made(booking.id, at);
        }
        BookingEvent::Moved { booking, from, to, minutes, audience, cools_until, by } => {
            office.cool(*booking, *cools_until, at);
            office.earlier_times.insert(*booking, EarlierTime { start: *from, moved_by: *by });
            office.change_booking(*booking, |booking| {
                booking.promise =
                    Promise { start: *to, minutes: *minutes, audience: *audience, ..booking.promise.clone() };
                booking.sequence += 1;
            });
        }
        BookingEvent::Cancelled { booking, by, cools_until, first_choice } => {
            office.cool(*booking, *cools_until, at);
            office.change_booking(*booking, |booking| booking.cancel(*by, at, *first_choice));
        }
        BookingEvent::ChosenAnew { booking, from, to, minutes } => {
            office.earlier_times.insert(*booking, EarlierTime { start: *from, moved_by: MovedBy::Citizen });
            office.change_booking(*booking, |booking| booking.stand_again(*to, *minutes, at));
        }
        BookingEvent::Voided { booking, because } => office.change_booking(*booking, |booking| {
            if let Some(party) = booking.life.party().cloned() {
                booking.life = BookingLife::Void { party, at, because: *because };
                booking.sequence += 1;
            }
        }),
        BookingEvent::CorrectionAsked { booking, because, note, until } => office.change_booking(*booking, |booking| {
            let (because, note, until) = (*because, *note, *until);
            booking.correction =
                Some(Correction { because, note, asked_at: at, until, state: CorrectionState::Awaited });
        }),
        BookingEvent::Corrected { booking, by } => office.change_booking(*booking, |booking| {
            if let Some(correction) = &mut booking.correction {
                correction.state = CorrectionState::Made { at, by: *by };
            }
        }),
        BookingEvent::Missed { booking } => office.change_booking(*booking, |booking| {
            if let Some(party) = booking.life.party().cloned() {
                booking.life = BookingLife::Missed { party, at };
            }
        }),
        // What was said with it stands in the hub's `people` table.
        BookingEvent::DetailsChanged { .. } => {}
    }
}

impl Booking {
    /// The person is here.
    pub(super) fn arrive(&mut self, visit: VisitId) {
        if let Some(party) = self.life.party().cloned() {
            self.life = BookingLife::Arrived { party, visit };
        }
    }

    /// A correction's deadline has passed; a warning of another kind leaves it as it is.
    pub(super) fn lapse_correction(&mut self, at: DateTime<Utc>) {
        if self.correction_due().is_some_and(|due| due <= at)
            && let Some(correction) = &mut self.correction
        {
            correction.state = CorrectionState::Lapsed { at };
        }
    }

    /// Given up.
    fn cancel(&mut self, by: CancelledBy, at: DateTime<Utc>, first_choice: Option<FirstChoice>) {
        if let Some(party) = self.life.party().cloned() {
            self.life = BookingLife::Cancelled { party, at, by, first_choice };
            self.sequence += 1;
        }
    }

    /// Stands again at another time. A correction whose deadline passed in between is forgiven: it was the office that
    /// had given the booking up.
    fn stand_again(&mut self, start: DateTime<Utc>, minutes: u16, at: DateTime<Utc>) {
        if let Some(party) = self.life.party().cloned() {
            self.promise = Promise { start, minutes, audience: Audience::Internal, ..self.promise.clone() };
            self.correction =
                self.correction.filter(|asked| asked.state != CorrectionState::Awaited || at < asked.until);
            self.life = BookingLife::Confirmed { party };
            self.sequence += 1;
        }
    }
}

impl Office {
    /// A time is given up: not offered to the public before (OMB-15).
    fn cool(&mut self, id: BookingId, until: DateTime<Utc>, at: DateTime<Utc>) {
        while self.cooling.front().is_some_and(|one| one.until <= at) {
            self.cooling.pop_front();
        }
        let Some(booking) = self.bookings.get(&id) else { return };
        if until > at {
            let Promise { service, start, minutes, .. } = booking.promise;
            self.cooling.push_back(Cooling { booking: id, service, start, minutes, until });
        }
    }
}
