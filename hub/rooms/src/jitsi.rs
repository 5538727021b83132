//! A server of Jitsi that holds a body's rooms: by which address and with which token a browser is led into one.
//!
//! A token opens one room, for as long as its door is open, as a moderator or not, and says nothing of who has it. Its lobby is
//! on for whoever is none: moderators alone go past it, so that one whose line dropped is back at once, and never stands among
//! those whom nobody else could let in.

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde::Serialize;
use thiserror::Error;

use crate::{
    pass::{RoomId, RoomRole},
    room_address::RoomAddress,
    signing,
};

/// A shared secret that is shorter could be guessed.
const SECRET_BYTES_MIN: usize = 32;

/// A server of Jitsi as a body's own file names it: its address, and as whom Seira signs for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JitsiServer {
    address: RoomAddress,
    app: String,
    audience: String,
    tenant: String,
    key: JitsiKey,
}

/// By what its tokens are signed.
#[derive(Clone, PartialEq, Eq)]
pub enum JitsiKey {
    /// A secret that the server has too (HS256).
    Shared(Vec<u8>),
    /// A key of the body's own, of which the server has the public half under a name (RS256).
    Own {
        /// The private key (PEM, PKCS #1 or #8).
        pem: Vec<u8>,
        /// The name by which the server finds the public one.
        name: String,
    },
}

impl std::fmt::Debug for JitsiKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Shared(_) => "Shared",
            Self::Own { .. } => "Own",
        })
    }
}

/// Why there is no such server.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JitsiFlaw {
    /// It names a room, where the server's own address is wanted.
    #[error("name the server alone, like https://meet.example.gr")]
    Room,
    /// The secret could be guessed.
    #[error("the secret needs at least {SECRET_BYTES_MIN} characters, make one by `openssl rand -hex 32`")]
    ShortSecret,
    /// It is no key, or one that nobody trusts any more.
    #[error("the file holds no RSA key of 2048 bits or more, make one by `openssl genrsa 3072`")]
    Key,
}

/// What a server of Jitsi is told of a room and of who comes into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JitsiEntry {
    /// The room: 128 bits that nobody guesses.
    pub room: RoomId,
    /// As what somebody comes in.
    pub role: RoomRole,
    /// From then.
    pub opens: DateTime<Utc>,
    /// Until then.
    pub closes: DateTime<Utc>,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    aud: &'a str,
    sub: &'a str,
    room: String,
    nbf: i64,
    exp: i64,
    context: Context,
}

#[derive(Serialize)]
struct Context {
    user: ContextUser,
}

/// What modules of the server ask for: `token_affiliation` for who moderates, `token_lobby_bypass` for who goes past the lobby,
/// `token_lobby_ondemand` for whose coming switches it on.
#[derive(Serialize)]
struct ContextUser {
    moderator: bool,
    affiliation: &'static str,
    lobby: bool,
    lobby_bypass: bool,
}

impl JitsiServer {
    /// A server by its address, the name under which it knows the body (`app_id`), and the key.
    ///
    /// # Errors
    /// A [`JitsiFlaw`].
    pub fn new(address: RoomAddress, app: String, key: JitsiKey) -> Result<Self, JitsiFlaw> {
        if address.origin() != address.as_str() {
            return Err(JitsiFlaw::Room);
        }
        match &key {
            JitsiKey::Shared(secret) if secret.len() < SECRET_BYTES_MIN => return Err(JitsiFlaw::ShortSecret),
            JitsiKey::Shared(_) => {}
            JitsiKey::Own { pem, .. } => {
                let key = EncodingKey::from_rsa_pem(pem).map_err(|_| JitsiFlaw::Key)?;
                if !signing::is_good(&key) {
                    return Err(JitsiFlaw::Key);
                }
            }
        }
        let tenant = address.host().to_ascii_lowercase();
        Ok(Self { address, app, audience: "jitsi".to_owned(), tenant, key })
    }

    /// Under another audience, or for another tenant than the server's own name.
    #[must_use]
    pub fn known_as(self, audience: Option<String>, tenant: Option<String>) -> Self {
        Self { audience: audience.unwrap_or(self.audience), tenant: tenant.unwrap_or(self.tenant), ..self }
    }

    /// Where it is, which people may know beforehand.
    #[must_use]
    pub const fn address(&self) -> &RoomAddress {
        &self.address
    }

    /// The address by which a browser comes into a room: the same for as long as nothing changes. None, where the key signs
    /// nothing.
    #[must_use]
    pub fn led(&self, entry: &JitsiEntry) -> Option<String> {
        let room = entry.room.0.simple().to_string();
        let token = self.token(entry)?;
        Some(format!("{}/{room}?jwt={token}#config.lobby.autoKnock=true", self.address.as_str()))
    }

    fn token(&self, entry: &JitsiEntry) -> Option<String> {
        let is_host = match entry.role {
            RoomRole::Host => true,
            RoomRole::Guest | RoomRole::Helper => false,
        };
        let affiliation = if is_host { "owner" } else { "member" };
        let claims = Claims {
            iss: &self.app,
            aud: &self.audience,
            sub: &self.tenant,
            room: entry.room.0.simple().to_string(),
            nbf: entry.opens.timestamp(),
            exp: entry.closes.timestamp(),
            context: Context {
                user: ContextUser { moderator: is_host, affiliation, lobby: !is_host, lobby_bypass: is_host },
            },
        };
        let (header, key) = match &self.key {
            JitsiKey::Shared(secret) => (Header::new(Algorithm::HS256), EncodingKey::from_secret(secret).ok()?),
            JitsiKey::Own { pem, name } => {
                let header = Header { kid: Some(name.clone()), ..Header::new(Algorithm::RS256) };
                (header, EncodingKey::from_rsa_pem(pem).ok()?)
            }
        };
        signing::install();
        jsonwebtoken::encode(&header, &claims, &key).ok()
    }
}
