//! Documents that citizens sent beforehand (TRN-10): who sent which. The files themselves lie in a folder of their own.

use chrono::{DateTime, Utc};
use office::PersonId;
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::{Cells, Read, instant, millis, params},
    tombstones::TombstoneKind,
};

/// A document that somebody sent.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Upload {
    /// Names the file.
    pub id: Uuid,
    /// The person to whose booking it belongs.
    #[serde(skip)]
    pub person: PersonId,
    /// What they called it.
    pub name: String,
    /// What it is, by its content: `application/pdf`, `image/jpeg`, `image/png`.
    pub kind: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// When it came.
    pub at: DateTime<Utc>,
}

impl Store {
    /// Notes that a document was sent.
    pub fn put_upload(&self, upload: &Upload) -> Stored<()> {
        self.sql
            .run(
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
        self.sql.rows(
            "SELECT id, person, name, kind, bytes, at FROM upload WHERE person = ? ORDER BY at, id",
            [person.0.into_bytes()],
            upload,
        )
    }

    /// A document of somebody who has or had a booking in an office, by its file's name, and the booking's number.
    pub fn document_in(&self, office: u32, id: Uuid) -> Stored<Option<(u64, Upload)>> {
        self.sql.one(
            "SELECT upload.id, person, upload.name, kind, bytes, at, booking FROM upload \
             JOIN people ON people.id = upload.person \
             WHERE upload.id = ? AND office = ? AND booking IS NOT NULL AND erased_at IS NULL",
            params![id.into_bytes(), office],
            |row| Ok((row.get::<_, i64>(6)?.cast_unsigned(), upload(row)?)),
        )
    }

    /// Which of some files belong to nobody: no document has them.
    pub fn files_of_nobody(&self, mut files: Vec<Uuid>) -> Stored<Vec<Uuid>> {
        let mut kept = std::collections::HashSet::new();
        for file in &files {
            if self.sql.one("SELECT 1 FROM upload WHERE id = ?", [file.into_bytes()], |_| Ok(()))?.is_some() {
                kept.insert(*file);
            }
        }
        files.retain(|file| !kept.contains(file));
        Ok(files)
    }

    /// Whether everything that was kept of somebody was taken out.
    pub fn is_erased(&self, person: PersonId) -> Stored<bool> {
        let erased =
            self.sql.one("SELECT erased_at IS NOT NULL FROM people WHERE id = ?", [person.0.into_bytes()], |row| {
                row.get(0)
            })?;
        Ok(erased.unwrap_or_default())
    }

    /// Takes one document out; `false` if it is not theirs.
    pub fn drop_upload(&self, person: PersonId, id: Uuid, at: DateTime<Utc>) -> Stored<bool> {
        self.to_scrub.set(true);
        let dropped = self
            .sql
            .run("DELETE FROM upload WHERE id = ? AND person = ?", params![id.into_bytes(), person.0.into_bytes()])?;
        if dropped > 0 {
            self.note_gone(TombstoneKind::Document, id.as_bytes(), at)?;
        }
        Ok(dropped > 0)
    }
}

/// The first six columns of a row about a file.
pub(crate) fn upload(row: &Cells<'_>) -> Read<Upload> {
    Ok(Upload {
        id: Uuid::from_bytes(row.get(0)?),
        person: PersonId(Uuid::from_bytes(row.get(1)?)),
        name: row.get(2)?,
        kind: row.get(3)?,
        bytes: row.get::<_, i64>(4)?.unsigned_abs(),
        at: instant(row.get(5)?),
    })
}
