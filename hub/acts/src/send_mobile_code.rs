//! A code goes to the mobile of a citizen for whom an agent prepared a booking (TRN-07): when it is left to them, and once more
//! where it was lost or typed wrong too often.

use chrono::{DateTime, TimeDelta, Utc};
use office::{BookingId, BookingLife};
use secrets::{MobileLetter, draw_id};
use serde::Serialize;
use store::MobileCode;
use wire::ProblemCode;
use writer::{MOBILE_CODE, Workbench};

use crate::{fault::Fault, link_limit::LinkLimit, mobile_limit::take_code, turn::Turn};

/// Whoever asks again within so long has pressed twice: the message that is on its way is the one.
const CODE_AGAIN_SECONDS: i64 = 30;
/// So often may a code be typed wrong; then another has to be sent.
pub const MOBILE_TRIES: u32 = 3;

/// A code that is wanted anew.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct MobileCodeWish {
    /// The booking that it is to make final.
    pub booking: BookingId,
}

/// Has a new code sent; the one before is good no longer.
///
/// # Errors
/// `not-found` where no code is waited for, `too-many-requests` past the limits of a number or a network, or that the hub cannot
/// write.
pub async fn run(turn: Turn<'_>, limit: LinkLimit, wish: MobileCodeWish) -> Result<(), Fault> {
    let row = turn.office.row;
    let work = move |bench: &mut Workbench<'_>| {
        let known = bench.stored(bench.store().mobile_code(row, wish.booking))?;
        let kept = bench.stored(bench.store().entrusted(row, wish.booking))?;
        let (known, kept) = known.zip(kept).ok_or(ProblemCode::NotFound)?;
        let until = waits_until(bench, &known).ok_or(ProblemCode::NotFound)?;
        if known.tries > 0 && bench.now() < known.sent_at + TimeDelta::seconds(CODE_AGAIN_SECONDS) {
            return Ok(());
        }
        take_code(bench, &limit, &known.phone)?;
        put(bench, MobileCode { expires_at: until, ..known }, kept.agent)
    };
    turn.take("send-mobile-code", &wish, work).await
}

/// Until when the time of a code is kept for who has the mobile; none, if it is kept no longer.
pub(crate) fn waits_until(bench: &Workbench<'_>, code: &MobileCode) -> Option<DateTime<Utc>> {
    match bench.office().bookings.get(&code.booking)?.life {
        BookingLife::Held { owner, expires_at, .. } if owner == Some(code.owner) && expires_at > bench.now() => {
            Some(expires_at)
        }
        _ => None,
    }
}

/// Keeps a fresh code in place of what is known of it, and has it sent.
pub(crate) fn put(bench: &mut Workbench<'_>, code: MobileCode, agent: u32) -> Result<(), Fault> {
    let code = MobileCode { drawn: draw_id(), sent_at: bench.now(), tries: MOBILE_TRIES, ..code };
    bench.stored(bench.store().put_mobile_code(&code))?;
    let letter = MobileLetter { booking: code.booking, agent, drawn: code.drawn };
    bench.post(MOBILE_CODE, serde_json::to_string(&letter).unwrap_or_default());
    bench.write_rows();
    Ok(())
}
