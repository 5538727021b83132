//! What commands on the machine itself leave in the audit.

use access::{AccountChange, AuditParty, AuditRecord};
use chrono::{DateTime, Utc};
use store::{Role, Store};

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

/// Makes an administrator's account, by its name, the hash of its password and its address; its number, or nothing if the name is
/// taken.
///
/// # Errors
/// If the store cannot be written.
pub fn add_admin(
    store: &Store,
    config: &HubConfig,
    (name, password, email): (&str, Option<&str>, Option<&str>),
    now: DateTime<Utc>,
) -> anyhow::Result<Option<u32>> {
    let Some(id) = store.add_account(name, password, (Role::Admin, None), email, now)? else { return Ok(None) };
    let (account, by) = (AuditParty::Account { id, office: None }, AuditParty::Console);
    note(store, config, AuditRecord::AccountMade(AccountChange { account, by, is_admin: true }), now)?;
    Ok(Some(id))
}
