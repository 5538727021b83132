//! The search for a citizen's account, by what its holder says at a desk: the same for who certifies and for who looks after
//! accounts.

use acts::{
    Fault,
    levels::find::{self, AccountSearch, WANTED_CHARACTERS_MAX},
};
use paths::Page;
use serde::Deserialize;
use stationery::signed::StaffVisitor;

/// Whom the clerk looks for; it is personal, and stands in no address.
#[derive(Debug, Default, Deserialize)]
pub struct AccountSearchForm {
    #[serde(default)]
    q: String,
}

/// The form, with what was found.
#[derive(Debug)]
pub struct SearchBox {
    /// Where it is sent.
    pub action: String,
    /// What was typed.
    pub wanted: String,
    /// Whom it may be.
    pub found: Vec<FoundLine>,
    /// Whether somebody was looked for.
    pub looked: bool,
}

/// An account that was found.
#[derive(Debug)]
pub struct FoundLine {
    /// First and last name.
    pub name: String,
    /// The user name.
    pub user: String,
    /// Its page.
    pub href: String,
}

impl SearchBox {
    /// Nobody was looked for yet.
    pub async fn empty(signed: &StaffVisitor, office: &str, action: Page<'_>) -> Result<Self, Fault> {
        find::may_look(signed.visitor.state.level_room(), &signed.session, signed.office(office)?).await?;
        Ok(Self { action: action.to_string(), wanted: String::new(), found: Vec::new(), looked: false })
    }

    /// Whoever was found; `own` says where an account is looked at.
    pub async fn looked<'a>(
        signed: &StaffVisitor,
        office: &str,
        action: Page<'_>,
        (form, own): (AccountSearchForm, impl Fn(u32) -> Page<'a>),
    ) -> Result<Self, Fault> {
        let state = &signed.visitor.state;
        let search = AccountSearch { office: signed.office(office)?, wanted: &form.q };
        let found = find::run(state.level_room(), &state.access, &signed.session, search).await?;
        let found = found.into_iter().map(|one| FoundLine {
            href: own(one.account.0).to_string(),
            name: one.name,
            user: one.user,
        });
        let (action, found) = (action.to_string(), found.collect());
        // What is far too long is not sent back whole.
        let wanted = form.q.chars().take(WANTED_CHARACTERS_MAX).collect();
        Ok(Self { action, wanted, found, looked: true })
    }
}
