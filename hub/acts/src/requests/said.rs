//! What people write with a request: the form of its category, and plain text.

use body::{Category, Spot, SpotFlaw, WordsId};
use office::{ExtraField, FieldKind, Requirement};
use people::{DetailForm, is_unseen};
use secrets::draw_id;
use uuid::Uuid;

/// Longest text that is written with a step.
pub const TEXT_CHARACTERS_MAX: usize = 4_000;
/// Fields of every form: no category can have fields of these names.
const PLACE: &str = "request_place";
const WHAT: &str = "request_what";
/// Under which name a spot on the map is kept with what was filled in.
pub const SPOT: &str = "request_spot";
/// The field in which a browser tells the spot.
pub const SPOT_FIELD: &str = "spot";
/// The field in which files are chosen.
pub const FILES_FIELD: &str = "file";

/// The fields that somebody fills in for a request of a category, in the order of the page: its own, the place, and what it
/// is about.
#[must_use]
pub fn form_of(category: &Category) -> Vec<ExtraField> {
    let asked = |key: &str, sentence: &str, kind, required| ExtraField {
        key: key.to_owned(),
        label: text::both(|voice| voice.say(sentence)),
        hint: Some(text::both(|voice| voice.say(&format!("{sentence}-hint")))),
        kind,
        required,
        choices: Vec::new(),
    };
    let place = match category.place {
        Requirement::Required => Some(true),
        Requirement::Optional => Some(false),
        Requirement::No => None,
    };
    let place = place.map(|required| asked(PLACE, "request-place", FieldKind::Line, required));
    // Where the form says everything, nothing more has to be told.
    let is_told = category.fields.iter().any(|field| field.required && field.kind == FieldKind::Lines);
    let what = asked(WHAT, "request-what", FieldKind::Lines, category.place != Requirement::No && !is_told);
    category.fields.iter().cloned().chain(place).chain([what]).collect()
}

/// The spot that a browser told, where the category asks for a place and somebody agreed to tell it.
///
/// # Errors
/// Why it is none.
pub fn spot_of(category: &Category, typed: &DetailForm) -> Result<Option<Spot>, SpotFlaw> {
    let told = typed.text(SPOT_FIELD).trim();
    if category.place == Requirement::No || told.is_empty() {
        return Ok(None);
    }
    told.parse::<Spot>().map(Some)
}

/// The sentence that says why a spot is none.
pub(super) const fn spot_sentence(flaw: SpotFlaw) -> &'static str {
    match flaw {
        SpotFlaw::Unread => "request-spot-unread",
        SpotFlaw::NotInGreece => "request-spot-elsewhere",
        SpotFlaw::Vague => "request-spot-vague",
    }
}

/// Text on its way to a request, under the id by which the same press is known again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenText {
    /// Drawn with the form.
    pub id: WordsId,
    /// As it was typed.
    pub text: String,
}

impl WrittenText {
    /// A text out of a form; one whose id no form of ours drew is pressed for the first time.
    #[must_use]
    pub fn typed(id: &str, text: &str) -> Self {
        Self { id: WordsId(Uuid::try_parse(id).unwrap_or_else(|_| draw_id())), text: text.to_owned() }
    }
}

/// What is wrong with a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextFlaw {
    /// Nothing was written where something is needed.
    Missing,
    /// It is longer than [`TEXT_CHARACTERS_MAX`].
    Long,
    /// It holds characters that nobody sees.
    Unseen,
}

impl TextFlaw {
    /// The sentence that says so.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Missing => "request-text-missing",
            Self::Long => "request-text-long",
            Self::Unseen => "text-control",
        }
    }
}

impl WrittenText {
    /// The text as it is kept.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(super) fn checked(&self) -> Result<String, TextFlaw> {
        let text = self.text.replace("\r\n", "\n").trim().to_owned();
        if text.is_empty() {
            return Err(TextFlaw::Missing);
        }
        if text.chars().count() > TEXT_CHARACTERS_MAX {
            return Err(TextFlaw::Long);
        }
        if text.chars().any(|c| is_unseen(c) && c != '\n') { Err(TextFlaw::Unseen) } else { Ok(text) }
    }

    /// The same where nothing has to be written: none, where nothing was.
    pub(super) fn if_any(self) -> Option<Self> {
        Some(self).filter(|text| !text.text.trim().is_empty())
    }
}
