//! Another time for a booking (OMB-16, FLD-14): one decision, so that never both times are held, and never neither.

use chrono::{DateTime, Utc};
use office::{Audience, Booking, BookingId, Command, Reference, Refusal};
use serde::Serialize;
use wire::ProblemCode;
use writer::Workbench;

use crate::{details::person_of, fault::Fault, find::booking_of, refusals::refusal_in, turn::Turn};

/// The time that a booking is to have.
#[derive(Debug, Clone, Serialize)]
pub struct MoveWish {
    /// Which booking.
    pub reference: Reference,
    /// The new start.
    pub start: DateTime<Utc>,
    /// Of whose times it is one: staff's for a caller, or the public's.
    pub audience: Audience,
}

/// Moves it; gives the booking as it stands then. Whose booking the office gave up has the first choice instead (FLD-33).
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, wish: MoveWish) -> Result<Booking, Fault> {
    let asked = wish.clone();
    let work = move |bench: &mut Workbench<'_>| {
        let MoveWish { reference, start, audience } = wish;
        let booking = booking_of(bench.office(), &reference.0)?;
        let (id, displaced) = (booking.id, booking.life.first_choice(bench.now()).is_some());
        let command = if displaced {
            Command::ChooseAnew { booking: id, start }
        } else {
            Command::Move { booking: id, start, audience }
        };
        move_so(bench, id, &command).map_err(|refusal| refusal_in(bench.office(), &refusal))?;
        let moved = bench.office().bookings.get(&id).cloned();
        moved.ok_or_else(|| ProblemCode::UnknownCode.into())
    };
    turn.take("move-booking", &asked, work).await
}

/// Gives a booking its new time, and notes when its person is expected now: what is kept of them is kept that much longer.
///
/// # Errors
/// The rules' no.
pub(crate) fn move_so(bench: &mut Workbench<'_>, id: BookingId, command: &Command) -> Result<(), Refusal> {
    bench.decide(command)?;
    let moved = bench.office().bookings.get(&id);
    let noted = moved.and_then(|booking| Some((person_of(booking).ok()?, booking.promise.start)));
    if let Some((person, start)) = noted {
        bench.note_visit(person, start);
    }
    Ok(())
}
