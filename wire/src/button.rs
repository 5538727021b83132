//! The buttons at a desk: what is pressed there, whatever program has the clerk's attention.

use serde::{Deserialize, Serialize};

/// A button at a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DeskButton {
    /// Whoever is served is done, and the next one is called.
    Next,
    /// The call is said again.
    Recall,
    /// Who was called is here.
    Appeared,
    /// Who was called does not come.
    NoShow,
}

/// `POST …/buttons`: a button was pressed at the desk to which the device is bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ButtonPress {
    /// Which one it was.
    pub button: DeskButton,
}
