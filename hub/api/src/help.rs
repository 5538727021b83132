//! `POST …/help`: somebody at a kiosk rings for a person to come.

use access::Caller;
use acts::{
    Fault,
    help::{self, HelpOrder},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use uuid::Uuid;
use wire::{DeviceKind, HelpRing, ProblemCode};

use crate::{
    desks::Done,
    request::{ApiRequest, Empty},
    state::Api,
    write::{answer, office},
};

/// Rings for help at the kiosk that asks.
#[utoipa::path(post, path = "/api/v1/offices/{office}/help", tag = "kiosk", request_body = HelpRing,
    params(("office" = String, Path), ("idempotency-key" = Option<Uuid>, Header)),
    responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn ring(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<HelpRing>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.device_or_staff(DeviceKind::Kiosk, handle)?;
    let place = match &asked.caller {
        Caller::Device(device) => device.name.clone(),
        Caller::Staff(_) | Caller::Anybody(_) => return Err(ProblemCode::NotAllowed.into()),
    };
    let order = HelpOrder::Ring { ring: asked.body.ring, place };
    help::run(asked.turn(&state, handle), order).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Takes a ring back, from the kiosk; or ends it, when somebody was there.
#[utoipa::path(post, path = "/api/v1/offices/{office}/help/{ring}/end", tag = "kiosk", request_body = Empty,
    params(("office" = String, Path), ("ring" = Uuid, Path), ("idempotency-key" = Option<Uuid>, Header)),
    responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn end(
    State(state): State<Api>,
    Path((key, ring)): Path<(String, Uuid)>,
    asked: ApiRequest<Empty>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.device_or_staff(DeviceKind::Kiosk, handle)?;
    help::run(asked.turn(&state, handle), HelpOrder::End { ring }).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Says that the member of staff who asks goes there.
#[utoipa::path(post, path = "/api/v1/offices/{office}/help/{ring}/accept", tag = "staff", request_body = Empty,
    params(("office" = String, Path), ("ring" = Uuid, Path), ("idempotency-key" = Option<Uuid>, Header)),
    responses((status = 200, body = Done), (status = "4XX", body = wire::Problem)))]
pub async fn accept(
    State(state): State<Api>,
    Path((key, ring)): Path<(String, Uuid)>,
    asked: ApiRequest<Empty>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.staff(handle)?;
    let receipt = help::run(asked.turn(&state, handle), HelpOrder::Accept { ring }).await?;
    answer(&Done::from(receipt))
}
