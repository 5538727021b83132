//! An administrator has every mail of theirs that waits tried at once: the server was mended.

use access::Session;
use tokio::sync::Notify;
use wire::ProblemCode;

use crate::{fault::Fault, ledger::Ledger};

/// Has them tried: those of the office that they run, or all.
///
/// # Errors
/// `not-allowed` for who is no administrator, or that the hub cannot write.
pub async fn run(ledger: &Ledger, mail: &Notify, admin: &Session) -> Result<(), Fault> {
    if !admin.is_admin() {
        return Err(ProblemCode::NotAllowed.into());
    }
    let (scope, now) = (admin.scope(), ledger.clock.now());
    let count = ledger.writer.change(move |store| store.try_mails_now(scope, now)).await?;
    mail.notify_one();
    tracing::info!(admin = admin.account.id, count, "mails are tried again at once");
    Ok(())
}
