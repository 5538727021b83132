//! Limits that a restart does not forget: buckets that fill with time, under keys that say nothing of anybody.

use chrono::{DateTime, Utc};

use crate::{
    error::Stored,
    file::Store,
    sql::{instant, millis, params},
};

/// How much a bucket holds, and how long it takes to fill by one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bucket {
    /// So much at once.
    pub burst: f64,
    /// One more after so long.
    pub seconds_each: f64,
}

impl Bucket {
    /// What it holds after a time.
    fn filled(self, level: f64, since: DateTime<Utc>, now: DateTime<Utc>) -> f64 {
        let seconds = (now - since).as_seconds_f64().max(0.0);
        (level + seconds / self.seconds_each).min(self.burst)
    }
}

impl Store {
    /// What a bucket holds; one that was never asked is full.
    pub fn bucket_level(&self, key: &[u8], bucket: Bucket, now: DateTime<Utc>) -> Stored<f64> {
        let kept: Option<(f64, i64)> =
            self.sql.one("SELECT level, at FROM bucket WHERE key = ?", [key], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(kept.map_or(bucket.burst, |(level, at)| bucket.filled(level, instant(at), now)))
    }

    /// Sets what a bucket holds.
    pub fn set_bucket(&self, key: &[u8], level: f64, now: DateTime<Utc>) -> Stored<()> {
        self.sql
            .run("INSERT OR REPLACE INTO bucket(key, level, at) VALUES(?, ?, ?)", params![key, level, millis(now)])
            .map(drop)
    }

    /// Forgets buckets that nobody asked since.
    pub fn forget_buckets(&self, before: DateTime<Utc>) -> Stored<usize> {
        self.sql.run("DELETE FROM bucket WHERE at < ?", [millis(before)])
    }
}
