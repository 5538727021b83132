//! What commands on the machine itself leave in the audit.

use access::AuditRecord;
use chrono::{DateTime, Utc};
use store::Store;

use crate::config::HubConfig;

/// Notes what a command did, in the audit of the store and in the log; the next start mails what is to be warned of.
///
/// # Errors
/// If the store cannot be written.
pub fn note(store: &Store, config: &HubConfig, record: AuditRecord, now: DateTime<Utc>) -> anyhow::Result<()> {
    let row = access::row_of_console(record, now);
    store.put_audit(&row)?;
    access::tell(&row);
    // A hub that has never run has nobody to be warned yet.
    let Some((office, _)) = store.offices()?.into_iter().next() else { return Ok(()) };
    for alert in keepers::alerts_of_console(&row) {
        post::put_alert(store, office, &alert, config.alerts_to.len(), now)?;
    }
    Ok(())
}
