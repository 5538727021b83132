//! Which starts of a day were found free, until something of that day changes: the same is asked again and again.
//!
//! It is no part of an office, but of how quickly one answers, and stands beside it: whoever asks an office often keeps
//! [`Findings`] of it, lets them apply its events, and hands them to [`free`](super::free). Without them the answers are
//! the same.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    Audience, Booking, BookingId, Channel, Claim, Event, EventKind, HouseEvent, Office, Origin, ServiceId, VisitEvent,
    apply, calendar::local_date,
};

/// Kinds of questions whose answers are kept of one day; the oldest goes first.
const KINDS_MAX: usize = 24;

/// Where free times are looked up before they are worked out, and written down after. A caller whose threads share
/// [`Findings`] locks them within these methods, so that no thread waits while another works a day out.
pub trait Memory {
    /// What was found, if it still holds at `now`.
    fn recall(&mut self, question: &DayQuestion, now: DateTime<Utc>) -> Option<DayAnswer>;

    /// Keeps what was found.
    fn keep(&mut self, question: DayQuestion, answer: DayAnswer);
}

/// No memory at all: every day is worked out.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoMemory;

impl Memory for NoMemory {
    fn recall(&mut self, _: &DayQuestion, _: DateTime<Utc>) -> Option<DayAnswer> {
        None
    }

    fn keep(&mut self, _: DayQuestion, _: DayAnswer) {}
}

/// What was found in one office, by local day.
#[derive(Debug, Default)]
pub struct Findings(BTreeMap<NaiveDate, Vec<(DayQuestion, DayAnswer)>>);

/// Which day is asked about, and all that its free starts depend on beside what is in the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayQuestion {
    pub(super) date: NaiveDate,
    pub(super) service: ServiceId,
    pub(super) channel: Channel,
    /// Whether the public's desks and hours count (FLD-16); of all of the public the same are free.
    pub(super) public: bool,
    /// Planned length.
    pub(super) minutes: u16,
    /// The local day on which it was asked: what cools is given back on the day itself.
    pub(super) today: NaiveDate,
}

/// The free starts of a day for one question, and while they stay so by time alone.
#[derive(Debug, Clone)]
pub struct DayAnswer {
    pub(super) from: DateTime<Utc>,
    pub(super) until: DateTime<Utc>,
    pub(super) starts: Starts,
}

/// Some of the starts of a day, one bit each from the first on.
#[derive(Debug, Clone)]
pub(super) struct Starts {
    first: i64,
    step: i64,
    bits: Arc<[u64]>,
}

impl Starts {
    /// These starts, in unix seconds and in order, all a whole number of steps apart.
    pub fn new(starts: &[i64], step: i64) -> Self {
        let first = starts.first().copied().unwrap_or(0);
        let mut bits = Vec::new();
        for start in starts {
            let place = usize::try_from((start - first) / step).unwrap_or(0);
            bits.resize(bits.len().max(place / 64 + 1), 0_u64);
            bits[place / 64] |= 1 << (place % 64);
        }
        Self { first, step, bits: bits.into() }
    }

    /// Whether a start is among them.
    pub fn contains(&self, start: i64) -> bool {
        let Ok(after) = u64::try_from(start - self.first) else { return false };
        let step = self.step.unsigned_abs();
        let place = usize::try_from(after / step).unwrap_or(usize::MAX);
        after.is_multiple_of(step) && self.bits.get(place / 64).is_some_and(|bits| bits & (1 << (place % 64)) != 0)
    }
}

impl Memory for Findings {
    fn recall(&mut self, question: &DayQuestion, now: DateTime<Utc>) -> Option<DayAnswer> {
        let (_, answer) = self.0.get(&question.date)?.iter().find(|(asked, _)| asked == question)?;
        (answer.from <= now && now < answer.until).then(|| answer.clone())
    }

    fn keep(&mut self, question: DayQuestion, answer: DayAnswer) {
        let day = self.0.entry(question.date).or_default();
        day.retain(|(asked, _)| *asked != question);
        if day.len() == KINDS_MAX {
            day.remove(0);
        }
        day.push((question, answer));
    }
}

impl Findings {
    /// Applies an event to the office that these were found in, and forgets the days on which it changes what is free.
    pub fn apply(&mut self, office: &mut Office, event: &Event) {
        match Effect::of(&event.kind) {
            Effect::None => apply(office, event),
            Effect::EveryDay => {
                self.0.clear();
                apply(office, event);
            }
            Effect::OfBooking(id) => {
                let before = Trace::of(office, id);
                apply(office, event);
                let after = Trace::of(office, id);
                if before != after {
                    self.forget(office, before.starts().chain(after.starts()));
                }
            }
        }
    }

