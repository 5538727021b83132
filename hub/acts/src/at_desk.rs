//! What is pressed at a desk: opening and closing, breaks, calls, and how a visit goes on and ends (FLD-01 to FLD-09).

use chrono::{DateTime, TimeDelta, Utc};
use office::{
    BreakReason, CivilInstant, ClerkId, Command, DeskId, DeskProof, DeskStep, Office, Outcome, OverrideReason, Reason,
    Refusal, ResumeWhen, TicketNumber, TransferTarget, VisitId, VisitState,
};
use secrets::draw_public;
use serde::{Deserialize, Serialize};
use store::Actor;
use uuid::Uuid;
use wire::ProblemCode;
use writer::Workbench;

use crate::{
    fault::Fault,
    find::{service_of, visit_behind},
    note::{booked_by, put_note_if_any},
    refusals::refusal_in,
    turn::{Turn, decide},
};

/// What a clerk asks of a desk. Visits are named by their opaque ids, services by their keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum AtDesk {
    /// The desk opens, with the clerk who asks.
    Open {
        /// End of the clerk's hours, if not as configured.
        until: Option<CivilInstant>,
    },
    /// The desk closes.
    Close,
    /// A break begins.
    Break {
        /// The reason for it.
        because: BreakReason,
        /// Its stated end, if there is one.
        end: Option<BreakEnd>,
    },
    /// The break is over.
    EndBreak,
    /// The desk calls by itself, or no longer.
    SetReady {
        /// On or off.
        ready: bool,
    },
    /// The next one is called.
    Call {
        /// The visit that the desk holds, as the clerk believes: pressed twice, the second press is refused (PROM-04).
        holds: Option<Uuid>,
        /// Finish the visit in hand in the same press.
        finish: bool,
        /// The visit whose note the clerk has read (FLD-05).
        note_read: Option<Uuid>,
    },
    /// Somebody is called out of order, or from aside.
    CallChosen {
        /// The visit that the desk holds, as the clerk believes.
        holds: Option<Uuid>,
        /// The visit that is called.
        visit: Uuid,
        /// The reason for going out of order.
        because: Option<OverrideReason>,
        /// The reason in the clerk's own words.
        note: Option<String>,
    },
    /// What was done last is undone, within a moment.
    Undo {
        /// What was done, as the clerk believes.
        step: DeskStep,
        /// The visit that it was about; a break is about none.
        visit: Option<Uuid>,
    },
    /// The call is repeated.
    Recall {
        /// The visit that was called.
        visit: Uuid,
    },
    /// The call was a mistake.
    PutBack {
        /// The visit that was called.
        visit: Uuid,
    },
    /// Who was called is here.
    Appear {
        /// The visit that was called.
        visit: Uuid,
    },
    /// Who was called does not come.
    MissCall {
        /// The visit that was called.
        visit: Uuid,
    },
    /// Who was to be reached by telephone was not (OMB-20).
    FailAttempt {
        /// The visit that was called.
        visit: Uuid,
    },
    /// The visit in hand makes room for a booked citizen (TRN-13).
    Interrupt {
        /// The visit in hand.
        visit: Uuid,
        /// When it goes on.
        resume: ResumeWhen,
        /// Only this desk should go on with it.
        same_desk: bool,
    },
    /// The visit in hand is put aside.
    Park {
        /// The visit in hand.
        visit: Uuid,
    },
    /// The visit in hand is sent elsewhere.
    Transfer {
        /// The visit in hand.
        visit: Uuid,
        /// Where it goes.
        to: Destination,
        /// The reason for putting it first there.
        first_in_line: Option<OverrideReason>,
    },
    /// The clerk notes what was shown (OMB-17).
    RecordShown {
        /// The visit in hand.
        visit: Uuid,
        /// What was shown.
        shown: DeskProof,
        /// Why documents are waived; needed then.
        note: Option<String>,
    },
    /// Documents are missing (TRN-12).
    LackDocuments {
        /// The visit in hand.
        visit: Uuid,
    },
    /// The visit in hand ends.
    Finish {
        /// The visit in hand.
        visit: Uuid,
        /// How it ended.
        outcome: Outcome,
        /// The services delivered; the visit's own once, if empty.
        delivered: Vec<Delivery>,
    },
    /// Somebody without a number is served.
    ServeDirect {
        /// The visit that the desk holds, as the clerk believes.
        holds: Option<Uuid>,
        /// The service's key.
        service: String,
    },
    /// Somebody was served on paper while the hub was away (PROM-12).
    EnterOutageVisit {
        /// The service's key.
        service: String,
        /// The number in their hand, if a kiosk had given them one meanwhile.
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        /// When they came.
        arrived_at: CivilInstant,
        /// When serving began.
        served_from: CivilInstant,
        /// When it ended.
        served_to: CivilInstant,
        /// How it ended.
        outcome: Outcome,
    },
}

