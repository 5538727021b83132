//! Drawing a future: lengths, arrivals, and who else comes.

use super::dice::FutureDice;
use super::line::{FutureGuest, FutureLine};
use super::{NO_TIME, Seconds};
use crate::order::scene::Desks;
use crate::{Learnt, ServiceId};

/// One future of a line.
#[derive(Debug, Clone, Default)]
pub(crate) struct FutureDraw {
    /// When each desk is free.
    pub(crate) free: Vec<Seconds>,
    /// When each of the booked is there; [`NO_TIME`] if they do not come.
    pub(crate) booked_at: Vec<Seconds>,
    pub(crate) booked_take: Vec<Seconds>,
    pub(crate) others_take: Vec<Seconds>,
    /// Who comes without a booking: when, for how long by plan, for how long, and where.
    pub(crate) newcomers: Vec<Newcome>,
}

/// Somebody who will come without a booking.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Newcome {
    pub(crate) at: Seconds,
    pub(crate) planned: Seconds,
    pub(crate) takes: Seconds,
    pub(crate) desks: Desks,
}

/// Who may come without a booking, and how often.
#[derive(Debug, Clone, Default)]
pub(crate) struct NewcomeRates {
    /// So many seconds lie between two of them on average.
    pub(crate) every: Seconds,
    /// They come for so long.
    pub(crate) until: Seconds,
    /// For each service, its share in thousandths, its plan, its desks.
    pub(crate) services: Vec<(u32, ServiceId, Seconds, Desks)>,
}

/// The gaps between people who come by chance, in thousandths of the mean gap, each as likely: `-ln((2k+1)/64)`.
const GAPS: [Seconds; 32] = [
    4_159, 3_060, 2_549, 2_213, 1_962, 1_761, 1_594, 1_451, 1_326, 1_214, 1_114, 1_023, 940, 863, 792, 725, 662, 603,
    548, 495, 445, 398, 353, 309, 268, 228, 190, 153, 117, 82, 48, 16,
];

impl FutureDraw {
    /// Draws a future anew, in the place of another.
    pub(crate) fn draw(&mut self, line: &FutureLine, learnt: &Learnt, rates: &NewcomeRates, dice: &mut FutureDice) {
        self.free.clear();
        for seat in &line.seats {
            let left = seat.in_hand.map_or(0, |held| match held.served {
                Some(served) => left_to_serve(learnt.lengths_of(held.service), held.planned, served, dice),
                None => {
                    let way = (one_of(learnt.ways(), dice) - held.on_the_way).max(0);
                    way + length(learnt.lengths_of(held.service), held.planned, dice)
                }
            });
            self.free.push(if seat.back == NO_TIME { NO_TIME } else { seat.back.max(left) });
        }
        self.booked_at.clear();
        self.booked_take.clear();
        let come = learnt.come_in_a_thousand();
        for guest in &line.booked {
            self.booked_at.push(arrival(guest, learnt.latenesses(), come, dice));
            self.booked_take.push(takes(guest, learnt, dice));
        }
        self.others_take.clear();
        for guest in &line.others {
            self.others_take.push(takes(guest, learnt, dice));
        }
        self.newcomers.clear();
        if rates.every > 0 && !rates.services.is_empty() {
            let mut at = gap(rates.every, dice);
            while at < rates.until && self.newcomers.len() < 200 {
                let mut share = dice.below(rates.services.iter().map(|one| one.0).sum());
                let found = rates.services.iter().find(|one| match share.checked_sub(one.0) {
                    Some(left) => {
                        share = left;
                        false
                    }
                    None => true,
                });
                if let Some(&(_, service, planned, desks)) = found {
                    let takes = length(learnt.lengths_of(service), planned, dice) + one_of(learnt.ways(), dice);
                    self.newcomers.push(Newcome { at, planned, takes, desks });
                }
                at += gap(rates.every, dice).max(1);
            }
        }
    }
}

