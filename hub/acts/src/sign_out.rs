//! Somebody of staff signs out.

use access::{Access, Session};

use crate::{
    account_record::{AccountEvent, AccountRecord},
    accounts::owner,
    fault::Fault,
};

/// Ends a session.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(access: &Access, session: &Session) -> Result<(), Fault> {
    access.accounts.sign_out(&access.writer, session).await?;
    AccountRecord::own(owner(&session.account), AccountEvent::SignedOut).note();
    Ok(())
}
