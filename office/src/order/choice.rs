//! Whom a desk calls: who may be called at all, and of those the one with whom, by experience, the fewest appointments
//! wait over three minutes and everybody else waits least.

use super::futures::dice::FutureDice;
use super::futures::{FutureDraw, FutureLine, LineEnd, NO_TIME, NewcomeRates, PlayedCall, Player, Seconds};
use super::rank::RankKey;
use super::scene::{Desks, MINUTE, Micros, Scene, Waiter, instant, micros};
use crate::{CallRight, Nobody, Office, OrderMode, Rank, Reason, VisitId, WaitAtStake, Weighing};

/// So far the futures are played.
const AHEAD_SECONDS: Seconds = 60 * 60;

/// As many futures are drawn, unless one answer is clearly the best before.
pub(crate) const FUTURES_MAX: u32 = 256;

/// A large house draws fewer: so often somebody in it is looked at, so that a press is answered within two milliseconds. It
/// is counted and not timed, so that the answer is the same on every machine.
const LOOKS_MAX: u32 = 40_000;

/// So many are drawn before it is looked whether one answer is clearly the best.
const FUTURES_BATCH: u32 = 32;

/// At most so many of the booked are weighed at once.
const BOOKED_WEIGHED_MAX: usize = 3;

/// An appointment that starts within so many seconds after its time is kept.
pub(crate) const KEPT_WITHIN_SECONDS: Seconds = 180;
const KEPT_WITHIN: Micros = KEPT_WITHIN_SECONDS as Micros * 1_000_000;

/// What an appointment costs beyond its wait that is not kept, in seconds of waiting; the last minute before brings it in.
const BROKEN_COSTS: i64 = 20 * 60;

/// A wait without an appointment counts half.
const OTHERS_COUNT_PERCENT: i64 = 50;

/// In the mode of the sentence somebody booked is called first from so long before their time.
const SENTENCE_BOOKED_FIRST: Micros = 5 * MINUTE;

/// A desk that has been idle for so long while people are callable does not count until it acts.
const IDLE_MINUTES: i64 = 3;

/// The desks that count when one of them asks: all that are free at a known time, but those that have been idle for three
/// minutes although somebody could have been called there all the while.
pub(crate) fn taking_part(scene: &Scene<'_>, asking: usize) -> Desks {
    let long_ago = scene.now - IDLE_MINUTES * MINUTE;
    let mut counted: Desks = 0;
    for (place, desk) in scene.desks.iter().enumerate().filter(|(_, desk)| desk.free.is_some()) {
        let slow = place != asking && desk.idle_since.is_some_and(|since| since <= long_ago);
        let could_call =
            |one: &Waiter| one.desks & (1 << place) != 0 && one.since <= long_ago && scene.may_be_called(one, place);
        if !slow || !scene.waiting.iter().any(could_call) {
            counted |= 1 << place;
        }
    }
    counted
}

impl Scene<'_> {
    /// Whether somebody may be called to a desk at all.
    pub(crate) fn may_be_called(&self, one: &Waiter, place: usize) -> bool {
        let too_soon = match one.rank {
            Rank::Booked { start } => one.not_before_time && self.now < micros(start),
            Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => {
                self.last_booked[place].is_some() && self.waits_for_last_booking(one)
            }
        };
        one.desks & (1 << place) != 0
            && !self.suspends(one.service, self.now)
            && !too_soon
            && self.now + one.length <= self.desks[place].ends
    }
}

/// Whom the rule names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pick {
    /// The place among those who wait.
    pub(crate) waiter: usize,
    pub(crate) reason: Reason,
    pub(crate) overtook: Vec<VisitId>,
}

/// A desk asks.
pub(crate) struct NextChoice<'s, 'a> {
    pub(crate) office: &'s Office,
    pub(crate) scene: &'s Scene<'a>,
    pub(crate) desk: usize,
    pub(crate) counted: Desks,
    pub(crate) without: &'s [VisitId],
    pub(crate) futures_max: u32,
}

