//! An administrator puts a sentence into the office's own words, or has it said as shipped again (FLD-21).

use access::Session;
use people::is_unseen;
use store::TextEdit;
use text::{Edits, TextFault, check, shipped};
use wire::{Language, ProblemCode};
use writer::OfficeHandle;

use crate::{fault::Fault, ledger::Ledger};

/// A sentence that can be edited, of an office that the administrator runs.
#[derive(Debug, Clone, Copy)]
pub struct EditedSentence<'a> {
    /// Whose words they are.
    pub office: &'a OfficeHandle,
    /// The language in which the sentence is said.
    pub language: Language,
    /// The sentence's name.
    pub sentence: &'a str,
}

impl<'a> EditedSentence<'a> {
    /// The sentence with this name.
    ///
    /// # Errors
    /// `not-allowed` for an office that is not theirs, `not-found` for a sentence that is the hub's alone.
    pub fn find(
        admin: &Session,
        office: &'a OfficeHandle,
        language: Language,
        sentence: &'a str,
    ) -> Result<Self, Fault> {
        if !admin.runs(Some(office.row)) {
            return Err(ProblemCode::NotAllowed.into());
        }
        if !shipped::is_editable(sentence) {
            return Err(ProblemCode::NotFound.into());
        }
        Ok(Self { office, language, sentence })
    }

    /// How it is said as shipped.
    pub fn shipped(&self) -> &'static str {
        text::shipped_or_added(self.language, self.sentence).unwrap_or_default()
    }
}

/// Words as they are kept: lines end alike on every machine, blanks around them are none of theirs, and nothing is in them that
/// nobody sees.
pub fn tidied(typed: &str) -> String {
    let seen: String = typed.chars().filter(|c| *c == '\n' || !is_unseen(*c)).collect();
    seen.trim().to_owned()
}

/// Why a sentence is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextRefusal {
    /// The words cannot stand there.
    Words(TextFault),
    /// The hub cannot.
    Fault(Fault),
}

impl From<Fault> for TextRefusal {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Keeps the office's own words, or with none has the sentence said as shipped again. It is said so from now on, and who
/// changed it stands in its history.
///
/// # Errors
/// [`TextRefusal`].
pub async fn run(
    ledger: &Ledger,
    texts: &Edits,
    admin: &Session,
    edited: EditedSentence<'_>,
    body: Option<&str>,
) -> Result<(), TextRefusal> {
    let EditedSentence { office, language, sentence } = edited;
    let body = body.map(tidied);
    if let Some(body) = &body {
        check(language, sentence, body).map_err(TextRefusal::Words)?;
    }
    let edit = TextEdit {
        office: office.row,
        language: language.tag().to_owned(),
        sentence: sentence.to_owned(),
        // What is the same as shipped follows the next version of the hub.
        body: body.filter(|body| *body != edited.shipped()),
        account: admin.account.id,
        at: ledger.clock.now(),
    };
    let kept = ledger.writer.change(move |store| {
        // Said so already, or as shipped: the history tells of changes alone.
        let history = store.text_history(edit.office, &edit.language, &edit.sentence)?;
        if history.first().map(|newest| &newest.body).unwrap_or(&None) != &edit.body {
            store.put_text(&edit)?;
        }
        store.texts()
    });
    let all = kept.await.map_err(Fault::from)?;
    let ours = all.into_iter().filter(|edit| edit.office == office.row && edit.language == language.tag());
    texts.set(office.row, language, ours.filter_map(|edit| Some((edit.sentence, edit.body?))).collect());
    let (admin, office) = (admin.account.id, office.row);
    tracing::info!(admin, office, sentence, language = language.tag(), "a text was changed");
    Ok(())
}
