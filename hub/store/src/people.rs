//! What is personal: names, addresses, notes. It can be erased here without touching the journal.

use chrono::{DateTime, Utc};
use office::{AddressId, NoteId, PersonId};
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::{millis, params},
};

/// Somebody who booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What the journal calls them.
    pub id: PersonId,
    /// First and last name; none where they are erased.
    pub name: Option<String>,
    /// Where mails go.
    pub email: Option<String>,
    /// Where they can be called.
    pub phone: Option<String>,
}

/// What somebody declared with a booking, beyond name, address and telephone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration {
    /// The person who declared it.
    pub person: PersonId,
    /// The office's row.
    pub office: u32,
    /// The booking's number.
    pub booking: u64,
    /// The booked time: what is kept is kept for some days from then on.
    pub visit_at: DateTime<Utc>,
    /// What they wrote, as JSON.
    pub details: String,
    /// What they agreed to (OMB-12).
    pub consent: Consent,
}

/// What staff entered with a booking, for a caller or in place of the citizen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffEntry {
    /// The person whose booking staff entered.
    pub person: PersonId,
    /// The office's row.
    pub office: u32,
    /// The booking's number.
    pub booking: u64,
    /// The booked time.
    pub visit_at: DateTime<Utc>,
    /// What was said, as JSON.
    pub details: String,
}

/// What was agreed to, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// The text's version.
    pub version: String,
    /// The language in which it was read.
    pub language: String,
    /// The text itself: what was agreed to can be shown later.
    pub text: String,
    /// When they agreed.
    pub at: DateTime<Utc>,
}

/// Staff's free text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What the journal calls it.
    pub id: NoteId,
    /// The account that wrote it.
    pub author: Option<u32>,
    /// The text, until it is erased.
    pub text: Option<String>,
    /// About whom, where that is known: it is erased with them.
    pub about: Option<PersonId>,
}

/// An e-mail address, and whether it was proven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenAddress {
    /// What limits and journal call it.
    pub id: AddressId,
    /// The address, in lower case.
    pub email: String,
    /// Whether somebody opened the link that was sent there.
    pub proven: bool,
}

impl Store {
    /// Keeps a person.
    pub fn put_person(&self, person: &Person, at: DateTime<Utc>) -> Stored<()> {
        self.sql
            .run(
                "INSERT INTO people(id, created_at, name, email, phone) VALUES(?, ?, ?, ?, ?) \
                 ON CONFLICT(id) DO UPDATE SET name = excluded.name, email = excluded.email, phone = excluded.phone",
                params![id(person.id.0), millis(at), person.name, person.email, person.phone],
            )
            .map(drop)
    }

    /// The text of a privacy notice that somebody agreed to, by its version.
    pub fn notice(&self, version: &str) -> Stored<Option<String>> {
        self.sql.one("SELECT body FROM notice WHERE version = ?", [version], |row| row.get(0))
    }

    /// Keeps what a person declared. The person is there already.
    pub(crate) fn put_declared(&self, declared: &Declaration) -> Stored<()> {
        let Consent { version, language, text, at } = &declared.consent;
        self.sql.run(
            "INSERT OR IGNORE INTO notice(version, language, body, first_at) VALUES(?, ?, ?, ?)",
            params![version, language, text, millis(*at)],
        )?;
        self.sql
            .run(
                "UPDATE people SET details = ?, office = ?, booking = ?, visit_at = ?, consent_at = ?, \
                 consent_version = ?, consent_language = ? WHERE id = ?",
                params![
                    declared.details,
                    declared.office,
                    declared.booking as i64,
                    millis(declared.visit_at),
                    millis(*at),
                    version,
                    language,
                    id(declared.person.0)
                ],
            )
            .map(drop)
    }

