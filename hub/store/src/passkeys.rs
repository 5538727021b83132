//! Passkeys of accounts: public keys, which need no sealing, and in which order their questions were answered.

use chrono::{DateTime, Utc};

use crate::{
    accounts::Account,
    error::Stored,
    file::Store,
    sql::{Cells, Read, instant, millis, params},
    tombstones::TombstoneKind,
};

/// An account may have so many passkeys: a phone, a computer, two keys in two drawers, and their successors. Each is named to
/// the browser at every sign-in.
pub const PASSKEYS_MAX: u32 = 10;

/// A passkey as it is added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPasskey {
    /// As its owner calls it.
    pub name: String,
    /// By which its authenticator knows it.
    pub id: Vec<u8>,
    /// By which the authenticator knows its owner.
    pub owner: [u8; 16],
    /// Over which lines it was reached.
    pub lines: u8,
    /// The public key.
    pub key: Vec<u8>,
    /// Its counter, and whether its owner's other devices may have it too.
    pub state: [u8; 7],
    /// When the question was asked that it answered, in milliseconds since 1970.
    pub asked_at: i64,
}

/// A passkey that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyRow {
    /// The number of the row.
    pub number: i64,
    /// What was added, as it is since it was last used.
    pub passkey: NewPasskey,
    /// When it was added.
    pub added_at: DateTime<Utc>,
    /// When somebody signed in with it last.
    pub used_at: Option<DateTime<Utc>>,
}

/// What came of a wish to take a passkey away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyRemoval {
    /// It is gone; whether the account has another second factor.
    Gone {
        /// Whether the account still has a second factor.
        has_another: bool,
    },
    /// It was the last second factor of an account that has to have one.
    Last,
    /// The account has no such passkey.
    None,
}

impl Store {
    /// The passkeys of an account, the oldest first.
    pub fn passkeys(&self, account: u32) -> Stored<Vec<PasskeyRow>> {
        let question = "SELECT number, name, id, owner, lines, key, state, added_at, used_at, asked_at FROM passkey \
                        WHERE account = ? ORDER BY number";
        self.sql.rows(question, [account], passkey)
    }

    /// Keeps a passkey of an account whose second factors are still what they were; `false` where they are not, where it has as
    /// many passkeys as it may have, or where the passkey is somebody's already.
    pub fn add_passkey(&self, before: &Account, passkey: &NewPasskey, at: DateTime<Utc>) -> Stored<bool> {
        let account = before.id;
        let NewPasskey { name, id, owner, lines, key, state, asked_at } = passkey;
        let added = self.sql.run(
            "INSERT OR IGNORE INTO passkey(account, name, id, owner, lines, key, state, added_at, asked_at) \
             SELECT id, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 FROM account \
             WHERE id = ?1 AND passkey_change = ?2 AND factor IS ?12 AND disabled_at IS NULL \
             AND (SELECT count(*) FROM passkey WHERE passkey.account = ?1) < ?11",
            params![
                account,
                before.passkey_change,
                name,
                id,
                owner.as_slice(),
                lines,
                key,
                state.as_slice(),
                millis(at),
                asked_at,
                PASSKEYS_MAX,
                before.factor
            ],
        )?;
        if added == 1 {
            self.note_passkey_change(account)?;
        }
        Ok(added == 1)
    }

    /// A passkey answered a question; `false` if it answered this or a later one before, or is another by now.
    pub fn use_passkey(&self, before: &PasskeyRow, asked_at: i64, state: &[u8; 7], at: DateTime<Utc>) -> Stored<bool> {
        let used = self.sql.run(
            "UPDATE passkey SET asked_at = ?1, state = ?2, used_at = ?3 \
             WHERE number = ?4 AND asked_at < ?1 AND id = ?5 AND state = ?6",
            params![
                asked_at,
                state.as_slice(),
                millis(at),
                before.number,
                before.passkey.id,
                before.passkey.state.as_slice()
            ],
        )?;
        Ok(used == 1)
    }

    /// Takes a passkey away, and ends the account's sessions, save one. With the last second factor the recovery codes go.
    pub fn drop_passkey(
        &self,
        (account, number): (u32, i64),
        is_demanded: bool,
        keep: Option<&[u8; 32]>,
        at: DateTime<Utc>,
    ) -> Stored<PasskeyRemoval> {
        let others = "SELECT (SELECT count(*) FROM passkey WHERE account = ?1 AND number <> ?2) + \
                      (SELECT count(*) FROM account WHERE id = ?1 AND factor IS NOT NULL)";
        let has_another = self.sql.only(others, params![account, number], |row| row.get::<_, i64>(0))? > 0;
        let is_there = "SELECT count(*) FROM passkey WHERE account = ? AND number = ?";
        if self.sql.only(is_there, params![account, number], |row| row.get::<_, i64>(0))? == 0 {
            return Ok(PasskeyRemoval::None);
        }
        if is_demanded && !has_another {
            return Ok(PasskeyRemoval::Last);
        }
        self.note_passkeys_gone((account, Some(number)), at)?;
        self.sql.run("DELETE FROM passkey WHERE account = ? AND number = ?", params![account, number])?;
        self.note_passkey_change(account)?;
        if !has_another {
            self.sql.run("UPDATE account SET recovery_salt = NULL WHERE id = ?", [account])?;
            self.sql.run("DELETE FROM recovery_code WHERE account = ?", [account])?;
        }
        self.end_logins_but(account, keep)?;
        Ok(PasskeyRemoval::Gone { has_another })
    }

