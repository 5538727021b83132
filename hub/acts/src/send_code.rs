//! A code goes to the address that a holder of a booking has today: who has only the link may have it from an old mail, and
//! neither takes everything along nor erases it (FLD-23).

use chrono::TimeDelta;
use secrets::{Holder, HolderLetter, draw_id};
use serde::Serialize;
use store::AddressCode;
use wire::ProblemCode;
use writer::{CODE, Workbench};

use crate::{fault::Fault, find::BookingName, link_limit::LinkLimit, renew_links::has_address, turn::Turn};

/// Whoever asks again within so long has pressed twice: the code that is on its way is the one, and another would end it.
const CODE_AGAIN_SECONDS: i64 = 30;
/// A code is good for so long.
pub const CODE_MINUTES: i64 = 15;
/// So often may it be typed wrong.
const CODE_TRIES: u32 = 5;

/// A code that is wanted.
#[derive(Debug, Clone, Serialize)]
pub struct CodeWish {
    /// The booking whose page asked for it, by how it is known.
    pub booking: BookingName,
    /// Whose link it was asked behind.
    pub holder: Holder,
}

/// Has a code sent; the one before is good no longer.
///
/// # Errors
/// `too-many-requests` past the limits on mails to one booking's people, `not-found` where nobody has an address, or that the
/// hub cannot write.
pub async fn run(turn: Turn<'_>, limit: LinkLimit, wish: CodeWish) -> Result<(), Fault> {
    let asked = wish.clone();
    let work = move |bench: &mut Workbench<'_>| {
        let booking = wish.booking.find(bench.office())?;
        let (booking, party) = (booking.id, booking.life.party().ok_or(ProblemCode::NotFound)?.clone());
        let (person, holder) = (party.person, wish.holder);
        if !has_address(bench, person, holder)? {
            return Err(ProblemCode::NotFound.into());
        }
        let expires_at = bench.now() + TimeDelta::minutes(CODE_MINUTES);
        let fresh = (person, holder == Holder::Served, expires_at - TimeDelta::seconds(CODE_AGAIN_SECONDS));
        if bench.stored(bench.store().has_address_code(fresh))? {
            return Ok(());
        }
        let whose = if holder == Holder::Served { "served" } else { "applicant" };
        limit.take(bench, &format!("code {} {whose}", person.0))?;
        let drawn = draw_id();
        let code = AddressCode { person, served: holder == Holder::Served, drawn, expires_at };
        bench.stored(bench.store().put_address_code(&code, CODE_TRIES))?;
        let language = party.language;
        let letter = HolderLetter { booking, person, holder, language, code: Some(drawn), expires_at };
        bench.post(CODE, serde_json::to_string(&letter).unwrap_or_default());
        bench.write_rows();
        Ok(())
    };
    turn.take("send-code", &asked, work).await
}
