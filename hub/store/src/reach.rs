//! Whom no mail reaches (FLD-33): the flag on a person's address, letters that reached nobody, and who was told by telephone.

use chrono::{DateTime, Utc};
use office::{Mail, PersonId};

use crate::{
    error::Stored,
    file::Store,
    outbox::{OutboxRow, SentWay, outbox_row},
    sql::{instant, millis, params},
};

/// An address to which nothing is delivered.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DeadAddress {
    /// The moment from which it is taken for one.
    pub at: DateTime<Utc>,
    /// Why, as [`post::SendFailure`] writes it.
    pub why: String,
}

/// A letter that reached nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreachedLetter {
    /// The number of the row in the outbox.
    pub id: i64,
    /// What it is about.
    pub mail: Mail,
    /// Since when that is known.
    pub at: DateTime<Utc>,
}

/// Letters that are owed to a person at the address of who booked.
const OWED_TO: &str = "json_valid(about) AND json_extract(about, '$.person') = ? \
    AND coalesce(json_extract(about, '$.served'), 0) = 0";

impl Store {
    /// A mail, whatever became of it.
    pub fn letter(&self, id: i64) -> Stored<Option<OutboxRow>> {
        self.sql.one(
            "SELECT id, office, seq, kind, about, created_at, tries FROM outbox WHERE id = ?",
            [id],
            outbox_row,
        )
    }

    /// The address of who booked, or of the person served, takes no mail; since when is what was noted first.
    pub fn flag_undelivered(&self, person: PersonId, served: bool, at: DateTime<Utc>, why: &str) -> Stored<()> {
        self.sql
            .run(
                "INSERT OR IGNORE INTO undelivered(person, served, at, why) \
                 SELECT id, ?, ?, ? FROM people WHERE id = ? AND erased_at IS NULL",
                params![served, millis(at), why, person.0.into_bytes()],
            )
            .map(drop)
    }

    /// Whether the address of who booked, or of the person served, takes no mail.
    pub fn undelivered(&self, person: PersonId, served: bool) -> Stored<Option<DeadAddress>> {
        self.sql.one(
            "SELECT at, why FROM undelivered WHERE person = ? AND served = ?",
            params![person.0.into_bytes(), served],
            |row| Ok(DeadAddress { at: instant(row.get(0)?), why: row.get(1)? }),
        )
    }

    /// The server that refused the address has taken a letter for it. What came back later is not refuted by that.
    pub fn lift_refusal(&self, person: PersonId, served: bool) -> Stored<()> {
        self.sql
            .run(
                "DELETE FROM undelivered WHERE person = ? AND served = ? AND why LIKE 'smtp %'",
                params![person.0.into_bytes(), served],
            )
            .map(drop)
    }

    /// A letter reached nobody: it was given up.
    pub fn letter_unreached(&self, id: i64, at: DateTime<Utc>) -> Stored<()> {
        self.sql
            .run("UPDATE outbox SET unreached_at = ? WHERE id = ? AND sent_at IS NULL", params![millis(at), id])
            .map(drop)
    }

    /// A letter that a mail server took came back: it is to be sent in another way, or reached nobody. `false` if that is
    /// known already, or it went to an address that somebody has corrected since.
    pub fn letter_returned(
        &self,
        id: i64,
        person: Option<PersonId>,
        at: DateTime<Utc>,
        why: &str,
        again: bool,
    ) -> Stored<bool> {
        let person = person.map(|person| person.0.into_bytes());
        let set = if again {
            "sent_at = NULL, sent_by = NULL, tries = 0, created_at = ?1, due_at = ?1"
        } else {
            "unreached_at = ?1"
        };
        let changed = self.sql.run(
            &format!(
                "UPDATE outbox SET {set}, error = ?2 WHERE id = ?3 AND sent_by = ?4 AND sent_at IS NOT NULL \
                 AND unreached_at IS NULL \
                 AND sent_at >= coalesce((SELECT email_at FROM people WHERE people.id = ?5), 0)"
            ),
            params![millis(at), why, id, SentWay::Mail.name(), person],
        )?;
        Ok(changed > 0)
    }

