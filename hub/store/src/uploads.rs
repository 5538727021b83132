//! Documents that citizens sent beforehand (TRN-10): who sent which. The files themselves lie in a folder of their own.

use chrono::{DateTime, Utc};
use office::PersonId;
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::{Store, Stored, instant, millis};

/// A document that somebody sent.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Upload {
    /// Names the file.
    pub id: Uuid,
    /// Whose it is.
    #[serde(skip)]
    pub person: PersonId,
    /// What they called it.
    pub name: String,
    /// What it is, by its content: `application/pdf`, `image/jpeg`, `image/png`.
    pub kind: String,
    /// Its length.
    pub bytes: u64,
    /// When it came.
    pub at: DateTime<Utc>,
}

impl Store {
    /// Notes that a document was sent.
    pub fn put_upload(&self, upload: &Upload) -> Stored<()> {
        self.connection
            .execute(
                "INSERT INTO upload(id, person, name, kind, bytes, at) VALUES(?, ?, ?, ?, ?, ?)",
                params![
                    upload.id.into_bytes(),
                    upload.person.0.into_bytes(),
                    upload.name,
                    upload.kind,
                    i64::try_from(upload.bytes).unwrap_or(i64::MAX),
                    millis(upload.at)
                ],
            )
            .map(drop)
    }

    /// What somebody sent, in the order in which it came.
    pub fn uploads_of(&self, person: PersonId) -> Stored<Vec<Upload>> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id, person, name, kind, bytes, at FROM upload WHERE person = ? ORDER BY at, id")?;
        statement.query_map([person.0.into_bytes()], upload)?.collect()
    }

    /// A document by its file's name.
    pub fn upload(&self, id: Uuid) -> Stored<Option<Upload>> {
        self.connection
            .prepare_cached("SELECT id, person, name, kind, bytes, at FROM upload WHERE id = ?")?
            .query_row([id.into_bytes()], upload)
            .optional()
    }

    /// Takes one document out; `false` if it is not theirs.
    pub fn drop_upload(&self, person: PersonId, id: Uuid) -> Stored<bool> {
        self.to_scrub.set(true);
        let dropped = self.connection.execute(
            "DELETE FROM upload WHERE id = ? AND person = ?",
            params![id.into_bytes(), person.0.into_bytes()],
        )?;
        Ok(dropped > 0)
    }
}

fn upload(row: &Row<'_>) -> Stored<Upload> {
    Ok(Upload {
        id: Uuid::from_bytes(row.get(0)?),
        person: PersonId(Uuid::from_bytes(row.get(1)?)),
        name: row.get(2)?,
        kind: row.get(3)?,
        bytes: row.get::<_, i64>(4)?.unsigned_abs(),
        at: instant(row.get(5)?),
    })
}
