//! Forms that people send: small, and only from our own pages.

use acts::Fault;
use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, Request},
    http::StatusCode,
};
use serde::{Deserialize, de::DeserializeOwned};
use wire::ProblemCode;

use super::visitor::Visitor;
use crate::state::Pages;

/// A form from one of our own pages, and who sent it.
#[derive(Debug)]
pub struct OwnForm<T> {
    /// Who sent it.
    pub visitor: Visitor,
    /// What stood in it.
    pub fields: T,
}

/// A form in which nothing is filled in: its button says everything.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct EmptyForm {}

#[derive(Deserialize)]
struct GuardedForm<T> {
    #[serde(default)]
    csrf: String,
    #[serde(flatten)]
    fields: T,
}

impl<T: DeserializeOwned> FromRequest<Pages> for OwnForm<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &Pages) -> Result<Self, Fault> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, state).await;
        let foreign = parts.headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site");
        let request = Request::from_parts(parts, body);
        let form = Form::<GuardedForm<T>>::from_request(request, state).await.map_err(|rejection| {
            let code = match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::TooLarge,
                _ => ProblemCode::Malformed,
            };
            Fault::from(code)
        })?;
        let GuardedForm { csrf, fields } = form.0;
        if foreign || !visitor.is_own_form(&csrf) {
            return Err(ProblemCode::NotSignedIn.into());
        }
        Ok(Self { visitor, fields })
    }
}
