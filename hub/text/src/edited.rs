//! Sentences that an office has put into words of its own (FLD-21): checked before they are kept, and used wherever the
//! office speaks. What it has not touched is said as it was shipped.

use std::{
    collections::{BTreeSet, HashMap},
    fmt,
    sync::{Arc, PoisonError, RwLock},
};

use fluent_templates::fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use wire::{Language, Words};

use crate::{
    placeholders::{TextFault, names_in, source},
    sentence::{SentenceArguments, Value, identifier, shipped_or_added, try_say},
    shipped,
    voice::Voice,
};

/// Longest sentence.
const SENTENCE_CHARACTERS_MAX: usize = 2_000;
/// The same on a ticket: a hand's breadth of paper.
const TICKET_CHARACTERS_MAX: usize = 200;

/// How long a sentence may be.
#[must_use]
pub fn characters_max(id: &str) -> usize {
    if shipped::TICKET.contains(&id) { TICKET_CHARACTERS_MAX } else { SENTENCE_CHARACTERS_MAX }
}

/// The placeholders of a sentence, as it was shipped.
#[must_use]
pub fn placeholders(language: Language, id: &str) -> BTreeSet<String> {
    shipped_or_added(language, id).and_then(|body| names_in(id, body).ok()).unwrap_or_default()
}

/// Whether a sentence may stand in the place of the shipped one.
///
/// # Errors
/// [`TextFault`].
pub fn check(language: Language, id: &str, body: &str) -> Result<(), TextFault> {
    if body.trim().is_empty() {
        return Err(TextFault::Empty);
    }
    if body.chars().count() > characters_max(id) {
        return Err(TextFault::Long);
    }
    let named = names_in(id, body)?;
    let known = placeholders(language, id);
    if let Some(unknown) = named.difference(&known).next() {
        return Err(TextFault::Unknown(unknown.clone()));
    }
    if let Some(missing) = known.difference(&named).next() {
        return Err(TextFault::Missing(missing.clone()));
    }
    match shipped::never_left_out(id).iter().find(|words| !body.contains(**words)) {
        Some(words) => Err(TextFault::Unsaid(words)),
        None => Ok(()),
    }
}

/// A sentence as it would be said, with these values.
///
/// # Errors
/// If it may not be kept.
pub fn preview(language: Language, id: &str, body: &str, values: &SentenceArguments<'_>) -> Result<String, TextFault> {
    check(language, id, body)?;
    let mut edited = EditedTexts::new(language);
    edited.put(id, body);
    edited.try_say(id, values).ok_or(TextFault::Broken)
}

/// What one office says in words of its own, in one language.
pub struct EditedTexts {
    bundle: FluentBundle<FluentResource>,
    bodies: HashMap<String, String>,
}

impl fmt::Debug for EditedTexts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EditedTexts").field("bodies", &self.bodies).finish_non_exhaustive()
    }
}

impl EditedTexts {
    fn new(language: Language) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![identifier(language).clone()]);
        bundle.set_use_isolating(false);
        Self { bundle, bodies: HashMap::new() }
    }

    fn put(&mut self, id: &str, body: &str) {
        if let Ok(resource) = FluentResource::try_new(source(id, body)) {
            self.bundle.add_resource_overriding(resource);
            self.bodies.insert(id.to_owned(), body.to_owned());
        }
    }

    fn try_say(&self, id: &str, values: &SentenceArguments<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(id)?.value()?;
        let arguments: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, Some(&arguments), &mut errors).into_owned();
        errors.is_empty().then_some(said)
    }
}

/// What every office says in words of its own.
#[derive(Debug, Default)]
pub struct Edits(RwLock<HashMap<(u32, Language), Arc<EditedTexts>>>);

impl Edits {
    /// As they were kept: office's row, language, sentence, its words.
    pub fn new(kept: Vec<(u32, Language, String, String)>) -> Self {
        let edits = Self::default();
        let mut all: HashMap<(u32, Language), Vec<(String, String)>> = HashMap::new();
        for (office, language, id, body) in kept {
            all.entry((office, language)).or_default().push((id, body));
        }
        for ((office, language), bodies) in all {
            edits.set(office, language, bodies);
        }
        edits
    }

