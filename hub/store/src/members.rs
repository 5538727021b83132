//! Accounts of citizens at their end: unused for long, or erased on their own wish.

use chrono::{DateTime, Utc};

use crate::{
    error::Stored,
    file::Store,
    sql::{instant, millis, params},
};

/// Nobody's user name can begin so: it stands where an account was erased, and holds its number.
const ERASED: &str = "#";
/// An account that nobody of staff has. An agent is none.
const OF_CITIZEN: &str =
    "NOT EXISTS (SELECT 1 FROM account_grant WHERE account_grant.account = account.id AND role != 'agent')";

/// That nobody has used an account since, and its owner is not warned yet.
const TO_WARN: &str = "coalesce(used_at, created_at) < ?1 AND warned_at IS NULL AND disabled_at IS NULL";
/// That the owner of an account was warned before, and nobody has used it since.
const PAST_WARNING: &str = "warned_at <= ?1 AND disabled_at IS NULL";

/// A citizen's account that nobody uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnusedAccount {
    /// The number of the account.
    pub account: u32,
    /// When somebody was signed in with it last, or when it was made.
    pub since: DateTime<Utc>,
}

impl Store {
    /// A citizen's account is used.
    pub fn note_account_use(&self, account: u32, at: DateTime<Utc>) -> Stored<()> {
        let note = "UPDATE account SET used_at = ?1, warned_at = NULL WHERE id = ?2";
        self.sql.run(note, params![millis(at), account]).map(drop)
    }

    /// Citizens' accounts that nobody has used since, and whose owners are not warned yet.
    pub fn accounts_to_warn(&self, unused_since: DateTime<Utc>) -> Stored<Vec<UnusedAccount>> {
        let select = format!(
            "SELECT id, coalesce(used_at, created_at) FROM account WHERE {TO_WARN} AND {OF_CITIZEN} ORDER BY id"
        );
        self.sql.rows(&select, [millis(unused_since)], |row| {
            Ok(UnusedAccount { account: row.get(0)?, since: instant(row.get(1)?) })
        })
    }

    /// Whether this account is one of those that are to be warned.
    pub fn is_account_to_warn(&self, account: u32, unused_since: DateTime<Utc>) -> Stored<bool> {
        let is = format!("SELECT 1 FROM account WHERE {TO_WARN} AND id = ?2 AND {OF_CITIZEN}");
        Ok(self.sql.one(&is, params![millis(unused_since), account], |_| Ok(()))?.is_some())
    }

    /// The owner of an account was warned that it will be anonymised.
    pub fn note_account_warned(&self, account: u32, at: DateTime<Utc>) -> Stored<()> {
        self.sql.run("UPDATE account SET warned_at = ? WHERE id = ?", params![millis(at), account]).map(drop)
    }

    /// Citizens' accounts whose owners were warned before, and that nobody has used since.
    pub fn accounts_past_warning(&self, warned_before: DateTime<Utc>) -> Stored<Vec<u32>> {
        let select = format!("SELECT id FROM account WHERE {PAST_WARNING} AND {OF_CITIZEN} ORDER BY id");
        self.sql.rows(&select, [millis(warned_before)], |row| row.get(0))
    }

    /// Whether this account is one of those whose warning is past.
    pub fn is_account_past_warning(&self, account: u32, warned_before: DateTime<Utc>) -> Stored<bool> {
        let is = format!("SELECT 1 FROM account WHERE {PAST_WARNING} AND id = ?2 AND {OF_CITIZEN}");
        Ok(self.sql.one(&is, params![millis(warned_before), account], |_| Ok(()))?.is_some())
    }

