//! Makes an event so. It cannot fail: what is decided has happened.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

use crate::{
    Audience, Booking, BookingId, BookingLife, Call, CallId, CancelledBy, Cooling, Correction, CorrectionState, Day,
    DeskId, DeskSpan, DeskState, Event, EventKind, FirstChoice, Office, OpenDesk, Origin, Outage, Promise, Rank,
    RankReason, Rule, TransferTarget, VisitId, VisitState, calendar,
};

/// Changes an office by an event of its journal.
pub fn apply(office: &mut Office, event: &Event) {
    let at = event.at;
    office.last_at = Some(at);
    match &event.kind {
        EventKind::Configured(config) => {
            office.config = Some(config.as_ref().clone());
        }
        EventKind::Suspended(suspension) => {
            office.suspensions.retain(|one| one.scope != suspension.scope);
            office.suspensions.push(suspension.clone());
        }
        EventKind::Resumed { scope } => {
            office.suspensions.retain(|one| one.scope != *scope);
        }
        EventKind::OutageNoted { from } => office.outages.push(Outage { from: *from, to: at }),
        EventKind::DayOpened { date } => {
            office.day = Some(Day { date: *date, numbers: Default::default(), desk_spans: Vec::new() });
        }
        EventKind::DayClosed { date } => office.forget_day(*date, at),

        EventKind::Held { .. }
        | EventKind::HoldExtended { .. }
        | EventKind::Entrusted { .. }
        | EventKind::HoldEnded { .. }
        | EventKind::Confirmed { .. }
        | EventKind::Booked(_)
        | EventKind::Moved { .. }
        | EventKind::Cancelled { .. }
        | EventKind::ChosenAnew { .. }
        | EventKind::Voided { .. }
        | EventKind::CorrectionAsked { .. }
        | EventKind::Corrected { .. }
        | EventKind::DetailsChanged { .. }
        | EventKind::Missed { .. } => apply_to_booking(office, at, &event.kind),

        EventKind::CheckedIn(visit) => {
            office.put_visit(visit, at);
            if let Origin::Booked { booking, .. } = visit.origin {
                office.change_booking(booking, |booking| booking.arrive(visit.id));
            }
        }
        EventKind::TicketTaken(visit) | EventKind::CameDirectly(visit) | EventKind::PaperEntered(visit) => {
            office.put_visit(visit, at);
        }
        EventKind::TimeFixed { visit, booking } => {
            let start = booking.promise.start;
            office.put_booking(booking.as_ref().clone());
            office.change_visit(*visit, at, |visit| visit.rank = Rank::Booked { start });
        }
        EventKind::Tolerated { rule, booking, .. } => {
            if let (Rule::Void, Some(booking)) = (rule, booking) {
                office.change_booking(*booking, |booking| booking.lapse_correction(at));
            }
        }

        EventKind::DeskOpened { .. }
        | EventKind::BreakStarted { .. }
        | EventKind::BreakEnded { .. }
        | EventKind::DeskClosed { .. }
        | EventKind::ReadySet { .. } => apply_to_desk(office, at, &event.kind),

        EventKind::Called { call, visit, desk, reason, overtook } => {
            office.keep_call(*call, *visit, *desk, at, false);
            office.change_visit(*visit, at, |visit| visit.call(at, *desk, *call, *reason, overtook.clone()));
            office.count_call(*visit, *desk, overtook);
        }
        EventKind::Recalled { call, visit, desk } => {
            office.keep_call(*call, *visit, *desk, at, true);
            office.change_visit(*visit, at, |visit| {
                if let VisitState::Called { call: newest, last, recalls, .. } = &mut visit.state {
                    (*newest, *last, *recalls) = (*call, at, recalls.saturating_add(1));
                }
            });
        }
        EventKind::PutBack { visit, desk } => office.take_call_back(*visit, *desk, at),
        EventKind::Ranked { .. }
        | EventKind::Amended { .. }
        | EventKind::NoteSet { .. }
        | EventKind::Left { .. }
        | EventKind::LeftUndone { .. }
        | EventKind::CameBack { .. }
        | EventKind::Appeared { .. }
        | EventKind::NoShow { .. }
        | EventKind::AttemptFailed { .. }
        | EventKind::ShownRecorded { .. }
        | EventKind::Interrupted { .. }
        | EventKind::Parked { .. }
        | EventKind::Transferred { .. }
        | EventKind::Finished { .. }
        | EventKind::ToldUnreachable { .. }
        | EventKind::Unserved { .. } => apply_to_visit(office, at, &event.kind),
    }
}

