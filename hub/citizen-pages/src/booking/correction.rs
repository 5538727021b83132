//! What the office asks a citizen to put right (TRN-09), as the booking's pages say it.

use office::CorrectionState;
use post::void_reason;
use stationery::visitor::Visitor;
use text::Dates;

use super::linked::LinkedBooking;

/// What is asked for, in words.
pub struct CorrectionNotice {
    /// What is the matter.
    pub why: String,
    /// What staff wrote.
    pub note: Option<String>,
    /// By when.
    pub until: String,
}

impl LinkedBooking {
    /// What the office asks to be put right, while it is waited for; also after a deadline that was tolerated.
    pub async fn asked_to_correct(&self, visitor: &Visitor) -> Option<CorrectionNotice> {
        let asked = self.booking.correction.filter(|_| self.is_open())?;
        match asked.state {
            CorrectionState::Awaited | CorrectionState::Lapsed { .. } => {}
            CorrectionState::Made { .. } => return None,
        }
        let (row, voice) = (self.handle.row, visitor.voice);
        let note = match asked.note {
            Some(note) => visitor.state.readers.read(move |store| store.note(row, note)).await.ok().flatten(),
            None => None,
        };
        Some(CorrectionNotice {
            why: void_reason(&self.config, asked.because, voice),
            note: note.and_then(|note| note.text),
            until: Dates { voice, zone: self.config.zone }.day_and_time(asked.until),
        })
    }
}
