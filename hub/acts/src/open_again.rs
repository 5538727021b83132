//! A closure that staff decided is taken back (FLD-15). Those who were moved or cancelled stay so.

use office::{Closure, Command, Refusal};
use serde::Serialize;
use wire::ProblemCode;
use writer::Workbench;

use crate::{
    calendar_edit::{CalendarEdit, calendar_name},
    fault::Fault,
    refusals::refusal_in,
    turn::{Turn, decide},
};

/// The closure that is taken back.
#[derive(Debug, Clone, Serialize)]
pub struct ReopeningOrder {
    /// Its name, as [`calendar_name`] makes it.
    pub closure: String,
}

/// Takes it back; gives what was closed.
///
/// # Errors
/// A [`Fault`] where staff closed no such thing, or the hub cannot write.
pub async fn run(turn: Turn<'_>, order: ReopeningOrder) -> Result<Closure, Fault> {
    let (asked, account) = (order.clone(), turn.account()?);
    let work = move |bench: &mut Workbench<'_>| {
        let mut opened = bench.office().config.clone().ok_or(ProblemCode::Configuration)?;
        let closures = &mut opened.calendar.closures;
        let is_it = |closure: &Closure| closure.by_staff && calendar_name(closure) == order.closure;
        let Some(index) = closures.iter().position(is_it) else {
            return Err(refusal_in(bench.office(), &Refusal::NotSuspended));
        };
        let closure = closures.remove(index);
        bench.put_hours_edit(CalendarEdit::Opened(closure.clone()).row(account));
        decide(bench, &Command::Configure(Box::new(opened)))?;
        Ok(closure)
    };
    turn.take("open-again", &asked, work).await
}
