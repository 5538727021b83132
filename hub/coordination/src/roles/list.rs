//! The requests to be a coordinator that somebody may decide; each look at what was written is kept.

use acts::{Fault, LookGrant, LookKind, RoleRequestWords};
use body::{AccountId, CoordinatorPost, GrantScope, Role, RoleRequestPhase, UnitId};
use store::{RoleRequestRow, Store, Stored};

use super::RoleFlaw;
use crate::conferences::ConferenceRoom;

/// So many are shown at a time.
const SHOWN_MAX: u32 = 100;

/// A request, as whoever decides reads it.
#[derive(Debug, Clone)]
pub struct RoleRequestView {
    /// As it is now.
    pub row: RoleRequestRow,
    /// The user name of whoever asks.
    pub user: String,
    /// What they wrote.
    pub words: RoleRequestWords,
}

/// What whoever decides sees.
#[derive(Debug, Clone, Default)]
pub struct RoleRequestDesk {
    /// The requests that they may decide, the oldest first.
    pub requests: Vec<RoleRequestView>,
    /// Who coordinates the organisation, for whoever decides about that: account and user name.
    pub coordinators: Vec<(AccountId, String)>,
}

fn words(store: &Store, row: &RoleRequestRow) -> Stored<RoleRequestWords> {
    let text = store.body_words(row.request.words)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// What somebody decides about.
///
/// # Errors
/// That the hub cannot read or keep the look.
pub async fn run(room: ConferenceRoom<'_>, by: AccountId) -> Result<Result<RoleRequestDesk, RoleFlaw>, Fault> {
    if room.body.conferences.is_none() {
        return Ok(Err(RoleFlaw::NotHeld));
    }
    let read = room.ledger.readers.read(move |store| {
        let grants = store.grants_of(by)?;
        let decides = [CoordinatorPost::Organisation, CoordinatorPost::Unit(UnitId(0))]
            .into_iter()
            .any(|post| post.may_be_decided(&grants));
        if !decides {
            return Ok(Err(RoleFlaw::NotAllowed));
        }
        let open = store.open_role_requests(SHOWN_MAX)?;
        let theirs = open.into_iter().filter(|row| row.request.post.may_be_decided(&grants));
        let view = |row: RoleRequestRow| {
            let user = store.account(row.request.account.0)?.map(|account| account.name).unwrap_or_default();
            Ok(RoleRequestView { words: words(store, &row)?, user, row })
        };
        let requests = theirs.map(view).collect::<Stored<Vec<_>>>()?;
        let mut coordinators = Vec::new();
        if CoordinatorPost::Organisation.may_be_decided(&grants) {
            for id in store.accounts_with(Role::CoordinatorOfOrganisation, GrantScope::Body)? {
                coordinators.extend(store.account(id.0)?.map(|account| (id, account.name)));
            }
        }
        Ok(Ok(RoleRequestDesk { requests, coordinators }))
    });
    let listed = read.await?;
    if let Ok(desk) = &listed {
        let look = LookGrant::new(by.0, 0, LookKind::RoleRequests);
        LookGrant { office: None, names: Some(desk.requests.len()), ..look }.keep(room.ledger).await?;
    }
    Ok(listed)
}

/// The newest request of somebody's own: with what they wrote, and why it was refused.
///
/// # Errors
/// That the hub cannot read.
pub async fn own(room: ConferenceRoom<'_>, by: AccountId) -> Result<Option<(RoleRequestView, Option<String>)>, Fault> {
    let read = room.ledger.readers.read(move |store| {
        let Some(row) = store.role_request_of(by)? else { return Ok(None) };
        let reason = match row.request.phase {
            RoleRequestPhase::Refused { reason } => store.body_words(reason)?,
            RoleRequestPhase::Open | RoleRequestPhase::Approved | RoleRequestPhase::Withdrawn => None,
        };
        let words = words(store, &row)?;
        Ok(Some((RoleRequestView { words, user: String::new(), row }, reason)))
    });
    Ok(read.await?)
}

/// Whether somebody is of staff, by their place here or by the register's word.
///
/// # Errors
/// That the hub cannot read.
pub async fn is_of_staff(room: ConferenceRoom<'_>, by: AccountId) -> Result<bool, Fault> {
    Ok(room.ledger.readers.read(move |store| super::ask::is_of_staff(store, by)).await?)
}
