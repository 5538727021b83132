//! Drawn futures: how the day may go on, many times over, by what the office has learnt.
//!
//! A *future* says how long everybody will take who is served, waits or is expected, whether and when the booked come, and
//! who else comes. It is drawn once and played for every answer that is weighed, so that answers differ by what they are
//! and not by luck. Everything is in whole seconds from now, and drawn from a seed that follows from the office and its
//! journal: the same question gets the same answer on every machine.

pub(crate) mod dice;
mod draw;
mod foresee;
mod line;
mod play;

pub(crate) use draw::{FutureDraw, NewcomeRates};
pub(crate) use foresee::{CallTimes, FORESEEN_FUTURES, Foresight, usual_day};
pub(crate) use line::{FutureGuest, FutureLine, LineEnd};
pub(crate) use play::{PlayedCall, Player};

/// Seconds from now.
pub(crate) type Seconds = i32;

/// Never, or not known when.
pub(crate) const NO_TIME: Seconds = Seconds::MAX;

/// In the futures somebody booked who is here may be called from so long before their time, before anybody else.
pub(crate) const BOOKED_FIRST_SECONDS: Seconds = 8 * 60;
