//! What happens to desks, made so.

use chrono::{DateTime, Utc};

use crate::{DeskEvent, DeskId, DeskSpan, DeskState, DeskStep, LastStep, Office, OpenDesk};

/// Changes an office by what happens to a desk.
pub(super) fn apply(office: &mut Office, at: DateTime<Utc>, event: &DeskEvent) {
    match event {
        DeskEvent::DeskOpened { desk, clerk, until } => {
            let open = OpenDesk {
                clerk: *clerk,
                opened_at: at,
                until: *until,
                state: DeskState::Open,
                holds: None,
                acted_at: at,
                ready: false,
                priority_in_a_row: 0,
                clerk_since: at,
                last: None,
            };
            office.desks.insert(*desk, open);
            office.begin_span(*desk, at);
        }
        DeskEvent::DeskHandedOver { desk, clerk, until } => {
            if let Some(open) = office.desks.get_mut(desk) {
                // Whether to call by itself is for who serves to say.
                (open.clerk, open.until, open.ready, open.acted_at) = (*clerk, *until, false, at);
                open.clerk_since = at;
                // Nor does anybody undo what another has done.
                open.last = None;
            }
        }
        DeskEvent::BreakStarted { desk, because, until } => {
            office.end_span(*desk, at);
            if let Some(open) = office.desks.get_mut(desk) {
                open.state = DeskState::Break { because: *because, since: at, until: *until };
                open.acted_at = at;
                open.ready = false;
                open.last = Some(LastStep { step: DeskStep::Break, at, visit: None, before: None, called: None });
            }
        }
        DeskEvent::BreakEnded { desk } => {
            office.begin_span(*desk, at);
            if let Some(open) = office.desks.get_mut(desk) {
                open.state = DeskState::Open;
                open.acted_at = at;
                open.last = None;
            }
        }
        DeskEvent::BreakUndone { desk } => {
            office.resume_span(*desk);
            if let Some(open) = office.desks.get_mut(desk) {
                open.state = DeskState::Open;
                open.acted_at = at;
                open.last = None;
            }
        }
        DeskEvent::DeskClosed { desk } => {
            office.end_span(*desk, at);
            office.desks.remove(desk);
        }
        DeskEvent::ReadySet { desk, ready } => {
            if let Some(open) = office.desks.get_mut(desk) {
                open.ready = *ready;
                open.acted_at = at;
            }
        }
    }
}

impl Office {
    /// A desk serves from now on.
    fn begin_span(&mut self, desk: DeskId, at: DateTime<Utc>) {
        if let Some(day) = &mut self.day {
            day.desk_spans.push(DeskSpan { desk, from: at, to: None });
        }
    }

    /// A desk has served all the time.
    fn resume_span(&mut self, desk: DeskId) {
        let spans = self.day.as_mut().map(|day| day.desk_spans.as_mut_slice()).unwrap_or_default();
        if let Some(span) = spans.iter_mut().rfind(|span| span.desk == desk) {
            span.to = None;
        }
    }

    /// A desk serves no longer.
    fn end_span(&mut self, desk: DeskId, at: DateTime<Utc>) {
        let spans = self.day.as_mut().map(|day| day.desk_spans.as_mut_slice()).unwrap_or_default();
        if let Some(span) = spans.iter_mut().rfind(|span| span.desk == desk && span.to.is_none()) {
            span.to = Some(at);
        }
    }
}
