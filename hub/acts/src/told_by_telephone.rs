//! Somebody whom no message reached has been told by telephone what it says (FLD-33).

use writer::OfficeHandle;

use crate::{fault::Fault, ledger::Ledger};

/// What somebody was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TelephoneNews {
    /// The numbers of the letters that said so.
    pub letters: Vec<i64>,
}

/// Notes it, in the name of an account; the number of letters that are off the list since. What was told already stays so.
///
/// # Errors
/// If the hub cannot write.
pub async fn run(ledger: &Ledger, office: &OfficeHandle, account: u32, news: TelephoneNews) -> Result<usize, Fault> {
    let (row, now) = (office.row, ledger.clock.now());
    let count = ledger.writer.change(move |store| store.told(row, &news.letters, account, now)).await?;
    tracing::info!(account, count, "somebody was told by telephone");
    Ok(count)
}
