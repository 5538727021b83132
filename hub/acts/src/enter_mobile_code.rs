//! The code from a message is typed, together with the code of the booking that an agent prepared (TRN-07): whoever has both has
//! the mobile, and goes on with what the agent typed.

use office::BookingId;
use secrets::is_address_code;
use serde::{Deserialize, Serialize};
use store::MobileCode;
use writer::Workbench;

use crate::{
    fault::Fault, link_limit::LinkLimit, mobile_limit::CountedTry, send_mobile_code::waits_until,
    take_over::EntrustedDraft, turn::Turn,
};

/// What was typed.
#[derive(Debug, Clone)]
pub struct MobileEntry {
    /// The code of the booking, as staff and citizens say it.
    pub reference: String,
    /// The code from the message.
    pub code: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MobileVerdict {
    /// Both are right: the booking, and what its citizen goes on with.
    Right(BookingId, EntrustedDraft),
    /// They do not go together, the code was wrong too often, or the time is kept no longer.
    Wrong,
}

/// Judges both codes. Each try counts before it is judged; one that was right does not.
///
/// # Errors
/// `too-many-requests` where it was tried too often from one network, or that the hub cannot write.
pub async fn run(turn: Turn<'_>, limit: LinkLimit, entry: MobileEntry) -> Result<MobileVerdict, Fault> {
    let row = turn.office.row;
    let key = limit.key.clone();
    let work = move |bench: &mut Workbench<'_>| {
        let counted = CountedTry::count(bench, &limit)?;
        let MobileEntry { reference, code } = entry;
        let Ok(booking) = crate::find::booking_of(bench.office(), &reference).map(|booking| booking.id) else {
            return Ok(None);
        };
        let now = bench.now();
        let tried = bench.stored(bench.store().try_mobile_code(row, booking, now))?;
        let is_right = |known: &MobileCode| is_address_code(&key, known.drawn, &code);
        let Some(known) = tried.filter(is_right).filter(|known| waits_until(bench, known).is_some()) else {
            return Ok(None);
        };
        counted.give_back(bench)?;
        bench.stored(bench.store().give_mobile_try_back(row, booking))?;
        let kept = bench.stored(bench.store().entrusted(row, booking))?;
        Ok(kept.map(|kept| {
            let typed = kept.typed.map(|typed| with_phone(&typed, &known.phone));
            KeptMobile { booking, draft: EntrustedDraft { address: known.owner, typed } }
        }))
    };
    // Under no id of its own: nothing of it is kept as an answer.
    let found = turn.take("enter-mobile-code", &(), work).await?;
    Ok(found.map_or(MobileVerdict::Wrong, |KeptMobile { booking, draft }| MobileVerdict::Right(booking, draft)))
}

/// What the agent typed, with the mobile that was proven for a telephone: messages about the booking go there, and to no number
/// that somebody else wrote down. The citizen sees it at the last check, and may name another.
fn with_phone(typed: &str, phone: &str) -> String {
    let form = serde_json::from_str::<people::DetailForm>(typed);
    let form = form.map(|form| form.with("phone", people::readable(phone)));
    form.ok().and_then(|form| serde_json::to_string(&form).ok()).unwrap_or_else(|| typed.to_owned())
}

/// A citizen who was found by both codes, as the writer hands it on.
#[derive(Debug, Serialize, Deserialize)]
struct KeptMobile {
    booking: BookingId,
    draft: EntrustedDraft,
}
