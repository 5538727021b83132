//! Links for accounts: made, kept, and put into the outbox where there is an address.

use chrono::{DateTime, TimeDelta, Utc};
use office::Language;
use secrets::{AccountErrand, AccountLink, LinkOwner};
use store::{IssuedLink, OutboxEntry, Store, Stored};
use wire::ProblemCode;
use writer::{ACCOUNT, Offices};

use crate::{fault::Fault, invite_agent::INVITATION_DAYS};

/// A link for a forgotten password, and one that proves an address, are good for so long.
pub const ACCOUNT_LINK_MINUTES: i64 = 60;

/// A link that activates an account is good for so long; it may be sent again.
pub const ACTIVATION_HOURS: i64 = 48;

/// Whoever had the mails of an account before can take a change back for so long.
pub const ADDRESS_UNDO_DAYS: i64 = 7;

/// A link that is to be made.
#[derive(Debug, Clone)]
pub(crate) struct LinkWish {
    /// The account that it opens, or the registration from which one is made.
    pub owner: LinkOwner,
    /// Which page it opens, and what it does there.
    pub errand: AccountErrand,
    /// Where it goes, if it goes by mail.
    pub email: Option<String>,
    /// The language of the mail.
    pub language: Language,
    /// The row of the office in whose name it goes.
    pub office: u32,
}

/// The row of the office in whose name mails about an account go: its own, or the first for who works in all.
///
/// # Errors
/// `unavailable`, where every office is set aside.
pub fn sender(offices: &Offices, own: Option<u32>) -> Result<u32, Fault> {
    let first = || offices.going().next().map(|office| office.row);
    own.or_else(first).ok_or_else(|| ProblemCode::Unavailable.into())
}

impl LinkWish {
    /// The link, made now.
    pub fn link(&self, now: DateTime<Utc>) -> AccountLink {
        let Self { owner, errand, language, .. } = *self;
        let expires_at = now
            + match errand {
                AccountErrand::Invited => TimeDelta::days(INVITATION_DAYS),
                AccountErrand::Activation | AccountErrand::Known | AccountErrand::DeskAddress => {
                    TimeDelta::hours(ACTIVATION_HOURS)
                }
                AccountErrand::AddressUndo | AccountErrand::AddressMoved => TimeDelta::days(ADDRESS_UNDO_DAYS),
                AccountErrand::Forgotten | AccountErrand::Address => TimeDelta::minutes(ACCOUNT_LINK_MINUTES),
            };
        AccountLink { owner, errand, issued_at: now.timestamp_millis(), expires_at, language }
    }

    /// Keeps a link that was made, in place of the one before, and has it mailed where it goes by mail: in the language that its
    /// owner chose, whoever asked for it.
    pub fn issue(&self, store: &Store, link: &AccountLink, now: DateTime<Utc>) -> Stored<()> {
        let AccountLink { owner, errand, issued_at, expires_at, .. } = *link;
        store.put_account_link(&IssuedLink { owner, errand, issued_at, expires_at, email: self.email.clone() })?;
        if self.email.is_none() {
            return Ok(());
        }
        let language = store.language_of(owner)?.unwrap_or(link.language);
        let about = serde_json::to_string(&AccountLink { language, ..link.clone() }).unwrap_or_default();
        store.post(self.office, &OutboxEntry { seq: None, kind: ACCOUNT.to_owned(), about }, now, now)
    }
}

#[cfg(test)]
mod tests {
    use body::{AccountId, AccountStanding, Certificate, PaperKind};
    use secrets::draw_id;
    use store::Registration;
    use writer::{MEMBER, MemberMail, MemberNews};

    use super::*;
    use crate::citizens::tell;

    fn now() -> DateTime<Utc> {
        "2026-11-30T08:00:00Z".parse().unwrap()
    }

    /// A store with somebody's account, and with somebody who waits for theirs: both chose a language, or did not.
    fn house(folder: &tempfile::TempDir, chosen: Option<Language>) -> (Store, u32, u32, LinkOwner) {
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let office = store.office_row("kep").unwrap();
        let new = |name: &str| Registration {
            id: draw_id(),
            name: name.to_owned(),
            password: "hash".to_owned(),
            email: format!("{name}@example.gr"),
            profile: "{}".to_owned(),
        };
        let (made, waiting) = (new("maria"), new("eleni"));
        for one in [&made, &waiting] {
            store.put_registration(one, now()).unwrap();
            if let Some(language) = chosen {
                store.set_registration_language(one.id, language).unwrap();
            }
        }
        let store::Activation::Account(account) = store.activate(&made, now()).unwrap() else {
            panic!("the name is free");
        };
        (store, office, account, LinkOwner::Registration(waiting.id))
    }

