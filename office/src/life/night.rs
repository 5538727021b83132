//! The turn of the day: what is open ends as not served, what is over leaves, and numbers start at 1 (FLD-35).

use super::{asking::Standpoint, displaced, lateness};
use crate::{Booking, BookingEvent, BookingLife, Channel, DeskEvent, Event, HouseEvent, VisitEvent, calendar};

/// Closes the day that is over, if one is, and opens the new one.
pub(crate) fn turn(asking: &Standpoint<'_>) -> Vec<Event> {
    let mut events = close(asking);
    if events.is_empty() {
        events = leftovers(asking);
    }
    events.push(asking.event(HouseEvent::DayOpened { date: asking.today }));
    events
}

/// Closes the day that is over: open visits end as not served, never as no-shows, and open desks close.
pub(crate) fn close(asking: &Standpoint<'_>) -> Vec<Event> {
    let Some(day) = asking.office.day.as_ref().filter(|day| day.date < calendar_date(asking)) else {
        return Vec::new();
    };
    let visits = asking.office.open_visits.iter().map(|visit| asking.event(VisitEvent::Unserved { visit: *visit }));
    let desks = asking.office.desks.keys().map(|desk| asking.event(DeskEvent::DeskClosed { desk: *desk }));
    let mut events: Vec<Event> = visits.chain(desks).collect();
    events.extend(leftovers(asking));
    events.push(asking.event(HouseEvent::DayClosed { date: day.date }));
    events
}

/// Holds and bookings of days that are over.
pub(crate) fn leftovers(asking: &Standpoint<'_>) -> Vec<Event> {
    let midnight = calendar::instant_from(asking.config.zone, calendar_date(asking).and_time(chrono::NaiveTime::MIN));
    let expected = asking.office.expected.iter().take_while(|(start, _)| *start < midnight);
    let expected = expected.filter_map(|(_, id)| asking.office.bookings.get(id));
    // Nobody came: missed, unless it was the office that could not serve, or did not call (PROM-12, OMB-20).
    let (office_failed, missed): (Vec<&Booking>, Vec<&Booking>) = expected
        .partition(|booking| booking.promise.channel != Channel::InPerson || lateness::keeps_place(asking, booking));
    let missed = missed.into_iter().map(|booking| asking.event(BookingEvent::Missed { booking: booking.id }));
    let mut events: Vec<Event> = missed.collect();
    events.extend(displaced::give_up(asking, &office_failed));
    let holds = asking.office.holds_by_expiry.iter().filter_map(|(_, id)| asking.office.bookings.get(id));
    let over = holds.filter(|hold| hold.promise.start < midnight && matches!(hold.life, BookingLife::Held { .. }));
    let holds = over.map(|hold| asking.event(BookingEvent::HoldEnded { booking: hold.id }));
    events.extend(holds);
    events
}

/// The local date of now, whatever day still runs.
fn calendar_date(asking: &Standpoint<'_>) -> chrono::NaiveDate {
    asking.date_of(asking.now)
}
