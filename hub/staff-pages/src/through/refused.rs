//! Nobody was signed in who came from a provider: why, and what can be done now.

use acts::{Fault, ProviderRefusal};
use askama::Template;
use axum::response::Response;
use paths::Page;
use stationery::{
    frame::{Frame, page},
    login::{ProviderButton, button_of},
    problem::status_of,
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "through/refused.html")]
struct ThroughRefusedPage {
    f: Frame,
    sentence: String,
    again: Option<ProviderButton>,
    /// Where a browser signs out of the provider, so that somebody else can sign in there.
    out: Option<String>,
}

/// The page; `came` says whether the browser has been at the provider.
///
/// # Errors
/// What no sentence of its own is about.
pub fn refused(visitor: &Visitor, provider: &str, refusal: ProviderRefusal, came: bool) -> Result<Response, Fault> {
    let Some(sentence) = refusal.sentence() else {
        return match refusal {
            ProviderRefusal::Fault(fault) => Err(fault),
            _ => Err(refusal.code().into()),
        };
    };
    let button = button_of(visitor, provider, &Page::Member.to_string());
    let out = button.as_ref().filter(|_| came).map(|_| Page::LoginOut { provider }.to_string());
    // The same person would be told the same again.
    let is_settled = matches!(
        refusal,
        ProviderRefusal::NoPerson | ProviderRefusal::Nobody | ProviderRefusal::Shut | ProviderRefusal::Blocked
    );
    let again = button.filter(|_| !is_settled);
    let f = visitor.frame().at(Page::Login.to_string());
    let shown = ThroughRefusedPage { f, sentence: visitor.voice.say(sentence), again, out };
    Ok(page(status_of(refusal.code()), &shown))
}
