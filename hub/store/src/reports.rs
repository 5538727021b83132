//! One row for each visit that is over, made from the journal: the ground of all statistics.

use crate::{error::Stored, file::Store, sql::params};

impl Store {
    /// Keeps the report of a visit; a later one replaces it.
    pub(crate) fn keep_report(&self, office: u32, visit: u64, body: &str) -> Stored<()> {
        self.sql
            .run(
                "INSERT OR REPLACE INTO visit_report(office, visit, body) VALUES(?, ?, ?)",
                params![office, visit as i64, body],
            )
            .map(drop)
    }

    /// Takes a report back: the visit is not over after all.
    pub(crate) fn drop_report(&self, office: u32, visit: u64) -> Stored<()> {
        self.sql.run("DELETE FROM visit_report WHERE office = ? AND visit = ?", params![office, visit as i64]).map(drop)
    }

    /// Every report of an office, by visit.
    pub fn reports(&self, office: u32) -> Stored<Vec<(u64, String)>> {
        self.sql.rows("SELECT visit, body FROM visit_report WHERE office = ? ORDER BY visit", [office], |row| {
            Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?))
        })
    }
}
