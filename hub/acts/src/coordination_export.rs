//! To which conferences somebody is invited, and what they asked for to be a coordinator: for them to take along (FLD-23).

use body::{AccountId, RoleRequestPhase};
use office::Words;
use serde::{Deserialize, Serialize};
use store::{Store, Stored};
use vocabulary::civil::CivilInstant;

/// What somebody wrote when they asked, as it stands beside the journal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RoleRequestWords {
    /// The organisation that they belong to.
    pub organisation: String,
    /// Where they are called.
    pub phone: String,
    /// What they need it for.
    pub purpose: String,
}

/// A conference to which an address is invited.
#[derive(Debug, Clone, Serialize)]
pub struct InvitedExport {
    /// What it is called.
    pub title: Words,
    /// When it begins.
    pub from: Option<CivilInstant>,
    /// The name beside the address.
    pub name: Option<String>,
    /// Whether they have gone in.
    pub has_come: bool,
}

/// The conferences to which these addresses are invited.
pub fn invited(store: &Store, addresses: &[String]) -> Stored<Vec<InvitedExport>> {
    let mut found = Vec::new();
    for address in addresses {
        for (conference, participant, name) in store.invitations_of(address)? {
            let Some(row) = store.conference_numbered(conference)? else { continue };
            let own = row.conference.participants.get(&participant);
            found.push(InvitedExport {
                title: store.conference_words(row.conference.words)?.title,
                from: CivilInstant::new(row.conference.span.from),
                name,
                has_come: own.is_some_and(|own| own.has_come),
            });
        }
    }
    Ok(found)
}

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
