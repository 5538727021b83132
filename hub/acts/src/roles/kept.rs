//! What somebody asked for to be a coordinator: for them to take along (FLD-23).

use body::{AccountId, RoleRequestPhase};
use serde::Serialize;
use store::{Store, Stored};
use vocabulary::civil::CivilInstant;

use super::ask::RoleRequestWords;

/// A request to be a coordinator, as it is handed out to who made it.
#[derive(Debug, Clone, Serialize)]
pub struct RoleRequestExport {
    /// When it was made.
    pub asked_at: Option<CivilInstant>,
    /// What was written; empty once it is erased.
    pub written: RoleRequestWords,
    /// What came of it.
    pub phase: RoleRequestPhase,
    /// Why it was refused.
    pub reason: Option<String>,
}

/// Everything that an account asked for.
pub fn role_requests(store: &Store, account: AccountId) -> Stored<Vec<RoleRequestExport>> {
    let export = |row: store::RoleRequestRow| {
        let written = store.body_words(row.request.words)?;
        let reason = match row.request.phase {
            RoleRequestPhase::Refused { reason } => store.body_words(reason)?,
            RoleRequestPhase::Open | RoleRequestPhase::Approved | RoleRequestPhase::Withdrawn => None,
        };
        Ok(RoleRequestExport {
            asked_at: CivilInstant::new(row.request.asked_at),
            written: written.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
            phase: row.request.phase,
            reason,
        })
    };
    store.role_requests_of(account)?.into_iter().map(export).collect()
}
