//! The link in the mail of who registered: opening it changes nothing, since mail scanners open links; a button goes on.

use acts::{
    Fault,
    activate::{self, ActivationOutcome},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use stationery::{
    extract::PagePath,
    form::{EmptyForm, OwnForm},
    frame::{Frame, ok, page},
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "member/activate.html")]
struct ActivatePage {
    f: Frame,
    name: String,
}

#[derive(Template)]
#[template(path = "member/over.html")]
struct ActivationOverPage {
    f: Frame,
    sentence: String,
}

fn over(visitor: &Visitor, sentence: &str) -> Response {
    let f = visitor.frame().at(Page::Register.to_string());
    page(StatusCode::GONE, &ActivationOverPage { f, sentence: visitor.voice.say(sentence) })
}

/// Shows the button.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    Ok(match activate::look(&visitor.state.ledger, &visitor.state.access, &link).await? {
        Some(waiting) => ok(&ActivatePage { f: visitor.frame(), name: waiting.name }),
        None => over(&visitor, "activate-over"),
    })
}

/// Makes the account, and leads to signing in.
pub async fn post(
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields: EmptyForm {} }: OwnForm<EmptyForm>,
) -> Result<Response, Fault> {
    Ok(match activate::run(&visitor.state.access, &link).await? {
        // Who came through another signs in through it.
        ActivationOutcome::Made(account) if account.password.is_none() => {
            Redirect::to(&Page::Login.asking("done=through&next=/account")).into_response()
        }
        ActivationOutcome::Made(_) => Redirect::to(&Page::Login.asking("done=activated&next=/account")).into_response(),
        ActivationOutcome::NameTaken => over(&visitor, "activate-name-taken"),
        ActivationOutcome::Over => over(&visitor, "activate-over"),
    })
}
