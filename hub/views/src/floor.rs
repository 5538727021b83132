//! What staff see.

use chrono::{DateTime, Utc};
use office::{
    CancelledBy, Channel, DeskState, HandInConflict, HandInNote, Office, OfficeConfig, Origin, Visit, VisitId,
    VisitState,
};
use text::Voice;
use wire::{DeviceFault, FloorDesk, FloorDeskState, FloorHelp, FloorView, FloorVisit, FloorVisitState, Remote, Words};

use super::{office_state, outlook};
use crate::answers::call_reason;

/// So many are put in the expected order; the others stand behind, by number.
const LOOKED_AHEAD_MOST: usize = 60;

/// The floor.
pub fn view(office: &Office, config: &OfficeConfig, faults: &[(String, DeviceFault)], now: DateTime<Utc>) -> FloorView {
    let order = outlook::order(office, now, LOOKED_AHEAD_MOST);
    let place = |visit: VisitId| order.iter().position(|other| *other == visit).unwrap_or(usize::MAX);
    let mut visits: Vec<(usize, FloorVisit)> =
        office.visits.values().filter_map(|visit| Some((place(visit.id), floor_visit(config, visit)?))).collect();
    visits.sort_by_key(|(place, visit)| (*place, visit.arrived_at));
    FloorView {
        office: config.name.clone(),
        zone: config.zone.name().to_owned(),
        state: office_state(office, config, now),
        desks: config.desks.keys().map(|desk| floor_desk(office, *desk, now)).collect(),
        visits: visits.into_iter().map(|(_, visit)| visit).collect(),
        alarms: alarms(office, faults, now),
        help: help(office, now),
    }
}

/// The sentence that staff read of a device's fault.
const fn sentence(fault: DeviceFault) -> &'static str {
    match fault {
        DeviceFault::PrinterPaperOut => "alarm-printer-paper-out",
        DeviceFault::PrinterPaperLow => "alarm-printer-paper-low",
        DeviceFault::PrinterCoverOpen => "alarm-printer-cover-open",
        DeviceFault::PrinterOffline => "alarm-printer-offline",
        DeviceFault::PrinterCutter => "alarm-printer-cutter",
        DeviceFault::PrinterHot => "alarm-printer-hot",
        DeviceFault::TicketUnconfirmed => "alarm-ticket-unconfirmed",
        DeviceFault::ScannerOffline => "alarm-scanner-offline",
        DeviceFault::SoundFailed => "alarm-sound-failed",
        DeviceFault::JournalFailed => "alarm-journal-failed",
        DeviceFault::FalseHub => "alarm-false-hub",
        DeviceFault::Other => "alarm-other",
    }
}

/// Those who ring for help, the longest first.
fn help(office: &Office, now: DateTime<Utc>) -> Vec<FloorHelp> {
    let ringing = office.help.iter().filter(|(_, call)| call.rings(now));
    let told = ringing.map(|(ring, call)| FloorHelp {
        ring: ring.0,
        place: call.place.clone(),
        desk: call.desk.map(|desk| desk.0),
        since: call.since,
        account: call.clerk.map(|clerk| clerk.0),
    });
    let mut told: Vec<FloorHelp> = told.collect();
    told.sort_by_key(|help| (help.since, help.ring));
    told
}

fn alarms(office: &Office, faults: &[(String, DeviceFault)], now: DateTime<Utc>) -> Vec<Words> {
    let of_devices =
        faults.iter().map(|(name, fault)| text::words(sentence(*fault), &[("device", name.as_str().into())]));
    let unserved = office::order::unserved_due(office, now);
    let of_visits = unserved
        .iter()
        .filter_map(|visit| office.visits.get(visit))
        .map(|visit| text::words("alarm-unreachable", &[("number", visit.number.to_string().into())]));
    let handed_in = office.hand_in_notes.iter().map(|note| text::both(|voice| hand_in_sentence(office, note, voice)));
    of_devices.chain(of_visits).chain(handed_in).collect()
}

