//! An administrator invites somebody of staff once more: who lost the link, or the password and has no address (FLD-22).

use access::{Access, AccountChange, AuditParty, AuditRecord, Session};
use office::Language;
use secrets::{AccountErrand, account_link};
use tokio::sync::Notify;
use wire::ProblemCode;
use writer::{Offices, WriteError};

use crate::{
    account_mail::{LinkWish, sender},
    accounts::{AccountRefusal, open_account_of, owner},
    confirm_self::{self, OwnPassword},
    fault::Fault,
};

/// How somebody was invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountInvitation {
    /// By a mail.
    Mailed,
    /// By a link that is shown once, and handed over.
    Shown {
        /// The path of the link's page.
        path: String,
    },
}

impl AccountInvitation {
    /// Makes the link, and has it mailed if there is an address.
    pub(crate) async fn send(access: &Access, mail: &Notify, wish: LinkWish) -> Result<Self, WriteError> {
        let now = access.clock.now();
        let link = wish.link(now);
        let (path, is_mailed) = (account_link(&access.key, &link), wish.email.is_some());
        access.writer.change(move |store| wish.issue(store, &link, now)).await?;
        if is_mailed {
            mail.notify_one();
            return Ok(Self::Mailed);
        }
        Ok(Self::Shown { path })
    }
}

/// Ends the password and the sessions of an account, and makes a link to set another. The second factor stays.
///
/// # Errors
/// [`AccountRefusal`].
pub async fn run(
    access: &Access,
    offices: &Offices,
    mail: &Notify,
    admin: &Session,
    (account, language): (u32, Language),
    own: OwnPassword,
) -> Result<AccountInvitation, AccountRefusal> {
    let account = open_account_of(access, admin, account)?;
    // Whom a provider rules has no password here, and none is set behind a link.
    if account.is_ruled() {
        let words = Some(text::both(|voice| voice.say("clerk-ruled")));
        return Err(AccountRefusal::Fault(Fault { words, ..ProblemCode::NotAllowed.into() }));
    }
    let sender = sender(offices, account.office())?;
    if !confirm_self::run(access, admin, own).await? {
        return Err(AccountRefusal::NotConfirmed);
    }
    let ended = access.accounts.set_password(&access.writer, account.id, None, None).await?;
    let owner = owner(&account);
    let (of, by) = (AuditParty::from(account.as_ref()), AuditParty::from(admin.account.as_ref()));
    access.audit.note(AuditRecord::AccountInvited(AccountChange::by(&account, by)));
    if ended > 0 {
        access.audit.note(AuditRecord::SessionsEnded { of, by });
    }
    let email = account.email.clone();
    let wish = LinkWish { owner, errand: AccountErrand::Invited, email, language, office: sender };
    Ok(AccountInvitation::send(access, mail, wish).await?)
}
