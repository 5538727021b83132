//! What comes in: who asks, under which command id, and the body, read strictly.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::{
    body::Bytes,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Request},
    http::request::Parts,
};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use wire::{IDEMPOTENCY_KEY, ProblemCode};

use access::Caller;
use acts::Fault;
use writer::CommandId;

use crate::state::Api;

/// The address at the other end.
pub fn address(parts: &Parts) -> IpAddr {
    let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    info.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip())
}

/// Who asks, by the token that comes with the request, within the limits.
#[derive(Debug)]
pub struct Who(pub Caller);

impl FromRequestParts<Api> for Who {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &Api) -> Result<Self, Fault> {
        Ok(Self(Caller::of(parts, address(parts), &state.access)?))
    }
}

/// A request with a body.
#[derive(Debug)]
pub struct Asked<T> {
    /// Who asks.
    pub caller: Caller,
    /// The command's id, where one was given.
    pub id: Option<CommandId>,
    /// What is asked.
    pub body: T,
}

impl<T: DeserializeOwned> FromRequest<Api> for Asked<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &Api) -> Result<Self, Fault> {
        let (parts, body) = request.into_parts();
        let caller = Caller::of(&parts, address(&parts), &state.access)?;
        let id = match parts.headers.get(IDEMPOTENCY_KEY) {
            None => None,
            Some(value) => Some(
                value
                    .to_str()
                    .ok()
                    .and_then(|text| Uuid::try_parse(text).ok())
                    .ok_or_else(|| Fault::malformed(format!("{IDEMPOTENCY_KEY} is no UUID")))?,
            ),
        };
        let path = parts.uri.path().to_owned();
        let body =
            Bytes::from_request(Request::from_parts(parts, body), state).await.map_err(|rejection| match rejection
                .status()
            {
                axum::http::StatusCode::PAYLOAD_TOO_LARGE => Fault::from(ProblemCode::TooLarge),
                _ => Fault::malformed("the body did not come".to_owned()),
            })?;
        let id = id.map(|id| {
            let mut hash = Sha256::new();
            hash.update(path.as_bytes());
            hash.update([0]);
            hash.update(&body);
            CommandId { id, body_hash: hash.finalize().into() }
        });
        let text: &[u8] = if body.is_empty() { b"{}" } else { &body };
        let body = serde_json::from_slice(text).map_err(|error| {
            // The place alone: the message itself could repeat what somebody typed.
            let why = if error.is_data() { "unexpected" } else { "no JSON" };
            Fault::malformed(format!("{why} at line {} column {}", error.line(), error.column()))
        })?;
        Ok(Self { caller, id, body })
    }
}
