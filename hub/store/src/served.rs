//! The mail address of somebody for whom another person booked (OMB-14): given, proven, or taken back.

use chrono::{DateTime, Utc};
use office::PersonId;

use crate::{
    error::Stored,
    file::Store,
    sql::{millis, params},
};

/// Where the person served has mail of their own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedMailbox {
    /// Where that mail goes.
    pub email: String,
    /// Whether they pressed the button behind their own link.
    pub proven: bool,
}

impl Store {
    /// Notes the address that was given for the person served; nothing but its own link goes there before it is proven.
    pub(crate) fn put_served(&self, person: PersonId, email: &str) -> Stored<()> {
        self.sql
            .run(
                "UPDATE people SET served_email = ?, served_proven_at = NULL WHERE id = ? AND erased_at IS NULL",
                params![email, person.0.into_bytes()],
            )
            .map(drop)
    }

    /// Where the person served has mail of their own, if that was given.
    pub fn served(&self, person: PersonId) -> Stored<Option<ServedMailbox>> {
        self.sql.one(
            "SELECT served_email, served_proven_at FROM people \
                 WHERE id = ? AND served_email IS NOT NULL AND erased_at IS NULL",
            [person.0.into_bytes()],
            |row| Ok(ServedMailbox { email: row.get(0)?, proven: row.get::<_, Option<i64>>(1)?.is_some() }),
        )
    }

    /// The address is proven; `false` if it was before, or is no more.
    pub fn prove_served(&self, person: PersonId, at: DateTime<Utc>) -> Stored<bool> {
        let proven = self.sql.run(
            "UPDATE people SET served_proven_at = ? \
             WHERE id = ? AND served_email IS NOT NULL AND served_proven_at IS NULL AND erased_at IS NULL",
            params![millis(at), person.0.into_bytes()],
        )?;
        Ok(proven > 0)
    }

    /// Who has the address is not that person: it is forgotten, and no mail goes there any more.
    pub fn forget_served(&self, person: PersonId) -> Stored<bool> {
        self.to_scrub.set(true);
        let forgotten = self.sql.run("UPDATE people SET served_email = NULL, served_proven_at = NULL, \
             details = CASE WHEN details IS NULL THEN NULL ELSE json_remove(details, '$.served_email') END WHERE id = ?",
            [person.0.into_bytes()])?;
        Ok(forgotten > 0)
    }

    /// Has what is still to be sent about a person's booking, e.g. its reminders, sent to the person served too.
    pub fn copy_waiting_mails(&self, person: PersonId, at: DateTime<Utc>) -> Stored<usize> {
        self.sql.run(
            "INSERT INTO outbox(office, seq, kind, about, created_at, due_at) \
             SELECT office, NULL, kind, json_set(about, '$.served', json('true')), ?1, due_at FROM outbox \
             WHERE sent_at IS NULL AND given_up_at IS NULL AND seq IS NOT NULL AND due_at > ?1 \
             AND json_extract(about, '$.person') = ?2",
            params![millis(at), person.0.to_string()],
        )
    }
}
