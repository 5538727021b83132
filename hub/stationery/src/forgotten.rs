//! A forgotten password: a link by mail, for whoever has an account. The page says the same whoever asks.

use acts::{ACCOUNT_LINK_MINUTES, Fault, forgotten_password};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use serde::Deserialize;
use wire::ProblemCode;

use crate::{
    extract::PageQuery,
    form::OwnForm,
    frame::{Frame, page},
    problem,
    visitor::{Visitor, link_limit},
};

/// What is far too long is not sent back whole.
const SENT_BACK_CHARACTERS_MAX: usize = 254;

#[derive(Template)]
#[template(path = "staff/forgotten.html")]
struct ForgottenPage {
    f: Frame,
    refusal: Option<String>,
    action: String,
    back: String,
    who: String,
    sent: bool,
    minutes: String,
}

fn shown(visitor: &Visitor, sent: bool, refusal: Option<(StatusCode, String, String)>) -> Response {
    let (action, back) = (Page::LoginForgotten.to_string(), Page::Login.to_string());
    let (status, refusal, who) = match refusal {
        Some((status, sentence, who)) => (status, Some(sentence), who),
        None => (StatusCode::OK, None, String::new()),
    };
    let (f, minutes) = (visitor.frame(), ACCOUNT_LINK_MINUTES.to_string());
    page(status, &ForgottenPage { f, refusal, action, back, who, sent, minutes })
}

/// How the page is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct ForgottenQuery {
    /// Something, once it was asked for.
    #[serde(default)]
    sent: String,
}

/// Who asks, as they typed it.
#[derive(Debug, Deserialize)]
pub struct ForgottenForm {
    #[serde(default)]
    who: String,
}

/// Shows the form.
pub async fn get(visitor: Visitor, PageQuery(query): PageQuery<ForgottenQuery>) -> Response {
    shown(&visitor, !query.sent.is_empty(), None)
}

/// Has a link sent.
pub async fn post(OwnForm { visitor, fields }: OwnForm<ForgottenForm>) -> Result<Response, Fault> {
    let (state, who) = (&visitor.state, fields.who);
    let (ways, wanted) = ((&state.offices, &*state.mail), (who.as_str(), visitor.voice.0));
    let asked = forgotten_password::run(&state.ledger, &state.access, ways, link_limit(&visitor), wanted);
    match asked.await {
        Ok(()) => Ok(Redirect::to(&Page::LoginForgotten.asking("sent=1")).into_response()),
        Err(fault) if fault.code == ProblemCode::TooManyRequests => {
            let who = who.chars().take(SENT_BACK_CHARACTERS_MAX).collect();
            let sentence = problem::sentence(&visitor, &fault);
            Ok(shown(&visitor, false, Some((problem::status_of(fault.code), sentence, who))))
        }
        Err(fault) => Err(fault),
    }
}
