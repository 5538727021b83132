//! One row for each visit that is over, made from the journal: the ground of all statistics.

use rusqlite::params;

use super::{Store, Stored};

impl Store {
    /// Keeps the report of a visit; a later one replaces it.
    pub fn keep_report(&self, office: u32, visit: u64, body: &str) -> Stored<()> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO visit_report(office, visit, body) VALUES(?, ?, ?)")?
            .execute(params![office, visit as i64, body])
            .map(drop)
    }

    /// Takes a report back: the visit is not over after all.
    pub fn drop_report(&self, office: u32, visit: u64) -> Stored<()> {
        self.connection
            .prepare_cached("DELETE FROM visit_report WHERE office = ? AND visit = ?")?
            .execute(params![office, visit as i64])
            .map(drop)
    }

    /// Every report of an office, by visit.
    pub fn reports(&self, office: u32) -> Stored<Vec<(u64, String)>> {
        let mut statement =
            self.connection.prepare("SELECT visit, body FROM visit_report WHERE office = ? ORDER BY visit")?;
        statement.query_map([office], |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), row.get(1)?)))?.collect()
    }
}
