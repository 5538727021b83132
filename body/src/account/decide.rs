//! What follows for an account from a command, or why nothing does.

use std::collections::BTreeSet;

use super::{
    AccountCommand, AccountContext, AccountEvent, AccountLife, AccountStanding, AccountStep, AnonymiseReason, DeskHelp,
    FirstLook, StandingRefusal,
};
use crate::{AccountId, CertificationRules, CertifiedField, Doer, IdentityPaper, OfficeMoment, Proof};

/// Decides a command on an account's standing. Changes nothing. What is so already gives no event; a certification that
/// names a moment which led to one already gives none either, whatever has happened since.
///
/// # Errors
/// An [`StandingRefusal`] where the rules say no.
pub fn decide(
    standing: &AccountStanding,
    command: &AccountCommand,
    context: &AccountContext<'_>,
) -> Result<Vec<AccountEvent>, StandingRefusal> {
    let at = standing.last_at.map_or(context.now, |last| last.max(context.now));
    let step = step(standing, command, context)?;
    Ok(step.into_iter().map(|step| AccountEvent { at, by: context.by, step }).collect())
}

fn step(
    standing: &AccountStanding,
    command: &AccountCommand,
    context: &AccountContext<'_>,
) -> Result<Option<AccountStep>, StandingRefusal> {
    match command {
        AccountCommand::Open { way } => {
            holder(context)?;
            match standing.life {
                AccountLife::NotOpened => Ok(Some(AccountStep::AccountOpened { way: *way })),
                AccountLife::Open | AccountLife::Blocked => Ok(None),
                AccountLife::Closed | AccountLife::Anonymised => Err(StandingRefusal::NotOpen),
            }
        }
        AccountCommand::Wish { filled } => {
            holder(context)?;
            open(standing)?;
            context.rules.ok_or(StandingRefusal::NobodyCertifies)?;
            complete(filled)?;
            let is_so = standing.wished_at.is_some() || standing.certificate.is_some();
            Ok((!is_so).then_some(AccountStep::LevelWished))
        }
        AccountCommand::DropWish => {
            holder(context)?;
            open(standing)?;
            Ok(standing.wished_at.is_some().then_some(AccountStep::WishDropped))
        }
        AccountCommand::Certify { cause, paper, proofs, filled } => {
            let clerk = clerk(context)?;
            if standing.knows(*cause, clerk, true) {
                return Ok(None);
            }
            open(standing)?;
            let rules = context.rules.ok_or(StandingRefusal::NobodyCertifies)?;
            complete(filled)?;
            let shown = Shown { cause: *cause, paper: *paper, proofs };
            certify(standing, rules, clerk, &shown).map(Some)
        }
        AccountCommand::SayMissing { cause, no_paper, proofs } => {
            let clerk = clerk(context)?;
            if standing.knows(*cause, clerk, false) {
                return Ok(None);
            }
            open(standing)?;
            if !no_paper && proofs.is_empty() {
                return Err(StandingRefusal::NothingMissing);
            }
            Ok(Some(AccountStep::ProofsMissed { cause: *cause, no_paper: *no_paper, proofs: proofs.clone() }))
        }
        AccountCommand::Revoke { because } => {
            clerk(context)?;
            there(standing)?;
            standing
                .has_certification()
                .then_some(Some(AccountStep::CertificateRevoked { because: *because }))
                .ok_or(StandingRefusal::NotCertified)
        }
        AccountCommand::ChangeField { field, filled } => {
            there(standing)?;
            if standing.has_certification() {
                // The wish stands where the fields still do: they only have to be certified again.
                return Ok(Some(AccountStep::CertificateEnded { field: *field, filled: *filled }));
            }
            let drops = standing.wished_at.is_some() && !filled;
            Ok(drops.then_some(AccountStep::WishDropped))
        }
        AccountCommand::Block { because } => {
            clerk(context)?;
            there(standing)?;
            let is_so = standing.life == AccountLife::Blocked;
            Ok((!is_so).then_some(AccountStep::AccountBlocked { because: *because }))
        }
        AccountCommand::Unblock => {
            clerk(context)?;
            there(standing)?;
            Ok((standing.life == AccountLife::Blocked).then_some(AccountStep::AccountUnblocked))
        }
        AccountCommand::Help { help, paper } => {
            clerk(context)?;
            open(standing)?;
            // Mails open an account: only who was certified before can be known again by a paper.
            if *help == DeskHelp::NewAddress && standing.certificate.is_none() {
                return Err(StandingRefusal::NotCertified);
            }
            Ok(Some(AccountStep::HelpedAtDesk { help: *help, paper: *paper }))
        }
        AccountCommand::Join { from, certificate } => {
            holder(context)?;
            open(standing)?;
            if *from == context.account {
                return Err(StandingRefusal::OwnAccount);
            }
            let certificate = certificate.filter(|_| standing.certificate.is_none());
            Ok(Some(AccountStep::AccountJoined { from: *from, certificate }))
        }
        AccountCommand::GiveUp { open_cases, because } => give_up(standing, context, *open_cases, *because),
    }
}

