//! Who is next (TRN-03 to TRN-06, TRN-13, TRN-14): whom a desk that asks should call, and why.
//!
//! [`propose`] follows the five steps of the written rule:
//! 1. a booked citizen whose time has come, or anybody who has waited past the hard limit;
//! 2. else the first of the others who fits the gap;
//! 3. else a booked citizen who has come early, if that fits;
//! 4. else the first of the others whose delay to booked citizens stays within the office's bound;
//! 5. else nobody, with the reason, and the time when somebody will fit.
//!
//! `scene` is the office in plain numbers, `rank` who comes before whom, `plan` the assignment of promises to desks,
//! `fit` what a desk's being busy does to it, `rule` the five steps, `alarm` what staff are told of without asking, `ahead` what a
//! clerk must see coming.
//!
//! # Where the written rule is silent
//! These are our choices; each stands once, here.
//! - **Served by.** A visit sent to one desk is served by that desk alone while it is open, whatever services it lists;
//!   once that desk is closed, by all that serve its service.
//! - **Idle.** A desk that has been idle for three minutes does not count if the rule proposes somebody there who could
//!   have been called for three minutes, also without the desks that have become idle in these three minutes. So a desk
//!   that rightly kept itself free for a booking counts. The desk that asks always counts, and is taken as free,
//!   whatever it still holds.
//! - **Breaks.** A break whose stated end has passed has no stated end any more.
//! - **Way.** A desk is busy from the call on: the way is part of the planned time. At the planned end it overruns.
//! - **Leaving somebody to another desk** (step 1). If some due visit is served by no counted desk but this one, those
//!   due before it are left to other idle desks as long as each can have one of its own. "Serves" takes in that it
//!   can end by that desk's end.
//! - **The limit of those who went away.** Who was interrupted, or came back too late after a no-show, has waited since
//!   then; who came back too late stands in the row from then (FLD-04: at the end of the class).
//! - **First in line, interrupted.** Among the others, first come those who have the next free turn, then the
//!   interrupted (TRN-13: first in the next gap), then the row. An interrupted visit is left to its own desk if that
//!   desk is idle and the visit fits there; another desk takes it otherwise.
//! - **At most k in a row.** When a desk has called k priority visits in a row, those of a priority class stand behind
//!   the ordinary visitors of the row, in steps 2 and 4 each.
//! - **The kept gap** (TRN-06). Whoever has been overtaken five times is called in step 2 already if the delay is within
//!   the bound; and while they wait, nobody who stands behind them is called whose serving would put back their first
//!   gap by plan (the earliest time at which they delay nobody of a desk's sequence beyond the bound).
//! - **Longer than too long.** In steps 2 and 4, nobody fits who needs as long as, or longer than, somebody who stood
//!   before and did not fit.
//! - **Preference** (FLD-01). Of those of the row who fit, are of the same priority class, and stand within the window
//!   after the first who fits, the one whose service the desk lists first. With a window of 0 it does not act.
//! - **The last booking** (TRN-05). Late and end-of-day visits are called when no booking of the day is left that this
//!   desk could serve, here or expected; then they stand in the row like everybody.
//! - **The end.** "Everything must end by" holds in every step: who cannot be done by the asking desk's end is not
//!   called there, and is not overtaken there either.
//! - **When somebody will fit** (step 5). The earliest of: the next gap at this desk for the shortest of the others, by
//!   the plan as it is and within the bound; the time from which the first of the booked who are here may be called.
//! - **What is put off.** The plan is the best one, so two people may change places in it at no cost; whoever starts later
//!   in the tried plan counts as put off even so. See `fit` for what a delay is measured against.
//! - **Large houses.** The search for the plan stops after a set number of steps (`plan`), so that a "next" stays within
//!   its time; small houses, and all that keep their times, are searched to the end.
//! - **Interruption** (TRN-13). Another desk is "soon free" within the minutes of which more must be left
//!   (`interrupt_least_left_minutes`); a booked citizen being served may be interrupted too, as the source says.
//! - **Holds** are no bookings: they keep no desk free.
//! - **Suspended services** (FLD-30) keep their places; nobody of them is called, and their bookings keep no desk free
//!   while the suspension lasts. A suspended desk is on a break, whose stated end is that of the suspension.

mod ahead;
mod alarm;
mod fit;
pub(crate) mod forward;
mod plan;
pub(crate) mod rank;
mod rule;
pub(crate) mod scene;

use chrono::{DateTime, Utc};

pub use ahead::{WaitLimits, next_promise, wait_limits};
pub use alarm::{InterruptionProposal, interruption_proposed, unserved_due};
pub use scene::interrupted_left_minutes;

use crate::{DeskId, Nobody, Office, Reason, SuspensionScope, VisitId};
use rule::Ask;
use scene::{Horizon, Scene};

/// Whom a desk should call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The visit that is next.
    pub visit: VisitId,
    /// The step of the rule that chose it.
    pub reason: Reason,
    /// Those of the others who stood before, might have been called here, and were passed over (TRN-06).
    pub overtook: Vec<VisitId>,
}

/// Whom a desk that asks at `now` should call. The desk is taken as free now, also if it still holds somebody whose
/// visit ends in the same decision.
///
/// # Errors
/// [`Nobody`] with the reason: nobody is next (step 5).
pub fn propose(office: &Office, desk: DeskId, now: DateTime<Utc>) -> Result<Proposal, Nobody> {
    propose_without(office, desk, now, &[])
}

/// The same as if some visits were not there: whom to call instead, when a note says that the first should not be
/// called here (FLD-05). They still keep their places, and what they are promised.
///
/// # Errors
/// [`Nobody`] with the reason: nobody is next (step 5).
pub fn propose_without(
    office: &Office,
    desk: DeskId,
    now: DateTime<Utc>,
    without: &[VisitId],
) -> Result<Proposal, Nobody> {
    let Some(mut scene) = Scene::of(office, now, Horizon::Plan) else { return Err(Nobody::NoneWaiting) };
    if scene.waiting.is_empty() {
        return Err(Nobody::NoneWaiting);
    }
    let asks = office.suspension(SuspensionScope::Desk(desk), now).is_none();
    let Some(place) = scene.place(desk).filter(|_| asks) else { return Err(Nobody::NoneForThisDesk) };
    scene.let_ask(place);
    let counted = rule::counted(&scene, place);
    let pick = Ask::new(&scene, place, counted, without).answer()?;
    Ok(Proposal { visit: scene.waiting[pick.waiter].id, reason: pick.reason, overtook: pick.overtook })
}
