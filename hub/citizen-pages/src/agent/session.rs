//! An agent who is signed in with their account; others are sent to sign in. Somebody who is a citizen and an agent, or an agent of
//! several offices, books as whoever they looked at last.

use acts::Fault;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, Method, header, request::Parts},
    response::Response,
};
use paths::Page;
use stationery::{badge_cookies::BOOKS_AS_COOKIE, detour::Detour, state::Pages, visitor::Visitor};
use store::Agent;
use wire::ProblemCode;

/// That somebody books for themselves.
const ONESELF: &str = "oneself";
/// That somebody goes on with a time that was left to the address which they proved last.
const PROVEN: &str = "proven";

/// As whom somebody books.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BooksAs {
    /// For citizens, as the agent with this number.
    Agent(u32),
    /// In one's own name, with one's own account.
    Oneself,
    /// As the address that was proven in this browser.
    Proven,
}

impl BooksAs {
    /// The `Set-Cookie` that keeps it until the browser is closed.
    pub fn cookie(&self, state: &Pages) -> String {
        match self {
            Self::Agent(id) => state.cookies().set(BOOKS_AS_COOKIE, &id.to_string(), None),
            Self::Oneself => state.cookies().set(BOOKS_AS_COOKIE, ONESELF, None),
            Self::Proven => state.cookies().set(BOOKS_AS_COOKIE, PROVEN, None),
        }
    }

    /// An answer after which somebody books so.
    pub fn kept(&self, state: &Pages, mut answer: Response) -> Response {
        if let Ok(cookie) = HeaderValue::from_str(&self.cookie(state)) {
            answer.headers_mut().append(header::SET_COOKIE, cookie);
        }
        answer
    }

    /// As the request's cookie says; nothing, where nobody chose.
    pub fn of(state: &Pages, headers: &HeaderMap) -> Option<Self> {
        match state.cookies().read(headers, BOOKS_AS_COOKIE)? {
            ONESELF => Some(Self::Oneself),
            PROVEN => Some(Self::Proven),
            id => id.parse::<u32>().ok().map(Self::Agent),
        }
    }
}

/// What whoever is signed in may book for citizens as.
///
/// # Errors
/// That the hub cannot read.
pub async fn agents_of(visitor: &Visitor) -> Result<Vec<Agent>, Fault> {
    let Some(account) = visitor.member.as_ref().map(|session| session.account.id) else { return Ok(Vec::new()) };
    Ok(visitor.state.readers.read(move |store| store.agents_of_account(account)).await?)
}

/// The one that is meant, or the first.
fn chosen(mut agents: Vec<Agent>, meant: Option<u32>) -> Option<(Agent, Vec<Agent>)> {
    let nth = agents.iter().position(|agent| Some(agent.id) == meant).unwrap_or_default();
    (nth < agents.len()).then(|| (agents.remove(nth), agents))
}

/// The agent as whom somebody books; none, who books for themselves.
///
/// # Errors
/// That the hub cannot read.
pub async fn agent_of(visitor: &Visitor, headers: &HeaderMap) -> Result<Option<Agent>, Fault> {
    let meant = match BooksAs::of(&visitor.state, headers) {
        Some(BooksAs::Oneself | BooksAs::Proven) => return Ok(None),
        Some(BooksAs::Agent(id)) => Some(id),
        None => None,
    };
    Ok(chosen(agents_of(visitor).await?, meant).map(|(agent, _)| agent))
}

/// An agent who is signed in.
#[derive(Debug)]
pub struct AgentVisitor {
    /// Who looks.
    pub visitor: Visitor,
    /// Who they are.
    pub agent: Agent,
    /// Who else they are: one in each other office.
    pub others: Vec<Agent>,
}

impl FromRequestParts<Pages> for AgentVisitor {
    type Rejection = Detour;

    async fn from_request_parts(parts: &mut Parts, state: &Pages) -> Result<Self, Detour> {
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        if visitor.member.is_none() {
            return Err(match parts.method == Method::GET {
                true => Detour::to(&Page::AgentLogin.to_string()),
                false => ProblemCode::NotSignedIn.into(),
            });
        }
        let asked = parts.uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("agent=")));
        let meant = match (asked.map(str::parse::<u32>), BooksAs::of(state, &parts.headers)) {
            (Some(asked), _) => asked.ok(),
            (None, Some(BooksAs::Agent(id))) => Some(id),
            (None, Some(BooksAs::Oneself | BooksAs::Proven) | None) => None,
        };
        // Who is signed in and is no agent is not asked to sign in again.
        let (agent, others) = chosen(agents_of(&visitor).await?, meant).ok_or(ProblemCode::NotAllowed)?;
        Ok(Self { visitor, agent, others })
    }
}
