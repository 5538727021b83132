//! Who is told of a request to be a coordinator, and of what was decided about it.

use acts::citizens::tell;
use body::{AccountId, CoordinatorPost, GrantScope, Role};
use chrono::{DateTime, Utc};
use store::{Store, Stored};
use writer::MemberNews;

/// So many of those who may decide are told, at most.
const TOLD_MAX: usize = 50;

/// Tells whoever decides that somebody asks: of a unit the coordinators of the organisation, and administrators where there is
/// none.
pub fn who_decides(store: &Store, post: CoordinatorPost, now: DateTime<Utc>) -> Stored<()> {
    let administrators = || store.accounts_with(Role::Administrator, GrantScope::Body);
    let told = match post {
        CoordinatorPost::Organisation => administrators()?,
        CoordinatorPost::Unit(_) => {
            let coordinators = store.accounts_with(Role::CoordinatorOfOrganisation, GrantScope::Body)?;
            if coordinators.is_empty() { administrators()? } else { coordinators }
        }
    };
    told.into_iter().take(TOLD_MAX).try_for_each(|account| one(store, account, MemberNews::RoleAsked, now))
}

/// Tells one of them, in the name of the body's first office.
pub fn one(store: &Store, account: AccountId, news: MemberNews, now: DateTime<Utc>) -> Stored<()> {
    let Some((office, _)) = store.offices()?.into_iter().next() else { return Ok(()) };
    tell::run(store, (office, account.0), news, now)
}
