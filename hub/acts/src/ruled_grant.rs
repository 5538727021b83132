//! What somebody may be in the house by a provider's word: read out of the words of the rules, and followed at each sign-in.

use std::sync::Arc;

use access::{Access, AccountChange, AuditParty, AuditRecord};
use identity::{GrantOffer, GrantRule};
use store::{Account, Role};
use writer::{Offices, WriteError};

/// What a member of staff may do, and the row of their office; with none, in the whole hub.
pub type StaffPlaceGrant = Option<(Role, Option<u32>)>;

/// What a provider's word gives somebody now.
#[derive(Debug, Clone)]
pub(crate) struct RuledGrant {
    pub provider: String,
    pub grant: StaffPlaceGrant,
}

/// The words for the whole hub, and before the key of an office.
const WHOLE: &str = "whole";
const OFFICE: &str = "office:";

fn role(word: &str) -> Option<Role> {
    [Role::Admin, Role::Clerk].into_iter().find(|role| role.name() == word)
}

/// Whether rules say what there is.
///
/// # Errors
/// Which one does not, and what would be right.
pub fn check<'a>(rules: impl IntoIterator<Item = &'a GrantRule>, offices: &Offices) -> Result<(), String> {
    for GrantRule { role: word, scope, .. } in rules {
        if role(word).is_none() {
            return Err(format!("grants.role: \"{word}\" should be admin or clerk"));
        }
        let is_office = scope.strip_prefix(OFFICE).is_some_and(|key| offices.get(key).is_some());
        if scope != WHOLE && !is_office {
            return Err(format!("grants.scope: \"{scope}\" should be {WHOLE}, or {OFFICE} and the key of an office"));
        }
    }
    Ok(())
}

/// What follows from several offers: the one that may most. An account has one place among staff.
pub(crate) fn of(offices: &Offices, offers: &[GrantOffer]) -> StaffPlaceGrant {
    let read = |offer: &GrantOffer| {
        let office = match offer.scope.strip_prefix(OFFICE) {
            None => None,
            Some(key) => Some(offices.get(key)?.row),
        };
        Some((role(&offer.role)?, office))
    };
    // Roles are in order from who may most, and the whole hub goes before an office.
    offers.iter().filter_map(read).min_by_key(|(role, office)| (*role, office.is_some()))
}

/// Has an account be what the provider says now, and ends its sessions if that is something else; the account as it is then.
pub(crate) async fn follow(
    access: &Access,
    id: u32,
    rule: Option<RuledGrant>,
) -> Result<Option<Arc<Account>>, WriteError> {
    let Some(RuledGrant { provider, grant }) = rule else { return Ok(access.accounts.with_number(id)) };
    let before = access.accounts.with_number(id).and_then(|account| account.staff);
    let ended = access.accounts.follow_rule(&access.writer, id, (provider, grant), access.clock.now()).await?;
    let account = access.accounts.with_number(id);
    let Some(known) = &account else { return Ok(account) };
    let of = AuditParty::from(known.as_ref());
    if ended > 0 {
        access.audit.note(AuditRecord::SessionsEnded { of, by: of });
    }
    if before != known.staff {
        // Whoever is made an administrator by another's word, or is one no longer, is a change of an administrator.
        let is_admin = known.is_admin() || before.is_some_and(|staff| staff.role == Role::Admin);
        let change = AccountChange { account: of, by: of, is_admin };
        if before.is_some() {
            access.audit.note(AuditRecord::RoleTaken(change));
        }
        if known.is_staff() {
            access.audit.note(AuditRecord::RoleGiven(change));
        }
    }
    Ok(account)
}
