//! After an outage staff look who of those waiting is still in the room (PROM-12).

use office::Command;
use serde::Serialize;
use uuid::Uuid;
use wire::ProblemCode;
use writer::Workbench;

use crate::{
    fault::Fault,
    find::visit_behind,
    receipt::Receipt,
    turn::{Turn, decide},
};

/// What a look around the room showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RollCall {
    /// The visits of those who are not there.
    pub gone: Vec<Uuid>,
}

/// Notes who is gone.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, roll: RollCall) -> Result<Receipt, Fault> {
    let asked = roll.clone();
    let work = move |bench: &mut Workbench<'_>| {
        let gone = roll.gone.iter().map(|public| visit_behind(bench.office(), *public).map(|visit| visit.id));
        let gone = gone.collect::<Result<_, ProblemCode>>()?;
        let decided = decide(bench, &Command::RollCall { gone })?;
        Ok(Receipt { event: decided.seq })
    };
    turn.take("roll-call", &asked, work).await
}
