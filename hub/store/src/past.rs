//! Agents' bookings that are over: ids and times, made from the journal (TRN-07).

use chrono::{DateTime, Utc};
use office::BookingId;
use rusqlite::{Row, params};

use super::{Store, Stored, instant, millis};

/// More rows than a page or a spreadsheet of one agent needs.
const ROWS_MAX: u32 = 5_000;

/// An agent's booking that is over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PastRow {
    /// The booking's number.
    pub booking: BookingId,
    /// The agent.
    pub agent: u32,
    /// The booked time.
    pub start: DateTime<Utc>,
    /// What else is known of it, as JSON.
    pub body: String,
}

impl Store {
    /// Keeps a booking that is over.
    pub fn keep_past(&self, office: u32, past: &PastRow) -> Stored<()> {
        self.connection
            .prepare_cached(
                "INSERT OR REPLACE INTO agent_past(office, booking, agent, start_at, body) VALUES(?, ?, ?, ?, ?)",
            )?
            .execute(params![office, past.booking.0 as i64, past.agent, millis(past.start), past.body])
            .map(drop)
    }

    /// What an agent had booked from one time to another, by time.
    pub fn past_of(&self, agent: u32, from: DateTime<Utc>, to: DateTime<Utc>) -> Stored<Vec<PastRow>> {
        let sql =
            format!("{PAST} WHERE agent = ? AND start_at >= ? AND start_at < ? ORDER BY start_at LIMIT {ROWS_MAX}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        statement.query_map(params![agent, millis(from), millis(to)], past)?.collect()
    }

    /// Everything that an office's agents had booked.
    pub fn past_in(&self, office: u32) -> Stored<Vec<PastRow>> {
        let mut statement = self.connection.prepare(&format!("{PAST} WHERE office = ? ORDER BY booking"))?;
        statement.query_map([office], past)?.collect()
    }
}

const PAST: &str = "SELECT booking, agent, start_at, body FROM agent_past";

fn past(row: &Row<'_>) -> Stored<PastRow> {
    Ok(PastRow {
        booking: BookingId(row.get::<_, i64>(0)?.unsigned_abs()),
        agent: row.get(1)?,
        start: instant(row.get(2)?),
        body: row.get(3)?,
    })
}
