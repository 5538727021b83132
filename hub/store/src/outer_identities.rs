//! Through whom people sign in who are known elsewhere: which account is whose, who has come and has no account yet, and what
//! the register of staff said. The same number at the same provider is the same account, and an address alone is none.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    accounts::{Role, grant_scope},
    error::Stored,
    file::Store,
    sql::{instant, millis, params},
};

/// How another knows somebody.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OuterIdentity {
    /// The name of the provider by whom they are known.
    pub provider: String,
    /// Its number or word for the person, for ever.
    pub subject: String,
}

/// Somebody who came from a provider and has no account here yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OuterArrival {
    /// How they are known there.
    pub identity: OuterIdentity,
    /// First and last name, as it is said there.
    pub name: String,
    /// The tax number, if it was TAXISnet.
    pub tax_number: Option<String>,
}

/// Whether the register of staff says that somebody is of the staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StaffVerdict {
    /// They are.
    Yes,
    /// They are not.
    No,
    /// It gave no answer, and is asked again.
    Later,
}

impl StaffVerdict {
    const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Later];

    /// As it is kept.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Later => "later",
        }
    }
}

/// What the register of staff said of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StaffStanding {
    /// What it said.
    pub verdict: StaffVerdict,
    /// When the register said so.
    pub at: DateTime<Utc>,
    /// From then on it is asked again.
    pub ask_again_at: DateTime<Utc>,
}

impl Store {
    /// A way to a provider and back is gone; `false` if it was gone before.
    pub fn go_way_once(&self, mark: &[u8; 32], until: DateTime<Utc>, now: DateTime<Utc>) -> Stored<bool> {
        self.sql.run("DELETE FROM provider_way WHERE until <= ?", [millis(now)])?;
        let gone = "INSERT OR IGNORE INTO provider_way(mark, until) VALUES(?, ?)";
        Ok(self.sql.run(gone, params![mark.as_slice(), millis(until)])? == 1)
    }

    /// Whose account it is, also one that is shut.
    pub fn account_of_identity(&self, identity: &OuterIdentity) -> Stored<Option<u32>> {
        let OuterIdentity { provider, subject } = identity;
        let whose = "SELECT account FROM outer_identity WHERE provider = ? AND subject = ?";
        self.sql.one(whose, params![provider, subject], |row| row.get(0))
    }

    /// An account is known elsewhere from now on; `false` if somebody else's is known so, or this one by another number of the
    /// same provider.
    pub fn connect_identity(&self, account: u32, identity: &OuterIdentity, now: DateTime<Utc>) -> Stored<bool> {
        let OuterIdentity { provider, subject } = identity;
        let connected = self.sql.run(
            "INSERT OR IGNORE INTO outer_identity(provider, subject, account, at) SELECT ?1, ?2, ?3, ?4 \
             WHERE NOT EXISTS (SELECT 1 FROM outer_identity WHERE provider = ?1 AND account = ?3)",
            params![provider, subject, account, millis(now)],
        )?;
        Ok(connected == 1)
    }

    /// How an account is known elsewhere.
    pub fn identities_of(&self, account: u32) -> Stored<Vec<OuterIdentity>> {
        let all = "SELECT provider, subject FROM outer_identity WHERE account = ? ORDER BY provider";
        self.sql.rows(all, [account], |row| Ok(OuterIdentity { provider: row.get(0)?, subject: row.get(1)? }))
    }

    /// Keeps who has come, under the hash of what their browser keeps.
    pub fn put_arrival(&self, hash: &[u8; 32], arrival: &OuterArrival, until: DateTime<Utc>) -> Stored<()> {
        let OuterArrival { identity: OuterIdentity { provider, subject }, name, tax_number } = arrival;
        // Whoever comes once more stands here once.
        self.sql.run("DELETE FROM provider_arrival WHERE provider = ? AND subject = ?", params![provider, subject])?;
        self.sql
            .run(
                "INSERT INTO provider_arrival(hash, provider, subject, name, tax_number, until) VALUES(?, ?, ?, ?, ?, ?)",
                params![hash.as_slice(), provider, subject, name, tax_number, millis(until)],
            )
            .map(drop)
    }