/// One of the others who may be called here.
#[derive(Debug, Clone, Copy)]
struct OtherInLine {
    waiter: usize,
    standing: RankKey,
}

/// Those between whom it is to be weighed, the one who stands first at the head.
struct Weighed {
    options: Vec<usize>,
    /// Those of the line in order, to say who is passed over.
    line: Vec<usize>,
}

impl NextChoice<'_, '_> {
    /// Those who may be called here.
    fn mine(&self) -> impl Iterator<Item = usize> {
        (0..self.scene.waiting.len()).filter(|&place| {
            let waiter = self.waiter(place);
            !self.without.contains(&waiter.id) && self.scene.may_be_called(waiter, self.desk)
        })
    }

    /// Whether anybody may be called, and else why nobody.
    pub(crate) fn anybody(&self) -> Result<(), Nobody> {
        self.mine().next().map(|_| ()).ok_or_else(|| self.nobody())
    }

    /// Whom to call, and why.
    pub(crate) fn answer(&self) -> Result<Pick, Nobody> {
        let mine: Vec<usize> = self.mine().collect();
        let Some(weighed) = self.claims(&mine).or_else(|| self.in_the_line(&mine)) else {
            return Err(self.nobody());
        };
        let Weighed { options, line } = weighed;
        let (chosen, weighing) = match options.as_slice() {
            [only] => (*only, None),
            several => self.weigh(several),
        };
        // Somebody who came early for a booking stands in no line of the others: whoever waits there is overtaken by nobody of
        // the same right, and their turn is not counted as lost.
        let stood_before = line.iter().position(|&place| place == chosen).unwrap_or_default();
        let overtook = line[..stood_before].iter().map(|&place| self.waiter(place).id).collect();
        Ok(Pick { waiter: chosen, reason: self.reason(chosen, &mine, weighing), overtook })
    }

    fn waiter(&self, place: usize) -> &Waiter {
        &self.scene.waiting[place]
    }

    fn is_booked(&self, place: usize) -> bool {
        matches!(self.waiter(place).rank, Rank::Booked { .. })
    }

    /// Those whose time has come, and those who have waited past the limit.
    fn claims(&self, mine: &[usize]) -> Option<Weighed> {
        let now = self.scene.now;
        let order = |&place: &usize| self.waiter(place).claim_order(now).map(|order| (order, place));
        let mut claims: Vec<_> = mine.iter().filter_map(order).collect();
        claims.sort_unstable();
        let line: Vec<usize> = claims.into_iter().map(|(_, place)| place).collect();
        let &first = line.first()?;
        let limit = self.scene.numbers.overtaken_max;
        let passed = if limit == 0 { 5 } else { limit };
        if self.waiter(first).overtaken >= passed || self.mode() == OrderMode::Sentence {
            return Some(Weighed { options: vec![first], line });
        }
        // Lateness earns nothing: whoever is here and has waited too long already is passed over by nobody who came late,
        // unless another desk is there for them.
        let claim = self.waiter(first).claim(now).unwrap_or(now);
        let waits_too_long = self.is_booked(first) && now - claim > KEPT_WITHIN && !self.another_is_idle(first);
        let may_pass = |place: usize| place == first || !waits_too_long || !self.waiter(place).came_after_their_time();
        let mut options: Vec<usize> = Vec::new();
        let mut past_limit = false;
        for &place in line.iter().filter(|&&place| may_pass(place)) {
            let booked = self.is_booked(place);
            // Of those who have waited too long the first alone: they stand in their order.
            if options.len() < BOOKED_WEIGHED_MAX && (booked || !past_limit) {
                options.push(place);
            }
            past_limit |= !booked;
        }
        // Whom no other desk serves may have to come before somebody whom another serves.
        let alone = line.iter().find(|&&place| self.waiter(place).desks & self.counted & !(1 << self.desk) == 0);
        let is_new = |place: usize| !options.contains(&place) && self.is_booked(place) && may_pass(place);
        if let Some(&alone) = alone.filter(|&&place| is_new(place)) {
            options.push(alone);
        }
        Some(Weighed { options, line })
    }

