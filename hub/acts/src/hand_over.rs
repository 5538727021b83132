//! A desk is handed from one clerk to another: it stays open with whoever is in hand, the journal says who serves from
//! then on, and the first clerk's session in that browser ends (NEW-08).

use std::sync::Arc;

use access::{Access, AuditParty, AuditRecord, NewSession, Session};
use identity::Providers;
use office::{ClerkId, Command, DeskId};
use secrets::draw_id;
use store::Actor;
use wire::ProblemCode;
use writer::{OfficeHandle, Offices};

use crate::{
    fault::Fault,
    second_step::{self, StepAttempt},
    sign_in::{self, SignInAttempt, SignInOutcome, SignInRefusal},
    turn::{Turn, decide},
};

/// Who comes next, as they sign in at the first clerk's desk.
#[derive(Debug, Clone)]
pub struct HandoverAttempt {
    /// Their name and password.
    pub sign_in: SignInAttempt,
    /// The code of their second step, where they have one.
    pub code: String,
}

/// Signs the second clerk in and gives them the first one's desk; then the first is signed out there. If the desk cannot be
/// had, nobody is signed in and everything is as before.
///
/// # Errors
/// As where somebody signs in; `second-factor-needed` where a code is asked of them and none was typed, or one has to be set
/// up first; `not-allowed` where they do not work in the office, and what the rules say.
pub async fn run(
    access: &Access,
    directory: (&Providers, &Offices),
    office: &Arc<OfficeHandle>,
    desk: DeskId,
    first: &Session,
    HandoverAttempt { sign_in: attempt, code }: HandoverAttempt,
) -> Result<NewSession, SignInRefusal> {
    let (from, browser, challenge, way) = (attempt.from, attempt.browser.clone(), attempt.challenge, attempt.way);
    let begun = match sign_in::run_beside_directory(access, directory, SignInAttempt { earlier: None, ..attempt })
        .await?
    {
        SignInOutcome::Begun(begun) => begun,
        SignInOutcome::CodeAsked(pass) if !code.trim().is_empty() => {
            second_step::run(access, StepAttempt { from, browser, challenge, pass, code, earlier: None, way }).await?
        }
        SignInOutcome::CodeAsked(pass) => {
            let has_app = pass.account(access).is_some_and(|account| account.factor.is_some());
            let sentence = if has_app { "handover-code-needed" } else { "handover-passkey" };
            let words = text::both(|voice| voice.say(sentence));
            return Err(Fault { words: Some(words), ..ProblemCode::SecondFactorNeeded.into() }.into());
        }
        SignInOutcome::SetUpAsked(_) => {
            let words = text::both(|voice| voice.say("handover-set-up-first"));
            return Err(Fault { words: Some(words), ..ProblemCode::SecondFactorNeeded.into() }.into());
        }
    };
    match take_over(access, office, desk, first, &begun.session).await {
        Ok(()) => Ok(begun),
        Err(fault) => {
            access.accounts.sign_out(&access.writer, &begun.session).await.map_err(Fault::from)?;
            Err(fault.into())
        }
    }
}

async fn take_over(
    access: &Access,
    office: &Arc<OfficeHandle>,
    desk: DeskId,
    first: &Session,
    second: &Session,
) -> Result<(), Fault> {
    let (from, to) = (first.account.id, second.account.id);
    if !second.works_in(office) {
        return Err(ProblemCode::NotAllowed.into());
    }
    if from == to {
        let words = text::both(|voice| voice.say("handover-same"));
        return Err(Fault { words: Some(words), ..ProblemCode::DeskTaken.into() });
    }
    // Drawn here: whoever signs in twice hands over twice, and the second is refused by the rules.
    let turn = Turn { writer: &access.writer, office, actor: Actor::Account(to), id: Some(draw_id()) };
    let asked = (desk, from, to);
    turn.take("hand-over", &asked, move |bench| {
        let command = Command::HandOverDesk { desk, from: ClerkId(from), to: ClerkId(to) };
        decide(bench, &command).map(drop)
    })
    .await?;
    access.accounts.sign_out(&access.writer, first).await?;
    let (from, to) = (AuditParty::from(first.account.as_ref()), AuditParty::from(second.account.as_ref()));
    access.audit.note(AuditRecord::Handover { from, to });
    Ok(())
}
