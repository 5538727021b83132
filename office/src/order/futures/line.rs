//! The house as a future begins: its desks, who waits, who is expected.

use std::ops::Bound;

use super::{NO_TIME, Seconds};
use crate::order::scene::{Desks, Micros, NEVER, Scene, Waiter, micros};
use crate::{BookingId, Channel, Office, Rank, ServiceId, VisitId, VisitState};

/// Who did not come so long after their time is not waited for any more.
const STILL_COMES_SECONDS: i64 = 30 * 60;

/// So many of the others a desk are looked at for a choice.
const OTHERS_A_DESK_MAX: usize = 10;

/// A desk as a future begins.
#[derive(Debug, Clone)]
pub(crate) struct SeatNow {
    /// There again from then on, if nobody was in hand; [`NO_TIME`] where nobody knows.
    pub(crate) back: Seconds,
    /// Everything must end by then.
    pub(crate) ends: Seconds,
    /// Whoever is in hand.
    pub(crate) in_hand: Option<InHand>,
}

/// Somebody whom a desk holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct InHand {
    pub(crate) service: ServiceId,
    pub(crate) planned: Seconds,
    /// Being served for so long; nothing while they are on their way.
    pub(crate) served: Option<Seconds>,
    /// On their way for so long.
    pub(crate) on_the_way: Seconds,
}

/// Somebody who waits or is expected.
#[derive(Debug, Clone)]
pub(crate) struct FutureGuest {
    /// Nobody's while they are only expected.
    pub(crate) visit: Option<VisitId>,
    pub(crate) service: ServiceId,
    pub(crate) desks: Desks,
    pub(crate) planned: Seconds,
    /// The booked time, or the end of the longest wait; of the others, their arrival.
    pub(crate) due: Seconds,
    /// Not yet here: when they were to come. Here: since when.
    pub(crate) arrived: Seconds,
    pub(crate) here: bool,
    /// Not to be called before.
    pub(crate) not_before: Seconds,
    /// Served when no booking is left.
    pub(crate) at_the_end: bool,
}

/// How far a line is looked ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineEnd {
    /// As far as a choice needs it.
    Choice,
    /// To the end of the day.
    Day,
}

/// Those who wait and are expected, and the desks that serve them.
#[derive(Debug, Clone)]
pub(crate) struct FutureLine {
    pub(crate) seats: Vec<SeatNow>,
    /// By the time that they are due.
    pub(crate) booked: Vec<FutureGuest>,
    /// In the order in which they are called.
    pub(crate) others: Vec<FutureGuest>,
    /// Those who only ask when they would be called if they stood behind all others: they take nobody's time.
    pub(crate) probes: Vec<LineProbe>,
}

/// Somebody who would stand behind all others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LineProbe {
    pub(crate) desks: Desks,
    pub(crate) planned: Seconds,
}

pub(crate) fn seconds(from: Micros, to: Micros) -> Seconds {
    if to == NEVER {
        NO_TIME
    } else {
        Seconds::try_from((to - from) / 1_000_000).unwrap_or(if to > from { NO_TIME } else { -NO_TIME })
    }
}

