//! The offices and their services, as citizens read them.

use std::sync::Arc;

use chrono::{DateTime, Utc, Weekday};
use office::{BookingNeed, Channel, Level, Office, OfficeConfig, Service, ServiceId, WeeklySpan, calendar};
use paths::Page;

use post::document;
use text::{Dates, OfficeVoice, Voice, bare};
use writer::OfficeHandle;

use crate::{
    emblem::PageEmblem,
    next_step::NextStep,
    state::Pages,
    suspended::{SuspensionBox, SuspensionReader},
};

/// An office, as a list for citizens shows it.
#[derive(Debug)]
pub struct OfficeEntry {
    /// Its short name in links.
    pub key: String,
    /// Its published address.
    pub page: String,
    /// What it is called, in the reader's language.
    pub name: String,
    /// Its emblem, which stands beside its name among several.
    pub emblem: Option<PageEmblem>,
    /// Its street and town, in the reader's language.
    pub address: String,
    /// When it serves, line by line.
    pub hours: Vec<String>,
    /// Its services.
    pub groups: Vec<HouseGroup>,
    /// No numbers are given without a booking (FLD-30).
    pub suspended: Option<SuspensionBox>,
}

/// A group of services.
#[derive(Debug)]
pub struct HouseGroup {
    /// The letter on tickets.
    pub letter: char,
    /// What the group is called, in the reader's language.
    pub name: String,
    /// The services that stand under it.
    pub services: Vec<HouseService>,
}

impl HouseGroup {
    /// Whether one of its services can be booked; a heading over none would puzzle whoever reads it.
    pub fn is_bookable(&self) -> bool {
        self.services.iter().any(|service| !service.walk_in_only)
    }

    /// Whether one of its services is suspended: nobody should have to unfold the group to be told.
    pub fn has_suspended(&self) -> bool {
        self.services.iter().any(|service| service.suspended.is_some())
    }

    /// How many services it has.
    pub fn count(&self) -> u16 {
        u16::try_from(self.services.len()).unwrap_or(u16::MAX)
    }
}

/// A service, as a list for citizens shows it.
#[derive(Debug)]
pub struct HouseService {
    /// Its short name in links.
    pub key: String,
    /// What it is called, in the reader's language.
    pub name: String,
    /// What it is for, in a sentence or two.
    pub about: String,
    /// Name and text in every language: many search in another than they read.
    pub spoken_of: String,
    /// How long it takes.
    pub minutes: u16,
    /// Ways in which it can be had.
    pub channels: String,
    /// Whether nobody is served without a booking.
    pub booking_only: bool,
    /// Only without.
    pub walk_in_only: bool,
    /// What it needs of who comes, if anything.
    pub needed: Option<NeededDocuments>,
    /// How far ahead it must be booked, and can be (TRN-01).
    pub lead: String,
    /// The level of identity that it needs, if any (PLA-01).
    pub level: Option<String>,
    /// What whoever looks lacks for it, and the next step (PLA-06).
    pub barred: Option<NextStep>,
    /// The next free time; `None` where nobody books.
    pub next_free: Option<String>,
    /// How many bookings it has, today and ahead.
    pub booked: u32,
    /// That it is suspended, and until when.
    pub suspended: Option<String>,
    /// Its published address.
    pub page: String,
    /// Where its times are shown.
    pub times: String,
    /// Where a booking for it begins.
    pub begin: String,
}

/// What a service needs of who comes (PET-01).
#[derive(Debug)]
pub struct NeededDocuments {
    /// What to bring.
    pub documents: Vec<String>,
    /// Forms to fill in beforehand: name and address.
    pub forms: Vec<(String, String)>,
}

impl NeededDocuments {
    /// As the office says it; `None` if one may come with empty hands.
    pub fn of(service: &Service, words: &OfficeVoice) -> Option<Self> {
        let documents: Vec<String> = service.documents.iter().map(|one| document(one, words.clone())).collect();
        let forms: Vec<(String, String)> =
            service.forms.iter().map(|form| (words.of_text(&form.name), form.url.clone())).collect();
        (!documents.is_empty() || !forms.is_empty()).then_some(Self { documents, forms })
    }
}

/// Every office of the hub.
pub fn houses(state: &Pages, voice: Voice) -> Vec<OfficeEntry> {
    let now = state.clock.now();
    let house = |handle: &Arc<OfficeHandle>| {
        let office = handle.read();
        Some(house(&office, office.config.as_ref()?, now, voice))
    };
    state.offices.iter().filter_map(house).collect()
}

