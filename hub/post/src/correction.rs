//! What becomes of a booking whose correction is not made in time, as every mail, message and page has to say it alike (TRN-09,
//! TRN-12).

use office::{Booking, Enforcement, OfficeConfig, Rule, calendar};

/// Whether a booking of which something is to be put right stands also without it: on the day by which it is due, the rule that
/// voids is still tolerated. Without anything asked for, nothing falls void.
#[must_use]
pub fn stands_uncorrected(config: &OfficeConfig, booking: &Booking) -> bool {
    booking.correction.is_none_or(|asked| {
        let due = asked.until.min(booking.promise.start);
        let day = calendar::local_date(config.zone, due);
        config.rules.enforcement(Rule::Void, day) == Enforcement::Tolerant
    })
}
