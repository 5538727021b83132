//! `POST …/rebookings`: somebody late takes another time at the kiosk.

use acts::{
    Fault,
    rebook::{self, RebookingWish},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use office::CivilInstant;
use wire::{DeviceKind, RebookingAnswer, RebookingQuery, RebookingRequest, RebookingTimes};

use crate::{
    request::ApiRequest,
    state::Api,
    write::{answer, office},
};

/// The times that whoever has a code can have instead of the one that has passed.
#[utoipa::path(post, path = "/api/v1/offices/{office}/rebookings/times", tag = "kiosk", request_body = RebookingQuery,
    params(("office" = String, Path), ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = RebookingTimes), (status = "4XX", body = wire::Problem)))]
pub async fn times(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<RebookingQuery>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.device_or_staff(DeviceKind::Kiosk, handle)?;
    answer(&rebook::times(handle, &state.key, &asked.body.code, state.clock.now())?)
}

/// Gives the booking with this code another time; the old one is given up in the same decision.
#[utoipa::path(post, path = "/api/v1/offices/{office}/rebookings", tag = "kiosk", request_body = RebookingRequest,
    params(("office" = String, Path), ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = RebookingAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<RebookingRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.device_or_staff(DeviceKind::Kiosk, handle)?;
    let turn = asked.turn(&state, handle);
    let RebookingRequest { code, start, language } = asked.body;
    let start = CivilInstant::new(start).ok_or_else(|| Fault::malformed("start".to_owned()))?;
    let wish = RebookingWish { code, start, language };
    answer(&rebook::run(turn, &state.key, state.clock.now(), wish).await?)
}
