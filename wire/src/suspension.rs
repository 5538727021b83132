//! What people are told of a service that is suspended.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use vocabulary::Words;

/// A service is suspended (FLD-30).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SuspensionNote {
    /// Until then, or until further notice.
    #[serde(with = "vocabulary::civil::some_instant", default)]
    pub until: Option<DateTime<Utc>>,
    /// Why, as people are told.
    pub because: Words,
}