    /// Takes every passkey of an account away.
    pub(crate) fn drop_passkeys(&self, account: u32, at: DateTime<Utc>) -> Stored<()> {
        self.note_passkeys_gone((account, None), at)?;
        self.sql.run("DELETE FROM passkey WHERE account = ?", [account])?;
        self.note_passkey_change(account)
    }

    /// A passkey of an account, or each of them, is gone, so that no copy from before brings back one that was stolen.
    fn note_passkeys_gone(&self, (account, number): (u32, Option<i64>), at: DateTime<Utc>) -> Stored<()> {
        let ids = "SELECT id FROM passkey WHERE account = ?1 AND number = coalesce(?2, number)";
        let ids: Vec<Vec<u8>> = self.sql.rows(ids, params![account, number], |row| row.get(0))?;
        ids.iter().try_for_each(|id| self.note_gone(TombstoneKind::Passkey, id, at))
    }

    fn note_passkey_change(&self, account: u32) -> Stored<()> {
        self.sql.run("UPDATE account SET passkey_change = passkey_change + 1 WHERE id = ?", [account]).map(drop)
    }
}

fn passkey(row: &Cells<'_>) -> Read<PasskeyRow> {
    let passkey = NewPasskey {
        name: row.get(1)?,
        id: row.get(2)?,
        owner: row.get(3)?,
        lines: row.get(4)?,
        key: row.get(5)?,
        state: row.get(6)?,
        asked_at: row.get(9)?,
    };
    Ok(PasskeyRow {
        number: row.get(0)?,
        passkey,
        added_at: instant(row.get(7)?),
        used_at: row.get::<_, Option<i64>>(8)?.map(instant),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    fn passkey(id: u8) -> NewPasskey {
        NewPasskey {
            name: "Κινητό".into(),
            id: vec![id; 16],
            owner: [1; 16],
            lines: 0,
            key: vec![2; 40],
            state: [0; 7],
            asked_at: 100,
        }
    }

    #[test]
    fn new_08_a_passkey_answers_each_question_once_and_the_last_one_stays_where_it_is_demanded() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let id = store.add_account("eleni", Some("hash"), (Role::Clerk, None), None, now).unwrap().unwrap();
        let other = store.add_account("nikos", Some("hash"), (Role::Clerk, None), None, now).unwrap().unwrap();
        let account = || store.account(id).unwrap().unwrap();
        let bare = account();
        assert!(!account().has_factor());
        assert!(store.add_passkey(&bare, &passkey(1), now).unwrap());
        assert!(account().has_factor() && account().passkeys == 1);
        assert!(!store.add_passkey(&bare, &passkey(2), now).unwrap(), "the question was asked before the first");
        assert!(
            !store.add_passkey(&store.account(other).unwrap().unwrap(), &passkey(1), now).unwrap(),
            "it is somebody else's"
        );
        let row = || store.passkeys(id).unwrap().remove(0);
        let first = row();
        assert!(!store.use_passkey(&first, 100, &[0; 7], now).unwrap(), "the one by which it was made");
        assert!(store.use_passkey(&first, 101, &[1; 7], now).unwrap());
        assert!(!store.use_passkey(&row(), 101, &[1; 7], now).unwrap(), "a replay");
        assert!(!store.use_passkey(&first, 102, &[1; 7], now).unwrap(), "another answer was faster");
        assert!(store.use_passkey(&row(), 102, &[2; 7], now).unwrap());
        assert_eq!((row().used_at, row().passkey.state), (Some(now), [2; 7]));
        assert!(!store.set_factor(&bare, b"app", 1).unwrap(), "an app, by who saw the account without a second factor");
        store.put_recovery_codes(id, b"salt", &[[1; 32]]).unwrap();
        assert_eq!(store.drop_passkey((id, 77), true, None, now).unwrap(), PasskeyRemoval::None);
        assert_eq!(store.drop_passkey((other, first.number), false, None, now).unwrap(), PasskeyRemoval::None);
        assert_eq!(store.drop_passkey((id, first.number), true, None, now).unwrap(), PasskeyRemoval::Last);
        for nth in 2..=11 {
            let is_added = store.add_passkey(&account(), &passkey(nth), now).unwrap();
            assert_eq!(is_added, nth <= 10, "{nth}");
        }
        let before = account();
        let gone = store.drop_passkey((id, first.number), true, None, now).unwrap();
        assert_eq!(gone, PasskeyRemoval::Gone { has_another: true });
        assert!(!account().signs_in_like(&before) && store.recovery_codes_left(id).unwrap() == 1);
        store.drop_factor(id, None, now).unwrap();
        assert!(store.passkeys(id).unwrap().is_empty() && !account().has_factor());
        assert!(store.add_passkey(&account(), &passkey(1), now).unwrap());
        store.put_recovery_codes(id, b"salt", &[[1; 32]]).unwrap();
        let gone = store.drop_passkey((id, row().number), false, None, now).unwrap();
        assert_eq!((gone, store.recovery_codes_left(id).unwrap()), (PasskeyRemoval::Gone { has_another: false }, 0));
        assert!(store.add_passkey(&account(), &passkey(1), now).unwrap());
        store.disable_account(id, now).unwrap();
        assert!(store.passkeys(id).unwrap().is_empty(), "nothing outlives it");
    }
}
