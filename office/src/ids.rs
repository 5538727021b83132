//! Names of things: each kind of id is a type of its own, so that a desk is never taken for a visit.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

vocabulary::numbered! {
    /// A service of the office, numbered by its configuration.
    ServiceId(u16);
    /// A desk, by the number on its sign.
    DeskId(u16);
    /// A member of staff: the hub's account number.
    ClerkId(u32);
    /// A booking, numbered 1, 2, 3… in its office.
    BookingId(u64);
    /// A visit, numbered 1, 2, 3… in its office.
    VisitId(u64);
    /// A reason of the office's own list, numbered by its configuration.
    ReasonId(u16);
    /// A call or recall, numbered 1, 2, 3… in its office; later calls have higher numbers.
    CallId(u64);
    /// A person in the hub's `people` table; the journal knows nothing else of them.
    PersonId(Uuid);
    /// A note in the hub's `note` table; erasable there.
    NoteId(Uuid);
    /// Opaque id of a proven e-mail address, for limits per address (FLD-17).
    AddressId(Uuid);
    /// A driving school or another that books for citizens: the hub's `agent` table; nothing else of them is in the journal.
    AgentId(u32);
    /// A paired kiosk: the hub's device id.
    KioskId(Uuid);
    /// Opaque id under which the outside world knows a visit: on the ticket's QR code and in the API.
    PublicId(Uuid);
}

/// What a citizen types at the kiosk to name a booking: eight characters, drawn at random by the hub.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Reference(pub String);

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The number of a ticket, e.g. A042: a letter and three digits, after 999 four; unique in its office and local day
/// (PROM-01), and never changed once given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TicketNumber {
    /// A capital that looks the same in Greek and Latin, or `P` for booked visits (FLD-40).
    pub letter: char,
    /// 1, 2, 3… each local business day.
    pub count: u16,
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:03}", self.letter, self.count)
    }
}

/// The text is no number of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no number of a ticket")]
pub struct NoTicketNumber;

impl FromStr for TicketNumber {
    type Err = NoTicketNumber;

    /// As it stands on a ticket, whichever keyboard it is typed on: its letters look the same in Greek and Latin.
    fn from_str(text: &str) -> Result<Self, NoTicketNumber> {
        let text = text.trim();
        let typed = text.chars().next().ok_or(NoTicketNumber)?;
        let count = &text[typed.len_utf8()..];
        let letter = match typed.to_uppercase().next().unwrap_or(typed) {
            'Α' => 'A',
            'Β' => 'B',
            'Ε' => 'E',
            'Ζ' => 'Z',
            'Η' => 'H',
            'Κ' => 'K',
            'Μ' => 'M',
            'Ν' => 'N',
            'Ρ' => 'P',
            'Τ' => 'T',
            'Υ' => 'Y',
            'Χ' => 'X',
            other => other,
        };
        let is_count = !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit());
        let count = count.parse().ok().filter(|count| is_count && *count > 0).ok_or(NoTicketNumber)?;
        if letter.is_ascii_uppercase() { Ok(Self { letter, count }) } else { Err(NoTicketNumber) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_40_a_number_is_read_on_whichever_keyboard_it_is_typed() {
        let number = |letter, count| Ok(TicketNumber { letter, count });
        for (typed, meant) in [("A042", number('A', 42)), (" α42 ", number('A', 42)), ("ρ500", number('P', 500))] {
            assert_eq!(typed.parse(), meant, "{typed}");
        }
        for wrong in ["", "A", "042", "A0", "A-1", "A+1", "A99999", "Ω12", "A 42"] {
            assert_eq!(wrong.parse::<TicketNumber>(), Err(NoTicketNumber), "{wrong}");
        }
    }
}
