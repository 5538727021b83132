//! `POST …/check-ins`: somebody with a booking is here.

use acts::{
    Fault,
    check_in::{self, Arrival, CheckIn},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use office::LateChoice;
use views::{language, ticket};
use wire::{CheckInAnswer, CheckInRequest, DeviceKind, ProblemCode};

use crate::{
    request::ApiRequest,
    state::Api,
    write::{answer, office},
};

/// Checks somebody in.
#[utoipa::path(post, path = "/api/v1/offices/{office}/check-ins", tag = "kiosk", request_body = CheckInRequest,
    params(("office" = String, Path), ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = CheckInAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<CheckInRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.device_or_staff(DeviceKind::Kiosk, handle)?;
    let turn = asked.turn(&state, handle);
    let CheckInRequest { code, language: spoken, late } = asked.body;
    let arrival = Arrival { code, language: spoken.map(language), late: late.map(late_choice) };
    let outlook = state.outlooks.of(handle.row);
    let arrived = check_in::run(turn, &state.offices, outlook, &state.key, state.clock.now(), arrival).await?;
    let CheckIn { visit, standing, expected, again } = arrived;
    let page = state.url(&format!("/v/{}", visit.public.0));
    let ticket = handle.config(|config| ticket(page, config, &visit, expected)).ok_or(ProblemCode::Configuration)?;
    answer(&CheckInAnswer { standing, ticket, again })
}

/// The rules' choice.
pub const fn late_choice(choice: wire::LateChoice) -> LateChoice {
    match choice {
        wire::LateChoice::EndOfDay => LateChoice::EndOfDay,
        wire::LateChoice::BookAnew => LateChoice::BookAnew,
    }
}