/// The stated end of a break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum BreakEnd {
    /// It ends at this time.
    At(CivilInstant),
    /// It ends so many minutes after it begins.
    AfterMinutes(u16),
}

/// Where a visit is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Destination {
    /// To any desk that serves this.
    Service(String),
    /// To this desk alone.
    Desk(DeskId),
}

/// A service that was delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// The service's key.
    pub service: String,
    /// How often it was delivered.
    pub count: u8,
}

/// That it is done, and who was called by it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeskReceipt {
    /// The number of the office's newest event.
    pub event: u64,
    /// The visit that it was about, or that was entered.
    pub visit: Option<Uuid>,
    /// The call, if somebody was called.
    pub call: Option<DeskCall>,
}

/// Somebody was called to the desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeskCall {
    /// The call's number.
    pub call: u64,
    /// The visit that was called.
    pub visit: Uuid,
    /// The number on its ticket.
    pub number: String,
    /// When it was called.
    pub at: DateTime<Utc>,
    /// Why this one was next.
    pub reason: Reason,
}

/// Does it, for the clerk who asks.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(turn: Turn<'_>, desk: DeskId, press: AtDesk) -> Result<DeskReceipt, Fault> {
    let Actor::Account(clerk) = turn.actor else { return Err(ProblemCode::NotAllowed.into()) };
    let asked = (desk, press.clone());
    let work = move |bench: &mut Workbench<'_>| {
        let own = press.own_sentence();
        let (command, visit) = command(bench, desk, ClerkId(clerk), press)?;
        let decided = decide(bench, &command).map_err(|fault| match own {
            Some((code, words)) if fault.code == code => Fault { words: Some(text::words(words, &[])), ..fault },
            Some(_) | None => fault,
        })?;
        let calls = matches!(command, Command::CallNext { .. } | Command::CallVisit { .. });
        let call = if calls { call_at(bench.office(), desk) } else { None };
        Ok(DeskReceipt { event: decided.seq, visit, call })
    };
    turn.take("at-desk", &asked, work).await
}

impl AtDesk {
    /// What the clerk is told where the code's own sentence is about something else: calls out of order, and tickets.
    const fn own_sentence(&self) -> Option<(ProblemCode, &'static str)> {
        match self {
            Self::RecordShown { .. } => Some((ProblemCode::ReasonNeeded, "shown-reason-needed")),
            Self::Call { .. } | Self::Finish { .. } => Some((ProblemCode::ReasonNeeded, "documents-first")),
            Self::Undo { .. } => Some((ProblemCode::TooLateToUndo, "desk-undo-late")),
            _ => None,
        }
    }
}

