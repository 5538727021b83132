//! A second clerk takes an open or locked desk over, with a name and a password.

use paths::Page;
use std::sync::Arc;

use access::{Password, Session, SessionWay};
use acts::{
    Fault,
    hand_over::{self, HandoverAttempt},
    sign_in::SignInAttempt,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{Redirect, Response},
};
use office::{ClerkId, DeskId};
use serde::Deserialize;
use stationery::{
    challenge::{ChallengeForm, ChallengeView},
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, page},
    login::{LoginRefusal, marks},
    problem::{self, status_of},
    view::desk_name,
    visitor::Visitor,
};
use wire::ProblemCode;
use writer::OfficeHandle;

use super::login::leads_in;

/// What is far too long is not sent back whole.
const SENT_BACK_CHARACTERS_MAX: usize = 100;

#[derive(Template)]
#[template(path = "staff/handover.html")]
struct HandoverPage {
    f: Frame,
    refusal: Option<String>,
    desk: String,
    action: String,
    back: String,
    name: String,
    challenge: Option<ChallengeView>,
}

/// The desk that somebody has open, with its form: whoever comes next takes it over there.
#[derive(Debug)]
pub struct OpenHandover {
    /// What the desk is called.
    pub desk: String,
    /// Where the form is sent.
    pub action: String,
}

impl OpenHandover {
    /// The desk of who has this session, in an office in which it is open.
    pub fn of(visitor: &Visitor, session: &Session) -> Option<Self> {
        let clerk = ClerkId(session.account.id);
        let offices = visitor.state.offices.going().filter(|office| session.works_in(office));
        let mut desks = offices.filter_map(|handle| {
            let office = handle.read();
            let (desk, _) = office.desks.iter().find(|(_, open)| open.clerk == clerk)?;
            let name = desk_name(office.config.as_ref()?, desk.0, visitor.voice);
            let action = Page::DeskHandover { office: &handle.key, desk: desk.0 }.to_string();
            Some(Self { desk: name, action })
        });
        desks.next()
    }
}

/// Who is signed in there, open or locked, and the office in which they work.
fn seated<'a>(visitor: &'a Visitor, key: &str) -> Result<(&'a Arc<Session>, &'a Arc<OfficeHandle>), Fault> {
    let session = visitor.any_session().ok_or(ProblemCode::NotSignedIn)?;
    let handle = visitor.state.office(key)?;
    if session.works_in(handle) { Ok((session, handle)) } else { Err(ProblemCode::NotAllowed.into()) }
}

fn show(
    visitor: &Visitor,
    handle: &OfficeHandle,
    desk: u16,
    (status, name, refusal): (StatusCode, String, Option<LoginRefusal>),
) -> Result<Response, Fault> {
    let called = handle.config(|config| {
        let is_there = config.desks.contains_key(&DeskId(desk));
        is_there.then(|| desk_name(config, desk, visitor.voice))
    });
    let ids = ["next-name", "next-password", "next-code"];
    let wrong = refusal.as_ref().map(|refusal| marks(refusal.code, ids)).unwrap_or_default();
    let (refusal, challenge) = refusal.map(|refusal| (refusal.sentence, refusal.challenge)).unzip();
    let shown = HandoverPage {
        f: visitor.frame().at(Page::DeskHandover { office: &handle.key, desk }.to_string()).marking(wrong),
        refusal,
        desk: called.flatten().ok_or(ProblemCode::UnknownDesk)?,
        action: Page::DeskHandover { office: &handle.key, desk }.to_string(),
        back: Page::Desk { office: &handle.key, desk }.to_string(),
        name,
        challenge: challenge.flatten(),
    };
    Ok(page(status, &shown))
}

/// The desk's number in the path.
fn number(desk: &str) -> Result<u16, ProblemCode> {
    desk.parse::<u16>().map_err(|_| ProblemCode::UnknownDesk)
}

/// Shows the form; nothing of anybody who is served stands on it.
pub async fn get(visitor: Visitor, PagePath((key, desk)): PagePath<(String, String)>) -> Result<Response, Fault> {
    let (_, handle) = seated(&visitor, &key)?;
    let desk = number(&desk)?;
    show(&visitor, handle, desk, (StatusCode::OK, String::new(), None))
}

/// The name and the password of who comes next.
#[derive(Deserialize)]
pub struct HandoverForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
    #[serde(flatten)]
    challenge: ChallengeForm,
}

/// Hands the desk over.
pub async fn post(
    PagePath((key, desk)): PagePath<(String, String)>,
    OwnForm { visitor, fields }: OwnForm<HandoverForm>,
) -> Result<Response, Fault> {
    let (first, handle) = seated(&visitor, &key)?;
    let desk = number(&desk)?;
    let HandoverForm { name, password, code, challenge } = fields;
    let sign_in = SignInAttempt {
        from: visitor.from,
        name: name.clone(),
        password: Password::new(password),
        browser: visitor.browser.clone(),
        challenge: challenge.solved(&visitor),
        earlier: None,
        way: SessionWay::Page,
    };
    let attempt = HandoverAttempt { sign_in, code };
    let (state, desk_id) = (&visitor.state, DeskId(desk));
    let directory = (state.providers.as_ref(), &state.offices);
    let refusal = match hand_over::run(&state.access, directory, handle, desk_id, first, attempt).await {
        Ok(begun) => {
            let next = Redirect::to(&Page::Desk { office: &key, desk }.to_string());
            return Ok(leads_in(&visitor, &begun, next));
        }
        Err(refusal) => refusal,
    };
    let refusal = match LoginRefusal::of(&visitor, refusal, "login-wrong") {
        Ok(refusal) => refusal,
        // The rules' own no is said beside the form too.
        Err(fault) => LoginRefusal { code: fault.code, sentence: problem::sentence(&visitor, &fault), challenge: None },
    };
    let name = name.trim().chars().take(SENT_BACK_CHARACTERS_MAX).collect();
    show(&visitor, handle, desk, (status_of(refusal.code), name, Some(refusal)))
}
