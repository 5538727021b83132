//! A clerk certifies who somebody is (PLA-04), says what is missing, or takes a certification back. It is a command on the
//! body's journal alone, and names the moment of the office's journal at which the person stood at a desk: sent again, it is
//! known by that moment, and two journals never need one transaction.

use std::collections::BTreeSet;

use access::Session;
use body::{
    AccountCommand, AccountContext, AccountId, Action, ActionPlace, Doer, IdentityPaper, LastThree, OfficeId,
    OfficeMoment, PaperKind, Proof, WordsId, grant,
};
use people::Profile;
use secrets::draw_id;
use store::{AccountWords, Store, Stored};
use tokio::sync::Notify;
use wire::ProblemCode;
use writer::{MemberNews, OfficeHandle};

use super::{LevelRefusal, LevelRoom, wish::decide};
use crate::{citizens::tell, own_profile};

/// What a clerk found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Everything is there.
    Certified {
        /// Which paper was shown.
        paper: PaperKind,
        /// The last three characters of its number, as they were typed.
        last_three: String,
        /// What was shown beside it.
        proofs: BTreeSet<Proof>,
    },
    /// Something is missing.
    Missing {
        /// Whether no paper was shown.
        no_paper: bool,
        /// What was shown: the rest of what the body asks for is missing.
        shown: BTreeSet<Proof>,
    },
}

/// What is to be done with whose standing.
#[derive(Debug, Clone)]
pub struct Certification {
    /// The account whose holder stands at the desk.
    pub account: AccountId,
    /// The number of the office's event at which the clerk had the person before them; none where the page named none.
    pub moment: Option<u64>,
    /// What was found.
    pub finding: Finding,
    /// The mark of the details that the clerk had before them, by [`mark_of`].
    pub seen: String,
}

/// What names the details of an account as a clerk reads them: who changes them meanwhile is not certified by them.
#[must_use]
pub fn mark_of(profile: &Profile) -> String {
    secrets::token_hash(&profile.as_read()).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// What is to be taken back, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Revocation<'a> {
    /// Whose certification.
    pub account: AccountId,
    /// The reason, as it was typed.
    pub reason: &'a str,
}

/// What stands now, of which the clerk reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertifyOutcome {
    /// They are certified.
    Certified,
    /// One clerk has looked; where the body wants two, another has still to.
    LookedFirst,
    /// They were told what is missing.
    ToldMissing,
}

impl CertifyOutcome {
    /// Of what the holder of the account is told.
    const fn news(self) -> MemberNews {
        match self {
            Self::Certified => MemberNews::Certified,
            Self::LookedFirst => MemberNews::LookedFirst,
            Self::ToldMissing => MemberNews::ProofsMissing,
        }
    }
}

/// Whether somebody of staff may do something at an office.
pub(crate) async fn may(
    room: LevelRoom<'_>,
    session: &Session,
    action: Action,
    place: ActionPlace,
) -> Result<bool, LevelRefusal> {
    let account = AccountId(session.account.id);
    let grants = room.ledger.readers.read(move |store| store.grants_of(account)).await?;
    Ok(grant::may(&grants, action, &place))
}

