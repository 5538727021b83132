//! Which booking of an office was made for which request (PLA-03): beside both journals, of which neither knows the other. A booking
//! that is moved keeps its number, and stays bound.

use chrono::{DateTime, Utc};
use office::BookingId;
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::{millis, params},
};

/// More bookings of one request than anybody makes: the newest are looked at.
const BOOKINGS_MAX: u32 = 50;

impl Store {
    /// Binds a booking to a request, in the place of the one to which it was bound.
    pub fn put_request_booking(&self, office: u32, booking: BookingId, request: Uuid, at: DateTime<Utc>) -> Stored<()> {
        let put = "INSERT OR REPLACE INTO request_booking(office, booking, request, at) VALUES(?, ?, ?, ?)";
        self.sql.run(put, params![office, booking.0.cast_signed(), request.into_bytes(), millis(at)]).map(drop)
    }

    /// The request for which a booking was made.
    pub fn request_of_booking(&self, office: u32, booking: BookingId) -> Stored<Option<Uuid>> {
        let found = "SELECT request FROM request_booking WHERE office = ? AND booking = ?";
        self.sql.one(found, params![office, booking.0.cast_signed()], |row| Ok(Uuid::from_bytes(row.get(0)?)))
    }

    /// The bookings that were made for a request, by office, whether they stand or not.
    pub fn bookings_of_request(&self, request: Uuid) -> Stored<Vec<(u32, BookingId)>> {
        self.sql.rows(
            "SELECT office, booking FROM request_booking WHERE request = ? ORDER BY at DESC, booking DESC LIMIT ?",
            params![request.into_bytes(), BOOKINGS_MAX],
            |row| Ok((row.get(0)?, BookingId(row.get::<_, i64>(1)?.cast_unsigned()))),
        )
    }

    /// Forgets what was bound before.
    pub fn forget_request_bookings(&self, before: DateTime<Utc>) -> Stored<()> {
        self.sql.run("DELETE FROM request_booking WHERE at < ?", [millis(before)]).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn pla_03_a_booking_is_bound_to_one_request_of_one_office_and_is_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now: DateTime<Utc> = "2026-11-30T08:00:00Z".parse().unwrap();
        let [first, second] = [1, 2].map(Uuid::from_u128);
        store.put_request_booking(1, BookingId(7), first, now).unwrap();
        store.put_request_booking(1, BookingId(8), second, now + TimeDelta::hours(1)).unwrap();
        assert_eq!(store.request_of_booking(1, BookingId(7)).unwrap(), Some(first));
        assert_eq!(store.request_of_booking(2, BookingId(7)).unwrap(), None, "another office knows of none");
        // The same kept time is asked for once more, for another request.
        store.put_request_booking(1, BookingId(7), second, now).unwrap();
        assert_eq!(store.bookings_of_request(first).unwrap(), []);
        assert_eq!(store.bookings_of_request(second).unwrap(), [(1, BookingId(8)), (1, BookingId(7))]);
        store.forget_request_bookings(now + TimeDelta::minutes(1)).unwrap();
        assert_eq!(store.bookings_of_request(second).unwrap(), [(1, BookingId(8))]);
    }
}
