//! The figures of many days, counted: over all, and by hour, weekday, service, desk and way of coming.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use office::{DeskId, ServiceId};

use crate::{
    day::{DayFacts, DeskFact},
    fact::{ArrivalWay, BookedBy, BookingFact, BookingFate, VisitEnd, VisitFact},
    overtaken::{PassedCount, PassedFor},
    spread::Spread,
};

/// Which visits and bookings are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FigureChoice {
    /// Those of one service; all, if unset.
    pub service: Option<ServiceId>,
    /// Those who came in one way; everybody, if unset. Bookings are counted whatever is chosen here.
    pub way_in: Option<ArrivalWay>,
}

impl FigureChoice {
    fn has_visit(&self, visit: &VisitFact) -> bool {
        self.service.is_none_or(|service| service == visit.service) && self.way_in.is_none_or(|way| way == visit.way_in)
    }

    fn has_booking(&self, booking: &BookingFact) -> bool {
        self.service.is_none_or(|service| service == booking.service)
    }
}

/// The figures of many days.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OfficeFigures {
    /// So many days, on which somebody came or was booked or a desk was planned.
    pub days: u32,
    /// All visits.
    pub all: VisitGroup,
    /// By the local hour in which they came.
    pub by_hour: BTreeMap<u16, VisitGroup>,
    /// By weekday: 0 is Monday.
    pub by_weekday: BTreeMap<u8, VisitGroup>,
    /// By what they came for at last.
    pub by_service: BTreeMap<ServiceId, VisitGroup>,
    /// By the desk that served them last.
    pub by_desk: BTreeMap<DeskId, VisitGroup>,
    /// By how they came.
    pub by_way_in: BTreeMap<ArrivalWay, VisitGroup>,
    /// Everything that was promised for these days.
    pub bookings: BookingGroup,
    /// The same by what was promised.
    pub bookings_by_service: BTreeMap<ServiceId, BookingGroup>,
    /// The desks' time in all.
    pub time: DeskTime,
    /// The desks' time by weekday: 0 is Monday.
    pub time_by_weekday: BTreeMap<u8, DeskTime>,
    /// The desks' time by desk; what was booked is booked with no desk.
    pub time_by_desk: BTreeMap<DeskId, DeskTime>,
    /// For what people were passed over.
    pub overtakings: BTreeMap<PassedFor, PassedCount>,
}

/// How many visits of a group ended how, and how long their stretches were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VisitGroup {
    /// So many visits that are over.
    pub visits: u32,
    /// What was wanted was done.
    pub done: u32,
    /// It could not be done.
    pub not_possible: u32,
    /// Documents were missing.
    pub documents_missing: u32,
    /// Called, and did not appear.
    pub no_shows: u32,
    /// Left of their own accord.
    pub left: u32,
    /// Closing came first.
    pub unserved: u32,
    /// How often one of them was passed over.
    pub overtaken: u32,
    /// Seconds of waiting, of whoever waited and was called.
    pub wait: Option<Spread>,
    /// Seconds from calls to desks.
    pub way: Option<Spread>,
    /// Seconds of being served.
    pub service: Option<Spread>,
    /// Seconds behind the booked time, of who was booked and called.
    pub behind: Option<Spread>,
}

impl VisitGroup {
    /// Those who were served, whatever the outcome.
    #[must_use]
    pub const fn served(&self) -> u32 {
        self.done + self.not_possible + self.documents_missing
    }
}

/// What became of the bookings of a group.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BookingGroup {
    /// So many times were promised.
    pub booked: u32,
    /// What became of them.
    pub fates: BTreeMap<BookingFate, u32>,
    /// Who had booked.
    pub by: BTreeMap<BookedBy, u32>,
    /// So many had another time before.
    pub moved: u32,
    /// Minutes from the booking to its time.
    pub lead_minutes: Option<Spread>,
}

/// The time of desks, in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DeskTime {
    /// For so long they were rostered.
    pub planned: u64,
    /// For so long somebody sat at them.
    pub open: u64,
    /// Promised, of what was kept to the end.
    pub booked: u64,
    /// Spent on serving.
    pub used: u64,
}

impl DeskTime {
    fn add(&mut self, desk: &DeskFact) {
        self.planned += u64::from(desk.planned_seconds);
        self.open += u64::from(desk.open_seconds);
        self.used += u64::from(desk.used_seconds);
    }
}

/// The visits of one group while they are counted.
#[derive(Default)]
struct VisitCount {
    group: VisitGroup,
    wait: Vec<u32>,
    way: Vec<u32>,
    service: Vec<u32>,
    behind: Vec<u32>,
}

