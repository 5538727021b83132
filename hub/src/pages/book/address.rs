//! The first page of a booking: an e-mail address, and nothing else (OMB-02).

use askama::Template;
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use serde::Deserialize;
use wire::ProblemCode;

use super::guard;
use crate::{
    actor::Actor,
    codes::draw_id,
    mail::START,
    pages::{
        form::Sent,
        frame::{Frame, ok, page},
        links::Start,
        problem,
        visitor::Visitor,
    },
};

/// A link is good for so long.
pub const LINK_MINUTES: i64 = 60;

#[derive(Template)]
#[template(path = "book/address.html")]
struct AddressPage {
    f: Frame,
    refusal: Option<String>,
    email: String,
    office: String,
    service: String,
}

/// What was chosen before.
#[derive(Debug, Default, Deserialize)]
pub struct Chosen {
    #[serde(default)]
    office: String,
    #[serde(default)]
    service: String,
    #[serde(default)]
    over: String,
}

/// Asks for the address.
pub async fn get(visitor: Visitor, Query(chosen): Query<Chosen>) -> Response {
    let refusal = (!chosen.over.is_empty()).then(|| visitor.voice.say("session-over"));
    ok(&AddressPage {
        f: visitor.frame(),
        refusal,
        email: String::new(),
        office: chosen.office,
        service: chosen.service,
    })
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    email: String,
    #[serde(default)]
    office: String,
    #[serde(default)]
    service: String,
    /// Nobody sees this field; programs fill it in.
    #[serde(default)]
    website: String,
}

/// Sends the link.
pub async fn post(Sent { visitor, fields }: Sent<Fields>) -> Response {
    let email = fields.email.trim().to_owned();
    let again = |visitor: &Visitor, status: StatusCode, sentence: String| {
        let email: String = email.chars().take(254).collect();
        let (office, service) = (fields.office.clone(), fields.service.clone());
        page(status, &AddressPage { f: visitor.frame(), refusal: Some(sentence), email, office, service })
    };
    if !is_address(&email) {
        return again(&visitor, StatusCode::UNPROCESSABLE_ENTITY, visitor.voice.say("email-wrong"));
    }
    let sent = || Redirect::to("/book/sent").into_response();
    if !fields.website.is_empty() {
        return sent();
    }
    if !guard::may_ask(&email, visitor.from) {
        let sentence = problem::sentence(&visitor, &ProblemCode::TooManyRequests.into());
        return again(&visitor, StatusCode::TOO_MANY_REQUESTS, sentence);
    }
    match post_link(&visitor, email.clone(), &fields.office, &fields.service).await {
        Ok(()) => sent(),
        Err(fault) => problem::page_of_fault(&visitor, &fault),
    }
}

/// Whether mail can go there: one address, with a domain that has a dot.
fn is_address(text: &str) -> bool {
    text.len() <= 254
        && text
            .parse::<crate::mail::EmailAddress>()
            .is_ok_and(|address| address.domain().contains('.') || address.domain() == "localhost")
}

async fn post_link(visitor: &Visitor, email: String, office: &str, service: &str) -> Result<(), crate::api::Fault> {
    let state = &visitor.state;
    let chosen = state.office(office);
    let handle = chosen.or_else(|| state.offices.iter().next()).ok_or(ProblemCode::Unavailable)?;
    let offered =
        handle.config(|config| config.services.values().any(|offered| offered.key == service)).unwrap_or_default();
    let wanted = (chosen.is_some() && offered).then(|| (office.to_owned(), service.to_owned()));
    let language = visitor.voice.office_language();
    let expires_at = state.clock.now() + TimeDelta::minutes(LINK_MINUTES);
    state
        .writer
        .run(&handle.key, Actor::Citizen, None, move |bench| {
            let Ok(address) = bench.store().address_of(&email) else { return crate::mail::Noted(false) };
            let start = Start { id: draw_id(), address: address.id, expires_at, language, wanted };
            bench.post(START, serde_json::to_string(&start).unwrap_or_default());
            bench.write_rows();
            crate::mail::Noted(true)
        })
        .await
        .map_err(crate::api::Fault::from)
        .and_then(|noted| if noted.0 { Ok(()) } else { Err(ProblemCode::Unavailable.into()) })
}

#[derive(Template)]
#[template(path = "book/sent.html")]
struct SentPage {
    f: Frame,
    minutes: u16,
}

/// Says that the link is on its way. The address is not repeated: it would stand in the browser's history.
pub async fn sent(visitor: Visitor) -> Response {
    ok(&SentPage { f: visitor.frame(), minutes: u16::try_from(LINK_MINUTES).unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_address() {
        assert!(is_address("maria@example.gr"));
        assert!(is_address("maria+kep@sub.example.gr"));
        for wrong in [
            "",
            "maria",
            "maria@",
            "@example.gr",
            "a b@example.gr",
            "maria@example",
            "a@b.gr, c@d.gr",
            "a@b.gr\nBcc: c@d.gr",
        ] {
            assert!(!is_address(wrong), "{wrong}");
        }
        assert!(!is_address(&format!("{}@example.gr", "a".repeat(10_000))));
    }
}
