//! The provider: who holds the rooms of a body. Seira holds a room for three itself; a body may name an address instead, of a
//! service of which Seira knows no more than that, or a server of Jitsi, to which Seira sends people with a token.

use crate::{jitsi::JitsiServer, room_address::RoomAddress};

/// Who holds a body's rooms.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum RoomProvider {
    /// Seira itself, for up to three.
    #[default]
    BuiltIn,
    /// Whoever is behind a fixed address: who came in there, when it ended and whether the line held, Seira never learns.
    Link(RoomAddress),
    /// A server of Jitsi, which is told whom to let into which room, and when.
    Jitsi(Box<JitsiServer>),
}

impl RoomProvider {
    /// The server of somebody else who holds the rooms.
    #[must_use]
    pub fn held_at(&self) -> Option<&RoomAddress> {
        match self {
            Self::BuiltIn => None,
            Self::Link(address) => Some(address),
            Self::Jitsi(server) => Some(server.address()),
        }
    }

    /// The server whose rooms are shown within our own pages.
    #[must_use]
    pub fn shown_within(&self) -> Option<&RoomAddress> {
        match self {
            Self::BuiltIn | Self::Link(_) => None,
            Self::Jitsi(server) => Some(server.address()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pre_08_what_is_printed_of_an_address_opens_no_room() {
        let address = RoomAddress::read("https://meet.example.gr/secret-room").unwrap();
        let printed = format!("{:?}", RoomProvider::Link(address));
        assert!(printed.contains("meet.example.gr") && !printed.contains("secret-room"), "{printed}");
    }
}
