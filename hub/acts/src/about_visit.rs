//! What staff do about somebody who is in the house, whichever desk it is: leaving and coming back, a late choice, a fixed
//! time, another length, a note (FLD-05, FLD-12, FLD-32).

use office::{CivilInstant, Command, LateChoice};
use secrets::draw_reference;
use serde::Serialize;
use store::Actor;
use uuid::Uuid;
use wire::ProblemCode;
use writer::Workbench;

use crate::{
    fault::Fault,
    find::visit_behind,
    note::{booked_by, put_note_if_any},
    receipt::Receipt,
    turn::{Turn, decide},
};

/// What is asked about a visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum AboutVisit {
    /// They left of their own accord.
    Leave,
    /// They did not leave after all.
    UndoLeave,
    /// They are back after a no-show, or with the documents that were missing.
    ComeBack,
    /// They are let into the booked place although they came late.
    Admit,
    /// They choose again, being late.
    ChooseLate(LateChoice),
    /// They may be called before their booked time, or not.
    ChooseCallTime {
        /// Not before it.
        not_before_time: bool,
    },
    /// They take a gap of today as a fixed time.
    FixTime(CivilInstant),
    /// They are more or fewer than said, or it takes another time.
    Amend {
        /// How many persons.
        persons: u8,
        /// How many cases.
        cases: u8,
        /// The length in minutes, where the clerk knows better.
        planned_minutes: Option<u16>,
    },
    /// A note is read before the call; none takes the note away.
    SetNote(Option<String>),
}

/// Does it, for the member of staff who asks.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, visit: Uuid, change: AboutVisit) -> Result<Receipt, Fault> {
    let Actor::Account(account) = turn.actor else { return Err(ProblemCode::NotAllowed.into()) };
    let asked = (visit, change.clone());
    let work = move |bench: &mut Workbench<'_>| {
        let visit = visit_behind(bench.office(), visit)?.id;
        let command = match change {
            AboutVisit::Leave => Command::Leave { visit },
            AboutVisit::UndoLeave => Command::UndoLeave { visit },
            AboutVisit::ComeBack => Command::ComeBack { visit },
            AboutVisit::Admit => Command::Admit { visit },
            AboutVisit::ChooseLate(choice) => Command::ChooseLate { visit, choice },
            AboutVisit::ChooseCallTime { not_before_time } => Command::ChooseCallTime { visit, not_before_time },
            AboutVisit::FixTime(start) => Command::FixTime { visit, reference: draw_reference(), start: start.utc() },
            AboutVisit::Amend { persons, cases, planned_minutes } => {
                Command::Amend { visit, persons, cases, planned_minutes }
            }
            AboutVisit::SetNote(text) => {
                let about = booked_by(bench.office(), visit);
                Command::SetNote { visit, note: put_note_if_any(bench, account, about, text.as_deref()) }
            }
        };
        let decided = decide(bench, &command)?;
        Ok(Receipt { event: decided.seq })
    };
    turn.take("about-visit", &asked, work).await
}