impl VisitCount {
    fn add(&mut self, visit: &VisitFact) {
        let group = &mut self.group;
        group.visits += 1;
        group.overtaken += u32::from(visit.overtaken);
        let ended = match visit.ended {
            VisitEnd::Done => &mut group.done,
            VisitEnd::NotPossible => &mut group.not_possible,
            VisitEnd::DocumentsMissing => &mut group.documents_missing,
            VisitEnd::NoShow => &mut group.no_shows,
            VisitEnd::Left => &mut group.left,
            VisitEnd::Unserved => &mut group.unserved,
        };
        *ended += 1;
        self.wait.extend(visit.wait_seconds);
        self.way.extend(visit.way_seconds);
        self.service.extend(visit.service_seconds);
        self.behind.extend(visit.behind_seconds);
    }

    fn group(mut self) -> VisitGroup {
        VisitGroup {
            wait: Spread::of(&mut self.wait),
            way: Spread::of(&mut self.way),
            service: Spread::of(&mut self.service),
            behind: Spread::of(&mut self.behind),
            ..self.group
        }
    }
}

/// The bookings of one group while they are counted.
#[derive(Default)]
struct BookingCount {
    group: BookingGroup,
    lead: Vec<u32>,
}

impl BookingCount {
    fn add(&mut self, booking: &BookingFact) {
        self.group.booked += 1;
        *self.group.fates.entry(booking.fate).or_default() += 1;
        *self.group.by.entry(booking.by).or_default() += 1;
        self.group.moved += u32::from(booking.moved);
        self.lead.extend(booking.lead_minutes);
    }

    fn group(mut self) -> BookingGroup {
        BookingGroup { lead_minutes: Spread::of(&mut self.lead), ..self.group }
    }
}

/// Visits by something that each of them has.
struct CountBy<K>(BTreeMap<K, VisitCount>);

impl<K: Copy + Ord> CountBy<K> {
    fn new() -> Self {
        Self(BTreeMap::new())
    }

    fn add(&mut self, key: K, visit: &VisitFact) {
        self.0.entry(key).or_default().add(visit);
    }

    fn groups(self) -> BTreeMap<K, VisitGroup> {
        self.0.into_iter().map(|(key, count)| (key, count.group())).collect()
    }
}

/// 0 is Monday.
fn weekday(date: NaiveDate) -> u8 {
    u8::try_from(date.weekday().num_days_from_monday()).unwrap_or_default()
}

impl OfficeFigures {
    /// Counts days.
    #[must_use]
    pub fn of<'a>(days: impl IntoIterator<Item = &'a DayFacts>, choice: &FigureChoice) -> Self {
        let mut all = VisitCount::default();
        let (mut by_hour, mut by_weekday, mut by_service) = (CountBy::new(), CountBy::new(), CountBy::new());
        let (mut by_desk, mut by_way_in) = (CountBy::new(), CountBy::new());
        let mut bookings = BookingCount::default();
        let mut bookings_by_service: BTreeMap<ServiceId, BookingCount> = BTreeMap::new();
        let mut figures = Self::default();
        for day in days {
            let weekday = weekday(day.date);
            figures.days += u32::from(!day.is_empty());
            for visit in day.visits.iter().filter(|visit| choice.has_visit(visit)) {
                all.add(visit);
                by_hour.add(visit.minute / 60, visit);
                by_weekday.add(weekday, visit);
                by_service.add(visit.service, visit);
                by_way_in.add(visit.way_in, visit);
                if let Some(desk) = visit.desk {
                    by_desk.add(desk, visit);
                }
            }
            for booking in day.bookings.iter().filter(|booking| choice.has_booking(booking)) {
                bookings.add(booking);
                bookings_by_service.entry(booking.service).or_default().add(booking);
            }
            figures.add_time(day, weekday);
            for (passed_for, count) in &day.overtakings {
                figures.overtakings.entry(*passed_for).or_default().add_all(*count);
            }
        }
        Self {
            all: all.group(),
            by_hour: by_hour.groups(),
            by_weekday: by_weekday.groups(),
            by_service: by_service.groups(),
            by_desk: by_desk.groups(),
            by_way_in: by_way_in.groups(),
            bookings: bookings.group(),
            bookings_by_service: bookings_by_service.into_iter().map(|(id, count)| (id, count.group())).collect(),
            ..figures
        }
    }

    /// The desks' time is that of the whole office, whatever was chosen.
    fn add_time(&mut self, day: &DayFacts, weekday: u8) {
        if day.desks.is_empty() && day.bookings.is_empty() {
            return;
        }
        let of_weekday = self.time_by_weekday.entry(weekday).or_default();
        for desk in &day.desks {
            self.time.add(desk);
            of_weekday.add(desk);
            self.time_by_desk.entry(desk.desk).or_default().add(desk);
        }
        let kept = day.bookings.iter().filter(|booking| booking.kept_time());
        let booked: u64 = kept.map(|booking| u64::from(booking.minutes) * 60).sum();
        self.time.booked += booked;
        of_weekday.booked += booked;
    }
}

impl DayFacts {
    /// Whether nobody came, nobody was booked and no desk was planned.
    fn is_empty(&self) -> bool {
        self.visits.is_empty() && self.bookings.is_empty() && self.desks.is_empty()
    }
}
