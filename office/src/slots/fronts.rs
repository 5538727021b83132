//! Every way in which the bookings of a day can be put to desks, as far as the ways differ: the exact part of slots.
//!
//! Bookings are walked through by start. After some of them, all that the rest need know is when each desk is free
//! again; desks that nobody tells apart are one class, whose times are kept in order. Of two ways, one whose times are
//! nowhere later can do all that the other can, so only the best ways are kept: the front. A set of bookings can be
//! assigned, each to one desk for its whole length, exactly if the front after the last one is not empty.

use super::demand::Demand;
use super::roster::RosterDesks;

/// How many ways a front keeps, so that a day of so many bookings at so many desks is followed within some milliseconds.
/// Of 400 full days of two to six desks, each for other services at other hours, half had 12 ways at most and none more
/// than 180, which is well below what this leaves them. Beyond, ways are given up: a time might then count as taken that
/// a longer search would have found, but none is ever promised that cannot be kept.
pub(super) fn ways_max(bookings: usize, desks: usize) -> usize {
    (COMPARISONS_OF_A_DAY / (bookings * desks).max(1)).isqrt().clamp(8, 1_024)
}

/// Each way is held against all others of its front, desk by desk: so many comparisons a day at most, about.
const COMPARISONS_OF_A_DAY: usize = 60_000_000;

/// Classes of desks: where the times of each begin and end within a way.
#[derive(Default)]
pub(super) struct Classes {
    /// First place, place after the last, one bit of the class.
    ranges: Vec<(usize, usize, RosterDesks)>,
    /// RosterDesks by place.
    places: Vec<u32>,
}

impl Classes {
    /// Orders desks by class.
    pub fn new(sets: &[RosterDesks]) -> Self {
        let mut classes = Self::default();
        for &set in sets {
            let first = classes.places.len();
            let mut rest = set;
            while rest != 0 {
                classes.places.push(rest.trailing_zeros());
                rest &= rest - 1;
            }
            classes.ranges.push((first, classes.places.len(), set));
        }
        classes
    }

    /// Number of desks.
    pub fn desks(&self) -> usize {
        self.places.len()
    }

    /// The desks of the class that begins at a place.
    pub fn of(&self, place: usize) -> RosterDesks {
        self.ranges.iter().find(|range| range.0 == place).map_or(0, |range| range.2)
    }
}

/// The best ways after some bookings; `from` is the start of the last: no time before it matters any more.
#[derive(Clone, Default)]
pub(super) struct Front {
    /// Ways, one after another: when each desk is free again, in order within a class.
    ways: Vec<i64>,
    /// Of each way: the way before, and the place of the class that took the last booking.
    steps: Vec<(u32, u32)>,
}

impl Front {
    /// Before the first booking: everybody is free.
    pub fn start(desks: usize) -> Self {
        Self { ways: vec![i64::MIN; desks], steps: vec![(0, 0)] }
    }

    /// Whether there is no way at all.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// From which way, and to which class, one of the ways came.
    pub fn step(&self, way: usize) -> (usize, usize) {
        self.steps.get(way).map_or((0, 0), |step| (step.0 as usize, step.1 as usize))
    }

    /// How far each desk is busy, in the way with this number.
    pub fn way(&self, at: usize, desks: usize) -> &[i64] {
        self.ways.get(at * desks..(at + 1) * desks).unwrap_or(&[])
    }

    /// Puts one more booking to a desk in every way that there is, into `next`.
    pub fn advance(&self, demand: &Demand, classes: &Classes, ways_max: usize, next: &mut Self) {
        let desks = classes.desks();
        next.ways.clear();
        next.steps.clear();
        for (number, way) in self.ways.chunks_exact(desks).enumerate() {
            for &(first, after, set) in &classes.ranges {
                if set & demand.desks == 0 || way[first] > demand.from {
                    continue;
                }
                let base = next.ways.len();
                next.ways.extend(way.iter().map(|free| (*free).max(demand.from)));
                // The desk that is free first takes it; the times after it move up, and its own finds its place.
                let new = &mut next.ways[base + first..base + after];
                let place = new.iter().skip(1).take_while(|free| **free <= demand.to).count();
                new.copy_within(1..=place, 0);
                new[place] = demand.to;
                next.keep_best(
                    base,
                    desks,
                    (u32::try_from(number).unwrap_or(0), u32::try_from(first).unwrap_or(0)),
                    ways_max,
                );
            }
        }
    }

    /// The way that was put last stays if none before it is at least as good; those that it betters go.
    fn keep_best(&mut self, base: usize, desks: usize, step: (u32, u32), ways_max: usize) {
        let better = |one: &[i64], other: &[i64]| one.iter().zip(other).all(|(a, b)| a <= b);
        let (old, new) = self.ways.split_at(base);
        if old.chunks_exact(desks).any(|way| better(way, new)) {
            self.ways.truncate(base);
            return;
        }
        let mut at = 0;
        while at < self.steps.len() {
            let last = self.steps.len() - 1;
            let (old, new) = self.ways.split_at(self.ways.len() - desks);
            if better(new, &old[at * desks..(at + 1) * desks]) {
                self.ways.copy_within(last * desks..(last + 1) * desks, at * desks);
                let end = self.ways.len();
                self.ways.copy_within(end - desks..end, last * desks);
                self.ways.truncate(end - desks);
                self.steps.swap_remove(at);
            } else {
                at += 1;
            }
        }
        if self.steps.len() < ways_max {
            self.steps.push(step);
        } else {
            self.ways.truncate(self.ways.len() - desks);
        }
    }

    /// Whether one of the ways is at least as good as a way that is known to lead to the end of the day.
    pub fn betters(&self, known: &[i64], from: i64) -> bool {
        self.ways
            .chunks_exact(known.len().max(1))
            .any(|way| way.iter().zip(known).all(|(free, known)| *free <= (*known).max(from)))
    }
}
