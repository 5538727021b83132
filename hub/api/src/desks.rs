//! `POST …/desks/{desk}/{action}`: what happens at a desk.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::{DateTime, Utc};
use office::{
    BreakReason, Command, DeskId, EventKind, Office, Outcome, OverrideReason, Papers, PublicId, Reason, Refusal, ResumeWhen, ServiceId, Shown, TransferTarget, VisitEvent, VisitId,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;
use wire::{CallAnswer, CallRequest, ProblemCode};

use super::{
    request::Asked,
    write::{Said, ask, office},
};
use crate::state::Api;
use access::Session;
use acts::{Fault, booked_by, put_note};
use secrets::draw_public;
use store::Actor;
use views::{call_reason, desk_label};
use writer::{CommandId, Decided, OfficeHandle, Workbench, Writer};

/// It is done.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Done {
    /// Number of the office's newest event.
    pub event: u64,
    /// The visit that it made or was about, where there is one.
    pub visit: Option<Uuid>,
}

/// About one visit.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfVisit {
    /// Which.
    visit: Uuid,
}

/// Opening a desk.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// End of the clerk's hours, if not as configured.
    #[serde(default)]
    until: Option<DateTime<Utc>>,
}

/// A break.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Break {
    /// `rest`, `back-office` or `technical`.
    #[schema(value_type = String)]
    #[serde(default = "rest")]
    because: BreakReason,
    /// Its stated end.
    #[serde(default)]
    until: Option<DateTime<Utc>>,
}

const fn rest() -> BreakReason {
    BreakReason::Rest
}

/// Calling by itself.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ready {
    /// On or off.
    ready: bool,
}

/// Calling somebody out of order.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChosenCall {
    /// The visit that the desk holds, as the caller believes.
    #[serde(default)]
    holds: Option<Uuid>,
    /// Whom.
    visit: Uuid,
    /// Why.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    because: Option<OverrideReason>,
    /// In the clerk's own words.
    #[serde(default)]
    note: Option<String>,
}

/// The next call after reading a note.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CallAfterNote {
    /// The visit that the desk holds, as the caller believes.
    #[serde(default)]
    holds: Option<Uuid>,
    /// The visit whose note was read.
    note_read: Uuid,
    /// Finish the visit in hand in the same press.
    #[serde(default)]
    finish: bool,
}

/// Interrupting.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Interruption {
    /// Whom.
    visit: Uuid,
    /// `next-gap` or `end-of-day`.
    #[schema(value_type = String)]
    #[serde(default = "next_gap")]
    resume: ResumeWhen,
    /// Only this desk should go on.
    #[serde(default)]
    same_desk: bool,
}

const fn next_gap() -> ResumeWhen {
    ResumeWhen::NextGap
}

/// Sending elsewhere: to a service or to a desk.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// Whom.
    visit: Uuid,
    /// Any desk that serves this.
    #[serde(default)]
    service: Option<String>,
    /// This desk alone.
    #[serde(default)]
    desk: Option<u16>,
    /// Put first there, for this reason.
    #[schema(value_type = Option<String>)]
    #[serde(default)]
    first_in_line: Option<OverrideReason>,
}

/// The end of a visit.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Finish {
    /// Whom.
    visit: Uuid,
    /// `done`, `not-possible` or `documents-missing`.
    #[schema(value_type = String)]
    #[serde(default = "done")]
    outcome: Outcome,
    /// The services delivered; the visit's own once, if empty.
    #[serde(default)]
    delivered: Vec<Delivered>,
}

const fn done() -> Outcome {
    Outcome::Done
}

/// A service that was delivered.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Delivered {
    /// Its key.
    service: String,
    /// How often.
    count: u8,
}

/// Somebody came to the desk directly.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Direct {
    /// The visit that the desk holds, as the caller believes.
    #[serde(default)]
    holds: Option<Uuid>,
    /// The service's key.
    service: String,
}

