//! How a device becomes known: it shows a short code, an administrator types it, and the device gets its token once.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a device is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DeviceKind {
    /// A touchscreen.
    Kiosk,
    /// A waiting-room screen.
    Display,
}

/// `POST /api/v1/pairings`: a new device asks to be let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PairingRequest {
    /// What it is.
    pub kind: DeviceKind,
    /// What its configuration calls it, e.g. `Είσοδος`.
    pub name: String,
}

/// The answer: a code for the screen, and a secret for the device alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PairingAnswer {
    /// Names this pairing.
    pub pairing: Uuid,
    /// Shown on the device's screen, typed by the administrator.
    pub code: String,
    /// Sent as `Authorization: Bearer` with `GET /api/v1/pairings/{pairing}`; never shown.
    pub secret: String,
    /// The code is good until then.
    #[serde(with = "vocabulary::civil::instant")]
    pub expires_at: DateTime<Utc>,
}

/// `GET /api/v1/pairings/{pairing}`: the hub holds the request open until an administrator has decided, or for 25 s, and
/// answers; the device asks again while it is `waiting`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum PairingOutcome {
    /// Nobody has decided yet.
    Waiting,
    /// Let in. The token is handed out this once.
    Paired {
        /// The device's token, for `Authorization: Bearer`.
        token: String,
        /// The key of the office that it belongs to.
        office: String,
    },
    /// The code has expired: ask for a new one.
    Expired,
}