/// The life of a booking goes on.
fn apply_to_booking(office: &mut Office, at: DateTime<Utc>, kind: &EventKind) {
    match kind {
        EventKind::Held { booking, reference, promise, owner, expires_at } => office.put_booking(Booking {
            id: *booking,
            reference: reference.clone(),
            promise: promise.clone(),
            sequence: 0,
            correction: None,
            life: BookingLife::Held { owner: *owner, expires_at: *expires_at, extensions: 0 },
        }),
        EventKind::HoldExtended { booking, expires_at: later } => office.change_booking(*booking, |booking| {
            if let BookingLife::Held { expires_at, extensions, .. } = &mut booking.life {
                (*expires_at, *extensions) = (*later, extensions.saturating_add(1));
            }
        }),
        EventKind::Entrusted { booking, owner, expires_at } => office.change_booking(*booking, |booking| {
            booking.life = BookingLife::Held { owner: Some(*owner), expires_at: *expires_at, extensions: 0 };
        }),
        EventKind::HoldEnded { booking } => {
            office.change_booking(*booking, |booking| booking.life = BookingLife::Expired { at });
        }
        EventKind::Confirmed { booking, party } => office.change_booking(*booking, |booking| {
            booking.life = BookingLife::Confirmed { party: party.clone() };
        }),
        EventKind::Booked(booking) => office.put_booking(booking.as_ref().clone()),
        EventKind::Moved { booking, to, minutes, audience, cools_until, .. } => {
            office.cool(*booking, *cools_until, at);
            office.change_booking(*booking, |booking| {
                booking.promise =
                    Promise { start: *to, minutes: *minutes, audience: *audience, ..booking.promise.clone() };
                booking.sequence += 1;
            });
        }
        EventKind::Cancelled { booking, by, cools_until, first_choice } => {
            office.cool(*booking, *cools_until, at);
            office.change_booking(*booking, |booking| booking.cancel(*by, at, *first_choice));
        }
        EventKind::ChosenAnew { booking, to, minutes, .. } => {
            office.change_booking(*booking, |booking| booking.stand_again(*to, *minutes, at));
        }
        EventKind::Voided { booking, because } => office.change_booking(*booking, |booking| {
            if let Some(party) = booking.life.party().cloned() {
                booking.life = BookingLife::Void { party, at, because: *because };
                booking.sequence += 1;
            }
        }),
        EventKind::CorrectionAsked { booking, because, note, until } => office.change_booking(*booking, |booking| {
            let (because, note, until) = (*because, *note, *until);
            booking.correction =
                Some(Correction { because, note, asked_at: at, until, state: CorrectionState::Awaited });
        }),
        EventKind::Corrected { booking, by } => office.change_booking(*booking, |booking| {
            if let Some(correction) = &mut booking.correction {
                correction.state = CorrectionState::Made { at, by: *by };
            }
        }),
        EventKind::Missed { booking } => office.change_booking(*booking, |booking| {
            if let Some(party) = booking.life.party().cloned() {
                booking.life = BookingLife::Missed { party, at };
            }
        }),
        _ => {}
    }
}

