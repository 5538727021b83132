//! The way back from a provider.

use acts::{
    ARRIVAL_MINUTES, Fault, StepPass,
    provider_return::{self, ProviderReturn, ReturnOutcome},
};
use axum::{
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use serde::Deserialize;
use stationery::{
    badge_cookies::{ARRIVAL_COOKIE, THROUGH_COOKIE, WAY_COOKIE},
    extract::{PagePath, PageQuery},
    signed::is_activation,
    visitor::Visitor,
};

use super::{refused::refused, with::redirect};
use crate::{cookie::add_cookie, login::leads_home, step_pass::pass_cookie};

/// What a provider sends along.
#[derive(Debug, Default, Deserialize)]
pub struct ReturnQuery {
    #[serde(default)]
    state: String,
    #[serde(default)]
    code: String,
    #[serde(default)]
    error: String,
}

/// Signs in, or leads to what comes first.
pub async fn get(
    visitor: Visitor,
    headers: HeaderMap,
    PagePath(provider): PagePath<String>,
    PageQuery(query): PageQuery<ReturnQuery>,
) -> Result<Response, Fault> {
    let pages = &visitor.state;
    let ReturnQuery { state, code, error } = query;
    let came = !code.is_empty();
    let asked = ProviderReturn {
        kept: pages.cookies().read(&headers, WAY_COOKIE).map(str::to_owned),
        provider: provider.clone(),
        redirect: redirect(&visitor, &provider),
        state,
        code,
        error,
        earlier: visitor.any_session().cloned(),
    };
    let returned = provider_return::run(&pages.access, (&pages.providers, &pages.offices), asked).await;
    let second_step = |page: Page<'_>, pass: &StepPass, back: &str| {
        let mut led = Redirect::to(&page.asking(format_args!("next={back}"))).into_response();
        add_cookie(&mut led, &pass_cookie(pages.cookies(), pass));
        led
    };
    let arrival = |page: &str, token: &str| {
        let mut led = Redirect::to(page).into_response();
        add_cookie(&mut led, &pages.cookies().set(ARRIVAL_COOKIE, token, Some(ARRIVAL_MINUTES * 60)));
        led
    };
    let mut answer = match returned {
        Ok((ReturnOutcome::Begun(begun), back)) => leads_home(&visitor, &begun, &back),
        Ok((ReturnOutcome::CodeAsked(pass), back)) => second_step(Page::LoginCode, &pass, &back),
        Ok((ReturnOutcome::SetUpAsked(pass), back)) => second_step(Page::LoginSetUp, &pass, &back),
        // Who has given an address already goes on with the link of the mail.
        Ok((ReturnOutcome::Arrived(token), back)) if is_activation(&back) => arrival(&back, &token),
        Ok((ReturnOutcome::Arrived(token), _)) => arrival(&Page::LoginEmail.to_string(), &token),
        Ok((ReturnOutcome::Connects(token), _)) => arrival(&Page::LoginConnect.to_string(), &token),
        Err(refusal) => refused(&visitor, &provider, refusal, came)?,
    };
    add_cookie(&mut answer, &pages.cookies().forget(WAY_COOKIE));
    // Whoever has been there is signed in there, whatever became of it here: the way out leads through it.
    if came && pages.providers.has(&provider) {
        add_cookie(&mut answer, &pages.cookies().set(THROUGH_COOKIE, &provider, None));
    }
    Ok(answer)
}
