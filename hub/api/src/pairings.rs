//! How a device becomes known.

use std::time::Duration;

use access::{Caller, bearer};
use acts::{Fault, pair_device};
use axum::{
    body::Bytes,
    extract::{FromRequest, Path, Request, State},
    http::header,
    response::Response,
};
use uuid::Uuid;
use wire::{OpeningAnswer, PairingAnswer, PairingOpening, PairingOutcome, PairingRequest, ProblemCode};

use crate::{
    request::{ApiRequest, address},
    state::Api,
    write::answer,
};

/// The question is held open for so long.
const HELD_OPEN: Duration = Duration::from_secs(25);

/// Begins a pairing.
#[utoipa::path(post, path = "/api/v1/pairings", tag = "devices", request_body = PairingRequest,
    params(("idempotency-key" = Option<Uuid>, Header)),
    responses((status = 200, body = PairingAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(State(state): State<Api>, asked: ApiRequest<PairingRequest>) -> Result<Response, Fault> {
    answer(&pair_device::run(&state.access, (&asked.caller, asked.from), &asked.body)?)
}

/// Opens the number to which the device had bound itself; from then on both screens show the same three words.
#[utoipa::path(post, path = "/api/v1/pairings/{pairing}/openings", tag = "devices",
    params(("pairing" = Uuid, Path), ("idempotency-key" = Option<Uuid>, Header)), request_body = PairingOpening,
    responses((status = 200, body = OpeningAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn open(State(state): State<Api>, Path(pairing): Path<String>, request: Request) -> Result<Response, Fault> {
    let (secret, request) = with_secret(&state, request)?;
    let body = Bytes::from_request(request, &state).await.map_err(|_| ProblemCode::TooLarge)?;
    let opening: PairingOpening =
        serde_json::from_slice(&body).map_err(|_| Fault::malformed("the number".to_owned()))?;
    let pairing = Uuid::try_parse(&pairing).map_err(|_| ProblemCode::UnknownCode)?;
    answer(&state.access.pairings.open(pairing, &secret, &opening, state.clock.now())?)
}

/// The secret of the pairing, which is no token, and the rest of the request.
fn with_secret(state: &Api, request: Request) -> Result<(String, Request), Fault> {
    let (mut parts, body) = request.into_parts();
    let secret = bearer(&parts).ok_or(ProblemCode::NotSignedIn)?.to_owned();
    parts.headers.remove(header::AUTHORIZATION);
    Caller::of(&parts, address(&parts), &state.access)?;
    Ok((secret, Request::from_parts(parts, body)))
}

/// How a pairing stands; held open until an administrator has decided, or for 25 s.
#[utoipa::path(get, path = "/api/v1/pairings/{pairing}", tag = "devices", params(("pairing" = Uuid, Path)),
    responses((status = 200, body = PairingOutcome), (status = "4XX", body = wire::Problem)))]
pub async fn get(State(state): State<Api>, Path(pairing): Path<String>, request: Request) -> Result<Response, Fault> {
    let (secret, _) = with_secret(&state, request)?;
    let Ok(pairing) = Uuid::try_parse(&pairing) else { return answer(&PairingOutcome::Expired) };
    let Some(mut line) = state.access.pairings.wait(pairing, &secret, state.clock.now()) else {
        return answer(&PairingOutcome::Expired);
    };
    let expires_at = line.expires_at;
    let mut stopping = state.stopping.subscribe();
    let waited = async {
        tokio::select! {
            () = line.ends() => {}
            () = tokio::time::sleep(HELD_OPEN) => {}
            () = state.clock.sleep_until(expires_at) => {}
            _ = stopping.wait_for(|stopping| *stopping) => {}
        }
    };
    waited.await;
    answer(&state.access.pairings.outcome(pairing, state.clock.now()))
}