/// Every office of the hub, with the next free time of each service, and how often it is booked.
pub fn houses_with_times(state: &Pages, voice: Voice) -> Vec<OfficeEntry> {
    state.offices.iter().filter_map(|handle| house_with_times(state, handle, voice)).collect()
}

/// One office, with the next free time of each service.
pub fn house_with_times(state: &Pages, handle: &OfficeHandle, voice: Voice) -> Option<OfficeEntry> {
    let now = state.clock.now();
    let figures = state.soonest.of(handle, now);
    let office = handle.read();
    let config = office.config.as_ref()?;
    let dates = Dates { voice, zone: config.zone, now };
    let mut house = house(&office, config, now, voice);
    house.emblem = PageEmblem::of(state, handle).filter(|_| state.offices.iter().count() > 1);
    for service in house.groups.iter_mut().flat_map(|group| &mut group.services).filter(|one| !one.walk_in_only) {
        let found = config.services.iter().find(|(_, one)| one.key == service.key);
        let next = found.and_then(|(id, _)| figures.next.get(id).copied().flatten());
        let said = next.map_or_else(|| voice.say("next-free-none"), |next| dates.day_and_time(next));
        service.next_free = Some(said);
        service.booked = found.and_then(|(id, _)| figures.booked.get(id).copied()).unwrap_or_default();
    }
    Some(house)
}

/// The published address of a service.
pub fn service_link(office: &str, service: ServiceId) -> String {
    Page::PublishedService { office, service: service.0.into() }.to_string()
}

/// Leaves only the services that have every word in their name, text, group or documents; how many are left.
pub fn search(houses: &mut Vec<OfficeEntry>, wanted: &str) -> usize {
    let words: Vec<String> = plain(wanted).split_whitespace().map(str::to_owned).collect();
    for house in houses.iter_mut() {
        for group in &mut house.groups {
            let heading = group.name.clone();
            group.services.retain(|service| {
                let needed = service.needed.iter().flat_map(|needed| &needed.documents).map(String::as_str);
                let said = [&heading, &service.spoken_of].map(String::as_str);
                let text = plain(&said.into_iter().chain(needed).collect::<Vec<_>>().join(" "));
                words.iter().all(|word| text.contains(word.as_str()))
            });
        }
        house.groups.retain(|group| !group.services.is_empty());
    }
    houses.retain(|house| !house.groups.is_empty());
    houses.iter().flat_map(|house| &house.groups).map(|group| group.services.len()).sum()
}

/// As people type who search; nobody reads further into a text than this.
fn plain(text: &str) -> String {
    bare(&text.chars().take(2_000).collect::<String>())
}

fn house(office: &Office, config: &OfficeConfig, now: DateTime<Utc>, voice: Voice) -> OfficeEntry {
    let today = calendar::local_date(config.zone, now);
    let reader = SuspensionReader { office, config, now, voice };
    let groups = config.groups.iter().map(|group| HouseGroup {
        letter: group.letter,
        name: voice.of_text(&group.name),
        services: config
            .services
            .iter()
            .filter(|(_, service)| service.group == group.key)
            .map(|(id, service)| HouseService {
                suspended: reader.line(*id),
                page: service_link(&config.key, *id),
                ..house_service(&config.key, service, voice)
            })
            .collect(),
    });
    OfficeEntry {
        key: config.key.clone(),
        page: Page::PublishedOffice { office: &config.key }.to_string(),
        name: voice.of_text(&config.name),
        emblem: None,
        address: voice.of_text(&config.address),
        hours: hours(calendar::weekly_serving(config, today), voice),
        groups: groups.filter(|group| !group.services.is_empty()).collect(),
        suspended: reader.of_tickets(),
    }
}

fn house_service(office: &str, service: &Service, voice: Voice) -> HouseService {
    let channels: Vec<String> = service.channels.iter().map(|one| channel(*one, voice)).collect();
    let all = text::languages().map(Voice);
    let spoken_of: Vec<String> =
        all.flat_map(|one| [&service.name, &service.about].map(|words| one.of_text(words))).collect();
    HouseService {
        key: service.key.clone(),
        name: voice.of_text(&service.name),
        about: voice.of_text(&service.about),
        spoken_of: spoken_of.join(" "),
        minutes: service.planned_minutes,
        channels: channels.join(", "),
        booking_only: service.booking == BookingNeed::Required,
        walk_in_only: service.booking == BookingNeed::NotOffered,
        needed: NeededDocuments::of(service, &voice.into()),
        lead: lead(service, voice),
        level: match service.level {
            Level::None => None,
            Level::A => Some(voice.say("level-a")),
            Level::B => Some(voice.say("level-b")),
        },
        barred: None,
        next_free: None,
        booked: 0,
        suspended: None,
        page: String::new(),
        times: Page::Times { office, service: &service.key }.to_string(),
        begin: Page::Book.asking(format!("office={office}&service={}", service.key)),
    }
}

