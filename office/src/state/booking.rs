//! A promised time, from the hold to its end.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::slot::FreeTime;
use crate::{
    AddressId, AgentId, BookingId, Channel, Language, LateChoice, Needs, NoteId, PersonId, ReasonId, Reference,
    ServiceId, VisitId,
};

/// A promised time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Its number in the office.
    pub id: BookingId,
    /// What the citizen types.
    pub reference: Reference,
    /// The service, the way and the time that are promised.
    pub promise: Promise,
    /// Rises with each change that the citizen is told of; the calendar file's SEQUENCE.
    pub sequence: u32,
    /// What the citizen was asked to correct (TRN-09).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub correction: Option<Correction>,
    /// Where it stands.
    pub life: BookingLife,
}

/// Something missing or wrong that the citizen was asked to put right (TRN-09).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// What is the matter.
    pub because: VoidReason,
    /// What staff wrote about it, in the hub's `note` table.
    pub note: Option<NoteId>,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// To be done by then; else the booking is void.
    pub until: DateTime<Utc>,
    /// What has become of it.
    pub state: CorrectionState,
}

/// What has become of a correction that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectionState {
    /// It is waited for.
    Awaited,
    /// It was made.
    Made {
        /// The moment at which it was put right.
        at: DateTime<Utc>,
        /// Who put it right.
        by: CorrectedBy,
    },
    /// The deadline passed without it, which was tolerated (TRN-12).
    Lapsed {
        /// The moment of the deadline.
        at: DateTime<Utc>,
    },
}

/// By whom something was put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CorrectedBy {
    /// The citizen did it themselves.
    Citizen,
    /// A member of staff, e.g. for a caller; or the request was a mistake.
    Staff,
}

impl Booking {
    /// When the booking falls void unless it is corrected; its own time comes before any later deadline.
    #[must_use]
    pub fn correction_due(&self) -> Option<DateTime<Utc>> {
        let awaited = self.correction.filter(|correction| correction.state == CorrectionState::Awaited)?;
        matches!(self.life, BookingLife::Confirmed { .. }).then(|| awaited.until.min(self.promise.start))
    }
}

/// What is promised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// The service that is promised.
    pub service: ServiceId,
    /// In which way.
    pub channel: Channel,
    /// The promised time.
    pub start: DateTime<Utc>,
    /// Planned length, persons and cases counted in (FLD-32).
    pub minutes: u16,
    /// How many persons come.
    pub persons: u8,
    /// With how many cases.
    pub cases: u8,
    /// Who may have the time (FLD-16).
    pub audience: Audience,
}

impl Promise {
    /// When it ends by plan.
    #[must_use]
    pub fn end(&self) -> DateTime<Utc> {
        self.start.checked_add_signed(Duration::minutes(i64::from(self.minutes))).unwrap_or(self.start)
    }
}

/// For whom a time is booked: the public has its own share of the desks (FLD-16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// A citizen, by the public pages.
    Public,
    /// Staff, for a caller or a follow-up (FLD-14).
    Internal,
    /// An agent, by the public pages: bound like the public, and by a share of the day besides (TRN-07).
    Agent(AgentId),
}

impl Audience {
    /// Whether what binds the public binds them: lead time, horizon, releases, the public's desks, the cool-down.
    #[must_use]
    pub const fn is_public(self) -> bool {
        match self {
            Self::Public | Self::Agent(_) => true,
            Self::Internal => false,
        }
    }
}

/// Where a booking stands; each state has exactly its data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BookingLife {
    /// The time is kept while somebody fills in the form. No person is known yet.
    Held {
        /// Whose hold it is, for the limits.
        owner: Option<AddressId>,
        /// The time is free again from then on, by itself.
        expires_at: DateTime<Utc>,
        /// How often it was extended.
        extensions: u8,
    },
    /// The time is promised to somebody.
    Confirmed {
        /// To whom.
        party: Party,
    },
    /// The person is here, or was: see the visit. A telephone booking arrives at its time (OMB-20).
    Arrived {
        /// To whom the time was promised.
        party: Party,
        /// The visit that it became.
        visit: VisitId,
    },
    /// A walk-in took the offered gap as a fixed time today (TRN-06); no person is known.
    Fixed {
        /// The visit of the walk-in.
        visit: VisitId,
    },
    /// Given up; the time is offered again after the cool-down.
    Cancelled {
        /// Whose it was.
        party: Party,
        /// The moment at which it was given up.
        at: DateTime<Utc>,
        /// Who gave it up.
        by: CancelledBy,
        /// The office had to: they choose another time before the public does (FLD-33).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        first_choice: Option<FirstChoice>,
    },
    /// Void, for wrong or missing details (TRN-09).
    Void {
        /// Whose it was.
        party: Party,
        /// The moment at which it ended.
        at: DateTime<Utc>,
        /// The reason that the citizen is told.
        because: VoidReason,
    },
    /// The hold lapsed or was given back.
    Expired {
        /// The moment at which it ended.
        at: DateTime<Utc>,
    },
    /// Nobody came (or nobody could be reached).
    Missed {
        /// Who was expected.
        party: Party,
        /// When that was established.
        at: DateTime<Utc>,
    },
}

