//! An administrator gives a member of staff a role beside their own, or takes it back: who certifies, who works on requests.

use access::{Access, AccountChange, AuditParty, AuditRecord, Session};
use body::{AccountId, Action, ActionPlace, CategoryId, Grant, GrantScope, Role, grant};
use wire::ProblemCode;

use crate::{accounts::open_account_of, fault::Fault, ledger::Ledger};

/// A grant that is to be given, or taken back.
#[derive(Debug, Clone, Copy)]
pub struct GrantWish {
    /// Whose.
    pub account: u32,
    /// The role, and where.
    pub grant: Grant,
    /// Whether it is given.
    pub gives: bool,
}

/// The place that a scope is, for who may grant there.
fn place_of(scope: GrantScope) -> ActionPlace {
    match scope {
        GrantScope::Office(office) => ActionPlace::office(office),
        GrantScope::List(list) => ActionPlace::list(list),
        GrantScope::Category(category) => ActionPlace::category(category),
        // What is of a unit or of everything is the whole body's to give.
        GrantScope::Unit(_) | GrantScope::Body => ActionPlace::category(CategoryId(0)),
    }
}

/// Gives it, or takes it back. Whoever has it already, or not any more, keeps what they have. The roles by which somebody is
/// staff at all are given with the account.
///
/// # Errors
/// `not-allowed` for who may not grant there, `not-found` for an account that is shut or elsewhere.
pub async fn run(ledger: &Ledger, access: &Access, admin: &Session, wish: GrantWish) -> Result<(), Fault> {
    let GrantWish { account, grant, gives } = wish;
    let known = open_account_of(access, admin, account)?;
    let by = AccountId(admin.account.id);
    let own = ledger.readers.read(move |store| store.grants_of(by)).await?;
    let is_extra = match grant.role() {
        Role::Certifier | Role::CaseWorker | Role::RequestSupervisor => true,
        Role::Administrator | Role::Clerk | Role::Agent | Role::Coordinator => false,
    };
    if !is_extra || !known.is_staff() || !grant::may(&own, Action::GrantRoles, &place_of(grant.scope())) {
        return Err(ProblemCode::NotAllowed.into());
    }
    let now = ledger.clock.now();
    let changed = ledger.writer.change(move |store| match gives {
        true => store.give_grant(AccountId(account), grant, by, now),
        false => store.take_grant(AccountId(account), grant),
    });
    if changed.await? {
        let change = AccountChange::by(&known, AuditParty::from(admin.account.as_ref()));
        access.audit.note(if gives { AuditRecord::RoleGiven(change) } else { AuditRecord::RoleTaken(change) });
    }
    Ok(())
}
