//! An agent who is signed in; others are sent to sign in.

use access::KnownName;
use acts::{
    Fault,
    agent_session::{self, AGENT_SESSION_HOURS, AgentSession},
};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, Method, header, request::Parts},
    response::AppendHeaders,
};
use paths::Page;
use stationery::{badge_cookies::AGENT_COOKIE, detour::Detour, state::Pages, visitor::Visitor};
use store::Agent;
use wire::ProblemCode;

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
    let token = state.cookies().read(headers, AGENT_COOKIE)?;
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

/// The `Set-Cookie`s of a session that has just begun: the session, and that it was begun in this browser.
pub fn agent_cookies(visitor: &Visitor, begun: &AgentSession) -> AppendHeaders<[(HeaderName, String); 2]> {
    let session = visitor.state.cookies().set(AGENT_COOKIE, &begun.token, Some(AGENT_SESSION_HOURS * 3600));
    let known = visitor.remembering(KnownName::Agent(begun.agent));
    AppendHeaders([session, known].map(|cookie| (header::SET_COOKIE, cookie)))
}

/// The token that the request's cookie holds.
pub fn session_token(visitor: &Visitor, headers: &HeaderMap) -> Option<String> {
    visitor.state.cookies().read(headers, AGENT_COOKIE).map(str::to_owned)
}

/// Ends the session that the request's cookie names, and gives the `Set-Cookie` that forgets it.
///
/// # Errors
/// That the hub cannot write.
pub async fn end(state: &Pages, headers: &HeaderMap) -> Result<String, Fault> {
    if let Some(token) = state.cookies().read(headers, AGENT_COOKIE) {
        agent_session::end(&state.ledger, token).await?;
    }
    Ok(no_cookie(state))
}

/// The `Set-Cookie` that makes a browser an agent's no longer.
pub fn no_cookie(state: &Pages) -> String {
    state.cookies().forget(AGENT_COOKIE)
}
