//! What happens to the office itself, made so.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::{
    Booking, BookingId, BookingLife, Day, HandInNote, HelpCall, HouseEvent, NumberLease, Office, Outage, Rule, calendar,
};

/// Changes an office by what happens to itself.
pub(super) fn apply(office: &mut Office, at: DateTime<Utc>, event: &HouseEvent) {
    match event {
        HouseEvent::Configured(config) => {
            office.config = Some(config.as_ref().clone());
        }
        HouseEvent::Suspended(suspension) => {
            office.suspensions.retain(|one| one.scope != suspension.scope);
            office.suspensions.push(suspension.clone());
        }
        HouseEvent::Resumed { scope } => {
            office.suspensions.retain(|one| one.scope != *scope);
        }
        HouseEvent::HelpRung { ring, place, desk } => {
            office.help.retain(|_, call| call.rings(at));
            office.help.insert(*ring, HelpCall { place: place.clone(), since: at, desk: *desk, clerk: None });
        }
        HouseEvent::HelpAccepted { ring, clerk } => {
            if let Some(call) = office.help.get_mut(ring) {
                call.clerk = Some(*clerk);
            }
        }
        HouseEvent::HelpEnded { ring } => {
            office.help.remove(ring);
        }
        HouseEvent::OutageNoted { from } => office.outages.push(Outage { from: *from, to: at }),
        HouseEvent::DayOpened { date } => {
            office.day = Some(Day { date: *date, numbers: Default::default(), desk_spans: Vec::new() });
        }
        HouseEvent::DayClosed { date } => office.forget_day(*date, at),
        HouseEvent::NumbersLeased { kiosk, block } => office.leases.push(NumberLease { kiosk: *kiosk, block: *block }),
        HouseEvent::NumbersReturned { kiosk, block } => {
            office.leases.retain(|lease| lease.kiosk != *kiosk || lease.block != *block);
        }
        HouseEvent::ConflictNoted(note) => {
            office.remember_number(note);
            office.hand_in_notes.push(*note);
        }
        HouseEvent::ConflictSettled { public } => office.hand_in_notes.retain(|note| note.public != *public),
        HouseEvent::Tolerated { rule, booking, .. } => {
            if let (Rule::Void, Some(booking)) = (rule, booking) {
                office.change_booking(*booking, |booking| booking.lapse_correction(at));
            }
        }
    }
}

impl Office {
    /// A number of today that is on somebody's paper is given to nobody else, also where no visit has it (PROM-01). One that
    /// was never the kiosk's to give moves nothing.
    fn remember_number(&mut self, note: &HandInNote) {
        let zone = self.config.as_ref().map_or(chrono_tz::UTC, |config| config.zone);
        let date = calendar::local_date(zone, note.arrived_at);
        let is_theirs = |lease: &NumberLease| {
            lease.kiosk == note.kiosk && lease.block.date == date && lease.block.has(note.number.count)
        };
        if let Some(day) = self.day.as_mut().filter(|day| day.date == date)
            && self.leases.iter().any(is_theirs)
        {
            let last = day.numbers.entry(note.number.letter).or_default();
            *last = (*last).max(note.number.count);
        }
    }

    /// What is over leaves the office's memory; the journal keeps it.
    fn forget_day(&mut self, date: NaiveDate, at: DateTime<Utc>) {
        let zone = self.config.as_ref().map_or(chrono_tz::UTC, |config| config.zone);
        let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
        let midnight = calendar::instant_from(zone, next.and_time(NaiveTime::MIN));
        let over = |booking: &&Booking| {
            let is_past = booking.promise.start < midnight && booking.life.first_choice(at).is_none();
            is_past || matches!(booking.life, BookingLife::Expired { .. })
        };
        let past: Vec<BookingId> = self.bookings.values().filter(over).map(|booking| booking.id).collect();
        for id in past {
            self.take_booking(id);
        }
        self.day = None;
        self.visits.clear();
        self.open_visits.clear();
        self.visits_by_public.clear();
        self.desks.clear();
        self.calls.clear();
        self.outages.clear();
        self.help.clear();
        // What was not given back is burnt with its day.
        self.leases.retain(|lease| date < lease.block.date);
        self.hand_in_notes.clear();
        self.cooling.retain(|one| at < one.until);
        self.tally.close(date);
    }
}
