//! What happens to bookings.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    AddressId, Audience, Booking, BookingId, CancelledBy, CorrectedBy, FirstChoice, MovedBy, NoteId, Party, Promise,
    Reference, VoidReason,
};

/// What happened to a booking. Nothing personal is in here: persons, notes and addresses are ids.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BookingEvent {
    /// A time is kept.
    Held {
        /// Its number.
        booking: BookingId,
        /// What the citizen would type.
        reference: Reference,
        /// What is promised.
        promise: Promise,
        /// For the limits.
        owner: Option<AddressId>,
        /// Until then.
        expires_at: DateTime<Utc>,
    },
    /// A hold runs longer.
    HoldExtended {
        /// The hold that runs longer.
        booking: BookingId,
        /// Until then.
        expires_at: DateTime<Utc>,
    },
    /// An agent left a held time to a citizen (TRN-07).
    Entrusted {
        /// The hold that was left.
        booking: BookingId,
        /// Whose it is now, for the limits, and to confirm it.
        owner: AddressId,
        /// It lapses then, unless they do.
        expires_at: DateTime<Utc>,
    },
    /// A hold lapsed, or was given back.
    HoldEnded {
        /// The hold that ended.
        booking: BookingId,
    },
    /// A hold became a booking.
    Confirmed {
        /// The hold that became a booking.
        booking: BookingId,
        /// To whom.
        party: Party,
    },
    /// Booked at once.
    Booked(Box<Booking>),
    /// A booking has another time.
    Moved {
        /// The booking with another time.
        booking: BookingId,
        /// The old time.
        from: DateTime<Utc>,
        /// The new one.
        to: DateTime<Utc>,
        /// Planned length there.
        minutes: u16,
        /// Who may have the new time (FLD-16).
        audience: Audience,
        /// The old time is not offered to the public before (OMB-15).
        cools_until: DateTime<Utc>,
        /// Who wanted it so (FLD-15).
        #[serde(default, skip_serializing_if = "MovedBy::is_citizen")]
        by: MovedBy,
    },
    /// A booking was given up.
    Cancelled {
        /// The booking that was given up.
        booking: BookingId,
        /// Who gave it up.
        by: CancelledBy,
        /// The time is not offered to the public before (OMB-15).
        cools_until: DateTime<Utc>,
        /// The office had to: they choose another time before the public does (FLD-33).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first_choice: Option<FirstChoice>,
    },
    /// Who was displaced chose another time: the booking stands again, with the same code (FLD-33).
    ChosenAnew {
        /// The booking that stands again.
        booking: BookingId,
        /// The time that the office gave up.
        from: DateTime<Utc>,
        /// The new one, which staff could have given them.
        to: DateTime<Utc>,
        /// Planned length there.
        minutes: u16,
    },
    /// A booking is void.
    Voided {
        /// The booking that is void.
        booking: BookingId,
        /// The reason that the citizen is told.
        because: VoidReason,
    },
    /// The citizen was asked to put something right (TRN-09).
    CorrectionAsked {
        /// The booking whose citizen was asked.
        booking: BookingId,
        /// What is the matter.
        because: VoidReason,
        /// What staff wrote about it.
        note: Option<NoteId>,
        /// To be done by then.
        until: DateTime<Utc>,
    },
    /// It was put right.
    Corrected {
        /// The booking that waited for it.
        booking: BookingId,
        /// Who put it right.
        by: CorrectedBy,
    },
    /// Staff changed what was said with a booking, in the hub's `people` table (FLD-14).
    DetailsChanged {
        /// The booking whose details are others now.
        booking: BookingId,
    },
    /// Nobody came.
    Missed {
        /// The booking whose time passed.
        booking: BookingId,
    },
}

impl BookingEvent {
    /// To which booking.
    #[must_use]
    pub const fn booking(&self) -> BookingId {
        match self {
            Self::Held { booking, .. }
            | Self::HoldExtended { booking, .. }
            | Self::Entrusted { booking, .. }
            | Self::HoldEnded { booking }
            | Self::Confirmed { booking, .. }
            | Self::Moved { booking, .. }
            | Self::Cancelled { booking, .. }
            | Self::ChosenAnew { booking, .. }
            | Self::Voided { booking, .. }
            | Self::CorrectionAsked { booking, .. }
            | Self::Corrected { booking, .. }
            | Self::DetailsChanged { booking }
            | Self::Missed { booking } => *booking,
            Self::Booked(booking) => booking.id,
        }
    }
}
