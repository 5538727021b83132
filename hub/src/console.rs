//! What commands on the machine itself leave in the audit.

use access::AuditRecord;
use chrono::{DateTime, Utc};
use store::Store;

/// Notes what a command did, in the audit of the store and in the log.
///
/// # Errors
/// If the store cannot be written.
pub fn note(store: &Store, record: AuditRecord, now: DateTime<Utc>) -> anyhow::Result<()> {
    let row = record.row_of_console(now);
    store.put_audit(&row)?;
    access::tell(&row);
    Ok(())
}
