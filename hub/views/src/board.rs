//! What the waiting room sees.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use office::{Call, Channel, HallNotice, Office, OfficeConfig, Origin, VisitState};
use wire::{BoardCall, BoardView, Upcoming};

use super::{notices, office_state, outlook};
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
        notices: notices(office, config, now),
        hall_notice: hall_notice(&config.notices, now.with_timezone(&config.zone).naive_local()),
    }
}

/// What the office itself says to the hall at a local time: of several sentences that hold each has a minute, so that together
/// they take no more room from calls than one.
fn hall_notice(notices: &[HallNotice], local: NaiveDateTime) -> Option<wire::Words> {
    let holding: Vec<&HallNotice> = notices.iter().filter(|notice| notice.holds(local)).collect();
    let minute = usize::try_from(local.and_utc().timestamp() / 60).unwrap_or_default();
    let turn = minute.checked_rem(holding.len())?;
    holding.get(turn).map(|notice| notice.text.clone())
}

/// Telephone and teleconference are never on the board (OMB-20).
pub(crate) const fn is_in_person(visit: &office::Visit) -> bool {
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

#[cfg(test)]
mod tests {
    use wire::Words;

    use super::*;

    #[test]
    fn fld_26_of_several_notices_that_hold_each_has_its_minute() {
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        let notice =
            |el: &str, until: Option<&str>| HallNotice { text: Words::new(el, el), from: None, until: until.map(at) };
        let notices = [notice("α", None), notice("β", Some("2026-11-24 10:02")), notice("γ", None)];
        let said = |minute: u32| hall_notice(&notices, at(&format!("2026-11-24 10:{minute:02}"))).map(|words| words.el);
        let (first, second): (Vec<_>, Vec<_>) = ((0..2).map(said).collect(), (2..6).map(said).collect());
        assert!(first[0] != first[1], "{first:?}");
        assert!(second.iter().flatten().all(|said| said != "β"), "{second:?}");
        assert!(second[0] != second[1] && second[0] == second[2] && second[1] == second[3], "{second:?}");
        assert_eq!(hall_notice(&[], at("2026-11-24 10:00")), None);
    }
}
