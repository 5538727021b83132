//! Mails that came back: the mail server hands them to `hub bounce`, which posts them here as they are (FLD-33).

use access::bearer;
use acts::{
    Fault,
    take_bounce::{self, BounceOutcome},
};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request, State},
    http::{StatusCode, header},
    response::Response,
};
use secrets::{same, token_hash};
use serde::Serialize;
use wire::ProblemCode;

use crate::{state::Api, write::answer};

/// Largest body: `hub bounce` sends the beginning of what is larger.
pub const BODY_BYTES_MAX: usize = 2 * post::MESSAGE_BYTES_MAX;
/// What a message is sent as.
const MESSAGE: &str = "message/rfc822";

/// The answer to a message.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BounceAnswer {
    /// What became of it.
    taken: BounceOutcome,
}

/// Takes a message that came to the address for mails that come back. Its token, and no other, lets one do this and nothing
/// else. Whatever the message says is answered with 200: a mail server has nothing to do about it.
#[utoipa::path(post, path = "/api/v1/bounces", tag = "mail",
    request_body(content = Vec<u8>, content_type = "message/rfc822"),
    responses((status = 200, body = BounceAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(State(state): State<Api>, request: Request) -> Result<Response, Fault> {
    let (parts, body) = request.into_parts();
    let Some(bounces) = &state.post.bounces else { return Err(ProblemCode::NotFound.into()) };
    let is_right = bearer(&parts).is_some_and(|token| same(&token_hash(token), &bounces.token_hash));
    if !is_right {
        return Err(ProblemCode::NotSignedIn.into());
    }
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(MESSAGE) {
        return Err(Fault::malformed(format!("the content-type should be {MESSAGE}")));
    }
    let body = Bytes::from_request(Request::from_parts(parts, body), &state).await;
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::from(ProblemCode::TooLarge),
        _ => Fault::malformed("the body did not come".to_owned()),
    })?;
    let taken = take_bounce::run(&state.post, bounces, &body).await?;
    answer(&BounceAnswer { taken })
}
