//! The code from a message is typed, together with the code of the booking that an agent prepared (TRN-07): whoever has both has
//! the mobile, and goes on with what the agent typed.

use office::BookingId;
use people::{DetailForm, is_unseen, readable};
use secrets::is_address_code;
use serde::{Deserialize, Serialize};
use store::MobileCode;
use writer::Workbench;

use crate::{
    fault::Fault, kept::typed_in, link_limit::LinkLimit, mobile_limit::CountedTry, send_mobile_code::waits_until,
    take_over::EntrustedDraft, turn::Turn,
};

/// Digits of a code from a message.
const CODE_DIGITS: usize = 8;

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MobileEntry {
    reference: String,
    code: String,
}

impl MobileEntry {
    /// The code of a booking, as staff and citizens say it, and what was typed for the one from the message, with whatever people
    /// put between digits; none where that cannot be one, which is no try then.
    pub fn of(reference: String, typed: &str) -> Option<Self> {
        let is_between = |letter: &char| letter.is_whitespace() || is_unseen(*letter) || "-–.·".contains(*letter);
        let code: String = typed.chars().filter(|letter| !is_between(letter)).collect();
        let is_code = code.len() == CODE_DIGITS && code.bytes().all(|byte| byte.is_ascii_digit());
        is_code.then_some(Self { reference, code })
    }
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
            let typed = kept.typed.as_deref().and_then(typed_in).map(|typed| with_phone(typed, &known.phone));
            KeptMobile { booking, draft: EntrustedDraft { address: known.owner, typed } }
        }))
    };
    // Under no id of its own: nothing of it is kept as an answer.
    let found = turn.take("enter-mobile-code", &(), work).await?;
    Ok(found.map_or(MobileVerdict::Wrong, |KeptMobile { booking, draft }| MobileVerdict::Right(booking, draft)))
}

/// What the agent typed, with the mobile that was proven for a telephone: messages about the booking go there, and to no number
/// that somebody else wrote down. The citizen sees it at the last check, and may name another.
fn with_phone(typed: DetailForm, phone: &str) -> DetailForm {
    typed.with("phone", readable(phone))
}

/// A citizen who was found by both codes, as the writer hands it on.
#[derive(Debug, Serialize, Deserialize)]
struct KeptMobile {
    booking: BookingId,
    draft: EntrustedDraft,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trn_07_a_code_is_taken_as_people_write_it_and_what_is_none_is_no_try() {
        let of = |typed: &str| MobileEntry::of("C2D3F4G5".to_owned(), typed).map(|entry| entry.code);
        for typed in ["1234 5678", "12345678", " 1234\u{a0}5678\u{200b}", "1234-5678", "1234.5678", "12 34 56 78"] {
            assert_eq!(of(typed).as_deref(), Some("12345678"), "{typed:?}");
        }
        for none in ["", "1234", "1234 567x", "123456789", "C2D3 F4G5", "١٢٣٤٥٦٧٨", &"1".repeat(10_000)] {
            assert_eq!(of(none), None, "{none:.20}");
        }
    }

    #[test]
    fn trn_07_the_mobile_that_was_proven_takes_the_place_of_what_somebody_else_wrote() {
        let typed = DetailForm::default().with("phone", "2841012345".to_owned());
        assert_eq!(with_phone(typed, "+306940012345").text("phone"), "+30 694 001 2345");
    }
}
