//! What staff do with the office as a whole: suspend, resume, a roll call after an outage.

use acts::{
    Fault,
    roll_call::{self, RollCall},
    suspension::{self, OfficePart, SuspensionOrder},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use office::{CivilInstant, DeskId};
use serde::Deserialize;
use uuid::Uuid;
use wire::{ProblemCode, Words};

use crate::{
    desks::Done,
    request::ApiRequest,
    state::Api,
    write::{answer, office},
};

/// The part that is meant: a service, a desk, or with neither the giving of tickets.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The key of a service, where it alone is suspended.
    #[serde(default)]
    service: Option<String>,
    /// The number of a desk, where it alone is suspended.
    #[serde(default)]
    desk: Option<u16>,
}

impl Scope {
    fn part(self) -> Result<OfficePart, Fault> {
        match (self.service, self.desk) {
            (None, None) => Ok(OfficePart::Tickets),
            (Some(key), None) => Ok(OfficePart::Service(key)),
            (None, Some(desk)) => Ok(OfficePart::Desk(DeskId(desk))),
            (Some(_), Some(_)) => Err(ProblemCode::UnknownDesk.into()),
        }
    }
}

/// Suspending something (FLD-30).
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspensionRequest {
    /// The part that is meant; the giving of tickets, unless set.
    #[serde(default)]
    scope: Scope,
    /// Until then, or until further notice.
    #[schema(value_type = Option<String>, format = DateTime)]
    #[serde(default)]
    until: Option<CivilInstant>,
    /// Why, as people are told.
    because: Words,
}

/// Ending a suspension.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumptionRequest {
    /// Of what; the giving of tickets, unless set.
    #[serde(default)]
    scope: Scope,
}

/// Who is gone after an outage (PROM-12).
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RollCallRequest {
    /// Those who are not there.
    gone: Vec<Uuid>,
}

/// Suspends a service, a desk or the giving of tickets.
#[utoipa::path(post, path = "/api/v1/offices/{office}/suspensions", tag = "staff", request_body = SuspensionRequest,
    params(("office" = String, Path)), responses((status = 200, body = super::desks::Done)))]
pub async fn suspend(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<SuspensionRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.staff(handle)?;
    let turn = asked.turn(&state, handle);
    let SuspensionRequest { scope, until, because } = asked.body;
    let order = SuspensionOrder::Suspend { part: scope.part()?, until, because };
    answer(&Done::from(suspension::run(turn, order).await?))
}

/// Ends a suspension.
#[utoipa::path(post, path = "/api/v1/offices/{office}/resumptions", tag = "staff", request_body = ResumptionRequest,
    params(("office" = String, Path)), responses((status = 200, body = super::desks::Done)))]
pub async fn resume(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<ResumptionRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.staff(handle)?;
    let turn = asked.turn(&state, handle);
    let order = SuspensionOrder::Resume { part: asked.body.scope.part()? };
    answer(&Done::from(suspension::run(turn, order).await?))
}

/// Says who of those waiting is gone after an outage.
#[utoipa::path(post, path = "/api/v1/offices/{office}/roll-calls", tag = "staff", request_body = RollCallRequest,
    params(("office" = String, Path)), responses((status = 200, body = super::desks::Done)))]
pub async fn roll_call(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<RollCallRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.staff(handle)?;
    let turn = asked.turn(&state, handle);
    let roll = RollCall { gone: asked.body.gone };
    answer(&Done::from(roll_call::run(turn, roll).await?))
}
