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
    /// The booked who are still to come, by when they are there.
    arrivals: Vec<(Seconds, usize)>,
    next_arrival: usize,
    /// The booked who are there and were not called yet, by their place.
    there: Vec<usize>,
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
        (self.next_arrival, self.first_other, self.first_newcomer) = (0, 0, 0);
        self.arrivals.clear();
        self.there.clear();
        for (place, &at) in future.booked_at.iter().enumerate() {
            if at <= 0 {
                self.there.push(place);
            } else if at != NO_TIME {
                self.arrivals.push((at, place));
            }
        }
        self.arrivals.sort_unstable();
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
                self.there.retain(|&one| one != place);
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
        self.let_in(now);
        let mut early: Option<usize> = None;
        let mut due: Option<(Seconds, usize)> = None;
        for &place in &self.there {
            let (guest, at) = (&line.booked[place], future.booked_at[place]);
            if now < guest.not_before || !fits(guest.desks, guest.planned) {
                continue;
            }
            if guest.due - BOOKED_FIRST_SECONDS <= now {
                let since = (guest.due.max(at), place);
                due = Some(due.map_or(since, |other| other.min(since)));
            } else {
                early = Some(early.map_or(place, |other| other.min(place)));
            }
        }
        if let Some((_, place)) = due {
            return Some(PlayedCall::Booked(place));
        }
        let first = (self.first_other..line.others.len()).find(|&place| {
            let guest = &line.others[place];
            self.others[place] == NO_TIME
                && fits(guest.desks, guest.planned)
                && !(guest.at_the_end && self.any_left(line, future, own, now, ends))
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

    /// Lets those in who are there by now.
    fn let_in(&mut self, now: Seconds) {
        while let Some(&(at, place)) = self.arrivals.get(self.next_arrival).filter(|(at, _)| *at <= now) {
            debug_assert!(at <= now, "time does not run backwards");
            self.there.push(place);
            self.next_arrival += 1;
        }
    }

    /// Whether a booking is left that these desks could still serve: places at the end of the day wait for it.
    fn any_left(&self, line: &FutureLine, future: &FutureDraw, own: Desks, now: Seconds, ends: Seconds) -> bool {
        line.booked.iter().enumerate().any(|(place, guest)| {
            self.booked[place] == NO_TIME
                && future.booked_at[place] != NO_TIME
                && guest.desks & own != 0
                && now.saturating_add(guest.planned) <= ends
        })
    }

    /// When a desk that has nobody looks again: as soon as somebody comes, or may be called.
    fn next_look(&self, line: &FutureLine, future: &FutureDraw, desk: usize, now: Seconds) -> Seconds {
        let own: Desks = 1 << desk;
        let ends = line.seats[desk].ends;
        if now >= ends {
            return NO_TIME;
        }
        let coming = self.arrivals[self.next_arrival..].iter().find(|(_, place)| line.booked[*place].desks & own != 0);
        let newcomers = &future.newcomers[self.first_newcomer.min(future.newcomers.len())..];
        let newcomer = newcomers.iter().find(|one| one.at > now && one.desks & own != 0);
        let wishes = self.there.iter().map(|&place| &line.booked[place]).filter(|guest| guest.desks & own != 0);
        let wish = wishes.map(|guest| guest.not_before).filter(|&at| at > now).min();
        let at_the_end =
            line.others[self.first_other.min(line.others.len())..].iter().zip(&self.others[self.first_other..]);
        let mut at_the_end =
            at_the_end.filter(|(guest, called)| guest.at_the_end && guest.desks & own != 0 && **called == NO_TIME);
        // Places at the end of the day are looked for again whenever another desk may have taken the last booking.
        let again = at_the_end.next().map(|_| now.saturating_add(LOOK_AGAIN_SECONDS));
        let moments = [coming.map(|(at, _)| *at), newcomer.map(|one| one.at), wish, again];
        moments.into_iter().flatten().min().unwrap_or(NO_TIME)
    }
}
