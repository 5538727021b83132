//! The link in the mail: opening it changes nothing, since mail scanners open links; a button goes on (OMB-04, OMB-05).

use acts::{
    Fault,
    prove_address::{self, ProvingBrowser},
};
use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use secrets::Start;
use stationery::{
    extract::PagePath,
    form::{EmptyForm, OwnForm},
    frame::{Frame, ok, page},
    how::name_of,
    visitor::{FORM_COOKIE, Visitor},
};
use wire::ProblemCode;

use super::proven::{proof_cookie, proven_address};

#[derive(Template)]
#[template(path = "book/start.html")]
struct StartPage {
    f: Frame,
}

#[derive(Template)]
#[template(path = "book/over.html")]
struct LinkOverPage {
    f: Frame,
}

fn over(visitor: &Visitor) -> Response {
    page(StatusCode::GONE, &LinkOverPage { f: visitor.frame() })
}

/// The link, if it is ours and still good.
fn good(visitor: &Visitor, link: &str) -> Option<Start> {
    secrets::read_start(&visitor.state.key, link).filter(|start| visitor.state.clock.now() < start.expires_at)
}

/// Shows the button.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Response {
    match good(&visitor, &link) {
        Some(_) => ok(&StartPage { f: visitor.frame() }),
        None => over(&visitor),
    }
}

/// Proves the address, once.
pub async fn post(
    headers: HeaderMap,
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields: EmptyForm {} }: OwnForm<EmptyForm>,
) -> Result<Response, Fault> {
    let Some(start) = good(&visitor, &link) else { return Ok(over(&visitor)) };
    let state = &visitor.state;
    let browser = ProvingBrowser {
        digest: state.cookies().read(&headers, FORM_COOKIE).map(secrets::token_hash),
        is_proven: proven_address(&visitor, &headers) == Some(start.address),
    };
    let proof = match prove_address::run(&state.writer, &state.offices, &start, browser).await {
        Ok(proof) => proof,
        Err(fault) if matches!(fault.code, ProblemCode::CommandReused | ProblemCode::BookingExpired) => {
            return Ok(over(&visitor));
        }
        Err(fault) => return Err(fault),
    };
    let next = match (&start.wanted, start.channel) {
        (Some((office, service)), Some(way)) => {
            Page::Times { office, service }.asking(format_args!("channel={}", name_of(way)))
        }
        (Some((office, service)), None) => Page::Times { office, service }.to_string(),
        (None, _) => Page::BookService.to_string(),
    };
    let cookie = [(header::SET_COOKIE, proof_cookie(state, proof.address))];
    Ok((cookie, Redirect::to(&next)).into_response())
}