    /// Whether another desk that counts is idle and serves somebody.
    fn another_is_idle(&self, place: usize) -> bool {
        let waiter = self.waiter(place);
        self.scene.desks.iter().enumerate().any(|(desk, view)| {
            desk != self.desk
                && self.counted & (1 << desk) != 0
                && view.idle_since.is_some()
                && self.scene.may_be_called(waiter, desk)
        })
    }

    /// The others, and those who came early.
    fn in_the_line(&self, mine: &[usize]) -> Option<Weighed> {
        let others = self.others(mine);
        let mut early: Vec<_> = mine
            .iter()
            .filter_map(|&place| match self.waiter(place).rank {
                Rank::Booked { start } => Some((micros(start), self.waiter(place).arrived, place)),
                Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => None,
            })
            .collect();
        early.sort_unstable();
        let line: Vec<usize> = others.iter().map(|other| other.waiter).collect();
        if self.mode() == OrderMode::Sentence {
            let nearly_due = early.first().filter(|first| first.0 - self.scene.now <= SENTENCE_BOOKED_FIRST);
            let preferred = self.preferred(&others);
            let first = nearly_due.map(|first| first.2).or(preferred).or(early.first().map(|one| one.2));
            let only = vec![first?];
            let line = if self.is_booked(only[0]) { only.clone() } else { line };
            return Some(Weighed { options: only, line });
        }
        let Some(first) = self.preferred(&others) else {
            // Booked citizens alone: as they are booked, unless another order keeps more of their times.
            let options: Vec<usize> = early.iter().map(|&(.., place)| place).take(BOOKED_WEIGHED_MAX).collect();
            return (!options.is_empty()).then(|| Weighed { line: options.clone(), options });
        };
        if self.waiter(first).gap_is_kept(&self.scene.numbers) {
            return Some(Weighed { options: vec![first], line });
        }
        let mut options = vec![first];
        if self.scene.numbers.shorter_may_pass {
            let mut shortest = self.waiter(first).length;
            for &place in line.iter().filter(|&&place| place != first) {
                let waiter = self.waiter(place);
                if waiter.length < shortest {
                    shortest = waiter.length;
                    options.push(place);
                }
                if waiter.gap_is_kept(&self.scene.numbers) {
                    break;
                }
            }
        }
        options.extend(early.iter().map(|&(.., place)| place).take(BOOKED_WEIGHED_MAX));
        Some(Weighed { options, line })
    }

    fn mode(&self) -> OrderMode {
        self.scene.numbers.mode
    }

    /// The others who may be called here, in their order: first those for whom the next turn is kept.
    fn others(&self, mine: &[usize]) -> Vec<OtherInLine> {
        let numbers = &self.scene.numbers;
        let all = mine
            .iter()
            .filter_map(|&place| Some(OtherInLine { waiter: place, standing: self.waiter(place).standing(numbers)? }));
        let mut others: Vec<OtherInLine> = all.collect();
        // Somebody interrupted is left to their own desk, if that is idle and there is anybody else.
        let goes_on_elsewhere = |other: &OtherInLine| {
            let own = self.waiter(other.waiter).own_desk.filter(|&own| own != self.desk);
            own.is_some_and(|own| {
                let idle = self.counted & (1 << own) != 0 && self.scene.desks[own].idle_since.is_some();
                idle && self.scene.may_be_called(self.waiter(other.waiter), own)
            })
        };
        let anybody_else =
            others.iter().any(|other| !goes_on_elsewhere(other)) || mine.iter().any(|&place| self.is_booked(place));
        if anybody_else {
            others.retain(|other| !goes_on_elsewhere(other));
        }
        let in_a_row = self.scene.desks[self.desk].priority_in_a_row >= numbers.in_a_row_max;
        others.sort_unstable_by_key(|other| {
            let waiter = self.waiter(other.waiter);
            let (tier, behind, standing) = other.standing.with_priority_last(in_a_row && waiter.priority);
            (!waiter.gap_is_kept(numbers), tier, behind, standing)
        });
        others
    }

