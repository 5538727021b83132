//! One account of staff: a new password for who forgot it, or the end of the account.

use access::Password;
use acts::{
    Fault, open_account_of,
    set_password::{self, PasswordWish},
    shut_account,
};
use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use store::Account;

use super::clerks::{role, wrong};
use crate::{
    form::OwnForm,
    frame::{Frame, page},
    paths::Page,
    staff::signed::StaffVisitor,
};

#[derive(Template)]
#[template(path = "admin/clerk.html")]
struct ClerkPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    name: String,
    role: String,
    /// Nobody shuts themselves out.
    own: bool,
    /// Where a new password is set.
    password: String,
    /// Where the account is shut.
    disable: String,
}

/// Shows the account.
pub async fn get(signed: StaffVisitor, Path(account): Path<u32>) -> Result<Response, Fault> {
    let account = open_account_of(&signed.visitor.state.access, &signed.session, account)?;
    Ok(show(&signed, &account, StatusCode::OK, None))
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(Path(account): Path<u32>) -> Redirect {
    Redirect::to(&Page::AdminClerk { account }.to_string())
}

fn show(signed: &StaffVisitor, account: &Account, status: StatusCode, refusal: Option<String>) -> Response {
    let (visitor, id) = (&signed.visitor, account.id);
    let clerk = ClerkPage {
        f: visitor.frame().admin("admin-clerks").at(Page::AdminClerk { account: id }.to_string()),
        refusal,
        done: None,
        name: account.name.clone(),
        role: role(account.role, visitor.voice),
        own: id == signed.session.account.id,
        password: Page::AdminClerkPassword { account: id }.to_string(),
        disable: Page::AdminClerkDisable { account: id }.to_string(),
    };
    page(status, &clerk)
}

/// A new password for somebody else.
#[derive(Deserialize)]
pub struct ClerkPasswordForm {
    #[serde(default)]
    password: String,
}

/// Sets a new password; whoever was signed in with the old one signs in again.
pub async fn password(
    signed: StaffVisitor,
    Path(account): Path<u32>,
    OwnForm { visitor, fields }: OwnForm<ClerkPasswordForm>,
) -> Result<Response, Fault> {
    let access = &visitor.state.access;
    let wish = PasswordWish { account, password: Password::new(fields.password) };
    match set_password::run(access, &signed.session, wish).await {
        Ok(()) => Ok(Redirect::to(&Page::AdminClerks.asking("done=password")).into_response()),
        Err(refusal) => {
            let sentence = Some(wrong(refusal, visitor.voice)?);
            let account = open_account_of(access, &signed.session, account)?;
            Ok(show(&signed, &account, StatusCode::UNPROCESSABLE_ENTITY, sentence))
        }
    }
}

/// Lets the account sign in no more.
pub async fn disable(
    signed: StaffVisitor,
    Path(account): Path<u32>,
    OwnForm { visitor, .. }: OwnForm<()>,
) -> Result<Response, Fault> {
    shut_account::run(&visitor.state.access, &signed.session, account).await?;
    Ok(Redirect::to(&Page::AdminClerks.asking("done=disabled")).into_response())
}
