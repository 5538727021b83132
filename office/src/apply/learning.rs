//! What an event teaches the office, read off before it is made so.

use chrono::{DateTime, NaiveDate, Timelike, Utc};

use crate::life::length;
use crate::{
    BookingEvent, CancelledBy, Channel, EventKind, FillerKind, HouseEvent, Office, Origin, PeriodKind, Rank, Visit,
    VisitEvent, VisitId, VisitState, calendar,
};

/// Learns from an event that is about to be made so.
pub(super) fn learn(office: &mut Office, at: DateTime<Utc>, event: &EventKind) {
    match event {
        EventKind::Visit(event) => of_visit(office, at, event),
        EventKind::Booking(BookingEvent::Missed { .. })
        | EventKind::Booking(BookingEvent::Cancelled { by: CancelledBy::Lateness, .. }) => office.learnt.missed(),
        EventKind::House(HouseEvent::DayClosed { date }) => office.learnt.close_day(*date),
        EventKind::House(HouseEvent::Configured(config)) => {
            let before = office.config.iter().flat_map(|config| &config.services);
            let lengths: Vec<_> = before.map(|(id, service)| (*id, service.planned_minutes)).collect();
            for (id, from) in lengths {
                if let Some(to) =
                    config.services.get(&id).map(|service| service.planned_minutes).filter(|to| *to != from)
                {
                    office.learnt.planned_anew(id, from, to);
                }
            }
        }
        EventKind::Booking(_) | EventKind::House(_) | EventKind::Desk(_) => {}
    }
}

fn of_visit(office: &mut Office, at: DateTime<Utc>, event: &VisitEvent) {
    let Some(date) = office.day.as_ref().map(|day| day.date) else { return };
    match event {
        VisitEvent::CheckedIn(visit) => {
            if let Origin::Booked { start, channel: Channel::InPerson, .. } = visit.origin {
                office.learnt.arrived(date, (visit.arrived_at - start).num_seconds());
            }
        }
        VisitEvent::TicketTaken(visit) => {
            // A kiosk without its hub hands in later who came.
            let half_hour = half_hour(office, visit.arrived_at);
            office.learnt.walked_in(visit.service, half_hour);
        }
        VisitEvent::Called { visit, .. } => {
            let Some(visit) = office.visits.get(visit) else { return };
            let (late, came_at) = (after_their_time(visit, at), visit.arrived_at);
            // Who was called before has been told nothing new of the wait that followed.
            let told = visit.told_wait.filter(|_| visit.periods.is_empty());
            let walk_in =
                matches!((visit.rank, visit.origin), (Rank::Filler { kind: FillerKind::WalkIn }, Origin::WalkIn));
            if let Some(seconds) = late {
                office.learnt.called_after(seconds);
            }
            if walk_in {
                let half_hour = half_hour(office, came_at);
                office.learnt.waited_for(date, half_hour, (at - came_at).num_minutes());
                if let Some(told) = told {
                    office.learnt.told_of(told, (at - came_at).num_seconds());
                }
            }
        }
        VisitEvent::Appeared { visit, .. } => {
            if let Some(VisitState::Called { since, recalls: 0, .. }) = office.visits.get(visit).map(|one| &one.state) {
                let seconds = (at - *since).num_seconds();
                office.learnt.walked(date, seconds);
            }
        }
        VisitEvent::Finished { visit, .. } => finished(office, at, date, *visit),
        VisitEvent::CameDirectly(_)
        | VisitEvent::OutageVisitEntered(_)
        | VisitEvent::TimeFixed { .. }
        | VisitEvent::Ranked { .. }
        | VisitEvent::BookingFound { .. }
        | VisitEvent::ServedOnPaper { .. }
        | VisitEvent::Amended { .. }
        | VisitEvent::Wished { .. }
        | VisitEvent::NoteSet { .. }
        | VisitEvent::Left { .. }
        | VisitEvent::LeftUndone { .. }
        | VisitEvent::CameBack { .. }
        | VisitEvent::Recalled { .. }
        | VisitEvent::PutBack { .. }
        | VisitEvent::NoShow { .. }
        | VisitEvent::AttemptFailed { .. }
        | VisitEvent::ShownRecorded { .. }
        | VisitEvent::Interrupted { .. }
        | VisitEvent::Parked { .. }
        | VisitEvent::Transferred { .. }
        | VisitEvent::ToldUnreachable { .. }
        | VisitEvent::Unserved { .. } => {}
    }
}

/// In which half hour of its local day an instant lies.
fn half_hour(office: &Office, at: DateTime<Utc>) -> u16 {
    let zone = office.config.as_ref().map_or(chrono_tz::UTC, |config| config.zone);
    let local = at.with_timezone(&zone).time();
    u16::try_from(local.num_seconds_from_midnight() / 1_800).unwrap_or_default()
}

/// How long after their time somebody is called who was here by then.
fn after_their_time(visit: &Visit, at: DateTime<Utc>) -> Option<i64> {
    match (visit.rank, &visit.state) {
        (Rank::Booked { start }, VisitState::Waiting { .. }) if visit.arrived_at <= start && !visit.is_remote() => {
            Some((at - start).num_seconds().max(0))
        }
        (Rank::Booked { .. } | Rank::Filler { .. } | Rank::EndOfDay | Rank::FirstInLine, _) => None,
    }
}

/// A visit that was served in one piece, for as long as the rule had planned, teaches how long that takes. One on paper,
/// by telephone, gone on with after a break, or of a length that a clerk had set does not.
fn finished(office: &mut Office, at: DateTime<Utc>, date: NaiveDate, id: VisitId) {
    let (Some(visit), Some(config)) = (office.visits.get(&id), &office.config) else { return };
    let VisitState::Serving { since, .. } = visit.state else { return };
    let in_one_piece = visit.periods.iter().all(|period| match period.kind {
        PeriodKind::Wait | PeriodKind::Way => true,
        PeriodKind::Service | PeriodKind::Parked | PeriodKind::Interrupted => false,
    });
    let came = match visit.origin {
        Origin::WalkIn | Origin::Booked { channel: Channel::InPerson, .. } => true,
        Origin::Booked { channel: Channel::Telephone | Channel::Teleconference, .. }
        | Origin::Direct
        | Origin::Outage => false,
    };
    let service = visit.service;
    let by_rule = config.services.get(&service).and_then(|service| {
        length::planned_minutes(service, visit.persons, visit.cases)
            .ok()
            .filter(|by_rule| *by_rule == visit.planned_minutes)
    });
    let same_day = calendar::local_date(config.zone, since) == date;
    if let Some(planned) = by_rule.filter(|_| in_one_piece && came && same_day) {
        office.learnt.served(service, date, planned, (at - since).num_seconds());
    }
}
