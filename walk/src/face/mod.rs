//! What stands on the screen, as one description: the window draws it, speech reads it, keys and fingers move through it. So
//! no screen can be drawn that is not spoken.

mod asked;
mod bar;
mod booked;
mod entry;
mod help;
mod number;
mod refused;
mod services;
mod still;
mod writer;

use std::time::Duration;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;
use wire::{Language, Pictogram};

use self::writer::FaceWriter;
use crate::{machine::KioskWalk, press::Press, station::KioskScreen};

/// Where a part of the machine is, as seen by whoever stands before its screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DevicePlace {
    /// Under the screen.
    #[default]
    Below,
    /// To its left.
    Left,
    /// To its right.
    Right,
    /// Above it.
    Above,
}

/// What a face needs to know besides the walk.
#[derive(Debug, Clone, PartialEq)]
pub struct FaceSetting {
    /// The hub's time.
    pub now: DateTime<Utc>,
    /// The zone of the office.
    pub zone: Tz,
    /// The time that is shown; nothing until the hub has told it.
    pub time: String,
    /// Where the scanner is, if there is one.
    pub scanner: Option<DevicePlace>,
    /// Where tickets come out.
    pub slot: DevicePlace,
    /// The page on which one books, for telephones.
    pub booking_page: String,
    /// Whether the machine can speak.
    pub speaks: bool,
    /// The page that lets a telephone drive this machine, and the digits that prove that one stands before it.
    pub remote: Option<RemoteDoor>,
}

/// How somebody's own telephone comes to drive this machine (NEW-10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemoteDoor {
    /// The address, as a QR code holds it.
    pub page: String,
    /// Three digits, for a minute.
    pub digits: String,
}

/// Words, as they are shown and as they are said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SpokenText {
    /// As they stand on the screen.
    pub shown: String,
    /// As they are read aloud.
    pub spoken: String,
    /// Whether they are somebody's own affair, which no loudspeaker says (K6).
    pub personal: bool,
}

impl SpokenText {
    /// Words that are said as they are read.
    #[must_use]
    pub fn new(language: Language, shown: impl Into<String>) -> Self {
        let shown = shown.into();
        let spoken = voice::read_aloud(language, &shown);
        Self { shown, spoken, personal: false }
    }
}

/// How it stands with what the screen says; shown by a sign besides the colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// Nothing is amiss.
    #[default]
    Plain,
    /// It went well.
    Well,
    /// Take care: a number is on no paper.
    Amber,
    /// It did not go well.
    Alarm,
}

/// A sign that is found without reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sign {
    /// What a service is about.
    Service(Pictogram),
    /// An appointment.
    Booking,
    /// A number.
    Ticket,
    /// Somebody who does not know.
    Question,
    /// A bell.
    Bell,
    /// Languages.
    Language,
    /// Larger letters.
    Large,
    /// Stronger colours.
    Contrast,
    /// Listening.
    Ear,
    /// Lower.
    Low,
    /// Back.
    Back,
    /// The first screen.
    Home,
    /// Yes, or done.
    Tick,
    /// No.
    Cross,
    /// A time.
    Clock,
    /// Once more.
    Again,
    /// Several people.
    Party,
    /// Fetched from a seat.
    Escort,
    /// Sign language.
    Hands,
    /// More.
    More,
    /// Less.
    Less,
    /// No paper came out.
    NoPaper,
    /// Something did not go well.
    Warning,
    /// Slower speech.
    Slower,
    /// Faster speech.
    Faster,
}

/// How much a choice stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Emphasis {
    /// What most people want.
    First,
    /// Another way.
    Other,
    /// Small print among choices.
    Quiet,
}

/// Something that can be chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Its name, by which tests press it.
    pub name: String,
    /// What it means.
    pub press: Press,
    /// Its words.
    pub label: SpokenText,
    /// More about it.
    pub below: Option<SpokenText>,
    /// Its sign.
    pub sign: Option<Sign>,
    /// How much it stands out.
    pub rank: Emphasis,
    /// For what is on or off: which it is.
    pub on: Option<bool>,
    /// Whether it can be chosen now.
    pub enabled: bool,
    /// Under which heading of a list it stands.
    pub group: Option<String>,
}

/// How the choices of a screen stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ChoiceLayout {
    /// A few great ones that share the room.
    #[default]
    Doors,
    /// A list.
    Rows,
    /// The keys of a code: digits left, letters right.
    Keys,
    /// Some under one another, at the end of what is read.
    Foot,
}

/// A number that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberCard {
    /// What it is.
    pub label: SpokenText,
    /// It.
    pub number: SpokenText,
}

/// What has been typed of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedCode {
    /// So far.
    pub letters: SpokenText,
    /// How many there will be.
    pub places: usize,
}

/// A list under a heading, as of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TitledList {
    /// The heading; none where the one line says all.
    pub title: Option<SpokenText>,
    /// The lines.
    pub lines: Vec<SpokenText>,
}

/// A QR code and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePicture {
    /// What it holds.
    pub text: String,
    /// What it is for.
    pub caption: SpokenText,
}

/// A picture of what is to be done; it moves for a moment, and then rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GuidePicture {
    /// A telephone and a paper go to where the scanner is.
    Scan(DevicePlace),
    /// A ticket slides to where tickets come out.
    Take(DevicePlace),
    /// No paper came out.
    NoPaper,
}

