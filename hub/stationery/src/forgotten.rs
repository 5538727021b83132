//! A forgotten password: a link by mail, for staff and for agents. The page says the same whoever asks.

use acts::{
    ACCOUNT_LINK_MINUTES, Fault,
    forgotten_password::{self, ForgetfulPerson},
};
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
    of_agent: bool,
    action: String,
    back: String,
    who: String,
    sent: bool,
    minutes: String,
}

/// Who forgot it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ForgottenDoor {
    Staff,
    Agent,
}

impl ForgottenDoor {
    const fn pages(self) -> (Page<'static>, Page<'static>) {
        match self {
            Self::Staff => (Page::LoginForgotten, Page::Login),
            Self::Agent => (Page::AgentForgotten, Page::AgentLogin),
        }
    }

    fn show(self, visitor: &Visitor, sent: bool, refusal: Option<(StatusCode, String, String)>) -> Response {
        let (action, back) = self.pages();
        let (action, back) = (action.to_string(), back.to_string());
        let (status, refusal, who) = match refusal {
            Some((status, sentence, who)) => (status, Some(sentence), who),
            None => (StatusCode::OK, None, String::new()),
        };
        let (f, of_agent, minutes) = (visitor.frame(), self == Self::Agent, ACCOUNT_LINK_MINUTES.to_string());
        page(status, &ForgottenPage { f, refusal, of_agent, action, back, who, sent, minutes })
    }

    async fn ask(self, visitor: &Visitor, who: String) -> Result<Response, Fault> {
        let person = match self {
            Self::Staff => ForgetfulPerson::Staff(who.clone()),
            Self::Agent => ForgetfulPerson::Agent(who.clone()),
        };
        let state = &visitor.state;
        let (ways, wanted) = ((&state.offices, &*state.mail), (person, visitor.voice.0));
        let asked = forgotten_password::run(&state.ledger, &state.access, ways, link_limit(visitor), wanted);
        match asked.await {
            Ok(()) => Ok(Redirect::to(&self.pages().0.asking("sent=1")).into_response()),
            Err(fault) if fault.code == ProblemCode::TooManyRequests => {
                let who = who.chars().take(SENT_BACK_CHARACTERS_MAX).collect();
                let sentence = problem::sentence(visitor, &fault);
                Ok(self.show(visitor, false, Some((problem::status_of(fault.code), sentence, who))))
            }
            Err(fault) => Err(fault),
        }
    }
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

/// Shows the form to staff.
pub async fn of_staff(visitor: Visitor, PageQuery(query): PageQuery<ForgottenQuery>) -> Response {
    ForgottenDoor::Staff.show(&visitor, !query.sent.is_empty(), None)
}

/// Has a link sent to a member of staff.
pub async fn post_of_staff(OwnForm { visitor, fields }: OwnForm<ForgottenForm>) -> Result<Response, Fault> {
    ForgottenDoor::Staff.ask(&visitor, fields.who).await
}

/// Shows the form to agents.
pub async fn of_agent(visitor: Visitor, PageQuery(query): PageQuery<ForgottenQuery>) -> Response {
    ForgottenDoor::Agent.show(&visitor, !query.sent.is_empty(), None)
}

/// Has a link sent to an agent.
pub async fn post_of_agent(OwnForm { visitor, fields }: OwnForm<ForgottenForm>) -> Result<Response, Fault> {
    ForgottenDoor::Agent.ask(&visitor, fields.who).await
}
