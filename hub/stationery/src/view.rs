//! The floor's view in words.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use office::{ClerkId, DeskId, Office};
pub use text::desk_name;
use text::{Dates, Voice};
use wire::{FloorDesk, FloorDeskState, FloorView, FloorVisit, FloorVisitState, OfficeState};
use writer::OfficeHandle;

/// Who serves at a desk now.
pub fn clerk_at(office: &Office, desk: u16) -> Option<ClerkId> {
    office.desks.get(&DeskId(desk)).map(|open| open.clerk)
}

/// What a desk does, in a few words.
pub fn desk_state(view: &FloorView, desk: &FloorDesk, dates: Dates) -> String {
    let voice = dates.voice;
    let held = desk.holds.and_then(|held| view.visits.iter().find(|visit| visit.visit == held));
    match (&desk.state, held.map(|visit| (&visit.state, &visit.number))) {
        (FloorDeskState::Closed, _) => voice.say("desk-state-closed"),
        (FloorDeskState::Break { until: Some(until) }, _) => {
            voice.with("desk-state-break-until", "at", dates.time(*until))
        }
        (FloorDeskState::Break { until: None }, _) => voice.say("desk-state-break"),
        (FloorDeskState::Open, Some((FloorVisitState::Serving { .. }, number))) => {
            voice.text("desk-serves", "number", number)
        }
        (FloorDeskState::Open, Some((_, number))) => voice.text("desk-calls", "number", number),
        (FloorDeskState::Open, None) => voice.say("desk-state-open"),
    }
}

/// Where a visit stands, as seen from `desk`.
pub fn visit_state(visit: &FloorVisit, desk: u16, dates: Dates) -> String {
    let voice = dates.voice;
    let at = |id: &str, at| voice.with(id, "at", dates.time(at));
    match visit.state {
        FloorVisitState::Waiting { since } => at("state-waiting", since),
        FloorVisitState::Called { desk: there, at: called, recalls } if there == desk => {
            let said = at("state-called", called);
            match recalls {
                0 => said,
                some => format!("{said} · {}", voice.count("recalls", some)),
            }
        }
        FloorVisitState::Called { desk, .. } => voice.with("state-elsewhere-called", "desk", desk),
        FloorVisitState::Serving { desk: there, since } if there == desk => at("state-serving", since),
        FloorVisitState::Serving { desk, .. } => voice.with("state-elsewhere-serving", "desk", desk),
        FloorVisitState::Parked { desk, .. } => voice.with("state-parked", "desk", desk),
        FloorVisitState::Interrupted { desk, since } => {
            voice.say_with("state-interrupted", [("desk", desk.into()), ("at", dates.time(since).into())])
        }
        FloorVisitState::NoShow { since } => at("state-no-show", since),
    }
}

/// Whether the office serves, in a sentence.
pub fn office_state(state: &OfficeState, dates: Dates, now: DateTime<Utc>) -> String {
    let voice = dates.voice;
    match state {
        OfficeState::Open { tickets_until, serves_until } => voice.say_with(
            "office-state-open",
            [("tickets", dates.time(*tickets_until).into()), ("serves", dates.time(*serves_until).into())],
        ),
        OfficeState::Closed { opens_at: Some(at), .. } => {
            voice.with("office-state-closed-until", "at", dates.near(*at, now))
        }
        OfficeState::Closed { opens_at: None, .. } => voice.say("office-state-closed"),
        OfficeState::Suspended { .. } => voice.say("office-state-suspended"),
    }
}

/// What is said of offices that are set aside, to who works in them or runs them.
pub fn aside_alarms<'a>(offices: impl IntoIterator<Item = &'a Arc<OfficeHandle>>, voice: Voice) -> Vec<String> {
    let aside = offices.into_iter().filter(|office| office.aside().is_some());
    let name = |office: &OfficeHandle| {
        let name = office.read().config.as_ref().map(|config| voice.of_text(&config.name));
        name.unwrap_or_else(|| office.key.to_string())
    };
    aside.map(|office| voice.text("alarm-office-set-aside", "office", &name(office))).collect()
}

/// The zone of a view.
pub fn zone(view: &FloorView) -> Tz {
    view.zone.parse::<Tz>().unwrap_or(chrono_tz::Europe::Athens)
}