/// What was shown at the desk (OMB-17).
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShownAtDesk {
    /// By whom.
    visit: Uuid,
    /// An identity card or a passport.
    #[serde(default)]
    identity: bool,
    /// A proof of representation.
    #[serde(default)]
    representation: bool,
    /// `unseen`, `complete`, `missing` or `waived`.
    #[schema(value_type = String)]
    #[serde(default)]
    papers: Papers,
    /// Why documents are waived; needed then.
    #[serde(default)]
    note: Option<String>,
}

/// A visit that was served on paper.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// The service's key.
    service: String,
    /// When they came.
    arrived_at: DateTime<Utc>,
    /// When serving began.
    served_from: DateTime<Utc>,
    /// When it ended.
    served_to: DateTime<Utc>,
    /// How it ended.
    #[schema(value_type = String)]
    #[serde(default = "done")]
    outcome: Outcome,
}

/// What is to be done at a desk, read from the body by the action's name.
enum Action {
    Call(CallRequest),
    CallAfterNote(CallAfterNote),
    CallChosen(ChosenCall),
    Open(Opening),
    Close,
    Break(Break),
    EndBreak,
    Ready(Ready),
    Recall(OfVisit),
    PutBack(OfVisit),
    Appeared(OfVisit),
    NoShow(OfVisit),
    AttemptFailed(OfVisit),
    Interrupt(Interruption),
    Park(OfVisit),
    Transfer(Transfer),
    Finish(Finish),
    Direct(Direct),
    Paper(Paper),
    Shown(ShownAtDesk),
    LackDocuments(OfVisit),
}

impl Action {
    fn read(name: &str, body: serde_json::Value) -> Result<Self, Fault> {
        Ok(match name {
            "calls" => Self::Call(read(body)?),
            "calls-after-note" => Self::CallAfterNote(read(body)?),
            "chosen-calls" => Self::CallChosen(read(body)?),
            "open" => Self::Open(read(body)?),
            "close" => read::<Nothing>(body).map(|_| Self::Close)?,
            "break" => Self::Break(read(body)?),
            "resume" => read::<Nothing>(body).map(|_| Self::EndBreak)?,
            "ready" => Self::Ready(read(body)?),
            "recalls" => Self::Recall(read(body)?),
            "put-backs" => Self::PutBack(read(body)?),
            "appeared" => Self::Appeared(read(body)?),
            "no-shows" => Self::NoShow(read(body)?),
            "failed-attempts" => Self::AttemptFailed(read(body)?),
            "interruptions" => Self::Interrupt(read(body)?),
            "parkings" => Self::Park(read(body)?),
            "transfers" => Self::Transfer(read(body)?),
            "finishes" => Self::Finish(read(body)?),
            "direct-visits" => Self::Direct(read(body)?),
            "paper-visits" => Self::Paper(read(body)?),
            "shown" => Self::Shown(read(body)?),
            "missing-documents" => Self::LackDocuments(read(body)?),
            _ => return Err(ProblemCode::NotFound.into()),
        })
    }
}

/// A body without anything in it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// Reads a body strictly.
pub fn read<T: DeserializeOwned>(body: serde_json::Value) -> Result<T, Fault> {
    serde_json::from_value(body).map_err(|_| Fault::malformed("unexpected fields or values".to_owned()))
}

/// Does something at a desk.
#[utoipa::path(post, path = "/api/v1/offices/{office}/desks/{desk}/{action}", tag = "staff",
    description = "The action decides the body: calls (CallRequest, answered with CallAnswer), calls-after-note \
        (CallAfterNote), chosen-calls (ChosenCall), open (Opening), close, break (Break), resume, ready (Ready), \
        recalls, put-backs, appeared, no-shows, failed-attempts and parkings (OfVisit), interruptions (Interruption), \
        transfers (Transfer), finishes (Finish), direct-visits (Direct), paper-visits (Paper), shown (ShownAtDesk), \
        missing-documents (OfVisit).",
    request_body = CallRequest,
    params(("office" = String, Path), ("desk" = u16, Path), ("action" = String, Path),
        ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, description = "CallAnswer where somebody was called, else Done", body = CallAnswer),
        (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    Path((key, desk, action)): Path<(String, String, String)>,
    asked: Asked<serde_json::Value>,
) -> Result<Response, Fault> {
    let handle = Arc::clone(office(&state, &key)?);
    let account = asked.caller.staff(&handle)?.account.id;
    let desk = DeskId(desk.parse().map_err(|_| Fault::from(ProblemCode::UnknownDesk))?);
    let action = Action::read(&action, asked.body)?;
    ask(&state, &handle, &asked.caller, asked.id, move |bench| match command(bench, desk, account, action) {
        Ok((command, visit)) => match bench.decide(&command) {
            Ok(decided) => said(bench, &decided, visit),
            Err(refused) => Said::no(bench, &refused),
        },
        Err(refused) => Said::no(bench, &refused),
    })
    .await
}

