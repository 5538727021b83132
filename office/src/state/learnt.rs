//! What an office has learnt from its own days: how long things really take, who comes when, and how well it kept its word.
//!
//! All of it is a fold of the journal, in whole numbers, so that the same journal gives the same answer on every machine.
//! Nothing is learnt about a clerk or a citizen: a value is a length, a time of day or a count, and the name of nobody.

use std::collections::{BTreeMap, VecDeque};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::spread::{LearntSpread, USUAL_COME, USUAL_LATENESS, USUAL_LENGTHS, USUAL_WAY};
use crate::{ServiceId, ToldWait};

/// So many of the newest values are kept of each kind.
pub const VALUES_MAX: usize = 160;

/// What is older is forgotten.
const DAYS_MAX: i32 = 120;

/// A day that closes takes this share of every count with it: what is old fades.
const FADES: u32 = 16;

/// One count in the numbers that fade.
const ONE: u32 = 1_000;

/// What was seen leans on what is usual as if that had been seen so often.
const LEANS_ON: u64 = 12;

/// Who is called sooner than this found no queue.
const QUEUE_SECONDS: i64 = 60;

/// How well ranges held is said of so many at least.
const TOLD_LEAST: u32 = 50;

/// The half hours of a day.
const HALF_HOURS_A_DAY: u16 = 48;

/// The newest values of one kind, oldest first, each with the day of which it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RecentValues(VecDeque<(i32, i32)>);

impl RecentValues {
    /// The values, oldest first.
    pub fn values(&self) -> impl ExactSizeIterator<Item = i32> {
        self.0.iter().map(|&(_, value)| value)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was learnt yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value in the middle.
    #[must_use]
    pub fn median(&self) -> Option<i32> {
        let mut values: Vec<i32> = self.values().collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied()
    }

    fn add(&mut self, date: NaiveDate, value: i32) {
        while self.0.len() >= VALUES_MAX {
            self.0.pop_front();
        }
        self.0.push_back((date.num_days_from_ce(), value));
    }

    fn forget(&mut self, today: NaiveDate) {
        let oldest = today.num_days_from_ce() - DAYS_MAX;
        while self.0.front().is_some_and(|&(day, _)| day < oldest) {
            self.0.pop_front();
        }
    }
}

/// So many of so many, in thousandths, of which old ones count less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FadingShare {
    /// Of how many.
    pub of: u32,
    /// How many.
    pub are: u32,
}

impl FadingShare {
    fn add(&mut self, is: bool) {
        self.of = self.of.saturating_add(ONE);
        self.are = self.are.saturating_add(if is { ONE } else { 0 });
    }

    fn fade(&mut self) {
        self.of -= self.of / FADES;
        self.are -= self.are / FADES;
    }

    /// In a thousand, with so many of a thousand taken for granted as if they had been seen so often.
    #[must_use]
    pub fn in_a_thousand(self, usual: u32, as_if_seen: u32) -> u32 {
        let of = u64::from(self.of) + u64::from(as_if_seen) * u64::from(ONE);
        let are = u64::from(self.are) + u64::from(as_if_seen) * u64::from(usual);
        u32::try_from(are * 1_000 / of.max(1)).unwrap_or(1_000)
    }
}

/// How well what was told of waits has held, of those who found a queue. All numbers in thousandths; old ones count less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ToldWaits {
    /// So many ranges were told.
    pub told: u32,
    /// So many of them held.
    pub held: u32,
    /// By so many minutes in all the wait differed from the middle of the range.
    pub off_minutes: u32,
    /// So many minutes lay in all between their ends.
    pub wide_minutes: u32,
}

impl ToldWaits {
    fn add(&mut self, told: ToldWait, seconds: i64) {
        let minute = |minutes: u16| i64::from(minutes) * 60;
        let holds = (minute(told.from)..=minute(told.to)).contains(&seconds);
        let off = (seconds - (minute(told.from) + minute(told.to)) / 2).abs().min(minute(600));
        let thousandths = |seconds: i64| u32::try_from(seconds * i64::from(ONE) / 60).unwrap_or_default();
        self.told = self.told.saturating_add(ONE);
        self.held = self.held.saturating_add(if holds { ONE } else { 0 });
        self.off_minutes = self.off_minutes.saturating_add(thousandths(off));
        let wide = u32::from(told.to.saturating_sub(told.from)).min(600);
        self.wide_minutes = self.wide_minutes.saturating_add(wide * ONE);
    }

    fn fade(&mut self) {
        for count in [&mut self.told, &mut self.held, &mut self.off_minutes, &mut self.wide_minutes] {
            *count -= *count / FADES;
        }
    }

    /// Of a hundred ranges so many held; minutes by which the wait differed from their middle; minutes between their ends.
    /// `None` where few were told.
    #[must_use]
    pub fn of_a_hundred(self) -> Option<(u32, u32, u32)> {
        let mean = |sum: u32| (u64::from(sum) + u64::from(self.told) / 2) / u64::from(self.told);
        let small = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
        (self.told >= TOLD_LEAST * ONE).then(|| {
            let held = u64::from(self.held) * 100 / u64::from(self.told);
            (small(held), small(mean(self.off_minutes)), small(mean(self.wide_minutes)))
        })
    }
}

