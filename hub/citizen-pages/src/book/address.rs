//! The first page of a booking: an e-mail address, and nothing else (OMB-02).

use acts::{
    Fault,
    ask_start_link::{self, LINK_MINUTES, StartLinkWish},
};
use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use paths::Page;
use people::{address, is_address, likely_meant, readable_address};
use serde::Deserialize;
use stationery::{
    challenge::{self, ChallengeFlaw, ChallengeView, MailChallengeForm},
    extract::PageQuery,
    form::OwnForm,
    frame::{Frame, ok, page},
    how::{channel_named, name_of},
    problem::{self, status_of},
    visitor::{Visitor, link_limit},
};
use wire::ProblemCode;

use crate::member::own::own_address;

/// Shows on the next page where the link went, and fills the form in again if it was wrong.
const SENT_COOKIE: &str = "seira-sent";
/// For so long.
const SENT_SECONDS: i64 = 3_600;

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
    channel: String,
    challenge: Option<ChallengeView>,
    /// Whether the letters are shown to browsers with scripts too.
    by_letters: bool,
}

/// What was chosen before.
#[derive(Debug, Default, Deserialize)]
pub struct AddressQuery {
    #[serde(default)]
    office: String,
    #[serde(default)]
    service: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    over: String,
    #[serde(default)]
    again: String,
}

/// Asks for the address; whoever is signed in has proven theirs.
pub async fn get(visitor: Visitor, headers: HeaderMap, PageQuery(query): PageQuery<AddressQuery>) -> Response {
    if let Ok(Some(_)) = own_address(&visitor).await
        && query.over.is_empty()
    {
        return Redirect::to(&begun(&query)).into_response();
    }
    let refusal = (!query.over.is_empty()).then(|| visitor.voice.say("session-over"));
    let email = if query.again.is_empty() { String::new() } else { sent_to(&visitor, &headers).unwrap_or_default() };
    ok(&AddressPage {
        f: visitor.frame(),
        by_letters: false,
        refusal,
        about: "email",
        suggestion: None,
        email,
        office: query.office,
        service: query.service,
        channel: query.channel,
        challenge: challenge::show(&visitor),
    })
}

/// Where a booking goes on for whom nothing is to be proven.
fn begun(query: &AddressQuery) -> String {
    let AddressQuery { office, service, channel, .. } = query;
    match (office.is_empty() || service.is_empty(), channel.is_empty()) {
        (true, _) => Page::BookService.to_string(),
        (false, true) => Page::Times { office, service }.to_string(),
        (false, false) => match channel_named(channel) {
            Some(way) => Page::Times { office, service }.asking(format_args!("channel={}", name_of(way))),
            None => Page::Times { office, service }.to_string(),
        },
    }
}

/// What the page that asks for an address sends.
#[derive(Debug, Default, Deserialize)]
pub struct AddressForm {
    #[serde(default)]
    email: String,
    #[serde(default)]
    office: String,
    #[serde(default)]
    service: String,
    #[serde(default)]
    channel: String,
    /// The address that was asked about, and is meant so.
    #[serde(default)]
    sure: String,
    /// The address that was meant instead.
    #[serde(default)]
    instead: String,
    /// The answer to the challenge.
    #[serde(flatten)]
    challenge: MailChallengeForm,
}

/// What is said of a form that was not taken.
struct AddressRefusal {
    status: StatusCode,
    sentence: String,
    about: &'static str,
    suggestion: Option<String>,
}

impl AddressRefusal {
    fn wrong(sentence: String, about: &'static str) -> Self {
        Self { status: StatusCode::UNPROCESSABLE_ENTITY, sentence, about, suggestion: None }
    }

    fn shown(self, visitor: &Visitor, form: AddressForm, email: &str) -> Response {
        let shown = AddressPage {
            f: visitor.frame(),
            by_letters: form.challenge.asks_letters(),
            refusal: Some(self.sentence),
            about: self.about,
            suggestion: self.suggestion,
            email: email.chars().take(254).collect(),
            office: form.office,
            service: form.service,
            channel: form.channel,
            challenge: challenge::show(visitor),
        };
        page(self.status, &shown)
    }
}

/// Sends the link.
pub async fn post(OwnForm { visitor, fields: form }: OwnForm<AddressForm>) -> Result<Response, Fault> {
    let given = if form.instead.is_empty() { &form.email } else { &form.instead };
    let voice = visitor.voice;
    let email = match address(given) {
        Ok(email) => email,
        Err(flaw) => {
            let typed = given.trim().to_owned();
            return Ok(AddressRefusal::wrong(voice.say(flaw.sentence()), "email").shown(&visitor, form, &typed));
        }
    };
    let challenge = match form.challenge.solved(&visitor) {
        Ok(challenge) => challenge,
        Err(ChallengeFlaw { field, sentence }) => {
            return Ok(AddressRefusal::wrong(voice.say(sentence), field).shown(&visitor, form, &email));
        }
    };
    if let Some(meant) = likely_meant(&email).filter(|_| form.sure != email && form.instead.is_empty()) {
        let sentence = voice.text("email-meant", "email", &meant);
        let refusal = AddressRefusal { suggestion: Some(meant), ..AddressRefusal::wrong(sentence, "email") };
        return Ok(refusal.shown(&visitor, form, &email));
    }
    let wish = StartLinkWish {
        email: email.clone(),
        office: form.office.clone(),
        service: form.service.clone(),
        channel: channel_named(&form.channel),
        language: voice.0,
        challenge,
    };
    let state = &visitor.state;
    match ask_start_link::run(&state.writer, &state.offices, link_limit(&visitor), wish).await {
        Ok(()) => Ok(sent_page(&visitor, &email)),
        Err(fault) if fault.code == ProblemCode::TooManyRequests => {
            let (status, sentence) = (status_of(fault.code), problem::sentence(&visitor, &fault));
            let refusal = AddressRefusal { status, ..AddressRefusal::wrong(sentence, "email") };
            Ok(refusal.shown(&visitor, form, &email))
        }
        Err(fault) if fault.code == ProblemCode::CommandReused => {
            Ok(AddressRefusal::wrong(voice.say("challenge-used"), "read").shown(&visitor, form, &email))
        }
        Err(fault) => Err(fault),
    }
}

/// To the page that says where the link went. The address stands in a cookie of this browser, not in its history.
fn sent_page(visitor: &Visitor, email: &str) -> Response {
    let cookie = sent_cookie(visitor, email);
    ([(header::SET_COOKIE, cookie)], Redirect::to(&Page::BookSent.to_string())).into_response()
}

/// The `Set-Cookie` that shows on the next page where a link went.
pub fn sent_cookie(visitor: &Visitor, email: &str) -> String {
    visitor.state.cookies().set(SENT_COOKIE, &URL_SAFE_NO_PAD.encode(email), Some(SENT_SECONDS))
}

/// Where a link went a moment ago, from this browser.
pub fn sent_to(visitor: &Visitor, headers: &HeaderMap) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(visitor.state.cookies().read(headers, SENT_COOKIE)?).ok()?;
    String::from_utf8(bytes).ok().filter(|email| is_address(email)).map(|email| readable_address(&email))
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
    let email = sent_to(&visitor, &headers);
    ok(&SentPage { f: visitor.frame(), minutes, email })
}
