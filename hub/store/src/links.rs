//! What ends the links of a booking: a version for each of its holders; and the codes that show that an address is theirs
//! today.

use chrono::{DateTime, Utc};
use office::PersonId;
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::{millis, params},
};

/// A code that was sent to an address, until it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AddressCode {
    /// Whose booking it is about.
    pub person: PersonId,
    /// Whether it went to the person served, and not to who booked.
    pub served: bool,
    /// What draws it.
    pub drawn: Uuid,
    /// Good until then.
    pub expires_at: DateTime<Utc>,
}

impl Store {
    /// Which of the links of a holder opens the booking; those of lower versions have ended.
    pub fn link_version(&self, person: PersonId, served: bool) -> Stored<u32> {
        let column = version_column(served);
        let found: Option<u32> =
            self.sql
                .one(&format!("SELECT {column} FROM people WHERE id = ?"), [person.0.into_bytes()], |row| row.get(0))?;
        Ok(found.unwrap_or_default())
    }

    /// Ends every link of a holder that was made before, and the code that waits to be typed behind one.
    pub fn end_links(&self, person: PersonId, served: bool) -> Stored<()> {
        let (column, id) = (version_column(served), person.0.into_bytes());
        self.sql.run(&format!("UPDATE people SET {column} = {column} + 1 WHERE id = ?"), [id])?;
        self.sql.run("DELETE FROM address_code WHERE person = ? AND served = ?", params![id, served]).map(drop)
    }

    /// Keeps a code that is sent; it takes the place of one before.
    pub fn put_address_code(&self, code: &AddressCode, tries: u32) -> Stored<()> {
        let AddressCode { person, served, drawn, expires_at } = code;
        self.sql
            .run(
                "INSERT OR REPLACE INTO address_code(person, served, drawn, expires_at, tries) VALUES(?, ?, ?, ?, ?)",
                params![person.0.into_bytes(), served, drawn.into_bytes(), millis(*expires_at), tries],
            )
            .map(drop)
    }

    /// Whether a holder has a code that may still be tried and is good for longer than that.
    pub fn has_address_code(&self, (person, served, until): (PersonId, bool, DateTime<Utc>)) -> Stored<bool> {
        let found = self.sql.one(
            "SELECT 1 FROM address_code WHERE person = ? AND served = ? AND tries > 0 AND expires_at > ?",
            params![person.0.into_bytes(), served, millis(until)],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    /// What draws the code that a holder may try now; the try is counted. None if there is none, it is too old, or has been
    /// tried too often.
    pub fn try_address_code(&self, person: PersonId, served: bool, now: DateTime<Utc>) -> Stored<Option<Uuid>> {
        let id = person.0.into_bytes();
        let counted = self.sql.run(
            "UPDATE address_code SET tries = tries - 1 WHERE person = ? AND served = ? AND tries > 0 AND expires_at > ?",
            params![id, served, millis(now)],
        )?;
        if counted == 0 {
            return Ok(None);
        }
        self.sql.one("SELECT drawn FROM address_code WHERE person = ? AND served = ?", params![id, served], |row| {
            Ok(Uuid::from_bytes(row.get(0)?))
        })
    }

    /// A code was typed, and is used up.
    pub fn drop_address_code(&self, person: PersonId, served: bool) -> Stored<()> {
        let id = person.0.into_bytes();
        self.sql.run("DELETE FROM address_code WHERE person = ? AND served = ?", params![id, served]).map(drop)
    }

    /// Forgets codes that nobody typed in time.
    pub fn forget_address_codes(&self, now: DateTime<Utc>) -> Stored<usize> {
        self.sql.run("DELETE FROM address_code WHERE expires_at <= ?", [millis(now)])
    }
}

const fn version_column(served: bool) -> &'static str {
    if served { "served_link_version" } else { "link_version" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Person;

    #[test]
    fn new_08_links_of_a_holder_end_and_a_code_is_tried_as_often_as_it_may() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let at = |minute: i64| DateTime::from_timestamp(1_795_000_000 + minute * 60, 0).unwrap();
        let person = PersonId(Uuid::from_u128(7));
        assert_eq!(store.link_version(person, false).unwrap(), 0, "nobody is kept");
        store.put_person(&Person { id: person, name: None, email: None, phone: None }, at(0)).unwrap();
        let code = AddressCode { person, served: false, drawn: Uuid::from_u128(9), expires_at: at(15) };
        store.put_address_code(&code, 2).unwrap();
        assert_eq!(store.try_address_code(person, true, at(1)).unwrap(), None, "it is another holder's");
        assert_eq!(store.try_address_code(person, false, at(15)).unwrap(), None, "it is too old");
        assert_eq!(store.try_address_code(person, false, at(1)).unwrap(), Some(code.drawn));
        assert_eq!(store.try_address_code(person, false, at(1)).unwrap(), Some(code.drawn));
        assert_eq!(store.try_address_code(person, false, at(1)).unwrap(), None, "it was tried twice");
        store.put_address_code(&code, 2).unwrap();
        store.end_links(person, false).unwrap();
        assert_eq!((store.link_version(person, false).unwrap(), store.link_version(person, true).unwrap()), (1, 0));
        assert_eq!(store.try_address_code(person, false, at(1)).unwrap(), None, "it ends with the links");
        store.put_address_code(&code, 2).unwrap();
        assert_eq!(store.forget_address_codes(at(15)).unwrap(), 1);
        // What is corrected of somebody leaves the version alone.
        store.put_person(&Person { id: person, name: Some("Μαρία".into()), email: None, phone: None }, at(2)).unwrap();
        assert_eq!(store.link_version(person, false).unwrap(), 1);
    }
}
