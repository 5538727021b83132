//! Who asks through the API, by the token that comes with the request, within the limits.

use std::{net::IpAddr, sync::Arc};

use chrono::{DateTime, Utc};
use http::{HeaderMap, Method, header, request::Parts};
use secrets::token_hash;
use store::{Actor, Device};
use vocabulary::civil::CivilInstant;
use wire::{DeviceKind, GREETING_SCHEME, Octets, ProblemCode};
use writer::OfficeHandle;

use crate::{
    access::Access,
    audit_record::AuditParty,
    cookie::SESSION_COOKIE,
    fetch_site::FormOrigin,
    idle::StaffPlace,
    known_browser::{KnownBrowser, KnownName},
    limits::{FeedPlace, Limits, Purse},
    peer::Network,
    staff::{Session, bucket},
};

/// Header in which a page's script says that it is the session's own.
const CSRF_HEADER: &str = "x-csrf-token";

/// Where a device asks to be let in.
const PAIRINGS_PATH: &str = "/api/v1/pairings";

/// Who asks.
#[derive(Debug, Clone)]
pub enum Caller {
    /// A device that was let in, by its token.
    Device(Arc<Device>),
    /// Somebody of staff, by the token of their session.
    Staff(Arc<Session>),
    /// Somebody without a token, known by their network alone.
    Anybody(IpAddr),
}

impl Caller {
    /// Who asks, as the journal names them.
    pub fn actor(&self) -> Actor {
        match self {
            Self::Device(device) => Actor::Device(device.id),
            Self::Staff(session) => Actor::Account(session.account.id),
            Self::Anybody(_) => Actor::Citizen,
        }
    }

    /// A device of this office and kind, or staff of this office.
    ///
    /// # Errors
    /// `not-signed-in` or `not-allowed`.
    pub fn device_or_staff(&self, kind: DeviceKind, office: &OfficeHandle) -> Result<(), ProblemCode> {
        match self {
            Self::Device(device) if device.kind == kind && device.office == office.row => Ok(()),
            Self::Device(_) => Err(ProblemCode::NotAllowed),
            Self::Staff(_) | Self::Anybody(_) => self.staff(office).map(drop),
        }
    }

    /// The number of the desk at which the device stands, of this office.
    ///
    /// # Errors
    /// `not-signed-in` or `not-allowed`.
    pub fn desk_of(&self, office: &OfficeHandle) -> Result<u16, ProblemCode> {
        match self {
            Self::Device(device) => match device.kind {
                DeviceKind::Desk(desk) if device.office == office.row => Ok(desk),
                DeviceKind::Desk(_) | DeviceKind::Kiosk | DeviceKind::Display => Err(ProblemCode::NotAllowed),
            },
            Self::Staff(_) => Err(ProblemCode::NotAllowed),
            Self::Anybody(_) => Err(ProblemCode::NotSignedIn),
        }
    }

    /// Staff of this office.
    ///
    /// # Errors
    /// `not-signed-in` or `not-allowed`.
    pub fn staff(&self, office: &OfficeHandle) -> Result<&Arc<Session>, ProblemCode> {
        match self {
            Self::Staff(session) if session.works_in(office) => Ok(session),
            Self::Staff(_) | Self::Device(_) => Err(ProblemCode::NotAllowed),
            Self::Anybody(_) => Err(ProblemCode::NotSignedIn),
        }
    }

    /// An administrator of what belongs to an office, or with none to the whole hub.
    ///
    /// # Errors
    /// `not-signed-in` or `not-allowed`.
    pub fn admin_of(&self, office: Option<u32>) -> Result<&Arc<Session>, ProblemCode> {
        let session = self.admin()?;
        if session.runs(office) { Ok(session) } else { Err(ProblemCode::NotAllowed) }
    }

    /// An administrator.
    ///
    /// # Errors
    /// `not-signed-in` or `not-allowed`.
    pub fn admin(&self) -> Result<&Arc<Session>, ProblemCode> {
        match self {
            Self::Staff(session) if session.is_admin() => Ok(session),
            Self::Staff(_) | Self::Device(_) => Err(ProblemCode::NotAllowed),
            Self::Anybody(_) => Err(ProblemCode::NotSignedIn),
        }
    }
}

