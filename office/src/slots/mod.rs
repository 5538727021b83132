//! Which times can be had: computed from the rules and the bookings, never stored.
//!
//! # The model
//! A time is free if **all bookings of the day, this one included, can be put to desks so that each has one desk for
//! its whole length**: a desk that serves it, is rostered for its audience and has the same clerk there from its first
//! minute to its last, with no two bookings at one desk at once. Counting desks is not enough: two bookings for X at
//! 10:00 can use up the only desk that serves Y. Nor is it enough to look at each instant by itself, or at those
//! bookings alone that overlap the new one: bookings overlap in chains, and nobody changes desks half-way.
//!
//! The answer is exact, and comes in three steps, from quick to thorough (`Plan::fits`):
//! 1. The day's bookings are put to desks, by start, each to the least versatile desk that is free. Where this leaves a
//!    desk idle throughout the wanted time, it is free.
//! 2. Where at some instant of it the desks that serve it are all taken by bookings that no idle desk could take over,
//!    it is taken (Hall's condition fails).
//!    Between 2 and 3, room is sought by moving a few bookings to other desks; what is found so needs no proof.
//! 3. Else every way of putting the day's bookings to desks is followed, as far as the ways differ (`Front`).
//!
//! Who may have a time at all is in `Offer`: hours of the channel, holidays, closures, early ends, lead time, horizon,
//! releases, suspensions. A hold takes up its time while `expires_at` lies ahead; a time given up that still cools does
//! so too, for the public, unless it is one of today's (OMB-15).
//!
//! Bookings that have lost their desks (a closure came later) are never forgotten silently: while some desk that
//! serves them is there for a part of their time, they take up one; those for whom none is left are set aside, and what
//! meets them and could use their desks is not offered.
//!
//! A time that is kept for somebody displaced by a closure is taken for everybody else, staff included, until their first
//! choice is over (FLD-33).
//!
//! What was found free on a day can be kept beside the office until something of that day changes ([`Findings`]), before
//! the written rules of lead time, release and suspension are asked: those change by themselves as time passes.

mod agents;
mod demand;
mod findings;
mod fronts;
mod lanes;
mod offer;
mod plan;
mod question;
mod roster;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

pub use findings::{DayAnswer, DayQuestion, Findings, Memory, NoMemory};
pub use question::{Query, planned_minutes};

pub use crate::state::FreeTime;

use crate::calendar::{Exception, LocalDay, local_date, shift_spans};
use crate::{
    Audience, Booking, BookingId, Channel, Claim, Cooling, Office, OfficeConfig, Promise, Refusal, ServiceId, TimeWish,
    Visit,
};
use agents::Share;
use demand::{Demand, TimeAnswer};
use findings::Starts;
use offer::{Grid, Offer};
use plan::DayPlan;
use question::Subject;
use roster::{DayRoster, Roster};

/// The free times of some days, in order; none where nothing is offered at all. By the same rule as [`check`], and the
/// same whatever the memory holds of this office.
#[must_use]
pub fn free(office: &Office, query: &Query, now: DateTime<Utc>, memory: &mut dyn Memory) -> Vec<FreeTime> {
    free_without(office, query, None, now, memory)
}

/// The free times as they would be without a booking: those to which it can be moved (OMB-16). Its own is not among them.
/// They differ from booking to booking, so that nothing is kept of them.
#[must_use]
pub fn free_to_move(office: &Office, query: &Query, booking: &Booking, now: DateTime<Utc>) -> Vec<FreeTime> {
    let mut slots = free_without(office, query, Some(booking.id), now, &mut NoMemory);
    slots.retain(|slot| slot.start != booking.promise.start);
    slots
}