/// What the office owes to somebody whose booking it had to give up (FLD-33): until then they choose by the link of
/// their mail, of all that staff could give them; and one time is kept for them alone, whoever else asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstChoice {
    /// From then on they are as everybody else.
    pub until: DateTime<Utc>,
    /// The first time that was free; none where nothing was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<FreeTime>,
}

/// To whom a time is promised: ids and choices, nothing personal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// In the hub's `people` table.
    pub person: PersonId,
    /// The proven address, for the limits.
    pub address: Option<AddressId>,
    /// The language of every mail about it.
    pub language: Language,
    /// What the person needs (FLD-34).
    pub needs: Needs,
    /// What was chosen at booking, should they be late (TRN-05).
    pub if_late: Option<LateChoice>,
}

/// Who wanted another time for a booking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MovedBy {
    /// The citizen, on the page or through a member of staff.
    #[default]
    Citizen,
    /// The office: it closed, or changed its hours.
    Office,
}

impl MovedBy {
    /// Whether the citizen did, as it is where nothing is said.
    pub(crate) const fn is_citizen(&self) -> bool {
        match self {
            Self::Citizen => true,
            Self::Office => false,
        }
    }
}

/// The time that a booking had before it was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierTime {
    /// When it was.
    pub start: DateTime<Utc>,
    /// Who wanted another.
    pub moved_by: MovedBy,
}

/// By whom a booking was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CancelledBy {
    /// The citizen did it themselves.
    Citizen,
    /// A member of staff, for a caller.
    Staff,
    /// The office: it closed.
    Office,
    /// The rule: too late, and no other choice made (TRN-05).
    Lateness,
}

/// Why a booking is void (TRN-09).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VoidReason {
    /// Something that has to be known was not said.
    DetailsMissing,
    /// Something that was said is not so.
    DetailsWrong,
    /// Documents are missing that had to be sent beforehand.
    DocumentsMissing,
    /// What was asked to be corrected was not, by its deadline.
    NotCorrected,
    /// A reason of the office's own list.
    Listed(ReasonId),
}

/// With what somebody puts right what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionMeans {
    /// With documents that they send: one that comes is the correction.
    Documents,
    /// With their details, once more.
    Details,
    /// The office said it in its own words: with either.
    Either,
}

impl VoidReason {
    /// With what it is put right (TRN-09).
    #[must_use]
    pub const fn put_right_with(self) -> CorrectionMeans {
        match self {
            Self::DocumentsMissing => CorrectionMeans::Documents,
            Self::DetailsMissing | Self::DetailsWrong => CorrectionMeans::Details,
            Self::NotCorrected | Self::Listed(_) => CorrectionMeans::Either,
        }
    }
}

impl BookingLife {
    /// The first choice that somebody displaced still has at `now` (FLD-33).
    #[must_use]
    pub fn first_choice(&self, now: DateTime<Utc>) -> Option<FirstChoice> {
        match self {
            Self::Cancelled { first_choice, .. } => first_choice.filter(|choice| now < choice.until),
            Self::Held { .. }
            | Self::Confirmed { .. }
            | Self::Arrived { .. }
            | Self::Fixed { .. }
            | Self::Void { .. }
            | Self::Expired { .. }
            | Self::Missed { .. } => None,
        }
    }

    /// Whether the time is kept for somebody; a hold's only until it lapses.
    #[must_use]
    pub const fn keeps_time(&self) -> bool {
        match self {
            Self::Held { .. } | Self::Confirmed { .. } | Self::Arrived { .. } | Self::Fixed { .. } => true,
            Self::Cancelled { .. } | Self::Void { .. } | Self::Expired { .. } | Self::Missed { .. } => false,
        }
    }

    /// The visit in which it ended, once somebody has come for it.
    #[must_use]
    pub const fn visit(&self) -> Option<VisitId> {
        match self {
            Self::Arrived { visit, .. } | Self::Fixed { visit } => Some(*visit),
            Self::Held { .. }
            | Self::Confirmed { .. }
            | Self::Cancelled { .. }
            | Self::Void { .. }
            | Self::Expired { .. }
            | Self::Missed { .. } => None,
        }
    }

    /// To whom the time is, or was, promised.
    #[must_use]
    pub const fn party(&self) -> Option<&Party> {
        match self {
            Self::Confirmed { party }
            | Self::Arrived { party, .. }
            | Self::Cancelled { party, .. }
            | Self::Void { party, .. }
            | Self::Missed { party, .. } => Some(party),
            Self::Held { .. } | Self::Fixed { .. } | Self::Expired { .. } => None,
        }
    }

    /// The address that the limits count it for, while it keeps a time (FLD-17).
    #[must_use]
    pub const fn address(&self) -> Option<AddressId> {
        match self {
            Self::Held { owner, .. } => *owner,
            Self::Confirmed { party } | Self::Arrived { party, .. } => party.address,
            Self::Fixed { .. }
            | Self::Cancelled { .. }
            | Self::Void { .. }
            | Self::Expired { .. }
            | Self::Missed { .. } => None,
        }
    }
}
