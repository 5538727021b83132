//! Who looks at a page: language, session, and the token that their forms carry.

use paths::Route;
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use access::{KnownBrowser, KnownName, Session, StaffPlace, session_of};
use acts::LinkLimit;
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request},
    http::{header, request::Parts},
};
use secrets::{draw_token, same};
use text::{Dates, Voice};
use wire::Language;

use crate::state::Pages;

/// Keeps the language.
const LANGUAGE_COOKIE: &str = "seira-language";
/// For a year.
const LANGUAGE_SECONDS: i64 = 365 * 24 * 3_600;
/// A page that draws itself anew says so: nobody has touched it.
const DRAWN: &str = "x-seira-drawn";
/// Ties forms to the browser that asked for them.
pub const FORM_COOKIE: &str = "seira-form";

/// Who looks at a page.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The hub.
    pub state: Pages,
    /// The language, by `?lang=`, else by the cookie, else as the browser asks.
    pub voice: Voice,
    /// The session, for staff.
    pub session: Option<Arc<Session>>,
    /// The session of whoever is signed in, citizen or staff.
    pub member: Option<Arc<Session>>,
    /// A session that is locked: it does nothing until the password is given again.
    pub locked: Option<Arc<Session>>,
    /// The address at the other end.
    pub from: IpAddr,
    /// What the browser keeps of who signed in there.
    pub browser: KnownBrowser,
    /// The page, without the choice of language.
    pub here: String,
    form_token: String,
    /// Whether they choose the language with this very request.
    chooses: bool,
}

/// The token of the browser's forms, put into the request by [`Visitor::greet`].
#[derive(Debug, Clone)]
struct FormToken(String);

impl Visitor {
    /// The session, also one that is locked.
    pub const fn any_session(&self) -> Option<&Arc<Session>> {
        match &self.member {
            Some(session) => Some(session),
            None => self.locked.as_ref(),
        }
    }

    /// The token that a form carries back.
    pub fn form_token(&self) -> String {
        match self.any_session() {
            Some(session) => session.csrf.clone(),
            None => self.form_token.clone(),
        }
    }

    /// The `Set-Cookie` of a browser where somebody has just signed in: it is known from now on.
    pub fn remembering(&self, name: KnownName) -> String {
        let (cookie, seconds) = KnownBrowser::COOKIE;
        self.state.cookies().set(cookie, &self.browser.after(&self.state.key, name), Some(seconds))
    }

    /// How instants are said that belong to no office: by the clock of the hub's first.
    pub fn dates_of_hub(&self) -> Dates {
        let zone = self.state.offices.iter().find_map(|office| office.config(|config| config.zone));
        Dates { voice: self.voice, zone: zone.unwrap_or(chrono_tz::Europe::Athens), now: self.state.clock.now() }
    }

    /// Whoever is signed in and chooses another language is written to in that one from now on. Where it cannot be kept, the
    /// page is shown all the same.
    pub(crate) async fn keep_language(&self) {
        let Some(account) = self.member.as_ref().filter(|_| self.chooses).map(|session| session.account.id) else {
            return;
        };
        let access = &self.state.access;
        let kept = access.accounts.with_number(account).and_then(|account| account.language);
        if kept == Some(self.voice.0) {
            return;
        }
        if let Err(error) = access.accounts.set_language(&access.writer, account, self.voice.0).await {
            tracing::debug!(%error, "the language of an account is kept another time");
        }
    }

    /// Whether a form came from a page that this browser was given.
    pub fn is_own_form(&self, token: &str) -> bool {
        match self.any_session() {
            Some(session) => session.is_own_form(token),
            None => !token.is_empty() && same(self.form_token.as_bytes(), token.as_bytes()),
        }
    }
}

impl FromRequestParts<Pages> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &Pages) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_else(|| Self::of(parts, state)))
    }
}

impl Visitor {
    /// Who sent this request, which carries it from here on; and the `Set-Cookie`s of a browser that comes for the first
    /// time or chooses another language.
    pub fn greet(state: &Pages, mut request: Request) -> (Self, Request, Vec<String>) {
        let kept = state.cookies();
        let mut cookies = Vec::new();
        let token = match kept.read(request.headers(), FORM_COOKIE).filter(|token| is_token(token)) {
            Some(token) => token.to_owned(),
            None => {
                let token = draw_token();
                cookies.push(kept.set(FORM_COOKIE, &token, None));
                token
            }
        };
        if let Some(language) = request.uri().query().and_then(chosen_language) {
            cookies.push(kept.set(LANGUAGE_COOKIE, language.tag(), Some(LANGUAGE_SECONDS)));
        }
        request.extensions_mut().insert(FormToken(token));
        let (mut parts, body) = request.into_parts();
        let visitor = Self::of(&parts, state);
        if let Some(session) = visitor.member.as_ref().filter(|_| !parts.headers.contains_key(DRAWN)) {
            state.access.touch(session, place(parts.uri.path()));
        }
        parts.extensions.insert(visitor.clone());
        (visitor, Request::from_parts(parts, body), cookies)
    }

    fn of(parts: &Parts, state: &Pages) -> Self {
        let form_token = parts.extensions.get::<FormToken>().map(|token| token.0.clone()).unwrap_or_default();
        let session = session_of(&state.access, &parts.headers);
        let (locked, session) = match session {
            Some(session) if state.access.is_locked(&session) => (Some(session), None),
            session => (None, session),
        };
        Self {
            state: state.clone(),
            voice: Voice(language(state, parts)),
            session: session.clone().filter(|session| session.is_staff()),
            member: session,
            locked,
            from: address(parts),
            browser: KnownBrowser::new(state.cookies().read(&parts.headers, KnownBrowser::COOKIE.0)),
            here: without_language(parts),
            form_token,
            chooses: parts.uri.query().and_then(chosen_language).is_some(),
        }
    }
}

/// The limit on links, for this visitor.
pub fn link_limit(visitor: &Visitor) -> LinkLimit {
    let state = &visitor.state;
    LinkLimit { key: state.key.clone(), limits: state.limits, from: visitor.from }
}

/// What kind of page of staff this is.
fn place(path: &str) -> StaffPlace {
    if Route::Admin.covers(path) { StaffPlace::Administration } else { StaffPlace::Desk }
}

/// The address at the other end.
fn address(parts: &Parts) -> IpAddr {
    let info = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    info.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip())
}

fn chosen_language(query: &str) -> Option<Language> {
    let value = query.split('&').find_map(|pair| pair.strip_prefix("lang="))?;
    text::spoken(value)
}

fn language(state: &Pages, parts: &Parts) -> Language {
    let chosen = parts.uri.query().and_then(chosen_language);
    let kept = || text::spoken(state.cookies().read(&parts.headers, LANGUAGE_COOKIE)?);
    // Until somebody chooses, the browser's word counts.
    let asked = || {
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        text::asked(accepted.unwrap_or_default())
    };
    chosen.or_else(kept).unwrap_or_else(asked)
}

fn without_language(parts: &Parts) -> String {
    let pairs = parts.uri.query().unwrap_or_default().split('&');
    let kept: Vec<&str> = pairs.filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
    let path = parts.uri.path();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// Whether this is a token as we draw them; it will stand in a page, so nothing else may be in it.
fn is_token(token: &str) -> bool {
    token.len() == draw_token().len()
        && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}
