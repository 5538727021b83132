//! Numbers for kiosks that go on while the hub is away: leased a week ahead, given back by their holder alone (PROM-07).
//!
//! They lie far above the day's own, so that called numbers go on rising when they come in (FLD-40).

use chrono::{Days, NaiveDate};

use super::asking::Standpoint;
use crate::{Event, HouseEvent, KioskId, NumberBlock, NumberLease, Refusal};

/// Of today and so many days after it a kiosk holds numbers: a hub may be away over a weekend and a holiday.
pub(crate) const DAYS_AHEAD: u64 = 7;
/// So many numbers are leased at once, under every letter: more than a kiosk gives on a day, and two kiosks have three digits.
pub(crate) const BLOCK_NUMBERS: u16 = 250;
/// No lease begins below this number.
const FIRST_NUMBER: u16 = 500;
/// The day's own numbers have at least so far to go until they meet a lease that is given today.
const OWN_NUMBERS_AHEAD: u16 = 100;
/// Of one day a kiosk gets so many blocks at most, whatever it says that it has lost.
const BLOCKS_OF_DAY_MAX: usize = 12;

/// A kiosk makes ready for a time without its hub. `holds` are the numbers of which it knows: what it was given and has lost
/// since, it does not get again, for nobody knows how many of them are on paper.
pub(crate) fn lease(asking: &Standpoint<'_>, kiosk: KioskId, holds: &[NumberBlock]) -> Result<Vec<Event>, Refusal> {
    let days = (0..=DAYS_AHEAD).filter_map(|ahead| asking.today.checked_add_days(Days::new(ahead)));
    let leased = days.filter_map(|date| {
        let top = if date == asking.today { highest_given(asking) } else { 0 };
        let own = of_day(asking, date).filter(|lease| lease.kiosk == kiosk);
        // Numbers that others have passed meanwhile would be called after higher ones.
        let is_good = |lease: &NumberLease| holds.contains(&lease.block) && top < lease.block.first;
        if own.clone().any(is_good) || own.count() >= BLOCKS_OF_DAY_MAX {
            return None;
        }
        next_block(asking, date, top)
    });
    Ok(leased.map(|block| asking.event(HouseEvent::NumbersLeased { kiosk, block })).collect())
}

/// A kiosk has handed in what it gave of a block, and gives the rest back.
pub(crate) fn give_back(asking: &Standpoint<'_>, kiosk: KioskId, block: NumberBlock) -> Result<Vec<Event>, Refusal> {
    let lease = NumberLease { kiosk, block };
    if !asking.office.leases.contains(&lease) {
        return Err(Refusal::NotLeased);
    }
    asking.one(HouseEvent::NumbersReturned { kiosk, block })
}

/// Who holds which numbers of a day.
fn of_day<'a>(asking: &Standpoint<'a>, date: NaiveDate) -> impl Iterator<Item = &'a NumberLease> + Clone {
    asking.office.leases.iter().filter(move |lease| lease.block.date == date)
}

/// The highest number that was given today, under whichever letter.
fn highest_given(asking: &Standpoint<'_>) -> u16 {
    let numbers = asking.office.day.as_ref().map(|day| &day.numbers);
    numbers.and_then(|numbers| numbers.values().copied().max()).unwrap_or_default()
}

/// The lowest block of a day that nobody holds, far enough above what was given.
fn next_block(asking: &Standpoint<'_>, date: NaiveDate, top: u16) -> Option<NumberBlock> {
    let above = top.checked_add(OWN_NUMBERS_AHEAD)?.max(FIRST_NUMBER);
    let mut first = above.checked_next_multiple_of(BLOCK_NUMBERS)?;
    loop {
        let block = NumberBlock { date, first, last: first.checked_add(BLOCK_NUMBERS - 1)? };
        let meets =
            of_day(asking, date).find(|lease| lease.block.first <= block.last && block.first <= lease.block.last);
        match meets {
            Some(lease) => first = lease.block.last.checked_add(1)?.checked_next_multiple_of(BLOCK_NUMBERS)?,
            None => return Some(block),
        }
    }
}