    /// What the newest row of the outbox is about.
    fn newest(store: &Store) -> String {
        store.mails_due(now(), 100).unwrap().into_iter().max_by_key(|row| row.id).unwrap().about
    }

    #[test]
    fn pla_02_every_link_of_an_account_goes_out_in_the_language_of_its_owner_whoever_asks() {
        for (chosen, asked, said) in [
            (Some(Language::En), Language::El, Language::En),
            (Some(Language::El), Language::En, Language::El),
            (None, Language::En, Language::En),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let (store, office, account, waiting) = house(&folder, chosen);
            for errand in AccountErrand::ALL {
                let owner = match errand {
                    AccountErrand::Activation => waiting,
                    AccountErrand::AddressUndo | AccountErrand::AddressMoved => LinkOwner::Moved { account, at: 1 },
                    AccountErrand::Invited
                    | AccountErrand::Forgotten
                    | AccountErrand::Address
                    | AccountErrand::Known
                    | AccountErrand::DeskAddress => LinkOwner::Account(account),
                };
                let email = Some("maria@example.gr".to_owned());
                let wish = LinkWish { owner, errand, email, language: asked, office };
                wish.issue(&store, &wish.link(now()), now()).unwrap();
                let link: AccountLink = serde_json::from_str(&newest(&store)).unwrap();
                assert_eq!((link.errand, link.language), (errand, said), "{chosen:?}");
            }
        }
    }

    /// One of each kind.
    fn every_news() -> Vec<MemberNews> {
        let words = || office::Words { el: "Πιστοποιητικά".to_owned(), en: "Certificates".to_owned() };
        let mut all = vec![MemberNews::Blocked];
        while let Some(last) = all.last() {
            all.push(match last {
                MemberNews::Blocked => MemberNews::Unblocked,
                MemberNews::Unblocked => MemberNews::FactorTaken,
                MemberNews::FactorTaken => MemberNews::Unused { until: now() },
                MemberNews::Unused { .. } => MemberNews::LevelClosed { what: words(), notice: words() },
                MemberNews::LevelClosed { .. } => MemberNews::LevelOpened { what: words() },
                MemberNews::LevelOpened { .. } => MemberNews::Joined,
                MemberNews::Joined => MemberNews::JoinedAway { address: office::AddressId(uuid::Uuid::from_u128(7)) },
                MemberNews::JoinedAway { .. } => MemberNews::RoleAsked,
                MemberNews::RoleAsked => MemberNews::RoleApproved,
                MemberNews::RoleApproved => MemberNews::RoleRefused,
                MemberNews::RoleRefused => MemberNews::Maintenance { from: now(), until: now(), because: words() },
                MemberNews::Maintenance { .. } => MemberNews::Certified,
                MemberNews::Certified => MemberNews::LookedFirst,
                MemberNews::LookedFirst => MemberNews::ProofsMissing,
                MemberNews::ProofsMissing => MemberNews::CertificateRevoked,
                MemberNews::CertificateRevoked => break,
            });
        }
        all
    }

    #[test]
    fn pla_07_whatever_is_done_to_an_account_is_told_in_the_language_of_its_owner() {
        for (chosen, said) in
            [(Some(Language::En), Language::En), (Some(Language::El), Language::El), (None, Language::El)]
        {
            let folder = tempfile::tempdir().unwrap();
            let (store, office, account, _) = house(&folder, chosen);
            for news in every_news() {
                tell::run(&store, (office, account), news.clone(), now()).unwrap();
                let mail: MemberMail = serde_json::from_str(&newest(&store)).unwrap();
                assert_eq!((mail.news, mail.language), (news, said));
            }
            // The same for everybody who has level B, in one statement.
            let certificate = Certificate { at: now(), by: AccountId(7), paper: PaperKind::Passport };
            let mut standing = AccountStanding::proven();
            standing.certificate = Some(certificate);
            store.keep_standing(AccountId(account), &standing, &[]).unwrap();
            let all = MemberMail { account: 0, language: Language::default(), news: MemberNews::Joined };
            let about = serde_json::to_string(&all).unwrap();
            assert_eq!(store.post_to_level_b(office, (MEMBER, &about), now(), 10).unwrap(), 1);
            let mail: MemberMail = serde_json::from_str(&newest(&store)).unwrap();
            assert_eq!((mail.account, mail.language), (account, said));
        }
    }
}
