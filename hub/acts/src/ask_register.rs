//! The register of staff is asked after somebody has signed in of whom the tax number is known (PRE-03). Nobody waits for its
//! answer, which is kept with its dates; it is asked again when it said, and never more often.

use access::Access;
use identity::{Providers, RegisterAnswer, RegisterQuestion, RegisterVerdict};
use secrets::draw_id;
use store::{StaffStanding, StaffVerdict};
use writer::WriteError;

/// As the store has it.
const fn kept(verdict: RegisterVerdict) -> StaffVerdict {
    match verdict {
        RegisterVerdict::Yes => StaffVerdict::Yes,
        RegisterVerdict::No => StaffVerdict::No,
        RegisterVerdict::Later => StaffVerdict::Later,
    }
}

/// Has the register asked, if there is one and it is time.
pub(crate) fn after_sign_in(access: &Access, providers: &Providers, account: u32, tax_number: String) {
    if providers.staff_register.is_none() {
        return;
    }
    let (access, providers) = (access.clone(), providers.clone());
    tokio::spawn(async move {
        if let Err(error) = ask(&access, &providers, account, tax_number).await {
            tracing::warn!(%error, "what the register of staff said could not be kept");
        }
    });
}

async fn ask(access: &Access, providers: &Providers, account: u32, tax_number: String) -> Result<(), WriteError> {
    let Some(register) = &providers.staff_register else { return Ok(()) };
    let now = access.clock.now();
    let before = access.writer.change(move |store| store.staff_standing(account)).await?;
    if before.as_ref().is_some_and(|standing| standing.ask_again_at > now) {
        return Ok(());
    }
    let question = RegisterQuestion { transaction: draw_id(), end_user: format!("account {account}"), tax_number };
    let transaction = question.transaction;
    let (RegisterAnswer { verdict, at, ask_again_at }, fault) = register.ask(question, now).await;
    if let Some(fault) = fault {
        tracing::warn!(%fault, %transaction, "the register of staff gave no answer");
    }
    tracing::info!(%transaction, account, verdict = kept(verdict).name(), "the register of staff was asked");
    // Where it says nothing now, what it said before stands, and is asked for again.
    let verdict = match (&before, verdict) {
        (Some(before), RegisterVerdict::Later) => before.verdict,
        (None, RegisterVerdict::Later) | (_, RegisterVerdict::Yes | RegisterVerdict::No) => kept(verdict),
    };
    let standing = StaffStanding { verdict, at, ask_again_at };
    access.writer.change(move |store| store.keep_staff_standing(account, &standing)).await
}
