//! Staff let nobody in with a citizen's account, with a reason that stands in its history, or let its holder in again.

use access::{Access, AccountChange, AuditParty, AuditRecord, Session};
use body::{AccountCommand, AccountContext, AccountId, Action, ActionPlace, Doer, WordsId};
use secrets::draw_id;
use store::Store;
use tokio::sync::Notify;
use wire::ProblemCode;
use writer::MemberNews;

use super::tell;
use crate::levels::{
    LevelRefusal, LevelRoom,
    certify::{keep_words, may, reason_of},
    find::AccountAtOffice,
    wish::decide,
};

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockWish {
    /// Nobody is let in.
    Block {
        /// What staff wrote of the reason.
        reason: String,
    },
    /// Its holder is let in again.
    Unblock,
}

/// Does it. A blocked account's sessions end at once. What is so already stays so, and nobody is told again.
///
/// # Errors
/// `not-allowed` for who may not, `not-found` for an account of staff or one that is gone, or [`LevelRefusal`] where there is no
/// reason or the rules say no.
pub async fn run(
    room: LevelRoom<'_>,
    (access, mail): (&Access, &Notify),
    session: &Session,
    AccountAtOffice { office, account }: AccountAtOffice<'_>,
    wish: BlockWish,
) -> Result<(), LevelRefusal> {
    if !may(room, session, Action::BlockAccounts, ActionPlace::BODY).await? {
        return Err(ProblemCode::NotAllowed.into());
    }
    let known = access.accounts.with_number(account.0).filter(|one| !one.is_staff() && !one.disabled);
    let known = known.ok_or(ProblemCode::NotFound)?;
    let blocks = wish != BlockWish::Unblock;
    let (because, reason) = match wish {
        BlockWish::Block { reason } => (WordsId(draw_id()), Some(reason_of(&reason)?)),
        BlockWish::Unblock => (WordsId(draw_id()), None),
    };
    let command = if blocks { AccountCommand::Block { because } } else { AccountCommand::Unblock };
    let (staff, now, row) = (AccountId(session.account.id), room.ledger.sober_now(), office.row);
    let work = move |store: &Store| {
        let before = store.standing(account)?;
        let context = AccountContext { account, by: Doer::Account(staff), now, rules: None };
        let decided = decide(store, &[command], &context)?;
        let is_new = decided.is_ok() && store.standing(account)? != before;
        if is_new {
            keep_words(store, (account, staff), because, reason, now)?;
            if blocks {
                store.end_logins_but(account.0, None)?;
            }
            let news = if blocks { MemberNews::Blocked } else { MemberNews::Unblocked };
            tell::run(store, (row, account.0), news, now)?;
        }
        Ok(decided.map(|()| is_new))
    };
    let is_new = room.ledger.writer.change(work).await?.map_err(LevelRefusal::Rule)?;
    let ended = access.accounts.note_blocked(account.0, blocks);
    if !is_new {
        return Ok(());
    }
    mail.notify_one();
    let by = AuditParty::from(session.account.as_ref());
    let change = AccountChange::by(&known, by);
    access.audit.note(if blocks { AuditRecord::AccountBlocked(change) } else { AuditRecord::AccountUnblocked(change) });
    if ended > 0 {
        access.audit.note(AuditRecord::SessionsEnded { of: known.as_ref().into(), by });
    }
    Ok(())
}
