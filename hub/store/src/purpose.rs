//! What the file is for, and until when its clock was believed.

use chrono::{DateTime, Utc};

use crate::{
    error::Stored,
    file::Store,
    sql::{instant, millis},
};

/// A file that was made for rehearsals says so here.
const PURPOSE: &str = "purpose";
const REHEARSAL: &[u8] = b"rehearsal";
/// While the clock is in doubt: the last moment at which it was believed.
const BELIEVED_AT: &str = "believed-at";

impl Store {
    /// Whether the file was made for rehearsals.
    pub fn is_rehearsal(&self) -> Stored<bool> {
        Ok(self.meta(PURPOSE)?.is_some_and(|purpose| purpose == REHEARSAL))
    }

    /// The file is for rehearsals from now on.
    pub fn mark_rehearsal(&self) -> Stored<()> {
        self.set_meta(PURPOSE, REHEARSAL)
    }

    /// Whether nothing has happened in the file, and nobody is known to it but staff.
    pub fn is_untouched(&self) -> Stored<bool> {
        let tables = [
            "journal",
            "people",
            "address",
            "agent",
            "outbox",
            "note",
            "upload",
            "request",
            "role_request",
            "conference",
        ];
        let any = tables.map(|table| format!("EXISTS (SELECT 1 FROM {table})")).join(" OR ");
        self.sql.only(&format!("SELECT NOT ({any})"), [], |row| row.get(0))
    }

    /// The last moment at which the clock was believed, if it is in doubt.
    pub fn believed_at(&self) -> Stored<Option<DateTime<Utc>>> {
        Ok(self.meta_number(BELIEVED_AT)?.map(instant))
    }

    /// The clock is in doubt since then, or with none not any more.
    pub fn note_believed_at(&self, at: Option<DateTime<Utc>>) -> Stored<()> {
        match at {
            Some(at) => self.set_meta(BELIEVED_AT, &millis(at).to_be_bytes()),
            None => self.drop_meta(BELIEVED_AT),
        }
    }

    /// When the newest event of any office was.
    pub fn last_event_at(&self) -> Stored<Option<DateTime<Utc>>> {
        // Rows stand in the order in which they were written, and an office's time never runs backwards: the newest of all
        // is among the last of each.
        let at: Option<i64> =
            self.sql.only("SELECT max(at) FROM (SELECT at FROM journal ORDER BY id DESC LIMIT 1000)", [], |row| {
                row.get(0)
            })?;
        Ok(at.map(instant))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_a_file_is_untouched_until_something_happens_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        assert!(store.is_untouched().unwrap() && !store.is_rehearsal().unwrap());
        let at = "2026-11-24T08:00:00Z".parse().unwrap();
        store.office_row("kep").unwrap();
        store.add_account("admin", Some("hash"), (crate::Role::Admin, None), None, at).unwrap();
        assert!(store.is_untouched().unwrap(), "an administrator is needed to begin with");
        store.mark_rehearsal().unwrap();
        assert!(store.is_rehearsal().unwrap());
        store.note_believed_at(Some(at)).unwrap();
        assert_eq!(store.believed_at().unwrap(), Some(at));
        store.note_believed_at(None).unwrap();
        assert_eq!(store.believed_at().unwrap(), None);
    }
}
