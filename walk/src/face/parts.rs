//! What a face is put together from: words, signs, choices, and pictures of what is to be done.

use wire::{Language, Pictogram};

use super::setting::DevicePlace;
use crate::press::Press;

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
    /// A bell, by which staff are called.
    Bell,
    /// The other languages that the screen speaks.
    Language,
    /// Larger letters.
    Large,
    /// Stronger colours.
    Contrast,
    /// The screen is read aloud.
    Ear,
    /// Everything moves down, into the reach of somebody who sits.
    Low,
    /// The step before.
    Back,
    /// The first screen.
    Home,
    /// Yes, or done.
    Tick,
    /// An answer of no, or a thing that is given up.
    Cross,
    /// A time.
    Clock,
    /// Once more.
    Again,
    /// Several people.
    Party,
    /// Fetched from a seat.
    Escort,
    /// Hands that speak sign language.
    Hands,
    /// One more of a number, or the page after this one.
    More,
    /// One less of a number, or the page before this one.
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
    /// The picture beside its words, for whoever does not read them.
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
    /// What is said above the number, so that it is known for what it is.
    pub label: SpokenText,
    /// The number itself, which is spoken letter by letter.
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
    /// Its lines, in the order in which they are read.
    pub lines: Vec<SpokenText>,
}

/// A QR code and what it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePicture {
    /// What it holds.
    pub text: String,
    /// What a telephone that reads it does, said beside it.
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
