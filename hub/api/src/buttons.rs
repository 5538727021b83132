//! `POST …/buttons`: a button was pressed at a desk.

use acts::{Fault, desk_button};
use axum::{
    extract::{Path, State},
    response::Response,
};
use office::DeskId;
use uuid::Uuid;
use wire::{ButtonPress, CallAnswer};

use crate::{desks::told, request::ApiRequest, state::Api, write::office};

/// Does what the button says, for the clerk who has opened the desk at which the device stands and is signed in.
#[utoipa::path(post, path = "/api/v1/offices/{office}/buttons", tag = "staff", request_body = ButtonPress,
    params(("office" = String, Path), ("idempotency-key" = Option<Uuid>, Header)),
    responses((status = 200, description = "CallAnswer where somebody was called, else Done", body = CallAnswer),
        (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<ButtonPress>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    let desk = DeskId(asked.caller.desk_of(handle)?);
    let turn = asked.turn(&state, handle);
    told(handle, desk, desk_button::run(&state.access, turn, desk, asked.body.button).await?)
}
