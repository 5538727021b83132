//! Which visit of an office was begun by the receipt of which request (PLA-03): beside both journals, of which neither knows
//! the other.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::{millis, params},
};

impl Store {
    /// Notes that a visit is for the result of a request.
    pub fn put_request_visit(&self, office: u32, visit: Uuid, request: Uuid, at: DateTime<Utc>) -> Stored<()> {
        let put = "INSERT OR IGNORE INTO request_visit(office, visit, request, at) VALUES(?, ?, ?, ?)";
        self.sql.run(put, params![office, visit.into_bytes(), request.into_bytes(), millis(at)]).map(drop)
    }

    /// The request whose result a visit is for.
    pub fn request_of_visit(&self, office: u32, visit: Uuid) -> Stored<Option<Uuid>> {
        let found = "SELECT request FROM request_visit WHERE office = ? AND visit = ?";
        self.sql.one(found, params![office, visit.into_bytes()], |row| Ok(Uuid::from_bytes(row.get(0)?)))
    }

    /// The visit that was begun last in an office for the result of a request.
    pub fn visit_of_request(&self, office: u32, request: Uuid) -> Stored<Option<Uuid>> {
        let found = "SELECT visit FROM request_visit WHERE request = ? AND office = ? ORDER BY at DESC LIMIT 1";
        self.sql.one(found, params![request.into_bytes(), office], |row| Ok(Uuid::from_bytes(row.get(0)?)))
    }

    /// Forgets whose visits were before.
    pub fn forget_request_visits(&self, before: DateTime<Utc>) -> Stored<()> {
        self.sql.run("DELETE FROM request_visit WHERE at < ?", [millis(before)]).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn pla_03_a_visit_is_for_one_request_and_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-30T08:00:00Z".parse().unwrap();
        let [request, first, second] = [1, 2, 3].map(Uuid::from_u128);
        store.put_request_visit(1, first, request, now).unwrap();
        store.put_request_visit(1, second, request, now + TimeDelta::hours(1)).unwrap();
        assert_eq!(store.request_of_visit(1, first).unwrap(), Some(request));
        assert_eq!(store.request_of_visit(2, first).unwrap(), None, "another office knows of none");
        assert_eq!(store.visit_of_request(1, request).unwrap(), Some(second));
        store.forget_request_visits(now + TimeDelta::minutes(1)).unwrap();
        assert_eq!(store.request_of_visit(1, first).unwrap(), None);
        assert_eq!(store.visit_of_request(1, request).unwrap(), Some(second));
    }
}
