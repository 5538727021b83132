//! The plan by trying every assignment, and what a desk's being busy does to it.

use super::*;

impl Case<'_> {
    pub(super) fn promises(&self, counted: &[DeskId], reach: Duration) -> Vec<CasePromise> {
        let mut promises = Vec::new();
        for visit in self.waiting() {
            let (claim, booked_for) = match (self.claim(visit), visit.rank) {
                (Some(claim), Rank::Booked { start }) => (claim, start),
                (Some(claim), _) => (claim, claim),
                (None, Rank::Booked { start }) if start < self.now + reach => (start, start),
                _ => continue,
            };
            promises.push(CasePromise {
                visit: Some(visit.id),
                sort: (claim, visit.arrived_at, false, visit.id.0),
                claim,
                booked_for,
                length: minutes(visit.planned_minutes),
                desks: counted.iter().copied().filter(|&desk| self.may_serve(desk, visit)).collect(),
            });
        }
        for (start, id) in &self.office.expected {
            // "A booked citizen who is not here at their time no longer keeps a desk free."
            if *start <= self.now || *start >= self.now + reach {
                continue;
            }
            let promise = &self.office.bookings[id].promise;
            if self.is_suspended(promise.service, *start) {
                continue;
            }
            promises.push(CasePromise {
                visit: None,
                sort: (*start, DateTime::<Utc>::MAX_UTC, true, id.0),
                claim: *start,
                booked_for: *start,
                length: minutes(promise.minutes),
                desks: counted.iter().copied().filter(|&desk| self.lists(desk, promise.service)).collect(),
            });
        }
        promises.retain(|promise| !promise.desks.is_empty());
        promises.sort_by_key(|promise| promise.sort);
        promises
    }

    /// When a desk is free: "a desk that overruns is taken to end at now + max(2 min, 20 % of its plan)".
    pub(super) fn free(&self, desk: DeskId, asking: &[DeskId], with_fillers: bool) -> Time {
        if asking.contains(&desk) {
            return self.now;
        }
        let open = &self.office.desks[&desk];
        let back = self.back(desk).unwrap();
        let Some(visit) = open.holds.map(|visit| &self.office.visits[&visit]) else { return back };
        let (VisitState::Called { since, reason, .. } | VisitState::Serving { since, reason, .. }) = &visit.state
        else {
            panic!("held, and neither called nor served")
        };
        let filler = !matches!(visit.rank, Rank::Booked { .. }) && !matches!(reason, Reason::WaitedPastLimit { .. });
        if filler && !with_fillers {
            return back;
        }
        let planned = minutes(visit.planned_minutes);
        let mut end = *since + planned;
        if end <= self.now {
            end = self.now + minutes(2).max(planned / 5);
        }
        end.max(back)
    }

    /// Every assignment is tried: the fewest unplaced, then "the worst lateness, then the sum, then by desk number".
    pub(super) fn plan(&self, promises: &[CasePromise], free: &dyn Fn(DeskId) -> Time) -> Kept {
        let options: Vec<usize> = promises.iter().map(|promise| promise.desks.len() + 1).collect();
        let mut choice = vec![0; promises.len()];
        let mut best: Option<(Cost, Kept)> = None;
        loop {
            if let Some(found) = self.try_assignment(promises, &choice, free)
                && best.as_ref().is_none_or(|best| found.0 < best.0)
            {
                best = Some(found);
            }
            let Some(wheel) = (0..choice.len()).find(|&wheel| choice[wheel] + 1 < options[wheel]) else { break };
            choice[wheel] += 1;
            choice[..wheel].fill(0);
        }
        best.unwrap().1
    }

    pub(super) fn try_assignment(
        &self,
        promises: &[CasePromise],
        choice: &[usize],
        free: &dyn Fn(DeskId) -> Time,
    ) -> Option<(Cost, Kept)> {
        let mut kept: Kept = Vec::new();
        let (mut worst, mut sum) = (minutes(0), minutes(0));
        for (index, promise) in promises.iter().enumerate() {
            let Some(&desk) = promise.desks.get(choice[index]) else {
                kept.push(None);
                continue;
            };
            let last = (0..index).rev().find(|&before| kept[before].is_some_and(|(other, _)| other == desk));
            let done = last.map_or_else(|| free(desk), |last| kept[last].unwrap().1 + promises[last].length);
            let start = done.max(promise.claim).max(self.now);
            if !self.ends_in_time(desk, start, promise.length) {
                return None;
            }
            let late = start - promise.claim;
            worst = worst.max(late);
            sum += late;
            kept.push(Some((desk, start)));
        }
        let unplaced = kept.iter().filter(|place| place.is_none()).count();
        let numbers = kept.iter().map(|place| place.map_or(u32::MAX, |(desk, _)| u32::from(desk.0))).collect();
        Some(((unplaced, worst, sum, numbers), kept))
    }

    /// What follows if `desk` is busy for so long; `own` is the promise of the one who would be called.
    pub(super) fn effect(
        &self,
        counted: &[DeskId],
        asking: &[DeskId],
        desk: DeskId,
        length: Duration,
        own: Option<VisitId>,
    ) -> BusyEffect {
        let promises = self.promises(counted, length.max(minutes(45)));
        let as_it_is = self.plan(&promises, &|one| self.free(one, asking, true));
        let without = self.plan(&promises, &|one| self.free(one, asking, false));
        let others: Vec<usize> =
            (0..promises.len()).filter(|&index| own.is_none() || promises[index].visit != own).collect();
        let left: Vec<CasePromise> = others.iter().map(|&index| promises[index].clone()).collect();
        let tried = self.plan(&left, &|one| if one == desk { self.now + length } else { self.free(one, asking, true) });
        let mut effect = BusyEffect { delay: Some(minutes(0)), whose: None, keeps: None };
        for (then, &index) in tried.iter().zip(&others) {
            let promise = &promises[index];
            if effect.keeps.is_none() && then.is_some_and(|(at, _)| at == desk) {
                effect.keeps = Some(promise.booked_for);
            }
            // "no booked citizen starts later than they would anyway"
            let Some((_, anyway)) = as_it_is[index] else { continue };
            match then {
                None if effect.delay.is_some() => {
                    effect.delay = None;
                    effect.whose = Some(promise.booked_for);
                }
                None => {}
                Some((_, start)) if *start > anyway => {
                    // "Delay is measured against the plan without any filler at a desk"
                    let base = without[index].map_or(anyway, |(_, start)| start.min(anyway));
                    if effect.delay.is_some_and(|delay| *start - base > delay) {
                        effect.delay = Some(*start - base);
                        effect.whose = Some(promise.booked_for);
                    }
                }
                Some(_) => {}
            }
        }
        effect
    }

    /// The earliest time at which somebody could be put into the row of promises of one of these desks.
    pub(super) fn gap(
        &self,
        promises: &[CasePromise],
        kept: &Kept,
        desks: &[DeskId],
        free: &dyn Fn(DeskId) -> Time,
        length: Duration,
        from: Time,
    ) -> Option<Time> {
        let bound = minutes(self.rules().booked_delay_max_minutes);
        let mut gaps = Vec::new();
        for &desk in desks {
            let row: Vec<(Time, &CasePromise)> = kept
                .iter()
                .zip(promises)
                .filter_map(|(place, promise)| place.filter(|(at, _)| *at == desk).map(|(_, start)| (start, promise)))
                .collect();
            for position in 0..=row.len() {
                let gap = if position == 0 { free(desk) } else { row[position - 1].0 + row[position - 1].1.length };
                let mut done = gap + length;
                let mut good = gap >= from && self.ends_in_time(desk, gap, length);
                for (start, promise) in &row[position..] {
                    let then = done.max(*start);
                    good &= then - *start <= bound && self.ends_in_time(desk, then, promise.length);
                    done = then + promise.length;
                }
                if good {
                    gaps.push(gap);
                }
            }
        }
        gaps.into_iter().min()
    }

    /// Whether a filler would put back the gap kept for another (TRN-06).
    pub(super) fn puts_back(&self, counted: &[DeskId], asking: &[DeskId], length: Duration, keeper: &Visit) -> bool {
        let needs = minutes(keeper.planned_minutes);
        let desks: Vec<DeskId> = counted.iter().copied().filter(|&desk| self.may_serve(desk, keeper)).collect();
        let promises = self.promises(counted, length.max(needs).max(minutes(45)));
        let free_now = |one: DeskId| self.free(one, asking, true);
        let free_then = |one: DeskId| if one == self.desk { self.now + length } else { self.free(one, asking, true) };
        let now = self.gap(&promises, &self.plan(&promises, &free_now), &desks, &free_now, needs, self.now);
        let then = self.gap(&promises, &self.plan(&promises, &free_then), &desks, &free_then, needs, self.now);
        now.is_some_and(|now| then.is_none_or(|then| then > now))
    }

    // The steps.

    /// By how much somebody would be delayed by plan if a visit were called here; `None` if somebody would find no desk.
    #[allow(dead_code, clippy::allow_attributes, reason = "for the test of the laws")]
    pub fn delay_by(&self, visit: VisitId) -> Option<Duration> {
        let length = minutes(self.office.visits[&visit].planned_minutes);
        self.effect(&self.counted(), &[self.desk], self.desk, length, Some(visit)).delay
    }
}