    /// Keeps what was entered; what the person agreed to stays as it is.
    pub(crate) fn put_entered(&self, entered: &StaffEntry) -> Stored<()> {
        self.sql.run("UPDATE people SET details = ?, office = ?, booking = ?, visit_at = ? WHERE id = ? AND erased_at IS NULL", params![
                entered.details,
                entered.office,
                entered.booking as i64,
                millis(entered.visit_at),
                id(entered.person.0)
            ])
            .map(drop)
    }

    /// A person, unless erased.
    pub fn person(&self, person: PersonId) -> Stored<Option<Person>> {
        self.sql.one(
            "SELECT name, email, phone FROM people WHERE id = ? AND erased_at IS NULL",
            [id(person.0)],
            |row| Ok(Person { id: person, name: row.get(0)?, email: row.get(1)?, phone: row.get(2)? }),
        )
    }

    /// Whether there is or was such a person; one who was erased too.
    pub fn knows_person(&self, person: PersonId) -> Stored<bool> {
        self.sql.only("SELECT EXISTS (SELECT 1 FROM people WHERE id = ?)", [id(person.0)], |row| row.get(0))
    }

    /// Keeps a note.
    pub fn put_note(&self, office: u32, note: &Note, at: DateTime<Utc>) -> Stored<()> {
        self.sql
            .run(
                "INSERT INTO note(id, office, author, at, text, person) VALUES(?, ?, ?, ?, ?, ?)",
                params![
                    id(note.id.0),
                    office,
                    note.author,
                    millis(at),
                    note.text,
                    note.about.map(|person| id(person.0))
                ],
            )
            .map(drop)
    }

    /// A note of an office.
    pub fn note(&self, office: u32, note: NoteId) -> Stored<Option<Note>> {
        self.sql.one("SELECT author, text FROM note WHERE id = ? AND office = ?", params![id(note.0), office], |row| {
            Ok(Note { id: note, author: row.get(0)?, text: row.get(1)?, about: None })
        })
    }

    /// The record of an e-mail address, made if it is new. Case does not tell two addresses apart.
    pub fn address_of(&self, email: &str, now: DateTime<Utc>) -> Stored<ProvenAddress> {
        let email = email.to_lowercase();
        self.sql.run(
            "INSERT INTO address(id, email, asked_at) VALUES(?, ?, ?) \
                 ON CONFLICT(email) DO UPDATE SET asked_at = excluded.asked_at",
            params![id(secrets::draw_id()), email, millis(now)],
        )?;
        self.sql.only("SELECT id, proven_at FROM address WHERE email = ?", [&email], |row| {
            Ok(ProvenAddress {
                id: AddressId(Uuid::from_bytes(row.get(0)?)),
                email: email.clone(),
                proven: row.get::<_, Option<i64>>(1)?.is_some(),
            })
        })
    }

    /// What limits and journal call an e-mail address, if it was ever asked for.
    pub fn address_id(&self, email: &str) -> Stored<Option<AddressId>> {
        self.sql.one("SELECT id FROM address WHERE email = ?", [email.to_lowercase()], |row| {
            Ok(AddressId(Uuid::from_bytes(row.get(0)?)))
        })
    }

    /// The address behind an id.
    pub fn address(&self, address: AddressId) -> Stored<Option<ProvenAddress>> {
        self.sql.one("SELECT email, proven_at FROM address WHERE id = ?", [id(address.0)], |row| {
            let proven = row.get::<_, Option<i64>>(1)?.is_some();
            Ok(ProvenAddress { id: address, email: row.get(0)?, proven })
        })
    }

    /// Somebody opened the link that was sent to the address.
    pub fn prove_address(&self, address: AddressId, at: DateTime<Utc>) -> Stored<()> {
        self.sql
            .run(
                "UPDATE address SET proven_at = coalesce(proven_at, ?) WHERE id = ?",
                params![millis(at), id(address.0)],
            )
            .map(drop)
    }
}

fn id(id: Uuid) -> [u8; 16] {
    id.into_bytes()
}