    /// The words of one office in one language, from now on. What no version of the hub would keep any more is left out.
    pub fn set(&self, office: u32, language: Language, bodies: Vec<(String, String)>) {
        let mut edited = EditedTexts::new(language);
        for (id, body) in bodies {
            if check(language, &id, &body).is_ok() {
                edited.put(&id, &body);
            }
        }
        self.0.write().unwrap_or_else(PoisonError::into_inner).insert((office, language), Arc::new(edited));
    }

    /// The voice of one office as it would be with one more sentence in its own words, which is not kept.
    pub fn voice_with(&self, office: u32, voice: Voice, id: &str, body: &str) -> OfficeVoice {
        let mut edited = EditedTexts::new(voice.0);
        let own = self.voice(office, voice);
        for (id, body) in own.edited.iter().flat_map(|edited| &edited.bodies) {
            edited.put(id, body);
        }
        edited.put(id, body);
        OfficeVoice { voice, edited: Some(Arc::new(edited)) }
    }

    /// The voice of one office.
    pub fn voice(&self, office: u32, voice: Voice) -> OfficeVoice {
        let edits = self.0.read().unwrap_or_else(PoisonError::into_inner);
        OfficeVoice { voice, edited: edits.get(&(office, voice.0)).cloned() }
    }
}

/// How one office says things: in words of its own, or as shipped.
#[derive(Debug, Clone)]
pub struct OfficeVoice {
    voice: Voice,
    edited: Option<Arc<EditedTexts>>,
}

impl OfficeVoice {
    /// The language, for what no office changes: days, numbers, names.
    #[must_use]
    pub const fn plain(&self) -> Voice {
        self.voice
    }

    /// The words that the office has put in place of a sentence.
    #[must_use]
    pub fn own_words(&self, id: &str) -> Option<&str> {
        self.edited.as_ref()?.bodies.get(id).map(String::as_str)
    }

    fn said(&self, id: &str, values: &SentenceArguments<'_>) -> String {
        let own = self.edited.as_ref().and_then(|edited| edited.try_say(id, values));
        own.or_else(|| try_say(self.voice.0, id, values)).unwrap_or_else(|| id.to_owned())
    }

    /// See [`Voice::say`].
    #[must_use]
    pub fn say(&self, id: &str) -> String {
        self.said(id, &[])
    }

    /// See [`Voice::with`].
    pub fn with(&self, id: &str, name: &'static str, value: impl Into<Value>) -> String {
        self.said(id, &[(name, value.into())])
    }

    /// See [`Voice::try_with`].
    #[must_use]
    pub fn try_with(&self, id: &str, name: &'static str, value: &str) -> Option<String> {
        let values = [(name, value.to_owned().into())];
        let own = self.edited.as_ref().and_then(|edited| edited.try_say(id, &values));
        own.or_else(|| try_say(self.voice.0, id, &values))
    }

    /// See [`Voice::text`].
    #[must_use]
    pub fn text(&self, id: &str, name: &'static str, value: &str) -> String {
        self.with(id, name, value.to_owned())
    }

    /// See [`Voice::count`].
    #[must_use]
    pub fn count(&self, id: &str, count: impl Into<u64>) -> String {
        self.with(id, "n", count.into())
    }

