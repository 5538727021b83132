//! An administrator has every mail that waits tried at once: the server was mended.

use access::Session;
use tokio::sync::Notify;
use wire::ProblemCode;

use crate::{fault::Fault, ledger::Ledger};

/// Has them tried.
///
/// # Errors
/// `not-allowed` for who is no administrator, or that the hub cannot write.
pub async fn run(ledger: &Ledger, mail: &Notify, admin: &Session) -> Result<(), Fault> {
    if !admin.is_admin() {
        return Err(ProblemCode::NotAllowed.into());
    }
    let now = ledger.clock.now();
    let count = ledger.writer.change(move |store| store.try_mails_now(now)).await?;
    mail.notify_one();
    tracing::info!(admin = admin.account.id, count, "mails are tried again at once");
    Ok(())
}