    /// Accounts that were closed while a request was open, and have none open any more: number and address.
    pub fn closed_accounts(&self) -> Stored<Vec<(u32, Option<String>)>> {
        self.sql.rows(
            "SELECT account.id, account.email FROM account_standing JOIN account ON account.id = account_standing.account \
             WHERE json_extract(state, '$.life') = 'closed' AND name NOT LIKE '#%' AND NOT EXISTS (\
             SELECT 1 FROM request WHERE request.account = account.id AND closed_at IS NULL) ORDER BY account.id",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
    }

    /// Takes everything out that says whose a citizen's account was; what is left is a number. `false` for an account of
    /// staff, which is shut and not erased.
    pub fn erase_account(&self, account: u32, at: DateTime<Utc>) -> Stored<bool> {
        let erase = format!(
            "UPDATE account SET name = ?1 || id, password = '', email = NULL, email_proven_at = NULL, factor = NULL, \
             factor_step = NULL, recovery_salt = NULL, used_at = NULL, warned_at = NULL, language = NULL, \
             disabled_at = coalesce(disabled_at, ?2) WHERE id = ?3 AND {OF_CITIZEN}"
        );
        if self.sql.run(&erase, params![ERASED, millis(at), account])? == 0 {
            return Ok(false);
        }
        self.to_scrub.set(true);
        self.disable_account(account, at)?;
        self.erase_agents_of(account, at)?;
        self.sql.run("DELETE FROM account_profile WHERE account = ?", [account])?;
        self.erase_account_words(account)?;
        self.erase_role_words_of(account, at)?;
        self.sql.run("DELETE FROM account_address WHERE account = ?", [account])?;
        self.sql.run("DELETE FROM outer_identity WHERE account = ?", [account])?;
        self.sql.run("DELETE FROM staff_standing WHERE account = ?", [account])?;
        let links = "DELETE FROM account_link WHERE owner = ? OR owner LIKE ?";
        self.sql.run(links, params![format!("s{account}"), format!("m{account}-%")])?;
        Ok(true)
    }

    /// The account whose proven address this is, unless it is shut.
    pub fn account_of_address(&self, email: &str) -> Stored<Option<u32>> {
        let found = "SELECT id FROM account WHERE email = ? COLLATE NOCASE AND email_proven_at IS NOT NULL \
                     AND disabled_at IS NULL ORDER BY id LIMIT 1";
        self.sql.one(found, [email], |row| row.get(0))
    }

    /// The accounts that were erased since: number and when each was made, as tombstones name them.
    pub(crate) fn bury_account(&self, id: &[u8], at: DateTime<Utc>) -> Stored<usize> {
        let named = "SELECT id FROM account WHERE CAST(id || '/' || created_at AS BLOB) = ?1 AND name NOT LIKE ?2";
        let found: Option<u32> = self.sql.one(named, params![id, format!("{ERASED}%")], |row| row.get(0))?;
        Ok(usize::from(found.map(|account| self.erase_account(account, at)).transpose()?.unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::{Activation, OuterIdentity, Registration, Role, TombstoneKind};

    fn citizen(store: &Store, name: &str, now: DateTime<Utc>) -> u32 {
        let (id, password, email) = (secrets::draw_id(), "hash".to_owned(), format!("{name}@example.gr"));
        let waiting =
            Registration { id, name: name.into(), password, email, profile: "{\"name\":\"Ελένη\"}".into() };
        store.put_registration(&waiting, now).unwrap();
        match store.activate(&waiting, now).unwrap() {
            Activation::Account(account) => account,
            Activation::NameTaken => panic!("{name} is free"),
        }
    }

    #[test]
    fn fld_23_an_account_that_nobody_uses_is_warned_of_once_and_a_sign_in_keeps_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        store.add_account("admin", Some("hash"), (Role::Admin, None), None, now).unwrap();
        let (eleni, maria) = (citizen(&store, "eleni", now), citizen(&store, "maria", now));
        let later = now + TimeDelta::days(400);
        store.note_account_use(maria, later).unwrap();
        let warned: Vec<u32> =
            store.accounts_to_warn(later).unwrap().into_iter().map(|unused| unused.account).collect();
        assert_eq!(warned, [eleni], "staff are not");
        store.note_account_warned(eleni, later).unwrap();
        assert!(store.accounts_to_warn(later).unwrap().is_empty(), "once");
        assert!(store.accounts_past_warning(later - TimeDelta::days(1)).unwrap().is_empty());
        let end = later + TimeDelta::days(30);
        assert_eq!(store.accounts_past_warning(end).unwrap(), [eleni]);
        store.note_account_use(eleni, end).unwrap();
        assert!(store.accounts_past_warning(end).unwrap().is_empty(), "who signs in keeps it");
    }

    #[test]
    fn fld_23_what_is_left_of_an_erased_account_is_a_number_in_a_restored_copy_too() {
        let folder = tempfile::tempdir().unwrap();
        let (path, copy) = (folder.path().join("seira.db"), folder.path().join("copy.db"));
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let store = Store::open(&path).unwrap();
        let admin = store.add_account("admin", Some("hash"), (Role::Admin, None), None, now).unwrap().unwrap();
        let eleni = citizen(&store, "eleni", now);
        let identity = OuterIdentity { provider: "taxisnet".into(), subject: "123456783".into() };
        assert!(store.connect_identity(eleni, &identity, now).unwrap());
        drop(store);
        std::fs::copy(&path, &copy).unwrap();
        let store = Store::open(&path).unwrap();
        assert!(!store.erase_account(admin, now).unwrap(), "staff are shut, not erased");
        assert!(store.erase_account(eleni, now).unwrap());
        assert!(store.identities_of(eleni).unwrap().is_empty(), "whoever comes through TAXISnet again is somebody new");
        let left = store.account(eleni).unwrap().unwrap();
        assert_eq!((left.name.as_str(), left.email, left.disabled), (format!("#{eleni}").as_str(), None, true));
        assert_eq!(store.profile(eleni).unwrap(), None);
        let stones = store.tombstones(now).unwrap();
        assert!(stones.iter().any(|stone| stone.kind == TombstoneKind::Citizen), "{stones:?}");
        let older = Store::open(&copy).unwrap();
        assert_eq!(older.profile(eleni).unwrap().as_deref(), Some("{\"name\":\"Ελένη\"}"));
        older.bury(&stones).unwrap();
        assert_eq!((older.profile(eleni).unwrap(), older.account(eleni).unwrap().unwrap().email), (None, None));
        assert!(older.identities_of(eleni).unwrap().is_empty());
        assert_eq!(older.bury(&stones).unwrap(), 0, "once");
    }
}
