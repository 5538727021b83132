//! A request is given to a colleague, or handed to another unit.

use body::{AccountId, Action, CaseCommand, UnitId};
use store::RequestRow;
use uuid::Uuid;

use super::{
    RequestErrand, RequestRefusal, RequestRoom,
    step::{StepOrder, able},
};
use crate::fault::Fault;

/// Gives it to somebody who may work on it, as it is when it is given.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    to: AccountId,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    room.step(StepOrder::of_staff(errand, Action::AssignRequests, CaseCommand::Assign { to })).await
}

/// Hands it to another unit.
///
/// # Errors
/// That the hub cannot write.
pub async fn to_unit(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    unit: UnitId,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    room.step(StepOrder::of_staff(errand, Action::WorkOnRequests, CaseCommand::HandToUnit { unit })).await
}

/// To whom a request can be given: whoever may work on it; nobody, where there is none.
///
/// # Errors
/// That the hub cannot read.
pub async fn colleagues(room: RequestRoom<'_>, request: Uuid) -> Result<Vec<AccountId>, Fault> {
    let found = room.ledger.readers.read(move |store| match store.request(request)? {
        Some(row) => able(store, &row),
        None => Ok(Vec::new()),
    });
    Ok(found.await?)
}
