//! What a code says to a kiosk without its hub: which booking of the list it names, or that its mark alone vouches for it.

use chrono::{DateTime, Utc};
use handshake::is_code_mark;
use wire::{BookingCode, ProblemCode, ProvidedBooking};

use crate::larder::Larder;

/// What a code names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeMeaning<'a> {
    /// A booking of the list.
    Listed(&'a ProvidedBooking),
    /// One of today that is not in the list, with a mark that only this hub can have made.
    Vouched {
        /// What names it.
        reference: String,
    },
}

/// Reads a code.
///
/// # Errors
/// Why it names nothing here today.
pub fn read<'a>(larder: &'a Larder, code: &str, now: DateTime<Utc>) -> Result<CodeMeaning<'a>, ProblemCode> {
    let code: BookingCode = code.parse().map_err(|_| ProblemCode::UnknownCode)?;
    let today = larder.date_of(now);
    let listed = larder.booking(code.reference()).filter(|_| larder.lists(today));
    match code {
        BookingCode::Typed { .. } => match listed {
            Some(booking) => Ok(CodeMeaning::Listed(booking)),
            None if larder.lists(today) => Err(ProblemCode::UnknownCode),
            // The list is of another day: only the hub can know.
            None => Err(ProblemCode::Unavailable),
        },
        BookingCode::Scanned { office, .. } if office != larder.provisions.office => Err(ProblemCode::OtherOffice),
        BookingCode::Scanned { date, reference, mac, .. } => {
            let keys = larder.day(date).map(|day| day.keys.as_slice()).unwrap_or_default();
            // Every key is tried, so that the time tells not even which one it was.
            let is_ours = keys.iter().fold(false, |found, key| is_code_mark(&key.0, &reference, &mac) | found);
            match listed {
                // The time may have been moved since the code was made: the key of that day may be gone.
                Some(booking) if is_ours || keys.is_empty() => Ok(CodeMeaning::Listed(booking)),
                Some(_) => Err(ProblemCode::UnknownCode),
                None if keys.is_empty() && date != today => Err(ProblemCode::OtherDay),
                None if keys.is_empty() => Err(ProblemCode::Unavailable),
                None if !is_ours => Err(ProblemCode::UnknownCode),
                None if date == today => Ok(CodeMeaning::Vouched { reference }),
                None => Err(ProblemCode::OtherDay),
            }
        }
    }
}
