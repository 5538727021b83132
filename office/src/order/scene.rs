//! What the order of calls is decided on: the open desks, those who wait, and those who are expected, in plain numbers.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveTime, Utc};

use crate::{
    BookingId, Channel, DeskId, DeskState, FillerKind, Office, OfficeConfig, OpenDesk, OrderMode, Origin, Rank, Rules,
    ServiceId, SuspensionScope, TicketNumber, Visit, VisitId, VisitState, civil,
};

/// Microseconds since the epoch; instants in a scene are compared and added millions of times a day.
pub(crate) type Micros = i64;

/// So many microseconds are a minute.
pub(crate) const MINUTE: Micros = 60_000_000;

/// A desk that overruns is taken to need at least so much longer.
const OVERRUN_LEAST_MINUTES: i64 = 2;

/// A desk that overruns is taken to need this share of its plan longer.
const OVERRUN_PERCENT: i64 = 20;

/// A set of open desks: one bit for each, by its place in [`Scene::desks`].
pub(crate) type Desks = u64;

/// More open desks than this are not looked at; the largest Greek service centre has about forty.
const DESKS_MAX: usize = Desks::BITS as usize;

/// No end known.
pub(crate) const NEVER: Micros = Micros::MAX;

/// The office's written numbers, in microseconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbers {
    pub(crate) wait_max: Micros,
    pub(crate) early_call: Micros,
    pub(crate) head_start: Micros,
    pub(crate) in_a_row_max: u8,
    pub(crate) overtaken_max: u8,
    pub(crate) preference_window: Micros,
    pub(crate) late_in_gaps: bool,
    pub(crate) end_of_day_in_gaps: bool,
    pub(crate) overtime: Micros,
    pub(crate) mode: OrderMode,
    pub(crate) shorter_may_pass: bool,
}

impl Numbers {
    fn of(rules: &Rules) -> Self {
        let minutes = |count: u16| i64::from(count) * MINUTE;
        Self {
            wait_max: minutes(rules.wait_max_minutes),
            early_call: minutes(rules.early_call_minutes),
            head_start: minutes(rules.priority_head_start_minutes),
            in_a_row_max: rules.priority_in_a_row_max,
            overtaken_max: rules.overtaken_max,
            preference_window: minutes(rules.preference_window_minutes),
            late_in_gaps: rules.late_in_gaps,
            end_of_day_in_gaps: rules.end_of_day_in_gaps,
            overtime: minutes(rules.overtime_minutes),
            mode: rules.order,
            shorter_may_pass: rules.shorter_may_pass,
        }
    }
}

/// A desk that is open, on a break, or suspended, which is a break that the office has ordered (FLD-30).
#[derive(Debug, Clone)]
pub(crate) struct DeskView<'a> {
    pub(crate) id: DeskId,
    /// In order of preference (FLD-01).
    pub(crate) services: &'a [ServiceId],
    /// When it is free by plan; `None` on a break, or suspended, without a stated end ahead.
    pub(crate) free: Option<Micros>,
    /// When it is there again, whoever it holds; `None` without a stated end ahead.
    pub(crate) back: Option<Micros>,
    /// Since when it has been idle, if it is.
    pub(crate) idle_since: Option<Micros>,
    /// Everything must end by then: the clerk's end and the overtime (TRN-14).
    pub(crate) ends: Micros,
    pub(crate) priority_in_a_row: u8,
}

/// Somebody who waits to be called.
#[derive(Debug, Clone)]
pub(crate) struct Waiter {
    pub(crate) id: VisitId,
    pub(crate) number: TicketNumber,
    pub(crate) service: ServiceId,
    pub(crate) rank: Rank,
    pub(crate) arrived: Micros,
    /// Where they stand among the others: arrival, or the return of somebody who came back too late.
    pub(crate) queued_from: Micros,
    /// When this wait began.
    pub(crate) since: Micros,
    /// From then on they rank as if booked for that instant.
    pub(crate) limit_at: Micros,
    pub(crate) length: Micros,
    pub(crate) priority: bool,
    pub(crate) overtaken: u8,
    /// Called by telephone or teleconference (OMB-20).
    pub(crate) remote: bool,
    /// Came with a booking, whatever they rank as now.
    pub(crate) came_booked: bool,
    /// Not to be called before their booked time, by their own wish.
    pub(crate) not_before_time: bool,
    /// The desks that may call them.
    pub(crate) desks: Desks,
    /// The desk that interrupted them, which goes on if it can (TRN-13).
    pub(crate) own_desk: Option<usize>,
}

