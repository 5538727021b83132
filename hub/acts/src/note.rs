//! Notes that staff write: about a visit, about a call out of order, about a correction.

use office::{NoteId, Office, Origin, PersonId, VisitId};
use people::is_unseen;
use secrets::draw_id;
use writer::Workbench;

/// Longest note; what is longer is cut.
const NOTE_CHARACTERS_MAX: usize = 2_000;

/// Keeps a note, if the next command is accepted.
pub fn put_note(bench: &mut Workbench<'_>, account: u32, about: Option<PersonId>, text: &str) -> NoteId {
    let id = NoteId(draw_id());
    let seen = text.trim().chars().filter(|c| *c == '\n' || !is_unseen(*c));
    bench.put_note(id, Some(account), about, seen.take(NOTE_CHARACTERS_MAX).collect());
    id
}

/// Keeps a note where something was written, if the next command is accepted.
pub fn put_note_if_any(
    bench: &mut Workbench<'_>,
    account: u32,
    about: Option<PersonId>,
    text: Option<&str>,
) -> Option<NoteId> {
    let text = text.filter(|text| !text.trim().is_empty())?;
    Some(put_note(bench, account, about, text))
}

/// Who booked what a visit is for, if it was booked.
pub fn booked_by(office: &Office, visit: VisitId) -> Option<PersonId> {
    let Origin::Booked { booking, .. } = office.visits.get(&visit)?.origin else { return None };
    Some(office.bookings.get(&booking)?.life.party()?.person)
}
