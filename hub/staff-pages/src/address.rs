//! Behind a link: an address is shown to be that of an account. Opening it changes nothing; a press does.

use acts::{
    Fault,
    change_address::{self, AddressToProve},
    undo_address,
};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use paths::Page;
use stationery::{
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, ok},
    visitor::Visitor,
};

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
fn must_sign_in(visitor: &Visitor, found: &AddressToProve, link: &str) -> Option<Response> {
    let account = &found.account;
    let is_own = visitor.member.as_ref().is_some_and(|session| session.account.id == account.id);
    let next = Page::LoginAddress { link }.to_string();
    (!account.is_staff() && !is_own && !found.was_shown)
        .then(|| Redirect::to(&Page::Login.asking(format_args!("next={next}"))).into_response())
}

/// Shows which address it is.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let found = change_address::look(&visitor.state.ledger, &visitor.state.access, &link).await?;
    let Some(found) = found else { return Ok(over(&visitor)) };
    if let Some(first) = must_sign_in(&visitor, &found, &link) {
        return Ok(first);
    }
    let (email, action) = (found.email, Page::LoginAddress { link: &link }.to_string());
    Ok(ok(&AddressProofPage { f: visitor.frame(), done: false, email, action }))
}

/// It is theirs.
pub async fn post(PagePath(link): PagePath<String>, OwnForm { visitor, .. }: OwnForm<()>) -> Result<Response, Fault> {
    let state = &visitor.state;
    let found = change_address::look(&state.ledger, &state.access, &link).await?;
    if let Some(first) = found.and_then(|found| must_sign_in(&visitor, &found, &link)) {
        return Ok(first);
    }
    let parts = (&state.offices, &*state.mail);
    if !change_address::prove(&state.access, parts, &link, visitor.voice.0).await? {
        return Ok(over(&visitor));
    }
    let f = visitor.frame().at(Page::Login.to_string());
    Ok(ok(&AddressProofPage { f, done: true, email: String::new(), action: String::new() }))
}

#[derive(Template)]
#[template(path = "staff/undo.html")]
struct AddressUndoPage {
    f: Frame,
    done: bool,
    name: String,
    email: String,
    action: String,
}

impl AddressUndoPage {
    /// What pressing the button does.
    fn lead(&self) -> String {
        let said = [("name", self.name.clone().into()), ("email", self.email.clone().into())];
        self.f.voice.say_with("undo-lead", said)
    }
}

/// Asks whether a change of address is taken back, of whoever had the mails before: they need not be signed in, for it may be
/// another who can.
pub async fn ask_undo(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let found = undo_address::look(&visitor.state.ledger, &visitor.state.access, &link).await?;
    let Some((account, email)) = found else { return Ok(over(&visitor)) };
    let action = Page::LoginUndo { link: &link }.to_string();
    let (f, name) = (visitor.frame(), account.name.clone());
    Ok(ok(&AddressUndoPage { f, done: false, name, email, action }))
}

/// Takes it back.
pub async fn undo(PagePath(link): PagePath<String>, OwnForm { visitor, .. }: OwnForm<()>) -> Result<Response, Fault> {
    if !undo_address::run(&visitor.state.access, &link).await? {
        return Ok(over(&visitor));
    }
    let f = visitor.frame().at(Page::Login.to_string());
    let (name, email, action) = (String::new(), String::new(), String::new());
    Ok(ok(&AddressUndoPage { f, done: true, name, email, action }))
}
