//! Links by which somebody who has an account sets a password or proves an address; and what a browser keeps between the two
//! steps of signing in.

use chrono::{DateTime, Utc};
use paths::Page;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    keys::ServerKey,
    links::{signed, verified},
};

/// Whose account a link is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkOwner {
    /// Somebody who has an account.
    Account(u32),
    /// A citizen who registered, and has no account yet.
    Registration(Uuid),
    /// Whoever had the mails of an account before they went to another address: each change has an owner of its own, so that a
    /// second one takes nothing from whom the first one took the account.
    Moved {
        /// The account that had those mails.
        account: u32,
        /// When, in milliseconds since 1970.
        at: i64,
    },
}

impl LinkOwner {
    /// In a few letters, as links and the store have it.
    pub fn written(self) -> String {
        match self {
            Self::Account(id) => format!("s{id}"),
            Self::Registration(id) => format!("r{}", id.simple()),
            Self::Moved { account, at } => format!("m{account}-{at}"),
        }
    }

    fn read(text: &str) -> Option<Self> {
        let (kind, id) = text.split_at_checked(1)?;
        match kind {
            "s" => id.parse().ok().map(Self::Account),
            "r" => id.parse().ok().map(Self::Registration),
            "m" => {
                let (account, at) = id.split_once('-')?;
                Some(Self::Moved { account: account.parse().ok()?, at: at.parse().ok()? })
            }
            _ => None,
        }
    }
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountErrand {
    /// Somebody who has no password yet, or whose password an administrator ended, sets one.
    Invited,
    /// Somebody who forgot theirs sets another.
    Forgotten,
    /// Somebody shows that an address is theirs.
    Address,
    /// Somebody who registered has their account made (PET-03).
    Activation,
    /// Somebody registered with the address of an account that there is: nobody but its owner is told.
    Known,
    /// Somebody shows that an address is theirs, which staff took down at a desk against a paper.
    DeskAddress,
    /// Whoever had the mails of an account before takes back that they go elsewhere.
    AddressUndo,
    /// Whoever had the mails of an account before is told that they go elsewhere, by what somebody showed at a desk.
    AddressMoved,
}

impl AccountErrand {
    /// All errands, for whoever makes a table of them.
    pub const ALL: [Self; 8] = [
        Self::Invited,
        Self::Forgotten,
        Self::Address,
        Self::Activation,
        Self::Known,
        Self::DeskAddress,
        Self::AddressUndo,
        Self::AddressMoved,
    ];

    /// In a word, as links and the store have it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Forgotten => "forgotten",
            Self::Address => "address",
            Self::Activation => "activation",
            Self::Known => "known",
            Self::DeskAddress => "desk-address",
            Self::AddressUndo => "address-undo",
            Self::AddressMoved => "address-moved",
        }
    }

    /// Whether whoever has the link may set a password with it.
    pub const fn sets_password(self) -> bool {
        match self {
            Self::Invited | Self::Forgotten => true,
            Self::Address
            | Self::Activation
            | Self::Known
            | Self::DeskAddress
            | Self::AddressUndo
            | Self::AddressMoved => false,
        }
    }

    fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|errand| errand.name() == name)
    }
}

/// A link of one account: good once, for a while, and until another takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountLink {
    /// The account that the link opens, or the registration from which one is made.
    pub owner: LinkOwner,
    /// Which page the link opens, and what it does there.
    pub errand: AccountErrand,
    /// When it was made, in milliseconds since 1970: by this the store knows the newest.
    pub issued_at: i64,
    /// Good until then.
    pub expires_at: DateTime<Utc>,
    /// The language of the mail.
    pub language: office::Language,
}

/// The path of such a link.
pub fn account_link(key: &ServerKey, link: &AccountLink) -> String {
    let AccountLink { owner, errand, issued_at, expires_at, language: _ } = link;
    let id = format!("{}.{}.{issued_at}.{}", owner.written(), errand.name(), expires_at.timestamp());
    let link = &signed(key, "account", &id);
    let page = match (owner, errand) {
        (_, AccountErrand::Address | AccountErrand::DeskAddress) => Page::LoginAddress { link },
        (_, AccountErrand::AddressUndo) => Page::LoginUndo { link },
        (LinkOwner::Registration(_), _) | (_, AccountErrand::Activation) => Page::RegisterActivate { link },
        // Who knows their password signs in; who does not asks for another there.
        (_, AccountErrand::Known | AccountErrand::AddressMoved) => Page::Login,
        (LinkOwner::Account(_) | LinkOwner::Moved { .. }, AccountErrand::Invited | AccountErrand::Forgotten) => {
            Page::LoginPassword { link }
        }
    };
    page.to_string()
}

