//! Whoever has a number leaves of their own accord, or did not leave after all, by the page of their ticket (FLD-12).

use office::{Command, VisitState};
use serde::Serialize;
use uuid::Uuid;
use writer::Workbench;

use crate::{
    fault::Fault,
    find::visit_behind,
    turn::{Turn, decide},
};

/// What they say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum OwnLeave {
    /// They do not wait any longer.
    Leave,
    /// They wait after all.
    Undo,
}

/// Says it. Who says twice that they leave, or that they stay, has said it once.
///
/// # Errors
/// A [`Fault`] where the visit is not known, is being served or over, or can no longer be waited for; or the hub cannot write.
pub async fn run(turn: Turn<'_>, visit: Uuid, said: OwnLeave) -> Result<(), Fault> {
    let asked = (visit, said);
    let work = move |bench: &mut Workbench<'_>| {
        let visit = visit_behind(bench.office(), visit)?;
        let (id, has_left, is_over) = (visit.id, matches!(visit.state, VisitState::Left { .. }), visit.state.is_over());
        let command = match said {
            OwnLeave::Leave if has_left => return Ok(()),
            OwnLeave::Undo if !is_over => return Ok(()),
            OwnLeave::Leave => Command::Leave { visit: id },
            OwnLeave::Undo => Command::UndoLeave { visit: id },
        };
        decide(bench, &command)?;
        Ok(())
    };
    turn.take("own-leave", &asked, work).await
}
