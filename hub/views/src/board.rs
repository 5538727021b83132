//! What the waiting room sees.

use chrono::{DateTime, TimeDelta, Utc};
use office::{Call, Channel, Office, OfficeConfig, Origin, VisitState};
use wire::{BoardCall, BoardView, Upcoming};

use super::{notices, office_state, outlook, said};
use crate::answers::desk_label;

/// Every call of so long is on the board, so that a reader who was away for a moment misses none.
const CALLS_MINUTES: i64 = 2;
/// And at least so many, if there were any today.
const CALLS_LEAST: usize = 8;
/// Those who are next.
const UPCOMING_MOST: usize = 6;

/// The board.
pub fn view(office: &Office, config: &OfficeConfig, now: DateTime<Utc>) -> BoardView {
    let since = now - TimeDelta::minutes(CALLS_MINUTES);
    let calls: Vec<&Call> = office.calls.iter().filter(|call| is_for_the_room(office, call)).collect();
    let recent = calls.iter().rev().take_while(|call| call.at >= since).count();
    let first = calls.len() - recent.max(CALLS_LEAST).min(calls.len());
    let order = outlook::order(office, now, 2 * UPCOMING_MOST);
    let in_the_room = order.iter().filter_map(|visit| office.visits.get(visit)).filter(|v| is_in_person(v));
    // The room is told how appointments are kept where nothing more urgent is to be said.
    let mut notices = notices(office, config, now);
    if notices.is_empty() {
        notices.extend(said::kept(office));
    }
    BoardView {
        office: config.name.clone(),
        zone: config.zone.name().to_owned(),
        state: office_state(office, config, now),
        calls: calls[first..].iter().map(|call| board_call(office, config, call)).collect(),
        upcoming: in_the_room
            .clone()
            .take(UPCOMING_MOST)
            .map(|visit| Upcoming { number: visit.number.to_string(), booked_for: visit.booked_for() })
            .collect(),
        waiting: u32::try_from(in_the_room.count()).unwrap_or(u32::MAX),
        notices,
    }
}

/// Telephone and teleconference are never on the board (OMB-20).
const fn is_in_person(visit: &office::Visit) -> bool {
    match visit.origin {
        Origin::Booked { channel, .. } => matches!(channel, Channel::InPerson),
        Origin::WalkIn => true,
        Origin::Direct | Origin::Outage => false,
    }
}

fn is_for_the_room(office: &Office, call: &Call) -> bool {
    office.visits.get(&call.visit).is_none_or(is_in_person)
}

fn board_call(office: &Office, config: &OfficeConfig, call: &Call) -> BoardCall {
    let visit = office.visits.get(&call.visit);
    let standing = visit.is_some_and(|visit| match visit.state {
        VisitState::Called { desk, .. } => desk == call.desk,
        VisitState::Waiting { .. }
        | VisitState::Serving { .. }
        | VisitState::Parked { .. }
        | VisitState::Interrupted { .. }
        | VisitState::NoShow { .. }
        | VisitState::Left { .. }
        | VisitState::Finished { .. }
        | VisitState::Unserved { .. } => false,
    });
    BoardCall {
        id: call.id.0,
        number: call.number.to_string(),
        desk: desk_label(config, call.desk),
        at: call.at,
        recall: call.recall,
        booked_for: visit.and_then(office::Visit::booked_for),
        standing,
    }
}
