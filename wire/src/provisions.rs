//! What a kiosk is given so that it can go on without its hub: the bookings of today, the hours and keys of the days ahead.
//! Nothing personal is in it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vocabulary::{CivilDate, Words};

use crate::{octets::Octets, problem::ProblemCode};

/// `event: provisions` of a kiosk's feed, for paired kiosks alone; the newest replaces the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Provisions {
    /// The office's number, as codes name it.
    pub office: u32,
    /// The local day to which the bookings belong.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub day: CivilDate,
    /// The bookings of that day.
    pub bookings: Vec<ProvidedBooking>,
    /// Today and the days ahead.
    pub days: Vec<ProvidedDay>,
    /// The address of a visit's own page, up to its id.
    pub visit_page: String,
    /// Where to wait.
    pub wait_where: Words,
    /// Whether tickets are good for nothing, and say so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub rehearsal: bool,
}

/// A booking of today, without whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProvidedBooking {
    /// What names it in its code.
    pub reference: String,
    /// The service's key.
    pub service: String,
    /// The booked time.
    #[serde(with = "vocabulary::civil::instant")]
    pub start: DateTime<Utc>,
    /// Where it stands.
    pub state: ProvidedState,
}

/// Where a booking stands, as far as somebody at the door has to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum ProvidedState {
    /// Its person is expected.
    Expected {
        /// They may check in from then on.
        #[serde(with = "vocabulary::civil::some_instant", default)]
        opens_at: Option<DateTime<Utc>>,
        /// Before that they are early.
        #[serde(with = "vocabulary::civil::instant")]
        early_until: DateTime<Utc>,
        /// Until then they are in time; without it they always are.
        #[serde(with = "vocabulary::civil::some_instant", default)]
        in_time_until: Option<DateTime<Utc>>,
        /// What follows after it.
        afterwards: Afterwards,
    },
    /// They are here.
    Here {
        /// The id of their visit.
        visit: Uuid,
        /// What stands on their ticket.
        number: String,
    },
    /// It is no more.
    Over {
        /// What they are told.
        because: ProblemCode,
    },
}

/// What follows for who comes after the time in which the place is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Afterwards {
    /// The place is kept all the same.
    KeepsPlace,
    /// They are asked what they choose.
    IsAsked,
    /// They have chosen before to be served today all the same.
    IsServedLate,
}

/// A day on which the kiosk may be without its hub.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProvidedDay {
    /// In the office's zone.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub date: CivilDate,
    /// When tickets are given.
    pub tickets: Vec<TicketHours>,
    /// When serving ends; nobody is served, without it.
    #[serde(with = "vocabulary::civil::some_instant", default)]
    pub serves_until: Option<DateTime<Utc>>,
    /// Until when a ticket for a service is given at the latest: who takes it then is still served.
    pub last_tickets: Vec<LastTicket>,
    /// The keys of the day's codes, the newest first: a code made under any of them is this hub's.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub keys: Vec<Octets<32>>,
}

/// A stretch in which tickets are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TicketHours {
    /// Its begin.
    #[serde(with = "vocabulary::civil::instant")]
    pub from: DateTime<Utc>,
    /// Its end.
    #[serde(with = "vocabulary::civil::instant")]
    pub to: DateTime<Utc>,
}

/// When the last ticket for a service is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LastTicket {
    /// The service's key.
    pub service: String,
    /// The last moment.
    #[serde(with = "vocabulary::civil::instant")]
    pub at: DateTime<Utc>,
}