    /// What the days of these times offer has changed.
    fn forget(&mut self, office: &Office, starts: impl Iterator<Item = DateTime<Utc>>) {
        let Some(config) = &office.config else { return };
        for start in starts {
            self.0.remove(&local_date(config.zone, start));
        }
    }
}

/// What an event changes of free times.
enum Effect {
    /// They stay as they are.
    None,
    /// Those of the days on which a booking takes up a time, or did, may be others.
    OfBooking(BookingId),
    /// Those of every day may be others.
    EveryDay,
}

impl Effect {
    fn of(kind: &EventKind) -> Self {
        match kind {
            EventKind::House(event) => Self::of_house_event(event),
            EventKind::Booking(event) => Self::OfBooking(event.booking()),
            EventKind::Visit(event) => Self::of_visit_event(event),
            EventKind::Desk(_) => Self::None,
        }
    }

    fn of_house_event(event: &HouseEvent) -> Self {
        match event {
            HouseEvent::Configured(_)
            | HouseEvent::Suspended(_)
            | HouseEvent::Resumed { .. }
            | HouseEvent::DayClosed { .. } => Self::EveryDay,
            HouseEvent::Tolerated { booking, .. } => booking.map_or(Self::None, Self::OfBooking),
            HouseEvent::HelpRung { .. }
            | HouseEvent::HelpAccepted { .. }
            | HouseEvent::HelpEnded { .. }
            | HouseEvent::OutageNoted { .. }
            | HouseEvent::DayOpened { .. }
            | HouseEvent::NumbersLeased { .. }
            | HouseEvent::NumbersReturned { .. }
            | HouseEvent::ConflictNoted(_)
            | HouseEvent::ConflictSettled { .. } => Self::None,
        }
    }

    fn of_visit_event(event: &VisitEvent) -> Self {
        match event {
            VisitEvent::CheckedIn(visit) => match visit.origin {
                Origin::Booked { booking, .. } => Self::OfBooking(booking),
                Origin::WalkIn | Origin::Direct | Origin::Outage => Self::None,
            },
            VisitEvent::TimeFixed { booking, .. } => Self::OfBooking(booking.id),
            VisitEvent::BookingFound { booking, .. } => Self::OfBooking(*booking),
            VisitEvent::TicketTaken(_)
            | VisitEvent::CameDirectly(_)
            | VisitEvent::OutageVisitEntered(_)
            | VisitEvent::ServedOnPaper { .. }
            | VisitEvent::Ranked { .. }
            | VisitEvent::Amended { .. }
            | VisitEvent::Wished { .. }
            | VisitEvent::NoteSet { .. }
            | VisitEvent::Left { .. }
            | VisitEvent::LeftUndone { .. }
            | VisitEvent::CameBack { .. }
            | VisitEvent::Called { .. }
            | VisitEvent::Recalled { .. }
            | VisitEvent::PutBack { .. }
            | VisitEvent::Appeared { .. }
            | VisitEvent::NoShow { .. }
            | VisitEvent::AttemptFailed { .. }
            | VisitEvent::ShownRecorded { .. }
            | VisitEvent::Interrupted { .. }
            | VisitEvent::Parked { .. }
            | VisitEvent::Transferred { .. }
            | VisitEvent::Finished { .. }
            | VisitEvent::StepUndone { .. }
            | VisitEvent::ToldUnreachable { .. }
            | VisitEvent::Unserved { .. } => Self::None,
        }
    }
}

/// All by which a booking bears upon free times: the time that it takes up, and those that it gave up and that cool.
#[derive(PartialEq)]
struct Trace {
    claim: Option<Claim>,
    cooling: Vec<DateTime<Utc>>,
    /// Whose times they are that cool.
    given_up_by: Option<(Channel, Audience)>,
}

impl Trace {
    fn of(office: &Office, id: BookingId) -> Self {
        let booking = office.bookings.get(&id);
        let cooling: Vec<DateTime<Utc>> =
            office.cooling.iter().filter(|one| one.booking == id).map(|one| one.start).collect();
        let promise = booking.map(|booking| &booking.promise).filter(|_| !cooling.is_empty());
        let given_up_by = promise.map(|promise| (promise.channel, promise.audience));
        Self { claim: booking.and_then(Booking::claim), cooling, given_up_by }
    }

    fn starts(&self) -> impl Iterator<Item = DateTime<Utc>> {
        self.claim.iter().map(|claim| claim.start).chain(self.cooling.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_are_told_from_others() {
        let some = [600, 1_200, 1_800, 39_600, 40_200];
        let starts = Starts::new(&some, 600);
        for start in (-1_200..60_000).step_by(300) {
            assert_eq!(starts.contains(start), some.contains(&start), "{start}");
        }
        assert!(!Starts::new(&[], 600).contains(0));
    }
}
