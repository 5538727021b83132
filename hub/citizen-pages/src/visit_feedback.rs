//! What somebody thought of their visit (FLD-25), on the page of their ticket: three faces and a sentence.

use acts::Fault;
use appraisal::feedback::{self, FEEDBACK_LETTERS_MAX, FeedbackStanding, VisitFace, VisitFeedback};
use paths::Page;
use people::is_unseen;
use serde::Deserialize;
use stationery::{problem::of_field, visitor::Visitor};
use text::{both, face_sentence};
use uuid::Uuid;
use writer::OfficeHandle;

/// The form, as it was sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FeedbackForm {
    /// The name of the face.
    pub face: String,
    /// What was written.
    pub text: String,
}

/// The form, as it is shown.
pub(crate) struct FeedbackAsk {
    /// Where it is sent.
    pub action: String,
    /// The faces: name, sentence, and whether it was chosen.
    pub faces: Vec<(&'static str, &'static str, bool)>,
    /// What stood in it.
    pub text: String,
    /// The longest sentence.
    pub letters: usize,
}

/// What the page says of feedback.
pub(crate) enum FeedbackPart {
    /// Nothing: the visit is not over, or was not served.
    Closed,
    /// The form.
    Ask(FeedbackAsk),
    /// That it was said, with thanks.
    Said,
}

impl FeedbackPart {
    /// What the page of a visit says.
    pub(crate) async fn of(
        visitor: &Visitor,
        office: &OfficeHandle,
        visit: Uuid,
        typed: &FeedbackForm,
    ) -> Result<Self, Fault> {
        let state = &visitor.state;
        let standing = feedback::standing(&state.ledger, &state.key, office, visit).await?;
        Ok(match standing {
            FeedbackStanding::Closed => Self::Closed,
            FeedbackStanding::Said => Self::Said,
            FeedbackStanding::Open => Self::Ask(FeedbackAsk {
                action: Page::VisitFeedback { visit }.to_string(),
                faces: VisitFace::ALL.map(|face| (face.name(), face_sentence(face), face.name() == typed.face)).into(),
                text: typed.text.clone(),
                letters: FEEDBACK_LETTERS_MAX,
            }),
        })
    }
}

impl FeedbackForm {
    /// What is said; whatever nobody sees is left out of it.
    pub(crate) fn feedback(&self) -> Result<VisitFeedback, Fault> {
        let face = VisitFace::named(&self.face)
            .ok_or_else(|| of_field("face", both(|voice| voice.say("feedback-face-missing"))))?;
        let plain: String = self.text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        let seen: String = plain.chars().filter(|letter| !is_unseen(*letter)).collect();
        let text = seen.trim();
        if text.chars().count() > FEEDBACK_LETTERS_MAX {
            return Err(of_field(
                "text",
                both(|voice| voice.with("feedback-too-long", "letters", FEEDBACK_LETTERS_MAX)),
            ));
        }
        Ok(VisitFeedback { face, text: (!text.is_empty()).then(|| text.to_owned()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_25_a_face_is_needed_a_sentence_is_not_and_nothing_unseen_is_kept() {
        let form = |face: &str, text: &str| FeedbackForm { face: face.into(), text: text.into() };
        let said = form("good", "  Ευγενικοί\r\nκαι γρήγοροι\u{202e} ").feedback().unwrap();
        assert_eq!((said.face, said.text.as_deref()), (VisitFace::Good, Some("Ευγενικοί  και γρήγοροι")));
        assert_eq!(form("bad", " \u{200b} ").feedback().unwrap().text, None);
        assert_eq!(form("", "μόνο λόγια").feedback().unwrap_err().place.as_deref(), Some("face"));
        assert_eq!(form("splendid", "").feedback().unwrap_err().place.as_deref(), Some("face"));
        let long = "ω".repeat(FEEDBACK_LETTERS_MAX);
        assert!(form("good", &long).feedback().is_ok());
        assert_eq!(form("good", &format!("{long}ω")).feedback().unwrap_err().place.as_deref(), Some("text"));
    }
}
