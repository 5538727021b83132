//! An administrator says that the hub's clock is right (PROM-10): what waited for that is done.

use access::{AuditParty, AuditRecord, Session};
use chrono::{DateTime, TimeDelta, Utc};
use wire::ProblemCode;

use crate::{fault::Fault, ledger::Ledger};

/// A page that was shown longer ago speaks of another time.
const SHOWN_WITHIN: TimeDelta = TimeDelta::minutes(30);

/// Believes the clock, on the word of somebody to whom it showed this time. `false` if it shows another by now.
///
/// # Errors
/// `not-allowed` for who does not run the whole hub: there is one clock for all offices.
pub fn run(ledger: &Ledger, admin: &Session, shown: DateTime<Utc>) -> Result<bool, Fault> {
    if !admin.runs(None) {
        return Err(ProblemCode::NotAllowed.into());
    }
    let now = ledger.clock.now();
    if (now - shown).abs() > SHOWN_WITHIN {
        return Ok(false);
    }
    // Somebody has said so already.
    if ledger.writer.belief().doubt().is_none() {
        return Ok(true);
    }
    ledger.audit.note(AuditRecord::ClockBelieved(AuditParty::from(admin.account.as_ref())));
    ledger.writer.belief().end("an administrator says so");
    Ok(true)
}
