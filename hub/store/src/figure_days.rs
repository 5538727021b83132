//! Days of offices that are closed, as figures know them: made from the journal, and able to be made from it anew.

use chrono::NaiveDate;

use crate::{
    error::Stored,
    file::Store,
    sql::{Cells, Read, params},
};

/// The mark of a file whose whole journals were looked through.
const LOOKED_THROUGH: &str = "figure-days";

/// A day that is closed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FigureDay {
    /// The local day.
    pub day: NaiveDate,
    /// What figures know of it, as JSON.
    pub body: String,
}

impl Store {
    /// Keeps a day that is closed.
    pub(crate) fn keep_figure_day(&self, office: u32, day: &FigureDay) -> Stored<()> {
        let put = "INSERT OR REPLACE INTO figure_day(office, day, body) VALUES(?, ?, ?)";
        self.sql.run(put, params![office, day.day.to_string(), day.body]).map(drop)
    }

    /// Whether every day that was closed is here: an older hub kept none of them.
    pub fn has_all_figure_days(&self) -> Stored<bool> {
        Ok(self.meta(LOOKED_THROUGH)?.is_some())
    }

    /// Keeps every day that was closed, each with its office's row, as the journals tell of them, in the place of those kept so far.
    pub fn keep_all_figure_days(&self, days: &[(u32, FigureDay)]) -> Stored<()> {
        let batch = self.batch()?;
        self.sql.run("DELETE FROM figure_day", [])?;
        days.iter().try_for_each(|(office, day)| self.keep_figure_day(*office, day))?;
        self.set_meta(LOOKED_THROUGH, b"1")?;
        batch.commit()
    }

    /// Whether an office has a day from one to another, that one too.
    pub fn has_figure_days(&self, office: u32, from: NaiveDate, to: NaiveDate) -> Stored<bool> {
        let question = "SELECT 1 FROM figure_day WHERE office = ? AND day BETWEEN ? AND ? LIMIT 1";
        let found = self.sql.one(question, params![office, from.to_string(), to.to_string()], |_| Ok(()))?;
        Ok(found.is_some())
    }

    /// The days of an office from one to another, that one too, in order.
    pub fn figure_days(&self, office: u32, from: NaiveDate, to: NaiveDate) -> Stored<Vec<FigureDay>> {
        let question = "SELECT day, body FROM figure_day WHERE office = ? AND day BETWEEN ? AND ? ORDER BY day";
        self.sql.rows(question, params![office, from.to_string(), to.to_string()], figure_day)
    }

    /// Every day of an office, in order.
    pub fn all_figure_days(&self, office: u32) -> Stored<Vec<FigureDay>> {
        self.sql.rows("SELECT day, body FROM figure_day WHERE office = ? ORDER BY day", [office], figure_day)
    }
}

fn figure_day(row: &Cells<'_>) -> Read<FigureDay> {
    let day: String = row.get(0)?;
    Ok(FigureDay { day: day.parse().unwrap_or_default(), body: row.get(1)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: &str, body: &str) -> FigureDay {
        FigureDay { day: day.parse().unwrap(), body: body.into() }
    }

    #[test]
    fn fld_10_days_are_kept_once_each_and_made_anew_as_a_whole() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        assert!(!store.has_all_figure_days().unwrap());
        let (first, last) = ("2026-01-01".parse().unwrap(), "2026-12-31".parse().unwrap());
        for one in [day("2026-11-25", "b"), day("2026-11-24", "a"), day("2026-11-24", "c"), day("2027-01-01", "d")] {
            store.keep_figure_day(1, &one).unwrap();
        }
        store.keep_figure_day(2, &day("2026-11-24", "other")).unwrap();
        assert_eq!(store.figure_days(1, first, last).unwrap(), [day("2026-11-24", "c"), day("2026-11-25", "b")]);
        assert!(store.has_figure_days(1, first, last).unwrap() && !store.has_figure_days(3, first, last).unwrap());
        assert!(!store.has_figure_days(2, last, last).unwrap());
        store.keep_all_figure_days(&[(1, day("2026-11-24", "new"))]).unwrap();
        assert!(store.has_all_figure_days().unwrap());
        assert_eq!(store.figure_days(1, first, last).unwrap(), [day("2026-11-24", "new")]);
        assert_eq!(store.figure_days(2, first, last).unwrap(), []);
    }
}
