//! A booking that an agent prepared for a citizen (TRN-07): the citizen's own link, then the last check and the privacy
//! notice as for everybody. Nothing is final before they agree; if they do not, the time lapses.

use askama::Template;
use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use office::{AgentId, Audience, BookingLife, Command};
use serde::Deserialize;

use super::session::no_cookie;
use crate::{
    actor::Actor,
    api::Fault,
    mail::ENTRUSTED,
    pages::{
        book::{
            guard::may_ask,
            hold::Hold,
            proven::{Proven, proof_cookie},
            times::fault_of,
            typed::Typed,
        },
        form::Sent,
        frame::{Frame, ok, page},
        houses::marked,
        links::{EntrustedLink, read_entrusted},
        problem,
        visitor::Visitor,
    },
    store::Entrusted,
    text::Dates,
};

/// Leaves a held time to a citizen: the time, what was typed, and the mail to them, in one transaction.
///
/// # Errors
/// If the rules or the limits say no, or the hub cannot write.
pub async fn entrust(proven: &Proven, hold: &Hold, typed: &Typed, email: String) -> Result<(), Fault> {
    let visitor = &proven.visitor;
    let state = &visitor.state;
    let Audience::Agent(AgentId(agent)) = hold.promise.audience else {
        return Err(wire::ProblemCode::NotAllowed.into());
    };
    let (key, limits, from, now) = (state.key.clone(), state.config.limits, visitor.from, state.clock.now());
    let asked = state.writer.change(move |store| {
        let may = may_ask(store, &key, &limits, (&email, from), now)?;
        if may { store.address_of(&email, now).map(|address| Some(address.id)) } else { Ok(None) }
    });
    let address = asked.await?.ok_or(wire::ProblemCode::TooManyRequests)?;
    let booking = hold.booking;
    let link =
        EntrustedLink { office: hold.handle.key.to_string(), booking, address, agent, language: visitor.voice.0 };
    let about = serde_json::to_string(&link).unwrap_or_default();
    let entrusted = Entrusted {
        office: hold.handle.row,
        booking,
        agent,
        address,
        name: Some(typed.name()),
        typed: serde_json::to_string(typed).ok(),
        at: hold.promise.start,
    };
    let done = state.writer.submit_with(&hold.handle.key, Actor::Citizen, None, move |bench| {
        bench.put_entrusted(entrusted);
        bench.post(ENTRUSTED, about);
        bench.decide(&Command::Entrust { booking, to: address })
    });
    done.await.map(drop).map_err(|refused| fault_of(&hold.handle.read(), &refused))
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
struct LapsedPage {
    f: Frame,
}

/// A time that still waits for its citizen.
struct Waiting {
    link: EntrustedLink,
    entrusted: Entrusted,
    until: DateTime<Utc>,
}

async fn waiting(visitor: &Visitor, text: &str) -> Result<Waiting, Response> {
    let over = || page(StatusCode::GONE, &LapsedPage { f: visitor.frame().at("/") });
    let state = &visitor.state;
    let link = read_entrusted(&state.key, text).ok_or_else(over)?;
    let handle = state.office(&link.office).ok_or_else(over)?;
    let until = {
        let office = handle.read();
        let booking = office.bookings.get(&link.booking).ok_or_else(over)?;
        match booking.life {
            BookingLife::Held { owner, expires_at, .. }
                if owner == Some(link.address) && expires_at > state.clock.now() =>
            {
                expires_at
            }
            _ => return Err(over()),
        }
    };
    let (row, booking) = (handle.row, link.booking);
    let found = state.readers.read(move |store| store.entrusted(row, booking)).await;
    let entrusted = found.map_err(|error| problem::page_of_fault(visitor, &error.into()))?.ok_or_else(over)?;
    Ok(Waiting { link, entrusted, until })
}

/// Shows what was prepared, and the button.
pub async fn get(visitor: Visitor, Path(text): Path<String>) -> Response {
    let Waiting { link, entrusted, until } = match waiting(&visitor, &text).await {
        Ok(waiting) => waiting,
        Err(response) => return response,
    };
    let (state, voice, now) = (&visitor.state, visitor.voice, visitor.state.clock.now());
    let id = entrusted.agent;
    let agent = state.readers.read(move |store| store.agent(id)).await.ok().flatten();
    let Some(handle) = state.office(&link.office) else {
        return problem::page_of(&visitor, wire::ProblemCode::NotFound);
    };
    let facts = {
        let office = handle.read();
        office.config.as_ref().zip(office.bookings.get(&link.booking)).map(|(config, booking)| {
            let dates = Dates { voice, zone: config.zone };
            let service = config.services.get(&booking.promise.service);
            let service = service.map(|service| voice.of_text(&service.name)).unwrap_or_default();
            let when = marked(dates.day_and_time(booking.promise.start), booking.promise.channel, voice);
            (voice.of_text(&config.name), service, when, dates.near(until, now))
        })
    };
    let Some((office, service, when, until)) = facts else {
        return problem::page_of(&visitor, wire::ProblemCode::NotFound);
    };
    let agent = agent.map(|agent| agent.name).unwrap_or_default();
    let action = format!("/entrusted/{text}");
    ok(&EntrustedPage { f: visitor.frame(), agent, office, service, when, until, action })
}

/// Nothing to fill in.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// The address is proven; on to the last check.
pub async fn post(Path(text): Path<String>, Sent { visitor, fields: Nothing {} }: Sent<Nothing>) -> Response {
    let Waiting { link, entrusted, .. } = match waiting(&visitor, &text).await {
        Ok(waiting) => waiting,
        Err(response) => return response,
    };
    let (state, address, now) = (&visitor.state, link.address, visitor.state.clock.now());
    if let Err(error) = state.writer.change(move |store| store.prove_address(address, now)).await {
        return problem::page_of_fault(&visitor, &error.into());
    }
    if let Some(typed) = entrusted.typed.and_then(|typed| serde_json::from_str(&typed).ok()) {
        state.drafts.keep((address, link.office.clone(), link.booking), typed);
    }
    let mut headers = HeaderMap::new();
    for cookie in [proof_cookie(state, address), no_cookie()] {
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    let next = Redirect::to(&format!("/book/{}/hold/{}/review", link.office, link.booking));
    (headers, next).into_response()
}
