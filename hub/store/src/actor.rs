//! Who asked for what happened: an id for the journal, and never a name.

use std::fmt;

use uuid::Uuid;

/// By whom a command was given, as the journal names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// The hub itself: time passed, or an administrator changed the office's file.
    Hub,
    /// A citizen, by the public pages.
    Citizen,
    /// A paired device.
    Device(Uuid),
    /// A member of staff, by account number.
    Account(u32),
}

impl Actor {
    /// Whether it is a person of the house.
    #[must_use]
    pub const fn is_staff(self) -> bool {
        match self {
            Self::Account(_) => true,
            Self::Hub | Self::Citizen | Self::Device(_) => false,
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hub => f.write_str("hub"),
            Self::Citizen => f.write_str("citizen"),
            Self::Device(id) => write!(f, "device:{id}"),
            Self::Account(id) => write!(f, "account:{id}"),
        }
    }
}
