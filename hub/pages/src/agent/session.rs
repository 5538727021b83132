//! An agent who is signed in; others are sent to sign in.

use access::cookie;
use acts::{
    Fault,
    agent_session::{self, AGENT_SESSION_HOURS, AgentSession},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, request::Parts},
};
use store::Agent;
use wire::ProblemCode;

use crate::{detour::Detour, paths::Page, state::Pages, visitor::Visitor};

/// Keeps the session. Another cookie than staff's: an agent is never taken for a clerk.
const AGENT_COOKIE: &str = "seira-agent";

/// An agent who is signed in.
#[derive(Debug)]
pub struct AgentVisitor {
    /// Who looks.
    pub visitor: Visitor,
    /// Who they are.
    pub agent: Agent,
}

/// The agent whose session the request's cookie names, if it is still good.
pub async fn agent_of(state: &Pages, headers: &HeaderMap) -> Option<Agent> {
    let token = cookie(headers, AGENT_COOKIE)?;
    agent_session::agent_behind(&state.ledger, token).await.ok().flatten()
}

impl FromRequestParts<Pages> for AgentVisitor {
    type Rejection = Detour;

    async fn from_request_parts(parts: &mut Parts, state: &Pages) -> Result<Self, Detour> {
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        match agent_of(state, &parts.headers).await {
            Some(agent) => Ok(Self { visitor, agent }),
            None if parts.method == Method::GET => Err(Detour::to(&Page::AgentLogin.to_string())),
            None => Err(ProblemCode::NotSignedIn.into()),
        }
    }
}

/// The `Set-Cookie` of a session that has just begun.
pub fn agent_cookie(state: &Pages, begun: &AgentSession) -> String {
    let secure = if state.is_secure() { "; Secure" } else { "" };
    let (token, seconds) = (&begun.token, AGENT_SESSION_HOURS * 3600);
    format!("{AGENT_COOKIE}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}")
}

/// Ends the session that the request's cookie names, and gives the `Set-Cookie` that forgets it.
///
/// # Errors
/// That the hub cannot write.
pub async fn end(state: &Pages, headers: &HeaderMap) -> Result<String, Fault> {
    if let Some(token) = cookie(headers, AGENT_COOKIE) {
        agent_session::end(&state.ledger, token).await?;
    }
    Ok(no_cookie())
}

/// The `Set-Cookie` that makes a browser an agent's no longer.
pub fn no_cookie() -> String {
    format!("{AGENT_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}