/// Does something at a desk for a page of the clerk's, whose form was turned into the same body.
///
/// # Errors
/// Why not.
pub async fn at_desk(
    writer: &Writer,
    handle: &OfficeHandle,
    session: &Session,
    id: Option<CommandId>,
    desk: DeskId,
    action: &str,
    body: serde_json::Value,
) -> Result<(), Fault> {
    let account = session.account.id;
    let action = Action::read(action, body)?;
    let said = writer.run(&handle.key, Actor::Account(account), id, move |bench| {
        let decided = command(bench, desk, account, action)
            .and_then(|(command, visit)| bench.decide(&command).map(|decided| (decided, visit)));
        match decided {
            Ok((decided, visit)) => said(bench, &decided, visit),
            Err(refused) => Said::no(bench, &refused),
        }
    });
    match said.await? {
        Said::Yes(_) => Ok(()),
        Said::No(fault) => Err(fault),
    }
}

/// The visit with this opaque id.
pub fn visit_of(office: &Office, public: Uuid) -> Result<VisitId, Refusal> {
    office.visits_by_public.get(&PublicId(public)).copied().ok_or(Refusal::UnknownVisit)
}

/// The visit that a desk holds, as the caller believes. One that is long over is none that the desk holds.
fn held(office: &Office, desk: DeskId, holds: Option<Uuid>) -> Result<Option<VisitId>, Refusal> {
    let Some(public) = holds else { return Ok(None) };
    visit_of(office, public)
        .map(Some)
        .map_err(|_| Refusal::DeskHoldsAnother { holds: office.desks.get(&desk).and_then(|open| open.holds) })
}

fn service(office: &Office, key: &str) -> Result<ServiceId, Refusal> {
    acts::service_of(office, key).ok().ok_or(Refusal::UnknownService)
}

