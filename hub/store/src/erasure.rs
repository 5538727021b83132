//! Taking out what is personal (FLD-23), and everything that is known of one person.

use chrono::{DateTime, Utc};
use office::{AddressId, NoteId, PersonId};
use uuid::Uuid;

use crate::{
    document_findings::DocumentFinding,
    error::Stored,
    file::Store,
    reach::DeadAddress,
    sql::{Cells, Read, cell, instant, millis, params},
};

/// Everything that is kept of one person; the journal knows them by the id alone.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Record {
    /// What the journal calls them.
    #[serde(skip)]
    pub id: PersonId,
    /// When they booked.
    pub created_at: DateTime<Utc>,
    /// The name that they gave; none where it is erased.
    pub name: Option<String>,
    /// Where mails go.
    pub email: Option<String>,
    /// Where they can be called.
    pub phone: Option<String>,
    /// What else they wrote, as it is kept.
    pub details: Option<serde_json::Value>,
    /// The office's row, and the booking's number.
    #[serde(skip)]
    pub booking: Option<(u32, u64)>,
    /// The booked time, as it was last known.
    pub visit_at: Option<DateTime<Utc>>,
    /// When they agreed to what is done with their data, to which text, and in which language.
    pub consent: Option<(DateTime<Utc>, String, String)>,
    /// What staff found of the documents that belong to the booking; only where one person is looked up.
    pub papers: Vec<DocumentFinding>,
    /// Since when nothing is delivered to the address, and why; only where one person is looked up.
    pub undelivered: Option<DeadAddress>,
}

/// What one erasing took out: counts, and the files that nobody names any more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErasureCount {
    /// So many people were erased.
    pub people: usize,
    /// So many addresses were erased.
    pub addresses: usize,
    /// Ids of the files that nobody names any more.
    pub files: Vec<Uuid>,
}

/// What is past its time, beside people and addresses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PastCount {
    /// Ids of the notes that are past their time.
    pub notes: Vec<NoteId>,
    /// Mails that were sent or given up: the office and the mail, in order.
    pub mails: Vec<(u32, i64)>,
    /// Offices in which agents have left times to citizens, whatever their age.
    pub entrusted: Vec<u32>,
}

impl Store {
    /// Everything that is kept of the people of a mail address, and of those for whom somebody else booked with it.
    pub fn records_of(&self, email: &str) -> Stored<Vec<Record>> {
        self.sql.rows(
            &format!(
                "{RECORD} WHERE (email = ?1 COLLATE NOCASE OR served_email = ?1 COLLATE NOCASE) AND erased_at IS NULL"
            ),
            [email.to_lowercase()],
            record,
        )
    }

    /// Everything that is kept of a person, unless erased.
    pub fn record(&self, person: PersonId) -> Stored<Option<Record>> {
        let found =
            self.sql.one(&format!("{RECORD} WHERE id = ? AND erased_at IS NULL"), [person.0.into_bytes()], record)?;
        let with_rest = |record: Record| {
            let (papers, undelivered) = (self.papers_of(person)?, self.undelivered(person, false)?);
            Ok(Record { papers, undelivered, ..record })
        };
        found.map(with_rest).transpose()
    }

    /// Notes when a person's visit is: what is kept of them is kept for some days from then on.
    pub fn note_visit(&self, person: PersonId, at: DateTime<Utc>) -> Stored<()> {
        self.sql
            .run(
                "UPDATE people SET visit_at = ?1 WHERE id = ?2 AND visit_at IS NOT ?1 AND erased_at IS NULL",
                params![millis(at), person.0.into_bytes()],
            )
            .map(drop)
    }

    /// Takes a person out: what is left is an id that says nothing.
    pub fn erase_person(&self, person: PersonId, at: DateTime<Utc>) -> Stored<ErasureCount> {
        self.to_scrub.set(true);
        self.buried.set(true);
        let id = person.0.into_bytes();
        let files = self.uploads_of(person)?.into_iter().map(|upload| upload.id).collect();
        self.sql.run("DELETE FROM upload WHERE person = ?", [id])?;
        self.sql.run("DELETE FROM paper WHERE person = ?", [id])?;
        self.sql.run("DELETE FROM detail_edit WHERE person = ?", [id])?;
        self.sql.run("DELETE FROM undelivered WHERE person = ?", [id])?;
        self.sql.run("DELETE FROM address_code WHERE person = ?", [id])?;
        self.sql.run(
            "UPDATE note SET text = NULL, erased_at = ? WHERE person = ? AND erased_at IS NULL",
            params![millis(at), id],
        )?;
        // What an agent noted of them goes too (TRN-07), and the mobile to which a code went.
        let sent =
            "DELETE FROM mobile_code WHERE (office, booking) IN (SELECT office, booking FROM people WHERE id = ?)";
        self.sql.run(sent, [id])?;
        self.sql.run(
            "UPDATE entrusted SET name = NULL, typed = NULL \
             WHERE (office, booking) IN (SELECT office, booking FROM people WHERE id = ?)",
            [id],
        )?;
        let people = self.sql.run(
            "UPDATE people SET name = NULL, email = NULL, phone = NULL, call_address = NULL, details = NULL, consent_at = NULL, \
             consent_version = NULL, consent_language = NULL, served_email = NULL, served_proven_at = NULL, \
             email_at = NULL, erased_at = ? WHERE id = ? AND erased_at IS NULL",
            params![millis(at), id],
        )?;
        Ok(ErasureCount { people, addresses: 0, files })
    }

