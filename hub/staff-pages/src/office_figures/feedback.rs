//! What visitors wrote after their visits (FLD-25): each sentence with its day and its face, and erased in one press.

use acts::Fault;
use appraisal::{feedback::VisitFace, office_figures};
use axum::response::Redirect;
use paths::Page;
use serde::Deserialize;
use stationery::{extract::PagePath, form::OwnForm, signed::StaffVisitor};
use store::FeedbackWords;
use text::{Dates, face_sentence};
use uuid::Uuid;
use wire::ProblemCode;

/// A sentence on the page.
pub(super) struct WordsRow {
    pub id: String,
    pub day: String,
    pub face: String,
    pub text: String,
}

/// What visitors wrote, the newest day first.
pub(super) fn words(words: &[FeedbackWords], dates: Dates) -> Vec<WordsRow> {
    let row = |one: &FeedbackWords| WordsRow {
        id: one.id.to_string(),
        day: dates.date_and_year(one.day),
        face: VisitFace::numbered(one.face).map(|face| dates.voice.say(face_sentence(face))).unwrap_or_default(),
        text: one.text.clone(),
    };
    words.iter().map(row).collect()
}

/// Which sentence.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FeedbackErasure {
    words: String,
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath(key): PagePath<String>) -> Redirect {
    Redirect::to(&Page::StaffFigures { office: &key }.to_string())
}

/// Erases a sentence, and leads back to the page.
pub async fn erase(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    OwnForm { visitor: _, fields }: OwnForm<FeedbackErasure>,
) -> Result<Redirect, Fault> {
    let (handle, ledger) = (signed.office(&key)?, &signed.visitor.state.ledger);
    // Who may not see them is told so, whatever is named.
    if !office_figures::may_see(ledger, &signed.session, handle).await? {
        return Err(ProblemCode::NotAllowed.into());
    }
    let words = Uuid::try_parse(&fields.words).map_err(|_| ProblemCode::NotFound)?;
    office_figures::erase_words(ledger, &signed.session, handle, words).await?;
    Ok(Redirect::to(&Page::StaffFigures { office: &key }.asking("done=erased")))
}
