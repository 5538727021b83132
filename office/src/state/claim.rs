//! The time that a booking takes up, in a form that is quick to walk through.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::slot::FreeTime;
use super::{Audience, Booking, BookingLife, FirstChoice};
use crate::{BookingId, Channel, ServiceId};

/// The time that a booking takes up. Ordered by start, then by number: slots of many days are found in one walk over
/// these, without a look at the bookings themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Claim {
    /// The promised time.
    pub start: DateTime<Utc>,
    /// The booking that it was promised to.
    pub booking: BookingId,
    /// Planned length.
    pub minutes: u16,
    /// The service that was promised.
    pub service: ServiceId,
    /// In which way.
    pub channel: Channel,
    /// Who may have it (FLD-16).
    pub audience: Audience,
    /// A hold claims its time until then, and not at that instant itself, as does a time that is kept for somebody
    /// displaced (FLD-33); a booking has no such end.
    pub expires_at: Option<DateTime<Utc>>,
}

impl Booking {
    /// The time that it takes up: held, confirmed, arrived and fixed bookings have one; and the one that is kept for who
    /// was displaced (FLD-33).
    #[must_use]
    pub const fn claim(&self) -> Option<Claim> {
        let own = FreeTime { start: self.promise.start, minutes: self.promise.minutes };
        let (slot, audience, expires_at) = match &self.life {
            BookingLife::Held { expires_at, .. } => (own, self.promise.audience, Some(*expires_at)),
            BookingLife::Confirmed { .. } | BookingLife::Arrived { .. } | BookingLife::Fixed { .. } => {
                (own, self.promise.audience, None)
            }
            BookingLife::Cancelled { first_choice: Some(FirstChoice { until, kept: Some(kept) }), .. } => {
                (*kept, Audience::Internal, Some(*until))
            }
            BookingLife::Cancelled { .. }
            | BookingLife::Void { .. }
            | BookingLife::Expired { .. }
            | BookingLife::Missed { .. } => return None,
        };
        Some(Claim {
            start: slot.start,
            booking: self.id,
            minutes: slot.minutes,
            service: self.promise.service,
            channel: self.promise.channel,
            audience,
            expires_at,
        })
    }
}