    /// People whose visit, or if none is known whose booking, was before what `before` says of their office.
    pub fn people_before(&self, before: impl Fn(Option<u32>) -> DateTime<Utc>) -> Stored<Vec<PersonId>> {
        let times = "SELECT id, office, coalesce(visit_at, created_at) FROM people WHERE erased_at IS NULL";
        let mut people = Vec::new();
        self.sql.each(times, [], |row| {
            if cell::<i64>(row, 2)? < millis(before(cell(row, 1)?)) {
                people.push(PersonId(Uuid::from_bytes(cell(row, 0)?)));
            }
            Stored::Ok(())
        })?;
        Ok(people)
    }

    /// The same for one of them: a booking may have been moved since the list was made.
    pub fn is_person_before(&self, person: PersonId, before: impl Fn(Option<u32>) -> DateTime<Utc>) -> Stored<bool> {
        let times = self.sql.one(
            "SELECT office, coalesce(visit_at, created_at) FROM people WHERE id = ?",
            [person.0.into_bytes()],
            |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)),
        )?;
        Ok(times.is_some_and(|(office, at)| at < millis(before(office))))
    }

    /// What of notes, mails and times that agents left to citizens is past its time, by what `before` says of an office.
    pub fn past(&self, before: impl Fn(u32) -> DateTime<Utc>) -> Stored<PastCount> {
        let mut past = PastCount::default();
        // A note about somebody who is known goes with them: their visit may still be ahead.
        let notes = "SELECT office, at, id FROM note WHERE text IS NOT NULL AND person IS NULL";
        self.sql.each(notes, [], |row| {
            if cell::<i64>(row, 1)? < millis(before(cell(row, 0)?)) {
                past.notes.push(NoteId(Uuid::from_bytes(cell(row, 2)?)));
            }
            Stored::Ok(())
        })?;
        self.sql.each(&format!("SELECT office, created_at, id FROM outbox WHERE {DONE}"), [], |row| {
            let office = cell(row, 0)?;
            if cell::<i64>(row, 1)? < millis(before(office)) {
                past.mails.push((office, cell(row, 2)?));
            }
            Stored::Ok(())
        })?;
        past.mails.sort_unstable();
        past.entrusted = self.sql.rows("SELECT DISTINCT office FROM entrusted", [], |row| row.get(0))?;
        Ok(past)
    }

    /// Takes the text out of a note.
    pub fn erase_note(&self, note: NoteId, now: DateTime<Utc>) -> Stored<bool> {
        let erased = self.sql.run(
            "UPDATE note SET text = NULL, erased_at = ? WHERE id = ? AND text IS NOT NULL",
            params![millis(now), note.0.into_bytes()],
        )?;
        self.to_scrub.set(self.to_scrub.get() || erased > 0);
        self.buried.set(self.buried.get() || erased > 0);
        Ok(erased > 0)
    }

    /// Forgets mails of an office that were put in before, and were sent or given up; since when all are kept is noted,
    /// for `hub verify`.
    pub fn forget_mails(&self, office: u32, before: DateTime<Utc>, mails: &[i64]) -> Stored<usize> {
        let mut statement = self.sql.prepared(&format!("DELETE FROM outbox WHERE id = ? AND ({DONE})"))?;
        let mut forgotten = 0;
        for mail in mails {
            forgotten += statement.run([mail])?;
        }
        if forgotten > 0 {
            self.set_meta(&mails_kept_from(office), &millis(before).to_be_bytes())?;
        }
        Ok(forgotten)
    }

    /// From when on an office's mails are all still there; before, those that were sent may be forgotten.
    pub fn mails_kept_from(&self, office: u32) -> Stored<Option<DateTime<Utc>>> {
        Ok(self.meta_number(&mails_kept_from(office))?.map(instant))
    }

    /// Takes an address out, if no person of any booking has it.
    pub fn forget_address(&self, address: AddressId) -> Stored<bool> {
        self.to_scrub.set(true);
        let dropped = self.sql.run(
            "DELETE FROM address WHERE id = ? AND NOT EXISTS (\
             SELECT 1 FROM people WHERE people.email = address.email COLLATE NOCASE AND people.erased_at IS NULL) \
             AND NOT EXISTS (SELECT 1 FROM account WHERE account.email = address.email COLLATE NOCASE) \
             AND NOT EXISTS (SELECT 1 FROM agent WHERE agent.address = address.id)",
            [address.0.into_bytes()],
        )?;
        Ok(dropped > 0)
    }

    /// Addresses that were last asked for before, and that no person of any booking has.
    pub fn addresses_before(&self, before: DateTime<Utc>) -> Stored<Vec<AddressId>> {
        self.sql.rows(
            "SELECT id FROM address WHERE asked_at < ? AND NOT EXISTS (\
             SELECT 1 FROM people WHERE people.email = address.email COLLATE NOCASE AND people.erased_at IS NULL) \
             AND NOT EXISTS (SELECT 1 FROM account WHERE account.email = address.email COLLATE NOCASE) \
             AND NOT EXISTS (SELECT 1 FROM agent WHERE agent.address = address.id AND agent.name != '') AND NOT EXISTS (\
             SELECT 1 FROM entrusted WHERE entrusted.address = address.id AND typed IS NOT NULL)",
            [millis(before)],
            |row| Ok(AddressId(Uuid::from_bytes(row.get(0)?))),
        )
    }

    /// Whether an address was last asked for before.
    pub fn is_address_before(&self, address: AddressId, before: DateTime<Utc>) -> Stored<bool> {
        self.sql.only(
            "SELECT EXISTS (SELECT 1 FROM address WHERE id = ? AND asked_at < ?)",
            params![address.0.into_bytes(), millis(before)],
            |row| row.get(0),
        )
    }
}

