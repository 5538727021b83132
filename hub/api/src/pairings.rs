//! How a device becomes known.

use std::time::Duration;

use access::{Caller, bearer};
use acts::{Fault, pair_device};
use axum::{
    extract::{Path, Request, State},
    http::header,
    response::Response,
};
use uuid::Uuid;
use wire::{PairingAnswer, PairingOutcome, PairingRequest, ProblemCode};

use crate::{
    request::{ApiRequest, address},
    state::Api,
    write::answer,
};

/// The question is held open for so long.
const HELD_OPEN: Duration = Duration::from_secs(25);

/// Begins a pairing.
#[utoipa::path(post, path = "/api/v1/pairings", tag = "devices", request_body = PairingRequest,
    responses((status = 200, body = PairingAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(State(state): State<Api>, asked: ApiRequest<PairingRequest>) -> Result<Response, Fault> {
    answer(&pair_device::run(&state.access, &asked.caller, &asked.body)?)
}

/// How a pairing stands; held open until an administrator has decided, or for 25 s.
#[utoipa::path(get, path = "/api/v1/pairings/{pairing}", tag = "devices", params(("pairing" = Uuid, Path)),
    responses((status = 200, body = PairingOutcome), (status = "4XX", body = wire::Problem)))]
pub async fn get(State(state): State<Api>, Path(pairing): Path<String>, request: Request) -> Result<Response, Fault> {
    let (mut parts, _) = request.into_parts();
    let secret = bearer(&parts).ok_or(ProblemCode::NotSignedIn)?.to_owned();
    parts.headers.remove(header::AUTHORIZATION);
    Caller::of(&parts, address(&parts), &state.access)?;
    let Ok(pairing) = Uuid::try_parse(&pairing) else { return answer(&PairingOutcome::Expired) };
    let Some((expires_at, mut decided)) = state.access.devices.watch(pairing, &secret) else {
        return answer(&PairingOutcome::Expired);
    };
    let mut stopping = state.stopping.subscribe();
    let waited = async {
        tokio::select! {
            _ = decided.wait_for(Option::is_some) => {}
            () = tokio::time::sleep(HELD_OPEN) => {}
            () = state.clock.sleep_until(expires_at) => {}
            _ = stopping.wait_for(|stopping| *stopping) => {}
        }
    };
    waited.await;
    let outcome = state.access.devices.hand_out(pairing).unwrap_or_else(|| {
        if state.clock.now() >= expires_at { PairingOutcome::Expired } else { PairingOutcome::Waiting }
    });
    answer(&outcome)
}