fn free_without(
    office: &Office,
    query: &Query,
    excluding: Option<BookingId>,
    now: DateTime<Utc>,
    memory: &mut dyn Memory,
) -> Vec<FreeTime> {
    let subject = Subject {
        service: query.service,
        channel: query.channel,
        persons: query.persons,
        cases: query.cases,
        audience: query.audience,
    };
    let mut slots = Vec::new();
    let Some(config) = &office.config else { return slots };
    let Ok(offer) = Offer::new(office, config, &subject, now) else { return slots };
    let pots = offer.pots();
    let Some(last) = query.from.checked_add_days(chrono::Days::new(u64::from(query.days))) else { return slots };
    let mut day = LocalDay::new(config.zone, query.from.max(offer.today()));
    let has_share = |day: &LocalDay, exception: &Exception| match query.audience {
        Audience::Agent(agent) => {
            let share = Share { agent, minutes: offer.minutes, excluding, now };
            share.is_open(office, config, day, exception).is_ok()
        }
        Audience::Public | Audience::Internal => true,
    };
    // Made for the first day that nobody has asked for.
    let mut bench = None;
    while day.date < last {
        let exception = Exception::of(config, &day);
        if let Some(hours) = offer.on(&day, &exception).filter(|_| has_share(&day, &exception)) {
            let mut starts = offer.starts(&hours, &pots).peekable();
            if starts.peek().is_some() {
                let question = DayQuestion {
                    date: day.date,
                    service: subject.service,
                    channel: subject.channel,
                    public: subject.audience.is_public(),
                    minutes: offer.minutes,
                    today: offer.today(),
                };
                let free = memory.recall(&question, now).unwrap_or_else(|| {
                    let bench = bench.get_or_insert_with(|| DayBench::new(office, config, &subject, excluding, now));
                    let answer = bench.free_starts(&offer, &hours, &day, &exception);
                    memory.keep(question, answer.clone());
                    answer
                });
                let free = free.starts;
                let (noon, noon_seconds) = noon_of(&day);
                let free = starts.filter(|start| free.contains(*start));
                let start = |start| noon + TimeDelta::seconds(start - noon_seconds);
                slots.extend(free.map(|free| FreeTime { start: start(free), minutes: offer.minutes }));
            }
        }
        day = day.next();
    }
    slots
}

/// Those displaced also see so many days beyond what the public does: where everything up to there is taken, they have
/// the days that are to be opened next (FLD-33).
const FIRST_CHOICE_BEYOND_DAYS: u16 = 30;
/// The first free time is looked for in so many days at once.
const LOOKED_AT_ONCE_DAYS: u16 = 7;

/// The times among which somebody displaced chooses, from today on (FLD-33); `None` for a service that the office no
/// longer has. To be asked with [`free_to_move`], so that what is kept for them is among them.
#[must_use]
pub fn to_choose(config: &OfficeConfig, booking: &Booking, now: DateTime<Utc>) -> Option<Query> {
    let Promise { service, channel, persons, cases, .. } = booking.promise;
    let from = local_date(config.zone, now);
    let days = config.services.get(&service)?.horizon_days.saturating_add(1 + FIRST_CHOICE_BEYOND_DAYS);
    Some(Query { service, channel, persons, cases, audience: Audience::Internal, from, days })
}

/// The first of these that is free, not before the day that was booked: to be kept for them (FLD-33).
#[must_use]
pub(crate) fn first_to_choose(office: &Office, booking: &Booking, now: DateTime<Utc>) -> Option<FreeTime> {
    let config = office.config.as_ref()?;
    let all = to_choose(config, booking, now)?;
    let booked = local_date(config.zone, booking.promise.start);
    let mut ahead = u16::try_from((booked - all.from).num_days().max(0)).ok()?;
    while ahead < all.days {
        let from = all.from.checked_add_days(chrono::Days::new(ahead.into()))?;
        let some = Query { from, days: LOOKED_AT_ONCE_DAYS.min(all.days - ahead), ..all };
        if let Some(first) = free_to_move(office, &some, booking, now).first() {
            return Some(*first);
        }
        ahead += LOOKED_AT_ONCE_DAYS;
    }
    None
}

/// Whether one time can be had, and what is promised then. `excluding` is left out of the reckoning: the booking that
/// is to be moved. By the same rule as [`free`].
///
/// # Errors
/// `NotConfigured`, `UnknownService`, `BadCount`, `TooSoon`, `BeyondHorizon`, `Suspended`, `NotOffered`, `Taken`; for an
/// agent also `AgentDayFull` and `AgentsShareFull`.
pub fn check(
    office: &Office,
    wanted: &TimeWish,
    excluding: Option<BookingId>,
    now: DateTime<Utc>,
) -> Result<Promise, Refusal> {
    promise(office, wanted, excluding, now, Grid::Kept)
}

/// Whether a walk-in can have a gap as a fixed time today (TRN-06): like [`check`], but for any instant, off the grid,
/// without lead time, horizon and releases.
///
/// # Errors
/// As of [`check`], without `BeyondHorizon`.
pub fn check_gap(office: &Office, wanted: &TimeWish, now: DateTime<Utc>) -> Result<Promise, Refusal> {
    promise(office, wanted, None, now, Grid::Free)
}

/// Who would be called sooner than that waits, and needs no time of their own.
const GAP_WORTH_FIXING_MINUTES: i64 = 10;

/// Whether a walk-in is offered the gap in which they are expected as a fixed time (TRN-06): far enough away to be worth it, of
/// a service that has bookings at all, and within its hours. Whether a desk is free then is decided when it is taken.
#[must_use]
pub fn offers_gap(office: &Office, visit: &Visit, gap: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    let Some(config) = &office.config else { return false };
    let &Visit { service, persons, cases, .. } = visit;
    let subject = Subject { service, channel: Channel::InPerson, persons, cases, audience: Audience::Internal };
    let Ok(offer) = Offer::new(office, config, &subject, now) else { return false };
    let day = LocalDay::new(config.zone, local_date(config.zone, gap));
    let is_worth_it = gap >= now + TimeDelta::minutes(GAP_WORTH_FIXING_MINUTES);
    is_worth_it && offer.check(&day, &Exception::of(config, &day), gap, Grid::Free).is_ok()
}

