//! What opens an account beside its password: the secret of an authenticator app, recovery codes, and links that were sent.

use chrono::{DateTime, Utc};
use secrets::{AccountErrand, FactorSecret, LinkOwner, ServerKey};

use crate::{
    accounts::Account,
    error::Stored,
    file::Store,
    sql::{instant, millis, params},
};

/// A link that was made for an account, until it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedLink {
    /// The account that the link opens, or the registration from which one is made.
    pub owner: LinkOwner,
    /// Which page the link opens, and what it does there.
    pub errand: AccountErrand,
    /// When it was made, in milliseconds since 1970.
    pub issued_at: i64,
    /// Good until then.
    pub expires_at: DateTime<Utc>,
    /// Where it was sent, if it was; whoever uses it has shown that this address is theirs.
    pub email: Option<String>,
}

impl Store {
    /// Keeps a link; the one before it, for the same errand, is good no longer.
    pub fn put_account_link(&self, link: &IssuedLink) -> Stored<()> {
        let IssuedLink { owner, errand, issued_at, expires_at, email } = link;
        self.sql
            .run(
                "INSERT OR REPLACE INTO account_link(owner, errand, issued_at, expires_at, email) VALUES(?, ?, ?, ?, ?)",
                params![owner.written(), errand.name(), issued_at, millis(*expires_at), email],
            )
            .map(drop)
    }

    /// A link that is still good; its newest alone is.
    pub fn account_link(
        &self,
        (owner, errand, issued_at): (LinkOwner, AccountErrand, i64),
        now: DateTime<Utc>,
    ) -> Stored<Option<IssuedLink>> {
        self.sql.one(
            "SELECT expires_at, email FROM account_link WHERE owner = ? AND errand = ? AND issued_at = ? AND expires_at > ?",
            params![owner.written(), errand.name(), issued_at, millis(now)],
            |row| {
                let expires_at = instant(row.get(0)?);
                Ok(IssuedLink { owner, errand, issued_at, expires_at, email: row.get(1)? })
            },
        )
    }

    /// Uses a link up; nothing, if it is good no longer.
    pub fn use_account_link(
        &self,
        name: (LinkOwner, AccountErrand, i64),
        now: DateTime<Utc>,
    ) -> Stored<Option<IssuedLink>> {
        let found = self.account_link(name, now)?;
        if found.is_some() {
            let (owner, errand, _) = name;
            let used = "DELETE FROM account_link WHERE owner = ? AND errand = ?";
            self.sql.run(used, params![owner.written(), errand.name()])?;
        }
        Ok(found)
    }

    /// Ends the links by which somebody sets a password, or proves another address: they have a password that they know, or may
    /// have none, and whoever asked for the address before is not to get in by it.
    pub fn end_password_links(&self, owner: LinkOwner) -> Stored<()> {
        use AccountErrand::{Address, DeskAddress, Forgotten, Invited};
        let [first, second, third, fourth] = [Invited, Forgotten, Address, DeskAddress].map(AccountErrand::name);
        let end = "DELETE FROM account_link WHERE owner = ? AND errand IN (?, ?, ?, ?)";
        self.sql.run(end, params![owner.written(), first, second, third, fourth]).map(drop)
    }

    /// Whoever had the mails of an account until a moment has them again: what was sent to those who had them after it opens
    /// nothing any more.
    pub fn end_moves_since(&self, account: u32, at: i64) -> Stored<()> {
        let end = "DELETE FROM account_link WHERE owner LIKE ? AND issued_at >= ?";
        self.sql.run(end, params![format!("m{account}-%"), at]).map(drop)
    }

    /// Forgets links that nobody used in time.
    pub fn forget_account_links(&self, now: DateTime<Utc>) -> Stored<usize> {
        let gone = self.sql.run("DELETE FROM account_link WHERE expires_at <= ?", [millis(now)])?;
        // An address that was never proven stands in them.
        self.to_scrub.set(self.to_scrub.get() || gone > 0);
        Ok(gone)
    }

    /// Sets where an account's mails go, and since when that address is known to be its owner's.
    pub fn set_account_email(&self, account: u32, email: Option<&str>, proven_at: Option<DateTime<Utc>>) -> Stored<()> {
        let set = "UPDATE account SET email = ?, email_proven_at = ? WHERE id = ?";
        self.sql.run(set, params![email, proven_at.map(millis), account]).map(drop)
    }

    /// Gives an account an app for its second factor, in place of the one before: its recovery codes are made anew. `false` if
    /// it has other second factors by now than it had.
    pub fn set_factor(&self, before: &Account, sealed: &[u8], step: i64) -> Stored<bool> {
        let set = self.sql.run(
            "UPDATE account SET factor = ?, factor_step = ? WHERE id = ? AND factor IS ? AND passkey_change = ? \
             AND disabled_at IS NULL",
            params![sealed, step, before.id, before.factor, before.passkey_change],
        )?;
        Ok(set == 1)
    }

    /// Takes every second factor of an account away, with its recovery codes, and ends its sessions, save one.
    pub fn drop_factor(&self, account: u32, keep: Option<&[u8; 32]>, at: DateTime<Utc>) -> Stored<()> {
        let set = "UPDATE account SET factor = NULL, factor_step = NULL, recovery_salt = NULL WHERE id = ?";
        self.sql.run(set, [account])?;
        self.sql.run("DELETE FROM recovery_code WHERE account = ?", [account])?;
        self.drop_passkeys(account, at)?;
        self.end_logins_but(account, keep)
    }

