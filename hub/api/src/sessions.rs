//! Staff sign in for the API.

use std::net::SocketAddr;

use access::{Caller, KnownBrowser, NewSession, Password, SessionWay};
use acts::{
    Fault,
    second_step::{self, StepAttempt},
    sign_in::{self, SignInAttempt, SignInOutcome},
    sign_out,
};
use axum::{
    extract::{ConnectInfo, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use wire::{ProblemCode, SessionAnswer, SessionRequest};

use crate::{
    request::{ApiCaller, ApiRequest},
    state::Api,
    write::answer,
};

/// Signs in.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "staff", request_body = SessionRequest,
    params(("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = SessionAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    asked: ApiRequest<SessionRequest>,
) -> Result<Response, Fault> {
    let SessionRequest { name, password, code } = asked.body;
    let (password, browser, from) = (Password::new(password), KnownBrowser::default(), from.ip());
    let way = SessionWay::Program;
    let attempt = SignInAttempt { from, name, password, browser: browser.clone(), challenge: None, earlier: None, way };
    let NewSession { token, session } = match (sign_in::run(&state.access, attempt).await?, code) {
        (SignInOutcome::Begun(begun), _) => begun,
        (SignInOutcome::CodeAsked(pass), Some(code)) => {
            let step = StepAttempt { from, browser, challenge: None, pass, code, earlier: None, way };
            second_step::run(&state.access, step).await?
        }
        (SignInOutcome::CodeAsked(pass), None) => {
            let has_app = pass.account(&state.access).is_some_and(|account| account.factor.is_some());
            let words = (!has_app).then(|| text::both(|voice| voice.say("second-factor-passkeys")));
            return Err(Fault { words, ..ProblemCode::SecondFactorNeeded.into() });
        }
        // An app or a passkey is set up on the pages, where a person is.
        (SignInOutcome::SetUpAsked(_), _) => return Err(ProblemCode::SecondFactorNeeded.into()),
    };
    answer(&SessionAnswer { token, expires_at: session.expires_at })
}

/// Signs out.
#[utoipa::path(delete, path = "/api/v1/sessions/self", tag = "staff",
    responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn delete(State(state): State<Api>, ApiCaller(caller): ApiCaller) -> Result<Response, Fault> {
    match caller {
        Caller::Staff(session) => {
            sign_out::run(&state.access, &session).await?;
            Ok(StatusCode::NO_CONTENT.into_response())
        }
        Caller::Device(_) => Err(ProblemCode::NotAllowed.into()),
        Caller::Anybody(_) => Err(ProblemCode::NotSignedIn.into()),
    }
}