    /// The first of the others; of those who stand close behind, the one whose service this desk prefers (FLD-01).
    fn preferred(&self, others: &[OtherInLine]) -> Option<usize> {
        let window = self.scene.numbers.preference_window;
        let head = others.first()?;
        let first = self.waiter(head.waiter);
        if window == 0 || !head.standing.in_row() || first.gap_is_kept(&self.scene.numbers) {
            return Some(head.waiter);
        }
        let services = self.scene.desks[self.desk].services;
        let preference = |other: &OtherInLine| {
            let service = self.waiter(other.waiter).service;
            services.iter().position(|&one| one == service).unwrap_or(services.len())
        };
        let near = others.iter().take_while(|other| {
            other.standing.from - head.standing.from <= window && self.waiter(other.waiter).priority == first.priority
        });
        near.min_by_key(|other| preference(other)).map(|other| other.waiter)
    }

    /// Plays the futures for each of them.
    fn weigh(&self, options: &[usize]) -> (usize, Option<Weighing>) {
        let scene = self.scene;
        let line = FutureLine::of(self.office, scene, self.counted | 1 << self.desk, LineEnd::Choice, AHEAD_SECONDS);
        let calls: Vec<(usize, PlayedCall)> =
            options.iter().filter_map(|&place| Some((place, line.place_of(self.waiter(place).id)?))).collect();
        if calls.len() < 2 {
            return (options[0], None);
        }
        let number = self.office.config.as_ref().map_or(0, |config| u64::from(config.number));
        let mut dice = FutureDice::new(number, self.office.events, u64::from(scene.desks[self.desk].id.0));
        let rates = NewcomeRates::of(self.office, scene, AHEAD_SECONDS);
        let mut scales = Scales::new(calls.len(), line.booked.len());
        let people = calls.len() * (line.booked.len() + line.others.len() + line.seats.len());
        let futures_max =
            (LOOKS_MAX / u32::try_from(people).unwrap_or(LOOKS_MAX)).clamp(FUTURES_BATCH, self.futures_max);
        let (mut player, mut future) = (Player::default(), FutureDraw::default());
        while scales.futures < futures_max {
            future.draw(&line, &self.office.learnt, &rates, &mut dice);
            for (option, &(_, call)) in calls.iter().enumerate() {
                player.play(&line, &future, Some((self.desk, call)), AHEAD_SECONDS);
                scales.put(option, &line, &future, &player);
            }
            scales.futures += 1;
            if scales.futures % FUTURES_BATCH == 0 && scales.one_is_clearly_best() {
                break;
            }
        }
        let (best, other) = scales.best_two();
        let weighing = Weighing {
            futures: u16::try_from(scales.futures).unwrap_or(u16::MAX),
            needs_minutes: minutes(self.waiter(calls[best].0).length),
            other: self.waiter(calls[other].0).id,
            other_number: self.waiter(calls[other].0).number,
            other_needs_minutes: minutes(self.waiter(calls[other].0).length),
            at_stake: scales.at_stake(best, other).map(|(guest, late, late_otherwise)| WaitAtStake {
                booked_for: instant(scene.now + i64::from(line.booked[guest].due) * 1_000_000),
                late_percent: late,
                otherwise_percent: late_otherwise,
            }),
        };
        (calls[best].0, Some(weighing))
    }

    fn reason(&self, chosen: usize, mine: &[usize], weighing: Option<Weighing>) -> Reason {
        let waiter = self.waiter(chosen);
        let arrived_at = instant(waiter.arrived);
        let due = waiter.claim(self.scene.now).is_some();
        match (waiter.rank, weighing) {
            (Rank::Booked { start }, _) if due && waiter.remote => Reason::RemoteDue { booked_for: start },
            (Rank::Booked { start }, Some(weighing)) if due => {
                Reason::Weighed { right: CallRight::Due { booked_for: start, arrived_at }, weighing }
            }
            (Rank::Booked { start }, None) if due => Reason::BookedAndDue { booked_for: start, arrived_at },
            (Rank::Booked { start }, Some(weighing)) => {
                Reason::Weighed { right: CallRight::Early { booked_for: start }, weighing }
            }
            (Rank::Booked { start }, None) => Reason::BookedEarly { booked_for: start },
            (Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine, _) if due => {
                let limit_minutes = u16::try_from(self.scene.numbers.wait_max / MINUTE).unwrap_or(u16::MAX);
                Reason::WaitedPastLimit { arrived_at, limit_minutes }
            }
            (Rank::FirstInLine, None) => Reason::FirstInLine,
            (Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine, weighing) => {
                self.reason_of_other(chosen, mine, weighing)
            }
        }
    }

