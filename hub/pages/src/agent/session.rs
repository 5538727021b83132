//! An agent who is signed in; others are sent to sign in.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, request::Parts},
};
use chrono::TimeDelta;
use wire::ProblemCode;

use crate::state::Pages;
use crate::{detour::Detour, visitor::Visitor};
use access::cookie;
use secrets::{draw_token, token_hash};
use store::Agent;
use writer::WriteError;

/// Keeps the session. Another cookie than staff's: an agent is never taken for a clerk.
const AGENT_COOKIE: &str = "seira-agent";
/// A session lasts for a working day.
const SESSION_HOURS: i64 = 8;

/// An agent who is signed in.
#[derive(Debug)]
pub struct AgentSigned {
    /// Who looks.
    pub visitor: Visitor,
    /// Who they are.
    pub agent: Agent,
}

/// The agent whose session the request's cookie names, if it is still good.
pub async fn agent_of(state: &Pages, headers: &HeaderMap) -> Option<Agent> {
    let hash = token_hash(cookie(headers, AGENT_COOKIE)?);
    let now = state.clock.now();
    state.readers.read(move |store| store.agent_of_login(&hash, now)).await.ok().flatten()
}

impl FromRequestParts<Pages> for AgentSigned {
    type Rejection = Detour;

    async fn from_request_parts(parts: &mut Parts, state: &Pages) -> Result<Self, Detour> {
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        match agent_of(state, &parts.headers).await {
            Some(agent) => Ok(Self { visitor, agent }),
            None if parts.method == Method::GET => Err(Detour::to("/agent/login")),
            None => Err(ProblemCode::NotSignedIn.into()),
        }
    }
}

/// Begins a session, and gives its `Set-Cookie`.
///
/// # Errors
/// If the hub cannot write.
pub async fn begin(state: &Pages, agent: u32) -> Result<String, WriteError> {
    let token = draw_token();
    let (hash, now) = (token_hash(&token), state.clock.now());
    let until = now + TimeDelta::hours(SESSION_HOURS);
    state.writer.change(move |store| store.add_agent_login(&hash, agent, now, until)).await?;
    let secure = if state.is_secure() { "; Secure" } else { "" };
    let seconds = SESSION_HOURS * 3600;
    Ok(format!("{AGENT_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"))
}

/// Ends the session that the request's cookie names, and gives the `Set-Cookie` that forgets it.
///
/// # Errors
/// If the hub cannot write.
pub async fn end(state: &Pages, headers: &HeaderMap) -> Result<String, WriteError> {
    if let Some(token) = cookie(headers, AGENT_COOKIE) {
        let hash = token_hash(token);
        state.writer.change(move |store| store.end_agent_login(&hash)).await?;
    }
    Ok(no_cookie())
}

/// The `Set-Cookie` that makes a browser an agent's no longer.
pub fn no_cookie() -> String {
    format!("{AGENT_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}
