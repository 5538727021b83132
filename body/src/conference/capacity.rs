//! Whether a conference fits beside the others: never more at the same time than there are rooms, nor more people than there
//! are places.

use chrono::{DateTime, Utc};

use super::{Conference, ConferencePhase, ConferenceRefusal, ConferenceRules, ConferenceSpan};
use crate::ConferenceId;

/// A room that a conference has, from when its first coordinator goes in until its links lead nowhere: in all of that time
/// people can be in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OccupiedSpan {
    /// The conference that takes the room.
    pub conference: ConferenceId,
    /// From then.
    pub from: DateTime<Utc>,
    /// Until then.
    pub until: DateTime<Utc>,
    /// So many people.
    pub places: u16,
}

impl OccupiedSpan {
    /// What a conference at some time takes.
    #[must_use]
    pub fn new(conference: ConferenceId, span: ConferenceSpan, places: u16) -> Self {
        Self { conference, from: span.opens_for_coordinators(), until: span.closes(), places }
    }

    /// What a conference takes; nothing, where it will not be, or somebody ended it.
    #[must_use]
    pub fn of(conference: &Conference) -> Option<Self> {
        match conference.phase {
            ConferencePhase::Planned => Some(Self::new(conference.id, conference.span, conference.places)),
            ConferencePhase::Cancelled | ConferencePhase::Ended => None,
        }
    }
}

/// Looks whether a conference fits beside all others that touch its time; what it takes already itself does not count.
///
/// # Errors
/// [`ConferenceRefusal::RoomsFull`] or [`ConferenceRefusal::PlacesFull`], with the first moment at which it does not.
pub fn fits(rules: &ConferenceRules, others: &[OccupiedSpan], wanted: &OccupiedSpan) -> Result<(), ConferenceRefusal> {
    let touches =
        |one: &&OccupiedSpan| one.conference != wanted.conference && one.from < wanted.until && wanted.from < one.until;
    // Each begins and ends once; an end goes before a beginning at the same moment. Whatever is there before the wanted time
    // begins with it, and the wanted one is there all the time.
    let mut turns: Vec<(DateTime<Utc>, bool, u16)> = Vec::new();
    for one in others.iter().filter(touches) {
        turns.push((one.from.max(wanted.from), true, one.places));
        turns.push((one.until, false, one.places));
    }
    turns.sort_unstable();
    let (mut rooms, mut people) = (1_u32, u32::from(wanted.places));
    for (at, begins, places) in turns {
        if !begins {
            (rooms, people) = (rooms.saturating_sub(1), people.saturating_sub(places.into()));
            continue;
        }
        (rooms, people) = (rooms.saturating_add(1), people.saturating_add(places.into()));
        if rooms > rules.rooms.into() {
            return Err(ConferenceRefusal::RoomsFull { at });
        }
        if people > rules.participants {
            let of_others = people.saturating_sub(wanted.places.into());
            return Err(ConferenceRefusal::PlacesFull { at, left: rules.participants.saturating_sub(of_others) });
        }
    }
    Ok(())
}
