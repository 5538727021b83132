//! At a desk, against a paper that says who somebody is: a second factor that they have lost is taken away, and who has level B
//! has the address of their mails changed. Of the paper its kind and its last three characters are kept.

use access::{Access, AccountChange, AuditRecord, Session};
use body::{
    AccountCommand, AccountContext, AccountId, Action, ActionPlace, DeskHelp, Doer, IdentityPaper, LastThree, OfficeId,
    PaperKind, WordsId,
};
use chrono::{DateTime, Utc};
use office::Language;
use people::{AddressFlaw, address};
use secrets::{AccountErrand, LinkOwner, draw_id};
use store::{Store, Stored};
use tokio::sync::Notify;
use wire::ProblemCode;
use writer::MemberNews;

use super::tell;
use crate::{
    account_mail::LinkWish,
    levels::{
        LevelRefusal, LevelRoom,
        certify::{keep_words, may},
        find::AccountAtOffice,
        wish::decide,
    },
    link_limit::{LinkLimit, may_ask},
};

/// What somebody showed at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownPaper {
    /// Which paper; none, where the clerk has not said.
    pub kind: Option<PaperKind>,
    /// The last three characters of its number, as they were typed.
    pub last_three: String,
}

/// Why nobody is helped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HelpRefusal {
    /// It was not said which paper was shown.
    PaperMissing,
    /// Mail cannot go to the address.
    BadEmail(AddressFlaw),
    /// The rules say no, they may not, or the hub cannot.
    Level(LevelRefusal),
}

impl From<LevelRefusal> for HelpRefusal {
    fn from(refusal: LevelRefusal) -> Self {
        Self::Level(refusal)
    }
}

/// What a form says of a paper, once it is understood.
struct ReadPaper {
    kind: PaperKind,
    last_three: LastThree,
    words: WordsId,
}

impl ShownPaper {
    fn read(self) -> Result<ReadPaper, HelpRefusal> {
        let kind = self.kind.ok_or(HelpRefusal::PaperMissing)?;
        let last_three = self.last_three.parse::<LastThree>().map_err(|_| LevelRefusal::LastThree)?;
        Ok(ReadPaper { kind, last_three, words: WordsId(draw_id()) })
    }
}

/// Decides that somebody is helped, and keeps what they showed.
fn note(
    store: &Store,
    (account, clerk): (AccountId, AccountId),
    (help, paper): (DeskHelp, &ReadPaper),
    now: DateTime<Utc>,
) -> Stored<Result<(), LevelRefusal>> {
    let shown = IdentityPaper { kind: paper.kind, last: paper.words };
    let context = AccountContext { account, by: Doer::Account(clerk), now, rules: None };
    let decided = decide(store, &[AccountCommand::Help { help, paper: shown }], &context)?;
    if decided.is_ok() {
        keep_words(store, (account, clerk), paper.words, Some(paper.last_three.to_string()), now)?;
    }
    Ok(decided.map_err(LevelRefusal::Rule))
}

/// Takes a lost second factor away, with the recovery codes; the sessions end. Who has none has none.
///
/// # Errors
/// `not-allowed` for who may not, `not-found` for an account of staff or one that is gone, or [`HelpRefusal`].
pub async fn drop_factor(
    room: LevelRoom<'_>,
    (access, mail): (&Access, &Notify),
    session: &Session,
    AccountAtOffice { office, account }: AccountAtOffice<'_>,
    paper: ShownPaper,
) -> Result<(), HelpRefusal> {
    let place = ActionPlace::office(OfficeId(office.row));
    if !may(room, session, Action::HelpWithFactors, place).await? {
        return Err(LevelRefusal::from(ProblemCode::NotAllowed).into());
    }
    let known = access.accounts.with_number(account.0).filter(|one| !one.is_staff() && !one.disabled);
    let known = known.ok_or(LevelRefusal::from(ProblemCode::NotFound))?;
    let paper = paper.read()?;
    if !known.has_factor() {
        return Ok(());
    }
    let (clerk, now, row) = (AccountId(session.account.id), room.ledger.sober_now(), office.row);
    let work = move |store: &Store| {
        let noted = note(store, (account, clerk), (DeskHelp::LostFactor, &paper), now)?;
        if noted.is_ok() {
            store.drop_factor(account.0, None, now)?;
            tell::run(store, (row, account.0), MemberNews::FactorTaken, now)?;
        }
        Ok(noted)
    };
    room.ledger.writer.change(work).await.map_err(LevelRefusal::from)??;
    // In memory as it is kept.
    access.accounts.drop_factor(&access.writer, account.0, None, now).await.map_err(LevelRefusal::from)?;
    mail.notify_one();
    access.audit.note(AuditRecord::FactorDropped(AccountChange::by(&known, session.account.as_ref().into())));
    Ok(())
}

/// Sends a link to the address that somebody names who has level B and shows who they are: it is theirs once they press it,
/// without signing in, for who has lost their mails has often lost their password.
///
/// # Errors
/// `not-allowed` for who certifies nobody at this office, `not-found` for an account of staff or one that is gone,
/// `too-many-requests` past the limits on links, or [`HelpRefusal`].
pub async fn new_address(
    room: LevelRoom<'_>,
    (access, mail): (&Access, &Notify),
    session: &Session,
    AccountAtOffice { office, account }: AccountAtOffice<'_>,
    (limit, paper, email, language): (LinkLimit, ShownPaper, &str, Language),
) -> Result<(), HelpRefusal> {
    let place = ActionPlace::office(OfficeId(office.row));
    if !may(room, session, Action::Certify, place).await? {
        return Err(LevelRefusal::from(ProblemCode::NotAllowed).into());
    }
    let known = access.accounts.with_number(account.0).filter(|one| !one.is_staff() && !one.disabled);
    let known = known.ok_or(LevelRefusal::from(ProblemCode::NotFound))?;
    let email = address(email).map_err(HelpRefusal::BadEmail)?;
    let paper = paper.read()?;
    let (clerk, now, row) = (AccountId(session.account.id), room.ledger.sober_now(), office.row);
    let work = move |store: &Store| {
        if !may_ask(store, &limit.key, &limit.limits, (&email, limit.from), now)? {
            return Ok(Err(LevelRefusal::from(ProblemCode::TooManyRequests)));
        }
        let noted = note(store, (account, clerk), (DeskHelp::NewAddress, &paper), now)?;
        if noted.is_ok() {
            let (owner, errand) = (LinkOwner::Account(account.0), AccountErrand::DeskAddress);
            let wish = LinkWish { owner, errand, email: Some(email), language, office: row };
            wish.issue(store, &wish.link(now), now)?;
        }
        Ok(noted)
    };
    room.ledger.writer.change(work).await.map_err(LevelRefusal::from)??;
    mail.notify_one();
    access.audit.note(AuditRecord::AddressChanged(AccountChange::by(&known, session.account.as_ref().into())));
    Ok(())
}
