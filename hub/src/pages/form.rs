//! Forms that people send: small, and only from our own pages.

use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, Request},
    http::StatusCode,
    response::Response,
};
use serde::{Deserialize, de::DeserializeOwned};
use wire::ProblemCode;

use super::{problem, visitor::Visitor};
use crate::state::AppState;

/// A form from one of our own pages, and who sent it.
#[derive(Debug)]
pub struct Sent<T> {
    /// Who.
    pub visitor: Visitor,
    /// What.
    pub fields: T,
}

#[derive(Deserialize)]
struct Guarded<T> {
    #[serde(default)]
    csrf: String,
    #[serde(flatten)]
    fields: T,
}

impl<T: DeserializeOwned> FromRequest<AppState> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, state).await;
        let foreign = parts.headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site");
        let request = Request::from_parts(parts, body);
        let form = Form::<Guarded<T>>::from_request(request, state).await.map_err(|rejection| {
            let code = match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::TooLarge,
                _ => ProblemCode::Malformed,
            };
            problem::page_of(&visitor, code)
        })?;
        let Guarded { csrf, fields } = form.0;
        if foreign || !visitor.is_own_form(&csrf) {
            return Err(problem::page_of(&visitor, ProblemCode::NotSignedIn));
        }
        Ok(Self { visitor, fields })
    }
}
