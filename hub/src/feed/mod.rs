//! What readers are sent: each view is rendered once a change, and shared by all who read it.

mod board;
mod budget;
mod channel;
mod floor;
mod kiosk;
mod outlook;
pub mod stream;
mod visit;

use chrono::{DateTime, Utc};
use office::{Office, OfficeConfig, ServiceId, SuspensionScope, Visit};
use wire::{Language, OfficeState};

use crate::{
    offices::OfficeHandle,
    state::AppState,
    text::{Dates, Voice},
};
pub use budget::Budget;
use channel::Channel;
pub use outlook::Expected;
use outlook::Outlook;
pub use visit::view as visit_view;

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The waiting room.
    Board,
    /// A touchscreen.
    Kiosk,
    /// Staff.
    Floor,
}

/// The feeds of one office.
#[derive(Debug, Default)]
pub struct OfficeFeeds {
    board: Channel,
    kiosk: Channel,
    floor: Channel,
    outlook: Outlook,
}

impl OfficeFeeds {
    const fn of(&self, audience: Audience) -> &Channel {
        match audience {
            Audience::Board => &self.board,
            Audience::Kiosk => &self.kiosk,
            Audience::Floor => &self.floor,
        }
    }

    /// What somebody who takes a ticket now may expect.
    pub fn expected_for(&self, handle: &OfficeHandle, service: ServiceId, now: DateTime<Utc>) -> Expected {
        self.outlook.of_newcomer(&handle.read(), service, now)
    }

    /// What somebody who is here already, or comes now with a booking, may expect.
    pub fn expected_of(&self, office: &Office, visit: &Visit, now: DateTime<Utc>) -> Expected {
        if office.visits.contains_key(&visit.id) {
            self.outlook.of_visit(office, visit.id, now)
        } else {
            Outlook::of_arrival(office, visit, now)
        }
    }
}

/// What staff see now, for their pages; nothing, while the office is not set up.
pub fn floor_view(state: &AppState, handle: &OfficeHandle, now: DateTime<Utc>) -> Option<wire::FloorView> {
    let office = handle.read();
    let config = office.config.as_ref()?;
    Some(floor::view(&office, config, &state.devices.faults(handle.row), now))
}

/// Whether the office serves, as everybody is told.
pub fn office_state(office: &Office, config: &OfficeConfig, now: DateTime<Utc>) -> OfficeState {
    let suspended = office.suspensions.iter().find(|suspension| {
        suspension.scope == SuspensionScope::Tickets && suspension.until.is_none_or(|until| now < until)
    });
    if let Some(suspension) = suspended {
        return OfficeState::Suspended { until: suspension.until, because: Some(suspension.because.clone()) };
    }
    match office::calendar::tickets_until(office, now) {
        Some(tickets_until) => {
            let serves_until = office::calendar::closing(office, now).unwrap_or(tickets_until);
            OfficeState::Open { tickets_until, serves_until }
        }
        None => {
            let today = office::calendar::day(config, now.with_timezone(&config.zone).date_naive());
            let because = today.because;
            OfficeState::Closed { opens_at: office::calendar::tickets_next(office, now), because }
        }
    }
}

/// What people in the house are told: which services and desks are suspended now, until when, and why. That no numbers
/// are given at all is the state of the office, and each device says it in its own way.
pub fn notices(office: &Office, config: &OfficeConfig, now: DateTime<Utc>) -> Vec<wire::Words> {
    let holding = office.suspensions.iter().filter(|suspension| suspension.until.is_none_or(|until| now < until));
    let told = holding.filter_map(|suspension| {
        let what = |voice: Voice| match &suspension.scope {
            SuspensionScope::Tickets => None,
            SuspensionScope::Service(service) => config.services.get(service).map(|known| voice.of_text(&known.name)),
            SuspensionScope::Desk(desk) => {
                let word = voice.of_text(&config.desk_word);
                Some(voice.say_with("desk-name", [("word", word.into()), ("number", desk.0.into())]))
            }
        };
        let say = |voice: Voice, what: String| {
            let dates = Dates { voice, zone: config.zone };
            let (kind, until) = match suspension.until {
                Some(until) if dates.day(until) == dates.day(now) => ("today", dates.time(until)),
                Some(until) => ("later", dates.day_and_time(until)),
                None => ("open", String::new()),
            };
            let values = [("what", what.into()), ("kind", kind.into()), ("until", until.into())];
            let line = voice.say_with("notice-suspended", values);
            format!("{line} {}", voice.of_text(&suspension.because)).trim_end().to_owned()
        };
        Some(wire::Words {
            el: say(Voice(Language::El), what(Voice(Language::El))?),
            en: say(Voice(Language::En), what(Voice(Language::En))?),
        })
    });
    told.collect()
}
