//! The body's other protocol system gave a request its official number.

use body::{AccountId, CaseCommand, OutsideNumber};
use store::RequestRow;
use uuid::Uuid;

use super::{
    RequestRefusal, RequestRoom,
    step::{Capacity, StepOrder},
};
use crate::fault::Fault;

/// Keeps the number; the same again changes nothing.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    public: Uuid,
    official: OutsideNumber,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let command = CaseCommand::Number { official };
    let order = StepOrder::of_applicant(public, AccountId(0), command);
    room.step(StepOrder { capacity: Capacity::Hub, ..order }).await
}
