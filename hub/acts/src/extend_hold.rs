//! A time is kept once more as long (WCAG 2.2.1).

use office::{AddressId, Booking, BookingId, Command};
use serde::Serialize;

use crate::{
    fault::Fault,
    find::BookingName,
    hold::is_not_anothers,
    turn::{Turn, decide},
};

/// A kept time that is to be kept longer.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct HoldExtension {
    /// The kept time.
    pub booking: BookingId,
    /// For whom it is kept.
    pub owner: AddressId,
}

/// Keeps it longer, and tells how it stands then.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, extension: HoldExtension) -> Result<Booking, Fault> {
    let HoldExtension { booking, owner } = extension;
    let work = move |bench: &mut writer::Workbench<'_>| {
        is_not_anothers(bench.office(), booking, owner)?;
        decide(bench, &Command::ExtendHold { booking })?;
        Ok(BookingName::Number(booking).find(bench.office())?.clone())
    };
    turn.take("extend-hold", &extension, work).await
}
