//! The way out leads through the provider, in the browser: its cookie signs the next person at the same machine in as the one
//! before otherwise.

use askama::Template;
use axum::{
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use stationery::{
    badge_cookies::THROUGH_COOKIE,
    extract::PagePath,
    frame::{FORGET, Frame, ok},
    login::button_of,
    visitor::Visitor,
};

use crate::cookie::add_cookie;

#[derive(Template)]
#[template(path = "through/out.html")]
struct ThroughOutPage {
    f: Frame,
    /// The provider, as its button names it.
    name: String,
    /// Where the browser goes on by itself.
    href: String,
}

/// The page that goes on to the provider, if the browser has been at one. A form is led to no other house, so it is a page of
/// ours that leads there.
pub fn through(visitor: &Visitor, headers: &HeaderMap) -> Option<Response> {
    let provider = visitor.state.cookies().read(headers, THROUGH_COOKIE)?;
    let button = button_of(visitor, provider, "")?;
    let href = Page::LoginOut { provider }.to_string();
    // Whoever signs out is nobody here any more.
    let f = visitor.frame().signed_out().at(Page::Login.to_string());
    Some(ok(&ThroughOutPage { f, name: button.name, href }))
}

/// Leads to the provider.
pub async fn get(visitor: Visitor, PagePath(provider): PagePath<String>) -> Response {
    let state = &visitor.state;
    let login = Page::Login.to_string();
    let there = state.providers.sign_out_url(&provider, &state.url(&login)).await;
    let mut led = Redirect::to(there.as_deref().unwrap_or(&login)).into_response();
    add_cookie(&mut led, &state.cookies().forget(THROUGH_COOKIE));
    led.headers_mut().insert(FORGET.0, FORGET.1);
    led
}
