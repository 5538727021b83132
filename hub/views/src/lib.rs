//! What readers see, in words: each view is a pure function of the office, its time and the language.

mod answers;
mod board;
mod demand;
mod floor;
mod kiosk;
mod outlook;
mod provisions;
mod said;
mod visit;

use chrono::{DateTime, Utc};
use office::{Office, OfficeConfig, SuspensionScope};
use text::{Dates, Voice};
use wire::{Language, OfficeState};

pub use answers::{call_reason, desk_label, is_strict, standing_of, ticket, visit_page, visit_pages};
pub use board::view as board;
pub use demand::demand;
pub use floor::{hand_in_sentence, view as floor};
pub use kiosk::view as kiosk;
pub use outlook::{Outlook, Outlooks, WaitForecast};
pub use provisions::{ProvisionParts, view as provisions};
pub use visit::view as visit;

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
            let because = today.because.clone();
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
            let dates = Dates { voice, zone: config.zone, now };
            let (kind, until) = match suspension.until {
                Some(until) => ("until", dates.until(until, now)),
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
