//! When administrators were warned of what last, so that they are warned of it once.

use chrono::{DateTime, TimeDelta, Utc};

use crate::{
    error::Stored,
    file::Store,
    sql::{instant, millis, params},
};

impl Store {
    /// Whether administrators may be warned of this again; if so, it is noted that they were.
    pub fn may_warn(&self, of: &str, now: DateTime<Utc>, every: TimeDelta) -> Stored<bool> {
        let last: Option<i64> = self.sql.one("SELECT at FROM warning WHERE name = ?", [of], |row| row.get(0))?;
        if last.is_some_and(|last| (now - instant(last)).abs() < every) {
            return Ok(false);
        }
        self.sql.run("INSERT OR REPLACE INTO warning(name, at) VALUES(?, ?)", params![of, millis(now)])?;
        Ok(true)
    }

    /// Forgets warnings that were given long before.
    pub fn forget_warnings(&self, before: DateTime<Utc>) -> Stored<usize> {
        self.sql.run("DELETE FROM warning WHERE at < ?", [millis(before)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_nobody_is_warned_of_the_same_twice_within_its_time() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let (now, hour) = ("2026-11-24T08:00:00Z".parse::<DateTime<Utc>>().unwrap(), TimeDelta::hours(1));
        let may = |of: &str, minutes| store.may_warn(of, now + TimeDelta::minutes(minutes), hour).unwrap();
        assert!(may("a", 0) && !may("a", 59) && may("b", 59) && may("a", 60));
        store.forget_warnings(now + TimeDelta::minutes(60)).unwrap();
        assert!(may("b", 61) && !may("a", 61));
    }
}
