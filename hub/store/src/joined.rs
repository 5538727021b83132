//! Accounts of one person that were joined: the one that stays has the bookings that were made with the other's address.

use chrono::{DateTime, Utc};
use office::AddressId;
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::{millis, params},
};

impl Store {
    /// The addresses of accounts that were joined to one, beside its own.
    pub fn joined_addresses(&self, account: u32) -> Stored<Vec<AddressId>> {
        let select = "SELECT address FROM account_address WHERE account = ? ORDER BY at, address";
        self.sql.rows(select, [account], |row| Ok(AddressId(Uuid::from_bytes(row.get(0)?))))
    }

    /// The same, as mails go there.
    pub fn joined_emails(&self, account: u32) -> Stored<Vec<String>> {
        let select = "SELECT email FROM account_address JOIN address ON address.id = account_address.address \
                      WHERE account = ? ORDER BY at, email";
        self.sql.rows(select, [account], |row| row.get(0))
    }

    /// What was found with one account is found with another from now on: bookings by its address, and who vouches for its owner
    /// elsewhere, where nobody of the same name does for the other.
    pub fn join_account(&self, from: u32, into: u32, now: DateTime<Utc>) -> Stored<()> {
        let email = self.account(from)?.filter(|account| account.email_proven).and_then(|account| account.email);
        if let Some(address) = email.map(|email| self.address_id(&email)).transpose()?.flatten() {
            let join = "INSERT OR IGNORE INTO account_address(account, address, at) VALUES(?, ?, ?)";
            self.sql.run(join, params![into, address.0.into_bytes(), millis(now)])?;
        }
        self.sql.run("UPDATE OR IGNORE account_address SET account = ? WHERE account = ?", [into, from])?;
        self.move_agents(from, into)?;
        self.sql.run(
            "UPDATE outer_identity SET account = ?1 WHERE account = ?2 \
             AND provider NOT IN (SELECT provider FROM outer_identity WHERE account = ?1)",
            [into, from],
        )?;
        self.sql.run("UPDATE OR IGNORE staff_standing SET account = ? WHERE account = ?", [into, from]).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, OuterIdentity, Registration};

    #[test]
    fn pla_02_what_was_found_with_one_account_is_found_with_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let citizen = |name: &str| {
            let (id, password, email) = (secrets::draw_id(), "hash".to_owned(), format!("{name}@example.gr"));
            let waiting = Registration { id, name: name.into(), password, email, profile: "{}".into() };
            store.put_registration(&waiting, now).unwrap();
            match store.activate(&waiting, now).unwrap() {
                Activation::Account(account) => account,
                Activation::NameTaken => panic!("{name} is free"),
            }
        };
        let (maria, second, third) = (citizen("maria"), citizen("second"), citizen("third"));
        let taxisnet = OuterIdentity { provider: "taxisnet".into(), subject: "123456783".into() };
        assert!(store.connect_identity(third, &taxisnet, now).unwrap());
        store.join_account(third, second, now).unwrap();
        assert!(store.erase_account(third, now).unwrap());
        assert_eq!(store.identities_of(second).unwrap(), std::slice::from_ref(&taxisnet), "they went along");
        store.join_account(second, maria, now).unwrap();
        assert!(store.erase_account(second, now).unwrap());
        assert_eq!(store.joined_emails(maria).unwrap(), ["second@example.gr", "third@example.gr"]);
        let addresses =
            ["second@example.gr", "third@example.gr"].map(|email| store.address_id(email).unwrap().unwrap());
        let mut joined = store.joined_addresses(maria).unwrap();
        joined.sort_by_key(|address| addresses.iter().position(|one| one == address));
        assert_eq!(joined, addresses);
        assert_eq!(store.identities_of(maria).unwrap(), [taxisnet]);
        assert!(store.erase_account(maria, now).unwrap());
        assert!(store.joined_addresses(maria).unwrap().is_empty(), "it goes with the account");
    }
}
