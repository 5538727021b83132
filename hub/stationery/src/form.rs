//! Forms that people send: small, and only from our own pages.

use access::FormOrigin;
use acts::Fault;
use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, MatchedPath, Request},
    http::StatusCode,
};
use paths::Route;
use serde::{Deserialize, de::DeserializeOwned};
use wire::ProblemCode;

use super::visitor::Visitor;
use crate::state::Pages;

/// Forms by which somebody is somebody from then on: nobody may be signed in as another from elsewhere, so that a browser
/// that does not say from where such a form was sent is refused.
const SIGN_IN: [Route; 9] = [
    Route::Login,
    Route::LoginCode,
    Route::LoginSetUp,
    Route::LoginSetUpPasskey,
    Route::LoginPasskey,
    Route::LoginPassword,
    Route::DeskHandover,
    Route::AgentLogin,
    Route::AgentPassword,
];

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
    /// Which form it is, for who answers the same form once; it is none of the fields.
    #[serde(default, rename = "press")]
    _press: String,
    #[serde(flatten)]
    fields: T,
}

impl<T: DeserializeOwned> FromRequest<Pages> for OwnForm<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &Pages) -> Result<Self, Fault> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, state).await;
        let origin = FormOrigin::of(&parts.headers, &state.access.public_url);
        let route = parts.extensions.get::<MatchedPath>().and_then(|path| Route::of_pattern(path.as_str()));
        let signs_in = route.is_some_and(|route| SIGN_IN.contains(&route));
        let request = Request::from_parts(parts, body);
        let form = Form::<GuardedForm<T>>::from_request(request, state).await.map_err(|rejection| {
            let code = match rejection.status() {
                StatusCode::PAYLOAD_TOO_LARGE => ProblemCode::TooLarge,
                _ => ProblemCode::Malformed,
            };
            Fault::from(code)
        })?;
        let GuardedForm { csrf, _press: _, fields } = form.0;
        if origin != FormOrigin::Own && signs_in {
            return Err(Fault::of_foreign_form("sign-in-origin-unsaid"));
        }
        if !visitor.is_own_form(&csrf) {
            return Err(ProblemCode::NotSignedIn.into());
        }
        Ok(Self { visitor, fields })
    }
}