    fn reason_of_other(&self, chosen: usize, mine: &[usize], weighing: Option<Weighing>) -> Reason {
        let waiter = self.waiter(chosen);
        let numbers = &self.scene.numbers;
        if waiter.gap_is_kept(numbers) {
            return Reason::GapKept { overtaken: waiter.overtaken };
        }
        if waiter.came_late() && self.scene.last_booked[self.desk].is_none() && weighing.is_none() {
            return Reason::EndOfDay;
        }
        let earlier = |&place: &usize| {
            let other = self.waiter(place);
            !other.priority && !self.is_booked(place) && other.queued_from < waiter.queued_from
        };
        let (kind, priority) = (waiter.kind(), waiter.priority && mine.iter().any(earlier));
        match weighing {
            Some(weighing) => Reason::Weighed { right: CallRight::InTurn { kind, priority }, weighing },
            None => Reason::InTurn { kind, priority },
        }
    }

    /// Why nobody is next.
    fn nobody(&self) -> Nobody {
        let scene = self.scene;
        let here = scene.waiting.iter().filter(|one| {
            one.desks & (1 << self.desk) != 0
                && !scene.suspends(one.service, scene.now)
                && !self.without.contains(&one.id)
        });
        let here: Vec<&Waiter> = here.collect();
        let ends = scene.desks[self.desk].ends;
        let late = here.iter().find(|one| scene.waits_for_last_booking(one) && scene.now + one.length <= ends);
        if let (Some(late), Some(last)) = (late, scene.last_booked[self.desk]) {
            return Nobody::AfterBookings { visit: late.id, last_booked_for: instant(last) };
        }
        let early = here.iter().filter(|one| scene.now + one.length <= ends).filter_map(|one| match one.rank {
            Rank::Booked { start } => Some((micros(start), one.id)),
            Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine => None,
        });
        if let Some((start, visit)) = early.min() {
            return Nobody::TooEarly { visit, callable_at: instant(start) };
        }
        match here.iter().min_by_key(|one| one.arrived) {
            Some(first) => Nobody::Closing { visit: first.id, ends_at: instant(ends) },
            None if scene.waiting.is_empty() => Nobody::NoneWaiting,
            None => Nobody::NoneForThisDesk,
        }
    }
}

fn minutes(length: Micros) -> u16 {
    u16::try_from(length / MINUTE).unwrap_or(u16::MAX)
}

/// What the answers cost, over the futures played so far.
struct Scales {
    futures: u32,
    /// What each answer costs in all.
    costs: Vec<i64>,
    /// What each cost in the future that was played last.
    last: Vec<i64>,
    /// For each two answers, the sum of the squares of their differences.
    squares: Vec<i128>,
    /// For each answer and each of the booked, how often they waited too long.
    late: Vec<u32>,
    booked: usize,
}

impl Scales {
    fn new(options: usize, booked: usize) -> Self {
        Self {
            futures: 0,
            costs: vec![0; options],
            last: vec![0; options],
            squares: vec![0; options * options],
            late: vec![0; options * booked],
            booked,
        }
    }

