//! What figures need of the past and nothing else in the office remembers (FLD-10).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{BookingId, Reason, VisitId};

/// What figures need of the past: when bookings were made, and for what people were passed over today.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DayTally {
    /// When each booking that is here was made; a hold is none yet, nor is a gap that a walk-in took.
    pub made: BTreeMap<BookingId, DateTime<Utc>>,
    /// The calls of the day for which somebody was passed over, in order.
    pub overtakings: Vec<Overtaking>,
    /// Bookings for days up to this one have been counted with a day that is closed.
    pub counted_until: Option<NaiveDate>,
}

/// A call for which others, who had come earlier and by the same right, were passed over (TRN-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overtaking {
    /// The visit that was called.
    pub visit: VisitId,
    /// Why it was next.
    pub reason: Reason,
    /// So many were passed over.
    pub passed: u16,
}

impl DayTally {
    /// A time was promised to somebody.
    pub(crate) fn made(&mut self, booking: BookingId, at: DateTime<Utc>) {
        self.made.insert(booking, at);
    }

    /// A visit was called, and so many were passed over.
    pub(crate) fn called(&mut self, visit: VisitId, reason: Reason, passed: usize) {
        if passed > 0 {
            let passed = u16::try_from(passed).unwrap_or(u16::MAX);
            self.overtakings.push(Overtaking { visit, reason, passed });
        }
    }

    /// Its call was taken back: nobody was passed over for it after all.
    pub(crate) fn call_taken_back(&mut self, visit: VisitId) {
        if let Some(at) = self.overtakings.iter().rposition(|one| one.visit == visit) {
            self.overtakings.remove(at);
        }
    }

    /// A day is closed, with every booking for it and for days before.
    pub(crate) fn close(&mut self, date: NaiveDate) {
        self.overtakings.clear();
        self.counted_until = self.counted_until.max(Some(date));
    }
}