/// The command, and the visit that the answer names.
fn command(
    bench: &mut Workbench<'_>,
    desk: DeskId,
    clerk: ClerkId,
    press: AtDesk,
) -> Result<(Command, Option<Uuid>), Fault> {
    let now = bench.now();
    let office = bench.office();
    let of = |visit: Uuid| visit_behind(office, visit).map(|visit| visit.id);
    Ok(match press {
        AtDesk::Open { until } => (Command::OpenDesk { desk, clerk, until: until.map(CivilInstant::utc) }, None),
        AtDesk::Close => (Command::CloseDesk { desk }, None),
        AtDesk::Break { because, end } => {
            let until = end.map(|end| match end {
                BreakEnd::At(until) => until.utc(),
                BreakEnd::AfterMinutes(minutes) => now + TimeDelta::minutes(minutes.into()),
            });
            (Command::StartBreak { desk, because, until }, None)
        }
        AtDesk::EndBreak => (Command::EndBreak { desk }, None),
        AtDesk::SetReady { ready } => (Command::SetReady { desk, ready }, None),
        AtDesk::Call { holds, finish, note_read } => {
            let holds = held(office, desk, holds)?;
            let (finish, note_read) = (finish.then_some(Outcome::Done), note_read.map(of).transpose()?);
            (Command::CallNext { desk, holds, finish, note_read }, None)
        }
        AtDesk::CallChosen { holds, visit: public, because, note } => {
            let (holds, visit) = (held(office, desk, holds)?, of(public)?);
            let about = booked_by(office, visit);
            let note = put_note_if_any(bench, clerk.0, about, note.as_deref());
            (Command::CallVisit { desk, holds, visit, because, note }, Some(public))
        }
        AtDesk::Undo { step, visit } => (Command::UndoStep { desk, step, visit: visit.map(of).transpose()? }, visit),
        AtDesk::Recall { visit } => (Command::Recall { desk, visit: of(visit)? }, Some(visit)),
        AtDesk::PutBack { visit } => (Command::PutBack { desk, visit: of(visit)? }, Some(visit)),
        AtDesk::Appear { visit } => (Command::Appeared { desk, visit: of(visit)? }, Some(visit)),
        AtDesk::MissCall { visit } => (Command::NoShow { desk, visit: of(visit)? }, Some(visit)),
        AtDesk::FailAttempt { visit } => (Command::AttemptFailed { desk, visit: of(visit)? }, Some(visit)),
        AtDesk::Interrupt { visit, resume, same_desk } => {
            (Command::Interrupt { desk, visit: of(visit)?, resume, same_desk }, Some(visit))
        }
        AtDesk::Park { visit } => (Command::Park { desk, visit: of(visit)? }, Some(visit)),
        AtDesk::Transfer { visit, to, first_in_line } => {
            let to = match to {
                Destination::Service(key) => TransferTarget::Service(service_of(office, &key)?),
                Destination::Desk(desk) => TransferTarget::Desk(desk),
            };
            (Command::Transfer { desk, visit: of(visit)?, to, first_in_line }, Some(visit))
        }
        AtDesk::RecordShown { visit: public, shown, note } => {
            let visit = of(public)?;
            let about = booked_by(office, visit);
            let note = put_note_if_any(bench, clerk.0, about, note.as_deref());
            (Command::RecordShown { desk, visit, shown, note }, Some(public))
        }
        AtDesk::LackDocuments { visit } => (Command::LackDocuments { desk, visit: of(visit)? }, Some(visit)),
        AtDesk::Finish { visit, outcome, delivered } => {
            let delivered = delivered.iter().map(|one| Ok((service_of(office, &one.service)?, one.count)));
            let delivered = delivered.collect::<Result<_, ProblemCode>>()?;
            (Command::Finish { desk, visit: of(visit)?, outcome, delivered }, Some(visit))
        }
        AtDesk::ServeDirect { holds, service } => {
            let (holds, service) = (held(office, desk, holds)?, service_of(office, &service)?);
            (Command::ServeDirect { desk, holds, service, public: draw_public() }, None)
        }
        AtDesk::EnterOutageVisit { service, number, arrived_at, served_from, served_to, outcome } => {
            let (service, public) = (service_of(office, &service)?, draw_public());
            let number = number.map(|number| number.parse::<TicketNumber>()).transpose();
            let number = number.map_err(|_| ProblemCode::UnknownVisit)?;
            let [arrived_at, served_from, served_to] = [arrived_at, served_from, served_to].map(CivilInstant::utc);
            let command = Command::EnterOutageVisit {
                desk,
                service,
                number,
                public,
                arrived_at,
                served_from,
                served_to,
                outcome,
            };
            (command, number.is_none().then_some(public.0))
        }
    })
}

/// The visit that a desk holds, as the clerk believes. One that is long over is none that the desk holds.
fn held(office: &Office, desk: DeskId, holds: Option<Uuid>) -> Result<Option<VisitId>, Fault> {
    let Some(public) = holds else { return Ok(None) };
    visit_behind(office, public).map(|visit| Some(visit.id)).map_err(|_| {
        let holds = office.desks.get(&desk).and_then(|open| open.holds);
        refusal_in(office, &Refusal::DeskHoldsAnother { holds })
    })
}

/// The call that the desk waits for.
fn call_at(office: &Office, desk: DeskId) -> Option<DeskCall> {
    let visit = office.visits.get(&office.desks.get(&desk)?.holds?)?;
    let VisitState::Called { call, last, reason, .. } = &visit.state else { return None };
    let (number, reason) = (visit.number.to_string(), *reason);
    Some(DeskCall { call: call.0, visit: visit.public.0, number, at: *last, reason })
}
