//! What closing a day or a desk would do to the bookings that stand: whom it touches, and what could be offered instead
//! (FLD-15). Computed on a copy by the same rules, so that the preview is what happens.

use chrono::{DateTime, Utc};
use office::{
    Audience, Booking, BookingLife, CancelledBy, Closure, Event, EventKind, Office, OfficeConfig, Promise, Wanted,
    apply, calendar, slots,
};

/// Another time is looked for in so many days.
const LOOKED_AHEAD_DAYS: u16 = 60;

/// A booking that a closure touches.
#[derive(Debug, Clone)]
pub struct Touched {
    /// Which.
    pub booking: Booking,
    /// The next time that it could have instead; each proposal leaves room for those before it.
    pub instead: Option<DateTime<Utc>>,
}

/// The configuration with a closure more.
pub fn closed(config: &OfficeConfig, closure: &Closure) -> OfficeConfig {
    let mut closed = config.clone();
    closed.calendar.closures.push(closure.clone());
    closed
}

/// Those who are expected while a closure lasts, by time.
pub fn expected_within(office: &Office, closure: &Closure, now: DateTime<Utc>) -> Vec<Booking> {
    let Some(zone) = office.config.as_ref().map(|config| config.zone) else { return Vec::new() };
    let (from, to) = (calendar::instant_from(zone, closure.from), calendar::instant_to(zone, closure.to));
    let within = office.expected.iter().filter_map(|(_, id)| office.bookings.get(id)).filter(|booking| {
        let promise = &booking.promise;
        matches!(booking.life, BookingLife::Confirmed { .. })
            && promise.start > now
            && promise.start < to
            && promise.end() > from
    });
    within.cloned().collect()
}

/// Whom a closure touches, by time. Where one desk closes, those who booked first keep what is left of the others.
pub fn touched(office: &Office, closure: &Closure, now: DateTime<Utc>) -> Vec<Touched> {
    let Some(config) = &office.config else { return Vec::new() };
    let within = expected_within(office, closure, now);
    let mut after = office.clone();
    let mut happens = |kind| apply(&mut after, &Event { at: now, kind });
    happens(EventKind::Configured(Box::new(closed(config, closure))));
    for booking in &within {
        happens(EventKind::Cancelled {
            booking: booking.id,
            by: CancelledBy::Office,
            cools_until: now,
            first_choice: None,
        });
    }
    let mut in_order = within;
    in_order.sort_by_key(|booking| booking.id);
    let mut displaced = Vec::new();
    for booking in in_order {
        let stays = closure.desk.is_some() && slots::check(&after, &wanted(&booking.promise), None, now).is_ok();
        if stays {
            apply(&mut after, &Event { at: now, kind: EventKind::Booked(Box::new(booking)) });
        } else {
            displaced.push(booking);
        }
    }
    displaced.sort_by_key(|booking| (booking.promise.start, booking.id));
    displaced
        .into_iter()
        .map(|booking| {
            let instead = next_free(&after, &booking, now);
            if let Some(start) = instead {
                let promise = Promise { start, audience: Audience::Internal, ..booking.promise.clone() };
                let moved = Booking { promise, ..booking.clone() };
                apply(&mut after, &Event { at: now, kind: EventKind::Booked(Box::new(moved)) });
            }
            Touched { booking, instead }
        })
        .collect()
}

/// A booking's own time, as staff would ask for it.
fn wanted(promise: &Promise) -> Wanted {
    let Promise { service, channel, start, persons, cases, .. } = *promise;
    Wanted { service, channel, start, persons, cases, audience: Audience::Internal }
}

fn next_free(office: &Office, booking: &Booking, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let Promise { service, channel, persons, cases, start, .. } = booking.promise;
    let zone = office.config.as_ref()?.zone;
    let from = start.with_timezone(&zone).date_naive();
    let (audience, days) = (Audience::Internal, LOOKED_AHEAD_DAYS);
    let query = slots::Query { service, channel, persons, cases, audience, from, days };
    slots::free(office, &query, now).first().map(|slot| slot.start)
}