/// The command for an action, and the visit that it is about.
fn command(
    bench: &mut Workbench<'_>,
    desk: DeskId,
    account: u32,
    action: Action,
) -> Result<(Command, Option<Uuid>), Refusal> {
    let office = bench.office();
    let of = |asked: &OfVisit| visit_of(office, asked.visit);
    Ok(match action {
        Action::Call(call) => {
            let holds = held(office, desk, call.holds)?;
            let finish = call.finish.then_some(Outcome::Done);
            (Command::CallNext { desk, holds, finish, note_read: None }, None)
        }
        Action::CallAfterNote(call) => {
            let (holds, note_read) = (held(office, desk, call.holds)?, Some(visit_of(office, call.note_read)?));
            let finish = call.finish.then_some(Outcome::Done);
            (Command::CallNext { desk, holds, finish, note_read }, None)
        }
        Action::CallChosen(call) => {
            let (holds, visit) = (held(office, desk, call.holds)?, visit_of(office, call.visit)?);
            let about = booked_by(office, visit);
            let note = call.note.filter(|text| !text.trim().is_empty());
            let note = note.map(|text| put_note(bench, account, about, &text));
            (Command::CallVisit { desk, holds, visit, because: call.because, note }, Some(call.visit))
        }
        Action::Open(opening) => {
            (Command::OpenDesk { desk, clerk: office::ClerkId(account), until: opening.until }, None)
        }
        Action::Close => (Command::CloseDesk { desk }, None),
        Action::Break(wanted) => (Command::StartBreak { desk, because: wanted.because, until: wanted.until }, None),
        Action::EndBreak => (Command::EndBreak { desk }, None),
        Action::Ready(wanted) => (Command::SetReady { desk, ready: wanted.ready }, None),
        Action::Recall(asked) => (Command::Recall { desk, visit: of(&asked)? }, Some(asked.visit)),
        Action::PutBack(asked) => (Command::PutBack { desk, visit: of(&asked)? }, Some(asked.visit)),
        Action::Appeared(asked) => (Command::Appeared { desk, visit: of(&asked)? }, Some(asked.visit)),
        Action::NoShow(asked) => (Command::NoShow { desk, visit: of(&asked)? }, Some(asked.visit)),
        Action::AttemptFailed(asked) => (Command::AttemptFailed { desk, visit: of(&asked)? }, Some(asked.visit)),
        Action::Park(asked) => (Command::Park { desk, visit: of(&asked)? }, Some(asked.visit)),
        Action::Interrupt(Interruption { visit, resume, same_desk }) => {
            (Command::Interrupt { desk, visit: visit_of(office, visit)?, resume, same_desk }, Some(visit))
        }
        Action::Transfer(transfer) => {
            let to = match (&transfer.service, transfer.desk) {
                (Some(key), None) => TransferTarget::Service(service(office, key)?),
                (None, Some(desk)) => TransferTarget::Desk(DeskId(desk)),
                (Some(_), Some(_)) | (None, None) => return Err(Refusal::UnknownDesk),
            };
            let visit = visit_of(office, transfer.visit)?;
            let first_in_line = transfer.first_in_line;
            (Command::Transfer { desk, visit, to, first_in_line }, Some(transfer.visit))
        }
        Action::Finish(finish) => {
            let delivered = finish.delivered.iter().map(|item| Ok((service(office, &item.service)?, item.count)));
            let delivered = delivered.collect::<Result<_, Refusal>>()?;
            let visit = visit_of(office, finish.visit)?;
            (Command::Finish { desk, visit, outcome: finish.outcome, delivered }, Some(finish.visit))
        }
        Action::LackDocuments(asked) => (Command::LackDocuments { desk, visit: of(&asked)? }, Some(asked.visit)),
        Action::Shown(said) => {
            let visit = visit_of(office, said.visit)?;
            let shown = Shown { identity: said.identity, representation: said.representation, papers: said.papers };
            let about = booked_by(office, visit);
            let note = said.note.filter(|text| !text.trim().is_empty());
            let note = note.map(|text| put_note(bench, account, about, &text));
            (Command::RecordShown { desk, visit, shown, note }, Some(said.visit))
        }
        Action::Direct(direct) => {
            let (holds, service) = (held(office, desk, direct.holds)?, service(office, &direct.service)?);
            (Command::ServeDirect { desk, holds, service, public: draw_public() }, None)
        }
        Action::Paper(paper) => {
            let Paper { service: key, arrived_at, served_from, served_to, outcome } = paper;
            let (service, public) = (service(office, &key)?, draw_public());
            let command = Command::EnterPaper { desk, service, public, arrived_at, served_from, served_to, outcome };
            (command, Some(public.0))
        }
    })
}

/// What is answered: the call, if somebody was called.
pub fn said(bench: &Workbench<'_>, decided: &Decided, visit: Option<Uuid>) -> Said {
    let called = decided.events.iter().rev().find_map(|event| match &event.kind {
        EventKind::Visit(VisitEvent::Called { call, visit, desk, reason, overtook: _ }) => {
            Some((*call, *visit, *desk, *reason, event.at))
        }
        _ => None,
    });
    match called
        .and_then(|(call, visit, desk, reason, at)| call_answer(bench.office(), call.0, visit, desk, &reason, at))
    {
        Some(answer) => Said::yes(&answer),
        None => Said::yes(&Done { event: decided.seq, visit }),
    }
}

fn call_answer(
    office: &Office,
    call: u64,
    visit: VisitId,
    desk: DeskId,
    reason: &Reason,
    at: DateTime<Utc>,
) -> Option<CallAnswer> {
    let (config, visit) = (office.config.as_ref()?, office.visits.get(&visit)?);
    Some(CallAnswer {
        call,
        visit: visit.public.0,
        number: visit.number.to_string(),
        desk: desk_label(config, desk),
        at,
        reason: call_reason(reason, config.zone),
    })
}
