//! What writing a face needs, in one hand.

use std::time::Duration;

use chrono::{DateTime, Utc};
use wire::Language;

use super::{Choice, ChoiceLayout, Emphasis, FaceSetting, KioskFace, Sign, SpokenText, StillThere, Tone};
use crate::{machine::KioskWalk, press::Press, station::KioskScreen};

/// The walk and what is around it.
pub(super) struct FaceWriter<'a> {
    /// Where somebody is.
    pub walk: &'a KioskWalk,
    /// The time, and how the machine is built.
    pub around: &'a FaceSetting,
    /// The walk's time.
    pub now: Duration,
}

impl FaceWriter<'_> {
    /// The language shown.
    pub const fn language(&self) -> Language {
        self.walk.language()
    }

    /// The sentence `id`.
    pub fn text(&self, id: &str) -> String {
        phrases::say(self.language(), id)
    }

    /// The same, with one place filled.
    pub fn text_with(&self, id: &str, name: &'static str, value: impl Into<String>) -> String {
        phrases::say_with(self.language(), id, &[(name, value.into().into())])
    }

    /// Words that are said as they are read.
    pub fn said(&self, shown: impl Into<String>) -> SpokenText {
        SpokenText::new(self.language(), shown)
    }

    /// The sentence `id`, shown and said.
    pub fn say(&self, id: &str) -> SpokenText {
        self.said(self.text(id))
    }

    /// The same, with one place filled.
    pub fn say_with(&self, id: &str, name: &'static str, value: impl Into<String>) -> SpokenText {
        self.said(self.text_with(id, name, value))
    }

    /// What the office wrote, in the language shown.
    pub fn own(&self, words: &wire::Words) -> SpokenText {
        self.said(words.in_language(self.language()))
    }

    /// A time of today.
    pub fn time(&self, at: DateTime<Utc>) -> String {
        phrases::clock_time(at, self.around.zone, self.language())
    }

    /// When something happens, with its day where that is not today.
    pub fn moment_at(&self, at: DateTime<Utc>) -> String {
        phrases::moment_at(at, self.around.now, self.around.zone, self.language())
    }

    /// From when on, with its day where that is not today.
    pub fn moment_from(&self, at: DateTime<Utc>) -> String {
        phrases::moment_from(at, self.around.now, self.around.zone, self.language())
    }

    /// A face with a sentence at its head, and nothing else yet.
    pub fn face(&self, screen: KioskScreen, heading: SpokenText) -> KioskFace {
        let view = self.walk.view();
        KioskFace {
            screen,
            language: self.language(),
            office: view.map(|view| view.office.in_language(self.language()).to_owned()).unwrap_or_default(),
            time: self.around.time.clone(),
            local: self.walk.is_local().then(|| self.say("kiosk-local")),
            tone: Tone::Plain,
            alone: false,
            heading,
            below: Vec::new(),
            notices: Vec::new(),
            number: None,
            facts: Vec::new(),
            next: None,
            listed: None,
            typed: None,
            code: None,
            scene: None,
            choices: Vec::new(),
            layout: ChoiceLayout::Doors,
            pages: None,
            ways: Vec::new(),
            bar: Vec::new(),
            asks: None,
        }
    }

    /// A choice with the sentence `id`.
    pub fn choice(&self, name: &str, press: Press, id: &str, rank: Emphasis, sign: Sign) -> Choice {
        self.choice_said(name, press, self.say(id), rank, Some(sign))
    }

    /// A choice with these words.
    pub fn choice_said(
        &self,
        name: &str,
        press: Press,
        label: SpokenText,
        rank: Emphasis,
        sign: Option<Sign>,
    ) -> Choice {
        Choice { name: name.to_owned(), press, label, below: None, sign, rank, on: None, enabled: true, group: None }
    }

    /// The way to the first screen.
    pub fn home(&self) -> Choice {
        self.choice("home", Press::Home, "kiosk-home", Emphasis::Other, Sign::Home)
    }

    /// One step back.
    pub fn back(&self) -> Choice {
        self.choice("back", Press::Back, "kiosk-back", Emphasis::Other, Sign::Back)
    }

    /// The ways to the pages beside this one.
    pub fn paging(&self, shown: usize, pages: usize) -> Vec<Choice> {
        let way =
            |name: &str, page: usize, id: &str, sign| self.choice(name, Press::Page(page), id, Emphasis::Other, sign);
        let before = (shown > 0).then(|| way("page-previous", shown - 1, "kiosk-page-previous", Sign::Less));
        let after = (shown + 1 < pages).then(|| way("page-next", shown + 1, "kiosk-page-next", Sign::More));
        before.into_iter().chain(after).collect()
    }

    /// The question whether anybody is still there, while it is asked.
    pub fn still_there(&self) -> Option<StillThere> {
        let seconds = self.walk.countdown(self.now)?;
        let shown = phrases::say_with(self.language(), "kiosk-still-there-below", &[("seconds", seconds.into())]);
        // It is said once, and not anew each second.
        let below = SpokenText { shown, spoken: self.say("kiosk-still-there-said").spoken, personal: false };
        Some(StillThere {
            heading: self.say("kiosk-still-there"),
            below,
            choice: self.choice("still-here", Press::StillHere, "kiosk-still-there-yes", Emphasis::First, Sign::Tick),
        })
    }
}
