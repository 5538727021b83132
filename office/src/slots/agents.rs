//! What agents may have of a day (TRN-07): each so many bookings, and all of them together a share of the desks' time.

use chrono::{DateTime, Utc};

use crate::calendar::{Exception, LocalDay, shift_spans};
use crate::{AgentId, Audience, BookingId, Claim, Office, OfficeConfig, Refusal};

/// A wish of one agent.
pub(super) struct Share {
    /// The agent who would have the time.
    pub agent: AgentId,
    /// How long the wanted time is.
    pub minutes: u16,
    /// Left out of the reckoning: the booking that is to be moved.
    pub excluding: Option<BookingId>,
    /// Holds that have lapsed by then count no more.
    pub now: DateTime<Utc>,
}

impl Share {
    /// Whether a day has room left for it.
    ///
    /// # Errors
    /// `AgentDayFull`, `AgentsShareFull`.
    pub fn is_open(
        &self,
        office: &Office,
        config: &OfficeConfig,
        day: &LocalDay,
        exception: &Exception,
    ) -> Result<(), Refusal> {
        let online = &config.rules.online;
        let (mut own, mut minutes) = (0_u32, u64::from(self.minutes));
        for claim in office.bookings_by_start.range(Claim::first_from(day.from)..) {
            if claim.start >= day.to {
                break;
            }
            let lapsed = claim.expires_at.is_some_and(|expires_at| expires_at <= self.now);
            if lapsed || Some(claim.booking) == self.excluding {
                continue;
            }
            if let Audience::Agent(agent) = claim.audience {
                own += u32::from(agent == self.agent);
                minutes += u64::from(claim.minutes);
            }
        }
        if own >= u32::from(online.agent_bookings_per_day_max) {
            return Err(Refusal::AgentDayFull);
        }
        let share = desk_minutes(config, day, exception) * u64::from(online.agents_share_percent);
        if minutes * 100 > share { Err(Refusal::AgentsShareFull) } else { Ok(()) }
    }
}

/// The minutes for which desks are there for the public on a day, all desks together.
fn desk_minutes(config: &OfficeConfig, day: &LocalDay, exception: &Exception) -> u64 {
    let shifts = config.desks.keys().flat_map(|desk| shift_spans(config, day, exception, *desk));
    let minutes = shifts.filter(|(_, who)| who.public).map(|((from, to), _)| (to - from).num_minutes());
    minutes.map(|minutes| u64::try_from(minutes).unwrap_or(0)).sum()
}
