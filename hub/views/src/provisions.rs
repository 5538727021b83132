//! What a kiosk is given so that it can go on without the hub: nothing personal, and keys for those alone who were let in.

use chrono::{DateTime, Days, NaiveDate, Utc};
use office::{
    Booking, BookingLife, Channel, Office, OfficeConfig,
    calendar::{self, local_date},
    provision::{self, LatenessRule},
};
use wire::{
    Afterwards, CivilDate, LastTicket, Octets, ProblemCode, ProvidedBooking, ProvidedDay, ProvidedState, Provisions,
    TicketHours,
};

/// A kiosk is provided with the day that runs and so many days after it.
const DAYS_AHEAD: u64 = 7;

/// What does not follow from the office.
pub struct ProvisionParts<'a> {
    /// The keys of a day's codes, the newest first.
    pub keys: &'a dyn Fn(NaiveDate) -> Vec<Octets<32>>,
    /// The address of a visit's own page, up to its id.
    pub visit_page: String,
    /// Whether tickets are good for nothing.
    pub rehearsal: bool,
}

/// What a kiosk is given.
pub fn view(
    office: &Office,
    config: &OfficeConfig,
    parts: ProvisionParts<'_>,
    now: DateTime<Utc>,
) -> Option<Provisions> {
    let today = local_date(config.zone, now);
    let is_todays = |booking: &&Booking| {
        booking.promise.channel == Channel::InPerson && local_date(config.zone, booking.promise.start) == today
    };
    let bookings = office.bookings.values().filter(is_todays);
    let days = (0..=DAYS_AHEAD).filter_map(|ahead| today.checked_add_days(Days::new(ahead)));
    Some(Provisions {
        office: config.number,
        day: CivilDate::new(today)?,
        bookings: bookings.filter_map(|booking| provided(office, config, booking, now)).collect(),
        days: days.filter_map(|date| day(config, date, (parts.keys)(date))).collect(),
        visit_page: parts.visit_page,
        wait_where: config.wait_where.clone(),
        rehearsal: parts.rehearsal,
    })
}

fn day(config: &OfficeConfig, date: NaiveDate, keys: Vec<Octets<32>>) -> Option<ProvidedDay> {
    let hours = calendar::day(config, date);
    let last_tickets = config.services.values().filter_map(|service| {
        Some(LastTicket { service: service.key.clone(), at: provision::last_ticket(config, service, date)? })
    });
    Some(ProvidedDay {
        date: CivilDate::new(date)?,
        tickets: hours.tickets.iter().map(|(from, to)| TicketHours { from: *from, to: *to }).collect(),
        serves_until: hours.serving.last().map(|(_, end)| *end),
        last_tickets: last_tickets.collect(),
        keys,
    })
}

fn provided(office: &Office, config: &OfficeConfig, booking: &Booking, now: DateTime<Utc>) -> Option<ProvidedBooking> {
    let over = |because| Some(ProvidedState::Over { because });
    let state = match &booking.life {
        BookingLife::Confirmed { .. } => expected(office, booking, now),
        BookingLife::Arrived { visit, .. } => office
            .visits
            .get(visit)
            .map(|visit| ProvidedState::Here { visit: visit.public.0, number: visit.number.to_string() }),
        BookingLife::Cancelled { .. } => over(ProblemCode::BookingCancelled),
        BookingLife::Void { .. } => over(ProblemCode::BookingVoid),
        BookingLife::Missed { .. } => over(ProblemCode::BookingMissed),
        // Nobody has a code of a hold, nor of a walk-in's gap.
        BookingLife::Held { .. } | BookingLife::Expired { .. } | BookingLife::Fixed { .. } => None,
    }?;
    let service = config.services.get(&booking.promise.service)?.key.clone();
    Some(ProvidedBooking { reference: booking.reference.0.clone(), service, start: booking.promise.start, state })
}

fn expected(office: &Office, booking: &Booking, now: DateTime<Utc>) -> Option<ProvidedState> {
    let expectation = provision::expectation(office, booking, now)?;
    let afterwards = match expectation.lateness {
        LatenessRule::Tolerated => Afterwards::KeepsPlace,
        LatenessRule::Asked => Afterwards::IsAsked,
        LatenessRule::ServedLate => Afterwards::IsServedLate,
    };
    Some(ProvidedState::Expected {
        opens_at: expectation.opens_at,
        early_until: expectation.early_until,
        in_time_until: expectation.in_time_until,
        afterwards,
    })
}
