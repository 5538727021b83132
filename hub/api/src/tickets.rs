//! `POST …/tickets`: a walk-in wants a number.

use acts::{
    Fault,
    take_ticket::{self, TicketGrant, TicketWish},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use views::{language, ticket};
use wire::{DeviceKind, ProblemCode, TicketRequest};

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
    let TicketRequest { service, language: spoken, priority, could_not_book, persons, cases } = asked.body;
    let wish = TicketWish { service, persons, cases, priority, language: language(spoken), could_not_book };
    let TicketGrant { visit, expected } =
        take_ticket::run(turn, state.outlooks.of(handle.row), state.clock.now(), wish).await?;
    let page = state.url(&format!("/v/{}", visit.public.0));
    answer(&handle.config(|config| ticket(page, config, &visit, expected)).ok_or(ProblemCode::Configuration)?)
}