/// A desk opens, pauses, closes, or is ready.
fn apply_to_desk(office: &mut Office, at: DateTime<Utc>, kind: &EventKind) {
    match kind {
        EventKind::DeskOpened { desk, clerk, until } => {
            let open = OpenDesk {
                clerk: *clerk,
                opened_at: at,
                until: *until,
                state: DeskState::Open,
                holds: None,
                acted_at: at,
                ready: false,
                priority_in_a_row: 0,
            };
            office.desks.insert(*desk, open);
            office.begin_span(*desk, at);
        }
        EventKind::BreakStarted { desk, because, until } => {
            office.end_span(*desk, at);
            if let Some(open) = office.desks.get_mut(desk) {
                open.state = DeskState::Break { because: *because, since: at, until: *until };
                open.acted_at = at;
                open.ready = false;
            }
        }
        EventKind::BreakEnded { desk } => {
            office.begin_span(*desk, at);
            if let Some(open) = office.desks.get_mut(desk) {
                open.state = DeskState::Open;
                open.acted_at = at;
            }
        }
        EventKind::DeskClosed { desk } => {
            office.end_span(*desk, at);
            office.desks.remove(desk);
        }
        EventKind::ReadySet { desk, ready } => {
            if let Some(open) = office.desks.get_mut(desk) {
                open.ready = *ready;
                open.acted_at = at;
            }
        }
        _ => {}
    }
}

