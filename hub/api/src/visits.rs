//! `POST …/visits/{visit}/{action}`, and a person's card: what staff do about somebody who is in the house.

use acts::{
    Fault,
    about_visit::{self, AboutVisit},
    card, own_wish,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use office::CivilInstant;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::{DeviceKind, FixTimeRequest, ProblemCode, WishRequest};

use crate::{
    actions::actions,
    desks::Done,
    request::{ApiCaller, ApiRequest, Empty},
    state::Api,
    write::{answer, office},
};

/// Choosing again, when late.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LateDecision {
    /// What is chosen.
    choice: wire::LateChoice,
}

/// A gap as a fixed time.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FixedTime {
    /// When it begins.
    #[schema(value_type = String, format = DateTime)]
    start: CivilInstant,
}

/// More or fewer persons or cases, or another length.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// How many persons.
    persons: u8,
    /// How many cases.
    cases: u8,
    /// The length in minutes, where the clerk knows better.
    #[serde(default)]
    planned_minutes: Option<u16>,
}

/// A note to be read before the call.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteText {
    /// The text; none takes the note away.
    text: Option<String>,
}

actions! { VISIT_ACTIONS, change -> AboutVisit;
    "leave" (Empty) Empty {} => AboutVisit::Leave;
    "undo-leave" (Empty) Empty {} => AboutVisit::UndoLeave;
    "come-back" (Empty) Empty {} => AboutVisit::ComeBack;
    "admit" (Empty) Empty {} => AboutVisit::Admit;
    "choose-late" (LateDecision) LateDecision { choice } => AboutVisit::ChooseLate(choice);
    "fix-time" (FixedTime) FixedTime { start } => AboutVisit::FixTime(start);
    "amend" (Amendment) Amendment { persons, cases, planned_minutes } =>
        AboutVisit::Amend { persons, cases, planned_minutes };
    "note" (NoteText) NoteText { text } => AboutVisit::SetNote(text);
}

/// Does something about a visit.
#[utoipa::path(post, path = "/api/v1/offices/{office}/visits/{visit}/{action}", tag = "staff",
    description = VISIT_ACTIONS,
    request_body = Amendment,
    params(("office" = String, Path), ("visit" = Uuid, Path), ("action" = String, Path),
        ("idempotency-key" = Option<Uuid>, Header)),
    responses((status = 200, body = super::desks::Done), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    Path((key, public, action)): Path<(String, String, String)>,
    asked: ApiRequest<serde_json::Value>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.staff(handle)?;
    let public = visit_of(&public)?;
    let turn = asked.turn(&state, handle);
    let receipt = about_visit::run(turn, public, change(&action, asked.body)?).await?;
    answer(&Done { visit: Some(public), ..receipt.into() })
}

/// Says more about whoever has this number: from the kiosk at which it was given, or by staff.
#[utoipa::path(post, path = "/api/v1/offices/{office}/visits/{visit}/wishes", tag = "kiosk", request_body = WishRequest,
    params(("office" = String, Path), ("visit" = Uuid, Path), ("idempotency-key" = Option<Uuid>, Header)),
    responses((status = 200, body = super::desks::Done), (status = "4XX", body = wire::Problem)))]
pub async fn wish(
    State(state): State<Api>,
    Path((key, public)): Path<(String, String)>,
    asked: ApiRequest<WishRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.device_or_staff(DeviceKind::Kiosk, handle)?;
    let public = visit_of(&public)?;
    let receipt = own_wish::run(asked.turn(&state, handle), public, asked.body.into()).await?;
    answer(&Done { visit: Some(public), ..receipt.into() })
}

/// A walk-in takes a gap of today as a fixed time (TRN-06), at the kiosk at which the number was given.
#[utoipa::path(post, path = "/api/v1/offices/{office}/visits/{visit}/time", tag = "kiosk", request_body = FixTimeRequest,
    params(("office" = String, Path), ("visit" = Uuid, Path), ("idempotency-key" = Option<Uuid>, Header)),
    responses((status = 200, body = wire::CheckInAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn fix_time(
    State(state): State<Api>,
    Path((key, public)): Path<(String, String)>,
    asked: ApiRequest<FixTimeRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.device_or_staff(DeviceKind::Kiosk, handle)?;
    let public = visit_of(&public)?;
    let turn = asked.turn(&state, handle);
    let start = CivilInstant::new(asked.body.start).ok_or_else(|| Fault::malformed("start".to_owned()))?;
    let (outlook, now) = (state.outlooks.of(handle.row), state.clock.now());
    answer(&own_wish::fix_time(turn, outlook, &state.post.public_url, now, public, start).await?)
}

fn visit_of(public: &str) -> Result<Uuid, Fault> {
    Uuid::try_parse(public).map_err(|_| ProblemCode::UnknownVisit.into())
}

/// Who it is, for staff: every look is logged (FLD-22).
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Card {
    /// The name given at booking.
    name: Option<String>,
    /// The e-mail address given at booking.
    email: Option<String>,
    /// The telephone number given at booking.
    phone: Option<String>,
    /// The note to be read before the call.
    note: Option<String>,
}

/// Shows a person's card.
#[utoipa::path(get, path = "/api/v1/offices/{office}/visits/{visit}/card", tag = "staff",
    params(("office" = String, Path), ("visit" = Uuid, Path)),
    responses((status = 200, body = Card), (status = "4XX", body = wire::Problem)))]
pub async fn card(
    State(state): State<Api>,
    Path((key, public)): Path<(String, String)>,
    ApiCaller(caller): ApiCaller,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    let account = caller.staff(handle)?.account.id;
    let card::VisitCard { record, note, .. } = card::run(&state.ledger, handle, account, visit_of(&public)?).await?;
    let (name, email, phone) = record.map_or((None, None, None), |person| (person.name, person.email, person.phone));
    answer(&Card { name, email, phone, note })
}
