//! Somebody whose address is proven: what the booking pages ask of their browser.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use chrono::TimeDelta;
use office::{AddressId, AgentId, Audience};
use paths::Page;
use people::{readable, readable_address};
use stationery::{badge_cookies::PROOF_COOKIE, detour::Detour, state::Pages, visitor::Visitor};
use store::Agent;
use text::Voice;
use wire::ProblemCode;
use writer::OfficeHandle;

use crate::{
    agent::session::{BooksAs, agent_of},
    member::own::own_address,
};

/// Time for a booking, with pauses.
const PROOF_MINUTES: i64 = 120;

/// Somebody whose address is proven.
#[derive(Debug)]
pub struct ProvenVisitor {
    /// Who looks.
    pub visitor: Visitor,
    /// What the limits call the address that is proven.
    pub address: AddressId,
    /// The agent that they are, if they signed in as one (TRN-07).
    pub agent: Option<Agent>,
}

/// What was proven, as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProvenReach {
    /// An e-mail address.
    Mail(String),
    /// The number of a mobile, as E.164.
    Mobile(String),
}

impl ProvenReach {
    /// One of two sentences that name it: of an address as `email`, or of a mobile as `phone`.
    pub fn said(&self, voice: Voice, of_mail: &str, of_mobile: &str) -> String {
        match self {
            Self::Mail(email) => voice.text(of_mail, "email", email),
            Self::Mobile(phone) => voice.text(of_mobile, "phone", phone),
        }
    }
}

impl FromRequestParts<Pages> for ProvenVisitor {
    type Rejection = Detour;

    async fn from_request_parts(parts: &mut Parts, state: &Pages) -> Result<Self, Detour> {
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        // Whoever goes on with what was left to another address of theirs has proven that one.
        let goes_on = BooksAs::of(state, &parts.headers) == Some(BooksAs::Proven);
        if let Some(address) = proven_address(&visitor, &parts.headers).filter(|_| goes_on) {
            return Ok(Self { visitor, address, agent: None });
        }
        if let Some(agent) = agent_of(&visitor, &parts.headers).await? {
            return Ok(Self { visitor, address: agent.address, agent: Some(agent) });
        }
        // Who is signed in has proven their address with the account.
        if let Some(address) = own_address(&visitor).await.map_err(acts::Fault::from)? {
            return Ok(Self { visitor, address, agent: None });
        }
        match proven_address(&visitor, &parts.headers) {
            Some(address) => Ok(Self { visitor, address, agent: None }),
            None => Err(Detour::to(&Page::Book.asking("over=1"))),
        }
    }
}

/// The address that was proven in this browser.
pub fn proven_address(visitor: &Visitor, headers: &HeaderMap) -> Option<AddressId> {
    let text = visitor.state.cookies().read(headers, PROOF_COOKIE)?;
    secrets::read_proof(&visitor.state.key, text, visitor.state.clock.now())
}

/// The `Set-Cookie` of a proof.
pub fn proof_cookie(state: &Pages, address: AddressId) -> String {
    let until = state.clock.now() + TimeDelta::minutes(PROOF_MINUTES);
    state.cookies().set(PROOF_COOKIE, &secrets::proof(&state.key, address, until), None)
}

/// The `Set-Cookie` that ends a proof.
pub fn no_proof_cookie(state: &Pages) -> String {
    state.cookies().forget(PROOF_COOKIE)
}

impl ProvenVisitor {
    /// As whom they book in an office.
    ///
    /// # Errors
    /// If they are another office's agent.
    pub fn audience(&self, office: &OfficeHandle) -> Result<Audience, ProblemCode> {
        match &self.agent {
            None => Ok(Audience::Public),
            Some(agent) if agent.office == office.row => Ok(Audience::Agent(AgentId(agent.id))),
            Some(_) => Err(ProblemCode::NotAllowed),
        }
    }

    /// Where they are reached: at the address, or on the mobile to which a code went (TRN-07).
    pub async fn reach(&self) -> ProvenReach {
        let address = self.address;
        let read = move |store: &store::Store| Ok((store.address(address)?, store.mobile_code_of(address)?));
        match self.visitor.state.readers.read(read).await {
            Ok((None, Some(code))) => ProvenReach::Mobile(readable(&code.phone)),
            Ok((found, _)) => ProvenReach::Mail(found.map(|found| readable_address(&found.email)).unwrap_or_default()),
            Err(_) => ProvenReach::Mail(String::new()),
        }
    }
}
