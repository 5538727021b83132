//! `POST …/tickets`: a walk-in wants a number.

use acts::{
    Fault,
    take_ticket::{self, TicketWish},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use wire::{DeviceKind, TicketRequest};

use crate::{
    request::ApiRequest,
    state::Api,
    write::{answer, office},
};

/// Gives a ticket.
#[utoipa::path(post, path = "/api/v1/offices/{office}/tickets", tag = "kiosk", request_body = TicketRequest,
    params(("office" = String, Path), ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = wire::TicketAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<TicketRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.device_or_staff(DeviceKind::Kiosk, handle)?;
    let turn = asked.turn(&state, handle);
    let wish = TicketWish::from(asked.body);
    let outlook = state.outlooks.of(handle.row);
    answer(&take_ticket::run(turn, outlook, &state.post.public_url, state.clock.now(), wish).await?)
}
