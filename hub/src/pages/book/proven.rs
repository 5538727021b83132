//! Somebody whose address is proven: what the booking pages ask of their browser.

use axum::{
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use office::AddressId;

use crate::{
    auth::cookie,
    pages::{links, visitor::Visitor},
    state::AppState,
};

/// Keeps the proof.
const PROOF_COOKIE: &str = "seira-booking";
/// Time for a booking, with pauses.
const PROOF_MINUTES: i64 = 120;

/// Somebody whose address is proven.
#[derive(Debug)]
pub struct Proven {
    /// Who looks.
    pub visitor: Visitor,
    /// Their address.
    pub address: AddressId,
}

impl FromRequestParts<AppState> for Proven {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let Ok(visitor) = Visitor::from_request_parts(parts, state).await;
        match address_of(&visitor, parts) {
            Some(address) => Ok(Self { visitor, address }),
            None => Err(Redirect::to("/book?over=1").into_response()),
        }
    }
}

fn address_of(visitor: &Visitor, parts: &Parts) -> Option<AddressId> {
    let text = cookie(&parts.headers, PROOF_COOKIE)?;
    links::read_proof(&visitor.state.key, text, visitor.state.clock.now())
}

/// The `Set-Cookie` of a proof.
pub fn proof_cookie(state: &AppState, address: AddressId) -> String {
    let until = state.clock.now() + TimeDelta::minutes(PROOF_MINUTES);
    let secure = if state.is_secure() { "; Secure" } else { "" };
    format!("{PROOF_COOKIE}={}; Path=/; HttpOnly; SameSite=Lax{secure}", links::proof(&state.key, address, until))
}

/// The `Set-Cookie` that ends a proof.
pub fn no_proof_cookie() -> String {
    format!("{PROOF_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0")
}

impl Proven {
    /// The address itself.
    pub async fn email(&self) -> String {
        let address = self.address;
        let found = self.visitor.state.readers.read(move |store| store.address(address)).await;
        found.ok().flatten().map(|address| address.email).unwrap_or_default()
    }
}