    /// See [`Voice::say_with`].
    pub fn say_with<const N: usize>(&self, id: &str, values: [(&'static str, Value); N]) -> String {
        self.said(id, &values)
    }

    /// See [`Voice::of_text`].
    #[must_use]
    pub fn of_text(&self, text: &Words) -> String {
        self.voice.of_text(text)
    }

    /// See [`Voice::tag`].
    #[must_use]
    pub fn tag(&self) -> &'static str {
        self.voice.tag()
    }
}

impl From<Voice> for OfficeVoice {
    fn from(voice: Voice) -> Self {
        Self { voice, edited: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(body: &str) -> Result<(), TextFault> {
        check(Language::El, "mail-start-expires", body)
    }

    #[test]
    fn fld_21_a_sentence_keeps_its_placeholders() {
        assert_eq!(placeholders(Language::El, "mail-help"), ["email".to_owned(), "phone".to_owned()].into());
        assert_eq!(checked("Ισχύει έως { $until }."), Ok(()));
        assert_eq!(checked("Ισχύει έως\n{$until}\n\n[και όχι πέρα]"), Err(TextFault::Broken));
        assert_eq!(checked("Ισχύει για λίγο."), Err(TextFault::Missing("until".into())));
        assert_eq!(checked("{ $until } { $name }"), Err(TextFault::Unknown("name".into())));
        assert_eq!(checked("{ $until } { mail-hello }"), Err(TextFault::Unknown("mail-hello".into())));
        assert_eq!(checked("{ $until } { -brand }"), Err(TextFault::Unknown("brand".into())));
        assert_eq!(checked("{ $until } { NUMBER($until) }"), Err(TextFault::Unknown("NUMBER".into())));
        for broken in ["{ $until", "{ $until } }", "{ $until } {", "{ $until -> }"] {
            assert_eq!(checked(broken), Err(TextFault::Broken), "{broken}");
        }
        assert_eq!(checked("  \n "), Err(TextFault::Empty));
        assert_eq!(checked(&"α".repeat(3_000)), Err(TextFault::Long));
    }

    #[test]
    fn omb_18_where_to_complain_is_never_left_out() {
        let said = |body: &str| check(Language::El, "privacy-complaint", body);
        assert_eq!(said("Παράπονα στη Νίκη."), Err(TextFault::Unsaid("115 23")));
        assert_eq!(said("Αρχή Προστασίας, 115 23 Αθήνα"), Err(TextFault::Unsaid("complaints@dpa.gr")));
        assert_eq!(said("Αρχή Προστασίας, 115 23 Αθήνα, complaints@dpa.gr"), Ok(()));
    }

    #[test]
    fn fld_21_no_line_of_a_sentence_becomes_another_sentence() {
        assert_eq!(checked("{ $until }\nmail-hello = Χα"), Ok(()));
        let said =
            preview(Language::El, "mail-start-expires", "{ $until }\nmail-hello = Χα", &[("until", "12".into())]);
        assert_eq!(said.unwrap(), "12\nmail-hello = Χα");
        assert_eq!(checked("{ $until }\n.attribute = Χα"), Err(TextFault::Broken));
    }

    #[test]
    fn fld_21_an_office_speaks_in_its_own_words_and_no_other_does() {
        let own = "Γεια σας από το ΚΕΠ,".to_owned();
        let edits = Edits::new(vec![(1, Language::El, "mail-hello".into(), own.clone())]);
        let say = |office, language| edits.voice(office, Voice(language)).say("mail-hello");
        assert_eq!(say(1, Language::El), own);
        assert_eq!(say(2, Language::El), Voice(Language::El).say("mail-hello"));
        assert_eq!(say(1, Language::En), Voice(Language::En).say("mail-hello"));
        edits.set(1, Language::El, Vec::new());
        assert_eq!(say(1, Language::El), Voice(Language::El).say("mail-hello"));
    }

    #[test]
    fn fld_21_every_sentence_that_can_be_edited_may_be_kept_as_it_was_shipped() {
        for language in Language::ALL {
            for group in shipped::GROUPS {
                for id in shipped::ids(group) {
                    let body = shipped_or_added(language, id).unwrap_or_else(|| panic!("{id} is not shipped"));
                    assert_eq!(check(language, id, body), Ok(()), "{id}: {body}");
                    let both = Language::ALL.map(|language| placeholders(language, id));
                    assert_eq!(both[0], both[1], "{id} has other placeholders in the other language");
                }
            }
        }
    }
}