/// Mails with which nothing is done any more.
const DONE: &str = "sent_at IS NOT NULL OR given_up_at IS NOT NULL";

/// The setting that says so.
fn mails_kept_from(office: u32) -> String {
    format!("mails-kept-from-{office}")
}

const RECORD: &str = "SELECT id, created_at, name, email, phone, details, office, booking, visit_at, consent_at, \
    consent_version, consent_language FROM people";

fn record(row: &Cells<'_>) -> Read<Record> {
    let details: Option<String> = row.get(5)?;
    let booking = row.get::<_, Option<u32>>(6)?.zip(row.get::<_, Option<i64>>(7)?.map(i64::unsigned_abs));
    let consent: (Option<i64>, Option<String>, Option<String>) = (row.get(9)?, row.get(10)?, row.get(11)?);
    Ok(Record {
        id: PersonId(Uuid::from_bytes(row.get(0)?)),
        created_at: instant(row.get(1)?),
        name: row.get(2)?,
        email: row.get(3)?,
        phone: row.get(4)?,
        details: details.and_then(|details| serde_json::from_str(&details).ok()),
        booking,
        visit_at: row.get::<_, Option<i64>>(8)?.map(instant),
        consent: match consent {
            (Some(at), Some(version), Some(language)) => Some((instant(at), version, language)),
            _ => None,
        },
        papers: Vec::new(),
        undelivered: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Note, OutboxEntry, SentWay};

    #[test]
    fn fld_23_notes_and_sent_mails_are_forgotten_by_age() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let office = store.office_row("kep").unwrap();
        let old: DateTime<Utc> = "2026-10-01T08:00:00Z".parse().unwrap();
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let before = "2026-11-01T00:00:00Z".parse().unwrap();
        let note = |number| NoteId(Uuid::from_u128(number));
        for (number, at) in [(1, old), (2, now)] {
            let text = Some("κινείται δύσκολα".to_owned());
            store.put_note(office, &Note { id: note(number), author: None, text, about: None }, at).unwrap();
            for kind in ["start", "reminder"] {
                let mail = OutboxEntry { seq: None, kind: kind.into(), about: number.to_string() };
                store.post(office, &mail, at, at).unwrap();
            }
        }
        for mail in store.mails_due(now, 10).unwrap().iter().filter(|mail| mail.kind == "start") {
            store.mail_sent(mail.id, now, SentWay::Mail).unwrap();
        }
        let past = store.past(|_| before).unwrap();
        assert_eq!(past.notes, [note(1)]);
        assert_eq!(past.mails.len(), 1, "what was sent; what waits is kept, however old");
        assert!(store.erase_note(note(1), now).unwrap());
        assert_eq!(store.note(office, note(1)).unwrap().unwrap().text, None);
        assert!(store.note(office, note(2)).unwrap().unwrap().text.is_some());
        assert_eq!(store.mails_kept_from(office).unwrap(), None);
        let mails: Vec<i64> = past.mails.iter().map(|mail| mail.1).collect();
        assert_eq!(store.forget_mails(office, before, &mails).unwrap(), 1);
        assert_eq!(store.mails_kept_from(office).unwrap(), Some(before));
        assert_eq!(store.forget_mails(office, before, &mails).unwrap(), 0);
        assert_eq!(store.past(|_| before).unwrap(), PastCount::default());
    }
}
