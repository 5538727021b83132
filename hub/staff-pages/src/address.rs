//! Behind a link: an address is shown to be that of an account. Opening it changes nothing; a press does.

use acts::{Fault, change_address};
use askama::Template;
use axum::response::Response;
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

/// Shows which address it is.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let found = change_address::look(&visitor.state.ledger, &visitor.state.access, &link).await?;
    let Some((_, email)) = found else { return Ok(over(&visitor)) };
    let action = Page::LoginAddress { link: &link }.to_string();
    Ok(ok(&AddressProofPage { f: visitor.frame(), done: false, email, action }))
}

/// It is theirs.
pub async fn post(PagePath(link): PagePath<String>, OwnForm { visitor, .. }: OwnForm<()>) -> Result<Response, Fault> {
    if !change_address::prove(&visitor.state.access, &link).await? {
        return Ok(over(&visitor));
    }
    let f = visitor.frame().at(Page::Login.to_string());
    Ok(ok(&AddressProofPage { f, done: true, email: String::new(), action: String::new() }))
}
