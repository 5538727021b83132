//! Whose booking the office had to give up chooses another time before the public does (FLD-33).

use chrono::{DateTime, Duration, Utc};

use super::asking::Standpoint;
use crate::{
    Audience, Booking, BookingEvent, BookingId, CancelledBy, Event, FirstChoice, Promise, Refusal, TimeWish, apply,
    slots,
};

/// The office gives bookings up, in this order. Each of those displaced has the next free time kept, one that is kept for
/// nobody before them.
pub(crate) fn give_up(asking: &Standpoint<'_>, bookings: &[&Booking]) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    // What is kept for one is not free for the next; with one alone nothing needs to be tried out.
    let mut after = (bookings.len() > 1).then(|| asking.office.clone());
    for booking in bookings {
        let office = after.as_ref().unwrap_or(asking.office);
        let first_choice = first_choice(&Standpoint { office, ..*asking }, booking);
        let cools_until = asking.cools_until(booking.promise.start);
        let by = CancelledBy::Office;
        let event = asking.event(BookingEvent::Cancelled { booking: booking.id, by, cools_until, first_choice });
        if let Some(after) = &mut after {
            apply(after, &event);
        }
        events.push(event);
    }
    events
}

/// What is owed to who has this booking; nothing where the office set no hours for it, or has the service no more.
fn first_choice(asking: &Standpoint<'_>, booking: &Booking) -> Option<FirstChoice> {
    let hours = Some(asking.config.rules.online.first_choice_hours).filter(|hours| *hours > 0)?;
    asking.config.services.get(&booking.promise.service)?;
    let until = asking.now + Duration::hours(i64::from(hours));
    Some(FirstChoice { until, kept: slots::first_to_choose(asking.office, booking, asking.now) })
}

/// Who was displaced chooses: of all that staff could give them, and of what is kept for them.
pub(crate) fn choose_anew(asking: &Standpoint<'_>, id: BookingId, start: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
    let booking = asking.booking(id)?;
    booking.life.first_choice(asking.now).ok_or(Refusal::NotOpen)?;
    let query = slots::to_choose(asking.config, booking, asking.now).ok_or(Refusal::UnknownService)?;
    if (asking.date_of(start) - query.from).num_days() >= i64::from(query.days) {
        return Err(Refusal::BeyondHorizon);
    }
    let Promise { service, channel, persons, cases, .. } = booking.promise;
    let wanted = TimeWish { service, channel, start, persons, cases, audience: Audience::Internal };
    let new = slots::check(asking.office, &wanted, Some(id), asking.now)?;
    asking.one(BookingEvent::ChosenAnew {
        booking: id,
        from: booking.promise.start,
        to: new.start,
        minutes: new.minutes,
    })
}
