//! Which times a service offers on a day, before anybody has taken one: hours, grid, lead time, horizon, releases.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::question::{Subject, planned_minutes};
use crate::calendar::{Exception, HoursKind, LocalDay, Span, hours_on, less, local_date};
use crate::{Audience, BookingNeed, Channel, Office, OfficeConfig, Refusal, Release, Service, ServiceId};

/// What is asked for: a service in a channel, for so long, by an audience, at a moment.
pub(super) struct Offer<'a> {
    office: &'a Office,
    config: &'a OfficeConfig,
    id: ServiceId,
    service: &'a Service,
    audience: Audience,
    /// Whose hours the channel has.
    hours: HoursKind,
    now: DateTime<Utc>,
    /// The local date of `now`.
    today: NaiveDate,
    /// Planned length.
    pub minutes: u16,
}

/// The starts of one day, and the stretches within which a time must lie.
pub(super) struct DayOffer {
    /// From here the grid is counted: the first weekly opening of the day, whatever closures it has.
    origin: i64,
    /// Open in this channel, in unix seconds.
    open: Vec<(i64, i64)>,
    /// Local days from today to the day.
    days_ahead: i64,
}

impl<'a> Offer<'a> {
    /// # Errors
    /// `UnknownService`, `BadCount`, and `NotOffered` where the service has no bookings, or not in this channel.
    pub fn new(
        office: &'a Office,
        config: &'a OfficeConfig,
        subject: &Subject,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let service = config.services.get(&subject.service).ok_or(Refusal::UnknownService)?;
        if service.booking == BookingNeed::NotOffered || !service.channels.contains(&subject.channel) {
            return Err(Refusal::NotOffered);
        }
        let hours = match subject.channel {
            Channel::Telephone | Channel::Teleconference => HoursKind::Telephone,
            Channel::InPerson => HoursKind::Serving,
        };
        let minutes = planned_minutes(service, subject.persons, subject.cases).ok_or(Refusal::BadCount)?;
        let own = hours.own(config);
        let usual = if own.is_empty() { &config.hours.serving } else { own };
        let others = config.calendar.hours_changes.iter().flat_map(|change| &change.spans);
        let longest = usual.iter().chain(others).map(|span| span.to - span.from).max();
        if longest.is_some_and(|longest| longest < TimeDelta::minutes(i64::from(minutes))) {
            return Err(Refusal::BadCount);
        }
        let today = local_date(config.zone, now);
        Ok(Self {
            office,
            config,
            id: subject.service,
            service,
            audience: subject.audience,
            hours,
            now,
            today,
            minutes,
        })
    }

    /// The service whose times are offered.
    pub const fn service(&self) -> ServiceId {
        self.id
    }

    /// Planned length in seconds.
    pub fn seconds(&self) -> i64 {
        i64::from(self.minutes) * 60
    }

    /// The first local day that can hold a time.
    pub const fn today(&self) -> NaiveDate {
        self.today
    }

    /// The hours of a day; `None` if it has none in this channel.
    pub fn on(&self, day: &LocalDay, exception: &Exception) -> Option<DayOffer> {
        let spans = hours_on(self.config, day, self.hours);
        let origin = spans.first()?.0.timestamp();
        let open = less(spans, exception, true);
        if open.is_empty() {
            return None;
        }
        let seconds = |span: &Span| (span.0.timestamp(), span.1.timestamp());
        let days_ahead = (day.date - self.today).num_days();
        Some(DayOffer { origin, open: open.iter().map(seconds).collect(), days_ahead })
    }

    /// The distance between starts.
    pub fn step(&self) -> i64 {
        i64::from(self.service.grid_minutes.max(1)) * 60
    }

    /// Every start of the day, whoever may have it when.
    pub fn grid<'b>(&'b self, day: &'b DayOffer) -> impl Iterator<Item = i64> + use<'b> {
        self.starts_from(day, i64::MIN)
    }

