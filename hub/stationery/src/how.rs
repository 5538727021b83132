//! How one is served, and for how many: asked before the calendar, since the time needed follows from it (OMB-07, FLD-32).

use askama::Template;
use axum::{http::StatusCode, response::Response};
use office::{Channel, Service, ServiceId, slots};
use paths::Page;
use serde::Deserialize;
use text::{Voice, both};
use uuid::Uuid;
use wire::Words;

use crate::{
    frame::{Frame, page},
    houses::channel,
    visitor::Visitor,
};

/// As many persons or cases as a form offers; more come as a group that the office arranges by hand.
const COUNT_MAX: u8 = 20;

/// What is longer is no count, and is not sent back whole.
const COUNT_CHARACTERS_MAX: usize = 3;

/// How one is served, and for how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    /// In which way.
    pub channel: Channel,
    /// How many persons.
    pub persons: u8,
    /// With how many cases.
    pub cases: u8,
}

/// What a page was asked with.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct HowQuery {
    #[serde(default)]
    channel: String,
    #[serde(default)]
    persons: String,
    #[serde(default)]
    cases: String,
}

impl HowQuery {
    /// As it stood in a form.
    pub const fn new(channel: String, persons: String, cases: String) -> Self {
        Self { channel, persons, cases }
    }

    /// What is typed as counts of persons and of cases, for a form that is shown again; one of each where nothing is.
    pub fn counts_typed(&self) -> [String; 2] {
        [&self.persons, &self.cases].map(|typed| match typed.as_str() {
            "" => "1".to_owned(),
            typed => typed.chars().take(COUNT_CHARACTERS_MAX).collect(),
        })
    }

    /// The field of a count that is none, or too many, and what is to be said of it.
    pub fn wrong_count(&self) -> Option<(&'static str, Words)> {
        let fields = [("persons", &self.persons), ("cases", &self.cases)];
        let wrong = fields.into_iter().find(|(_, typed)| !typed.is_empty() && count(typed).is_none());
        wrong.map(|(field, _)| (field, both(|voice| voice.with("counts-wrong", "n", COUNT_MAX))))
    }

    /// The field that is to be looked at again, where what was chosen cannot be.
    fn wrong_field(&self, service: &Service) -> &'static str {
        let count = self.wrong_count().map(|(field, _)| field);
        count.unwrap_or_else(|| if self.is_offered(service) { "persons" } else { "channel" })
    }

    /// The way that was chosen, if there is such a one.
    pub fn channel(&self) -> Option<Channel> {
        channel_named(&self.channel)
    }

    /// Whether a service is had in the way that was chosen.
    pub fn is_offered(&self, service: &Service) -> bool {
        self.channel.is_empty() || self.channel().is_some_and(|channel| service.channels.contains(&channel))
    }

    fn is_empty(&self) -> bool {
        self.channel.is_empty() && self.persons.is_empty() && self.cases.is_empty()
    }
}

/// What stands between a service and its calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HowStep {
    /// Everything is chosen.
    Said(How),
    /// The service leaves a choice, and nothing was chosen yet.
    Open,
    /// What was chosen cannot be.
    Wrong,
}

/// Channels by their names in links.
const CHANNELS: [(Channel, &str); 3] =
    [(Channel::InPerson, "in-person"), (Channel::Telephone, "telephone"), (Channel::Teleconference, "teleconference")];

/// The channel with this name in links.
pub fn channel_named(name: &str) -> Option<Channel> {
    CHANNELS.iter().find(|(_, one)| *one == name).map(|(channel, _)| *channel)
}

/// A channel's name in links.
pub fn name_of(channel: Channel) -> &'static str {
    CHANNELS.iter().find(|(one, _)| *one == channel).map_or("in-person", |(_, name)| *name)
}

/// Whether more persons or cases take longer.
const fn counts(service: &Service) -> (bool, bool) {
    (service.minutes_per_further_person > 0, service.minutes_per_further_case > 0)
}

/// A count as somebody typed it; nothing is one.
fn count(typed: &str) -> Option<u8> {
    let number = if typed.is_empty() { 1 } else { typed.trim().parse::<u8>().ok()? };
    (1..=COUNT_MAX).contains(&number).then_some(number)
}

impl How {
    /// What the asked words say for a service.
    pub fn of(service: &Service, asked: &HowQuery) -> HowStep {
        let (persons_count, cases_count) = counts(service);
        let leaves_a_choice = service.channels.len() > 1 || persons_count || cases_count;
        // A way alone leaves open for how many.
        let counts_are_open = (persons_count || cases_count) && asked.persons.is_empty() && asked.cases.is_empty();
        if counts_are_open || (asked.is_empty() && leaves_a_choice) {
            return HowStep::Open;
        }
        let channel = match asked.channel.as_str() {
            "" => service.channels.first().copied(),
            name => channel_named(name),
        };
        let said = channel
            .filter(|channel| service.channels.contains(channel))
            .zip(count(&asked.persons).zip(count(&asked.cases)));
        let how = said.map(|(channel, (persons, cases))| Self { channel, persons, cases });
        how.filter(|how| slots::planned_minutes(service, how.persons, how.cases).is_some())
            .map_or(HowStep::Wrong, HowStep::Said)
    }