/// The life of a visit goes on.
fn apply_to_visit(office: &mut Office, at: DateTime<Utc>, kind: &EventKind) {
    match kind {
        EventKind::Ranked { visit, rank, because } => office.change_visit(*visit, at, |visit| {
            visit.rank = *rank;
            if *because == RankReason::TargetClosed {
                visit.free_from_desk(at);
            }
        }),
        EventKind::Amended { visit, persons, cases, planned_minutes } => office.change_visit(*visit, at, |visit| {
            (visit.persons, visit.cases, visit.planned_minutes) = (*persons, *cases, *planned_minutes);
        }),
        EventKind::NoteSet { visit, note } => office.change_visit(*visit, at, |visit| visit.note = *note),
        EventKind::Left { visit } => office.change_visit(*visit, at, |visit| visit.leave(at)),
        EventKind::LeftUndone { visit } => office.change_visit(*visit, at, crate::Visit::undo_leave),
        EventKind::CameBack { visit, rank } => office.change_visit(*visit, at, |visit| {
            visit.rank = *rank;
            visit.turn(at, VisitState::Waiting { since: at, desk: None });
        }),
        EventKind::Appeared { visit, .. } => office.change_visit(*visit, at, |visit| visit.appear(at)),
        EventKind::NoShow { visit, .. } => {
            office.change_visit(*visit, at, |visit| visit.turn(at, VisitState::NoShow { at }));
        }
        EventKind::AttemptFailed { visit, desk } => office.change_visit(*visit, at, |visit| {
            visit.attempts = visit.attempts.saturating_add(1);
            visit.turn(at, VisitState::Parked { desk: *desk, since: at });
        }),
        EventKind::ShownRecorded { visit, shown, .. } => {
            office.change_visit(*visit, at, |visit| visit.shown = Some(*shown));
        }
        EventKind::Interrupted { visit, desk, left_minutes, rank, same_desk } => {
            office.change_visit(*visit, at, |visit| {
                (visit.planned_minutes, visit.rank) = (*left_minutes, *rank);
                visit.turn(at, VisitState::Interrupted { desk: *desk, since: at, same_desk: *same_desk });
            });
        }
        EventKind::Parked { visit, desk } => {
            office.change_visit(*visit, at, |visit| visit.turn(at, VisitState::Parked { desk: *desk, since: at }));
        }
        EventKind::Transferred { visit, to, planned_minutes, rank, .. } => office.change_visit(*visit, at, |visit| {
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
        EventKind::Finished { visit, outcome, delivered, .. } => office.change_visit(*visit, at, |visit| {
            visit.turn(at, VisitState::Finished { at, outcome: *outcome, delivered: delivered.clone() });
        }),
        EventKind::ToldUnreachable { visit } => {
            office.change_visit(*visit, at, |visit| visit.told_unreachable = true);
        }
        EventKind::Unserved { visit } => {
            office.change_visit(*visit, at, |visit| visit.turn(at, VisitState::Unserved { at }));
        }
        _ => {}
    }
}

impl Booking {
    /// The person is here.
    fn arrive(&mut self, visit: VisitId) {
        if let Some(party) = self.life.party().cloned() {
            self.life = BookingLife::Arrived { party, visit };
        }
    }

    /// A correction's deadline has passed; a warning of another kind leaves it as it is.
    fn lapse_correction(&mut self, at: DateTime<Utc>) {
        if self.correction_due().is_some_and(|due| due <= at)
            && let Some(correction) = &mut self.correction
        {
            correction.state = CorrectionState::Lapsed { at };
        }
    }

    /// Given up.
    fn cancel(&mut self, by: CancelledBy, at: DateTime<Utc>, first_choice: Option<FirstChoice>) {
        if let Some(party) = self.life.party().cloned() {
            self.life = BookingLife::Cancelled { party, at, by, first_choice };
            self.sequence += 1;
        }
    }

    /// Stands again at another time. A correction whose deadline passed in between is forgiven: it was the office that
    /// had given the booking up.
    fn stand_again(&mut self, start: DateTime<Utc>, minutes: u16, at: DateTime<Utc>) {
        if let Some(party) = self.life.party().cloned() {
            self.promise = Promise { start, minutes, audience: Audience::Internal, ..self.promise.clone() };
            self.correction =
                self.correction.filter(|asked| asked.state != CorrectionState::Awaited || at < asked.until);
            self.life = BookingLife::Confirmed { party };
            self.sequence += 1;
        }
    }
}

impl Office {
    /// A time is given up: not offered to the public before (OMB-15).
    fn cool(&mut self, id: BookingId, until: DateTime<Utc>, at: DateTime<Utc>) {
        while self.cooling.front().is_some_and(|one| one.until <= at) {
            self.cooling.pop_front();
        }
        let Some(booking) = self.bookings.get(&id) else { return };
        if until > at {
            let Promise { service, start, minutes, .. } = booking.promise;
            self.cooling.push_back(Cooling { booking: id, service, start, minutes, until });
        }
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

    /// A desk serves from now on.
    fn begin_span(&mut self, desk: DeskId, at: DateTime<Utc>) {
        if let Some(day) = &mut self.day {
            day.desk_spans.push(DeskSpan { desk, from: at, to: None });
        }
    }

    /// A desk serves no longer.
    fn end_span(&mut self, desk: DeskId, at: DateTime<Utc>) {
        let spans = self.day.as_mut().map(|day| day.desk_spans.as_mut_slice()).unwrap_or_default();
        if let Some(span) = spans.iter_mut().rfind(|span| span.desk == desk && span.to.is_none()) {
            span.to = Some(at);
        }
    }

    /// What is over leaves the office's memory; the journal keeps it.
    fn forget_day(&mut self, date: NaiveDate, at: DateTime<Utc>) {
        let zone = self.config.as_ref().map_or(chrono_tz::UTC, |config| config.zone);
        let next = date.checked_add_days(Days::new(1)).unwrap_or(date);
        let midnight = calendar::instant_from(zone, next.and_time(NaiveTime::MIN));
        let over = |booking: &&Booking| {
            let is_past = booking.promise.start < midnight && booking.life.first_choice(at).is_none();
            is_past || matches!(booking.life, BookingLife::Expired { .. })
        };
        let past: Vec<BookingId> = self.bookings.values().filter(over).map(|booking| booking.id).collect();
        for id in past {
            self.take_booking(id);
        }
        self.day = None;
        self.visits.clear();
        self.open_visits.clear();
        self.visits_by_public.clear();
        self.desks.clear();
        self.calls.clear();
        self.outages.clear();
        self.cooling.retain(|one| at < one.until);
    }
}
