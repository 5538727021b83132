//! The links of a booking end, and new ones go to the addresses that its people have today: somebody else may have had one.

use chrono::{DateTime, Utc};
use office::{Booking, PersonId};
use secrets::{Holder, HolderLetter};
use serde::{Deserialize, Serialize};
use store::ServedMailbox;
use wire::ProblemCode;
use writer::{NEW_LINK, Workbench};

use crate::{fault::Fault, find::BookingName, turn::Turn};

/// Whose links end.
#[derive(Debug, Clone, Serialize)]
pub struct LinkRenewal {
    /// The booking whose pages they open, by how it is known.
    pub booking: BookingName,
    /// The holders; a citizen names themselves, staff both.
    pub holders: Vec<Holder>,
}

/// To whom new links went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenewedLinks {
    /// Those who have an address.
    pub mailed: Vec<Holder>,
}

/// Ends the links, and mails new ones. Who asks gets none in the answer: the page may be open before somebody else.
///
/// # Errors
/// A [`Fault`] where there is no such booking, it is nobody's any more, or the hub cannot write.
pub async fn run(turn: Turn<'_>, renewal: LinkRenewal) -> Result<RenewedLinks, Fault> {
    let asked = renewal.clone();
    let work = move |bench: &mut Workbench<'_>| {
        let booking = renewal.booking.find(bench.office())?.clone();
        let party = booking.life.party().ok_or(ProblemCode::UnknownCode)?.clone();
        let mut mailed = Vec::new();
        for holder in renewal.holders {
            bench.stored(bench.store().end_links(party.person, holder == Holder::Served))?;
            if has_address(bench, party.person, holder)? {
                let (language, expires_at) = (party.language, link_ends(&booking));
                let letter = HolderLetter {
                    booking: booking.id,
                    person: party.person,
                    holder,
                    language,
                    code: None,
                    expires_at,
                };
                bench.post(NEW_LINK, serde_json::to_string(&letter).unwrap_or_default());
                mailed.push(holder);
            }
        }
        bench.write_rows();
        Ok(RenewedLinks { mailed })
    };
    turn.take("renew-links", &asked, work).await
}

/// A link is of use as long as the booking is remembered: to the end of what was promised.
fn link_ends(booking: &Booking) -> DateTime<Utc> {
    booking.promise.start
}

/// Whether a holder has an address of their own that is known to be theirs.
pub(crate) fn has_address(bench: &mut Workbench<'_>, person: PersonId, holder: Holder) -> Result<bool, Fault> {
    Ok(match holder {
        Holder::Applicant => bench.stored(bench.store().record(person))?.is_some_and(|record| record.email.is_some()),
        Holder::Served => {
            bench.stored(bench.store().served(person))?.is_some_and(|ServedMailbox { proven, .. }| proven)
        }
    })
}