/// The session that the request's cookie names, if it is still good: of staff or of a citizen.
pub fn session_of(access: &Access, headers: &HeaderMap) -> Option<Arc<Session>> {
    let token = access.cookies.read(headers, SESSION_COOKIE)?;
    access.accounts.session(&token_hash(token), access.clock.now())
}

/// The token of the request, if there is one.
pub fn bearer(parts: &Parts) -> Option<&str> {
    bearer_of(&parts.headers)
}

/// The token that these headers bear.
pub(crate) fn bearer_of(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::trim)
}

/// The mark by which a device names itself in a greeting, if the request has one.
pub fn mark(parts: &Parts) -> Option<Octets<32>> {
    mark_of(&parts.headers)
}

fn mark_of(headers: &HeaderMap) -> Option<Octets<32>> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix(GREETING_SCHEME)?.trim().parse().ok()
}

impl Access {
    /// What pays for a request with these headers, from this network: a paired device, staff who are signed in, or a browser
    /// in which they sign in, so that they find a place for that too; else the citizens of the network.
    pub fn purse(&self, headers: &HeaderMap, network: Network) -> Purse {
        let own = match bearer_of(headers) {
            Some(token) => {
                let hash = token_hash(token);
                let is_known = self.devices.with_token(&hash).is_some()
                    || self.accounts.session(&hash, self.clock.now()).is_some_and(|session| session.is_staff());
                is_known.then(|| Purse::Token(bucket(&hash)))
            }
            // Anybody can register, and sign in as often as they like: a citizen's session is no purse of its own.
            None => match session_of(self, headers).filter(|session| session.is_staff()) {
                Some(session) => Some(Purse::Token(session.bucket())),
                None => self.greeting_purse(headers).or_else(|| self.known_browser(headers).map(Purse::Browser)),
            },
        };
        own.unwrap_or(Purse::Network(network))
    }

    /// What pays for the greeting of a device that is known: its own, though it has not given its token yet.
    fn greeting_purse(&self, headers: &HeaderMap) -> Option<Purse> {
        let device = self.devices.with_mark(&mark_of(headers)?).filter(|device| device.revoked_at.is_none())?;
        Some(Purse::Token(bucket(&device.token_hash)))
    }

    /// Whether a device within the house sends this request that asks to be let in, or waits for it.
    pub fn applies(&self, headers: &HeaderMap, (method, path): (&Method, &str), network: Network) -> bool {
        match bearer_of(headers) {
            Some(secret) => self.pairings.of_house_awaits(secret),
            None => method == Method::POST && path == PAIRINGS_PATH && self.pairings.is_of_house(network),
        }
    }
}

impl Access {
    /// Who sent these headers, as the audit names them.
    pub fn party(&self, headers: &HeaderMap) -> AuditParty {
        let staff = |session: Arc<Session>| AuditParty::from(session.account.as_ref());
        let known = match bearer_of(headers).map(token_hash) {
            Some(hash) => {
                let device = self.devices.with_token(&hash).or_else(|| self.devices.shut_with_token(&hash));
                let device = device.map(|device| AuditParty::from(device.as_ref()));
                device.or_else(|| self.accounts.session(&hash, self.clock.now()).map(staff))
            }
            None => session_of(self, headers).map(staff),
        };
        known.unwrap_or(AuditParty::Stranger)
    }

    /// The number of the browser that sent these headers, if staff who may still sign in have done so there.
    fn known_browser(&self, headers: &HeaderMap) -> Option<u64> {
        let browser = KnownBrowser::new(self.cookies.read(headers, KnownBrowser::COOKIE.0));
        let signs_in =
            |id: &u32| self.accounts.with_number(*id).is_some_and(|account| account.is_staff() && !account.disabled);
        let account = browser.accounts(&self.key).find(signs_in)?;
        browser.has_signed_in(&self.key, KnownName::Account(account))
    }
}

