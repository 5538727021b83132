//! A citizen who is signed in, with what belongs to them.

use axum::{extract::FromRequestParts, http::request::Parts};
use office::AddressId;
use stationery::{detour::Detour, signed::MemberVisitor, state::Pages, visitor::Visitor};
use store::ReadError;

/// The address of whoever is signed in, by which their bookings are known.
///
/// # Errors
/// If the store cannot be read.
pub async fn own_address(visitor: &Visitor) -> Result<Option<AddressId>, ReadError> {
    let account = visitor.member.as_ref().map(|session| session.account.id);
    // As it is now: the session may have begun before the address changed.
    let account = account.and_then(|id| visitor.state.access.accounts.with_number(id));
    let Some(email) = account.filter(|account| account.email_proven).and_then(|account| account.email.clone()) else {
        return Ok(None);
    };
    visitor.state.readers.read(move |store| store.address_id(&email)).await
}

/// A citizen who is signed in, and the address that is theirs.
#[derive(Debug)]
pub struct CitizenVisitor {
    /// Who looks.
    pub member: MemberVisitor,
    /// The addresses by which bookings are theirs: their own, and those of accounts that were joined to theirs.
    pub addresses: Vec<AddressId>,
}

impl FromRequestParts<Pages> for CitizenVisitor {
    type Rejection = Detour;

    async fn from_request_parts(parts: &mut Parts, state: &Pages) -> Result<Self, Detour> {
        let member = MemberVisitor::from_request_parts(parts, state).await?;
        let address = own_address(&member.visitor).await.map_err(acts::Fault::from)?;
        let account = member.session.account.id;
        let joined = state.readers.read(move |store| store.joined_addresses(account)).await;
        let joined = joined.map_err(acts::Fault::from)?;
        Ok(Self { member, addresses: address.into_iter().chain(joined).collect() })
    }
}