    /// Every start of the day that this audience may have by the written rule alone.
    pub fn starts<'b>(&'b self, day: &'b DayOffer, pots: &'b Pots) -> impl Iterator<Item = i64> + use<'b> {
        let from = if self.soon_enough(day).is_ok() { self.earliest() } else { i64::MAX };
        self.starts_from(day, from).filter(move |start| self.released(day, pots, *start) && !self.suspended(*start))
    }

    /// Every start of the day from an instant on.
    fn starts_from<'b>(&'b self, day: &'b DayOffer, earliest: i64) -> impl Iterator<Item = i64> + use<'b> {
        let (step, length) = (self.step(), self.seconds());
        day.open.iter().filter(move |(_, to)| earliest < *to).flat_map(move |&(from, to)| {
            let first = from.max(earliest);
            let first = day.origin
                + (first - day.origin).div_euclid(step) * step
                + if (first - day.origin).rem_euclid(step) == 0 { 0 } else { step };
            (0..).map(move |n| first + n * step).take_while(move |start| start + length <= to)
        })
    }

    /// The earliest instant at which a time may start.
    fn earliest(&self) -> i64 {
        let lead = if self.audience.is_public() { i64::from(self.service.lead_minutes) * 60 } else { 0 };
        let now = self.now.timestamp() + i64::from(self.now.timestamp_subsec_nanos() > 0);
        now + lead
    }

    /// # Errors
    /// `BeyondHorizon`; staff are bound by none.
    fn soon_enough(&self, day: &DayOffer) -> Result<(), Refusal> {
        let bound = self.audience.is_public();
        if bound && day.days_ahead > i64::from(self.service.horizon_days) {
            return Err(Refusal::BeyondHorizon);
        }
        Ok(())
    }

    /// Whether the pot of a start has been released (FLD-16); staff need not wait for it.
    fn released(&self, day: &DayOffer, pots: &Pots, start: i64) -> bool {
        let index = (start - day.origin).div_euclid(self.step());
        !self.audience.is_public() || pots.days_ahead(index).is_none_or(|days| day.days_ahead <= days)
    }

    /// Whether the service is suspended at some instant of a time (FLD-30).
    fn suspended(&self, start: i64) -> bool {
        self.suspended_until(start).is_some()
    }

    /// The end of the suspension that a time meets; the inner `None` is "until further notice".
    fn suspended_until(&self, start: i64) -> Option<Option<DateTime<Utc>>> {
        let scope = crate::SuspensionScope::Service(self.id);
        let met = self.office.suspensions.iter().find(|suspension| {
            suspension.scope == scope
                && suspension.since.timestamp() < start + self.seconds()
                && suspension.until.is_none_or(|until| start < until.timestamp())
        });
        met.map(|suspension| suspension.until)
    }

    /// Whether one time is offered.
    ///
    /// # Errors
    /// `TooSoon`, `BeyondHorizon`, `Suspended`, `NotOffered`.
    pub fn check(
        &self,
        day: &LocalDay,
        exception: &Exception,
        start: DateTime<Utc>,
        grid: Grid,
    ) -> Result<(), Refusal> {
        let at = start.timestamp();
        if start < self.now || (grid == Grid::Kept && at < self.earliest()) {
            return Err(Refusal::TooSoon);
        }
        let Some(offer) = self.on(day, exception) else { return Err(Refusal::NotOffered) };
        if grid == Grid::Kept {
            self.soon_enough(&offer)?;
        }
        if let Some(until) = self.suspended_until(at) {
            return Err(Refusal::Suspended { until });
        }
        let open = offer.open.iter().any(|&(from, to)| from <= at && at + self.seconds() <= to);
        let on_grid = (at - offer.origin) % self.step() == 0 && start.timestamp_subsec_nanos() == 0;
        let may_start = grid == Grid::Free || (on_grid && self.released(&offer, &self.pots(), at));
        if open && may_start { Ok(()) } else { Err(Refusal::NotOffered) }
    }

    /// Whether a time lies within the open hours of its day.
    pub fn is_open(&self, day: &LocalDay, exception: &Exception, start: DateTime<Utc>) -> bool {
        let at = start.timestamp();
        let is_within = |offer: DayOffer| offer.open.iter().any(|&(from, to)| from <= at && at + self.seconds() <= to);
        self.on(day, exception).is_some_and(is_within)
    }

    /// The pots of the service.
    pub fn pots(&self) -> Pots {
        Pots::new(&self.service.releases)
    }
}

/// Whether a time must be one of the service's starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Grid {
    /// One of them, with lead time, horizon and release.
    Kept,
    /// Any instant: a walk-in takes a gap (TRN-06).
    Free,
}

/// Staged release (FLD-16): each start of a day belongs to a pot, and the pots are spread evenly over the day.
///
/// Start number n goes to the pot that is furthest behind its share of the first n + 1 starts; of equals, to the one
/// that is released first. So of every run of starts from the opening on each pot has its share, to within one start,
/// and everybody can work it out. A start keeps its pot whatever closures the day has.
pub(super) struct Pots {
    /// Days ahead, by number of the start, and again from the first after the last.
    cycle: Vec<i64>,
}

impl Pots {
    fn new(releases: &[Release]) -> Self {
        let total: i64 = releases.iter().map(|release| i64::from(release.percent)).sum();
        let mut pots: Vec<(i64, i64, i64)> =
            releases.iter().map(|release| (i64::from(release.days_ahead), i64::from(release.percent), 0)).collect();
        pots.sort_unstable_by_key(|pot| std::cmp::Reverse(pot.0));
        let mut cycle = Vec::new();
        // After `total` starts every pot has exactly its share, and it all begins again.
        for n in 1..=total {
            let behind = |pot: &(i64, i64, i64)| pot.1 * n - pot.2 * total;
            let mut next = 0;
            for at in 1..pots.len() {
                if behind(&pots[at]) > behind(&pots[next]) {
                    next = at;
                }
            }
            pots[next].2 += 1;
            cycle.push(pots[next].0);
        }
        Self { cycle }
    }

    /// From how many days ahead a start can be booked; `None` if releases are not staged.
    fn days_ahead(&self, index: i64) -> Option<i64> {
        let length = i64::try_from(self.cycle.len()).ok().filter(|length| *length > 0)?;
        self.cycle.get(usize::try_from(index.rem_euclid(length)).ok()?).copied()
    }
}
