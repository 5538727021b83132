//! What the office asks a citizen to put right (TRN-09), as the booking's pages say it: by when, what, and the one thing to do.

use office::{CorrectionMeans, CorrectionState};
use post::{stands_uncorrected, void_reason};
use stationery::visitor::Visitor;
use text::Dates;

use super::linked::LinkedBooking;

/// What is asked for, in words.
pub struct CorrectionNotice {
    /// That something is to be put right, and by when.
    pub heading: String,
    /// What is the matter.
    pub why: String,
    /// What staff wrote.
    pub note: Option<String>,
    /// What becomes of the booking without it.
    pub otherwise: String,
    /// With what it is put right.
    pub means: CorrectionMeans,
    /// Where that is done.
    pub href: String,
    /// The name of the sentence on the button that leads there.
    pub go: &'static str,
}

impl LinkedBooking {
    /// What the office asks to be put right, while it is waited for; also after a deadline that was tolerated.
    pub async fn asked_to_correct(&self, visitor: &Visitor) -> Option<CorrectionNotice> {
        let asked = self.booking.correction.filter(|_| self.is_open())?;
        let (row, voice) = (self.handle.row, visitor.voice);
        let now = visitor.state.clock.now();
        let dates = Dates { voice, zone: self.config.zone, now };
        let due = asked.until.min(self.booking.promise.start);
        let (heading, otherwise) = match (asked.state, stands_uncorrected(&self.config, &self.booking)) {
            (CorrectionState::Made { .. }, _) => return None,
            (CorrectionState::Lapsed { .. }, _) => ("correct-was-due", "correct-lapsed"),
            (CorrectionState::Awaited, false) => ("correct-by", "correct-or-void"),
            (CorrectionState::Awaited, true) => ("correct-by", "correct-or-warned"),
        };
        let note = match asked.note {
            Some(note) => visitor.state.readers.read(move |store| store.note(row, note)).await.ok().flatten(),
            None => None,
        };
        let means = asked.because.put_right_with();
        let (href, go) = match means {
            CorrectionMeans::Documents => (self.paths.documents(), "correct-go-documents"),
            CorrectionMeans::Details | CorrectionMeans::Either => (self.paths.correct(), "correct-go"),
        };
        Some(CorrectionNotice {
            heading: voice.text(heading, "until", &dates.until(due, now)),
            why: void_reason(&self.config, asked.because, voice),
            note: note.and_then(|note| note.text),
            otherwise: voice.say(otherwise),
            means,
            href,
            go,
        })
    }
}