/// An office at an instant, as far as the order of calls depends on it.
#[derive(Debug, Clone)]
pub(crate) struct Scene<'a> {
    pub(crate) now: Micros,
    pub(crate) numbers: Numbers,
    /// By number.
    pub(crate) desks: Vec<DeskView<'a>>,
    /// By number.
    pub(crate) waiting: Vec<Waiter>,
    /// For each desk, the last booked time of the day that it may have to keep, whether its holder is here or not.
    pub(crate) last_booked: Vec<Option<Micros>>,
    /// Who is about to be here, and is expected no more.
    pub(crate) arriving: Option<BookingId>,
    /// When the local day ends.
    pub(crate) midnight: Micros,
    /// The services of which nobody is called, and until when: [`NEVER`] until further notice (FLD-30).
    pub(crate) suspended: Vec<(ServiceId, Micros)>,
}

/// The instant in microseconds; one beyond the years that can be said, which old journals may hold, as the nearest.
pub(crate) fn micros(at: DateTime<Utc>) -> Micros {
    civil::within(at).timestamp_micros()
}

/// The instant as everybody else writes it.
pub(crate) fn instant(at: Micros) -> DateTime<Utc> {
    civil::within(DateTime::from_timestamp_micros(at).unwrap_or(DateTime::<Utc>::MAX_UTC))
}

/// The planned length of what is left of a visit that is interrupted after so many minutes (TRN-13): at least five.
#[must_use]
pub const fn interrupted_left_minutes(planned_minutes: u16, served_minutes: u16) -> u16 {
    match planned_minutes.saturating_sub(served_minutes) {
        0..5 => 5,
        left => left,
    }
}

impl<'a> Scene<'a> {
    /// Takes a desk as free now, since it asks.
    pub(crate) fn let_ask(&mut self, place: usize) {
        let desk = &mut self.desks[place];
        desk.free = Some(self.now);
        desk.back = Some(self.now);
        desk.idle_since = Some(desk.idle_since.unwrap_or(self.now));
    }

    /// The scene of an office at `now`; `None` while the office is not set up.
    pub(crate) fn of(office: &'a Office, now: DateTime<Utc>) -> Option<Self> {
        Self::with_arrival(office, None, now)
    }

    /// The same as if a visit were already there that is about to begin.
    pub(crate) fn with_arrival(office: &'a Office, arrival: Option<&Visit>, now: DateTime<Utc>) -> Option<Self> {
        let config = office.config.as_ref()?;
        let numbers = Numbers::of(&config.rules);
        let mut scene = Scene {
            now: micros(now),
            numbers,
            desks: Vec::new(),
            waiting: Vec::new(),
            last_booked: Vec::new(),
            arriving: arrival.and_then(|visit| visit.origin.booking()),
            midnight: micros(next_midnight(config, now)),
            suspended: suspended_services(office),
        };
        for (&id, open) in office.desks.iter().take(DESKS_MAX) {
            if let Some(desk) = config.desks.get(&id) {
                scene.desks.push(scene.desk_view(office, config, id, &desk.services, open, now));
            }
        }
        let served = scene.desks_by_service();
        scene.take_in_waiting(office, arrival, &served);
        scene.take_in_last_bookings(office, &served, now);
        Some(scene)
    }

    /// The place of an open desk.
    pub(crate) fn place(&self, desk: DeskId) -> Option<usize> {
        self.desks.iter().position(|view| view.id == desk)
    }

    /// All desks that are free at a known time.
    pub(crate) fn known_desks(&self) -> Desks {
        let known = self.desks.iter().enumerate().filter(|(_, desk)| desk.free.is_some());
        known.fold(0, |desks, (place, _)| desks | 1 << place)
    }

    /// Which of the open desks serve a service.
    pub(crate) fn desks_serving(&self, service: ServiceId) -> Desks {
        let serving = self.desks.iter().enumerate().filter(|(_, desk)| desk.services.contains(&service));
        serving.fold(0, |desks, (place, _)| desks | 1 << place)
    }

