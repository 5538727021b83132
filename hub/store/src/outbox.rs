//! Mails to be sent: kinds and ids. What a mail says is written when it is sent.

use chrono::{DateTime, Utc};

use office::PersonId;

use crate::{
    error::Stored,
    file::Store,
    scope::OfficeScope,
    sql::{Cells, Read, instant, millis, params},
};

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// The number of the row, higher for each later mail.
    pub id: i64,
    /// The office's row.
    pub office: u32,
    /// The event that it follows from; none for mails before any booking.
    pub seq: Option<u64>,
    /// Which mail, e.g. `confirmation`.
    pub kind: String,
    /// What it is about: ids, as JSON.
    pub about: String,
    /// When it was put in.
    pub created_at: DateTime<Utc>,
    /// How often sending failed.
    pub tries: u32,
}

/// A mail that was not sent yet, for administrators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnsentMail {
    /// What the mail is, as the outbox names its kind.
    pub kind: String,
    /// When it was put in.
    pub created_at: DateTime<Utc>,
    /// When it is tried next; never, once it was given up.
    pub due_at: Option<DateTime<Utc>>,
    /// How often sending failed.
    pub tries: u32,
    /// Why it failed last, without anything personal.
    pub error: Option<String>,
    /// A server took it, and it came back later.
    pub returned: bool,
}

/// In which way a mail left the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentWay {
    /// To an e-mail address.
    Mail,
    /// In a few words, to a mobile.
    Sms,
}

impl SentWay {
    /// As it is kept.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Sms => "sms",
        }
    }
}

/// A mail to put in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OutboxEntry {
    /// The event that it follows from.
    pub seq: Option<u64>,
    /// What the mail is, as the outbox names its kind.
    pub kind: String,
    /// What it is about: ids, as JSON.
    pub about: String,
}

/// Mails with which there is nothing to do: nobody has an address, or what they said is true no more.
const MOOT: &str = "given_up_at IS NOT NULL AND error IN ('address', 'gone')";
/// A reminder that waits for its day: nothing is wrong with it, and nobody has it sent before.
const EARLY: &str = "kind IN ('reminder', 'conference-reminder') AND tries = 0";

/// Mails that follow from a day or an hour, and from nothing that anybody did.
const BY_TIME: &str = "'reminder', 'conference-reminder', 'missed', 'void', 'cancelled-by-lateness', \
                       'will-not-be-reached', 'not-served', 'cancelled-by-office'";

/// How many messages went to a person's mobile: two indexes find those people and those messages, however many rows there are.
const MESSAGES_TO_MOBILE: &str = "SELECT count(*) FROM outbox WHERE sent_by = 'sms' AND sent_at >= ?1 AND json_extract(about, '$.person') IN \
     (SELECT lower(substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-' || substr(h, 13, 4) || '-' || substr(h, 17, 4) \
     || '-' || substr(h, 21)) FROM (SELECT hex(id) AS h FROM people \
     WHERE phone = (SELECT phone FROM people WHERE id = ?2)))";

impl Store {
    /// Puts a mail in, to be sent from `due` on.
    pub fn post(&self, office: u32, mail: &OutboxEntry, at: DateTime<Utc>, due: DateTime<Utc>) -> Stored<()> {
        self.sql
            .run(
                "INSERT INTO outbox(office, seq, kind, about, created_at, due_at) VALUES(?, ?, ?, ?, ?, ?)",
                params![office, mail.seq.map(|seq| seq as i64), mail.kind, mail.about, millis(at), millis(due)],
            )
            .map(drop)
    }

    /// Mails whose time has come, the oldest first.
    pub fn mails_due(&self, now: DateTime<Utc>, count: u32) -> Stored<Vec<OutboxRow>> {
        self.sql.rows(
            "SELECT id, office, seq, kind, about, created_at, tries FROM outbox \
             WHERE sent_at IS NULL AND given_up_at IS NULL AND due_at <= ? ORDER BY due_at, id LIMIT ?",
            params![millis(now), count],
            outbox_row,
        )
    }

