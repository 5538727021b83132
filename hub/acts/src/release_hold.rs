//! A kept time is given back: what an agent typed for a citizen goes with it.

use office::{BookingId, Command};
use serde::Serialize;
use writer::Workbench;

use crate::{
    fault::Fault,
    turn::{Turn, decide},
};

/// A kept time that is given back.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct HoldRelease {
    /// The kept time.
    pub booking: BookingId,
}

/// Gives it back.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, release: HoldRelease) -> Result<(), Fault> {
    let row = turn.office.row;
    turn.take("release-hold", &release, move |bench| give_back(bench, row, release.booking)).await
}

/// Gives a time back in the office of this row.
pub(crate) fn give_back(bench: &mut Workbench<'_>, row: u32, booking: BookingId) -> Result<(), Fault> {
    bench.drop_entrusted(row, booking);
    decide(bench, &Command::ReleaseHold { booking }).map(drop)
}
