//! Playing a future: every desk that becomes free calls by a plain rule, to the end that is asked for.

use super::draw::FutureDraw;
use super::line::FutureLine;
use super::{BOOKED_FIRST_SECONDS, NO_TIME, Seconds};
use crate::order::scene::Desks;

/// A desk that is kept from places at the end of the day by a booking that another desk may take looks again after so long.
const LOOK_AGAIN_SECONDS: Seconds = 300;

/// Somebody who is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PlayedCall {
    /// One of the booked, by the place in their line.
    Booked(usize),
    /// One of the others.
    Other(usize),
    /// Somebody who came later.
    Newcomer(usize),
}

/// What playing needs to remember; kept from one future to the next.
#[derive(Debug, Default)]
pub(crate) struct Player {
    free: Vec<Seconds>,
    /// When each is called; [`NO_TIME`] if not by then.
    pub(crate) booked: Vec<Seconds>,
    pub(crate) others: Vec<Seconds>,
    pub(crate) newcomers: Vec<Seconds>,
    /// When each of those who only ask would have been called.
    pub(crate) probes: Vec<Seconds>,
    first_booked: usize,
    first_other: usize,
    first_newcomer: usize,
}

impl Player {
    /// Plays a future until `until`, with one desk calling somebody first.
    pub(crate) fn play(
        &mut self,
        line: &FutureLine,
        future: &FutureDraw,
        first: Option<(usize, PlayedCall)>,
        until: Seconds,
    ) {
        self.free.clone_from(&future.free);
        for (called, count) in [
            (&mut self.booked, line.booked.len()),
            (&mut self.others, line.others.len()),
            (&mut self.newcomers, future.newcomers.len()),
            (&mut self.probes, line.probes.len()),
        ] {
            called.clear();
            called.resize(count, NO_TIME);
        }
        (self.first_booked, self.first_other, self.first_newcomer) = (0, 0, 0);
        if let Some((desk, call)) = first {
            self.free[desk] = self.take(future, call, 0);
        }
        loop {
            let Some((desk, now)) = self.next_free(until) else { return };
            match self.next(line, future, desk, now) {
                Some(call) => self.free[desk] = self.take(future, call, now),
                None => self.free[desk] = self.next_look(line, future, desk, now),
            }
        }
    }

    /// The desk that is free first.
    fn next_free(&self, until: Seconds) -> Option<(usize, Seconds)> {
        let mut first = (0, NO_TIME);
        for (desk, &free) in self.free.iter().enumerate() {
            if free < first.1 {
                first = (desk, free);
            }
        }
        (first.1 < until).then_some(first)
    }

    /// Somebody is called: says when they are done.
    fn take(&mut self, future: &FutureDraw, call: PlayedCall, now: Seconds) -> Seconds {
        let takes = match call {
            PlayedCall::Booked(place) => {
                self.booked[place] = now;
                future.booked_take[place]
            }
            PlayedCall::Other(place) => {
                self.others[place] = now;
                future.others_take[place]
            }
            PlayedCall::Newcomer(place) => {
                self.newcomers[place] = now;
                future.newcomers[place].takes
            }
        };
        while self.booked.get(self.first_booked).is_some_and(|&called| called != NO_TIME) {
            self.first_booked += 1;
        }
        while self.others.get(self.first_other).is_some_and(|&called| called != NO_TIME) {
            self.first_other += 1;
        }
        while self.newcomers.get(self.first_newcomer).is_some_and(|&called| called != NO_TIME) {
            self.first_newcomer += 1;
        }
        now.saturating_add(takes)
    }

    /// The plain rule: somebody booked who is here and nearly due; else the first of the others; else somebody booked
    /// who came early.
    fn next(&mut self, line: &FutureLine, future: &FutureDraw, desk: usize, now: Seconds) -> Option<PlayedCall> {
        let own: Desks = 1 << desk;
        let ends = line.seats[desk].ends;
        let fits = |desks: Desks, planned: Seconds| desks & own != 0 && now.saturating_add(planned) <= ends;
        let mut early = None;
        let mut due: Option<(Seconds, usize)> = None;
        let mut any_left = false;
        for place in self.first_booked..line.booked.len() {
            let (guest, at) = (&line.booked[place], future.booked_at[place]);
            if due.is_some_and(|(since, _)| guest.due > since) {
                break;
            }
            if self.booked[place] != NO_TIME || at == NO_TIME || !fits(guest.desks, guest.planned) {
                continue;
            }
            any_left = true;
            if at > now || now < guest.not_before {
                continue;
            }
            if guest.due - BOOKED_FIRST_SECONDS <= now {
                let since = guest.due.max(at);
                if due.is_none_or(|(other, _)| since < other) {
                    due = Some((since, place));
                }
            } else {
                early = early.or(Some(place));
            }
            if early.is_some() && guest.due - BOOKED_FIRST_SECONDS > now {
                break;
            }
        }
        if let Some((_, place)) = due {
            return Some(PlayedCall::Booked(place));
        }
        let first = (self.first_other..line.others.len()).find(|&place| {
            let guest = &line.others[place];
            self.others[place] == NO_TIME && fits(guest.desks, guest.planned) && !(guest.at_the_end && any_left)
        });
        if let Some(place) = first {
            return Some(PlayedCall::Other(place));
        }
        for (probe, called) in line.probes.iter().zip(&mut self.probes) {
            if *called == NO_TIME && fits(probe.desks, probe.planned) {
                *called = now;
            }
        }
        for place in self.first_newcomer..future.newcomers.len() {
            let newcomer = &future.newcomers[place];
            if newcomer.at > now {
                break;
            }
            if self.newcomers[place] == NO_TIME && fits(newcomer.desks, newcomer.planned) {
                return Some(PlayedCall::Newcomer(place));
            }
        }
        early.map(PlayedCall::Booked)
    }

    /// When a desk that has nobody looks again: as soon as somebody comes, or may be called.
    fn next_look(&self, line: &FutureLine, future: &FutureDraw, desk: usize, now: Seconds) -> Seconds {
        let own: Desks = 1 << desk;
        let ends = line.seats[desk].ends;
        if now >= ends {
            return NO_TIME;
        }
        let mut next = NO_TIME;
        let mut last_left = now;
        for place in self.first_booked..line.booked.len() {
            let (guest, at) = (&line.booked[place], future.booked_at[place]);
            if self.booked[place] != NO_TIME || at == NO_TIME || guest.desks & own == 0 {
                continue;
            }
            last_left = NO_TIME;
            for moment in [at, guest.not_before] {
                if moment > now {
                    next = next.min(moment);
                }
            }
        }
        let mut newcomers = future.newcomers[self.first_newcomer.min(future.newcomers.len())..].iter();
        if let Some(newcomer) = newcomers.find(|one| one.at > now && one.desks & own != 0) {
            next = next.min(newcomer.at);
        }
        // Places at the end of the day are looked for again whenever another desk may have taken the last booking.
        let at_the_end = line
            .others
            .iter()
            .enumerate()
            .skip(self.first_other)
            .any(|(place, guest)| guest.at_the_end && guest.desks & own != 0 && self.others[place] == NO_TIME);
        if at_the_end && last_left == NO_TIME {
            next = next.min(now.saturating_add(LOOK_AGAIN_SECONDS));
        }
        next
    }
}
