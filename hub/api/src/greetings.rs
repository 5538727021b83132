//! A device makes sure of its hub before it gives its token, and hears how it stands with it (PROM-11).

use access::{Salutation, mark};
use acts::Fault;
use axum::{
    extract::{Path, Request, State},
    response::Response,
};
use wire::{GreetingAnswer, Octets, ProblemCode};

use crate::{state::Api, write::answer};

/// Signs the device's number, and says how the device stands with this hub.
#[utoipa::path(get, path = "/api/v1/greetings/{number}", tag = "devices", params(("number" = String, Path)),
    responses((status = 200, body = GreetingAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn get(State(state): State<Api>, Path(number): Path<String>, request: Request) -> Result<Response, Fault> {
    let (parts, _) = request.into_parts();
    let mark = mark(&parts).ok_or(ProblemCode::NotSignedIn)?;
    let number = number.parse::<Octets<32>>().map_err(|_| Fault::malformed("the number".to_owned()))?;
    answer(&state.access.greet(&Salutation { mark, number }))
}
