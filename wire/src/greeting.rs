//! The greeting, by which a device knows its hub again before it gives it anything, and hears how it stands with it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::octets::Octets;

/// The scheme of `Authorization` under which a device names itself in a greeting, without its token.
pub const GREETING_SCHEME: &str = "Mark";

/// How a device stands with a hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DeviceStanding {
    /// It is paired.
    Known,
    /// It was shut out: it forgets its token, and asks to be let in anew.
    Revoked,
    /// This hub never gave that token, or was put back to a time before it did.
    Unknown,
}

/// The answer to `GET /api/v1/greetings/{number}` with `Authorization: Mark …`: signed, for this device and this number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GreetingAnswer {
    /// The hub's key (Ed25519).
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: Octets<32>,
    /// How the device stands with it.
    pub standing: DeviceStanding,
    /// The device's id, where the hub knows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<Uuid>,
    /// Shows that the hub knew the token before (HMAC-SHA256).
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub knowledge: Option<Octets<32>>,
    /// Over all of it, the device's mark and its number.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub signature: Octets<64>,
}

/// `POST /api/v1/devices/self/encounters`: another hub, or nobody who could prove to be this one, answered at the hub's
/// address. The device gave it nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HubEncounter {
    /// When it did for the first time.
    #[serde(with = "vocabulary::civil::instant")]
    pub since: DateTime<Utc>,
    /// When it did for the last time.
    #[serde(with = "vocabulary::civil::instant")]
    pub until: DateTime<Utc>,
}
