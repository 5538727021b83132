//! What happens to visits, made so.

use chrono::{DateTime, Utc};

use crate::{
    BookingId, Call, CallId, DeskId, Office, Origin, Rank, RankReason, TransferTarget, Visit, VisitEvent, VisitId,
    VisitState,
};

/// Changes an office by what happens to a visit.
pub(super) fn apply(office: &mut Office, at: DateTime<Utc>, event: &VisitEvent) {
    match event {
        VisitEvent::CheckedIn(visit) => {
            office.put_visit(visit, at);
            if let Origin::Booked { booking, .. } = visit.origin {
                office.change_booking(booking, |booking| booking.arrive(visit.id));
            }
        }
        VisitEvent::TicketTaken(visit) | VisitEvent::CameDirectly(visit) | VisitEvent::OutageVisitEntered(visit) => {
            office.put_visit(visit, at);
        }
        VisitEvent::TimeFixed { visit, booking } => {
            let start = booking.promise.start;
            office.put_booking(booking.as_ref().clone());
            office.change_visit(*visit, at, |visit| visit.rank = Rank::Booked { start });
        }
        VisitEvent::BookingFound { visit, booking, rank } => office.find_booking(*visit, *booking, *rank, at),
        VisitEvent::ServedOnPaper { visit, desk, from, to, outcome } => {
            office.change_visit(*visit, at, |visit| visit.end_on_paper(*desk, (*from, *to), *outcome));
        }
        VisitEvent::Called { call, visit, desk, reason, overtook, rule: _ } => {
            office.keep_call(*call, *visit, *desk, at, false);
            office.change_visit(*visit, at, |visit| visit.call(at, *desk, *call, *reason, overtook.clone()));
            office.count_call(*visit, *desk, overtook);
            office.tally.called(*visit, *reason, overtook.len());
        }
        VisitEvent::Recalled { call, visit, desk } => {
            office.keep_call(*call, *visit, *desk, at, true);
            office.change_visit(*visit, at, |visit| {
                if let VisitState::Called { call: newest, last, recalls, .. } = &mut visit.state {
                    (*newest, *last, *recalls) = (*call, at, recalls.saturating_add(1));
                }
            });
        }
        VisitEvent::PutBack { visit, desk } => office.take_call_back(*visit, *desk, at),
        VisitEvent::Ranked { visit, rank, because } => office.change_visit(*visit, at, |visit| {
            visit.rank = *rank;
            if *because == RankReason::TargetClosed {
                visit.free_from_desk(at);
            }
        }),
        VisitEvent::Amended { visit, persons, cases, planned_minutes } => office.change_visit(*visit, at, |visit| {
            (visit.persons, visit.cases, visit.planned_minutes) = (*persons, *cases, *planned_minutes);
        }),
        VisitEvent::Wished { visit, early, priority, needs } => office.change_visit(*visit, at, |visit| {
            visit.may_come_early = early.or(visit.may_come_early);
            visit.priority = priority.unwrap_or(visit.priority);
            visit.needs = needs.unwrap_or(visit.needs);
        }),
        VisitEvent::NoteSet { visit, note } => office.change_visit(*visit, at, |visit| visit.note = *note),
        VisitEvent::Left { visit } => office.change_visit(*visit, at, |visit| visit.leave(at)),
        VisitEvent::LeftUndone { visit } => office.change_visit(*visit, at, Visit::undo_leave),
        VisitEvent::CameBack { visit, rank } => office.change_visit(*visit, at, |visit| {
            visit.rank = *rank;
            visit.turn(at, VisitState::Waiting { since: at, desk: None });
        }),
        VisitEvent::Appeared { visit, .. } => office.change_visit(*visit, at, |visit| visit.appear(at)),
        VisitEvent::NoShow { visit, .. } => {
            office.change_visit(*visit, at, |visit| visit.turn(at, VisitState::NoShow { at }));
        }
        VisitEvent::AttemptFailed { visit, desk } => office.change_visit(*visit, at, |visit| {
            visit.attempts = visit.attempts.saturating_add(1);
            visit.turn(at, VisitState::Parked { desk: *desk, since: at });
        }),
        VisitEvent::ShownRecorded { visit, shown, .. } => {
            office.change_visit(*visit, at, |visit| visit.shown = Some(*shown));
        }
        VisitEvent::Interrupted { visit, desk, left_minutes, rank, same_desk } => {
            office.change_visit(*visit, at, |visit| {
                (visit.planned_minutes, visit.rank) = (*left_minutes, *rank);
                visit.turn(at, VisitState::Interrupted { desk: *desk, since: at, same_desk: *same_desk });
            });
        }
        VisitEvent::Parked { visit, desk } => {
            office.change_visit(*visit, at, |visit| visit.turn(at, VisitState::Parked { desk: *desk, since: at }));
        }
        VisitEvent::Transferred { visit, to, planned_minutes, rank, .. } => office.change_visit(*visit, at, |visit| {
            let desk = match to {
                TransferTarget::Service(service) => {
                    visit.service = *service;
                    None
                }
                TransferTarget::Desk(desk) => Some(*desk),
            };
            (visit.planned_minutes, visit.rank) = (*planned_minutes, *rank);
            visit.turn(at, VisitState::Waiting { since: at, desk });
        }),
        VisitEvent::Finished { visit, outcome, delivered, .. } => office.change_visit(*visit, at, |visit| {
            visit.turn(at, VisitState::Finished { at, outcome: *outcome, delivered: delivered.clone() });
        }),
        VisitEvent::ToldUnreachable { visit } => {
            office.change_visit(*visit, at, |visit| visit.told_unreachable = true);
        }
        VisitEvent::Unserved { visit } => {
            office.change_visit(*visit, at, |visit| visit.turn(at, VisitState::Unserved { at }));
        }
    }
}

