//! Who is next (TRN-03 to TRN-06, TRN-13, TRN-14, NEW-11): whom a desk that asks should call, and why.
//!
//! [`propose`] follows the written rule:
//! 1. a free desk calls somebody whom it serves, if anybody may be called;
//! 2. whose booked time has come is called before those without one, and so is who has waited past the hard limit;
//! 3. else it is weighed between the first of the others and those who came early for a booking;
//! 4. of those in question the one is called with whom, over drawn futures, the fewest appointments wait over three
//!    minutes and everybody else waits least.
//!
//! An office may choose the sentence instead: *booked first from five minutes before, else by arrival, no desk idle*.
//!
//! `scene` is the office in plain numbers, `rank` who comes before whom, `choice` the rule, `futures` how the day may go
//! on, `alarm` what staff are told of without asking.
//!
//! # Where the written rule is silent
//! These are our choices; each stands once, here.
//! - **Served by.** A visit sent to one desk is served by that desk alone while it is open, whatever services it lists;
//!   once that desk is closed, by all that serve its service.
//! - **Callable.** Who has checked in may be called from then on, unless they asked not to be called before their time. Late
//!   and end-of-day visits may be called when no booking of the day is left that this desk could serve, here or expected
//!   (TRN-05). Nobody may be called who cannot be done by the desk's end as planned (TRN-14), or whose service is suspended.
//! - **Idle.** A desk that has been idle for three minutes although somebody could have been called there all the while does
//!   not count in the futures until it acts. The desk that asks always counts, and is taken as free, whatever it holds.
//! - **In question.** Of those whose time has come, the first three by the later of booked time and arrival, and the first
//!   whom no other desk serves; but nobody who came late passes somebody who has waited over three minutes. Of the others
//!   the first alone, or, where the office lets shorter matters pass, the first of each shorter length too. Of those who came
//!   early, the first three by booked time. Whoever stood before in the same line and was passed over is counted as
//!   overtaken; who is called early for a booking has a right of their own, and takes nobody's turn.
//! - **The limit** (PROM-06). The first who has waited past it is in question with those whose time has come; passed over as
//!   often as the next turn is kept for somebody overtaken, they are called at once. So the limit costs those whose time
//!   has come no more than it must, and nobody waits for ever.
//! - **The limit of those who went away.** Who was interrupted, or came back too late after a no-show, has waited since
//!   then; who came back too late stands in the row from then (FLD-04: at the end of the class).
//! - **The others.** First come those for whom the next turn is kept since they were overtaken so often (TRN-06), against
//!   whom nothing is weighed; then who has the next free turn; then the interrupted (TRN-13); then the row, by arrival less
//!   the head start of a priority class. An interrupted visit is left to its own desk if that is idle and there is anybody
//!   else.
//! - **At most k in a row.** When a desk has called k priority visits in a row, those of a priority class stand behind the
//!   ordinary visitors of the row.
//! - **Preference** (FLD-01). Of those of the row who are of the same priority class as the first and stand within the window
//!   behind them, the one whose service the desk lists first is put first. With a window of 0 it does not act.
//! - **The futures.** They are played for an hour. Each desk that becomes free calls by a plain rule: somebody booked who is
//!   here and due within eight minutes, else the first of the others, else somebody booked who came early. An appointment
//!   costs its wait, and twenty minutes more if it is over three (the minute before brings that in); a wait without an
//!   appointment counts half. It is stopped early when one answer is better than every other by three times the error.
//! - **Breaks.** A break whose stated end has passed has no stated end any more. A suspended desk is on a break, whose stated
//!   end is that of the suspension.
//! - **Interruption** (TRN-13). Another desk is "soon free" within the minutes of which more must be left
//!   (`interrupt_least_left_minutes`); a booked citizen being served may be interrupted too, as the source says.
//! - **Holds** are no bookings.

mod alarm;
mod choice;
pub(crate) mod futures;
pub(crate) mod rank;
pub(crate) mod scene;

use chrono::{DateTime, Utc};

pub use alarm::{InterruptionProposal, interruption_proposed, unserved_due};
pub use scene::interrupted_left_minutes;

use crate::{DeskId, Nobody, Office, Reason, SuspensionScope, VisitId};
use choice::{FUTURES_MAX, NextChoice, taking_part};
use scene::Scene;

/// The version of the rule that an event names: 0 is the plan that came before the futures.
pub const RULE_VERSION: u16 = 1;

/// Whom a desk should call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The visit that is next.
    pub visit: VisitId,
    /// What decided.
    pub reason: Reason,
    /// Those who stood before, might have been called here, and were passed over (TRN-06).
    pub overtook: Vec<VisitId>,
}

/// Whom a desk that asks at `now` should call. The desk is taken as free now, also if it still holds somebody whose
/// visit ends in the same decision.
///
/// # Errors
/// [`Nobody`] with the reason: nobody may be called.
pub fn propose(office: &Office, desk: DeskId, now: DateTime<Utc>) -> Result<Proposal, Nobody> {
    propose_without(office, desk, now, &[])
}

/// The same as if some visits were not there: whom to call instead, when a note says that the first should not be
/// called here (FLD-05). They still keep their places, and what they are promised.
///
/// # Errors
/// [`Nobody`] with the reason: nobody may be called.
pub fn propose_without(
    office: &Office,
    desk: DeskId,
    now: DateTime<Utc>,
    without: &[VisitId],
) -> Result<Proposal, Nobody> {
    ask(office, desk, now, without, |choice| {
        let pick = choice.answer()?;
        Ok(Proposal { visit: choice.scene.waiting[pick.waiter].id, reason: pick.reason, overtook: pick.overtook })
    })
}

/// Why nobody could be called to a desk that asks at `now`; `None` if somebody could. It plays no futures.
#[must_use]
pub fn nobody_for(office: &Office, desk: DeskId, now: DateTime<Utc>) -> Option<Nobody> {
    ask(office, desk, now, &[], |choice| choice.anybody()).err()
}

/// What a desk that asks finds, with the desk taken as free.
fn ask<T>(
    office: &Office,
    desk: DeskId,
    now: DateTime<Utc>,
    without: &[VisitId],
    answer: impl FnOnce(&NextChoice<'_, '_>) -> Result<T, Nobody>,
) -> Result<T, Nobody> {
    let Some(mut scene) = Scene::of(office, now) else { return Err(Nobody::NoneWaiting) };
    if scene.waiting.is_empty() {
        return Err(Nobody::NoneWaiting);
    }
    let asks = office.suspension(SuspensionScope::Desk(desk), now).is_none();
    let Some(place) = scene.place(desk).filter(|_| asks) else { return Err(Nobody::NoneForThisDesk) };
    scene.let_ask(place);
    let counted = taking_part(&scene, place);
    answer(&NextChoice { office, scene: &scene, desk: place, counted, without, futures_max: FUTURES_MAX })
}