impl Caller {
    /// A place for one more feed, given back when dropped.
    ///
    /// # Errors
    /// `too-many-requests`.
    pub fn feed_place(&self, limits: &Arc<Limits>) -> Result<FeedPlace, ProblemCode> {
        let place = match self {
            Self::Device(device) => limits.feed_of_token_may(bucket(&device.token_hash)),
            Self::Staff(session) => limits.feed_of_token_may(session.bucket()),
            Self::Anybody(address) => limits.feed_may(*address),
        };
        place.ok_or(ProblemCode::TooManyRequests)
    }

    /// Who sent this request from this address. It has been paid for: whoever tries tokens is anybody.
    ///
    /// # Errors
    /// `not-signed-in` or `not-allowed`.
    pub fn of(parts: &Parts, from: IpAddr, access: &Access) -> Result<Self, ProblemCode> {
        if !parts.method.is_safe() && FormOrigin::of(&parts.headers, &access.public_url) == FormOrigin::Foreign {
            return Err(ProblemCode::NotAllowed);
        }
        of_token(parts, from, access)
    }
}

/// What the clock of another machine shows, if it says so (RFC 9110, 6.6.1): one on this machine would agree with itself.
fn clock_of(parts: &Parts, from: IpAddr) -> Option<DateTime<Utc>> {
    let shown = parts.headers.get(header::DATE).filter(|_| !from.to_canonical().is_loopback())?;
    CivilInstant::from_rfc2822(shown.to_str().ok()?).ok().map(CivilInstant::utc)
}

fn of_token(parts: &Parts, from: IpAddr, access: &Access) -> Result<Caller, ProblemCode> {
    if let Some(token) = bearer(parts) {
        let hash = token_hash(token);
        if let Some(device) = access.devices.with_token(&hash) {
            if let Some(shown) = clock_of(parts, from) {
                access.writer.belief().witness(shown, "a paired device agrees");
            }
            return Ok(Caller::Device(device));
        }
        let session = access.accounts.session(&hash, access.clock.now()).filter(|session| session.is_staff());
        if let Some(session) = session {
            return unlocked(access, session);
        }
        return Err(ProblemCode::NotSignedIn);
    }
    // To the API a citizen who is signed in is anybody: what is theirs stands on pages.
    if let Some(session) = session_of(access, &parts.headers).filter(|session| session.is_staff()) {
        // A cookie comes along by itself, so what changes something must also know the session's secret.
        let csrf = parts.headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok());
        if parts.method == Method::GET {
            return unlocked(access, session);
        }
        if csrf.is_some_and(|csrf| session.is_own_form(csrf)) {
            let caller = unlocked(access, Arc::clone(&session))?;
            access.touch(&session, StaffPlace::Desk);
            return Ok(caller);
        }
        return Err(ProblemCode::NotAllowed);
    }
    Ok(Caller::Anybody(from))
}

/// A session that is locked does nothing.
fn unlocked(access: &Access, session: Arc<Session>) -> Result<Caller, ProblemCode> {
    if access.is_locked(&session) { Err(ProblemCode::SessionLocked) } else { Ok(Caller::Staff(session)) }
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    #[test]
    fn prom_10_another_machine_says_what_its_clock_shows() {
        let said = |date: &str, from: &str| {
            let (parts, ()) = Request::builder().header(header::DATE, date).body(()).unwrap().into_parts();
            clock_of(&parts, from.parse().unwrap())
        };
        let at = "2026-11-28T21:00:05Z".parse().ok();
        assert_eq!(said("Sat, 28 Nov 2026 21:00:05 GMT", "192.168.1.7"), at);
        assert_eq!(said("Sat, 28 Nov 2026 21:00:05 GMT", "127.0.0.1"), None, "this machine agrees with itself");
        assert_eq!(said("Sat, 28 Nov 2026 21:00:05 GMT", "::ffff:127.0.0.1"), None);
        assert_eq!(said("yesterday", "192.168.1.7"), None);
    }
}