impl Office {
    /// Somebody who waits has a booking after all: they wait for what it promises.
    fn find_booking(&mut self, id: VisitId, booking: BookingId, rank: Rank, at: DateTime<Utc>) {
        let Some(found) = self.bookings.get(&booking) else { return };
        let (promise, needs) = (found.promise.clone(), found.life.party().map(|party| party.needs).unwrap_or_default());
        self.change_visit(id, at, |visit| {
            visit.origin = Origin::Booked { booking, start: promise.start, channel: promise.channel };
            (visit.service, visit.planned_minutes) = (promise.service, promise.minutes);
            (visit.persons, visit.cases) = (promise.persons, promise.cases);
            (visit.needs, visit.rank) = (needs, rank);
        });
        self.change_booking(booking, |booking| booking.arrive(id));
    }

    /// Keeps a call for the board; telephone and teleconference are never on it (OMB-20).
    fn keep_call(&mut self, id: CallId, visit: VisitId, desk: DeskId, at: DateTime<Utc>, recall: bool) {
        self.next_call = self.next_call.max(id.0);
        let on_board = self.visits.get(&visit).filter(|visit| !visit.is_remote());
        if let Some(number) = on_board.map(|visit| visit.number) {
            self.calls.push(Call { id, visit, number, desk, at, recall });
        }
    }

    /// Counts who was passed over, and how many priority visits were called in a row; being ready is used up.
    fn count_call(&mut self, id: VisitId, desk: DeskId, overtook: &[VisitId]) {
        for passed in overtook {
            if let Some(visit) = self.visits.get_mut(passed) {
                visit.overtaken = visit.overtaken.saturating_add(1);
            }
        }
        let Some((priority, rank)) = self.visits.get(&id).map(|visit| (visit.priority, visit.rank)) else { return };
        let Some(open) = self.desks.get_mut(&desk) else { return };
        open.ready = false;
        // A booked citizen in between neither breaks a row of priority calls nor makes it longer.
        if !matches!(rank, Rank::Booked { .. }) {
            open.priority_in_a_row = if priority { open.priority_in_a_row.saturating_add(1) } else { 0 };
        }
    }

    /// Takes a call back: nobody was passed over for it after all.
    fn take_call_back(&mut self, id: VisitId, desk: DeskId, at: DateTime<Utc>) {
        let mut overtook = Vec::new();
        self.change_visit(id, at, |visit| overtook = visit.put_back());
        if !overtook.is_empty() {
            self.tally.call_taken_back(id);
        }
        for passed in overtook {
            if let Some(visit) = self.visits.get_mut(&passed) {
                visit.overtaken = visit.overtaken.saturating_sub(1);
            }
        }
        let priority = self.visits.get(&id).is_some_and(|visit| visit.priority);
        if let Some(open) = self.desks.get_mut(&desk).filter(|_| priority) {
            open.priority_in_a_row = open.priority_in_a_row.saturating_sub(1);
        }
    }
}