/// What an office has learnt.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Learnt {
    /// By service, how long serving really took, in thousandths of what was planned.
    pub lengths: BTreeMap<ServiceId, RecentValues>,
    /// From the call to the desk, in seconds.
    pub way: RecentValues,
    /// When the booked came, in seconds after their time; less than nothing is early.
    pub lateness: RecentValues,
    /// Of those who were booked, who came.
    pub came: FadingShare,
    /// Of those who were booked and here in time, who waited longer than three minutes.
    pub waited: FadingShare,
    /// People without a booking in a half hour of the week, in thousandths; the first is that of Monday's midnight.
    pub walk_ins: BTreeMap<u16, u32>,
    /// For which service they came, in thousandths.
    pub wanted: BTreeMap<ServiceId, u32>,
    /// How long those without a booking waited who came in a half hour of the week: of how many, and minutes in all.
    pub waits: BTreeMap<u16, FadingShare>,
    /// What the closed days say of lengths, by service.
    pub spreads: BTreeMap<ServiceId, LearntSpread>,
    /// What they say of the lengths of whatever service.
    pub any_service: Option<LearntSpread>,
    /// What they say of the way to the desk.
    pub ways: Option<LearntSpread>,
    /// What they say of when the booked come.
    pub latenesses: Option<LearntSpread>,
    /// How well what was told of waits has held.
    pub told: ToldWaits,
    /// Of the day that runs: people without a booking, by half hour.
    pub today: BTreeMap<u16, u16>,
}

impl Learnt {
    /// How long serving somebody took, in seconds, where so many minutes were planned. What can hardly be true is left
    /// out: a desk that stood open over lunch, a visit that ended with the press that began it.
    pub(crate) fn served(&mut self, service: ServiceId, date: NaiveDate, planned_minutes: u16, seconds: i64) {
        let planned = i64::from(planned_minutes) * 60;
        let Ok(ratio) = i32::try_from(seconds.saturating_mul(1_000) / planned.max(1)) else { return };
        let known = self.lengths.entry(service).or_default();
        // A plan may be wrong by much, and what was learnt by little.
        let most = match known.median().filter(|_| known.len() >= 20) {
            Some(median) => median.saturating_mul(5),
            None => 8_000,
        };
        if (20..=most).contains(&ratio) {
            known.add(date, ratio);
        }
        if known.is_empty() {
            self.lengths.remove(&service);
        }
    }

    /// Somebody came to the desk so many seconds after the call.
    pub(crate) fn walked(&mut self, date: NaiveDate, seconds: i64) {
        if let Some(seconds) = i32::try_from(seconds).ok().filter(|seconds| (0..=300).contains(seconds)) {
            self.way.add(date, seconds);
        }
    }

    /// Somebody booked came so many seconds after their time.
    pub(crate) fn arrived(&mut self, date: NaiveDate, seconds: i64) {
        self.came.add(true);
        if let Some(seconds) = i32::try_from(seconds).ok().filter(|seconds| (-7_200..=7_200).contains(seconds)) {
            self.lateness.add(date, seconds);
        }
    }

    /// Somebody booked did not come.
    pub(crate) fn missed(&mut self) {
        self.came.add(false);
    }

    /// Somebody booked who was here in time was called, so many seconds after their time.
    pub(crate) fn called_after(&mut self, seconds: i64) {
        self.waited.add(seconds > 180);
    }

    /// Somebody was called after so many seconds who had been told something of their wait. Who found no queue says nothing of
    /// how well waits are told.
    pub(crate) fn told_of(&mut self, told: ToldWait, seconds: i64) {
        if seconds >= QUEUE_SECONDS {
            self.told.add(told, seconds);
        }
    }

    /// Somebody without a booking came in a half hour of the day.
    pub(crate) fn walked_in(&mut self, service: ServiceId, half_hour: u16) {
        *self.today.entry(half_hour.min(HALF_HOURS_A_DAY - 1)).or_default() += 1;
        let wanted = self.wanted.entry(service).or_default();
        *wanted = wanted.saturating_add(ONE);
    }

    /// Somebody without a booking who had come in a half hour of the day was called after so many minutes.
    pub(crate) fn waited_for(&mut self, date: NaiveDate, half_hour: u16, minutes: i64) {
        let known = self.waits.entry(half_hour_of_week(date, half_hour)).or_default();
        let minutes = u32::try_from(minutes.clamp(0, 600)).unwrap_or_default();
        known.of = known.of.saturating_add(ONE);
        known.are = known.are.saturating_add(minutes * ONE);
    }

