//! The body's other protocol system gave a request its official number.

use std::sync::Arc;

use body::{AccountId, BodyConfig, CaseCommand, OutsideNumber};
use chrono::{DateTime, Utc};
use store::{RequestRow, Store, Stored};
use uuid::Uuid;

use super::{
    RequestErrand, RequestRefusal, RequestRoom,
    step::{StepCapacity, StepOrder},
};
use crate::fault::Fault;

/// Why a number was not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberRefusal {
    /// Another request has it: a number is of one.
    OfAnother,
    /// The request has another, or takes none.
    Request(RequestRefusal),
}

/// Keeps the number; the same again changes nothing.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    public: Uuid,
    official: OutsideNumber,
) -> Result<Result<RequestRow, NumberRefusal>, Fault> {
    let (body, now) = (Arc::clone(room.body), room.ledger.sober_now());
    let kept = room.ledger.writer.change(move |store| keep(store, &body, (public, official), now)).await?;
    room.mail.notify_one();
    Ok(kept)
}

pub(super) fn keep(
    store: &Store,
    body: &BodyConfig,
    (public, official): (Uuid, OutsideNumber),
    now: DateTime<Utc>,
) -> Stored<Result<RequestRow, NumberRefusal>> {
    if store.request_with_official(&official)?.is_some_and(|holder| holder != public) {
        return Ok(Err(NumberRefusal::OfAnother));
    }
    let command = CaseCommand::Number { official };
    let order = StepOrder::of_applicant(RequestErrand { request: public, by: AccountId(0) }, command);
    let kept = StepOrder { capacity: StepCapacity::Hub, ..order }.take(store, body, now)?;
    Ok(kept.map_err(NumberRefusal::Request))
}
