//! Members of staff sign in and out.

use std::{net::IpAddr, sync::Arc};

use chrono::TimeDelta;
use secrets::{draw_token, token_hash};
use store::Login;
use writer::WriteError;

use crate::{
    access::Access,
    cookie::SESSION_COOKIE,
    password::{self, Password},
    staff::Session,
};

/// A session lasts for a working day.
const SESSION_HOURS: i64 = 12;

/// A session that has just begun.
#[derive(Debug)]
pub struct NewSession {
    /// Shown to the browser or program once.
    pub token: String,
    /// The session.
    pub session: Arc<Session>,
}

impl NewSession {
    /// The `Set-Cookie` header.
    pub fn cookie(&self, is_secure: bool) -> String {
        let secure = if is_secure { "; Secure" } else { "" };
        let seconds = SESSION_HOURS * 3600;
        format!("{SESSION_COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", self.token)
    }
}

/// Why nobody was signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// No such name, or not its password.
    #[error("no such name and password")]
    Unknown,
    /// Tried too often.
    #[error("tried too often")]
    TooOften,
    /// The hub cannot write.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl Access {
    /// Signs somebody in.
    ///
    /// # Errors
    /// [`SignInError`].
    pub async fn sign_in(&self, from: IpAddr, name: &str, password: Password) -> Result<NewSession, SignInError> {
        if !self.limits.login_may(from, name) {
            return Err(SignInError::TooOften);
        }
        let account = self.accounts.with_name(name);
        let kept = account.as_ref().map(|account| account.password.clone());
        let is_right = password::hash_of(password, vec![kept]).await.is_some();
        let Some(account) = account.filter(|_| is_right) else {
            self.limits.login_failed(from, name);
            return Err(SignInError::Unknown);
        };
        let now = self.clock.now();
        let token = draw_token();
        let session = Session {
            account,
            csrf: draw_token(),
            expires_at: now + TimeDelta::hours(SESSION_HOURS),
            token_hash: token_hash(&token),
        };
        let login = Login {
            token_hash: session.token_hash,
            account: session.account.id,
            csrf: session.csrf.clone(),
            expires_at: session.expires_at,
        };
        self.writer
            .change(move |store| {
                store.forget_logins(now)?;
                store.add_login(&login, now)
            })
            .await?;
        let session = Arc::new(session);
        self.accounts.begin(&session, now);
        Ok(NewSession { token, session })
    }

    /// Ends a session.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn sign_out(&self, session: &Session) -> Result<(), WriteError> {
        let hash = session.token_hash;
        self.accounts.end(session);
        self.writer.change(move |store| store.end_login(&hash)).await
    }
}