impl FutureDraw {
    /// Takes everything to last as long as such things usually do, and the booked to come at their time.
    pub(crate) fn take_as_usual(&mut self, line: &FutureLine, learnt: &Learnt) {
        let length = |service: ServiceId, planned: Seconds| scaled(planned, average(learnt.lengths_of(service)));
        let way = average(learnt.ways());
        self.free = line
            .seats
            .iter()
            .map(|seat| {
                let left = seat.in_hand.map_or(0, |held| match held.served {
                    Some(served) => left_usually(learnt.lengths_of(held.service), held.planned, served),
                    None => (way - held.on_the_way).max(0) + length(held.service, held.planned),
                });
                if seat.back == NO_TIME { NO_TIME } else { seat.back.max(left) }
            })
            .collect();
        let there = |guest: &FutureGuest| {
            let expected = guest.due.max(guest.due.saturating_neg() / 2).max(1);
            if guest.here || guest.arrived != NO_TIME { guest.arrived } else { expected }
        };
        self.booked_at = line.booked.iter().map(there).collect();
        let takes = |guest: &FutureGuest| length(guest.service, guest.planned) + way;
        self.booked_take = line.booked.iter().map(takes).collect();
        self.others_take = line.others.iter().map(takes).collect();
        self.newcomers.clear();
    }
}

fn left_usually(spread: &[i32], planned: Seconds, served: Seconds) -> Seconds {
    let lasted = i32::try_from(i64::from(served.max(0)) * 1_000 / i64::from(planned.max(1))).unwrap_or(i32::MAX);
    let longer = &spread[spread.partition_point(|&ratio| ratio <= lasted)..];
    if longer.is_empty() {
        return (planned / 5).max(120);
    }
    scaled(planned, average(longer)).saturating_sub(served).max(10)
}

/// The average, of values of which there is one at least.
fn average(values: &[i32]) -> i32 {
    let sum: i64 = values.iter().map(|&value| i64::from(value)).sum();
    i32::try_from(sum / values.len().max(1) as i64).unwrap_or_default()
}

fn gap(every: Seconds, dice: &mut FutureDice) -> Seconds {
    let gap = i64::from(every) * i64::from(GAPS[dice.below(GAPS.len() as u32) as usize]) / 1_000;
    Seconds::try_from(gap).unwrap_or(NO_TIME / 4).min(NO_TIME / 4)
}

fn one_of(values: &[i32], dice: &mut FutureDice) -> i32 {
    values[dice.below(values.len() as u32) as usize]
}

fn scaled(planned: Seconds, ratio: i32) -> Seconds {
    Seconds::try_from(i64::from(planned) * i64::from(ratio) / 1_000).unwrap_or(NO_TIME / 4).clamp(20, NO_TIME / 4)
}

fn length(spread: &[i32], planned: Seconds, dice: &mut FutureDice) -> Seconds {
    scaled(planned, one_of(spread, dice))
}

fn takes(guest: &FutureGuest, learnt: &Learnt, dice: &mut FutureDice) -> Seconds {
    length(learnt.lengths_of(guest.service), guest.planned, dice) + one_of(learnt.ways(), dice)
}

/// What is left of serving somebody: of those lengths that are longer than it has lasted, one.
fn left_to_serve(spread: &[i32], planned: Seconds, served: Seconds, dice: &mut FutureDice) -> Seconds {
    let lasted = i64::from(served.max(0)) * 1_000 / i64::from(planned.max(1));
    let lasted = i32::try_from(lasted).unwrap_or(i32::MAX);
    let shorter = spread.partition_point(|&ratio| ratio <= lasted);
    if shorter == spread.len() {
        // Longer than anything known: about as much again as such a thing overruns.
        let usual = (planned / 5).max(120);
        return gap(usual, dice).max(20);
    }
    scaled(planned, one_of(&spread[shorter..], dice)).saturating_sub(served).max(10)
}

/// When somebody is there who is expected: those who are later than they already are, or never.
fn arrival(guest: &FutureGuest, lateness: &[i32], come: u32, dice: &mut FutureDice) -> Seconds {
    if guest.here || guest.arrived != NO_TIME {
        return guest.arrived;
    }
    let after_their_time = guest.due.saturating_neg();
    let before = lateness.partition_point(|&late| late <= after_their_time);
    let (left, all) = (lateness.len() - before, lateness.len());
    // Of those who come, so many would come later than now; of those who do not, all are still to be seen.
    let still_come = u64::from(come) * left as u64;
    let never = u64::from(1_000 - come.min(1_000)) * all as u64;
    let total = still_come + never;
    let throw = u64::from(dice.below(u32::try_from(total.max(1)).unwrap_or(u32::MAX)));
    let late = one_of(if left == 0 { lateness } else { &lateness[before..] }, dice);
    if throw < still_come { guest.due.saturating_add(late).max(1) } else { NO_TIME }
}
