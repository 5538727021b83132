//! Lists of requests: an applicant's own, and those of staff within what their grants cover.

use body::{AccountId, Action, grant};
use chrono::NaiveDate;
use store::{RequestFigures, RequestQuestion, RequestRow};

use super::RequestRoom;
use crate::fault::Fault;

/// Requests of one list, at most: a page is read by somebody.
pub const LIST_MAX: u32 = 200;

/// The requests of an account, the newest first.
///
/// # Errors
/// That the hub cannot read.
pub async fn of_account(room: RequestRoom<'_>, account: AccountId) -> Result<Vec<RequestRow>, Fault> {
    Ok(room.ledger.readers.read(move |store| store.requests_of(account, LIST_MAX)).await?)
}

/// The requests that somebody of staff asks for, as far as they may read them; those that are due first.
///
/// # Errors
/// That the hub cannot read.
pub async fn for_staff(
    room: RequestRoom<'_>,
    by: AccountId,
    question: RequestQuestion,
) -> Result<Vec<RequestRow>, Fault> {
    let listed = room.ledger.readers.read(move |store| {
        let grants = store.grants_of(by)?;
        let scopes = grant::scopes_of(&grants, Action::ReadRequests).collect();
        store.request_list(&RequestQuestion { scopes, most: question.most.min(LIST_MAX), ..question })
    });
    Ok(listed.await?)
}

/// How many requests there are within what somebody may see figures of.
///
/// # Errors
/// That the hub cannot read.
pub async fn figures(room: RequestRoom<'_>, by: AccountId, today: NaiveDate) -> Result<RequestFigures, Fault> {
    let counted = room.ledger.readers.read(move |store| {
        let grants = store.grants_of(by)?;
        let scopes: Vec<_> = grant::scopes_of(&grants, Action::ReadRequests)
            .chain(grant::scopes_of(&grants, Action::SeeRequestFigures))
            .collect();
        store.request_figures(&scopes, today)
    });
    Ok(counted.await?)
}