/// What a clerk has before them.
struct Shown<'a> {
    cause: OfficeMoment,
    paper: IdentityPaper,
    proofs: &'a BTreeSet<Proof>,
}

fn certify(
    standing: &AccountStanding,
    rules: &CertificationRules,
    clerk: AccountId,
    shown: &Shown<'_>,
) -> Result<AccountStep, StandingRefusal> {
    if standing.certificate.is_some() {
        return Err(StandingRefusal::CertifiedAlready);
    }
    if standing.wished_at.is_none() {
        return Err(StandingRefusal::NotWished);
    }
    let missing: Vec<Proof> = rules.shown.difference(shown.proofs).copied().collect();
    if !missing.is_empty() {
        return Err(StandingRefusal::ProofsMissing { missing });
    }
    let (cause, paper, proofs) = (shown.cause, shown.paper, shown.proofs.clone());
    match standing.first_look {
        Some(FirstLook { by, .. }) if rules.two_clerks && by == clerk => Err(StandingRefusal::SameClerk),
        None if rules.two_clerks => Ok(AccountStep::LookedFirst { cause, paper, proofs }),
        Some(_) | None => Ok(AccountStep::AccountCertified { cause, paper, proofs }),
    }
}

fn give_up(
    standing: &AccountStanding,
    context: &AccountContext<'_>,
    open_cases: u32,
    because: AnonymiseReason,
) -> Result<Option<AccountStep>, StandingRefusal> {
    match standing.life {
        AccountLife::Anonymised => return Ok(None),
        AccountLife::NotOpened => return Err(StandingRefusal::NotOpen),
        // Who is blocked does not get rid of it by that; the hub does, when its time has come.
        AccountLife::Blocked if context.by != Doer::Hub => return Err(StandingRefusal::Blocked),
        AccountLife::Open | AccountLife::Blocked | AccountLife::Closed => {}
    }
    if context.by != Doer::Hub {
        holder(context)?;
    }
    if open_cases == 0 {
        return Ok(Some(AccountStep::AccountAnonymised { because }));
    }
    Ok((standing.life != AccountLife::Closed).then_some(AccountStep::AccountClosed))
}

/// The holder alone.
fn holder(context: &AccountContext<'_>) -> Result<(), StandingRefusal> {
    (context.by == Doer::Account(context.account)).then_some(()).ok_or(StandingRefusal::NotYours)
}

/// Somebody of staff, who is not the holder.
fn clerk(context: &AccountContext<'_>) -> Result<AccountId, StandingRefusal> {
    let clerk = context.by.account().ok_or(StandingRefusal::NotYours)?;
    if clerk == context.account { Err(StandingRefusal::OwnAccount) } else { Ok(clerk) }
}

/// It is there and lets its holder in.
fn open(standing: &AccountStanding) -> Result<(), StandingRefusal> {
    match standing.life {
        AccountLife::Open => Ok(()),
        AccountLife::Blocked => Err(StandingRefusal::Blocked),
        AccountLife::NotOpened | AccountLife::Closed | AccountLife::Anonymised => Err(StandingRefusal::NotOpen),
    }
}

/// It is there, whether it lets its holder in or not.
fn there(standing: &AccountStanding) -> Result<(), StandingRefusal> {
    match standing.life {
        AccountLife::Open | AccountLife::Blocked => Ok(()),
        AccountLife::NotOpened | AccountLife::Closed | AccountLife::Anonymised => Err(StandingRefusal::NotOpen),
    }
}

fn complete(filled: &BTreeSet<CertifiedField>) -> Result<(), StandingRefusal> {
    let missing: Vec<_> = CertifiedField::ALL.into_iter().filter(|field| !filled.contains(field)).collect();
    if missing.is_empty() { Ok(()) } else { Err(StandingRefusal::FieldsMissing { missing }) }
}