impl FutureLine {
    /// The line of an office; `counted` are the desks that take part.
    pub(crate) fn of(office: &Office, scene: &Scene<'_>, counted: Desks, end: LineEnd, look_ahead: Seconds) -> Self {
        let now = scene.now;
        let seats = scene.desks.iter().enumerate().map(|(place, desk)| {
            let held = office.desks.get(&desk.id).and_then(|open| office.visits.get(&open.holds?));
            let in_hand = held.and_then(|visit| {
                let (served, on_the_way) = match visit.state {
                    VisitState::Serving { since, .. } => (Some(seconds(micros(since), now)), 0),
                    VisitState::Called { since, .. } => (None, seconds(micros(since), now)),
                    VisitState::Waiting { .. }
                    | VisitState::Parked { .. }
                    | VisitState::Interrupted { .. }
                    | VisitState::NoShow { .. }
                    | VisitState::Left { .. }
                    | VisitState::Finished { .. }
                    | VisitState::Unserved { .. } => return None,
                };
                let planned = Seconds::from(visit.planned_minutes) * 60;
                Some(InHand { service: visit.service, planned, served, on_the_way })
            });
            let takes_part = counted & (1 << place) != 0;
            // Who asks is taken as free, whatever the desk still holds.
            let asks = desk.free == Some(now);
            SeatNow {
                back: if takes_part { desk.back.map_or(NO_TIME, |back| seconds(now, back).max(0)) } else { NO_TIME },
                ends: seconds(now, desk.ends),
                in_hand: in_hand.filter(|_| !asks),
            }
        });
        let mut line = Self { seats: seats.collect(), booked: Vec::new(), others: Vec::new(), probes: Vec::new() };
        line.take_in_waiting(scene);
        if end == LineEnd::Choice {
            // Who stands so far behind is called within the hour whatever is chosen, or not at all.
            line.others.truncate(OTHERS_A_DESK_MAX * line.seats.len());
        }
        line.take_in_expected(office, scene, end, look_ahead);
        line.booked.sort_by_key(|guest| (guest.due.max(guest.arrived.min(0)), guest.arrived, guest.visit));
        line
    }

    fn take_in_waiting(&mut self, scene: &Scene<'_>) {
        let mut others: Vec<_> = Vec::new();
        for waiter in scene.waiting.iter().filter(|one| !scene.suspends(one.service, scene.now)) {
            match (waiter.rank, waiter.standing(&scene.numbers)) {
                (Rank::Booked { start }, _) => {
                    self.booked.push(FutureGuest::waits(scene, waiter, seconds(scene.now, micros(start))))
                }
                (_, Some(_)) if waiter.limit_at <= scene.now => {
                    self.booked.push(FutureGuest::waits(scene, waiter, seconds(scene.now, waiter.limit_at)));
                }
                (_, Some(standing)) => others.push((standing, waiter)),
                (Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine, None) => {}
            }
        }
        others.sort_unstable_by_key(|(standing, waiter)| (!waiter.gap_is_kept(&scene.numbers), *standing));
        let guest = |(_, waiter): (_, &Waiter)| FutureGuest::waits(scene, waiter, seconds(scene.now, waiter.arrived));
        self.others = others.into_iter().map(guest).collect();
    }

    fn take_in_expected(&mut self, office: &Office, scene: &Scene<'_>, end: LineEnd, look_ahead: Seconds) {
        let second = 1_000_000;
        let from = crate::order::scene::instant(scene.now - STILL_COMES_SECONDS * second);
        let until = match end {
            LineEnd::Choice => scene.now + i64::from(look_ahead) * second,
            LineEnd::Day => scene.midnight,
        };
        let range = (
            Bound::Included((from, BookingId(0))),
            Bound::Excluded((crate::order::scene::instant(until), BookingId(0))),
        );
        if until <= scene.now {
            return;
        }
        for (_, id) in office.expected.range(range) {
            let Some(booking) = office.bookings.get(id) else { continue };
            let promise = &booking.promise;
            let (start, desks) = (micros(promise.start), scene.desks_serving(promise.service));
            if desks == 0 || scene.suspends(promise.service, start.max(scene.now)) || scene.arriving == Some(*id) {
                continue;
            }
            let due = seconds(scene.now, start);
            let remote = promise.channel != Channel::InPerson;
            self.booked.push(FutureGuest {
                visit: None,
                service: promise.service,
                desks,
                planned: Seconds::from(promise.minutes) * 60,
                due,
                arrived: if remote { due } else { NO_TIME },
                here: false,
                not_before: due.min(if remote { due } else { -NO_TIME }),
                at_the_end: false,
            });
        }
    }
}

impl FutureGuest {
    fn waits(scene: &Scene<'_>, waiter: &Waiter, due: Seconds) -> Self {
        Self {
            visit: Some(waiter.id),
            service: waiter.service,
            desks: waiter.desks,
            planned: Seconds::try_from(waiter.length / 1_000_000).unwrap_or(NO_TIME),
            due,
            arrived: seconds(scene.now, waiter.arrived),
            here: true,
            not_before: if waiter.not_before_time { due } else { -NO_TIME },
            at_the_end: scene.waits_for_last_booking(waiter),
        }
    }
}
