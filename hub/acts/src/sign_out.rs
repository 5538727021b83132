//! Somebody of staff signs out.

use access::{Access, Session};

use crate::fault::Fault;

/// Ends a session.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(access: &Access, session: &Session) -> Result<(), Fault> {
    Ok(access.sign_out(session).await?)
}
