//! Somebody opened the link that was sent to their address, and pressed its button (OMB-04, OMB-05).

use chrono::{DateTime, TimeDelta, Utc};
use office::AddressId;
use secrets::Start;
use serde::{Deserialize, Serialize};
use store::Actor;
use wire::ProblemCode;
use writer::{Offices, Workbench, Writer};

use crate::{fault::Fault, turn::Turn};

/// So long the same press is one and the same person's: a button that was pressed twice, a page that was sent again.
const REPEAT: TimeDelta = TimeDelta::minutes(1);

/// An address that is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressProof {
    /// What limits and journal call it.
    pub address: AddressId,
    /// When it was proven; those of before there were times are long over.
    #[serde(default, with = "vocabulary::civil::instant")]
    at: DateTime<Utc>,
    /// By which browser: the digest of what ties its forms to it; nothing where it takes no cookies.
    #[serde(default)]
    browser: Option<[u8; 32]>,
}

/// The browser in which the button was pressed.
#[derive(Debug, Clone, Copy)]
pub struct ProvingBrowser {
    /// The digest of what ties its forms to it, if it takes cookies.
    pub digest: Option<[u8; 32]>,
    /// Whether this address is proven in it already.
    pub is_proven: bool,
}

/// Proves an address; the link is good once, in one browser. Whoever presses twice goes on there, and so does a browser in
/// which this address is proven already.
///
/// # Errors
/// `command-reused` if the link was used before, `booking-expired` if it is good no longer, or that the hub cannot write.
pub async fn run(
    writer: &Writer,
    offices: &Offices,
    start: &Start,
    browser: ProvingBrowser,
) -> Result<AddressProof, Fault> {
    let office = offices.going().next().ok_or(ProblemCode::Unavailable)?;
    let (address, until) = (start.address, start.expires_at);
    let turn = Turn { writer, office, actor: Actor::Citizen, id: Some(start.id) };
    let work = move |bench: &mut Workbench<'_>| {
        let now = bench.now();
        if until <= now {
            return Err(ProblemCode::BookingExpired.into());
        }
        bench.stored(bench.store().prove_address(address, now))?;
        Ok(AddressProof { address, at: now, browser: browser.digest })
    };
    let proof = turn.take("prove-address", &start.id, work).await?;
    let is_repeat = proof.browser == browser.digest && writer.belief().clock().now() < proof.at + REPEAT;
    if is_repeat || browser.is_proven { Ok(proof) } else { Err(ProblemCode::CommandReused.into()) }
}
