//! Asking the writer and keeping what was said.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use office::Refusal;
use serde::Serialize;
use wire::ProblemCode;

use crate::state::Api;
use access::Caller;
use acts::{Fault, refusal_in};
use writer::{CommandId, Kept, OfficeHandle, Workbench};

/// What was said, as it is sent and kept.
#[derive(Debug)]
pub enum Said {
    /// JSON.
    Yes(Vec<u8>),
    /// Why not.
    No(Fault),
}

impl Said {
    /// An answer.
    pub fn yes(answer: &impl Serialize) -> Self {
        match serde_json::to_vec(answer) {
            Ok(body) => Self::Yes(body),
            Err(_) => Self::No(ProblemCode::Unavailable.into()),
        }
    }

    /// The rules' no.
    pub fn no(bench: &Workbench<'_>, refused: &Refusal) -> Self {
        Self::No(refusal_in(bench.office(), refused))
    }
}

impl Kept for Said {
    fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Yes(body) => [b"+", body.as_slice()].concat(),
            Self::No(fault) => [b"-".to_vec(), serde_json::to_vec(fault).unwrap_or_default()].concat(),
        }
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes.split_first()? {
            (b'+', body) => Some(Self::Yes(body.to_vec())),
            (_, fault) => serde_json::from_slice(fault).ok().map(Self::No),
        }
    }
}

impl IntoResponse for Said {
    fn into_response(self) -> Response {
        match self {
            Self::Yes(body) => json(body),
            Self::No(fault) => fault.into_response(),
        }
    }
}

/// A body that is JSON already.
pub fn json(body: Vec<u8>) -> Response {
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (StatusCode::OK, kind, body).into_response()
}

/// An answer as JSON.
pub fn answer(value: &impl Serialize) -> Result<Response, Fault> {
    Ok(json(serde_json::to_vec(value).map_err(|_| Fault::from(ProblemCode::Unavailable))?))
}

/// The office of the path.
pub fn office<'a>(state: &'a Api, key: &str) -> Result<&'a Arc<OfficeHandle>, Fault> {
    state.office(key).ok_or_else(|| ProblemCode::NotFound.into())
}

/// Has a piece of work done in an office, and keeps what was said under the command's id.
pub async fn ask<F>(
    state: &Api,
    office: &OfficeHandle,
    caller: &Caller,
    id: Option<CommandId>,
    work: F,
) -> Result<Response, Fault>
where
    F: FnOnce(&mut Workbench<'_>) -> Said + Send + 'static,
{
    let said = state.writer.run(&office.key, caller.actor(), id, work).await?;
    Ok(said.into_response())
}
