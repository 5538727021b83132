//! An administrator makes an account for somebody of staff (FLD-22), who sets their own password behind a link.

use std::sync::Arc;

use access::{Access, AccountChange, AuditParty, AuditRecord, Session};
use office::Language;
use secrets::AccountErrand;
use store::{Account, Role};
use tokio::sync::Notify;
use wire::ProblemCode;
use writer::Offices;

use crate::{
    account_mail::{LinkWish, sender},
    accounts::{AccountRefusal, optional_address, owner},
    confirm_self::{self, OwnPassword},
    invite_account::AccountInvitation,
};

/// An account that is wanted.
#[derive(Debug, Clone)]
pub struct AccountWish {
    /// The login name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The row of the office in which they work; none for every office.
    pub office: Option<u32>,
    /// Where their mails go; may be empty.
    pub email: String,
    /// The language of the mail.
    pub language: Language,
    /// The password of the administrator.
    pub own: OwnPassword,
}

/// Makes it. Nobody makes an account that may more than their own.
///
/// # Errors
/// [`AccountRefusal`].
pub async fn run(
    access: &Access,
    offices: &Offices,
    mail: &Notify,
    admin: &Session,
    wish: AccountWish,
) -> Result<(Arc<Account>, AccountInvitation), AccountRefusal> {
    let AccountWish { name, role, office, email, language, own } = wish;
    if !admin.runs(office) {
        return Err(ProblemCode::NotAllowed.into());
    }
    access::check_name(&name).map_err(AccountRefusal::of_new)?;
    let email = optional_address(&email)?;
    let sender = sender(offices, office)?;
    if !confirm_self::run(access, admin, own).await? {
        return Err(AccountRefusal::NotConfirmed);
    }
    let now = access.clock.now();
    let made = access.accounts.add(&access.writer, &name, (role, office), email, now).await;
    let account = made.map_err(AccountRefusal::of_new)?;
    let (owner, email) = (owner(&account), account.email.clone());
    let by = AuditParty::from(admin.account.as_ref());
    access.audit.note(AuditRecord::AccountMade(AccountChange::by(&account, by)));
    let wish = LinkWish { owner, errand: AccountErrand::Invited, email, language, office: sender };
    let invitation = AccountInvitation::send(access, mail, wish).await?;
    Ok((account, invitation))
}
