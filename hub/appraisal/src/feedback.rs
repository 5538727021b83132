//! After the visit: one of three faces and a sentence (FLD-25), by the page of the ticket. What is kept leads to no visit: the face
//! is counted with those of its day, the sentence stands by the day.

use acts::{Fault, Ledger};
use chrono::NaiveDate;
pub use figures::VisitFace;
use office::{Office, PublicId, VisitState};
use secrets::{ServerKey, draw_id, mac};
use store::FeedbackWords;
use uuid::Uuid;
use wire::ProblemCode;
use writer::OfficeHandle;

/// The longest sentence, in letters.
pub const FEEDBACK_LETTERS_MAX: usize = 500;

/// What somebody says of their visit.
#[derive(Debug, Clone)]
pub struct VisitFeedback {
    /// The face that they chose.
    pub face: VisitFace,
    /// What they wrote, in a line of so many letters at most; none where they wrote nothing.
    pub text: Option<String>,
}

/// Whether a visit may say what it thought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedbackStanding {
    /// It was not served, or not today.
    Closed,
    /// It was, and has said nothing yet.
    Open,
    /// It has said it.
    Said,
}

/// Whether somebody may say what they thought of their visit.
///
/// # Errors
/// That the hub cannot read.
pub async fn standing(
    ledger: &Ledger,
    key: &ServerKey,
    office: &OfficeHandle,
    visit: Uuid,
) -> Result<FeedbackStanding, Fault> {
    let Some(day) = served_on(&office.read(), visit) else { return Ok(FeedbackStanding::Closed) };
    let mark = mark(key, office.row, day, visit);
    let said = ledger.readers.read(move |store| store.has_feedback(mark)).await?;
    Ok(if said { FeedbackStanding::Said } else { FeedbackStanding::Open })
}

/// Says it, once; said again, it changes nothing.
///
/// # Errors
/// A [`Fault`] where no such visit was served today, or the hub cannot write.
pub async fn run(
    ledger: &Ledger,
    key: &ServerKey,
    office: &OfficeHandle,
    visit: Uuid,
    said: VisitFeedback,
) -> Result<(), Fault> {
    let day = served_on(&office.read(), visit).ok_or(ProblemCode::UnknownVisit)?;
    let (row, now, mark) = (office.row, ledger.clock.now(), mark(key, office.row, day, visit));
    let VisitFeedback { face, text } = said;
    let keep = move |store: &store::Store| {
        if !store.mark_feedback(mark, now)? {
            return Ok(());
        }
        store.count_face(row, day, face.number())?;
        match text {
            Some(text) => {
                store.keep_feedback_words(row, &FeedbackWords { id: draw_id(), day, face: face.number(), text })
            }
            None => Ok(()),
        }
    };
    Ok(ledger.writer.change(keep).await?)
}

/// The local day on which a visit was served; none while it is not over, and after that day.
fn served_on(office: &Office, visit: Uuid) -> Option<NaiveDate> {
    let visit = office.visits.get(office.visits_by_public.get(&PublicId(visit))?)?;
    let is_served = matches!(visit.state, VisitState::Finished { .. });
    office.day.as_ref().filter(|_| is_served).map(|day| day.date)
}

/// By what it is known that a visit has said it: nobody without the hub's key knows which visit that was.
fn mark(key: &ServerKey, office: u32, day: NaiveDate, visit: Uuid) -> [u8; 32] {
    mac(&key.day_key(office, day), &[b"feedback".as_slice(), visit.as_bytes().as_slice()])
}
