//! Taking out what is personal (FLD-23), and everything that is known of one person.

use chrono::{DateTime, Utc};
use office::{AddressId, PersonId};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::{Store, Stored, instant, millis};

/// Everything that is kept of one person; the journal knows them by the id alone.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Record {
    /// What the journal calls them.
    #[serde(skip)]
    pub id: PersonId,
    /// When they booked.
    pub created_at: DateTime<Utc>,
    /// The name.
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
}

/// What one erasing took out: counts, and the files that nobody names any more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Forgotten {
    /// People.
    pub people: usize,
    /// Addresses.
    pub addresses: usize,
    /// Names of files.
    pub files: Vec<Uuid>,
}

impl Store {
    /// Everything that is kept of the people of a mail address, and of those for whom somebody else booked with it.
    pub fn records_of(&self, email: &str) -> Stored<Vec<Record>> {
        let mut statement = self.connection.prepare(&format!(
            "{RECORD} WHERE (email = ?1 COLLATE NOCASE OR served_email = ?1 COLLATE NOCASE) AND erased_at IS NULL"
        ))?;
        statement.query_map([email.to_lowercase()], record)?.collect()
    }

    /// Everything that is kept of a person, unless erased.
    pub fn record(&self, person: PersonId) -> Stored<Option<Record>> {
        self.connection
            .prepare_cached(&format!("{RECORD} WHERE id = ? AND erased_at IS NULL"))?
            .query_row([person.0.into_bytes()], record)
            .optional()
    }

    /// Notes when a person's visit is: what is kept of them is kept for some days from then on.
    pub fn note_visit(&self, person: PersonId, at: DateTime<Utc>) -> Stored<()> {
        self.connection
            .prepare_cached(
                "UPDATE people SET visit_at = ?1 WHERE id = ?2 AND visit_at IS NOT ?1 AND erased_at IS NULL",
            )?
            .execute(params![millis(at), person.0.into_bytes()])
            .map(drop)
    }

    /// Takes a person out: what is left is an id that says nothing.
    pub fn erase_person(&self, person: PersonId, at: DateTime<Utc>) -> Stored<Forgotten> {
        self.to_scrub.set(true);
        let id = person.0.into_bytes();
        let files = self.uploads_of(person)?.into_iter().map(|upload| upload.id).collect();
        self.connection.execute("DELETE FROM upload WHERE person = ?", [id])?;
        let people = self.connection.execute(
            "UPDATE people SET name = NULL, email = NULL, phone = NULL, details = NULL, consent_at = NULL, \
             consent_version = NULL, consent_language = NULL, served_email = NULL, served_proven_at = NULL, \
             erased_at = ? WHERE id = ? AND erased_at IS NULL",
            params![millis(at), id],
        )?;
        Ok(Forgotten { people, addresses: 0, files })
    }

    /// People whose visit, or if none is known whose booking, was before what `before` says of their office.
    pub fn people_before(&self, before: impl Fn(Option<u32>) -> DateTime<Utc>) -> Stored<Vec<PersonId>> {
        let mut statement = self
            .connection
            .prepare("SELECT id, office, coalesce(visit_at, created_at) FROM people WHERE erased_at IS NULL")?;
        let mut rows = statement.query([])?;
        let mut people = Vec::new();
        while let Some(row) = rows.next()? {
            if row.get::<_, i64>(2)? < millis(before(row.get(1)?)) {
                people.push(PersonId(Uuid::from_bytes(row.get(0)?)));
            }
        }
        Ok(people)
    }

    /// The same for one of them: a booking may have been moved since the list was made.
    pub fn is_person_before(&self, person: PersonId, before: impl Fn(Option<u32>) -> DateTime<Utc>) -> Stored<bool> {
        let times = self
            .connection
            .prepare_cached("SELECT office, coalesce(visit_at, created_at) FROM people WHERE id = ?")?
            .query_row([person.0.into_bytes()], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))
            .optional()?;
        Ok(times.is_some_and(|(office, at)| at < millis(before(office))))
    }

    /// Takes an address out, if no person of any booking has it.
    pub fn forget_address(&self, address: AddressId) -> Stored<bool> {
        self.to_scrub.set(true);
        let dropped = self.connection.execute(
            "DELETE FROM address WHERE id = ? AND NOT EXISTS (\
             SELECT 1 FROM people WHERE people.email = address.email COLLATE NOCASE AND people.erased_at IS NULL)",
            [address.0.into_bytes()],
        )?;
        Ok(dropped > 0)
    }

    /// Addresses that were last asked for before, and that no person of any booking has.
    pub fn addresses_before(&self, before: DateTime<Utc>) -> Stored<Vec<AddressId>> {
        let mut statement = self.connection.prepare(
            "SELECT id FROM address WHERE asked_at < ? AND NOT EXISTS (\
             SELECT 1 FROM people WHERE people.email = address.email COLLATE NOCASE AND people.erased_at IS NULL)",
        )?;
        let ids = statement.query_map([millis(before)], |row| row.get(0))?;
        ids.map(|id| Ok(AddressId(Uuid::from_bytes(id?)))).collect()
    }

    /// Whether an address was last asked for before.
    pub fn is_address_before(&self, address: AddressId, before: DateTime<Utc>) -> Stored<bool> {
        self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM address WHERE id = ? AND asked_at < ?)",
            params![address.0.into_bytes(), millis(before)],
            |row| row.get(0),
        )
    }
}

const RECORD: &str = "SELECT id, created_at, name, email, phone, details, office, booking, visit_at, consent_at, \
    consent_version, consent_language FROM people";

fn record(row: &Row<'_>) -> Stored<Record> {
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
    })
}
