//! The way to a provider.

use acts::{
    Fault, WAY_MINUTES,
    begin_way::{self, WayWish},
};
use axum::response::{IntoResponse, Redirect, Response};
use paths::Page;
use serde::Deserialize;
use stationery::{
    badge_cookies::WAY_COOKIE,
    extract::{PagePath, PageQuery},
    signed::safe,
    visitor::Visitor,
};

use super::refused::refused;
use crate::cookie::add_cookie;

/// Where to go afterwards.
#[derive(Debug, Default, Deserialize)]
pub struct WayQuery {
    #[serde(default)]
    next: String,
}

/// The page of this hub to which a provider leads back.
pub fn redirect(visitor: &Visitor, provider: &str) -> String {
    visitor.state.url(&Page::LoginFrom { provider }.to_string())
}

/// Whoever names nobody is led to where all of them are named.
pub async fn back() -> Redirect {
    Redirect::to(&Page::Login.to_string())
}

/// Leads there.
pub async fn get(
    visitor: Visitor,
    PagePath(provider): PagePath<String>,
    PageQuery(query): PageQuery<WayQuery>,
) -> Result<Response, Fault> {
    let state = &visitor.state;
    let (redirect, next) = (redirect(&visitor, &provider), safe(&query.next));
    let wish = WayWish { provider: &provider, redirect: &redirect, back: &next };
    match begin_way::run(&state.access, &state.providers, wish).await {
        Ok(way) => {
            let mut led = Redirect::to(&way.url).into_response();
            add_cookie(&mut led, &state.cookies().set(WAY_COOKIE, &way.cookie, Some(WAY_MINUTES * 60)));
            Ok(led)
        }
        Err(refusal) => refused(&visitor, &provider, refusal, false),
    }
}
