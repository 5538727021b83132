//! Staff ask the citizen to put something right by a deadline, after which the booking is void (TRN-09).

use office::{Booking, CivilInstant, Command, CorrectionState, VoidReason};
use serde::Serialize;
use writer::Workbench;

use crate::{
    fault::Fault,
    find::BookingName,
    note::put_note_if_any,
    party::person_of,
    turn::{Turn, decide},
    void::reason_of_staff,
};

/// What is to be put right, and by when.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionOrder {
    /// The booking with which something is the matter.
    pub booking: BookingName,
    /// What is the matter.
    pub because: VoidReason,
    /// The deadline; not after the booked time.
    pub until: CivilInstant,
    /// What the citizen is told besides.
    pub note: Option<String>,
}

/// Asks; gives the booking as it stands then. What is asked already, with the same deadline and no other word, is asked once.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, order: CorrectionOrder) -> Result<Booking, Fault> {
    let (asked, account) = (order.clone(), turn.account()?);
    let work = move |bench: &mut Workbench<'_>| {
        let CorrectionOrder { booking: name, because, until, note } = order;
        let found = name.find(bench.office())?;
        let (booking, about) = (found.id, person_of(found).ok());
        let because = reason_of_staff(bench.office(), because)?;
        let is_asked = |one: office::Correction| {
            let no_other_word = note.as_deref().is_none_or(|note| note.trim().is_empty());
            one.state == CorrectionState::Awaited && one.because == because && one.until == until.utc() && no_other_word
        };
        if found.correction.is_some_and(is_asked) {
            return Ok(found.clone());
        }
        let note = put_note_if_any(bench, account, about, note.as_deref());
        decide(bench, &Command::AskCorrection { booking, because, note, until: until.utc() })?;
        Ok(name.find(bench.office())?.clone())
    };
    turn.take("ask-correction", &asked, work).await
}
