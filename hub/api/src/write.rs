//! What goes out, and where it is about: answers as JSON, and the office of an address.

use std::sync::Arc;

use acts::Fault;
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use wire::ProblemCode;
use writer::OfficeHandle;

use crate::state::Api;

/// An answer as JSON.
pub fn answer(value: &impl Serialize) -> Result<Response, Fault> {
    let body = serde_json::to_vec(value).map_err(|_| Fault::from(ProblemCode::Unavailable))?;
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    Ok((StatusCode::OK, kind, body).into_response())
}

/// The office of the path.
pub fn office<'a>(state: &'a Api, key: &str) -> Result<&'a Arc<OfficeHandle>, Fault> {
    Ok(state.office(key)?)
}
