//! How a device becomes known: it shows a short code, an administrator types it, and the device gets its token once.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::octets::{CertificateBytes, Octets};

/// What a device is to its office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DeviceKind {
    /// A touchscreen.
    Kiosk,
    /// A waiting-room screen.
    Display,
    /// The buttons at the desk with this number.
    Desk(u16),
}

/// `POST /api/v1/pairings`: a new device asks to be let in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PairingRequest {
    /// As which device it wants to be known.
    pub kind: DeviceKind,
    /// What its configuration calls it, e.g. `Είσοδος`.
    pub name: String,
    /// By which the device binds itself to a number before it sees the hub's (SHA-256). Without it there are no words to
    /// compare.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<Octets<32>>,
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
    /// Who the hub says it is, to a device that has bound itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hub: Option<HubCard>,
}

/// Who a hub says it is, while nobody has made sure of it yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HubCard {
    /// Its key (Ed25519).
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: Octets<32>,
    /// The house's own CAs; none where everybody trusts the hub's.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub authorities: Vec<CertificateBytes>,
    /// The number that it has drawn for this pairing.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Octets<32>,
}

/// `POST /api/v1/pairings/{pairing}/openings`, under the secret: the device opens the number to which it had bound itself,
/// over a line on which it trusts the hub's CA alone. From then on both screens show the same three words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PairingOpening {
    /// The number that the device drew, and showed as words.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub number: Octets<32>,
}

/// The answer: the secret under which the device asks from now on. The first went over a line that nobody had made sure of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OpeningAnswer {
    /// The new secret.
    pub secret: String,
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
        /// The device's id.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        device: Option<Uuid>,
    },
    /// The code has expired: ask for a new one.
    Expired,
}