    /// Seals every second factor anew with another key. One that its own key does not open stays as it is: its owner has the
    /// recovery codes.
    pub(crate) fn reseal_factors(&self, old: &ServerKey, new: &ServerKey) -> Stored<()> {
        let kept: Vec<(u32, Vec<u8>)> =
            self.sql.rows("SELECT id, factor FROM account WHERE factor IS NOT NULL", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        for (account, sealed) in kept {
            let Some(secret) = FactorSecret::unsealed(old, account, &sealed) else { continue };
            self.sql
                .run("UPDATE account SET factor = ? WHERE id = ?", params![secret.sealed(new, account), account])?;
        }
        Ok(())
    }

    /// A code of this step was typed; `false` if it, or a later one, was typed before, or the second factor is another.
    pub fn use_factor_step(&self, account: u32, factor: &[u8], step: i64) -> Stored<bool> {
        let used = self.sql.run(
            "UPDATE account SET factor_step = ?1 WHERE id = ?2 AND factor = ?3 AND (factor_step IS NULL OR factor_step < ?1)",
            params![step, account, factor],
        )?;
        Ok(used == 1)
    }

    /// Keeps recovery codes, as hashes with one salt; those before are good no longer.
    pub fn put_recovery_codes(&self, account: u32, salt: &[u8], hashes: &[[u8; 32]]) -> Stored<()> {
        self.sql.run("DELETE FROM recovery_code WHERE account = ?", [account])?;
        self.sql.run("UPDATE account SET recovery_salt = ? WHERE id = ?", params![salt, account])?;
        let mut insert = self.sql.prepared("INSERT INTO recovery_code(account, hash) VALUES(?, ?)")?;
        hashes.iter().try_for_each(|hash| insert.run(params![account, hash.as_slice()]).map(drop))
    }

    /// A recovery code was typed, and is used up; `false` if there is no such code.
    pub fn use_recovery_code(&self, account: u32, hash: &[u8; 32]) -> Stored<bool> {
        let used = "DELETE FROM recovery_code WHERE account = ? AND hash = ?";
        Ok(self.sql.run(used, params![account, hash.as_slice()])? == 1)
    }

    /// How many recovery codes an account still has.
    pub fn recovery_codes_left(&self, account: u32) -> Stored<u32> {
        self.sql.only("SELECT count(*) FROM recovery_code WHERE account = ?", [account], |row| row.get(0))
    }

    /// Ends every session of an account, save one.
    pub fn end_logins_but(&self, account: u32, keep: Option<&[u8; 32]>) -> Stored<()> {
        let end = "DELETE FROM login WHERE account = ? AND token_hash IS NOT ?";
        self.sql.run(end, params![account, keep.map(<[u8; 32]>::as_slice)]).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::Role;

    #[test]
    fn new_08_a_link_is_good_once_and_the_newest_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let owner = LinkOwner::Account(1);
        let put = |errand, issued_at| {
            let expires_at = now + TimeDelta::hours(1);
            let link = IssuedLink { owner, errand, issued_at, expires_at, email: Some("a@example.gr".into()) };
            store.put_account_link(&link).unwrap();
        };
        let uses = |errand, issued_at, at| store.use_account_link((owner, errand, issued_at), at).unwrap().is_some();
        put(AccountErrand::Forgotten, 1);
        put(AccountErrand::Forgotten, 2);
        assert!(!uses(AccountErrand::Forgotten, 1, now), "another took its place");
        assert!(!uses(AccountErrand::Invited, 2, now), "it is for something else");
        assert!(!uses(AccountErrand::Forgotten, 2, now + TimeDelta::hours(1)), "it is too old");
        assert!(uses(AccountErrand::Forgotten, 2, now) && !uses(AccountErrand::Forgotten, 2, now));
        put(AccountErrand::Forgotten, 3);
        put(AccountErrand::Invited, 3);
        put(AccountErrand::Address, 3);
        store.end_password_links(owner).unwrap();
        assert!(!uses(AccountErrand::Forgotten, 3, now) && !uses(AccountErrand::Invited, 3, now));
        assert_eq!(store.forget_account_links(now + TimeDelta::hours(1)).unwrap(), 0);
    }

    #[test]
    fn new_08_a_code_is_good_once_and_in_its_order_and_a_recovery_code_once() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let id = store.add_account("eleni", Some("hash"), (Role::Clerk, None), None, now).unwrap().unwrap();
        let before = store.account(id).unwrap().unwrap();
        assert!(store.set_factor(&before, b"one", 10).unwrap());
        assert!(!store.set_factor(&before, b"two", 10).unwrap(), "somebody was faster");
        assert!(!store.use_factor_step(id, b"one", 10).unwrap(), "that of its setting up is used");
        assert!(store.use_factor_step(id, b"one", 11).unwrap() && !store.use_factor_step(id, b"one", 11).unwrap());
        assert!(!store.use_factor_step(id, b"two", 12).unwrap());
        store.put_recovery_codes(id, b"salt", &[[1; 32], [2; 32]]).unwrap();
        assert_eq!(store.recovery_codes_left(id).unwrap(), 2);
        assert!(store.use_recovery_code(id, &[1; 32]).unwrap() && !store.use_recovery_code(id, &[1; 32]).unwrap());
        store.put_recovery_codes(id, b"salt", &[[3; 32]]).unwrap();
        assert!(!store.use_recovery_code(id, &[2; 32]).unwrap(), "those before are over");
        store.drop_factor(id, None, now).unwrap();
        assert_eq!(store.recovery_codes_left(id).unwrap(), 0);
        assert!(!store.use_factor_step(id, b"one", 20).unwrap());
    }
}
