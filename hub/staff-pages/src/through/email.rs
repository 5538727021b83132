//! Whoever came through TAXISnet and has no account gives an address, before anything else (PRE-04).

use acts::{
    ACTIVATION_HOURS, Fault,
    give_email::{self, EmailRefusal, GivenEmail},
};
use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use serde::Deserialize;
use stationery::{
    badge_cookies::ARRIVAL_COOKIE,
    form::OwnForm,
    frame::{Frame, ok, page},
    problem::{self, status_of},
    visitor::{Visitor, link_limit},
};
use wire::ProblemCode;

use crate::cookie::add_cookie;

/// What is far too long is not sent back whole.
const SENT_BACK_CHARACTERS_MAX: usize = 254;

#[derive(Template)]
#[template(path = "through/email.html")]
struct ThroughEmailPage {
    f: Frame,
    refusal: Option<String>,
    name: String,
    email: String,
}

#[derive(Template)]
#[template(path = "through/sent.html")]
struct ThroughSentPage {
    f: Frame,
    hours: String,
}

fn token(visitor: &Visitor, headers: &HeaderMap) -> String {
    visitor.state.cookies().read(headers, ARRIVAL_COOKIE).unwrap_or_default().to_owned()
}

/// Too long ago: it begins anew.
fn over() -> Response {
    Redirect::to(&Page::Login.asking("why=through-over")).into_response()
}

async fn show(
    visitor: &Visitor,
    token: &str,
    (status, refusal): (StatusCode, Option<String>),
    email: &str,
) -> Result<Response, Fault> {
    let Some(arrival) = give_email::look(&visitor.state.access, token).await? else { return Ok(over()) };
    let f = visitor.frame().at(Page::LoginEmail.to_string()).marking(refusal.is_some().then_some("email"));
    let email = email.trim().chars().take(SENT_BACK_CHARACTERS_MAX).collect();
    Ok(page(status, &ThroughEmailPage { f, refusal, name: arrival.name, email }))
}

/// Shows the form.
pub async fn get(visitor: Visitor, headers: HeaderMap) -> Result<Response, Fault> {
    let token = token(&visitor, &headers);
    show(&visitor, &token, (StatusCode::OK, None), "").await
}

/// What was typed.
#[derive(Deserialize)]
pub struct ThroughEmailForm {
    #[serde(default)]
    email: String,
}

/// Sends the link.
pub async fn post(
    headers: HeaderMap,
    OwnForm { visitor, fields }: OwnForm<ThroughEmailForm>,
) -> Result<Response, Fault> {
    let (state, token) = (&visitor.state, token(&visitor, &headers));
    let limit = link_limit(&visitor);
    let given = GivenEmail { token: &token, typed: &fields.email, language: visitor.voice.0 };
    let sent = give_email::run(&state.access, (&state.offices, &state.mail), limit, given);
    let (code, sentence) = match sent.await {
        Ok(_) => {
            let mut led = Redirect::to(&Page::LoginEmailSent.to_string()).into_response();
            // The link of the mail is pressed in this browser, for as long as it is good.
            let kept = state.cookies().set(ARRIVAL_COOKIE, &token, Some(ACTIVATION_HOURS * 3600));
            add_cookie(&mut led, &kept);
            return Ok(led);
        }
        Err(EmailRefusal::Over) => return Ok(over()),
        Err(EmailRefusal::BadEmail(flaw)) => (ProblemCode::Malformed, visitor.voice.say(flaw.sentence())),
        Err(EmailRefusal::Fault(fault)) if fault.code == ProblemCode::TooManyRequests => {
            (fault.code, problem::sentence(&visitor, &fault))
        }
        Err(EmailRefusal::Fault(fault)) => return Err(fault),
    };
    show(&visitor, &token, (status_of(code), Some(sentence)), &fields.email).await
}

/// Says where to look now.
pub async fn sent(visitor: Visitor) -> Response {
    ok(&ThroughSentPage { f: visitor.frame(), hours: ACTIVATION_HOURS.to_string() })
}
