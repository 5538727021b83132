//! One way of putting bookings to desks, and how it is changed to make room for one more: the quick part of slots.

use super::demand::{Demand, TimeAnswer};
use super::roster::RosterDesks;

/// A chain of bookings, each pushing on the next, is so long at most; a search beyond is left to the exact part.
const CHAIN_MAX: u32 = 4;

/// So many desks are tried at most for the chains of one length.
const TRIES_MAX: u32 = 64;

/// Who is at which desk, by start; nobody overlaps at one desk.
#[derive(Default)]
pub(super) struct Lanes {
    lanes: Vec<Vec<Demand>>,
    /// For questions in order of time: how many of each desk are over.
    over: Vec<usize>,
    /// What a search has changed, to take it back.
    changes: Vec<Change>,
    /// Tries left to the search.
    tries: u32,
}

#[derive(Clone, Copy)]
enum Change {
    Put(usize, Demand),
    Taken(usize, Demand),
}

impl Lanes {
    /// Nobody is anywhere.
    pub fn clear(&mut self, desks: usize) {
        self.lanes.iter_mut().for_each(Vec::clear);
        self.lanes.resize_with(desks, Vec::new);
        self.over.clear();
        self.over.resize(desks, 0);
    }

    /// Puts a demand that starts no earlier than all others to the first desk of a set that is free.
    pub fn append(&mut self, demand: Demand, to: RosterDesks) -> bool {
        let idle =
            bits(demand.desks & to).find(|desk| self.lanes[*desk].last().is_none_or(|last| last.to <= demand.from));
        if let Some(desk) = idle {
            self.lanes[desk].push(demand);
        }
        idle.is_some()
    }

    /// Whether some desk of a set is idle throughout, asked in order of time: no earlier than all questions before.
    pub fn any_is_free_next(&mut self, wanted: &Demand) -> bool {
        bits(wanted.desks).any(|desk| {
            let (lane, over) = (&self.lanes[desk], &mut self.over[desk]);
            while lane.get(*over).is_some_and(|demand| demand.to <= wanted.from) {
                *over += 1;
            }
            lane.get(*over).is_none_or(|demand| demand.from >= wanted.to)
        })
    }

    /// Whether a desk is idle throughout.
    pub fn is_free(&self, desk: usize, wanted: &Demand) -> bool {
        let lane = &self.lanes[desk];
        // Most come in order of time.
        if lane.last().is_none_or(|last| last.to <= wanted.from) {
            return true;
        }
        let next = lane.partition_point(|demand| demand.to <= wanted.from);
        lane.get(next).is_none_or(|demand| demand.from >= wanted.to)
    }

    /// Whether, at one instant, those that serve are all taken by bookings that no idle desk could take over: then
    /// there are more bookings than desks for them, however they are put.
    pub fn full_at(&self, at: i64, desks: RosterDesks) -> Option<TimeAnswer> {
        let (mut reached, mut seen, mut until) = (desks, 0, i64::MAX);
        while let Some(desk) = bits(reached & !seen).next() {
            seen |= 1 << desk;
            let lane = &self.lanes[desk];
            let next = lane.partition_point(|demand| demand.to <= at);
            let there = lane.get(next).filter(|demand| demand.from <= at)?;
            reached |= there.desks;
            until = until.min(there.to);
        }
        Some(TimeAnswer::Taken { until, desks: reached })
    }

    /// Puts a demand in, moving others to other desks.
    pub fn make_room(&mut self, demand: Demand) -> bool {
        self.changes.clear();
        (0..=CHAIN_MAX).any(|chain| {
            self.tries = TRIES_MAX;
            self.put(demand, 0, chain)
        })
    }

    /// Whether that would work; changes nothing.
    pub fn could_make_room(&mut self, demand: Demand) -> bool {
        let room = self.make_room(demand);
        self.take_back(0);
        room
    }

    /// Puts a demand to an idle desk, or to one whose bookings there can go elsewhere, but to none of `closed`.
    fn put(&mut self, demand: Demand, closed: RosterDesks, chain: u32) -> bool {
        let desks = demand.desks & !closed;
        if let Some(desk) = bits(desks).find(|desk| self.is_free(*desk, &demand)) {
            self.insert(desk, demand);
            return true;
        }
        chain > 0
            && bits(desks).any(|desk| {
                if self.tries == 0 {
                    return false;
                }
                self.tries -= 1;
                let before = self.changes.len();
                let mut displaced = Vec::new();
                while let Some(at) = self.lanes[desk].iter().position(|other| other.meets(&demand)) {
                    let other = self.lanes[desk].remove(at);
                    self.changes.push(Change::Taken(desk, other));
                    displaced.push(other);
                }
                self.insert(desk, demand);
                if displaced.into_iter().all(|other| self.put(other, closed | (1 << desk), chain - 1)) {
                    return true;
                }
                self.take_back(before);
                false
            })
    }

    fn insert(&mut self, desk: usize, demand: Demand) {
        let lane = &mut self.lanes[desk];
        match lane.last() {
            Some(last) if last.from >= demand.from => {
                let at = lane.partition_point(|other| other.from < demand.from);
                lane.insert(at, demand);
            }
            Some(_) | None => lane.push(demand),
        }
        self.changes.push(Change::Put(desk, demand));
    }

    fn take_back(&mut self, to: usize) {
        while self.changes.len() > to {
            match self.changes.pop() {
                Some(Change::Put(desk, demand)) => {
                    if let Some(at) = self.lanes[desk].iter().position(|other| *other == demand) {
                        self.lanes[desk].remove(at);
                    }
                }
                Some(Change::Taken(desk, demand)) => {
                    let at = self.lanes[desk].partition_point(|other| other.from < demand.from);
                    self.lanes[desk].insert(at, demand);
                }
                None => return,
            }
        }
    }
}

/// The numbers of the desks in a set, in order.
pub(super) fn bits(mut desks: RosterDesks) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let desk = (desks != 0).then(|| desks.trailing_zeros() as usize)?;
        desks &= desks - 1;
        Some(desk)
    })
}