/// The service with this key.
pub fn service_of(config: &OfficeConfig, key: &str) -> Option<ServiceId> {
    config.services.iter().find(|(_, service)| service.key == key).map(|(id, _)| *id)
}

/// «κλείνεται τουλάχιστον 30 λεπτά πριν · ραντεβού για τις επόμενες 60 ημέρες»
fn lead(service: &Service, voice: Voice) -> String {
    let horizon = voice.count("horizon-days", service.horizon_days);
    let (days, hours) = (service.lead_minutes / (24 * 60), service.lead_minutes / 60);
    let lead = match service.lead_minutes {
        0 => return horizon,
        minutes if minutes % (24 * 60) == 0 => voice.count("lead-days", days),
        minutes if minutes % 60 == 0 => voice.count("lead-hours", hours),
        minutes => voice.count("lead-minutes", minutes),
    };
    format!("{lead} · {horizon}")
}

/// A way in which a service can be had.
pub fn channel(channel: Channel, voice: Voice) -> String {
    voice.say(match channel {
        Channel::InPerson => "channel-in-person",
        Channel::Telephone => "channel-telephone",
        Channel::Teleconference => "channel-teleconference",
    })
}

/// A time as it is told to who may be anywhere: marked as the office's where nobody comes to the office (OMB-20).
pub fn marked(when: String, channel: Channel, voice: Voice) -> String {
    match channel {
        Channel::InPerson => when,
        Channel::Telephone | Channel::Teleconference => format!("{when} {}", voice.say("greek-time")),
    }
}

/// «Δευ–Παρ 08:00–14:30», «Σάβ 09:00–13:00»
pub fn hours(spans: &[WeeklySpan], voice: Voice) -> Vec<String> {
    let said = spans
        .iter()
        .map(|span| format!("{} {}–{}", days(&span.days, voice), span.from.format("%H:%M"), span.to.format("%H:%M")));
    said.collect()
}

/// «Δευ–Παρ», «Τρί, Πέμ»
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
    fn pet_01_accents_and_capitals_do_not_matter_to_a_search() {
        assert_eq!(plain("ΠΙΣΤΟΠΟΙΗΤΙΚΌ Οικογενειακής"), "πιστοποιητικο οικογενειακησ");
        let service = |name: &str, other: &str| HouseService {
            key: name.into(),
            name: name.into(),
            about: String::new(),
            spoken_of: format!("{name} {other}"),
            minutes: 10,
            channels: String::new(),
            booking_only: false,
            walk_in_only: false,
            needed: Some(NeededDocuments { documents: vec!["Ταυτότητα".into()], forms: Vec::new() }),
            lead: String::new(),
            level: None,
            barred: None,
            next_free: None,
            booked: 0,
            suspended: None,
            page: String::new(),
            times: String::new(),
            begin: String::new(),
        };
        let houses = || {
            let services =
                vec![service("Άδεια οδήγησης", "Driving licence"), service("Ποινικό μητρώο", "Criminal record")];
            let groups = vec![HouseGroup { letter: 'A', name: "Άδειες".into(), services }];
            let (key, page, name, address, hours, suspended) = Default::default();
            vec![OfficeEntry { key, page, name, address, hours, groups, suspended, emblem: None }]
        };
        for (wanted, found) in [
            ("αδεια ΟΔΗΓ", 1),
            ("οδηγησ αδει", 1),
            ("licence", 1),
            ("ταυτοτητα", 2),
            ("διαβατήριο", 0),
            ("  ", 2),
            ("<script>", 0),
        ] {
            assert_eq!(search(&mut houses(), wanted), found, "{wanted}");
        }
    }

    #[test]
    fn neighbouring_days_are_said_as_one() {
        let voice = Voice(Language::El);
        assert_eq!(days(&[Mon, Tue, Wed, Thu, Fri], voice), "Δευ–Παρ");
        assert_eq!(days(&[Thu, Tue], voice), "Τρί, Πέμ");
        assert_eq!(days(&[Mon, Tue, Wed, Sat], voice), "Δευ–Τετ, Σάβ");
    }
}
