//! Agents' bookings that are over: ids and times, made from the journal (TRN-07).

use chrono::{DateTime, Utc};
use office::BookingId;

use crate::{
    error::Stored,
    file::Store,
    sql::{Cells, Read, instant, millis, params},
};

/// More rows than a page or a spreadsheet of one agent needs.
const ROWS_MAX: u32 = 5_000;

/// The mark of a file whose whole journal was looked through.
const LOOKED_THROUGH: &str = "agents-past";

/// An agent's booking that is over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PastRow {
    /// The booking's number in its office.
    pub booking: BookingId,
    /// The agent who had made it.
    pub agent: u32,
    /// The booked time.
    pub start: DateTime<Utc>,
    /// What else is known of it, as JSON.
    pub body: String,
}

impl Store {
    /// Keeps a booking that is over.
    pub(crate) fn keep_past(&self, office: u32, past: &PastRow) -> Stored<()> {
        self.sql
            .run(
                "INSERT OR REPLACE INTO agent_past(office, booking, agent, start_at, body) VALUES(?, ?, ?, ?, ?)",
                params![office, past.booking.0 as i64, past.agent, millis(past.start), past.body],
            )
            .map(drop)
    }

    /// Whether every booking that was over is here: an older hub kept none of them.
    pub fn has_all_past(&self) -> Stored<bool> {
        Ok(self.meta(LOOKED_THROUGH)?.is_some())
    }

    /// Keeps every booking that is over, each with its office's row, as the journals tell of them.
    pub fn keep_all_past(&self, past: &[(u32, PastRow)]) -> Stored<()> {
        let batch = self.batch()?;
        past.iter().try_for_each(|(office, past)| self.keep_past(*office, past))?;
        self.set_meta(LOOKED_THROUGH, b"1")?;
        batch.commit()
    }

    /// What an agent had booked from one time to another, by time.
    pub fn past_of(&self, agent: u32, from: DateTime<Utc>, to: DateTime<Utc>) -> Stored<Vec<PastRow>> {
        let sql =
            format!("{PAST} WHERE agent = ? AND start_at >= ? AND start_at < ? ORDER BY start_at LIMIT {ROWS_MAX}");
        self.sql.rows(&sql, params![agent, millis(from), millis(to)], past)
    }

    /// Everything that an office's agents had booked.
    pub fn past_in(&self, office: u32) -> Stored<Vec<PastRow>> {
        self.sql.rows(&format!("{PAST} WHERE office = ? ORDER BY booking"), [office], past)
    }
}

const PAST: &str = "SELECT booking, agent, start_at, body FROM agent_past";

fn past(row: &Cells<'_>) -> Read<PastRow> {
    Ok(PastRow {
        booking: BookingId(row.get::<_, i64>(0)?.unsigned_abs()),
        agent: row.get(1)?,
        start: instant(row.get(2)?),
        body: row.get(3)?,
    })
}