/// Certifies, or says what is missing; either is told by mail in the same transaction, once.
///
/// # Errors
/// `not-allowed` for who certifies nobody at this office, or [`LevelRefusal`] where the rules say no.
pub async fn run(
    room: LevelRoom<'_>,
    mail: &Notify,
    session: &Session,
    office: &OfficeHandle,
    wish: Certification,
) -> Result<CertifyOutcome, LevelRefusal> {
    let (row, place) = (office.row, OfficeId(office.row));
    let Certification { account, moment, finding, seen } = wish;
    let last_three: Result<Option<LastThree>, LevelRefusal> = match &finding {
        Finding::Certified { last_three, .. } => {
            last_three.parse::<LastThree>().map(Some).map_err(|_| LevelRefusal::LastThree)
        }
        Finding::Missing { .. } => Ok(None),
    };
    // A moment that has not been is nobody's.
    let seq = moment.unwrap_or(u64::MAX).min(office.seq());
    let (clerk, now, body) = (AccountId(session.account.id), room.ledger.sober_now(), room.body.config.clone());
    let decided = room.ledger.writer.change(move |store| {
        // As it is in this turn: who lost the right a moment ago certifies nobody.
        if !grant::may(&store.grants_of(clerk)?, Action::Certify, &ActionPlace::office(place)) {
            return Ok(Err(LevelRefusal::from(ProblemCode::NotAllowed)));
        }
        let last_three = match last_three {
            Ok(last_three) => last_three,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let profile = own_profile::kept(store, account.0)?.unwrap_or_default();
        if mark_of(&profile) != seen {
            return Ok(Err(LevelRefusal::Changed));
        }
        let cause = OfficeMoment { office: place, seq };
        let words = WordsId(draw_id());
        let rules = body.certification.as_ref();
        let certifies = matches!(finding, Finding::Certified { .. });
        let command = match finding {
            Finding::Certified { paper, proofs, .. } => AccountCommand::Certify {
                cause,
                paper: IdentityPaper { kind: paper, last: words },
                proofs,
                filled: profile.certifiable(),
            },
            Finding::Missing { no_paper, shown } => {
                let wanted = rules.map(|rules| rules.shown.clone()).unwrap_or_default();
                let proofs = wanted.difference(&shown).copied().collect();
                AccountCommand::SayMissing { cause, no_paper, proofs }
            }
        };
        let before = store.standing(account)?;
        let decided = decide(store, &[command], &AccountContext { account, by: Doer::Account(clerk), now, rules })?;
        let after = store.standing(account)?;
        // The same moment again, for a certification that has ended since: nobody is told that something was done.
        if certifies && decided.is_ok() && after.certificate.is_none() && after.first_look.is_none() {
            return Ok(Err(LevelRefusal::MomentUsed));
        }
        let outcome = match (certifies, after.certificate.is_some()) {
            (true, true) => CertifyOutcome::Certified,
            (true, false) => CertifyOutcome::LookedFirst,
            (false, _) => CertifyOutcome::ToldMissing,
        };
        if decided.is_ok() && after != before {
            keep_words(store, (account, clerk), words, last_three.map(|three| three.to_string()), now)?;
            tell::run(store, (row, account.0), outcome.news(), now)?;
        }
        Ok(decided.map(|()| outcome).map_err(LevelRefusal::Rule))
    });
    let outcome = decided.await??;
    mail.notify_one();
    Ok(outcome)
}

/// Keeps what somebody wrote about an account, if they did.
pub(crate) fn keep_words(
    store: &Store,
    (account, author): (AccountId, AccountId),
    id: WordsId,
    text: Option<String>,
    now: chrono::DateTime<chrono::Utc>,
) -> Stored<()> {
    match text {
        Some(text) => store.put_account_words(&AccountWords { id, account, author, text: Some(text) }, now),
        None => Ok(()),
    }
}

/// Takes a certification back, with a reason that its holder reads, and is told of by mail.
///
/// # Errors
/// `not-allowed` for who may not, or [`LevelRefusal`] where there is none or no reason.
pub async fn revoke(
    room: LevelRoom<'_>,
    mail: &Notify,
    session: &Session,
    office: &OfficeHandle,
    wish: Revocation<'_>,
) -> Result<(), LevelRefusal> {
    let Revocation { account, reason } = wish;
    // Whoever may not is told so, whatever they wrote.
    let (row, reason) = (office.row, reason_of(reason));
    let (clerk, now, body) = (AccountId(session.account.id), room.ledger.sober_now(), room.body.config.clone());
    let decided = room.ledger.writer.change(move |store| {
        if !grant::may(&store.grants_of(clerk)?, Action::RevokeCertification, &ActionPlace::BODY) {
            return Ok(Err(LevelRefusal::from(ProblemCode::NotAllowed)));
        }
        let reason = match reason {
            Ok(reason) => reason,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let because = WordsId(draw_id());
        let rules = body.certification.as_ref();
        let context = AccountContext { account, by: Doer::Account(clerk), now, rules };
        let decided = decide(store, &[AccountCommand::Revoke { because }], &context)?;
        if decided.is_ok() {
            keep_words(store, (account, clerk), because, Some(reason), now)?;
            tell::run(store, (row, account.0), MemberNews::CertificateRevoked, now)?;
        }
        Ok(decided.map_err(LevelRefusal::Rule))
    });
    decided.await??;
    mail.notify_one();
    Ok(())
}

/// A reason, as it is kept.
///
/// # Errors
/// That there is none.
pub(crate) fn reason_of(typed: &str) -> Result<String, LevelRefusal> {
    let reason: String = typed.trim().chars().take(REASON_CHARACTERS_MAX).collect();
    if reason.is_empty() { Err(LevelRefusal::ReasonMissing) } else { Ok(reason) }
}

/// A reason has so many characters at most; what is longer is cut.
const REASON_CHARACTERS_MAX: usize = 500;
