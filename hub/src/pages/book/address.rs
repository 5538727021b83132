//! The first page of a booking: an e-mail address, and nothing else (OMB-02).

use askama::Template;
use axum::{
    extract::Query,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use serde::Deserialize;
use wire::ProblemCode;

use super::{
    challenge::{self, Answered, Shown},
    guard,
};
use crate::{
    actor::Actor,
    api::Fault,
    auth::cookie,
    codes::draw_id,
    error::WriteError,
    mail::{START, is_address, likely_meant},
    pages::{
        form::Sent,
        frame::{Frame, ok, page},
        links::Start,
        problem,
        visitor::Visitor,
    },
    writer::Kept,
};

/// A link is good for so long.
pub const LINK_MINUTES: i64 = 60;
/// Shows on the next page where the link went, and fills the form in again if it was wrong.
const SENT_COOKIE: &str = "seira-sent";

#[derive(Template)]
#[template(path = "book/address.html")]
struct AddressPage {
    f: Frame,
    refusal: Option<String>,
    /// Which field the refusal is about.
    about: &'static str,
    suggestion: Option<String>,
    email: String,
    office: String,
    service: String,
    challenge: Option<Shown>,
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
    #[serde(default)]
    again: String,
}

/// Asks for the address.
pub async fn get(visitor: Visitor, headers: HeaderMap, Query(chosen): Query<Chosen>) -> Response {
    let refusal = (!chosen.over.is_empty()).then(|| visitor.voice.say("session-over"));
    let email = if chosen.again.is_empty() { String::new() } else { sent_to(&headers).unwrap_or_default() };
    ok(&AddressPage {
        f: visitor.frame(),
        refusal,
        about: "email",
        suggestion: None,
        email,
        office: chosen.office,
        service: chosen.service,
        challenge: challenge::show(&visitor),
    })
}

/// The form.
#[derive(Debug, Default, Deserialize)]
pub struct Fields {
    #[serde(default)]
    email: String,
    #[serde(default)]
    office: String,
    #[serde(default)]
    service: String,
    /// The address that was asked about, and is meant so.
    #[serde(default)]
    sure: String,
    /// The address that was meant instead.
    #[serde(default)]
    instead: String,
    /// The solved proof of work.
    #[serde(default)]
    altcha: String,
    /// Which letters were shown, and which were read.
    #[serde(default)]
    letters: String,
    #[serde(default)]
    read: String,
    /// Nobody sees this field; programs fill it in.
    #[serde(default)]
    website: String,
}

/// What is said of a form that was not taken.
struct Refused {
    status: StatusCode,
    sentence: String,
    about: &'static str,
    suggestion: Option<String>,
}

impl Refused {
    fn new(status: StatusCode, sentence: String, about: &'static str) -> Self {
        Self { status, sentence, about, suggestion: None }
    }

    fn shown(self, visitor: &Visitor, fields: Fields, email: &str) -> Response {
        let shown = AddressPage {
            f: visitor.frame(),
            refusal: Some(self.sentence),
            about: self.about,
            suggestion: self.suggestion,
            email: email.chars().take(254).collect(),
            office: fields.office,
            service: fields.service,
            challenge: challenge::show(visitor),
        };
        page(self.status, &shown)
    }
}

/// Sends the link.
pub async fn post(Sent { visitor, fields }: Sent<Fields>) -> Response {
    let given = if fields.instead.is_empty() { &fields.email } else { &fields.instead };
    let email = given.trim().to_owned();
    let voice = visitor.voice;
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    if !is_address(&email) {
        return Refused::new(wrong, voice.say("email-wrong"), "email").shown(&visitor, fields, &email);
    }
    if !fields.website.is_empty() {
        return sent_page(&visitor, &email);
    }
    let answered = challenge::answered(&visitor, &fields.altcha, &fields.letters, &fields.read);
    let Answered::By(id) = answered else {
        let sentence = if fields.read.is_empty() { "challenge-missing" } else { "challenge-wrong" };
        return Refused::new(wrong, voice.say(sentence), "read").shown(&visitor, fields, &email);
    };
    if let Some(meant) = likely_meant(&email).filter(|_| fields.sure != email && fields.instead.is_empty()) {
        let sentence = voice.text("email-meant", "email", &meant);
        let refused = Refused { suggestion: Some(meant), ..Refused::new(wrong, sentence, "email") };
        return refused.shown(&visitor, fields, &email);
    }
    match post_link(&visitor, email.clone(), &fields, id).await {
        Ok(Link::Posted) => sent_page(&visitor, &email),
        Ok(Link::TooMany) => {
            let sentence = problem::sentence(&visitor, &ProblemCode::TooManyRequests.into());
            Refused::new(StatusCode::TOO_MANY_REQUESTS, sentence, "email").shown(&visitor, fields, &email)
        }
        Ok(Link::Unavailable) => problem::page_of(&visitor, ProblemCode::Unavailable),
        Err(WriteError::CommandReused) => {
            Refused::new(wrong, voice.say("challenge-used"), "read").shown(&visitor, fields, &email)
        }
        Err(error) => problem::page_of_fault(&visitor, &Fault::from(error)),
    }
}

/// How asking for a link went.
enum Link {
    Posted,
    TooMany,
    Unavailable,
}

impl Kept for Link {
    fn to_bytes(&self) -> Vec<u8> {
        vec![match self {
            Self::Posted => 1,
            Self::TooMany => 2,
            Self::Unavailable => 3,
        }]
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes.first()? {
            1 => Some(Self::Posted),
            2 => Some(Self::TooMany),
            _ => Some(Self::Unavailable),
        }
    }
}

async fn post_link(
    visitor: &Visitor,
    email: String,
    fields: &Fields,
    id: Option<crate::writer::CommandId>,
) -> Result<Link, WriteError> {
    let state = visitor.state.clone();
    let chosen = state.office(&fields.office);
    let Some(handle) = chosen.or_else(|| state.offices.iter().next()) else { return Ok(Link::Unavailable) };
    let offered = handle.config(|config| config.services.values().any(|offered| offered.key == fields.service));
    let wanted =
        (chosen.is_some() && offered.unwrap_or_default()).then(|| (fields.office.clone(), fields.service.clone()));
    let language = visitor.voice.0;
    let expires_at = state.clock.now() + TimeDelta::minutes(LINK_MINUTES);
    let from = visitor.from;
    let (key, limits) = (state.key.clone(), state.config.limits);
    let work = move |bench: &mut crate::writer::Workbench<'_>| {
        let now = bench.now();
        match guard::may_ask(bench.store(), &key, &limits, (&email, from), now) {
            Ok(true) => {}
            Ok(false) => return Link::TooMany,
            Err(_) => return Link::Unavailable,
        }
        let Ok(address) = bench.store().address_of(&email, now) else { return Link::Unavailable };
        let start = Start { id: draw_id(), address: address.id, expires_at, language, wanted };
        bench.post(START, serde_json::to_string(&start).unwrap_or_default());
        bench.write_rows();
        Link::Posted
    };
    state.writer.run(&handle.key, Actor::Citizen, id, work).await
}

/// To the page that says where the link went. The address stands in a cookie of this browser, not in its history.
fn sent_page(visitor: &Visitor, email: &str) -> Response {
    let secure = if visitor.state.is_secure() { "; Secure" } else { "" };
    let value = URL_SAFE_NO_PAD.encode(email);
    let cookie = format!("{SENT_COOKIE}={value}; Path=/book; HttpOnly; SameSite=Lax; Max-Age=3600{secure}");
    ([(header::SET_COOKIE, cookie)], Redirect::to("/book/sent")).into_response()
}

fn sent_to(headers: &HeaderMap) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(cookie(headers, SENT_COOKIE)?).ok()?;
    String::from_utf8(bytes).ok().filter(|email| is_address(email))
}

#[derive(Template)]
#[template(path = "book/sent.html")]
struct SentPage {
    f: Frame,
    minutes: u16,
    email: Option<String>,
}

/// Says that the link is on its way, and to which address (FLD-33).
pub async fn sent(visitor: Visitor, headers: HeaderMap) -> Response {
    let minutes = u16::try_from(LINK_MINUTES).unwrap_or_default();
    ok(&SentPage { f: visitor.frame(), minutes, email: sent_to(&headers) })
}
