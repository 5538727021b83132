//! The results that wait for the post (PET-06): with the certified address of each, for who may post them.

use body::{AccountId, Action, grant};
use people::Profile;
use store::{RequestQuestion, RequestRow};

use super::{RequestRoom, list::LIST_MAX};
use crate::{fault::Fault, own_profile};

/// A result that waits for the post.
#[derive(Debug, Clone)]
pub struct Posting {
    /// The request whose result is posted.
    pub row: RequestRow,
    /// Whose address it goes to; none where they have none any more.
    pub receiver: Option<Profile>,
}

/// Those that somebody may post, the oldest deadline first; the look is the caller's to keep.
///
/// # Errors
/// That the hub cannot read.
pub async fn run(room: RequestRoom<'_>, by: AccountId) -> Result<Vec<Posting>, Fault> {
    let listed = room.ledger.readers.read(move |store| {
        let grants = store.grants_of(by)?;
        let scopes = grant::scopes_of(&grants, Action::PostResults).collect();
        let question = RequestQuestion { scopes, to_post: true, most: LIST_MAX, ..RequestQuestion::default() };
        let rows = store.request_list(&question)?.into_iter().filter(|row| row.case.account != by);
        let posting = |row: RequestRow| Ok(Posting { receiver: own_profile::kept(store, row.case.account.0)?, row });
        rows.map(posting).collect()
    });
    Ok(listed.await?)
}
