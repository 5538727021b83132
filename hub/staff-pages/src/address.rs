//! Behind a link: an address is shown to be that of an account. Opening it changes nothing; a press does.

use acts::{Fault, change_address};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use paths::Page;
use stationery::{
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, ok},
    visitor::Visitor,
};
use store::Account;

use super::new_password::over;

#[derive(Template)]
#[template(path = "staff/address.html")]
struct AddressProofPage {
    f: Frame,
    done: bool,
    email: String,
    action: String,
}

/// Where a citizen is led who is not signed in with the account that the link is about: anybody can register, and nobody's
/// mailbox is to be bound to another's account by one press.
fn must_sign_in(visitor: &Visitor, account: &Account, link: &str) -> Option<Response> {
    let is_own = visitor.member.as_ref().is_some_and(|session| session.account.id == account.id);
    let next = Page::LoginAddress { link }.to_string();
    (!account.is_staff() && !is_own)
        .then(|| Redirect::to(&Page::Login.asking(format_args!("next={next}"))).into_response())
}

/// Shows which address it is.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let found = change_address::look(&visitor.state.ledger, &visitor.state.access, &link).await?;
    let Some((account, email)) = found else { return Ok(over(&visitor)) };
    if let Some(first) = must_sign_in(&visitor, &account, &link) {
        return Ok(first);
    }
    let action = Page::LoginAddress { link: &link }.to_string();
    Ok(ok(&AddressProofPage { f: visitor.frame(), done: false, email, action }))
}

/// It is theirs.
pub async fn post(PagePath(link): PagePath<String>, OwnForm { visitor, .. }: OwnForm<()>) -> Result<Response, Fault> {
    let found = change_address::look(&visitor.state.ledger, &visitor.state.access, &link).await?;
    if let Some(first) = found.and_then(|(account, _)| must_sign_in(&visitor, &account, &link)) {
        return Ok(first);
    }
    if !change_address::prove(&visitor.state.access, &link).await? {
        return Ok(over(&visitor));
    }
    let f = visitor.frame().at(Page::Login.to_string());
    Ok(ok(&AddressProofPage { f, done: true, email: String::new(), action: String::new() }))
}
