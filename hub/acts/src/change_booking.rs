//! A booking gets another day or time (OMB-16): one decision, so that never both times are held, and never neither.

use office::{Audience, Booking, BookingLife, CivilInstant, Command, MovedBy};
use serde::Serialize;
use writer::Workbench;

use crate::{
    fault::Fault,
    find::BookingName,
    turn::{Turn, decide},
};

/// Another time for a booking.
#[derive(Debug, Clone, Serialize)]
pub struct BookingChange {
    /// The booking that moves, by how it is known.
    pub booking: BookingName,
    /// Its new start.
    pub start: CivilInstant,
    /// Among whose times it was chosen: the public's, or all that staff can give.
    pub audience: Audience,
}

/// Moves a booking, or gives whom the office displaced their first choice (FLD-33), and tells how it stands then. One that
/// stands at that time already stays so.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, change: BookingChange) -> Result<Booking, Fault> {
    let asked = change.clone();
    let work = move |bench: &mut Workbench<'_>| {
        let BookingChange { booking: name, start, audience } = change;
        let start = start.utc();
        let before = name.find(bench.office())?;
        if matches!(before.life, BookingLife::Confirmed { .. }) && before.promise.start == start {
            return Ok(before.clone());
        }
        let booking = before.id;
        let command = match before.life.first_choice(bench.now()) {
            Some(_) => Command::ChooseAnew { booking, start },
            None => Command::Move { booking, start, audience, by: MovedBy::Citizen },
        };
        decide(bench, &command)?;
        let after = name.find(bench.office())?.clone();
        note_new_time(bench, &after);
        Ok(after)
    };
    turn.take("change-booking", &asked, work).await
}

/// Notes when somebody is expected now, so that what is kept of them is kept that much longer.
pub(crate) fn note_new_time(bench: &mut Workbench<'_>, moved: &Booking) {
    if let Some(party) = moved.life.party() {
        bench.note_visit(party.person, moved.promise.start);
    }
}
