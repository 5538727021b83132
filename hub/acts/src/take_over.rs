//! A citizen takes over the time that an agent prepared for them: their address is proven, and what the agent typed is
//! theirs to look through and to make final (TRN-07).

use chrono::{DateTime, Utc};
use office::{BookingId, BookingLife};
use people::DetailForm;
use secrets::{EntrustedLink, ServerKey, read_entrusted};
use serde::{Deserialize, Serialize};
use store::AgentHandover;
use writer::Offices;

use crate::{fault::Fault, kept::typed_in, ledger::Ledger};

/// A time that waited for its citizen when it was looked at.
#[derive(Debug, Clone)]
pub struct EntrustedTime {
    link: EntrustedLink,
    kept: AgentHandover,
    until: DateTime<Utc>,
}

impl EntrustedTime {
    /// The key of its office.
    pub fn office(&self) -> &str {
        &self.link.office
    }

    /// Its number in the office.
    pub const fn booking(&self) -> BookingId {
        self.link.booking
    }

    /// The number of the agent who prepared it.
    pub const fn agent(&self) -> u32 {
        self.kept.agent
    }

    /// It waits until then.
    pub const fn until(&self) -> DateTime<Utc> {
        self.until
    }
}

/// What the citizen goes on with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntrustedDraft {
    /// Whose it is from now on.
    pub address: office::AddressId,
    /// What the agent typed.
    pub typed: Option<DetailForm>,
}

/// The time behind a link, while it waits for its citizen; none, once it lapsed or was made final. Looking changes nothing.
///
/// # Errors
/// That the hub cannot read.
pub async fn find(
    ledger: &Ledger,
    offices: &Offices,
    key: &ServerKey,
    link: &str,
) -> Result<Option<EntrustedTime>, Fault> {
    let Some(link) = read_entrusted(key, link) else { return Ok(None) };
    let Some(handle) = offices.get(&link.office) else { return Ok(None) };
    let now = ledger.clock.now();
    let until = match handle.read().bookings.get(&link.booking).map(|booking| &booking.life) {
        Some(BookingLife::Held { owner, expires_at, .. }) if *owner == Some(link.address) && *expires_at > now => {
            *expires_at
        }
        _ => return Ok(None),
    };
    let (row, booking) = (handle.row, link.booking);
    let kept = ledger.readers.read(move |store| store.entrusted(row, booking)).await?;
    Ok(kept.map(|kept| EntrustedTime { link, kept, until }))
}

/// Proves the address that the link was sent to, and hands over what was typed.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(ledger: &Ledger, time: EntrustedTime) -> Result<EntrustedDraft, Fault> {
    let (address, now) = (time.link.address, ledger.clock.now());
    ledger.writer.change(move |store| store.prove_address(address, now)).await?;
    Ok(EntrustedDraft { address, typed: time.kept.typed.as_deref().and_then(typed_in) })
}
