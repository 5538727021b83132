//! One account of staff: a new password for who forgot it, or the end of the account.

use acts::Fault;
use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use wire::ProblemCode;

use super::clerks::{PASSWORD_CHARACTERS_MIN, role};
use crate::{
    form::Sent,
    frame::{Frame, page},
    problem,
    staff::signed::Signed,
};
use access::NewAccountError;
use store::Account;

#[derive(Template)]
#[template(path = "admin/clerk.html")]
struct ClerkPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    id: u32,
    name: String,
    role: String,
    /// Nobody shuts themselves out.
    own: bool,
}

/// Shows the account.
pub async fn get(signed: Signed, Path(account): Path<u32>) -> Response {
    match ours(&signed, account) {
        Ok(account) => show(&signed, &account, StatusCode::OK, None),
        Err(fault) => fault.into_response(),
    }
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(Path(account): Path<u32>) -> Redirect {
    Redirect::to(&format!("/admin/clerks/{account}"))
}

fn show(signed: &Signed, account: &Account, status: StatusCode, refusal: Option<String>) -> Response {
    let visitor = &signed.visitor;
    let here = format!("/admin/clerks/{}", account.id);
    let (name, role) = (account.name.clone(), role(account.role, visitor.voice));
    let own = account.id == signed.session.account.id;
    let f = visitor.frame().admin("admin-clerks").at(here);
    page(status, &ClerkPage { f, refusal, done: None, id: account.id, name, role, own })
}

/// An account that this administrator runs, and that still signs in.
fn ours(signed: &Signed, account: u32) -> Result<Account, Fault> {
    signed.admin()?;
    let found = signed.visitor.state.access.accounts.all().into_iter().find(|one| one.id == account && !one.disabled);
    match found.filter(|account| signed.session.runs(account.office)) {
        Some(account) => Ok(Account::clone(&account)),
        None => Err(ProblemCode::NotFound.into()),
    }
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Password {
    #[serde(default)]
    password: String,
}

/// Sets a new password; whoever was signed in with the old one signs in again.
pub async fn password(signed: Signed, Path(account): Path<u32>, Sent { visitor, fields }: Sent<Password>) -> Response {
    let account = match ours(&signed, account) {
        Ok(account) => account,
        Err(fault) => return fault.into_response(),
    };
    let short = || {
        let sentence = visitor.voice.with("password-short", "n", PASSWORD_CHARACTERS_MIN);
        show(&signed, &account, StatusCode::UNPROCESSABLE_ENTITY, Some(sentence))
    };
    if fields.password.chars().count() < PASSWORD_CHARACTERS_MIN {
        return short();
    }
    match visitor.state.access.accounts.change_password(&visitor.state.access, account.id, fields.password).await {
        Ok(_) => {
            tracing::info!(admin = signed.session.account.id, account = account.id, "a password was changed");
            Redirect::to("/admin/clerks?done=password").into_response()
        }
        Err(NewAccountError::Write(error)) => problem::page_of_fault(&visitor, &error.into()),
        Err(NewAccountError::NameTaken | NewAccountError::BadName | NewAccountError::ShortPassword) => short(),
    }
}

/// Nothing to fill in.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// Lets the account sign in no more.
pub async fn disable(
    signed: Signed,
    Path(account): Path<u32>,
    Sent { visitor, fields: Nothing {} }: Sent<Nothing>,
) -> Response {
    let account = match ours(&signed, account) {
        Ok(account) => account,
        Err(fault) => return fault.into_response(),
    };
    if account.id == signed.session.account.id {
        return problem::page_of(&visitor, ProblemCode::NotAllowed);
    }
    match visitor.state.access.accounts.disable(&visitor.state.access, account.id).await {
        Ok(_) => {
            tracing::info!(admin = signed.session.account.id, account = account.id, "an account was shut");
            Redirect::to("/admin/clerks?done=disabled").into_response()
        }
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}
