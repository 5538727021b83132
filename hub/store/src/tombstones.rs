//! Who was shut out and what was erased, by ids that say nothing: what a backup from before must not bring back.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use office::{AddressId, NoteId, PersonId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    scope::OfficeScope,
    sql::{instant, millis, params},
};

/// What is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TombstoneKind {
    /// A citizen was erased.
    Person,
    /// A device was shut out.
    Device,
    /// A member of staff may sign in no more.
    Account,
    /// A citizen's account was erased.
    Citizen,
    /// An agent may sign in no more.
    Agent,
    /// A note was erased.
    Note,
    /// A document was taken back.
    Document,
    /// What was written with a request was erased.
    RequestWords,
    /// What was written with a conference, or with a request to be a coordinator, was erased.
    BodyWords,
    /// What a visitor wrote after a visit was erased.
    FeedbackWords,
    /// Who was invited to a conference was erased.
    Participant,
    /// A grant was taken back.
    Grant,
    /// A passkey was taken away.
    Passkey,
    /// Level B was revoked, or ended.
    Certificate,
    /// Staff let nobody in with an account.
    Block,
    /// An account was given up while a request was open.
    Closure,
}

impl TombstoneKind {
    /// What leaves no row behind when it goes: a setting of the file says so, whose name begins so.
    const ROWLESS: [(Self, &str); 3] =
        [(Self::Document, "gone-document-"), (Self::Grant, "gone-grant-"), (Self::Passkey, "gone-passkey-")];
}

/// Something that is gone, and since when.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tombstone {
    /// What it was.
    pub kind: TombstoneKind,
    /// Which: ids that were drawn; for accounts the number and when it was made, since another file may give the number
    /// to somebody else.
    pub id: Vec<u8>,
    /// When it went.
    pub at: DateTime<Utc>,
}