    /// One person with one case, in the first way that there is.
    pub fn plain(service: &Service) -> Option<Self> {
        Some(Self { channel: service.channels.first().copied()?, persons: 1, cases: 1 })
    }

    /// As it stands in a link.
    pub fn query(self) -> String {
        format!("channel={}&persons={}&cases={}", name_of(self.channel), self.persons, self.cases)
    }

    /// As hidden fields of a form.
    pub fn hidden(self) -> Vec<(&'static str, String)> {
        vec![
            ("channel", name_of(self.channel).to_owned()),
            ("persons", self.persons.to_string()),
            ("cases", self.cases.to_string()),
        ]
    }

    /// «με φυσική παρουσία · 2 πρόσωπα · 3 υποθέσεις»; one of each is not said.
    pub fn said(self, service: &Service, voice: Voice) -> String {
        let mut said = vec![channel(self.channel, voice)];
        let minutes = slots::planned_minutes(service, self.persons, self.cases).unwrap_or(service.planned_minutes);
        if self.persons > 1 {
            said.push(voice.count("how-persons", self.persons));
        }
        if self.cases > 1 {
            said.push(voice.count("how-cases", self.cases));
        }
        said.push(voice.count("about-minutes", minutes));
        said.join(" · ")
    }
}

#[derive(Template)]
#[template(path = "book/how.html")]
struct HowPage {
    f: Frame,
    refusal: Option<String>,
    service: String,
    office: String,
    title: &'static str,
    action: String,
    /// The request that the visit is for (PLA-03).
    request: Option<String>,
    channels: Vec<ChannelChoice>,
    only_channel: String,
    persons: Option<String>,
    cases: Option<String>,
}

struct ChannelChoice {
    value: &'static str,
    name: String,
    hint: String,
    checked: bool,
}

/// What is asked, where the service leaves less than everything open.
const fn title(channel: bool, persons: bool, cases: bool) -> &'static str {
    match (channel, persons, cases) {
        (false, true, true) => "how-counts-title",
        (false, true, false) => "how-persons-title",
        (false, false, true) => "how-cases-title",
        (true, _, _) | (false, false, false) => "how-title",
    }
}

/// What is said of being called: for some services one is only told something.
pub const fn telephone_hint(service: &Service) -> &'static str {
    if service.telephone_informs { "channel-telephone-informs-hint" } else { "channel-telephone-hint" }
}

/// The page that asks for what is not chosen yet.
pub fn ask(
    visitor: &Visitor,
    (action, request): (String, Option<Uuid>),
    office: String,
    service: &Service,
    asked: &HowQuery,
    wrong: bool,
) -> Response {
    let voice = visitor.voice;
    let (persons, cases) = counts(service);
    let shown = |asks: bool, typed: &str| {
        let typed: String = typed.chars().take(COUNT_CHARACTERS_MAX).collect();
        asks.then(|| if typed.is_empty() { "1".to_owned() } else { typed })
    };
    let chosen = CHANNELS.iter().find(|(_, name)| *name == asked.channel).map(|(channel, _)| *channel);
    let chosen = chosen.or_else(|| service.channels.first().copied());
    let choice = |one: &Channel| ChannelChoice {
        value: name_of(*one),
        name: channel(*one, voice),
        hint: voice.say(match one {
            Channel::InPerson => "channel-in-person-hint",
            Channel::Telephone => telephone_hint(service),
            Channel::Teleconference => "channel-teleconference-hint",
        }),
        checked: chosen == Some(*one),
    };
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let channels: Vec<ChannelChoice> = service.channels.iter().map(choice).collect();
    page(
        status,
        &HowPage {
            f: visitor.frame().at(&action).marking(wrong.then(|| asked.wrong_field(service))),
            refusal: wrong.then(|| voice.with("how-wrong", "n", COUNT_MAX)),
            service: voice.of_text(&service.name),
            office,
            title: title(channels.len() > 1, persons, cases),
            action,
            request: request.map(|request| request.to_string()),
            only_channel: channels.first().filter(|_| channels.len() == 1).map_or("", |only| only.value).to_owned(),
            channels: if channels.len() > 1 { channels } else { Vec::new() },
            persons: shown(persons, &asked.persons),
            cases: shown(cases, &asked.cases),
        },
    )
}

/// The address of a service in one of its ways.
pub fn channel_link(office: &str, service: ServiceId, way: Channel) -> String {
    Page::PublishedChannel { office, service: service.0.into(), channel: name_of(way) }.to_string()
}
