//! The session's cookie.

use std::sync::Arc;

use http::{HeaderMap, header};
use secrets::token_hash;

use crate::{access::Access, staff::Session};

/// The cookie's name.
pub const SESSION_COOKIE: &str = "seira-session";

/// A cookie of the request.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    pairs
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// The session that the request's cookie names, if it is still good.
pub fn session_of(access: &Access, headers: &HeaderMap) -> Option<Arc<Session>> {
    let token = cookie(headers, SESSION_COOKIE)?;
    access.accounts.session(&token_hash(token), access.clock.now())
}
