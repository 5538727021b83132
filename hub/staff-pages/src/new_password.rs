//! Behind a link: somebody of staff sets their password, once for each link. Opening it changes nothing.

use acts::{
    Fault,
    set_new_password::{self, OpenLink},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use stationery::{
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, page},
    new_password::{self, NewPasswordForm, NewPasswordView, refusal},
    problem::WrongField,
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "staff/link_over.html")]
struct AccountLinkOverPage {
    f: Frame,
}

/// The link is good no longer.
pub fn over(visitor: &Visitor) -> Response {
    page(StatusCode::GONE, &AccountLinkOverPage { f: visitor.frame().at(Page::Login.to_string()) })
}

fn show(visitor: &Visitor, link: &str, open: &OpenLink, refusal: Option<WrongField>) -> Response {
    let username = open.name().to_owned();
    let view = NewPasswordView {
        is_of_staff: true,
        lead: vec![visitor.voice.text("new-password-lead", "name", &username)],
        action: Page::LoginPassword { link }.to_string(),
        username,
        button: "new-password-set",
    };
    new_password::show(visitor, view, refusal)
}

async fn open(visitor: &Visitor, link: &str) -> Result<Option<OpenLink>, Fault> {
    set_new_password::look(&visitor.state.ledger, &visitor.state.access, link).await
}

/// Shows the form.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let found = open(&visitor, &link).await?;
    Ok(found.map_or_else(|| over(&visitor), |open| show(&visitor, &link, &open, None)))
}

/// Sets the password, and leads to signing in with it.
pub async fn post(
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<NewPasswordForm>,
) -> Result<Response, Fault> {
    let Some(found) = open(&visitor, &link).await? else { return Ok(over(&visitor)) };
    let state = &visitor.state;
    let set = set_new_password::run(&state.ledger, &state.access, &state.offices, found.clone(), fields.twice());
    match set.await {
        Ok(()) => Ok(Redirect::to(&Page::Login.asking("done=password")).into_response()),
        Err(refused) => Ok(match refusal(refused, visitor.voice)? {
            Some(sentence) => show(&visitor, &link, &found, Some(sentence)),
            None => over(&visitor),
        }),
    }
}
