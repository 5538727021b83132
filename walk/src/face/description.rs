//! A face itself: everything that stands on one screen, in the order in which it is read and gone through.

use wire::Language;

use super::parts::{
    Choice, ChoiceLayout, CodePicture, GuidePicture, NumberCard, SpokenText, StillThere, TitledList, Tone, TypedCode,
};
use crate::station::KioskScreen;

/// Everything that stands on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct KioskFace {
    /// The screen of the walk that is described.
    pub screen: KioskScreen,
    /// The language shown.
    pub language: Language,
    /// The office's name.
    pub office: String,
    /// The hub's time.
    pub time: String,
    /// That the kiosk goes on without its hub, while it does.
    pub local: Option<SpokenText>,
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
        // It stands on every screen, and is said once, at the first.
        let local = self.local.iter().filter(|_| self.screen == KioskScreen::Welcome);
        std::iter::once(&self.heading)
            .chain(&self.below)
            .chain(number)
            .chain(&self.next)
            .chain(&self.facts)
            .chain(listed)
            .chain(typed)
            .chain(code)
            .chain(&self.notices)
            .chain(local)
            .filter(|said| !said.shown.is_empty())
            .collect()
    }
}