fn promise(
    office: &Office,
    wanted: &TimeWish,
    excluding: Option<BookingId>,
    now: DateTime<Utc>,
    grid: Grid,
) -> Result<Promise, Refusal> {
    let config = office.config.as_ref().ok_or(Refusal::NotConfigured)?;
    let TimeWish { service, channel, start, persons, cases, audience } = *wanted;
    let subject = Subject { service, channel, persons, cases, audience };
    let offer = Offer::new(office, config, &subject, now)?;
    let day = LocalDay::new(config.zone, local_date(config.zone, start));
    let exception = Exception::of(config, &day);
    offer.check(&day, &exception, start, grid)?;
    if let Audience::Agent(agent) = audience {
        Share { agent, minutes: offer.minutes, excluding, now }.is_open(office, config, &day, &exception)?;
    }
    let mut bench = DayBench::new(office, config, &subject, excluding, now);
    bench.lay(&day, &exception);
    match bench.fits(start.timestamp(), start.timestamp() + offer.seconds()) {
        TimeAnswer::Free => Ok(Promise { service, channel, start, minutes: offer.minutes, persons, cases, audience }),
        TimeAnswer::Taken { .. } => Err(Refusal::Taken),
    }
}

/// Whether a promise can be kept as it was given, on the office as it is without it: in open hours, with a desk for its whole
/// length, whatever grid, lead time, horizon or release say by now (FLD-15).
#[must_use]
pub fn can_be_kept(office: &Office, promise: &Promise, now: DateTime<Utc>) -> bool {
    let Some(config) = &office.config else { return false };
    let Promise { service, channel, start, persons, cases, .. } = *promise;
    let subject = Subject { service, channel, persons, cases, audience: Audience::Internal };
    let Ok(mut offer) = Offer::new(office, config, &subject, now) else { return false };
    // As long as it was promised, whatever the service takes by now.
    offer.minutes = promise.minutes;
    let day = LocalDay::new(config.zone, local_date(config.zone, start));
    let exception = Exception::of(config, &day);
    if !offer.is_open(&day, &exception, start) {
        return false;
    }
    let mut bench = DayBench::new(office, config, &subject, None, now);
    bench.lay(&day, &exception);
    matches!(bench.fits(start.timestamp(), start.timestamp() + offer.seconds()), TimeAnswer::Free)
}

/// Whether two configurations have the same hours and the same desks there on a day.
#[must_use]
pub fn is_alike(one: &OfficeConfig, other: &OfficeConfig, date: NaiveDate) -> bool {
    let shifts = |config: &OfficeConfig| -> Vec<_> {
        let day = LocalDay::new(config.zone, date);
        let exception = Exception::of(config, &day);
        config.desks.keys().map(|desk| (*desk, shift_spans(config, &day, &exception, *desk))).collect()
    };
    let hours = |config| crate::calendar::day(config, date);
    let (was, is) = (hours(one), hours(other));
    (was.serving, was.telephone) == (is.serving, is.telephone) && shifts(one) == shifts(other)
}

/// Where the days of one question are worked out, one after another.
struct DayBench<'a> {
    office: &'a Office,
    subject: Subject,
    excluding: Option<BookingId>,
    now: DateTime<Utc>,
    roster: Roster<'a>,
    /// What the roster says of every day.
    alike: Vec<roster::RosterDesks>,
    there: DayRoster,
    demands: Vec<Demand>,
    plan: DayPlan,
    /// Times given up that are not offered to this audience yet, as if they were still taken, and until when.
    cooling: Vec<(Claim, DateTime<Utc>)>,
    /// Until then the day that is laid stays so, if nothing happens: then a hold lapses, or a time has cooled.
    holds_until: DateTime<Utc>,
}

impl<'a> DayBench<'a> {
    fn new(
        office: &'a Office,
        config: &'a OfficeConfig,
        subject: &Subject,
        excluding: Option<BookingId>,
        now: DateTime<Utc>,
    ) -> Self {
        let today = local_date(config.zone, now);
        let cools = |cooling: &&Cooling| {
            subject.audience.is_public()
                && now < cooling.until
                && Some(cooling.booking) != excluding
                && local_date(config.zone, cooling.start) != today
        };
        let cooling = office.cooling.iter().filter(cools).map(|cooling| (claim_of(office, cooling), cooling.until));
        let cooling = cooling.collect();
        let roster = Roster::new(office, config, subject.service);
        Self {
            office,
            subject: *subject,
            excluding,
            now,
            alike: roster.alike(),
            roster,
            there: DayRoster::default(),
            demands: Vec::new(),
            plan: DayPlan::default(),
            cooling,
            holds_until: DateTime::<Utc>::MAX_UTC,
        }
    }

