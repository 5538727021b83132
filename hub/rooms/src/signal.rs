//! What people in a room send to each other through the hub: how their browsers connect, and what they type. It goes to
//! seats of the same room alone, is bounded in size, and is kept nowhere.

use serde::{Deserialize, Serialize};

use crate::{
    pass::{LineId, RoomPass, SeatNumber},
    seats::Seats,
};

/// What is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignalKind {
    /// How one browser would connect (SDP).
    Offer,
    /// How the other would.
    Answer,
    /// It asks the other to offer once more.
    Again,
    /// A way on which it can be reached (ICE).
    Candidate,
    /// It goes.
    Bye,
    /// What somebody typed, for everybody there.
    Chat,
}

impl SignalKind {
    /// The longest text of the kind, in bytes.
    pub const fn bytes_max(self) -> usize {
        match self {
            // What Chromium and Firefox say of sound and picture takes 3 to 8 KiB.
            Self::Offer | Self::Answer => 24 * 1024,
            Self::Candidate => 2 * 1024,
            Self::Again | Self::Bye => 0,
            Self::Chat => 2_000,
        }
    }

    /// Whether it is for one other seat, and not for all.
    const fn is_for_one(self) -> bool {
        match self {
            Self::Offer | Self::Answer | Self::Again | Self::Candidate => true,
            Self::Bye | Self::Chat => false,
        }
    }
}

/// What a seat sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signal {
    /// The page that sends it: one whose seat another page has taken says nothing more.
    pub line: LineId,
    /// The seat that it is for; none for everybody.
    #[serde(default)]
    pub to: Option<SeatNumber>,
    /// Whether it is about the line between two browsers, or words of the chat.
    pub kind: SignalKind,
    /// What it says.
    #[serde(default)]
    pub text: String,
}

/// Why something goes nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignalRefusal {
    /// Who sends it has no seat, or another page of theirs has it by now.
    #[error("no seat")]
    NoSeat,
    /// It is longer than anything of its kind.
    #[error("too long")]
    TooLong,
    /// Nobody is there for whom it could be.
    #[error("nobody there")]
    NobodyThere,
    /// So much was sent from this seat that it has to wait.
    #[error("too fast")]
    TooFast,
}

/// From which seat something comes, and to which it goes: never to its own, and never out of the room.
///
/// # Errors
/// [`SignalRefusal`].
pub fn receivers(
    seats: &Seats,
    from: RoomPass,
    signal: &Signal,
) -> Result<(SeatNumber, Vec<SeatNumber>), SignalRefusal> {
    let (own, seat) = seats.of(from).ok_or(SignalRefusal::NoSeat)?;
    if seat.line != signal.line {
        return Err(SignalRefusal::NoSeat);
    }
    if signal.text.len() > signal.kind.bytes_max() {
        return Err(SignalRefusal::TooLong);
    }
    let is_for = |number: SeatNumber| match (signal.kind.is_for_one(), signal.to) {
        (true, to) => to == Some(number),
        (false, to) => to.is_none_or(|to| to == number),
    };
    let others = seats.taken().filter(|(number, seat)| *number != own && seat.dropped_at.is_none());
    let others: Vec<SeatNumber> = others.map(|(number, _)| number).filter(|number| is_for(*number)).collect();
    // Who types before anybody is there, or says good-bye to nobody, has done nothing wrong.
    if others.is_empty() && signal.kind.is_for_one() {
        return Err(SignalRefusal::NobodyThere);
    }
    Ok((own, others))
}