impl Store {
    /// What is gone since a time.
    pub fn tombstones(&self, since: DateTime<Utc>) -> Stored<Vec<Tombstone>> {
        let tables = [
            (TombstoneKind::Person, "SELECT id, x'', erased_at FROM people WHERE erased_at >= ?"),
            (TombstoneKind::Device, "SELECT id, x'', revoked_at FROM device WHERE revoked_at >= ?"),
            (
                TombstoneKind::Account,
                "SELECT CAST(id || '/' AS BLOB), CAST(created_at AS BLOB), disabled_at FROM account \
                WHERE disabled_at >= ? AND name NOT LIKE '#%'",
            ),
            (
                TombstoneKind::Citizen,
                "SELECT CAST(id || '/' AS BLOB), CAST(created_at AS BLOB), disabled_at FROM account \
                WHERE disabled_at >= ? AND name LIKE '#%'",
            ),
            (
                TombstoneKind::Agent,
                "SELECT CAST(id || '/' AS BLOB), address, disabled_at FROM agent WHERE disabled_at >= ?",
            ),
            (TombstoneKind::Note, "SELECT id, x'', erased_at FROM note WHERE erased_at >= ?"),
            (TombstoneKind::RequestWords, "SELECT id, x'', erased_at FROM request_words WHERE erased_at >= ?"),
            (TombstoneKind::BodyWords, "SELECT id, x'', erased_at FROM body_words WHERE erased_at >= ?"),
            (TombstoneKind::FeedbackWords, "SELECT id, x'', erased_at FROM feedback_words WHERE erased_at >= ?"),
            (TombstoneKind::Participant, "SELECT id, x'', erased_at FROM conference_participant WHERE erased_at >= ?"),
        ];
        let mut gone = Vec::new();
        for (kind, select) in tables {
            let some: Vec<Tombstone> = self.sql.rows(select, [millis(since)], |row| {
                let id = [row.get::<_, Vec<u8>>(0)?, row.get(1)?].concat();
                Ok(Tombstone { kind, id, at: instant(row.get(2)?) })
            })?;
            gone.extend(some);
        }
        gone.extend(self.standings_gone(since)?);
        for (kind, prefix) in TombstoneKind::ROWLESS {
            let settings: Vec<(String, Vec<u8>)> =
                self.sql.rows("SELECT key, value FROM meta WHERE key >= ?1 AND key < ?1 || 'z'", [prefix], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })?;
            gone.extend(settings.into_iter().filter_map(|(key, value)| {
                let id = of_hex(key.strip_prefix(prefix)?)?;
                let at = instant(i64::from_be_bytes(value.try_into().ok()?));
                (at >= since).then_some(Tombstone { kind, id, at })
            }));
        }
        Ok(gone)
    }

    /// Takes out again what was gone already when this file was a copy of an older one; says how much of it was there.
    pub fn bury(&self, gone: &[Tombstone]) -> Stored<usize> {
        let mut buried = 0;
        for Tombstone { kind, id, at } in gone {
            let uuid = Uuid::from_slice(id).unwrap_or_default();
            buried += match kind {
                TombstoneKind::Person => self.bury_person(PersonId(uuid), *at)?,
                TombstoneKind::Device => usize::from(self.revoke_device(OfficeScope::granted(None), uuid, *at)?),
                TombstoneKind::Account => self.sql.run(
                    "UPDATE account SET disabled_at = ?1 WHERE CAST(id || '/' || created_at AS BLOB) = ?2 \
                     AND disabled_at IS NULL",
                    params![millis(*at), id],
                )?,
                TombstoneKind::Citizen => self.bury_account(id, *at)?,
                // Invited again later, an agent was let in again.
                TombstoneKind::Agent => self.sql.run(
                    // What is joined is text, which no blob is equal to.
                    "UPDATE agent SET disabled_at = ?1 WHERE CAST(CAST(id || '/' AS BLOB) || address AS BLOB) = ?2 \
                     AND disabled_at IS NULL AND invited_at <= ?1",
                    params![millis(*at), id],
                )?,
                TombstoneKind::RequestWords => self.bury_request_words(uuid, *at)?,
                TombstoneKind::BodyWords => self.bury_body_words(uuid, *at)?,
                TombstoneKind::FeedbackWords => self.bury_feedback_words(uuid, *at)?,
                TombstoneKind::Participant => self.bury_participant(uuid, *at)?,
                TombstoneKind::Note => usize::from(self.erase_note(NoteId(uuid), *at)?),
                TombstoneKind::Document => {
                    self.note_gone(*kind, id, *at)?;
                    self.sql.run("DELETE FROM upload WHERE id = ?", [uuid.into_bytes()])?
                }
                // Given, or added, again later, it holds.
                TombstoneKind::Grant => {
                    self.note_gone(*kind, id, *at)?;
                    self.sql.run(
                        "DELETE FROM account_grant WHERE at <= ?1 AND CAST((SELECT id || '/' || created_at FROM account \
                         WHERE account.id = account_grant.account) || '/' || role || '/' || scope AS BLOB) = ?2",
                        params![millis(*at), id],
                    )?
                }
                TombstoneKind::Passkey => {
                    self.note_gone(*kind, id, *at)?;
                    self.sql.run("DELETE FROM passkey WHERE id = ?2 AND added_at <= ?1", params![millis(*at), id])?
                }
                TombstoneKind::Certificate | TombstoneKind::Block | TombstoneKind::Closure => {
                    self.bury_standing(*kind, id, *at)?
                }
            };
        }
        Ok(buried)
    }

    /// Erases somebody once more, with the address that nobody else has.
    fn bury_person(&self, person: PersonId, at: DateTime<Utc>) -> Stored<usize> {
        let Some(record) = self.record(person)? else { return Ok(0) };
        let erased = self.erase_person(person, at)?.people;
        let address = record.email.map(|email| self.address_id(&email)).transpose()?.flatten();
        address.map(|address: AddressId| self.forget_address(address)).transpose()?;
        Ok(erased)
    }

    /// Something is gone that leaves no row.
    pub(crate) fn note_gone(&self, kind: TombstoneKind, id: &[u8], at: DateTime<Utc>) -> Stored<()> {
        self.buried.set(true);
        match setting_of(kind, id) {
            Some(setting) => self.set_meta(&setting, &millis(at).to_be_bytes()),
            None => Ok(()),
        }
    }

    /// Forgets what left no row and is gone since before; no backup is that old.
    pub fn forget_gone(&self, before: DateTime<Utc>) -> Stored<()> {
        let gone = self.tombstones(DateTime::UNIX_EPOCH)?;
        let old = gone.iter().filter(|stone| stone.at < before);
        old.filter_map(|stone| setting_of(stone.kind, &stone.id)).try_for_each(|setting| self.drop_meta(&setting))
    }

    /// An account as tombstones name it: another file may give the number to somebody else.
    pub(crate) fn stone_of_account(&self, account: u32) -> Stored<Option<String>> {
        let named = "SELECT id || '/' || created_at FROM account WHERE id = ?";
        self.sql.one(named, [account], |row| row.get(0))
    }

    /// Whether something is gone since this was asked last.
    pub fn take_buried(&self) -> bool {
        self.buried.take()
    }

    /// Ends every session, and every link that opens an account.
    pub fn end_all_logins(&self) -> Stored<()> {
        self.sql.run("DELETE FROM login", [])?;
        // What was used since the copy was made would be good once more.
        self.sql.run("DELETE FROM account_link", []).map(drop)
    }

    /// The names of all files that citizens sent.
    pub fn upload_ids(&self) -> Stored<BTreeSet<Uuid>> {
        let ids: Vec<Uuid> = self.sql.rows("SELECT id FROM upload", [], |row| Ok(Uuid::from_bytes(row.get(0)?)))?;
        Ok(ids.into_iter().collect())
    }
}

