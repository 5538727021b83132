//! Whoever asked to be a coordinator does not want it any more.

use acts::Fault;
use body::{AccountId, RoleRequestCommand, RoleRequestContext, role_request};
use store::RoleRequestRow;
use uuid::Uuid;

use super::RoleFlaw;
use crate::conferences::ConferenceRoom;

/// Withdraws it.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(room: ConferenceRoom<'_>, (public, by): (Uuid, AccountId)) -> Result<Result<(), RoleFlaw>, Fault> {
    room.change(move |store, _, now| {
        let Some(row) = store.role_request(public)? else { return Ok(Err(RoleFlaw::NotFound)) };
        let context = RoleRequestContext { by, now, grants: &[], is_staff: false, has_open: false };
        let events = match role_request::decide(Some(&row.request), &RoleRequestCommand::Withdraw, &context) {
            Ok(events) => events,
            Err(refusal) => return Ok(Err(RoleFlaw::Request(refusal))),
        };
        if let Some(after) = events.iter().fold(Some(row.request), role_request::apply) {
            store.keep_role_request(&RoleRequestRow { request: after, ..row }, &events)?;
        }
        Ok(Ok(()))
    })
    .await
}
