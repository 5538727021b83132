//! How a body holds conferences: how many at a time, of how many people, and when not.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;
use office::{
    Words,
    calendar::{instant_from, instant_to},
};
use serde::{Deserialize, Serialize};

use super::ConferenceRefusal;

/// How a body holds conferences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConferenceRules {
    /// So many are held at the same time.
    pub rooms: u16,
    /// So many people take part in all of them at the same time.
    pub participants: u32,
    /// So many people take part in one.
    pub participants_each: u16,
    /// So many people fit into a room of the body's own, whoever receives them included; none, where its rooms hold as many as
    /// come.
    pub room_people: Option<u16>,
    /// When nobody confers.
    pub maintenance: Vec<MaintenanceWindow>,
}

/// A time at which nobody confers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaintenanceWindow {
    /// From then, by the body's clock.
    pub from: NaiveDateTime,
    /// Until then.
    pub to: NaiveDateTime,
    /// What is said to whoever wants to plan in it.
    pub because: Words,
}

impl ConferenceRules {
    /// Whether a conference fits into a room of the body's own.
    ///
    /// # Errors
    /// [`ConferenceRefusal::RoomTooSmall`]: it needs an address elsewhere.
    pub const fn own_room_holds(&self, places: u16) -> Result<(), ConferenceRefusal> {
        match self.room_people {
            Some(most) if places > most => Err(ConferenceRefusal::RoomTooSmall { most }),
            Some(_) | None => Ok(()),
        }
    }

    /// The first window that touches a time.
    #[must_use]
    pub fn window(&self, zone: Tz, from: DateTime<Utc>, until: DateTime<Utc>) -> Option<&MaintenanceWindow> {
        let touches =
            |window: &&MaintenanceWindow| instant_from(zone, window.from) < until && from < instant_to(zone, window.to);
        self.maintenance.iter().filter(touches).min_by_key(|window| window.from)
    }
}