/// The question whether anybody is still there.
#[derive(Debug, Clone, PartialEq)]
pub struct StillThere {
    /// The question.
    pub heading: SpokenText,
    /// How long it is asked.
    pub below: SpokenText,
    /// The one answer.
    pub choice: Choice,
}

/// Everything that stands on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct KioskFace {
    /// Which screen it is.
    pub screen: KioskScreen,
    /// The language shown.
    pub language: Language,
    /// The office's name.
    pub office: String,
    /// The hub's time.
    pub time: String,
    /// How it stands.
    pub tone: Tone,
    /// Whether the sentence is all there is: it stands in the middle, and large.
    pub alone: bool,
    /// The sentence at its head.
    pub heading: SpokenText,
    /// What else is said.
    pub below: Vec<SpokenText>,
    /// What the office tells everybody who comes in.
    pub notices: Vec<SpokenText>,
    /// A number that is to be kept.
    pub number: Option<NumberCard>,
    /// What belongs to it, or to a service.
    pub facts: Vec<SpokenText>,
    /// What to do next, where that is the largest thing after the number.
    pub next: Option<SpokenText>,
    /// A list, as of documents.
    pub listed: Option<TitledList>,
    /// What was typed.
    pub typed: Option<TypedCode>,
    /// A QR code.
    pub code: Option<CodePicture>,
    /// A picture of what to do.
    pub scene: Option<GuidePicture>,
    /// What can be chosen.
    pub choices: Vec<Choice>,
    /// How that stands together.
    pub layout: ChoiceLayout,
    /// Which page of how many, where a list has more than one, and the ways to those beside it.
    pub pages: Option<(usize, usize)>,
    /// The ways to pages, back, and to the first screen.
    pub ways: Vec<Choice>,
    /// Language, comfort, help: the same on every screen, within everybody's reach.
    pub bar: Vec<Choice>,
    /// The question whether anybody is still there, over all else.
    pub asks: Option<StillThere>,
}

impl KioskFace {
    /// What stands on the screen of this walk.
    #[must_use]
    pub fn of(walk: &KioskWalk, around: &FaceSetting, now: Duration) -> Self {
        let writer = FaceWriter { walk, around, now };
        let mut face = match walk.screen() {
            KioskScreen::Starting => still::starting(&writer),
            KioskScreen::Pairing => still::pairing(&writer),
            KioskScreen::Away => still::away(&writer),
            KioskScreen::Estranged => still::estranged(&writer),
            KioskScreen::Wait => still::wait(&writer),
            KioskScreen::Closed | KioskScreen::Suspended => entry::shut(&writer),
            KioskScreen::Welcome => entry::welcome(&writer),
            KioskScreen::NotSure => entry::not_sure(&writer),
            KioskScreen::Help => help::help(&writer),
            KioskScreen::Code => booked::code(&writer),
            KioskScreen::Late => booked::late(&writer),
            KioskScreen::Times => booked::times(&writer),
            KioskScreen::GiveUp => booked::give_up(&writer),
            KioskScreen::BookAnew => booked::book_anew(&writer),
            KioskScreen::Rebooked => number::rebooked(&writer),
            KioskScreen::Services => services::list(&writer),
            KioskScreen::Service => services::one(&writer),
            KioskScreen::CouldNotBook => services::could_not_book(&writer),
            KioskScreen::Party => asked::party(&writer),
            KioskScreen::Needs => asked::needs(&writer),
            KioskScreen::Question => asked::question(&writer),
            KioskScreen::Early => asked::early(&writer),
            KioskScreen::Wishes => asked::wishes(&writer),
            KioskScreen::Given => number::given(&writer),
            KioskScreen::Refused => refused::refused(&writer),
        };
        face.bar = bar::bar(&writer, face.screen);
        face.asks = writer.still_there();
        face
    }

    /// What can be chosen now, in the order in which keys go through it.
    #[must_use]
    pub fn offered(&self) -> Vec<&Choice> {
        match &self.asks {
            Some(asks) => vec![&asks.choice],
            None => self.choices.iter().chain(&self.ways).chain(&self.bar).filter(|choice| choice.enabled).collect(),
        }
    }

    /// The choice of this name, if it can be chosen now.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Choice> {
        self.offered().into_iter().find(|choice| choice.name == name)
    }

    /// Everything that is read, in the order of the screen, without what can be chosen.
    #[must_use]
    pub fn read(&self) -> Vec<&SpokenText> {
        if let Some(asks) = &self.asks {
            return vec![&asks.heading, &asks.below];
        }
        let number = self.number.iter().flat_map(|card| [&card.label, &card.number]);
        let listed = self.listed.iter().flat_map(|listed| listed.title.iter().chain(&listed.lines));
        let typed = self.typed.iter().map(|typed| &typed.letters);
        let code = self.code.iter().map(|code| &code.caption);
        std::iter::once(&self.heading)
            .chain(&self.below)
            .chain(number)
            .chain(&self.next)
            .chain(&self.facts)
            .chain(listed)
            .chain(typed)
            .chain(code)
            .chain(&self.notices)
            .filter(|said| !said.shown.is_empty())
            .collect()
    }
}
