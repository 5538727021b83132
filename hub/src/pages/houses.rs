//! The offices and their services, as citizens read them.

use chrono::Weekday;
use office::{BookingNeed, Channel, OfficeConfig, Service, WeeklySpan};

use crate::{mail::document, state::AppState, text::Voice};

/// An office.
#[derive(Debug)]
pub struct House {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub address: String,
    /// When it serves.
    pub hours: String,
    /// Its services.
    pub groups: Vec<HouseGroup>,
}

/// A group of services.
#[derive(Debug)]
pub struct HouseGroup {
    /// The letter on tickets.
    pub letter: char,
    /// Its name.
    pub name: String,
    /// Its services.
    pub services: Vec<HouseService>,
}

/// A service.
#[derive(Debug)]
pub struct HouseService {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// How long it takes.
    pub minutes: u16,
    /// Ways in which it can be had.
    pub channels: String,
    /// Only with a booking.
    pub booking_only: bool,
    /// Only without.
    pub walk_in_only: bool,
    /// What to bring.
    pub documents: Vec<String>,
}

/// Every office of the hub.
pub fn houses(state: &AppState, voice: Voice) -> Vec<House> {
    state.offices.iter().filter_map(|office| office.config(|config| house(config, voice))).collect()
}

fn house(config: &OfficeConfig, voice: Voice) -> House {
    let groups = config.groups.iter().map(|group| HouseGroup {
        letter: group.letter,
        name: voice.of_text(&group.name),
        services: config
            .services
            .values()
            .filter(|service| service.group == group.key)
            .map(|service| house_service(service, voice))
            .collect(),
    });
    House {
        key: config.key.clone(),
        name: voice.of_text(&config.name),
        address: voice.of_text(&config.address),
        hours: hours(&config.hours.serving, voice),
        groups: groups.filter(|group| !group.services.is_empty()).collect(),
    }
}

fn house_service(service: &Service, voice: Voice) -> HouseService {
    let channels: Vec<String> = service.channels.iter().map(|one| channel(*one, voice)).collect();
    HouseService {
        key: service.key.clone(),
        name: voice.of_text(&service.name),
        about: voice.of_text(&service.about),
        minutes: service.planned_minutes,
        channels: channels.join(", "),
        booking_only: service.booking == BookingNeed::Required,
        walk_in_only: service.booking == BookingNeed::NotOffered,
        documents: service.documents.iter().map(|one| document(one, voice)).collect(),
    }
}

/// A way in which a service can be had.
pub fn channel(channel: Channel, voice: Voice) -> String {
    voice.say(match channel {
        Channel::InPerson => "channel-in-person",
        Channel::Telephone => "channel-telephone",
        Channel::Teleconference => "channel-teleconference",
    })
}

/// «Δευ–Παρ 08:00–14:30, Σαβ 09:00–13:00»
pub fn hours(spans: &[WeeklySpan], voice: Voice) -> String {
    let said = spans
        .iter()
        .map(|span| format!("{} {}–{}", days(&span.days, voice), span.from.format("%H:%M"), span.to.format("%H:%M")));
    said.collect::<Vec<_>>().join(", ")
}

/// «Δευ–Παρ», «Τρι, Πεμ»
pub fn days(days: &[Weekday], voice: Voice) -> String {
    let mut numbers: Vec<u32> = days.iter().map(Weekday::number_from_monday).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let name = |number: u32| voice.say(&format!("weekday-short-{number}"));
    let mut said = Vec::new();
    for run in numbers.chunk_by(|day, next| day + 1 == *next) {
        match run {
            [first, .., last] if run.len() > 2 => said.push(format!("{}–{}", name(*first), name(*last))),
            few => said.extend(few.iter().map(|day| name(*day))),
        }
    }
    said.join(", ")
}

#[cfg(test)]
mod tests {
    use Weekday::{Fri, Mon, Sat, Thu, Tue, Wed};
    use wire::Language;

    use super::*;

    #[test]
    fn neighbouring_days_are_said_as_one() {
        let voice = Voice(Language::El);
        assert_eq!(days(&[Mon, Tue, Wed, Thu, Fri], voice), "Δευ–Παρ");
        assert_eq!(days(&[Thu, Tue], voice), "Τρι, Πεμ");
        assert_eq!(days(&[Mon, Tue, Wed, Sat], voice), "Δευ–Τετ, Σαβ");
    }
}
