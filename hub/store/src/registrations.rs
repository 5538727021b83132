//! Citizens who registered and have not activated their account yet, and what is kept of those who have.

use chrono::{DateTime, Utc};
use office::Language;
use secrets::LinkOwner;
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::{Cells, Read, millis, params},
};

/// Somebody who registered: there is no account until the link in the mail is pressed (PET-03).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// What the link names.
    pub id: Uuid,
    /// The user name that they chose.
    pub name: String,
    /// Argon2id, as a PHC string.
    pub password: String,
    /// Where the link goes.
    pub email: String,
    /// What they said of themselves, as JSON.
    pub profile: String,
}

/// An account that citizens have activated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activation {
    /// The number of the new account.
    Account(u32),
    /// Somebody else has the user name by now.
    NameTaken,
}

const COLUMNS: &str = "SELECT id, name, password, email, profile FROM registration";

impl Store {
    /// Keeps a registration beside whatever waits for the same address: nobody's is ended by another's, and the one whose link is
    /// pressed by who registered counts. `false` if another has the user name.
    pub fn put_registration(&self, new: &Registration, now: DateTime<Utc>) -> Stored<bool> {
        if self.is_name_taken(&new.name, &new.email)? {
            return Ok(false);
        }
        let Registration { id, name, password, email, profile } = new;
        self.sql.run(
            "INSERT INTO registration(id, name, password, email, profile, first_at) VALUES(?, ?, ?, ?, ?, ?)",
            params![id.into_bytes(), name, password, email, profile, millis(now)],
        )?;
        Ok(true)
    }

    /// The language in which somebody registered; their account has it once it is made.
    pub fn set_registration_language(&self, id: Uuid, language: Language) -> Stored<()> {
        let set = "UPDATE registration SET language = ? WHERE id = ?";
        self.sql.run(set, params![language.tag(), id.into_bytes()]).map(drop)
    }

    /// Whether somebody has a user name, or waits for it with another address; `Maria` is `maria`.
    pub fn is_name_taken(&self, name: &str, email: &str) -> Stored<bool> {
        self.sql.only(
            "SELECT EXISTS (SELECT 1 FROM registration WHERE name = ?1 COLLATE NOCASE AND email != ?2 COLLATE NOCASE) \
             OR EXISTS (SELECT 1 FROM account WHERE name = ?1 COLLATE NOCASE)",
            params![name, email],
            |row| row.get(0),
        )
    }

    /// A registration that waits.
    pub fn registration(&self, id: Uuid) -> Stored<Option<Registration>> {
        self.sql.one(&format!("{COLUMNS} WHERE id = ?"), [id.into_bytes()], registration)
    }

    /// The registrations that wait for an address, the newest first; no more than a few are ever asked for.
    pub fn registrations_at(&self, email: &str) -> Stored<Vec<Registration>> {
        self.sql.rows(
            &format!("{COLUMNS} WHERE email = ? COLLATE NOCASE ORDER BY first_at DESC LIMIT 5"),
            [email],
            registration,
        )
    }

    /// Makes the account of a registration, whose address is proven by it.
    pub fn activate(&self, waiting: &Registration, now: DateTime<Utc>) -> Stored<Activation> {
        let Registration { id, name, password, email, profile } = waiting;
        let added = self.sql.run(
            "INSERT OR IGNORE INTO account(name, password, email, email_proven_at, created_at, language) \
             VALUES(?1, ?2, ?3, ?4, ?4, (SELECT language FROM registration WHERE id = ?5))",
            params![name, password, email, millis(now), id.into_bytes()],
        )?;
        if added == 0 {
            return Ok(Activation::NameTaken);
        }
        let account = self.sql.last_number();
        self.set_profile(account, profile, now)?;
        let address = self.address_of(email, now)?.id;
        self.prove_address(address, now)?;
        self.drop_registration(*id)?;
        // Whatever else waits for the address is nobody's any more.
        let others: Vec<[u8; 16]> =
            self.sql.rows("SELECT id FROM registration WHERE email = ? COLLATE NOCASE", [email], |row| row.get(0))?;
        others.iter().try_for_each(|id| self.drop_registration(Uuid::from_bytes(*id)))?;
        Ok(Activation::Account(account))
    }

