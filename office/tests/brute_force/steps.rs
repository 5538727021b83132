//! The five steps, each from its sentence.

use super::*;

impl Case<'_> {
    /// The answer with these desks counting.
    pub(super) fn answer_with(&self, counted: &[DeskId]) -> Answer {
        let asking = [self.desk];
        if self.present().is_empty() {
            return Err(Nobody::NoneWaiting);
        }
        let here: Vec<&Visit> = self.waiting().into_iter().filter(|visit| self.may_serve(self.desk, visit)).collect();
        let in_time = |visit: &&Visit| self.ends_in_time(self.desk, self.now, minutes(visit.planned_minutes));
        let mine: Vec<&Visit> = here.iter().copied().filter(in_time).collect();
        if let Some(visit) = self.step_1(&mine, counted, &asking) {
            return Ok((visit.id, self.reason_1(visit), Vec::new()));
        }
        let last_booking = self.last_booking();
        let mut left = None;
        let mut row: Vec<&Visit> = Vec::new();
        for visit in mine.iter().copied().filter(|visit| !matches!(visit.rank, Rank::Booked { .. })) {
            let own = self.own_desk(visit, counted, &asking);
            if self.waits_for_end(visit) && last_booking.is_some() {
                continue;
            } else if own.is_some() {
                left = left.or(own.map(|own| (visit.id, own)));
            } else {
                row.push(visit);
            }
        }
        row.sort_by_key(|visit| self.row_key(visit));
        // "at most k priority calls in a row while an ordinary visitor is callable"
        if self.office.desks[&self.desk].priority_in_a_row >= self.rules().priority_in_a_row_max {
            let behind = |visit: &Visit| (self.row_key(visit).0, self.row_key(visit).0 == 2 && visit.priority);
            row.sort_by_key(|one| behind(one));
        }
        if let Some(visit) = self.step_2(&row, counted, &asking) {
            return Ok((visit.id, self.reason_2(visit, &row, counted, &asking), self.overtook(&row, visit)));
        }
        let mut early: Vec<&Visit> = mine.iter().copied().filter(|visit| self.booked_ahead(visit).is_some()).collect();
        early.sort_by_key(|visit| (self.booked_ahead(visit), visit.arrived_at, visit.id));
        for visit in &early {
            let start = self.booked_ahead(visit).unwrap();
            let near = start - self.now <= minutes(self.rules().early_call_minutes);
            let effect = self.effect(counted, &asking, self.desk, minutes(visit.planned_minutes), Some(visit.id));
            if near && effect.delay == Some(minutes(0)) {
                return Ok((visit.id, Reason::BookedEarly { booked_for: start }, Vec::new()));
            }
        }
        let mut kept: Vec<&Visit> = Vec::new();
        let mut too_long: Option<u16> = None;
        for visit in &row {
            // Nobody fits who needs as long as somebody who stood before and did not fit.
            if too_long.is_some_and(|minutes| visit.planned_minutes >= minutes) && !self.kept_for(visit) {
                continue;
            }
            let effect = self.effect(counted, &asking, self.desk, minutes(visit.planned_minutes), None);
            let within = effect.delay.filter(|delay| *delay <= minutes(self.rules().booked_delay_max_minutes));
            if let Some(delay) = within
                && !self.any_put_back(&kept, visit, counted, &asking)
            {
                let reason = Reason::WithinBound {
                    kind: self.kind(visit),
                    delay_seconds: u32::try_from(delay.num_seconds()).unwrap(),
                    booked_for: effect.whose.unwrap_or(self.now),
                };
                return Ok((visit.id, reason, self.overtook(&row, visit)));
            }
            if within.is_none() {
                too_long = Some(too_long.map_or(visit.planned_minutes, |minutes| minutes.min(visit.planned_minutes)));
            }
            if self.kept_for(visit) {
                kept.push(visit);
            }
        }
        Err(self.step_5(&here, &mine, &row, &early, left, last_booking, counted, &asking))
    }

    /// "A desk leaves a due visit to another idle desk if it alone serves another due one."
    pub(super) fn step_1<'v>(&self, mine: &[&'v Visit], counted: &[DeskId], asking: &[DeskId]) -> Option<&'v Visit> {
        let mut due: Vec<&Visit> = mine.iter().copied().filter(|visit| self.claim(visit).is_some()).collect();
        due.sort_by_key(|visit| (self.claim(visit), visit.arrived_at, visit.id));
        let able = |desk: DeskId, visit: &Visit| {
            let from = self.free(desk, asking, true);
            self.may_serve(desk, visit) && self.ends_in_time(desk, from, minutes(visit.planned_minutes))
        };
        let others: Vec<DeskId> = counted.iter().copied().filter(|&desk| desk != self.desk).collect();
        let alone = due.iter().any(|visit| !others.iter().any(|&desk| able(desk, visit)));
        if !alone {
            return due.first().copied();
        }
        let idle = |desk: &DeskId| asking.contains(desk) || self.is_idle(*desk);
        let idle: Vec<DeskId> = others.into_iter().filter(idle).collect();
        let can_leave = |people: &[&Visit]| every_one_a_desk(people, &idle, &able);
        (1..=due.len()).find(|&count| !can_leave(&due[..count])).map(|count| due[count - 1])
    }

    pub(super) fn reason_1(&self, visit: &Visit) -> Reason {
        match visit.rank {
            Rank::Booked { start } => match visit.origin {
                Origin::Booked { channel: office::Channel::Telephone | office::Channel::Teleconference, .. } => {
                    Reason::RemoteDue { booked_for: start }
                }
                _ => Reason::BookedAndDue { booked_for: start, arrived_at: visit.arrived_at },
            },
            _ => Reason::WaitedPastLimit { arrived_at: visit.arrived_at, limit_minutes: self.rules().wait_max_minutes },
        }
    }

    pub(super) fn booked_ahead(&self, visit: &Visit) -> Option<Time> {
        match visit.rank {
            Rank::Booked { start } if start > self.now => Some(start),
            _ => None,
        }
    }

    pub(super) fn waits_for_end(&self, visit: &Visit) -> bool {
        match visit.rank {
            Rank::EndOfDay => !self.rules().end_of_day_in_gaps,
            Rank::Filler { kind: FillerKind::Late } => !self.rules().late_in_gaps,
            _ => false,
        }
    }

    /// The last booked time of the day at this desk, here or expected.
    pub(super) fn last_booking(&self) -> Option<Time> {
        let here =
            self.waiting().into_iter().filter(|visit| self.may_serve(self.desk, visit)).filter_map(|visit| match visit
                .rank
            {
                Rank::Booked { start } => Some(start),
                _ => None,
            });
        let expected = self.office.expected.iter().filter(|(start, id)| {
            let service = self.office.bookings[id].promise.service;
            *start > self.now && self.lists(self.desk, service) && !self.is_suspended(service, *start)
        });
        here.chain(expected.map(|(start, _)| *start)).max()
    }

    /// "the same desk preferred"
    pub(super) fn own_desk(&self, visit: &Visit, counted: &[DeskId], asking: &[DeskId]) -> Option<DeskId> {
        let VisitState::Interrupted { desk, .. } = visit.state else { return None };
        if desk == self.desk || !counted.contains(&desk) || !self.may_serve(desk, visit) {
            return None;
        }
        let idle = asking.contains(&desk) || self.is_idle(desk);
        let length = minutes(visit.planned_minutes);
        let able = idle && self.ends_in_time(desk, self.now, length);
        (able && self.effect(counted, asking, desk, length, None).delay == Some(minutes(0))).then_some(desk)
    }

    /// "after five overtakings … the next gap is kept for them"
    pub(super) fn kept_for(&self, visit: &Visit) -> bool {
        self.rules().overtaken_max > 0 && visit.overtaken >= self.rules().overtaken_max
    }

    pub(super) fn any_put_back(&self, kept: &[&Visit], visit: &Visit, counted: &[DeskId], asking: &[DeskId]) -> bool {
        kept.iter().any(|keeper| self.puts_back(counted, asking, minutes(visit.planned_minutes), keeper))
    }

    pub(super) fn step_2<'v>(&self, row: &[&'v Visit], counted: &[DeskId], asking: &[DeskId]) -> Option<&'v Visit> {
        let delay = |visit: &Visit| self.effect(counted, asking, self.desk, minutes(visit.planned_minutes), None).delay;
        let mut kept: Vec<&Visit> = Vec::new();
        let mut too_long = u16::MAX;
        for (index, visit) in row.iter().enumerate() {
            let keeps = self.kept_for(visit);
            if visit.planned_minutes >= too_long && !keeps {
                continue;
            }
            let allowed = minutes(if keeps { self.rules().booked_delay_max_minutes } else { 0 });
            let fits = delay(visit).is_some_and(|delay| delay <= allowed);
            if fits && !self.any_put_back(&kept, visit, counted, asking) {
                let window = minutes(self.rules().preference_window_minutes);
                if keeps || self.row_key(visit).0 != 2 || window == minutes(0) {
                    return Some(visit);
                }
                // "Desk preference acts only among arrivals within the window."
                let near = row[index..].iter().copied().filter(|other| {
                    self.row_key(other).1 - self.row_key(visit).1 <= window
                        && other.priority == visit.priority
                        && other.planned_minutes < too_long
                        && delay(other) == Some(minutes(0))
                        && !self.any_put_back(&kept, other, counted, asking)
                });
                return near.min_by_key(|other| self.preference(other));
            }
            if delay(visit) != Some(minutes(0)) {
                too_long = too_long.min(visit.planned_minutes);
            }
            if keeps {
                kept.push(visit);
            }
        }
        None
    }

    pub(super) fn preference(&self, visit: &Visit) -> usize {
        let listed = &self.office.config.as_ref().unwrap().desks[&self.desk].services;
        listed.iter().position(|service| *service == visit.service).unwrap_or(usize::MAX)
    }

    pub(super) fn kind(&self, visit: &Visit) -> FillerKind {
        match (visit.rank, visit.origin) {
            (Rank::Filler { kind }, _) => kind,
            (Rank::EndOfDay, _) => FillerKind::Late,
            (_, Origin::Booked { .. }) => FillerKind::Returned,
            _ => FillerKind::WalkIn,
        }
    }

    pub(super) fn reason_2(&self, visit: &Visit, row: &[&Visit], counted: &[DeskId], asking: &[DeskId]) -> Reason {
        let effect = self.effect(counted, asking, self.desk, minutes(visit.planned_minutes), None);
        let late = matches!(visit.rank, Rank::EndOfDay | Rank::Filler { kind: FillerKind::Late });
        if visit.rank == Rank::FirstInLine && effect.delay == Some(minutes(0)) {
            Reason::FirstInLine
        } else if self.kept_for(visit) {
            Reason::GapKept { overtaken: visit.overtaken }
        } else if late && self.last_booking().is_none() {
            Reason::EndOfDay
        } else {
            let passed = |other: &&Visit| !other.priority && self.queued_from(other) < self.queued_from(visit);
            Reason::FitsGap {
                kind: self.kind(visit),
                priority: visit.priority && row.iter().any(passed),
                free_minutes: effect.keeps.map(|keeps| u16::try_from((keeps - self.now).num_minutes()).unwrap_or(0)),
                before: effect.keeps,
            }
        }
    }

    /// Those whom this desk went through before the one who is called.
    pub(super) fn overtook(&self, row: &[&Visit], called: &Visit) -> Vec<VisitId> {
        row.iter().take_while(|other| other.id != called.id).map(|other| other.id).collect()
    }

    /// "Else nobody, with the reason and the time when somebody will fit."
    #[expect(clippy::too_many_arguments, reason = "everything that the steps before have found out")]
    pub(super) fn step_5(
        &self,
        here: &[&Visit],
        mine: &[&Visit],
        row: &[&Visit],
        early: &[&Visit],
        left: Option<(VisitId, DeskId)>,
        last_booking: Option<Time>,
        counted: &[DeskId],
        asking: &[DeskId],
    ) -> Nobody {
        let free = |one: DeskId| self.free(one, asking, true);
        let early_call = minutes(self.rules().early_call_minutes);
        let no_gap = |visit: &Visit, own: Option<VisitId>| {
            let effect = self.effect(counted, asking, self.desk, minutes(visit.planned_minutes), own);
            let shortest = row.iter().map(|one| minutes(one.planned_minutes)).min();
            let gap = shortest.and_then(|length| {
                let promises = self.promises(counted, length.max(minutes(45)));
                let plan = self.plan(&promises, &free);
                self.gap(&promises, &plan, &[self.desk], &free, length, self.now + Duration::microseconds(1))
            });
            let booked = early.first().map(|first| {
                let start = self.booked_ahead(first).unwrap();
                if start - early_call > self.now { start - early_call } else { start }
            });
            Nobody::NoGap {
                visit: visit.id,
                needs_minutes: visit.planned_minutes,
                booked_for: effect.whose.or(effect.keeps).unwrap_or(self.now),
                fits_at: gap.into_iter().chain(booked).min(),
            }
        };
        if let Some(first) = row.first() {
            return no_gap(first, None);
        }
        if let (Some(last), Some(visit)) = (last_booking, mine.iter().find(|visit| self.waits_for_end(visit))) {
            let promises = self.promises(counted, minutes(45));
            let plan = self.plan(&promises, &free);
            let ends = plan.iter().zip(&promises).filter_map(|(place, promise)| {
                place.filter(|(desk, _)| *desk == self.desk).map(|(_, start)| start + promise.length)
            });
            let done = ends.max().unwrap_or(self.now);
            return Nobody::NoGap {
                visit: visit.id,
                needs_minutes: visit.planned_minutes,
                booked_for: last,
                fits_at: (last < self.now + minutes(45)).then_some(done),
            };
        }
        if let Some((visit, desk)) = left {
            return Nobody::LeftToDesk { visit, desk };
        }
        if let Some(first) = early.first() {
            let callable_at = self.booked_ahead(first).unwrap() - early_call;
            if callable_at > self.now {
                return Nobody::TooEarly { visit: first.id, callable_at };
            }
            return no_gap(first, Some(first.id));
        }
        match (here.iter().min_by_key(|visit| (visit.arrived_at, visit.id)), self.ends(self.desk)) {
            (Some(first), Some(ends_at)) => Nobody::Closing { visit: first.id, ends_at },
            _ => Nobody::NoneForThisDesk,
        }
    }
}

/// Whether each of these people can have an idle desk of their own: every way is tried.
fn every_one_a_desk(people: &[&Visit], desks: &[DeskId], able: &dyn Fn(DeskId, &Visit) -> bool) -> bool {
    let Some((first, rest)) = people.split_first() else { return true };
    desks.iter().filter(|desk| able(**desk, first)).any(|desk| {
        let left: Vec<DeskId> = desks.iter().copied().filter(|other| other != desk).collect();
        every_one_a_desk(rest, &left, able)
    })
}
