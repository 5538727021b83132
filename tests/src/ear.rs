//! Somebody before a kiosk who does not see it: six keys, a jack for a headset, and what was said, read back.

use anyhow::{Context, Result, bail};

use crate::{device::DeviceProcess, wait};

/// What the jack types, as [`crate::device::DeviceSetting::kiosk`] sets it up.
const HEADSET_IN: &str = "F9";
const HEADSET_OUT: &str = "F10";

/// So many choices no screen has.
const CHOICES_MOST: usize = 50;

/// Somebody who hears, and has six keys.
pub struct Ear<'a>(&'a DeviceProcess);

impl<'a> Ear<'a> {
    /// Before this kiosk.
    #[must_use]
    pub const fn at(kiosk: &'a DeviceProcess) -> Self {
        Self(kiosk)
    }

    /// What was said last.
    #[must_use]
    pub fn last(&self) -> String {
        self.0.heard().pop().unwrap_or_default()
    }

    /// Waits until something is said that has these words, or finds that it was.
    ///
    /// # Errors
    /// When it is not said in time.
    pub fn hears(&self, words: &str) -> Result<String> {
        self.hears_since(0, words, |said| said.contains(words))
    }

    /// Does something and waits for what is said to it and is what was waited for.
    ///
    /// # Errors
    /// When it cannot be done, or that is not said in time.
    pub fn hears_after(
        &self,
        what: &str,
        act: impl FnOnce() -> Result<()>,
        is_it: impl Fn(&str) -> bool,
    ) -> Result<String> {
        let before = self.0.heard().len();
        act()?;
        self.hears_since(before, what, is_it)
    }

    fn hears_since(&self, before: usize, what: &str, is_it: impl Fn(&str) -> bool) -> Result<String> {
        let said = wait::until(&format!("what answers «{what}» is said"), || {
            self.0.heard().into_iter().skip(before).rev().find(|said| is_it(said))
        });
        said.with_context(|| format!("since then it was said: {:#?}", self.0.heard().get(before..)))
    }

    /// Presses a key by its X name, and waits for what is said to it.
    ///
    /// # Errors
    /// When that is not said in time.
    pub fn key(&self, name: &str, is_it: impl Fn(&str) -> bool) -> Result<String> {
        self.hears_after(name, || self.0.screen()?.key(name), is_it)
    }

    /// Plugs a headset in, and waits for what is said then; everything is read aloud from there on.
    ///
    /// # Errors
    /// When that is not said in time.
    pub fn plugs_in(&self, is_it: impl Fn(&str) -> bool) -> Result<String> {
        self.key(HEADSET_IN, is_it)
    }

    /// Pulls it out again, and waits until nothing more is read aloud.
    ///
    /// # Errors
    /// When nothing is said of that in time.
    pub fn pulls_out(&self) -> Result<()> {
        self.key(HEADSET_OUT, |_| true).map(drop)
    }

    /// The choice after this one, as it is said.
    ///
    /// # Errors
    /// When none is said in time.
    pub fn next_choice(&self) -> Result<String> {
        self.key("Down", is_choice)
    }

    /// Takes the choice that was said last, and waits for what is said then.
    ///
    /// # Errors
    /// When that is not said in time.
    pub fn takes_it(&self, is_it: impl Fn(&str) -> bool) -> Result<String> {
        self.key("KP_Enter", is_it)
    }

    /// Goes down until a choice is said that begins with these words, takes it, and waits until the next words are said.
    ///
    /// # Errors
    /// When there is no such choice, or the words are not said in time.
    pub fn chooses(&self, words: &str, next: &str) -> Result<String> {
        let mut said = Vec::new();
        for _ in 0..CHOICES_MOST {
            let choice = self.next_choice()?;
            if choice.starts_with(words) {
                return self.takes_it(|said| said.contains(next)).with_context(|| words.to_owned());
            }
            // Once round is enough.
            if said.contains(&choice) {
                break;
            }
            said.push(choice);
        }
        bail!("«{words}» is no choice; there are {said:#?}")
    }
}

/// A choice is said with its place, in either language: "two of nine" ends it.
fn is_choice(said: &str) -> bool {
    let last = said.trim_end_matches('.').rsplit(". ").next();
    last.is_some_and(|last| [" από ", " of "].iter().any(|of| last.contains(of)))
}
