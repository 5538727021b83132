//! What is kept of the room of a booking by teleconference: which link of a helper is the newest, and who was shown out or that
//! it was ended, for one time. Nothing that is said or shown in a room comes here.

use chrono::{DateTime, Utc};
use office::PersonId;

use crate::{
    error::Stored,
    file::Store,
    sql::{millis, params},
};

/// What holds for a room.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CallMarks {
    /// Which of the links for a helper opens it; 0 before there was one.
    pub helper: u32,
    /// For whom it is shut, and why; the room's own rules say what each bit is.
    pub shut: u32,
    /// The address of a room elsewhere, which a clerk named for this time.
    pub address: Option<String>,
}

impl Store {
    /// What holds for the room of a person's booking at that time. A booking that was moved has another room.
    pub fn call_marks(&self, person: PersonId, start: DateTime<Utc>) -> Stored<CallMarks> {
        let found = self.sql.one(
            "SELECT helper_version, CASE WHEN call_shut_for = ?1 THEN call_shut ELSE 0 END, \
             CASE WHEN call_shut_for = ?1 THEN call_address END FROM people WHERE id = ?2",
            params![millis(start), person.0.into_bytes()],
            |row| Ok(CallMarks { helper: row.get(0)?, shut: row.get(1)?, address: row.get(2)? }),
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Keeps it.
    pub fn put_call_marks(&self, person: PersonId, start: DateTime<Utc>, marks: &CallMarks) -> Stored<()> {
        self.sql
            .run(
                "UPDATE people SET helper_version = ?, call_shut = ?, call_shut_for = ?, call_address = ? WHERE id = ?",
                params![marks.helper, marks.shut, millis(start), marks.address, person.0.into_bytes()],
            )
            .map(drop)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::Person;

    #[test]
    fn omb_20_what_holds_for_a_room_holds_for_its_time_alone() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let at = |hour: i64| DateTime::from_timestamp(1_795_000_000 + hour * 3_600, 0).unwrap();
        let person = PersonId(Uuid::from_u128(7));
        assert_eq!(store.call_marks(person, at(1)).unwrap(), CallMarks::default(), "nobody is kept");
        store.put_person(&Person { id: person, name: None, email: None, phone: None }, at(0)).unwrap();
        let marks = CallMarks { helper: 2, shut: 5, address: Some("https://meet.example.gr/1".to_owned()) };
        store.put_call_marks(person, at(1), &marks).unwrap();
        assert_eq!(store.call_marks(person, at(1)).unwrap(), marks);
        let moved = CallMarks { helper: 2, ..CallMarks::default() };
        assert_eq!(store.call_marks(person, at(2)).unwrap(), moved, "it was moved");
    }
}
