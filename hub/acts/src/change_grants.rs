//! An administrator says what somebody of staff may do for the body beside their office: certify, work on requests, share them
//! out.

use access::{Access, AccountChange, AuditParty, AuditRecord, Session};
use body::{AccountId, Grant, Role};
use store::Readers;

use crate::{accounts::open_account_of, fault::Fault};

/// The roles that are given here; what makes somebody a clerk or an administrator is given with the account.
pub const BODY_ROLES: [Role; 3] = [Role::Certifier, Role::CaseWorker, Role::RequestSupervisor];

/// What an account may do for the body.
///
/// # Errors
/// That the hub cannot read.
pub async fn read(readers: &Readers, account: u32) -> Result<Vec<Grant>, Fault> {
    let grants = readers.read(move |store| store.grants_of(AccountId(account))).await?;
    Ok(grants.into_iter().filter(|grant| BODY_ROLES.contains(&grant.role())).collect())
}

/// Makes it so that the account has these grants for the body, and no others.
///
/// # Errors
/// `not-found`, also for an account of another office, `not-allowed` for who does not run the whole house, or that the hub
/// cannot write.
pub async fn run(access: &Access, admin: &Session, account: u32, wanted: Vec<Grant>) -> Result<(), Fault> {
    let account = open_account_of(access, admin, account)?;
    if !admin.runs(None) {
        return Err(wire::ProblemCode::NotAllowed.into());
    }
    let (of, by, now) = (AccountId(account.id), AccountId(admin.account.id), access.clock.now());
    let changed = access.writer.change(move |store| {
        let is_of_body = |grant: &Grant| BODY_ROLES.contains(&grant.role());
        let (mut taken, mut given) = (0_usize, 0_usize);
        for grant in store.grants_of(of)?.into_iter().filter(is_of_body).filter(|grant| !wanted.contains(grant)) {
            taken += usize::from(store.take_grant(of, grant, now)?);
        }
        for grant in wanted.into_iter().filter(is_of_body) {
            given += usize::from(store.give_grant(of, grant, Some(by), now)?);
        }
        Ok((taken, given))
    });
    let (taken, given) = changed.await?;
    let change = AccountChange::by(&account, AuditParty::from(admin.account.as_ref()));
    if taken > 0 {
        access.audit.note(AuditRecord::RoleTaken(change));
    }
    if given > 0 {
        access.audit.note(AuditRecord::RoleGiven(change));
    }
    Ok(())
}
