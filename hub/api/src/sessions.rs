//! Staff sign in for the API.

use axum::{
    extract::{ConnectInfo, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use wire::{ProblemCode, SessionAnswer, SessionRequest};

use super::{request::Asked, write::answer};
use crate::request::Who;
use crate::state::Api;
use access::Caller;
use acts::Fault;

/// Signs in.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "staff", request_body = SessionRequest,
    responses((status = 200, body = SessionAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    ConnectInfo(from): ConnectInfo<std::net::SocketAddr>,
    asked: Asked<SessionRequest>,
) -> Result<Response, Fault> {
    let SessionRequest { name, password } = asked.body;
    let signed_in = state.access.accounts.sign_in(&state.access, from.ip(), &name, password).await?;
    answer(&SessionAnswer { token: signed_in.token, expires_at: signed_in.session.expires_at })
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/sessions/self", tag = "staff",
    responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn delete(State(state): State<Api>, Who(caller): Who) -> Result<Response, Fault> {
    match caller {
        Caller::Staff(session) => {
            state.access.accounts.sign_out(&state.access, &session).await?;
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        Caller::Device(_) => Err(ProblemCode::NotAllowed.into()),
        Caller::Anybody(_) => Err(ProblemCode::NotSignedIn.into()),
    }
}
