//! How many codes go to one mobile in a day, and how often somebody may be wrong about one from one network (TRN-07). A restart
//! forgets nothing, and the keys say nothing of anybody.

use chrono::NaiveDate;
use office::calendar;
use store::Bucket;
use wire::ProblemCode;
use writer::Workbench;

use crate::{
    fault::Fault,
    link_limit::{LinkLimit, network},
};

/// So many codes go to one number in one day of the office: each message costs, and anybody can type a number.
const CODES_PER_DAY: f64 = 3.0;
/// So often may somebody be wrong from one network, and once more each minute: the codes of bookings and those of messages cannot
/// be tried out, and the computer of a school or a hall may be many people's.
const WRONG_BURST: f64 = 20.0;
const WRONG_SECONDS_EACH: f64 = 60.0;
/// A day's count does not fill again: the next day has its own.
const NEVER_SECONDS: f64 = 1e9;

/// Counts one more code to a number, on this day of the office.
///
/// # Errors
/// `too-many-requests`, with a sentence of its own, past the limit of the day or of the network, or that the hub cannot write.
pub(crate) fn take_code(bench: &mut Workbench<'_>, limit: &LinkLimit, phone: &str) -> Result<(), Fault> {
    let today = bench.office().config.as_ref().map(|config| calendar::local_date(config.zone, bench.now()));
    let today = today.ok_or(ProblemCode::Configuration)?;
    let now = bench.now();
    let bucket = Bucket { burst: CODES_PER_DAY, seconds_each: NEVER_SECONDS };
    let name = of_day(limit, phone, today);
    let level = bench.store().bucket_level(&name, bucket, now);
    let level = bench.stored(level)?;
    if level < 1.0 {
        let words = Some(text::both(|voice| voice.say("mobile-code-enough")));
        return Err(Fault { words, ..ProblemCode::TooManyRequests.into() });
    }
    // The network that asks is counted too, whatever numbers it names.
    limit.take(bench, phone)?;
    let counted = bench.store().set_bucket(&name, level - 1.0, now);
    Ok(bench.stored(counted)?)
}

fn of_day(limit: &LinkLimit, phone: &str, day: NaiveDate) -> Vec<u8> {
    limit.key.link_mac("asked", &format!("mobile code {phone} {day}"), 0).to_vec()
}

/// A try that was counted against its network.
#[derive(Debug)]
pub(crate) struct CountedTry {
    name: Vec<u8>,
    level: f64,
}

impl CountedTry {
    /// Counts a try before it is judged: many at once are no more than the limit.
    ///
    /// # Errors
    /// `too-many-requests` past the limit, or that the hub cannot write.
    pub(crate) fn count(bench: &mut Workbench<'_>, limit: &LinkLimit) -> Result<Self, Fault> {
        let (now, bucket) = (bench.now(), Bucket { burst: WRONG_BURST, seconds_each: WRONG_SECONDS_EACH });
        let name = limit.key.link_mac("asked", &format!("mobile try {}", network(limit.from)), 0).to_vec();
        let level = bench.store().bucket_level(&name, bucket, now);
        let level = bench.stored(level)?;
        if level < 1.0 {
            return Err(ProblemCode::TooManyRequests.into());
        }
        let counted = bench.store().set_bucket(&name, level - 1.0, now);
        bench.stored(counted)?;
        Ok(Self { name, level })
    }

    /// It was right: that was no try.
    ///
    /// # Errors
    /// That the hub cannot write.
    pub(crate) fn give_back(self, bench: &mut Workbench<'_>) -> Result<(), Fault> {
        let (now, Self { name, level }) = (bench.now(), self);
        let given = bench.store().set_bucket(&name, level, now);
        Ok(bench.stored(given)?)
    }
}