/// What staff are told of an arrival that a kiosk handed in and that does not fit: what is the matter, and what to do.
pub fn hand_in_sentence(office: &Office, note: &HandInNote, voice: Voice) -> String {
    let number = |visit: VisitId| office.visits.get(&visit).map(|visit| visit.number.to_string()).unwrap_or_default();
    let (id, other) = match note.conflict {
        HandInConflict::Cancelled { by: CancelledBy::Lateness } => ("hand-in-given-up", None),
        HandInConflict::Cancelled { by: CancelledBy::Citizen | CancelledBy::Staff | CancelledBy::Office } => {
            ("hand-in-cancelled", None)
        }
        HandInConflict::Void => ("hand-in-void", None),
        HandInConflict::Missed => ("hand-in-missed", None),
        HandInConflict::Moved => ("hand-in-moved", None),
        HandInConflict::HereAlready { visit } => ("hand-in-here-already", Some(visit)),
        HandInConflict::NotKnown => ("hand-in-not-known", None),
        HandInConflict::ServedOnPaper => ("hand-in-on-paper", None),
        HandInConflict::ServiceGone => ("hand-in-service-gone", None),
        HandInConflict::Renumbered => ("hand-in-renumbered", note.visit),
        HandInConflict::DayOver => ("hand-in-day-over", None),
    };
    let other = other.map(number).unwrap_or_default();
    voice.say_with(id, [("number", note.number.to_string().into()), ("other", other.into())])
}

fn floor_desk(office: &Office, desk: office::DeskId, now: DateTime<Utc>) -> FloorDesk {
    let open = office.desks.get(&desk);
    let state = match open.map(|open| open.state) {
        None => FloorDeskState::Closed,
        Some(DeskState::Open) => FloorDeskState::Open,
        Some(DeskState::Break { until, .. }) => FloorDeskState::Break { until },
    };
    let holds = open.and_then(|open| open.holds).and_then(|visit| office.visits.get(&visit));
    let proposed = office::order::interruption_proposed(office, desk, now);
    let interrupt_for =
        proposed.and_then(|proposed| office.visits.get(&proposed.for_visit)).map(|visit| visit.public.0);
    FloorDesk { number: desk.0, state, holds: holds.map(|visit| visit.public.0), interrupt_for }
}

/// How somebody is reached who does not come.
fn remote(config: &OfficeConfig, visit: &Visit) -> Option<Remote> {
    let by_video = match visit.origin {
        Origin::Booked { channel: Channel::Telephone, .. } => false,
        Origin::Booked { channel: Channel::Teleconference, .. } => true,
        Origin::Booked { channel: Channel::InPerson, .. } | Origin::WalkIn | Origin::Direct | Origin::Outage => {
            return None;
        }
    };
    Some(Remote { by_video, attempts: visit.attempts, attempts_max: config.rules.remote_attempts_max })
}

/// A visit that is not over, or may still come back.
fn floor_visit(config: &OfficeConfig, visit: &Visit) -> Option<FloorVisit> {
    let mut why = None;
    let state = match &visit.state {
        VisitState::Waiting { since, desk: _ } => FloorVisitState::Waiting { since: *since },
        VisitState::Called { desk, last, recalls, reason, .. } => {
            why = Some(call_reason(reason, config.zone));
            FloorVisitState::Called { desk: desk.0, at: *last, recalls: *recalls }
        }
        VisitState::Serving { desk, since, reason } => {
            why = Some(call_reason(reason, config.zone));
            FloorVisitState::Serving { desk: desk.0, since: *since }
        }
        VisitState::Parked { desk, since } => FloorVisitState::Parked { desk: desk.0, since: *since },
        VisitState::Interrupted { desk, since, .. } => FloorVisitState::Interrupted { desk: desk.0, since: *since },
        VisitState::NoShow { at } => FloorVisitState::NoShow { since: *at },
        VisitState::Left { .. } | VisitState::Finished { .. } | VisitState::Unserved { .. } => return None,
    };
    let service = config.services.get(&visit.service)?;
    Some(FloorVisit {
        visit: visit.public.0,
        number: visit.number.to_string(),
        service: service.key.clone(),
        service_name: service.name.clone(),
        arrived_at: visit.arrived_at,
        booked_for: visit.booked_for(),
        planned_minutes: visit.planned_minutes,
        priority: visit.priority,
        needs: visit.needs,
        state,
        note: visit.note.is_some(),
        reason: why,
        remote: remote(config, visit),
    })
}
