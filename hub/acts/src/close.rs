//! Closing a day, or a desk's morning (FLD-15): whom it touches is moved or cancelled as was chosen, each with a mail.

use office::{BookingId, Closure, OfficeConfig};
use serde::Serialize;
use wire::ProblemCode;
use writer::Workbench;

use crate::{
    calendar_edit::CalendarEdit,
    closing::{Aftermath, ClosingRemedy, carry_out},
    fault::Fault,
    turn::Turn,
};

/// What is to be closed, and what becomes of those whom it touches.
#[derive(Debug, Clone, Serialize)]
pub struct ClosureOrder {
    /// From when to when, and what.
    pub closure: Closure,
    /// What was chosen for each; who is not named keeps the booking.
    pub remedies: Vec<(BookingId, ClosingRemedy)>,
}

/// Whether something can be closed so.
///
/// # Errors
/// `malformed` where it ends before it begins, `unknown-desk` where there is no such desk, `reason-needed` without a reason;
/// each with the field that it is about.
pub fn check(config: &OfficeConfig, closure: &Closure) -> Result<(), Fault> {
    let of = |place: &str, code: ProblemCode| Fault { place: Some(place.to_owned()), ..code.into() };
    if closure.from >= closure.to {
        return Err(of("to", ProblemCode::Malformed));
    }
    if closure.desk.is_some_and(|desk| !config.desks.contains_key(&desk)) {
        return Err(of("desk", ProblemCode::UnknownDesk));
    }
    if closure.because.el.is_empty() {
        return Err(of("el", ProblemCode::ReasonNeeded));
    }
    Ok(())
}

/// The configuration with a closure more.
pub fn closed(config: &OfficeConfig, closure: &Closure) -> OfficeConfig {
    let mut closed = config.clone();
    closed.calendar.closures.push(Closure { by_staff: true, ..closure.clone() });
    closed
}

/// Closes.
///
/// # Errors
/// A [`Fault`] where it cannot be closed so, or the hub cannot write.
pub async fn run(turn: Turn<'_>, order: ClosureOrder) -> Result<Aftermath, Fault> {
    let (asked, account) = (order.clone(), turn.account()?);
    let work = move |bench: &mut Workbench<'_>| {
        let config = bench.office().config.as_ref().ok_or(ProblemCode::Configuration)?;
        check(config, &order.closure)?;
        let changed = closed(config, &order.closure);
        bench.put_hours_edit(CalendarEdit::Closed(order.closure).row(account));
        carry_out(bench, changed, order.remedies)
    };
    turn.take("close", &asked, work).await
}