    fn put(&mut self, option: usize, line: &FutureLine, future: &FutureDraw, played: &Player) {
        let mut cost = 0;
        for (place, guest) in line.booked.iter().enumerate() {
            let at = future.booked_at[place];
            let from = guest.due.max(at);
            if from >= AHEAD_SECONDS {
                continue;
            }
            let waits = i64::from((played.booked[place].min(AHEAD_SECONDS) - from).max(0));
            cost += 100 * cost_of_booked(waits);
            if waits > i64::from(KEPT_WITHIN_SECONDS) {
                self.late[option * self.booked + place] += 1;
            }
        }
        for &called in &played.others {
            cost += OTHERS_COUNT_PERCENT * i64::from(called.min(AHEAD_SECONDS));
        }
        for (newcomer, &called) in future.newcomers.iter().zip(&played.newcomers) {
            cost += OTHERS_COUNT_PERCENT * i64::from(called.min(AHEAD_SECONDS) - newcomer.at);
        }
        self.costs[option] += cost;
        self.last[option] = cost;
        let options = self.costs.len();
        for other in 0..option {
            let apart = i128::from(cost - self.last[other]);
            self.squares[other * options + option] += apart * apart;
        }
    }

    /// The best, and the best of the rest: of equals the one who stands first.
    fn best_two(&self) -> (usize, usize) {
        let mut order: Vec<usize> = (0..self.costs.len()).collect();
        order.sort_by_key(|&option| (self.costs[option], option));
        (order[0], order[1])
    }

    /// Whether the best is better than every other by more than three times the error of the difference.
    fn one_is_clearly_best(&self) -> bool {
        let (best, _) = self.best_two();
        let options = self.costs.len();
        (0..options).filter(|&other| other != best).all(|other| {
            let apart = i128::from(self.costs[other] - self.costs[best]);
            let squares = self.squares[best.min(other) * options + best.max(other)];
            apart * apart > 9 * squares
        })
    }

    /// The appointment for which the two answers differ most: how often in a hundred it waits too long with each.
    fn at_stake(&self, best: usize, other: usize) -> Option<(usize, u8, u8)> {
        let late = |option: usize, guest: usize| self.late[option * self.booked + guest];
        let apart = |&guest: &usize| (late(other, guest).abs_diff(late(best, guest)), std::cmp::Reverse(guest));
        let guest = (0..self.booked).max_by_key(apart).filter(|&guest| apart(&guest).0 > 0)?;
        let percent = |count: u32| u8::try_from((count * 100 + self.futures / 2) / self.futures.max(1)).unwrap_or(100);
        Some((guest, percent(late(best, guest)), percent(late(other, guest))))
    }
}

/// What an appointment costs that waits for so many seconds.
fn cost_of_booked(waits: i64) -> i64 {
    let kept = i64::from(KEPT_WITHIN_SECONDS);
    let broken = (waits - (kept - 60)).clamp(0, 60);
    waits + BROKEN_COSTS * broken / 60
}

impl FutureLine {
    fn place_of(&self, visit: VisitId) -> Option<PlayedCall> {
        let place = |guests: &[super::futures::FutureGuest]| guests.iter().position(|guest| guest.visit == Some(visit));
        place(&self.booked).map(PlayedCall::Booked).or_else(|| place(&self.others).map(PlayedCall::Other))
    }
}

impl NewcomeRates {
    /// Who comes without a booking in the half hour that runs and the next, by what is usual.
    pub(crate) fn of(office: &Office, scene: &Scene<'_>, until: Seconds) -> Self {
        use chrono::Timelike;
        let Some(config) = &office.config else { return Self::default() };
        let local = instant(scene.now).with_timezone(&config.zone);
        let half_hour = u16::try_from(local.time().num_seconds_from_midnight() / 1_800).unwrap_or_default();
        let usual = |half_hour| office.learnt.usual_walk_ins(local.date_naive(), half_hour);
        let in_an_hour = usual(half_hour) + usual(half_hour + 1);
        if in_an_hour == 0 {
            return Self::default();
        }
        let services = office.learnt.wanted.iter().filter_map(|(id, &share)| {
            let planned = config.services.get(id)?.planned_minutes;
            let desks = scene.desks_serving(*id);
            (desks != 0).then_some((share, *id, Seconds::from(planned) * 60, desks))
        });
        let every = Seconds::try_from(3_600_000 / in_an_hour).unwrap_or(NO_TIME / 4);
        Self { every: every.max(1), until, services: services.collect() }
    }
}
