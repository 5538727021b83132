//! A booking that an agent prepared for a citizen (TRN-07): the citizen's own link, then the last check and the privacy
//! notice as for everybody. Nothing is final before they agree; if they do not, the time lapses.

use acts::{
    Fault, LinkLimit, Turn,
    entrust::{self, CitizenReach, Entrustment},
    take_over::{self, EntrustedDraft, EntrustedTime},
};
use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use people::DetailForm;
use stationery::{
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, ok, page},
    houses::marked,
    visitor::Visitor,
};
use store::Actor;
use text::Dates;
use wire::ProblemCode;

use super::session::BooksAs;
use crate::book::{
    hold::Hold,
    proven::{ProvenVisitor, proof_cookie},
};

/// Leaves a held time, with what was typed, to a citizen.
///
/// # Errors
/// If the rules or the limits say no, or the hub cannot write.
pub async fn entrust(proven: &ProvenVisitor, hold: &Hold, typed: &DetailForm, to: CitizenReach) -> Result<(), Fault> {
    let visitor = &proven.visitor;
    let state = &visitor.state;
    let turn = Turn { writer: &state.writer, office: &hold.handle, actor: Actor::Citizen, id: None };
    let entrustment =
        Entrustment { booking: hold.booking, to, name: typed.name(), typed: typed.clone(), language: visitor.voice.0 };
    let limit = LinkLimit { key: state.key.clone(), limits: state.limits, from: visitor.from };
    entrust::run(turn, limit, entrustment).await
}

#[derive(Template)]
#[template(path = "agent/entrusted.html")]
struct EntrustedPage {
    f: Frame,
    agent: String,
    office: String,
    service: String,
    when: String,
    until: String,
    action: String,
}

#[derive(Template)]
#[template(path = "agent/lapsed.html")]
struct EntrustedLapsedPage {
    f: Frame,
}

/// The time behind a link, if it still waits for its citizen.
async fn waiting(visitor: &Visitor, link: &str) -> Result<Option<EntrustedTime>, Fault> {
    let state = &visitor.state;
    take_over::find(&state.ledger, &state.offices, &state.key, link).await
}

fn lapsed(visitor: &Visitor) -> Response {
    page(StatusCode::GONE, &EntrustedLapsedPage { f: visitor.frame().at(Page::Front.to_string()) })
}

/// Shows what was prepared, and the button.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let Some(time) = waiting(&visitor, &link).await? else { return Ok(lapsed(&visitor)) };
    let (state, voice, now) = (&visitor.state, visitor.voice, visitor.state.clock.now());
    let handle = state.office(time.office())?;
    let (row, id) = (handle.row, time.agent());
    let agent = state.readers.read(move |store| store.agent_of(row, id)).await.ok().flatten();
    let facts = {
        let office = handle.read();
        office.config.as_ref().zip(office.bookings.get(&time.booking())).map(|(config, booking)| {
            let dates = Dates { voice, zone: config.zone, now };
            let service = config.services.get(&booking.promise.service);
            let service = service.map(|service| voice.of_text(&service.name)).unwrap_or_default();
            let when = marked(dates.day_and_time(booking.promise.start), booking.promise.channel, voice);
            (voice.of_text(&config.name), service, when, dates.until(time.until(), now))
        })
    };
    let (office, service, when, until) = facts.ok_or(ProblemCode::NotFound)?;
    let agent = agent.map(|agent| agent.name).unwrap_or_default();
    let action = Page::Entrusted { link: &link }.to_string();
    Ok(ok(&EntrustedPage { f: visitor.frame().of_office(state, handle), agent, office, service, when, until, action }))
}

/// The address is proven; on to the last check.
pub async fn post(PagePath(link): PagePath<String>, OwnForm { visitor, .. }: OwnForm<()>) -> Result<Response, Fault> {
    let Some(time) = waiting(&visitor, &link).await? else { return Ok(lapsed(&visitor)) };
    let state = &visitor.state;
    let (office, booking) = (time.office().to_owned(), time.booking());
    let EntrustedDraft { address, typed } = take_over::run(&state.ledger, time).await?;
    if let Some(typed) = typed {
        state.drafts.keep((address, office.clone(), booking), typed);
    }
    let mut headers = HeaderMap::new();
    for cookie in [proof_cookie(state, address), BooksAs::Proven.cookie(state)] {
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    let next = Redirect::to(&Page::HoldReview { office: &office, booking }.to_string());
    Ok((headers, next).into_response())
}
