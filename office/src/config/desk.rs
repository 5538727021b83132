//! Where one is served, and by whom.

use chrono::{NaiveDate, NaiveTime, Weekday};
use serde::{Deserialize, Serialize};

use crate::{ClerkId, ServiceId, Words};

/// A desk of the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// The services it serves, in order of preference (FLD-01).
    pub services: Vec<ServiceId>,
    /// Where it lies, seen from the waiting room.
    pub direction: Option<Direction>,
    /// When it is rostered; bookings are promised against these shifts alone.
    pub shifts: Vec<Shift>,
}

/// A direction, seen from the waiting room's board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// To the left, ←.
    Left,
    /// To the right, →.
    Right,
    /// Straight on, ↑.
    Ahead,
    /// Behind whoever reads it, ↓.
    Back,
}

/// A weekly stretch of time in which a desk is rostered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// On these days.
    pub days: Vec<Weekday>,
    /// From, local.
    pub from: NaiveTime,
    /// To, local; the end is not part of it.
    pub to: NaiveTime,
    /// First day on which it holds; always, if unset.
    pub first: Option<NaiveDate>,
    /// Last day on which it holds.
    pub last: Option<NaiveDate>,
    /// Whether the public may book against it; otherwise only staff may (FLD-16).
    pub public: bool,
    /// Who is meant to serve; their hours bound the shift too (TRN-14).
    pub clerk: Option<ClerkId>,
}

/// Somebody who serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clerk {
    /// Working hours (TRN-14); outside them nothing is planned for this person.
    pub hours: Vec<super::WeeklySpan>,
    /// What colleagues call the place of work, never a person's name.
    pub label: Words,
}
