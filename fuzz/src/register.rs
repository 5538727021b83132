//! How the register of staff is read.

#[path = "../../hub/identity/src/register/answer.rs"]
pub mod answer;

/// As much of the settings as the reader looks at.
pub mod config {
    /// How long an answer of the register holds.
    #[derive(Debug, Clone, Copy)]
    pub struct RegisterDays(pub u16);
}
