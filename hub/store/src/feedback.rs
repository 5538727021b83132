//! What visitors said afterwards (FLD-25): how many of each face on a day, and sentences. Nothing here leads to a visit.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::{millis, params},
};

/// How many chose a face on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FaceCount {
    /// The local day.
    pub day: NaiveDate,
    /// The face, by its number.
    pub face: u8,
    /// So many chose it.
    pub count: u32,
}

/// A sentence that somebody wrote, with the face that they chose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedbackWords {
    /// Drawn for it, so that it can be erased.
    pub id: Uuid,
    /// The local day; no more is kept of when it was.
    pub day: NaiveDate,
    /// The face, by its number.
    pub face: u8,
    /// What they wrote.
    pub text: String,
}

/// So many sentences are shown at once, the newest.
const WORDS_SHOWN_MAX: u32 = 500;

impl Store {
    /// Notes that a visit has said what it had to say; `false` if it had before. The mark leads to the visit for who holds the
    /// hub's key alone, and goes at night.
    pub fn mark_feedback(&self, mark: [u8; 32], at: DateTime<Utc>) -> Stored<bool> {
        let put = "INSERT OR IGNORE INTO feedback_mark(mark, at) VALUES(?, ?)";
        Ok(self.sql.run(put, params![mark, millis(at)])? > 0)
    }

    /// Whether a visit has said it.
    pub fn has_feedback(&self, mark: [u8; 32]) -> Stored<bool> {
        Ok(self.sql.one("SELECT 1 FROM feedback_mark WHERE mark = ?", [mark], |_| Ok(()))?.is_some())
    }

    /// One more has chosen this face on a day.
    pub fn count_face(&self, office: u32, day: NaiveDate, face: u8) -> Stored<()> {
        let put = "INSERT INTO feedback(office, day, face, count) VALUES(?, ?, ?, 1) \
                   ON CONFLICT(office, day, face) DO UPDATE SET count = count + 1";
        self.sql.run(put, params![office, day.to_string(), face]).map(drop)
    }

    /// Keeps a sentence.
    pub fn keep_feedback_words(&self, office: u32, words: &FeedbackWords) -> Stored<()> {
        let put = "INSERT OR IGNORE INTO feedback_words(id, office, day, face, text) VALUES(?, ?, ?, ?, ?)";
        let values = params![words.id.into_bytes(), office, words.day.to_string(), words.face, words.text];
        self.sql.run(put, values).map(drop)
    }

    /// How often each face was chosen on the days from one to another, that one too.
    pub fn face_counts(&self, office: u32, from: NaiveDate, to: NaiveDate) -> Stored<Vec<FaceCount>> {
        let question =
            "SELECT day, face, count FROM feedback WHERE office = ? AND day BETWEEN ? AND ? ORDER BY day, face";
        self.sql.rows(question, params![office, from.to_string(), to.to_string()], |row| {
            let day: String = row.get(0)?;
            Ok(FaceCount { day: day.parse().unwrap_or_default(), face: row.get(1)?, count: row.get(2)? })
        })
    }

    /// Sentences of those days that nobody has erased, the newest day first.
    pub fn feedback_words(&self, office: u32, from: NaiveDate, to: NaiveDate) -> Stored<Vec<FeedbackWords>> {
        // By their random ids within a day: in what order they came is not told.
        let question = format!(
            "SELECT id, day, face, text FROM feedback_words WHERE office = ? AND day BETWEEN ? AND ? AND text IS NOT NULL \
             ORDER BY day DESC, id LIMIT {WORDS_SHOWN_MAX}"
        );
        self.sql.rows(&question, params![office, from.to_string(), to.to_string()], |row| {
            let day: String = row.get(1)?;
            Ok(FeedbackWords {
                id: Uuid::from_bytes(row.get(0)?),
                day: day.parse().unwrap_or_default(),
                face: row.get(2)?,
                text: row.get(3)?,
            })
        })
    }

    /// Erases a sentence of an office; `false` if there is none such.
    pub fn erase_feedback_words(&self, office: u32, id: Uuid, at: DateTime<Utc>) -> Stored<bool> {
        let erased = self.sql.run(
            "UPDATE feedback_words SET text = NULL, erased_at = ? WHERE office = ? AND id = ? AND text IS NOT NULL",
            params![millis(at), office, id.into_bytes()],
        )?;
        self.to_scrub.set(self.to_scrub.get() || erased > 0);
        self.buried.set(self.buried.get() || erased > 0);
        Ok(erased > 0)
    }

    /// Erases a sentence once more, that was erased when this file was a copy of an older one.
    pub(crate) fn bury_feedback_words(&self, id: Uuid, at: DateTime<Utc>) -> Stored<usize> {
        self.sql.run(
            "UPDATE feedback_words SET text = NULL, erased_at = ? WHERE id = ? AND text IS NOT NULL",
            params![millis(at), id.into_bytes()],
        )
    }

    /// Sentences of days before, by what `before` says of an office.
    pub fn feedback_words_before(&self, before: impl Fn(u32) -> NaiveDate) -> Stored<Vec<(u32, Uuid)>> {
        let mut past = Vec::new();
        let question = "SELECT office, day, id FROM feedback_words WHERE text IS NOT NULL";
        let rows: Vec<(u32, String, [u8; 16])> =
            self.sql.rows(question, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        for (office, day, id) in rows {
            if day.parse::<NaiveDate>().is_ok_and(|day| day < before(office)) {
                past.push((office, Uuid::from_bytes(id)));
            }
        }
        Ok(past)
    }

    /// Forgets which visits have said something, of before.
    pub fn forget_feedback_marks(&self, before: DateTime<Utc>) -> Stored<usize> {
        self.sql.run("DELETE FROM feedback_mark WHERE at < ?", [millis(before)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_25_a_face_counts_once_a_visit_and_a_sentence_is_erased_for_good() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-24T10:00:00Z".parse().unwrap();
        let day = now.date_naive();
        let (one, other) = ([1; 32], [2; 32]);
        assert!(store.mark_feedback(one, now).unwrap() && !store.mark_feedback(one, now).unwrap());
        assert!(store.has_feedback(one).unwrap() && !store.has_feedback(other).unwrap());
        for face in [2, 2, 0] {
            store.count_face(1, day, face).unwrap();
        }
        let count = |face, count| FaceCount { day, face, count };
        assert_eq!(store.face_counts(1, day, day).unwrap(), [count(0, 1), count(2, 2)]);
        assert_eq!(store.face_counts(2, day, day).unwrap(), []);
        let words = FeedbackWords { id: Uuid::from_u128(7), day, face: 2, text: "Ευγενικοί".into() };
        store.keep_feedback_words(1, &words).unwrap();
        store.keep_feedback_words(1, &words).unwrap();
        assert_eq!(store.feedback_words(1, day, day).unwrap(), std::slice::from_ref(&words));
        assert!(!store.erase_feedback_words(2, words.id, now).unwrap(), "another office finds nothing");
        assert_eq!(store.feedback_words_before(|_| day).unwrap(), []);
        assert_eq!(store.feedback_words_before(|_| day.succ_opt().unwrap()).unwrap(), [(1, words.id)]);
        assert!(store.erase_feedback_words(1, words.id, now).unwrap());
        assert!(!store.erase_feedback_words(1, words.id, now).unwrap());
        assert_eq!(store.feedback_words(1, day, day).unwrap(), []);
        assert_eq!(store.forget_feedback_marks(now).unwrap(), 0);
        assert_eq!(store.forget_feedback_marks(now + chrono::TimeDelta::seconds(1)).unwrap(), 1);
    }
}