    /// The address of who booked is another, or right after all: the flag is taken away, and what reached nobody is sent
    /// anew, unless somebody has been told by telephone. `false` if there was nothing to do.
    pub fn address_set_right(&self, person: PersonId, at: DateTime<Utc>) -> Stored<bool> {
        let id = person.0.into_bytes();
        let lifted = self.sql.run("DELETE FROM undelivered WHERE person = ? AND served = 0", [id])?;
        self.sql.run("UPDATE people SET email_at = ? WHERE id = ?", params![millis(at), id])?;
        let again = self.sql.run(&format!(
                "UPDATE outbox SET sent_at = NULL, sent_by = NULL, given_up_at = NULL, unreached_at = NULL, tries = 0, \
                 created_at = ?, due_at = ?, error = NULL WHERE unreached_at IS NOT NULL AND told_at IS NULL AND {OWED_TO}"
            ),
            params![millis(at), millis(at), person.0.to_string()])?;
        Ok(lifted + again > 0)
    }

    /// Letters of an office that reached nobody, and of which nobody was told since; the oldest first.
    pub fn unreached_letters(&self, office: u32) -> Stored<Vec<UnreachedLetter>> {
        let rows: Vec<(i64, String, i64)> = self.sql.rows(
            "SELECT id, about, unreached_at FROM outbox \
             WHERE office = ? AND unreached_at IS NOT NULL AND told_at IS NULL ORDER BY unreached_at, id",
            [office],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        // What is about no booking is no letter of the telephone list.
        let letter = |(id, about, at): (i64, String, i64)| {
            Some(UnreachedLetter { id, mail: serde_json::from_str(&about).ok()?, at: instant(at) })
        };
        Ok(rows.into_iter().filter_map(letter).collect())
    }

    /// Somebody was told by telephone what these letters say.
    pub fn told(&self, office: u32, letters: &[i64], account: u32, at: DateTime<Utc>) -> Stored<usize> {
        let mut statement = self.sql.prepared(
            "UPDATE outbox SET told_at = ?, told_by = ? \
             WHERE id = ? AND office = ? AND unreached_at IS NOT NULL AND told_at IS NULL",
        )?;
        let mut told = 0;
        for letter in letters {
            told += statement.run(params![millis(at), account, letter, office])?;
        }
        Ok(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{OutboxEntry, Person};

    #[test]
    fn fld_33_a_letter_comes_back_once_and_not_from_an_address_that_was_corrected() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let office = store.office_row("kep").unwrap();
        let at = |minute: i64| DateTime::from_timestamp(1_795_000_000 + minute * 60, 0).unwrap();
        let person = PersonId(uuid::Uuid::from_u128(7));
        let email = Some("maria@example.gr".to_owned());
        store.put_person(&Person { id: person, name: None, email, phone: None }, at(0)).unwrap();
        let kind = office::MailKind::Confirmation;
        let (booking, language) = (office::BookingId(1), office::Language::El);
        let mail = Mail { kind, booking, person, language, later: None, was: None };
        let about = serde_json::to_string(&mail).unwrap();
        store.post(office, &OutboxEntry { seq: None, kind: "confirmation".into(), about }, at(0), at(0)).unwrap();
        let id = store.mails_due(at(0), 1).unwrap()[0].id;
        let returns = |minute| store.letter_returned(id, Some(person), at(minute), "bounced 5.1.1", false).unwrap();
        assert!(!returns(1), "what was not sent cannot come back");
        store.mail_sent(id, at(1), SentWay::Mail).unwrap();
        assert!(returns(2));
        store.flag_undelivered(person, false, at(2), "bounced 5.1.1").unwrap();
        assert!(!returns(3), "the same report again");
        store.flag_undelivered(person, false, at(3), "bounced 5.2.2").unwrap();
        assert_eq!(store.undelivered(person, false).unwrap().map(|flag| flag.at), Some(at(2)));
        store.lift_refusal(person, false).unwrap();
        assert!(
            store.undelivered(person, false).unwrap().is_some(),
            "it came back: a server that takes mail proves nothing"
        );
        assert_eq!(store.unreached_letters(office).unwrap().len(), 1);

        assert!(store.address_set_right(person, at(4)).unwrap());
        assert_eq!(store.undelivered(person, false).unwrap(), None);
        assert_eq!(store.mails_due(at(4), 9).unwrap().len(), 1, "it is sent anew");
        store.mail_sent(id, at(3), SentWay::Mail).unwrap();
        assert!(!returns(5), "it had gone to the old address");
        store.mail_sent(id, at(5), SentWay::Mail).unwrap();
        assert!(returns(6));
        assert_eq!(store.told(office, &[id], 1, at(7)).unwrap(), 1);
        assert!(store.unreached_letters(office).unwrap().is_empty());
        store.flag_undelivered(person, false, at(7), "bounced 5.1.1").unwrap();
        store.erase_person(person, at(8)).unwrap();
        assert_eq!(store.undelivered(person, false).unwrap(), None, "the flag goes with them");
    }
}
