//! Pairing: show a code, wait until an administrator types it, and take the token, once.

use std::time::Duration;

use serde::de::DeserializeOwned;
use ureq::Agent;
use wire::{PairingAnswer, PairingOutcome, PairingRequest};

use crate::config::LinkConfig;

/// The hub holds the question open for 25 s; an answer later than this is none.
const OUTCOME_PATIENCE: Duration = Duration::from_secs(35);

/// Asks to be let in.
///
/// # Errors
/// The hub is away, or said no.
pub fn ask(agent: &Agent, config: &LinkConfig) -> Result<PairingAnswer, ureq::Error> {
    let request = PairingRequest { kind: config.kind, name: config.name.clone() };
    let response = agent.post(format!("{}/api/v1/pairings", config.hub)).send_json(&request)?;
    read(response)
}

/// Waits for the administrator's decision, as long as the hub holds the question open.
///
/// # Errors
/// The hub is away, or said no.
pub fn outcome(agent: &Agent, config: &LinkConfig, pairing: &PairingAnswer) -> Result<PairingOutcome, ureq::Error> {
    let response = agent
        .get(format!("{}/api/v1/pairings/{}", config.hub, pairing.pairing))
        .header("authorization", format!("Bearer {}", pairing.secret))
        .config()
        .timeout_global(Some(OUTCOME_PATIENCE))
        .timeout_recv_response(Some(OUTCOME_PATIENCE))
        .timeout_per_read(Some(OUTCOME_PATIENCE))
        .build()
        .call()?;
    read(response)
}

fn read<T: DeserializeOwned>(mut response: ureq::http::Response<ureq::Body>) -> Result<T, ureq::Error> {
    if !response.status().is_success() {
        return Err(ureq::Error::StatusCode(response.status().as_u16()));
    }
    response.body_mut().read_json()
}
