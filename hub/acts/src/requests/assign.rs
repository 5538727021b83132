//! A request is given to a colleague, or handed to another unit.

use body::{AccountId, Action, CaseCommand, GrantScope, Role, UnitId};
use store::{RequestRow, Store, Stored};
use uuid::Uuid;

use super::{RequestRefusal, RequestRoom, step::StepOrder};
use crate::fault::Fault;

/// Gives it to somebody who may work on it.
///
/// # Errors
/// That the hub cannot write or read.
pub async fn run(
    room: RequestRoom<'_>,
    (public, by): (Uuid, AccountId),
    to: AccountId,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let able = room.ledger.readers.read(move |store| able(store, public)).await?;
    if !able.contains(&to) {
        return Ok(Err(RequestRefusal::NotTheirs));
    }
    room.step(StepOrder::of_staff(public, by, Action::AssignRequests, CaseCommand::Assign { to })).await
}

/// Hands it to another unit.
///
/// # Errors
/// That the hub cannot write.
pub async fn to_unit(
    room: RequestRoom<'_>,
    (public, by): (Uuid, AccountId),
    unit: UnitId,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    room.step(StepOrder::of_staff(public, by, Action::WorkOnRequests, CaseCommand::HandToUnit { unit })).await
}

/// Who may work on a request.
pub fn able(store: &Store, public: Uuid) -> Stored<Vec<AccountId>> {
    let Some(row) = store.request(public)? else { return Ok(Vec::new()) };
    let mut able = Vec::new();
    for role in [Role::CaseWorker, Role::RequestSupervisor] {
        for scope in [GrantScope::Unit(row.case.unit), GrantScope::Category(row.case.category)] {
            able.extend(store.accounts_with(role, scope)?);
        }
    }
    able.sort_unstable();
    able.dedup();
    able.retain(|account| *account != row.case.account);
    Ok(able)
}
