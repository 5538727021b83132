//! The page of a locked session: nothing of anybody but the name of who locked it, and the way back in.

use access::{Password, Session};
use acts::{
    Fault,
    lock::{self, UnlockAttempt},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use serde::Deserialize;
use stationery::{
    challenge::{ChallengeForm, ChallengeView},
    form::OwnForm,
    frame::{FORGET, Frame, page},
    login::{LoginRefusal, ProviderButton, buttons, marks},
    problem::status_of,
    signed::{at_home, safe},
    visitor::Visitor,
};
use wire::ProblemCode;

use super::handover::OpenHandover;

/// What is far too long is not sent back whole.
const SENT_BACK_CHARACTERS_MAX: usize = 100;

#[derive(Template)]
#[template(path = "staff/lock.html")]
struct LockPage {
    f: Frame,
    refusal: Option<String>,
    name: String,
    challenge: Option<ChallengeView>,
    /// Whether there is a password that opens it.
    has_password: bool,
    /// Whether that is the directory's, which knows people by a name of its own.
    by_directory: bool,
    /// The name as it was typed for the directory.
    directory_name: String,
    /// Through whom whoever has none opens it again.
    buttons: Vec<ProviderButton>,
    /// The desk that whoever comes next may take over.
    handover: Option<OpenHandover>,
}

fn show(
    visitor: &Visitor,
    session: &Session,
    (status, directory_name, refusal): (StatusCode, String, Option<LoginRefusal>),
) -> Response {
    let wrong = refusal.as_ref().map(|refusal| marks(refusal.code, ["password"])).unwrap_or_default();
    let (refusal, challenge) = refusal.map(|refusal| (refusal.sentence, refusal.challenge)).unzip();
    let by_directory = lock::is_opened_by_directory(&visitor.state.providers, session, &session.account);
    let has_password = by_directory || session.account.password.is_some();
    let back = session.take_back().unwrap_or_else(|| Page::Staff.to_string());
    session.lead_back_to(back.clone());
    let shown = LockPage {
        f: visitor.frame().at(Page::Lock.to_string()).marking(wrong),
        refusal,
        name: session.account.name.clone(),
        challenge: challenge.flatten(),
        has_password,
        by_directory,
        directory_name,
        buttons: if has_password { Vec::new() } else { buttons(visitor, &back) },
        handover: OpenHandover::of(visitor, session),
    };
    ([FORGET], page(status, &shown)).into_response()
}

/// Shows it, while the session is locked.
pub async fn get(visitor: Visitor) -> Response {
    match &visitor.locked {
        Some(session) => show(&visitor, session, (StatusCode::OK, session.account.name.clone(), None)),
        None => Redirect::to(&Page::Staff.to_string()).into_response(),
    }
}

/// A page asks how long it may stay as it is, in seconds.
pub async fn when(visitor: Visitor) -> Result<String, Fault> {
    match (&visitor.member, &visitor.locked) {
        (Some(session), _) => Ok(format!("{:.3}", visitor.state.access.ask_again_in(session))),
        (None, Some(_)) => Err(ProblemCode::SessionLocked.into()),
        (None, None) => Err(ProblemCode::NotSignedIn.into()),
    }
}

/// The password of who locked it.
#[derive(Deserialize)]
pub struct UnlockForm {
    #[serde(default)]
    directory_name: String,
    #[serde(default)]
    password: String,
    #[serde(flatten)]
    challenge: ChallengeForm,
}

/// Opens it again, and leads back.
pub async fn post(OwnForm { visitor, fields }: OwnForm<UnlockForm>) -> Result<Response, Fault> {
    let Some(session) = visitor.locked.clone() else {
        return Ok(Redirect::to(&Page::Staff.to_string()).into_response());
    };
    let attempt = UnlockAttempt {
        from: visitor.from,
        directory_name: fields.directory_name.clone(),
        password: Password::new(fields.password),
        browser: visitor.browser.clone(),
        challenge: fields.challenge.solved(&visitor),
    };
    match lock::undo(&visitor.state.access, &visitor.state.providers, &session, attempt).await {
        Ok(()) => {
            let back = session.take_back().unwrap_or_else(|| Page::Staff.to_string());
            Ok(Redirect::to(&at_home(&back, &session.account)).into_response())
        }
        Err(refusal) => {
            let refusal = LoginRefusal::of(&visitor, refusal, "lock-wrong")?;
            let typed = fields.directory_name.trim().chars().take(SENT_BACK_CHARACTERS_MAX).collect();
            Ok(show(&visitor, &session, (status_of(refusal.code), typed, Some(refusal))))
        }
    }
}

/// From which page it is locked.
#[derive(Debug, Deserialize)]
pub struct LockForm {
    #[serde(default)]
    back: String,
}

/// Locks it by a press.
pub async fn now(OwnForm { visitor, fields }: OwnForm<LockForm>) -> Result<Response, Fault> {
    if let Some(session) = &visitor.member {
        session.lead_back_to(safe(&fields.back));
        lock::run(&visitor.state.access, session).await?;
    }
    Ok(Redirect::to(&Page::Lock.to_string()).into_response())
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to(&Page::Lock.to_string())
}