    /// Who has come, if it is not too long ago.
    pub fn arrival(&self, hash: &[u8; 32], now: DateTime<Utc>) -> Stored<Option<OuterArrival>> {
        let who = "SELECT provider, subject, name, tax_number FROM provider_arrival WHERE hash = ? AND until > ?";
        self.sql.one(who, params![hash.as_slice(), millis(now)], |row| {
            let identity = OuterIdentity { provider: row.get(0)?, subject: row.get(1)? };
            Ok(OuterArrival { identity, name: row.get(2)?, tax_number: row.get(3)? })
        })
    }

    /// Who has come has gone on.
    pub fn drop_arrival(&self, hash: &[u8; 32]) -> Stored<()> {
        self.buried.set(true);
        self.sql.run("DELETE FROM provider_arrival WHERE hash = ?", [hash.as_slice()]).map(drop)
    }

    /// Forgets who has come and gone no further.
    pub fn forget_arrivals(&self, now: DateTime<Utc>) -> Stored<usize> {
        self.buried.set(true);
        self.sql.run("DELETE FROM provider_way WHERE until <= ?", [millis(now)])?;
        self.sql.run("DELETE FROM provider_arrival WHERE until <= ?", [millis(now)])
    }

    /// Notes by whom somebody is known who has registered, and the hash of what their browser keeps.
    pub fn name_registration(&self, registration: Uuid, identity: &OuterIdentity, browser: &[u8; 32]) -> Stored<()> {
        let OuterIdentity { provider, subject } = identity;
        let name = "UPDATE registration SET provider = ?, subject = ?, browser = ? WHERE id = ?";
        self.sql.run(name, params![provider, subject, browser.as_slice(), registration.into_bytes()]).map(drop)
    }

    /// Whether a browser, by the hash of what it keeps, is the one that began a registration, or one in which the same person
    /// has come from the same provider since.
    pub fn is_browser_of_registration(&self, registration: Uuid, hash: &[u8; 32], now: DateTime<Utc>) -> Stored<bool> {
        let is = "SELECT 1 FROM registration WHERE id = ?1 AND (browser = ?2 OR EXISTS (SELECT 1 FROM provider_arrival \
                  WHERE hash = ?2 AND until > ?3 AND provider_arrival.provider = registration.provider \
                  AND provider_arrival.subject = registration.subject))";
        let found = self.sql.one(is, params![registration.into_bytes(), hash.as_slice(), millis(now)], |_| Ok(()))?;
        Ok(found.is_some())
    }

    /// By whom somebody is known who has registered.
    pub fn identity_of_registration(&self, registration: Uuid) -> Stored<Option<OuterIdentity>> {
        let of = "SELECT provider, subject FROM registration WHERE id = ? AND provider IS NOT NULL";
        self.sql.one(of, [registration.into_bytes()], |row| {
            Ok(OuterIdentity { provider: row.get(0)?, subject: row.get(1)? })
        })
    }

