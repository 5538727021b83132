//! Who asks through the API, by the token that comes with the request, within the limits.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{Method, header, request::Parts},
};
use wire::{DeviceKind, ProblemCode};

use super::{Session, cookie::session_of, staff::bucket};
use crate::{actor::Actor, api::Fault, keys::token_hash, offices::OfficeHandle, state::AppState, store::Device};

/// Header in which a page's script says that it is the session's own.
const CSRF_HEADER: &str = "x-csrf-token";

/// Who asks.
#[derive(Debug, Clone)]
pub enum Caller {
    /// A device.
    Device(Arc<Device>),
    /// Staff.
    Staff(Arc<Session>),
    /// Anybody.
    Anybody(IpAddr),
}

impl Caller {
    /// Who, for the journal.
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
    pub fn device_or_staff(&self, kind: DeviceKind, office: &OfficeHandle) -> Result<(), Fault> {
        match self {
            Self::Device(device) if device.kind == kind && device.office == office.row => Ok(()),
            Self::Device(_) => Err(ProblemCode::NotAllowed.into()),
            Self::Staff(_) | Self::Anybody(_) => self.staff(office).map(drop),
        }
    }

    /// Staff of this office.
    ///
    /// # Errors
    /// `not-signed-in` or `not-allowed`.
    pub fn staff(&self, office: &OfficeHandle) -> Result<&Arc<Session>, Fault> {
        match self {
            Self::Staff(session) if session.works_in(office) => Ok(session),
            Self::Staff(_) | Self::Device(_) => Err(ProblemCode::NotAllowed.into()),
            Self::Anybody(_) => Err(ProblemCode::NotSignedIn.into()),
        }
    }

    /// An administrator of what belongs to an office, or with none to the whole hub.
    ///
    /// # Errors
    /// `not-signed-in` or `not-allowed`.
    pub fn admin_of(&self, office: Option<u32>) -> Result<&Arc<Session>, Fault> {
        let session = self.admin()?;
        if session.runs(office) { Ok(session) } else { Err(ProblemCode::NotAllowed.into()) }
    }

    /// An administrator.
    ///
    /// # Errors
    /// `not-signed-in` or `not-allowed`.
    pub fn admin(&self) -> Result<&Arc<Session>, Fault> {
        match self {
            Self::Staff(session) if session.is_admin() => Ok(session),
            Self::Staff(_) | Self::Device(_) => Err(ProblemCode::NotAllowed.into()),
            Self::Anybody(_) => Err(ProblemCode::NotSignedIn.into()),
        }
    }
}

/// The address at the other end.
pub fn address(parts: &Parts) -> IpAddr {
    let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    info.map_or(IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), |info| info.0.ip())
}

/// The token of the request, if there is one.
pub fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    value.strip_prefix("Bearer ").map(str::trim)
}

impl FromRequestParts<AppState> for Caller {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Fault> {
        let caller = of_token(parts, state)?;
        let may = match &caller {
            Self::Device(device) => state.limits.token_may(bucket(&device.token_hash)),
            Self::Staff(session) => state.limits.token_may(session.bucket()),
            Self::Anybody(address) => state.limits.address_may(*address),
        };
        if may { Ok(caller) } else { Err(ProblemCode::TooManyRequests.into()) }
    }
}

fn of_token(parts: &Parts, state: &AppState) -> Result<Caller, Fault> {
    if let Some(token) = bearer(parts) {
        let hash = token_hash(token);
        if let Some(device) = state.devices.with_token(&hash) {
            return Ok(Caller::Device(device));
        }
        let session = state.accounts.session(&hash, state.clock.now());
        return session.map(Caller::Staff).ok_or_else(|| ProblemCode::NotSignedIn.into());
    }
    if let Some(session) = session_of(state, &parts.headers) {
        // A cookie comes along by itself, so what changes something must also know the session's secret.
        let csrf = parts.headers.get(CSRF_HEADER).and_then(|value| value.to_str().ok());
        if parts.method == Method::GET || csrf.is_some_and(|csrf| session.is_own_form(csrf)) {
            return Ok(Caller::Staff(session));
        }
        return Err(ProblemCode::NotAllowed.into());
    }
    Ok(Caller::Anybody(address(parts)))
}
