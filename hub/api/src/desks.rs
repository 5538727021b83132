//! `POST …/desks/{desk}/{action}`: what happens at a desk.

use acts::{
    Fault, Receipt,
    at_desk::{self, AtDesk, BreakEnd, Delivery, DeskCall, DeskReceipt, Destination},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use office::{DeskId, DeskProof, OfficeConfig};
use serde::Serialize;
use uuid::Uuid;
use views::{call_reason, desk_label};
use wire::{CallAnswer, CallRequest, ProblemCode};

use crate::{
    actions::actions,
    desk_bodies::{
        CallAfterNote, ChosenCall, DeliveredService, DeskBreak, DeskOpening, DeskReady, DirectVisit, Interruption,
        OfVisit, OutageVisit, ShownAtDesk, UndoneStep, VisitFinish, VisitTransfer,
    },
    request::{ApiRequest, Empty},
    state::Api,
    write::{answer, office},
};

/// The answer to what changes a desk and has nothing else to tell.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Done {
    /// Number of the office's newest event.
    pub event: u64,
    /// The visit that it made or was about, where there is one.
    pub visit: Option<Uuid>,
}

impl From<Receipt> for Done {
    fn from(Receipt { event }: Receipt) -> Self {
        Self { event, visit: None }
    }
}

actions! { DESK_ACTIONS, press -> AtDesk;
    "calls" (CallRequest) CallRequest { holds, finish } => AtDesk::Call { holds, finish, note_read: None };
    "calls-after-note" (CallAfterNote) CallAfterNote { holds, note_read, finish } =>
        AtDesk::Call { holds, finish, note_read: Some(note_read) };
    "chosen-calls" (ChosenCall) ChosenCall { holds, visit, because, note } =>
        AtDesk::CallChosen { holds, visit, because, note };
    "open" (DeskOpening) DeskOpening { until } => AtDesk::Open { until };
    "close" (Empty) Empty {} => AtDesk::Close;
    "break" (DeskBreak) DeskBreak { because, until } => AtDesk::Break { because, end: until.map(BreakEnd::At) };
    "resume" (Empty) Empty {} => AtDesk::EndBreak;
    "ready" (DeskReady) DeskReady { ready } => AtDesk::SetReady { ready };
    "undo" (UndoneStep) UndoneStep { step, visit } => AtDesk::Undo { step, visit };
    "recalls" (OfVisit) OfVisit { visit } => AtDesk::Recall { visit };
    "put-backs" (OfVisit) OfVisit { visit } => AtDesk::PutBack { visit };
    "appeared" (OfVisit) OfVisit { visit } => AtDesk::Appear { visit };
    "no-shows" (OfVisit) OfVisit { visit } => AtDesk::MissCall { visit };
    "failed-attempts" (OfVisit) OfVisit { visit } => AtDesk::FailAttempt { visit };
    "interruptions" (Interruption) Interruption { visit, resume, same_desk } =>
        AtDesk::Interrupt { visit, resume, same_desk };
    "parkings" (OfVisit) OfVisit { visit } => AtDesk::Park { visit };
    "transfers" (VisitTransfer) VisitTransfer { visit, service, desk, first_in_line } =>
        AtDesk::Transfer { visit, to: destination(service, desk)?, first_in_line };
    "finishes" (VisitFinish) VisitFinish { visit, outcome, delivered } =>
        AtDesk::Finish { visit, outcome, delivered: delivered.into_iter().map(Delivery::from).collect() };
    "direct-visits" (DirectVisit) DirectVisit { holds, service } => AtDesk::ServeDirect { holds, service };
    "paper-visits" (OutageVisit) OutageVisit { service, number, arrived_at, served_from, served_to, outcome } =>
        AtDesk::EnterOutageVisit { service, number, arrived_at, served_from, served_to, outcome };
    "shown" (ShownAtDesk) ShownAtDesk { visit, identity, representation, papers, note } =>
        AtDesk::RecordShown { visit, shown: DeskProof { identity, representation, papers }, note };
    "missing-documents" (OfVisit) OfVisit { visit } => AtDesk::LackDocuments { visit };
}

impl From<DeliveredService> for Delivery {
    fn from(DeliveredService { service, count }: DeliveredService) -> Self {
        Self { service, count }
    }
}

/// One service or one desk, and nothing else.
fn destination(service: Option<String>, desk: Option<u16>) -> Result<Destination, Fault> {
    match (service, desk) {
        (Some(key), None) => Ok(Destination::Service(key)),
        (None, Some(desk)) => Ok(Destination::Desk(DeskId(desk))),
        (Some(_), Some(_)) | (None, None) => Err(ProblemCode::UnknownDesk.into()),
    }
}

/// Does something at a desk.
#[utoipa::path(post, path = "/api/v1/offices/{office}/desks/{desk}/{action}", tag = "staff",
    description = DESK_ACTIONS,
    request_body = CallRequest,
    params(("office" = String, Path), ("desk" = u16, Path), ("action" = String, Path),
        ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, description = "CallAnswer where somebody was called, else Done", body = CallAnswer),
        (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    Path((key, desk, action)): Path<(String, String, String)>,
    asked: ApiRequest<serde_json::Value>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.staff(handle)?;
    let desk = DeskId(desk.parse::<u16>().map_err(|_| Fault::from(ProblemCode::UnknownDesk))?);
    let turn = asked.turn(&state, handle);
    let DeskReceipt { event, visit, call } = at_desk::run(turn, desk, press(&action, asked.body)?).await?;
    match call {
        Some(call) => {
            answer(&handle.config(|config| call_answer(config, desk, call)).ok_or(ProblemCode::Configuration)?)
        }
        None => answer(&Done { event, visit }),
    }
}

fn call_answer(config: &OfficeConfig, desk: DeskId, call: DeskCall) -> CallAnswer {
    let DeskCall { call, visit, number, at, reason } = call;
    let (desk, reason) = (desk_label(config, desk), call_reason(&reason, config.zone));
    CallAnswer { call, visit, number, desk, at, reason }
}