    /// The same while the clock is in doubt: what people brought about since it is, and nothing that time alone did.
    pub fn mails_due_in_doubt(&self, since: DateTime<Utc>, now: DateTime<Utc>, count: u32) -> Stored<Vec<OutboxRow>> {
        self.sql.rows(
            &format!(
                "SELECT id, office, seq, kind, about, created_at, tries FROM outbox \
                 WHERE sent_at IS NULL AND given_up_at IS NULL AND due_at <= ? AND created_at >= ? \
                 AND kind NOT IN ({BY_TIME}) ORDER BY due_at, id LIMIT ?"
            ),
            params![millis(now), millis(since), count],
            outbox_row,
        )
    }

    /// When the next mail is due, if any.
    pub fn next_mail_due(&self) -> Stored<Option<DateTime<Utc>>> {
        let due: Option<i64> = self.sql.only(
            "SELECT min(due_at) FROM outbox WHERE sent_at IS NULL AND given_up_at IS NULL",
            [],
            |row| row.get(0),
        )?;
        Ok(due.map(instant))
    }

    /// A mail was handed over, in this way.
    pub fn mail_sent(&self, id: i64, at: DateTime<Utc>, by: SentWay) -> Stored<()> {
        self.sql
            .run(
                "UPDATE outbox SET sent_at = ?, sent_by = ?, unreached_at = NULL WHERE id = ?",
                params![millis(at), by.name(), id],
            )
            .map(drop)
    }

    /// How many messages went to the mobile of a person since then, also those about other bookings from that number: it is one
    /// person who reads them.
    pub fn messages_to_mobile_of(&self, person: PersonId, since: DateTime<Utc>) -> Stored<u32> {
        let values = params![millis(since), person.0.into_bytes()];
        let counted = self.sql.one(MESSAGES_TO_MOBILE, values, |row| row.get(0))?;
        Ok(counted.unwrap_or_default())
    }

    /// A mail could not be handed over; it is tried again at `due`, or given up.
    pub fn mail_failed(&self, id: i64, at: DateTime<Utc>, due: Option<DateTime<Utc>>, why: &str) -> Stored<()> {
        match due {
            Some(due) => self.sql.run(
                "UPDATE outbox SET tries = tries + 1, due_at = ?, error = ? WHERE id = ?",
                params![millis(due), why, id],
            ),
            None => self.sql.run(
                "UPDATE outbox SET tries = tries + 1, given_up_at = ?, error = ? WHERE id = ?",
                params![millis(at), why, id],
            ),
        }
        .map(drop)
    }

    /// Has every mail within a scope that waits, or was given up, tried now, and says how many.
    pub fn try_mails_now(&self, scope: OfficeScope, now: DateTime<Utc>) -> Stored<u64> {
        let changed = self.sql.run(
            &format!(
                "UPDATE outbox SET due_at = ?1, given_up_at = NULL, unreached_at = NULL \
                 WHERE sent_at IS NULL AND told_at IS NULL AND NOT ({MOOT}) AND NOT ({EARLY}) \
                 AND (?2 IS NULL OR office = ?2)"
            ),
            params![millis(now), scope.row()],
        )?;
        Ok(changed as u64)
    }

    /// Mails within a scope that were not sent and could be, and those that came back, the oldest first; not those of which
    /// somebody was told by telephone.
    pub fn mails_unsent(&self, scope: OfficeScope, count: u32) -> Stored<Vec<UnsentMail>> {
        self.sql.rows(
            &format!(
                "SELECT kind, created_at, due_at, tries, error, given_up_at, sent_at FROM outbox \
             WHERE told_at IS NULL AND (sent_at IS NOT NULL AND unreached_at IS NOT NULL \
             OR sent_at IS NULL AND NOT ({MOOT}) AND NOT ({EARLY})) AND (?1 IS NULL OR office = ?1) ORDER BY id LIMIT ?2",
            ),
            params![scope.row(), count],
            |row| {
                let given_up: Option<i64> = row.get(5)?;
                let returned = row.get::<_, Option<i64>>(6)?.is_some();
                Ok(UnsentMail {
                    kind: row.get(0)?,
                    created_at: instant(row.get(1)?),
                    due_at: if returned || given_up.is_some() { None } else { Some(instant(row.get(2)?)) },
                    tries: row.get(3)?,
                    error: row.get(4)?,
                    returned,
                })
            },
        )
    }

