//! The applicant does not want it any more, or wants the result in another way.

use body::{AccountId, CaseCommand, ResultWay};
use store::RequestRow;
use uuid::Uuid;
use vocabulary::Assurance;

use super::{
    RequestRefusal, RequestRoom,
    step::{StepCapacity, StepOrder},
};
use crate::fault::Fault;

/// Withdraws it.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    (public, by): (Uuid, AccountId),
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    room.step(StepOrder::of_applicant(public, by, CaseCommand::Withdraw)).await
}

/// Has the result go another way (PET-06); who vouches for them in this session counts for a download.
///
/// # Errors
/// That the hub cannot write.
pub async fn choose_way(
    room: RequestRoom<'_>,
    (public, by): (Uuid, AccountId),
    way: ResultWay,
    assurance: Assurance,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let order = StepOrder::of_applicant(public, by, CaseCommand::ChooseWay { way });
    room.step(StepOrder { capacity: StepCapacity::Applicant(assurance), ..order }).await
}
