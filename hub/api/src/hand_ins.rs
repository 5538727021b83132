//! `POST …/leases` and `POST …/hand-ins`: a kiosk makes ready for a time without its hub, and hands in what it did meanwhile.

use acts::{Fault, hand_in, lease_numbers};
use axum::{
    extract::{Path, State},
    response::Response,
};
use wire::{DeviceKind, HandIn, HandInAnswer, LeaseAnswer, LeaseRequest};

use crate::{
    request::ApiRequest,
    state::Api,
    write::{answer, office},
};

/// Leases numbers to a kiosk; staff have none.
#[utoipa::path(post, path = "/api/v1/offices/{office}/leases", tag = "kiosk", request_body = LeaseRequest,
    params(("office" = String, Path), ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = LeaseAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn lease(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<LeaseRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.device_or_staff(DeviceKind::Kiosk, handle)?;
    let turn = asked.turn(&state, handle);
    answer(&lease_numbers::run(turn, asked.body).await?)
}

/// Takes in somebody who came to a kiosk while the hub was away.
#[utoipa::path(post, path = "/api/v1/offices/{office}/hand-ins", tag = "kiosk", request_body = HandIn,
    params(("office" = String, Path), ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = HandInAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn hand_in(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<HandIn>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.device_or_staff(DeviceKind::Kiosk, handle)?;
    let turn = asked.turn(&state, handle);
    answer(&hand_in::run(turn, asked.body).await?)
}