/// Reads it; an expired one too. The language is not in it.
pub fn read_account_link(key: &ServerKey, text: &str) -> Option<AccountLink> {
    let mut parts = verified(key, "account", text)?.splitn(4, '.');
    let (owner, errand) = (LinkOwner::read(parts.next()?)?, AccountErrand::read(parts.next()?)?);
    let issued_at = parts.next()?.parse().ok()?;
    let expires_at = DateTime::from_timestamp(parts.next()?.parse().ok()?, 0)?;
    Some(AccountLink { owner, errand, issued_at, expires_at, language: office::Language::default() })
}

/// What a browser keeps after the first step of signing in, until the second: whose password was right; `stamp` says under
/// which password and second factor, so that it ends with either.
pub fn step_pass(key: &ServerKey, account: u32, stamp: &str, until: DateTime<Utc>) -> String {
    signed(key, "second-step", &format!("{account}.{stamp}.{}", until.timestamp()))
}

/// The account and the stamp of such a pass, if it is still good.
pub fn read_step_pass(key: &ServerKey, text: &str, now: DateTime<Utc>) -> Option<(u32, String)> {
    let mut parts = verified(key, "second-step", text)?.splitn(3, '.');
    let (account, stamp) = (parts.next()?.parse().ok()?, parts.next()?.to_owned());
    let until = DateTime::from_timestamp(parts.next()?.parse().ok()?, 0)?;
    (until > now).then_some((account, stamp))
}

/// What a page keeps between a sign-in to a second account and the press that joins it to the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinPass {
    /// The account that stays.
    pub into: u32,
    /// The one that is joined to it.
    pub from: u32,
    /// Under which password and second factor that one was signed in to.
    pub stamp: String,
    /// Good until then.
    pub until: DateTime<Utc>,
}

impl JoinPass {
    /// As the page keeps it.
    pub fn written(&self, key: &ServerKey) -> String {
        let Self { into, from, stamp, until } = self;
        signed(key, "join", &format!("{into}.{from}.{stamp}.{}", until.timestamp()))
    }

    /// Reads it, if it is still good.
    pub fn read(key: &ServerKey, text: &str, now: DateTime<Utc>) -> Option<Self> {
        let mut parts = verified(key, "join", text)?.splitn(4, '.');
        let (into, from) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let stamp = parts.next()?.to_owned();
        let until = DateTime::from_timestamp(parts.next()?.parse().ok()?, 0)?;
        (until > now).then_some(Self { into, from, stamp, until })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_a_link_of_an_account_serves_its_owner_and_errand_alone() {
        let key = ServerKey::new([7; 32]);
        let expires_at = "2026-11-24T08:00:00Z".parse().unwrap();
        let link = |owner, errand| AccountLink {
            owner,
            errand,
            issued_at: 1_795_000_000_123,
            expires_at,
            language: office::Language::default(),
        };
        let paths = [
            (LinkOwner::Account(3), AccountErrand::Invited, "/login/password/"),
            (LinkOwner::Account(3), AccountErrand::Forgotten, "/login/password/"),
            (LinkOwner::Account(3), AccountErrand::Address, "/login/address/"),
            (LinkOwner::Account(3), AccountErrand::DeskAddress, "/login/address/"),
            (LinkOwner::Moved { account: 3, at: 1_795_000_000_123 }, AccountErrand::AddressUndo, "/login/undo/"),
        ];
        for (owner, errand, page) in paths {
            let path = account_link(&key, &link(owner, errand));
            let text = path.strip_prefix(page).unwrap();
            assert_eq!(read_account_link(&key, text), Some(link(owner, errand)));
            for forged in [text.replace('3', "4"), text.replace("123.", "124."), format!("{text}x"), "s3".to_owned()] {
                assert_eq!(read_account_link(&key, &forged), None, "{forged}");
            }
            assert_eq!(read_account_link(&ServerKey::new([8; 32]), text), None);
        }
    }

    #[test]
    fn pla_02_a_pass_joins_two_accounts_and_signs_nobody_in() {
        let key = ServerKey::new([7; 32]);
        let until: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let before = until - chrono::TimeDelta::seconds(1);
        let pass = JoinPass { into: 3, from: 8, stamp: "ab12".to_owned(), until };
        let text = pass.written(&key);
        assert_eq!(JoinPass::read(&key, &text, before), Some(pass));
        assert_eq!(JoinPass::read(&key, &text, until), None);
        assert_eq!(JoinPass::read(&key, &text.replace("8.", "9."), before), None);
        assert_eq!(read_step_pass(&key, &text, before), None);
    }

    #[test]
    fn new_08_a_pass_between_two_steps_runs_out() {
        let key = ServerKey::new([7; 32]);
        let until: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let pass = step_pass(&key, 3, "ab12", until);
        let before = until - chrono::TimeDelta::seconds(1);
        assert_eq!(read_step_pass(&key, &pass, before), Some((3, "ab12".to_owned())));
        assert_eq!(read_step_pass(&key, &pass, until), None);
        assert_eq!(read_step_pass(&key, &pass.replace("3.", "4."), before), None);
    }
}