    /// The starts of a day's grid at which a time is free, and until when that is so if nothing happens.
    fn free_starts(
        &mut self,
        offer: &Offer<'_>,
        hours: &offer::DayOffer,
        day: &LocalDay,
        exception: &Exception,
    ) -> DayAnswer {
        self.lay(day, exception);
        let mut free = Vec::new();
        // While `until` lies ahead, times of the desks in `full` are known to be taken.
        let (mut until, mut full) = (i64::MIN, 0);
        for start in offer.grid(hours).filter(|_| !self.there.is_empty()) {
            let to = start + offer.seconds();
            let desks = self.there.throughout(self.roster.serving(offer.service()), self.subject.audience, start, to);
            if start < until && desks & !full == 0 {
                continue;
            }
            match self.plan.fits_next(&Demand { from: start, to, desks }) {
                TimeAnswer::Free => free.push(start),
                TimeAnswer::Taken { until: end, desks } => (until, full) = (end, desks),
            }
        }
        DayAnswer { from: self.now, until: self.holds_until, starts: Starts::new(&free, offer.step()) }
    }

    /// Puts the bookings of a day to desks.
    fn lay(&mut self, day: &LocalDay, exception: &Exception) {
        self.roster.on(day, exception, &mut self.there);
        self.demands.clear();
        self.holds_until = DateTime::<Utc>::MAX_UTC;
        let from = Claim::first_from(day.from);
        for claim in self.office.bookings_by_start.range(from..) {
            if claim.start >= day.to {
                break;
            }
            let lapsed = claim.expires_at.is_some_and(|expires_at| expires_at <= self.now);
            if !lapsed && Some(claim.booking) != self.excluding {
                self.holds_until = claim.expires_at.map_or(self.holds_until, |until| self.holds_until.min(until));
                self.demands.extend(demand_of(&self.roster, &self.there, claim));
            }
        }
        let before = self.demands.len();
        for (claim, until) in self.cooling.iter().filter(|(claim, _)| day.from <= claim.start && claim.start < day.to) {
            self.holds_until = self.holds_until.min(*until);
            self.demands.extend(demand_of(&self.roster, &self.there, claim));
        }
        if self.demands.len() > before {
            self.demands.sort_by_key(|demand| demand.from);
        }
        let (alike, there) = (&self.alike, &self.there);
        self.plan.lay(&self.demands, self.roster.len(), |classes| {
            classes.extend_from_slice(alike);
            there.split(classes);
        });
    }

    fn fits(&mut self, from: i64, to: i64) -> TimeAnswer {
        let desks = self.there.throughout(self.roster.serving(self.subject.service), self.subject.audience, from, to);
        self.plan.fits(&Demand { from, to, desks })
    }
}

/// An instant in the middle of a day, also in unix seconds: on one date with most times of the day, so that they are
/// reckoned from it without a look at the calendar.
fn noon_of(day: &LocalDay) -> (DateTime<Utc>, i64) {
    let noon = day.from + (day.to - day.from) / 2;
    (noon, noon.timestamp())
}

/// What a booking takes up; `None` if no desk that matters could take it.
fn demand_of(roster: &Roster<'_>, there: &DayRoster, claim: &Claim) -> Option<Demand> {
    let serving = roster.serving(claim.service);
    if serving == 0 {
        return None;
    }
    let from = claim.start.timestamp();
    let to = from + i64::from(claim.minutes) * 60;
    let mut desks = there.throughout(serving, claim.audience, from, to);
    if desks == 0 {
        desks = there.sometime(serving, from, to);
    }
    (desks != 0 && from < to).then_some(Demand { from, to, desks })
}

/// A time given up, as if it were still taken by the audience that had it.
fn claim_of(office: &Office, cooling: &Cooling) -> Claim {
    let promise = office.bookings.get(&cooling.booking).map(|booking| &booking.promise);
    Claim {
        start: cooling.start,
        booking: cooling.booking,
        minutes: cooling.minutes,
        service: cooling.service,
        channel: promise.map_or(Channel::InPerson, |promise| promise.channel),
        audience: promise.map_or(Audience::Public, |promise| promise.audience),
        expires_at: None,
    }
}

impl Claim {
    /// Not after any claim that starts at an instant or later.
    const fn first_from(start: DateTime<Utc>) -> Self {
        Self {
            start,
            booking: BookingId(0),
            minutes: 0,
            service: ServiceId(0),
            channel: Channel::InPerson,
            audience: Audience::Public,
            expires_at: None,
        }
    }
}