    /// What a provider's word gives an account as staff: it takes the place of what its word gave before. What somebody of the
    /// house has given stays as it is, and goes first. The one administrator of the whole hub stays one: nobody is shut out by
    /// what another says. Says whether anything changed.
    pub fn set_ruled_grant(
        &self,
        account: u32,
        (provider, grant): (&str, Option<(Role, Option<u32>)>),
        now: DateTime<Utc>,
    ) -> Stored<bool> {
        let before: Vec<(String, String)> = self.sql.rows(
            "SELECT role, scope FROM account_grant WHERE account = ? AND provider = ?",
            params![account, provider],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let is_given: bool = self.sql.only(
            "SELECT EXISTS (SELECT 1 FROM account_grant WHERE account = ? AND provider IS NOT ? \
             AND role IN ('admin', 'clerk'))",
            params![account, provider],
            |row| row.get(0),
        )?;
        let after = grant.filter(|_| !is_given).map(|(role, office)| (role.name().to_owned(), grant_scope(office)));
        if before.first() == after.as_ref() && before.len() <= 1 {
            return Ok(false);
        }
        let whole_admin = (Role::Admin.name().to_owned(), grant_scope(None));
        let loses_whole = before.contains(&whole_admin) && after.as_ref() != Some(&whole_admin);
        if loses_whole && !self.has_other_admin(account)? {
            return Ok(false);
        }
        self.sql.run("DELETE FROM account_grant WHERE account = ? AND provider = ?", params![account, provider])?;
        if let Some((role, scope)) = after {
            let give = "INSERT INTO account_grant(account, role, scope, at, provider) VALUES(?, ?, ?, ?, ?)";
            self.sql.run(give, params![account, role, scope, millis(now), provider])?;
        }
        Ok(true)
    }

    /// Ends the password of an account whose place among staff is by a provider's word. The last who can sign in here and run
    /// the whole hub keeps theirs. Says whether there was one.
    pub fn drop_ruled_password(&self, account: u32) -> Stored<bool> {
        let dropped = self.sql.run(
            "UPDATE account SET password = '' WHERE id = ?1 AND password != '' \
             AND EXISTS (SELECT 1 FROM account_grant WHERE account = ?1 AND provider IS NOT NULL AND role IN ('admin', 'clerk')) \
             AND (NOT EXISTS (SELECT 1 FROM account_grant WHERE account = ?1 AND role = ?2 AND scope = ?3) \
             OR EXISTS (SELECT 1 FROM account_grant JOIN account AS other ON other.id = account_grant.account \
             WHERE other.id != ?1 AND role = ?2 AND scope = ?3 AND provider IS NULL AND other.disabled_at IS NULL \
             AND other.password != ''))",
            params![account, Role::Admin.name(), grant_scope(None)],
        )?;
        Ok(dropped == 1)
    }

    /// Whether somebody else runs the whole hub and can sign in.
    fn has_other_admin(&self, account: u32) -> Stored<bool> {
        self.sql.only(
            "SELECT EXISTS (SELECT 1 FROM account_grant JOIN account ON account.id = account_grant.account \
             WHERE account.id != ? AND role = ? AND scope = ? AND disabled_at IS NULL)",
            params![account, Role::Admin.name(), grant_scope(None)],
            |row| row.get(0),
        )
    }

    /// Makes an account without a password, of somebody who is known elsewhere; its number, or none if the name is taken.
    pub fn add_outer_account(
        &self,
        name: &str,
        identity: &OuterIdentity,
        (email, profile): (Option<&str>, &str),
        now: DateTime<Utc>,
    ) -> Stored<Option<u32>> {
        if self.is_name_taken(name, "")? {
            return Ok(None);
        }
        self.sql.run(
            "INSERT INTO account(name, password, email, email_proven_at, created_at) VALUES(?, '', ?, ?, ?)",
            params![name, email, email.map(|_| millis(now)), millis(now)],
        )?;
        let account = self.sql.last_number();
        self.connect_identity(account, identity, now)?;
        self.set_profile(account, profile, now)?;
        Ok(Some(account))
    }

    /// Keeps what the register of staff said, in the place of what it said before.
    pub fn keep_staff_standing(&self, account: u32, standing: &StaffStanding) -> Stored<()> {
        let StaffStanding { verdict, at, ask_again_at } = standing;
        let keep = "INSERT OR REPLACE INTO staff_standing(account, verdict, at, ask_again_at) VALUES(?, ?, ?, ?)";
        self.sql.run(keep, params![account, verdict.name(), millis(*at), millis(*ask_again_at)]).map(drop)
    }

    /// What the register of staff said last.
    pub fn staff_standing(&self, account: u32) -> Stored<Option<StaffStanding>> {
        let said = "SELECT verdict, at, ask_again_at FROM staff_standing WHERE account = ?";
        self.sql.one(said, [account], |row| {
            let kept: String = row.get(0)?;
            let verdict = StaffVerdict::ALL.into_iter().find(|one| one.name() == kept).unwrap_or(StaffVerdict::Later);
            Ok(StaffStanding { verdict, at: instant(row.get(1)?), ask_again_at: instant(row.get(2)?) })
        })
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::registrations::{Activation, Registration};

    fn store() -> (tempfile::TempDir, Store, DateTime<Utc>) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        (folder, store, "2026-11-24T08:00:00Z".parse().unwrap())
    }

    fn known(subject: &str) -> OuterIdentity {
        OuterIdentity { provider: "taxisnet".into(), subject: subject.into() }
    }

    #[test]
    fn pre_02_a_way_is_gone_once_and_forgotten() {
        let (_folder, store, now) = store();
        let until = now + TimeDelta::minutes(15);
        assert!(store.go_way_once(&[1; 32], until, now).unwrap());
        assert!(!store.go_way_once(&[1; 32], until, now).unwrap());
        assert!(store.go_way_once(&[2; 32], until, now).unwrap());
        store.forget_arrivals(until).unwrap();
        let left: i64 = store.sql.only("SELECT count(*) FROM provider_way", [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0);
    }

    #[test]
    fn pre_02_one_number_is_one_account_and_one_account_one_number() {
        let (_folder, store, now) = store();
        let add =
            |name: &str, subject: &str| store.add_outer_account(name, &known(subject), (None, "{}"), now).unwrap();
        let maria = add("maria", "068933130").unwrap();
        assert_eq!(add("MARIA", "660074100"), None, "the name is hers");
        assert_eq!(store.account_of_identity(&known("068933130")).unwrap(), Some(maria));
        let nikos = add("nikos", "660074100").unwrap();
        assert!(!store.connect_identity(nikos, &known("068933130"), now).unwrap(), "it is hers");
        assert!(!store.connect_identity(maria, &known("123456783"), now).unwrap(), "she has one");
        assert_eq!(store.identities_of(maria).unwrap(), [known("068933130")]);
        let other = OuterIdentity { provider: "staff".into(), subject: "068933130".into() };
        assert!(store.connect_identity(nikos, &other, now).unwrap(), "another provider's numbers are others");
    }

    #[test]
    fn pre_04_who_came_is_kept_for_a_while_and_once() {
        let (_folder, store, now) = store();
        let arrival = OuterArrival {
            identity: known("068933130"),
            name: "ΜΑΡΙΑ ΠΑΠΑΔΟΠΟΥΛΟΥ".into(),
            tax_number: Some("068933130".into()),
        };
        let until = now + TimeDelta::hours(1);
        store.put_arrival(&[1; 32], &arrival, until).unwrap();
        assert_eq!(store.arrival(&[1; 32], now).unwrap(), Some(arrival.clone()));
        store.put_arrival(&[2; 32], &arrival, until).unwrap();
        assert_eq!(store.arrival(&[1; 32], now).unwrap(), None, "she came again");
        assert_eq!(store.arrival(&[2; 32], until).unwrap(), None, "too long ago");
        assert_eq!(store.forget_arrivals(until).unwrap(), 1);
        let new = Registration {
            id: secrets::draw_id(),
            name: "maria".into(),
            password: String::new(),
            email: "maria@example.gr".into(),
            profile: "{}".into(),
        };
        store.put_registration(&new, now).unwrap();
        assert_eq!(store.identity_of_registration(new.id).unwrap(), None);
        store.name_registration(new.id, &known("068933130"), &[2; 32]).unwrap();
        assert_eq!(store.identity_of_registration(new.id).unwrap(), Some(known("068933130")));
        let is_browser = |hash: [u8; 32], at| store.is_browser_of_registration(new.id, &hash, at).unwrap();
        assert!(is_browser([2; 32], until) && !is_browser([3; 32], now), "the one that began it");
        let stranger = OuterArrival { identity: known("660074100"), ..arrival.clone() };
        store.put_arrival(&[3; 32], &stranger, until).unwrap();
        store.put_arrival(&[4; 32], &arrival, until).unwrap();
        assert!(!is_browser([3; 32], now), "another person");
        assert!(is_browser([4; 32], now) && !is_browser([4; 32], until), "she came again, and not too long ago");
    }

    #[test]
    fn pre_02_what_a_provider_gives_it_takes_again_and_never_the_last_administrator() {
        let (_folder, store, now) = store();
        let sso = OuterIdentity { provider: "staff".into(), subject: "1".into() };
        let account = store.add_outer_account("maria", &sso, (None, "{}"), now).unwrap().unwrap();
        let staff = || store.account(account).unwrap().unwrap().staff.map(|staff| (staff.role, staff.office));
        let set = |grant| store.set_ruled_grant(account, ("staff", grant), now).unwrap();
        assert!(set(Some((Role::Clerk, Some(1)))) && staff() == Some((Role::Clerk, Some(1))));
        assert!(!set(Some((Role::Clerk, Some(1)))), "nothing changed");
        assert!(set(Some((Role::Admin, None))) && staff() == Some((Role::Admin, None)));
        assert!(!set(None) && staff() == Some((Role::Admin, None)), "nobody else runs the hub");
        assert!(!set(Some((Role::Clerk, None))) && staff() == Some((Role::Admin, None)));
        let other = store.add_account("eleni", Some("hash"), (Role::Admin, None), None, now).unwrap().unwrap();
        assert!(set(None) && staff().is_none());
        let set = |grant| store.set_ruled_grant(other, ("staff", grant), now).unwrap();
        assert!(!set(None) && !set(Some((Role::Clerk, None))), "what the house gave is the house's");
        assert!(store.account(other).unwrap().unwrap().is_admin());
    }

    #[test]
    fn new_08_whom_a_provider_rules_has_no_password_here_save_the_last_administrator() {
        let (_folder, store, now) = store();
        let waiting = Registration {
            id: secrets::draw_id(),
            name: "maria".into(),
            password: "hash".into(),
            email: "maria@example.gr".into(),
            profile: "{}".into(),
        };
        store.put_registration(&waiting, now).unwrap();
        let Activation::Account(maria) = store.activate(&waiting, now).unwrap() else { panic!("her name is free") };
        let has_password = |account| store.account(account).unwrap().unwrap().password.is_some();
        let rule = |account, grant| store.set_ruled_grant(account, ("staff", grant), now).unwrap();
        assert!(!store.drop_ruled_password(maria).unwrap() && has_password(maria), "a citizen keeps theirs");
        assert!(rule(maria, Some((Role::Admin, None))));
        assert!(!store.drop_ruled_password(maria).unwrap() && has_password(maria), "nobody else gets in");
        let admin = store.add_account("admin", Some("hash"), (Role::Admin, None), None, now).unwrap().unwrap();
        assert!(!store.drop_ruled_password(admin).unwrap() && has_password(admin), "the house's own");
        assert!(store.drop_ruled_password(maria).unwrap() && !has_password(maria));
        assert!(!store.drop_ruled_password(maria).unwrap(), "once");
        assert!(store.account(maria).unwrap().unwrap().staff.unwrap().is_ruled);
        assert!(!store.account(admin).unwrap().unwrap().staff.unwrap().is_ruled);
    }

    #[test]
    fn pre_03_what_the_register_said_is_kept_with_its_dates() {
        let (_folder, store, now) = store();
        let account = store.add_outer_account("maria", &known("1"), (None, "{}"), now).unwrap().unwrap();
        assert_eq!(store.staff_standing(account).unwrap(), None);
        for verdict in StaffVerdict::ALL {
            let standing = StaffStanding { verdict, at: now, ask_again_at: now + TimeDelta::days(30) };
            store.keep_staff_standing(account, &standing).unwrap();
            assert_eq!(store.staff_standing(account).unwrap(), Some(standing));
        }
    }
}