    /// Every mail of an office that follows from an event, for `hub verify`.
    pub fn posted_by_events(&self, office: u32) -> Stored<Vec<OutboxEntry>> {
        self.sql.rows(
            "SELECT seq, kind, about FROM outbox WHERE office = ? AND seq IS NOT NULL ORDER BY seq, kind, about",
            [office],
            |row| {
                let seq = row.get::<_, i64>(0)?.unsigned_abs();
                Ok(OutboxEntry { seq: Some(seq), kind: row.get(1)?, about: row.get(2)? })
            },
        )
    }

    /// How many mails within a scope wait, and how many were given up.
    pub fn outbox_counts(&self, scope: OfficeScope) -> Stored<(u64, u64)> {
        self.sql.only(
            &format!(
                "SELECT count(*) FILTER (WHERE sent_at IS NULL AND given_up_at IS NULL AND NOT ({EARLY})), \
                 count(*) FILTER (WHERE given_up_at IS NOT NULL AND told_at IS NULL AND NOT ({MOOT})) FROM outbox \
                 WHERE ?1 IS NULL OR office = ?1"
            ),
            [scope.row()],
            |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get::<_, i64>(1)?.unsigned_abs())),
        )
    }
}

pub(super) fn outbox_row(row: &Cells<'_>) -> Read<OutboxRow> {
    Ok(OutboxRow {
        id: row.get(0)?,
        office: row.get(1)?,
        seq: row.get::<_, Option<i64>>(2)?.map(i64::unsigned_abs),
        kind: row.get(3)?,
        about: row.get(4)?,
        created_at: instant(row.get(5)?),
        tries: row.get(6)?,
    })
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn fld_36_messages_to_a_mobile_are_counted_by_index_and_only_todays() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        store.sql.run("INSERT INTO office(id, key) VALUES(1, 'kep')", []).unwrap();
        let midnight: DateTime<Utc> = "2026-11-24T22:00:00Z".parse().unwrap();
        let people: Vec<PersonId> = (1..=3).map(|nth| PersonId(Uuid::from_u128(nth << 64 | 0xabc))).collect();
        for (person, phone) in people.iter().zip(["+306940000000", "+306940000000", "+306940000001"]) {
            let values = params![person.0.into_bytes(), phone];
            store.sql.run("INSERT INTO people(id, created_at, phone) VALUES(?, 0, ?)", values).unwrap();
        }
        let message = |person: usize, by: Option<SentWay>, minutes: i64| {
            let about = format!("{{\"booking\":7,\"person\":\"{}\"}}", people[person].0);
            let at = millis(midnight + chrono::TimeDelta::minutes(minutes));
            let values = params![about, by.map(SentWay::name), by.map(|_| at)];
            let insert = "INSERT INTO outbox(office, kind, about, created_at, due_at, sent_by, sent_at) \
                          VALUES(1, 'reminder', ?, 0, 0, ?, ?)";
            store.sql.run(insert, values).unwrap();
        };
        for (person, minutes) in [(0, 1), (1, 2), (2, 3), (0, -1)] {
            message(person, Some(SentWay::Sms), minutes);
        }
        message(0, Some(SentWay::Mail), 4);
        message(0, None, 5);
        // A mail that is about no booking's person has an account or nothing of the kind.
        store
            .sql
            .run("INSERT INTO outbox(office, kind, about, created_at, due_at) VALUES(1, 'alert', '', 0, 0)", [])
            .unwrap();
        let count = |person: usize| store.messages_to_mobile_of(people[person], midnight).unwrap();
        assert_eq!((count(0), count(1), count(2)), (2, 2, 1), "who shares a mobile reads all of them");
        let values = params![millis(midnight), people[0].0.into_bytes()];
        let explained = format!("EXPLAIN QUERY PLAN {MESSAGES_TO_MOBILE}");
        let plan: Vec<String> = store.sql.rows(&explained, values, |row| row.get(3)).unwrap();
        let plan = plan.join("\n");
        assert!(plan.contains("USING INDEX outbox_sms") && plan.contains("people_phone"), "{plan}");
        assert!(!plan.contains("SCAN"), "{plan}");
    }
}
