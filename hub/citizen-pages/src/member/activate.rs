//! The link in the mail of who registered: opening it changes nothing, since mail scanners open links; a button goes on.

use access::Password;
use acts::{
    Fault,
    activate::{self, ActivationOutcome},
};
use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use serde::Deserialize;
use stationery::{
    badge_cookies::ARRIVAL_COOKIE,
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, page},
    login::{ProviderButton, button_of},
    problem::WrongField,
    visitor::Visitor,
};
use store::Registration;

#[derive(Template)]
#[template(path = "member/activate.html")]
struct ActivatePage {
    f: Frame,
    refusal: Option<String>,
    name: String,
    /// Who they are elsewhere, where they came through another and have no password here.
    through: Option<String>,
}

#[derive(Template)]
#[template(path = "member/over.html")]
struct ActivationOverPage {
    f: Frame,
    title: String,
    sentence: String,
    /// Whether a new link would do; else they register anew.
    link_helps: bool,
}

/// Why a link leads to no account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LinkEnd {
    /// It is used, too old, cut off, or another took its place.
    Over,
    /// Somebody else has the user name by now.
    NameTaken,
}

fn over(visitor: &Visitor, end: LinkEnd) -> Response {
    let f = visitor.frame().at(Page::Register.to_string());
    let (title, sentence) = match end {
        LinkEnd::Over => ("activate-over-title", "activate-over"),
        LinkEnd::NameTaken => ("activate-name-taken-title", "activate-name-taken"),
    };
    let (title, sentence) = (visitor.voice.say(title), visitor.voice.say(sentence));
    page(StatusCode::GONE, &ActivationOverPage { f, title, sentence, link_helps: end == LinkEnd::Over })
}

fn shown(visitor: &Visitor, waiting: &Registration, wrong: Option<WrongField>) -> Response {
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong);
    let through = waiting.password.is_empty().then(|| activate::full_name(waiting));
    let f = visitor.frame().marking(marks);
    page(status, &ActivatePage { f, refusal, name: waiting.name.clone(), through })
}

#[derive(Template)]
#[template(path = "member/other_browser.html")]
struct OtherBrowserPage {
    f: Frame,
    /// Through whom they came, who is asked once more.
    button: Option<ProviderButton>,
}

/// Says that it was begun in another browser, and how it goes on in this one.
fn elsewhere(visitor: &Visitor, status: StatusCode, provider: &str, link: &str) -> Response {
    let next = Page::RegisterActivate { link }.to_string();
    page(status, &OtherBrowserPage { f: visitor.frame(), button: button_of(visitor, provider, &next) })
}

/// What the browser keeps of who came through another.
fn arrival(visitor: &Visitor, headers: &HeaderMap) -> Option<String> {
    visitor.state.cookies().read(headers, ARRIVAL_COOKIE).map(str::to_owned)
}

/// Shows the button.
pub async fn get(visitor: Visitor, headers: HeaderMap, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let state = &visitor.state;
    let Some(waiting) = activate::look(&state.ledger, &state.access, &link).await? else {
        return Ok(over(&visitor, LinkEnd::Over));
    };
    let first = activate::comes_first(&state.ledger, &waiting, arrival(&visitor, &headers).as_deref()).await?;
    Ok(match first {
        Some(provider) => elsewhere(&visitor, StatusCode::OK, &provider, &link),
        None => shown(&visitor, &waiting, None),
    })
}

/// The password with which somebody registered.
#[derive(Deserialize)]
pub struct ActivateForm {
    #[serde(default)]
    password: String,
}

/// Makes the account, and leads to signing in.
pub async fn post(
    headers: HeaderMap,
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<ActivateForm>,
) -> Result<Response, Fault> {
    let state = &visitor.state;
    let typed = (visitor.from, Password::new(fields.password));
    let arrival = arrival(&visitor, &headers);
    Ok(match activate::run(&state.ledger, &state.access, &link, typed, arrival.as_deref()).await? {
        ActivationOutcome::OtherBrowser(provider) => {
            elsewhere(&visitor, StatusCode::UNPROCESSABLE_ENTITY, &provider, &link)
        }
        // Who came through another signs in through it.
        ActivationOutcome::Made(account) if account.password.is_none() => {
            Redirect::to(&Page::Login.asking(format_args!("done=through&next={}", Page::Member))).into_response()
        }
        ActivationOutcome::Made(_) => {
            Redirect::to(&Page::Login.asking(format_args!("done=activated&next={}", Page::Member))).into_response()
        }
        ActivationOutcome::WrongPassword => {
            let Some(waiting) = activate::look(&state.ledger, &state.access, &link).await? else {
                return Ok(over(&visitor, LinkEnd::Over));
            };
            shown(&visitor, &waiting, Some(WrongField::new(visitor.voice.say("activate-wrong"), "password")))
        }
        ActivationOutcome::NameTaken => over(&visitor, LinkEnd::NameTaken),
        ActivationOutcome::Over => over(&visitor, LinkEnd::Over),
    })
}
