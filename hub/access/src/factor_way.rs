//! The ways of a second step.

/// What a second factor was shown by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactorWay {
    /// A code of the app.
    App,
    /// One of the recovery codes.
    Recovery,
    /// A passkey of the device or of a key that is plugged in.
    Passkey,
}
