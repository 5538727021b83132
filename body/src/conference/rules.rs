//! How a body holds conferences: how many at a time, of how many people, and when not.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use office::calendar::{instant_from, instant_to};
use serde::{Deserialize, Serialize};

use super::{
    ConferenceRefusal,
    upkeep::{AnnouncedWindows, MaintenanceWindow},
};

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

    /// The first window that touches a time, of the body's file or announced.
    #[must_use]
    pub fn window<'a>(
        &'a self,
        announced: &'a AnnouncedWindows,
        zone: Tz,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
    ) -> Option<&'a MaintenanceWindow> {
        let touches =
            |window: &&MaintenanceWindow| instant_from(zone, window.from) < until && from < instant_to(zone, window.to);
        let announced = announced.iter().map(|(_, window)| window);
        self.maintenance.iter().chain(announced).filter(touches).min_by_key(|window| window.from)
    }
}
