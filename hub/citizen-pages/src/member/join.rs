//! Two accounts of one person are joined: its owner signs in to the other too, sees what moves, and presses.

use access::Password;
use acts::{
    Fault,
    join_accounts::{self, JoinAttempt, JoinPreview, JoinRefusal},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use serde::Deserialize;
use stationery::{
    form::OwnForm,
    frame::{Frame, ok, page},
    problem::{self, WrongField},
    signed::CitizenMember,
    visitor::Visitor,
};
use wire::ProblemCode;

/// What is far too long is not sent back whole.
const SENT_BACK_CHARACTERS_MAX: usize = 100;

#[derive(Template)]
#[template(path = "member/join.html")]
struct MemberJoinPage {
    f: Frame,
    refusal: Option<String>,
    name: String,
}

#[derive(Template)]
#[template(path = "member/join_preview.html")]
struct MemberJoinPreviewPage {
    f: Frame,
    user: String,
    own: String,
    pass: String,
    /// What moves, in words.
    moves: Vec<String>,
}

fn shown(visitor: &Visitor, wrong: Option<WrongField>, name: &str) -> Response {
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong);
    let f = visitor.frame().staff("member").at(Page::MemberJoin.to_string()).marking(marks);
    let name = name.trim().chars().take(SENT_BACK_CHARACTERS_MAX).collect();
    page(status, &MemberJoinPage { f, refusal, name })
}

fn refused(visitor: &Visitor, refusal: JoinRefusal, name: &str) -> Result<Response, Fault> {
    let id = match &refusal {
        JoinRefusal::NotRight | JoinRefusal::Same | JoinRefusal::Blocked => "name",
        JoinRefusal::OtherPerson | JoinRefusal::TooMuch | JoinRefusal::Over | JoinRefusal::Fault(_) => "",
    };
    let said = match (refusal.sentence(), refusal) {
        (Some(sentence), _) => visitor.voice.say(sentence),
        (None, JoinRefusal::Fault(fault)) if fault.code == ProblemCode::TooManyRequests => {
            problem::sentence(visitor, &fault)
        }
        (None, JoinRefusal::Fault(fault)) => return Err(fault),
        (None, _) => return Err(ProblemCode::NotAllowed.into()),
    };
    Ok(shown(visitor, Some(WrongField::new(said, id)), name))
}

/// Asks for the other account.
pub async fn get(CitizenMember(member): CitizenMember) -> Result<Response, Fault> {
    Ok(shown(&member.visitor, None, ""))
}

/// A sign-in to the other account, as it was typed.
#[derive(Deserialize)]
pub struct JoinForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

/// Signs in to the other account, and shows what moves.
pub async fn post(
    CitizenMember(member): CitizenMember,
    OwnForm { visitor, fields }: OwnForm<JoinForm>,
) -> Result<Response, Fault> {
    let (state, voice) = (&visitor.state, visitor.voice);
    let JoinForm { name, password, code } = fields;
    let attempt = JoinAttempt {
        from: visitor.from,
        browser: visitor.browser.clone(),
        name: name.clone(),
        password: Password::new(password),
        code,
    };
    let found = join_accounts::preview(state.level_room(), &state.access, &member.session, attempt).await;
    let JoinPreview { pass, user, bookings, requests, level_b, provider } = match found {
        Ok(preview) => preview,
        Err(refusal) => return refused(&visitor, refusal, &name),
    };
    let mut moves = vec![
        voice.count("join-bookings", u64::try_from(bookings).unwrap_or(u64::MAX)),
        voice.count("join-requests", requests),
    ];
    moves.extend(level_b.then(|| voice.say("join-level-b")));
    moves.extend(provider.then(|| voice.say("join-provider")));
    let (f, own) = (visitor.frame().staff("member"), member.session.account.name.clone());
    Ok(ok(&MemberJoinPreviewPage { f, user, own, pass, moves }))
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to(&Page::MemberJoin.to_string())
}

/// What the page has kept of the sign-in.
#[derive(Deserialize)]
pub struct JoinConfirmForm {
    #[serde(default)]
    pass: String,
}

/// Joins them.
pub async fn confirm(
    CitizenMember(member): CitizenMember,
    OwnForm { visitor, fields }: OwnForm<JoinConfirmForm>,
) -> Result<Response, Fault> {
    let state = &visitor.state;
    let parts = (&state.access, &*state.mail);
    match join_accounts::run(state.level_room(), parts, &member.session, &fields.pass).await {
        Ok(()) => Ok(Redirect::to(&Page::Member.asking("done=joined")).into_response()),
        Err(refusal) => refused(&visitor, refusal, ""),
    }
}