    /// Forgets registrations that nobody has activated since, and their links.
    pub fn forget_registrations(&self, before: DateTime<Utc>) -> Stored<usize> {
        let past: Vec<[u8; 16]> =
            self.sql.rows("SELECT id FROM registration WHERE first_at < ?", [millis(before)], |row| row.get(0))?;
        past.iter().try_for_each(|id| self.drop_registration(Uuid::from_bytes(*id)))?;
        self.to_scrub.set(self.to_scrub.get() || !past.is_empty());
        Ok(past.len())
    }

    fn drop_registration(&self, id: Uuid) -> Stored<()> {
        self.buried.set(true);
        self.sql.run("DELETE FROM registration WHERE id = ?", [id.into_bytes()])?;
        let owner = LinkOwner::Registration(id).written();
        self.sql.run("DELETE FROM account_link WHERE owner = ?", [owner]).map(drop)
    }

    /// What somebody said of themselves, as JSON, in the place of what they said before.
    pub fn set_profile(&self, account: u32, body: &str, now: DateTime<Utc>) -> Stored<()> {
        let set = "INSERT OR REPLACE INTO account_profile(account, body, at) VALUES(?, ?, ?)";
        self.sql.run(set, params![account, body, millis(now)]).map(drop)
    }

    /// What somebody said of themselves, as JSON.
    pub fn profile(&self, account: u32) -> Stored<Option<String>> {
        self.sql.one("SELECT body FROM account_profile WHERE account = ?", [account], |row| row.get(0))
    }

    /// The account whose proven address this is, if it can be used; the oldest of several.
    pub fn account_at(&self, email: &str) -> Stored<Option<u32>> {
        let at = "SELECT id FROM account WHERE email = ? COLLATE NOCASE AND email_proven_at IS NOT NULL \
                  AND disabled_at IS NULL ORDER BY id LIMIT 1";
        self.sql.one(at, [email], |row| row.get(0))
    }
}

fn registration(row: &Cells<'_>) -> Read<Registration> {
    Ok(Registration {
        id: Uuid::from_bytes(row.get(0)?),
        name: row.get(1)?,
        password: row.get(2)?,
        email: row.get(3)?,
        profile: row.get(4)?,
    })
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    fn waiting(name: &str, email: &str) -> Registration {
        let (name, email) = (name.to_owned(), email.to_owned());
        Registration { id: secrets::draw_id(), name, password: "hash".into(), email, profile: "{}".into() }
    }

    #[test]
    fn pet_03_there_is_no_account_before_the_link_is_pressed() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let first = waiting("maria", "Maria@example.gr");
        assert!(store.put_registration(&first, now).unwrap());
        assert!(store.accounts().unwrap().is_empty() && store.account_at("maria@example.gr").unwrap().is_none());
        assert!(!store.put_registration(&waiting("MARIA", "other@example.gr"), now).unwrap(), "the name waits for her");
        let again = waiting("maria.k", "maria@example.gr");
        assert!(store.put_registration(&again, now + TimeDelta::days(20)).unwrap());
        assert!(store.registration(first.id).unwrap().is_some(), "nobody's is ended by another's");
        let Activation::Account(account) = store.activate(&again, now).unwrap() else { panic!("her name is free") };
        let made = store.account(account).unwrap().unwrap();
        assert!(made.email_proven && !made.is_staff() && !made.scope().covers(Some(1)) && !made.scope().covers(None));
        assert_eq!(
            (store.profile(account).unwrap().as_deref(), store.registration(again.id).unwrap()),
            (Some("{}"), None)
        );
        assert_eq!(store.registration(first.id).unwrap(), None, "with the account the others are gone");
        assert!(store.account_at("MARIA@example.gr").unwrap() == Some(account));
        assert!(!store.put_registration(&waiting("Maria.K", "third@example.gr"), now).unwrap());
    }

    #[test]
    fn pet_03_who_never_pressed_the_link_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        store.put_registration(&waiting("maria", "maria@example.gr"), now).unwrap();
        assert_eq!(store.forget_registrations(now).unwrap(), 0);
        assert_eq!(store.forget_registrations(now + TimeDelta::milliseconds(1)).unwrap(), 1);
        assert_eq!(store.registrations_at("maria@example.gr").unwrap(), []);
    }
}