/// The setting that says that something is gone which leaves no row.
fn setting_of(kind: TombstoneKind, id: &[u8]) -> Option<String> {
    let (_, prefix) = TombstoneKind::ROWLESS.into_iter().find(|(rowless, _)| *rowless == kind)?;
    Some(id.iter().fold(prefix.to_owned(), |setting, byte| format!("{setting}{byte:02x}")))
}

fn of_hex(text: &str) -> Option<Vec<u8>> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    #[test]
    fn fld_39_what_was_gone_does_not_come_back_with_an_older_copy() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let at: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let later = at + chrono::TimeDelta::days(1);
        let clerk = store.add_account("eleni", Some("hash"), (Role::Clerk, None), None, at).unwrap().unwrap();
        let other = store.add_account("nikos", Some("hash"), (Role::Clerk, None), None, at).unwrap().unwrap();
        let copy = folder.path().join("copy.db");
        store.copy_to(&copy).unwrap();
        store.take_buried();
        store.disable_account(clerk, later).unwrap();
        assert!(store.take_buried() && !store.take_buried());
        let gone = store.tombstones(DateTime::UNIX_EPOCH).unwrap();
        assert_eq!((gone.len(), gone[0].kind), (1, TombstoneKind::Account));
        let copy = Store::open(&copy).unwrap();
        assert_eq!((copy.bury(&gone).unwrap(), copy.bury(&gone).unwrap()), (1, 0));
        let disabled = |id| copy.accounts().unwrap().into_iter().find(|account| account.id == id).unwrap().disabled;
        assert!(disabled(clerk) && !disabled(other));
        // The same number, given to somebody else in another file.
        let new = Store::open(&folder.path().join("new.db")).unwrap();
        new.add_account("sofia", Some("hash"), (Role::Clerk, None), None, later).unwrap();
        assert_eq!(new.bury(&gone).unwrap(), 0);
    }
}