    /// Which of the open desks serve each service.
    fn desks_by_service(&self) -> BTreeMap<ServiceId, Desks> {
        let mut served: BTreeMap<ServiceId, Desks> = BTreeMap::new();
        for (place, desk) in self.desks.iter().enumerate() {
            for &service in desk.services {
                *served.entry(service).or_default() |= 1 << place;
            }
        }
        served
    }

    fn desk_view(
        &self,
        office: &Office,
        config: &OfficeConfig,
        id: DeskId,
        services: &'a [ServiceId],
        open: &OpenDesk,
        now: DateTime<Utc>,
    ) -> DeskView<'a> {
        let held = open.holds.and_then(|visit| office.visits.get(&visit));
        let back = match open.state {
            DeskState::Open => Some(self.now),
            DeskState::Break { until, .. } => until.map(micros).filter(|&until| until > self.now),
        };
        let suspension = office.suspension(SuspensionScope::Desk(id), now);
        let back = match suspension {
            Some(suspension) => back.zip(suspension.until.map(micros)).map(|(back, until)| back.max(until)),
            None => back,
        };
        let free = back.map(|back| held.map_or(back, |visit| back.max(self.reckoned_end(visit))));
        let idle = held.is_none() && open.state == DeskState::Open && suspension.is_none();
        DeskView {
            id,
            services,
            free,
            back,
            idle_since: idle.then(|| micros(open.acted_at)),
            ends: desk_end(config, open, now).map_or(NEVER, |end| micros(end) + self.numbers.overtime),
            priority_in_a_row: open.priority_in_a_row,
        }
    }

    /// When a desk is taken to be done with the visit that it holds.
    fn reckoned_end(&self, visit: &Visit) -> Micros {
        let planned = i64::from(visit.planned_minutes) * MINUTE;
        let from = visit.state.in_hand().map_or(self.now, |(since, _)| micros(since));
        let end = from + planned;
        if end > self.now {
            return end;
        }
        self.now + (OVERRUN_LEAST_MINUTES * MINUTE).max(planned * OVERRUN_PERCENT / 100)
    }

    fn take_in_waiting(&mut self, office: &Office, arrival: Option<&Visit>, served: &BTreeMap<ServiceId, Desks>) {
        // Most of those who are over came before the first who is not: a walk from there beats looking each one up.
        let first = office.open_visits.first().copied();
        let here = first.into_iter().flat_map(|first| office.visits.range(first..)).map(|(_, visit)| visit);
        for visit in here.chain(arrival) {
            let (since, bound_to, own_desk) = match visit.state {
                VisitState::Waiting { since, desk } => (since, desk, None),
                VisitState::Interrupted { desk, since, same_desk } => (since, same_desk.then_some(desk), Some(desk)),
                VisitState::Called { .. }
                | VisitState::Serving { .. }
                | VisitState::Parked { .. }
                | VisitState::NoShow { .. }
                | VisitState::Left { .. }
                | VisitState::Finished { .. }
                | VisitState::Unserved { .. } => continue,
            };
            // A desk that has closed binds nobody (FLD-02); one that is suspended keeps its people.
            let bound_to = bound_to.filter(|desk| office.desks.contains_key(desk));
            let desks = match bound_to {
                Some(desk) => self.place(desk).map_or(0, |place| 1 << place),
                None => served.get(&visit.service).copied().unwrap_or_default(),
            };
            let arrived = micros(visit.arrived_at);
            let since = micros(since);
            let waits_from = match visit.rank {
                Rank::Filler { kind: FillerKind::Interrupted | FillerKind::Returned } => since,
                _ if own_desk.is_some() => since,
                Rank::Booked { .. } | Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => arrived,
            };
            let queued_from = match visit.rank {
                Rank::Filler { kind: FillerKind::Returned } => since,
                Rank::Booked { .. } | Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => arrived,
            };
            let channel = match visit.origin {
                Origin::Booked { channel, .. } => Some(channel),
                Origin::WalkIn | Origin::Direct | Origin::Outage => None,
            };
            self.waiting.push(Waiter {
                id: visit.id,
                number: visit.number,
                service: visit.service,
                rank: visit.rank,
                arrived,
                queued_from,
                since,
                limit_at: waits_from + self.numbers.wait_max,
                length: i64::from(visit.planned_minutes) * MINUTE,
                priority: visit.priority,
                overtaken: visit.overtaken,
                remote: channel.is_some_and(|channel| channel != Channel::InPerson),
                came_booked: channel.is_some(),
                not_before_time: visit.may_come_early == Some(false),
                desks,
                own_desk: own_desk.and_then(|desk| self.place(desk)).filter(|&place| desks & (1 << place) != 0),
            });
        }
    }

    /// Only those who are served after the last booking need to know when it is.
    fn take_in_last_bookings(&mut self, office: &Office, served: &BTreeMap<ServiceId, Desks>, now: DateTime<Utc>) {
        let mut last_booked = self.last_booked_of_waiting();
        let asked = self.waiting.iter().filter(|waiter| waiter.came_late());
        let mut wanted = asked.fold(0, |desks, waiter| desks | waiter.desks);
        // The end lies after now: the next midnight is always to come.
        let ahead = office.expected.range((now, BookingId(u64::MAX))..(instant(self.midnight), BookingId(0)));
        for booking in ahead.rev().filter_map(|(_, id)| office.bookings.get(id)) {
            if wanted == 0 {
                break;
            }
            let (service, start) = (booking.promise.service, micros(booking.promise.start));
            // While their service is suspended nobody calls them; who is here is expected no more.
            if self.suspends(service, start) || self.arriving == Some(booking.id) {
                continue;
            }
            let desks = served.get(&service).copied().unwrap_or_default();
            for (_, last) in last_booked.iter_mut().enumerate().filter(|(place, _)| desks & (1 << place) != 0) {
                *last = (*last).max(Some(start));
            }
            wanted &= !desks;
        }
        self.last_booked = last_booked;
    }

    /// Whether nobody of a service is called at an instant (FLD-30): places are kept.
    pub(crate) fn suspends(&self, service: ServiceId, at: Micros) -> bool {
        self.suspended.iter().any(|&(one, until)| one == service && at < until)
    }

    /// For each desk, the last booked time among those who are here.
    fn last_booked_of_waiting(&self) -> Vec<Option<Micros>> {
        let of_desk = |place: usize| {
            let mine = self.waiting.iter().filter(|waiter| waiter.desks & (1 << place) != 0);
            let called = mine.filter(|waiter| !self.suspends(waiter.service, self.now));
            called
                .filter_map(|waiter| match waiter.rank {
                    Rank::Booked { start } => Some(micros(start)),
                    Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => None,
                })
                .max()
        };
        (0..self.desks.len()).map(of_desk).collect()
    }

    /// Whether somebody is served only after the last booking: late or end of day, unless the office lets them into
    /// the gaps (TRN-05).
    pub(crate) const fn waits_for_last_booking(&self, waiter: &Waiter) -> bool {
        match waiter.rank {
            Rank::EndOfDay => !self.numbers.end_of_day_in_gaps,
            Rank::Filler { kind: FillerKind::Late } => !self.numbers.late_in_gaps,
            Rank::Filler {
                kind: FillerKind::WalkIn | FillerKind::Transferred | FillerKind::Interrupted | FillerKind::Returned,
            }
            | Rank::Booked { .. }
            | Rank::FirstInLine => false,
        }
    }
}

/// The services that are suspended, and until when.
fn suspended_services(office: &Office) -> Vec<(ServiceId, Micros)> {
    let services = office.suspensions.iter().filter_map(|suspension| match suspension.scope {
        SuspensionScope::Service(service) => Some((service, suspension.until.map_or(NEVER, micros))),
        SuspensionScope::Desk(_) | SuspensionScope::Tickets => None,
    });
    services.collect()
}

/// The end of the clerk's hours at an open desk, as stated at opening, else of the office's serving hours (TRN-14). `None`
/// where neither says.
pub(crate) fn desk_end(config: &OfficeConfig, open: &OpenDesk, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    open.until.or_else(|| crate::calendar::serving_until(config, now))
}

/// The first instant of the next local day.
pub(crate) fn next_midnight(config: &OfficeConfig, now: DateTime<Utc>) -> DateTime<Utc> {
    let tomorrow = crate::calendar::local_date(config.zone, now).succ_opt();
    tomorrow.map_or(DateTime::<Utc>::MAX_UTC, |day| {
        crate::calendar::instant_from(config.zone, day.and_time(NaiveTime::MIN))
    })
}
