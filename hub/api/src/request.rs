//! What comes in: who asks, under which command id, and the body, read strictly.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use access::Caller;
use acts::{Fault, Turn};
use axum::{
    body::Bytes,
    extract::{ConnectInfo, FromRequest, FromRequestParts, Request},
    http::{HeaderMap, StatusCode, request::Parts},
};
use serde::{Deserialize, de::DeserializeOwned};
use uuid::Uuid;
use wire::{IDEMPOTENCY_KEY, ProblemCode};
use writer::OfficeHandle;

use crate::{seen, state::Api};

/// The address at the other end.
pub fn address(parts: &Parts) -> IpAddr {
    let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    info.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip())
}

/// Who asks, by the token that comes with the request, within the limits.
#[derive(Debug)]
pub struct ApiCaller(pub Caller);

impl FromRequestParts<Api> for ApiCaller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &Api) -> Result<Self, Fault> {
        Ok(Self(Caller::of(parts, address(parts), &state.access)?))
    }
}

/// A body without anything in it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Empty {}

/// A request with a body.
#[derive(Debug)]
pub struct ApiRequest<T> {
    /// Who asks.
    pub caller: Caller,
    /// From which address.
    pub from: IpAddr,
    /// The command's id, where one was given.
    pub id: Option<Uuid>,
    /// What is asked.
    pub body: T,
}

impl<T> ApiRequest<T> {
    /// The turn in which it is done.
    pub fn turn<'a>(&self, state: &'a Api, office: &'a Arc<OfficeHandle>) -> Turn<'a> {
        Turn { writer: &state.writer, office, actor: self.caller.actor(), id: self.id }
    }
}

impl<T: DeserializeOwned> FromRequest<Api> for ApiRequest<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &Api) -> Result<Self, Fault> {
        let (parts, body) = request.into_parts();
        let from = address(&parts);
        let caller = Caller::of(&parts, from, &state.access)?;
        let id = command_id(&parts.headers)?;
        let body = Bytes::from_request(Request::from_parts(parts, body), state).await;
        let body = body.map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Fault::from(ProblemCode::TooLarge),
            _ => Fault::malformed("the body did not come".to_owned()),
        })?;
        let text: &[u8] = if body.is_empty() { b"{}" } else { &body };
        seen::check(text)?;
        let body = serde_json::from_slice(text).map_err(|error| {
            // The place alone: the message itself could repeat what somebody typed.
            let why = if error.is_data() { "unexpected" } else { "no JSON" };
            Fault::malformed(format!("{why} at line {} column {}", error.line(), error.column()))
        })?;
        Ok(Self { caller, from, id, body })
    }
}

/// The command's id, where one is given (PROM-09).
fn command_id(headers: &HeaderMap) -> Result<Option<Uuid>, Fault> {
    let Some(value) = headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let id = value.to_str().ok().and_then(|text| Uuid::try_parse(text).ok());
    id.map(Some).ok_or_else(|| Fault::malformed(format!("{IDEMPOTENCY_KEY} is no UUID")))
}