    /// How many minutes those usually wait who come without a booking in a half hour; `None` where too few came.
    #[must_use]
    pub fn usual_wait(&self, date: NaiveDate, half_hour: u16) -> Option<u32> {
        let known = self.waits.get(&half_hour_of_week(date, half_hour)).filter(|known| known.of >= 5 * ONE)?;
        Some(known.are / known.of.max(1))
    }

    /// A day is over: what it taught is put beside what was known, and what is old fades.
    pub(crate) fn close_day(&mut self, date: NaiveDate) {
        let of_day = half_hour_of_week(date, 0);
        for half_hour in 0..HALF_HOURS_A_DAY {
            let seen = self.today.get(&half_hour).map_or(0, |&count| u32::from(count) * ONE);
            match self.walk_ins.get_mut(&(of_day + half_hour)) {
                Some(known) => *known = (*known * 3 + seen) / 4,
                None if seen > 0 => {
                    self.walk_ins.insert(of_day + half_hour, seen);
                }
                None => {}
            }
        }
        self.today.clear();
        self.walk_ins.retain(|_, known| *known > 0);
        // Each half hour of the week has its turn once a week, and fades then.
        for (_, known) in self.waits.range_mut(of_day..of_day + HALF_HOURS_A_DAY) {
            known.of -= known.of / 4;
            known.are -= known.are / 4;
        }
        self.came.fade();
        self.waited.fade();
        self.told.fade();
        for wanted in self.wanted.values_mut() {
            *wanted -= *wanted / FADES;
        }
        self.wanted.retain(|_, wanted| *wanted >= ONE / 10);
        self.way.forget(date);
        self.lateness.forget(date);
        for known in self.lengths.values_mut() {
            known.forget(date);
        }
        self.lengths.retain(|_, known| !known.is_empty());
        self.reckon();
    }

    /// The plan of a service has become another: what was learnt is of the same minutes.
    pub(crate) fn planned_anew(&mut self, service: ServiceId, from_minutes: u16, to_minutes: u16) {
        let scaled = |value: i32| {
            let value = i64::from(value) * i64::from(from_minutes) / i64::from(to_minutes.max(1));
            i32::try_from(value).unwrap_or(i32::MAX)
        };
        if let Some(known) = self.lengths.get_mut(&service) {
            for (_, value) in &mut known.0 {
                *value = scaled(*value);
            }
        }
        self.reckon();
    }

    /// Draws the spreads from what is known: the fewer values a service has, the more those of all services count, and
    /// the fewer there are of these, the more what is usual.
    fn reckon(&mut self) {
        let leaning = |known: &mut dyn Iterator<Item = i32>, on: &[i32]| {
            let on_all = on.len() as u64;
            let seen = known.map(|value| (value, on_all));
            LearntSpread::of(seen.chain(on.iter().map(|&value| (value, LEANS_ON))).collect())
        };
        self.any_service = leaning(&mut self.lengths.values().flat_map(RecentValues::values), &USUAL_LENGTHS);
        let any = self.any_service.as_ref().map_or(&USUAL_LENGTHS[..], LearntSpread::values);
        let of_service = |known: &RecentValues| leaning(&mut known.values(), any);
        self.spreads =
            self.lengths.iter().filter_map(|(service, known)| Some((*service, of_service(known)?))).collect();
        self.ways = leaning(&mut self.way.values(), &USUAL_WAY);
        self.latenesses = leaning(&mut self.lateness.values(), &USUAL_LATENESS);
    }

    /// How long serving takes, in thousandths of the plan.
    #[must_use]
    pub fn lengths_of(&self, service: ServiceId) -> &[i32] {
        let known = self.spreads.get(&service).or(self.any_service.as_ref());
        known.map_or(&USUAL_LENGTHS, LearntSpread::values)
    }

    /// From the call to the desk, in seconds.
    #[must_use]
    pub fn ways(&self) -> &[i32] {
        self.ways.as_ref().map_or(&USUAL_WAY, LearntSpread::values)
    }

    /// When the booked come, in seconds after their time.
    #[must_use]
    pub fn latenesses(&self) -> &[i32] {
        self.latenesses.as_ref().map_or(&USUAL_LATENESS, LearntSpread::values)
    }

    /// Of a thousand who are booked, who come.
    #[must_use]
    pub fn come_in_a_thousand(&self) -> u32 {
        self.came.in_a_thousand(USUAL_COME, 50)
    }

    /// How many people without a booking usually come in a half hour, in thousandths.
    #[must_use]
    pub fn usual_walk_ins(&self, date: NaiveDate, half_hour: u16) -> u32 {
        self.walk_ins.get(&half_hour_of_week(date, half_hour)).copied().unwrap_or_default()
    }
}

/// The number of a half hour within its week.
fn half_hour_of_week(date: NaiveDate, half_hour: u16) -> u16 {
    let weekday = u16::try_from(date.weekday().num_days_from_monday()).unwrap_or_default();
    weekday * HALF_HOURS_A_DAY + half_hour.min(HALF_HOURS_A_DAY - 1)
}
