//! TAXISnet: its page where people sign in, its cookie, its tokens and profiles, its way out.

use std::collections::HashMap;

use axum::{
    Form, Router,
    extract::{Path, Query, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing,
};
use serde::Deserialize;
use url::Url;

use crate::{
    asking::HUGE_BYTES,
    memory::{BrowserVisit, CLIENT, Code, Lookalike, SECRET, draw},
    mood::Mood,
    page,
    people::{self, PASSWORD, SamplePerson},
};

const COOKIE: &str = "lookalike-sso";

/// Its pages and its answers to programs.
pub fn pages() -> Router<Lookalike> {
    Router::new()
        .route("/oauth2server/oauth/authorize", routing::get(authorize).post(approve))
        .route("/oauth2server/login", routing::post(sign_in))
        .route("/oauth2server/oauth/token", routing::post(token))
        .route("/oauth2server/userinfo", routing::get(userinfo))
        .route("/oauth2server/logout/{client}/", routing::get(sign_out))
}

/// What a hub asks with.
#[derive(Debug, Deserialize)]
struct SignInErrand {
    response_type: String,
    client_id: String,
    redirect_uri: String,
    state: Option<String>,
}

impl SignInErrand {
    fn read(asked: &str) -> Option<Self> {
        let asking: Self = Query::try_from_uri(&format!("/?{asked}").parse().ok()?).ok().map(|Query(asking)| asking)?;
        (asking.response_type == "code" && asking.client_id == CLIENT).then_some(asking)
    }

    /// Leads back to the hub.
    fn back(&self, mood: Mood, said: (&str, &str)) -> Response {
        let Ok(mut url) = Url::parse(&self.redirect_uri) else {
            return wrong("Η διεύθυνση επιστροφής δεν είναι έγκυρη.");
        };
        url.query_pairs_mut().append_pair(said.0, said.1);
        let state = self.state.as_ref().filter(|_| mood != Mood::NoState);
        if let Some(state) = state {
            let other = draw();
            let state = if mood == Mood::WrongState { &other } else { state };
            url.query_pairs_mut().append_pair("state", state);
        }
        Redirect::to(url.as_str()).into_response()
    }
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    let all = headers.get(header::COOKIE)?.to_str().ok()?;
    all.split(';').find_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('=')).map(str::to_owned)
}

fn wrong(said: &str) -> Response {
    (StatusCode::BAD_REQUEST, page::wrong(said)).into_response()
}

async fn authorize(State(lookalike): State<Lookalike>, RawQuery(asked): RawQuery, headers: HeaderMap) -> Response {
    let asked = asked.unwrap_or_default();
    let Some(asking) = SignInErrand::read(&asked) else {
        return wrong("Η εφαρμογή δεν είναι γνωστή.");
    };
    lookalike.memory().note("authorize", &asked);
    let mood = lookalike.memory().mood;
    if mood == Mood::Declined {
        return asking.back(mood, ("error", "access_denied"));
    }
    let visit = cookie(&headers).and_then(|cookie| lookalike.memory().browsers.get(&cookie).copied());
    match visit {
        None => page::sign_in(&asked, None).into_response(),
        // Whoever has let it know once is not asked again, and that is why signing out goes through here.
        Some(BrowserVisit { person, lets_know: true }) => lead_back(&lookalike, &asking, person),
        Some(BrowserVisit { person, lets_know: false }) => page::consent(&asked, person).into_response(),
    }
}

fn lead_back(lookalike: &Lookalike, asking: &SignInErrand, person: &'static SamplePerson) -> Response {
    let code = draw();
    let mut memory = lookalike.memory();
    memory.codes.insert(code.clone(), Code { person, redirect: asking.redirect_uri.clone() });
    asking.back(memory.mood, ("code", &code))
}

#[derive(Debug, Deserialize)]
struct SignIn {
    asked: String,
    username: String,
    password: String,
}

async fn sign_in(State(lookalike): State<Lookalike>, Form(form): Form<SignIn>) -> Response {
    let SignIn { asked, username, password } = form;
    let Some(person) = people::of(username.trim()).filter(|_| password == PASSWORD) else {
        return page::sign_in(&asked, Some("Λάθος όνομα χρήστη ή κωδικός.")).into_response();
    };
    let cookie = draw();
    lookalike.memory().browsers.insert(cookie.clone(), BrowserVisit { person, lets_know: false });
    let set = format!("{COOKIE}={cookie}; Path=/; HttpOnly; SameSite=Lax");
    ([(header::SET_COOKIE, set)], page::consent(&asked, person)).into_response()
}

#[derive(Debug, Deserialize)]
struct Approval {
    asked: String,
    user_oauth_approval: String,
}

async fn approve(State(lookalike): State<Lookalike>, headers: HeaderMap, Form(form): Form<Approval>) -> Response {
    let Some(asking) = SignInErrand::read(&form.asked) else {
        return wrong("Η εφαρμογή δεν είναι γνωστή.");
    };
    let Some(cookie) = cookie(&headers) else { return page::sign_in(&form.asked, None).into_response() };
    if form.user_oauth_approval != "true" {
        let mood = lookalike.memory().mood;
        return asking.back(mood, ("error", "access_denied"));
    }
    let visit = lookalike.memory().browsers.get_mut(&cookie).map(|visit| {
        visit.lets_know = true;
        *visit
    });
    match visit {
        Some(visit) => lead_back(&lookalike, &asking, visit.person),
        None => page::sign_in(&form.asked, None).into_response(),
    }
}

async fn sign_out(
    State(lookalike): State<Lookalike>,
    Path(client): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    lookalike.memory().note("logout", &client);
    if let Some(cookie) = cookie(&headers) {
        lookalike.memory().browsers.remove(&cookie);
    }
    let gone = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    match query.get("url") {
        Some(url) if client == CLIENT => ([(header::SET_COOKIE, gone)], Redirect::to(url)).into_response(),
        Some(_) | None => wrong("Η εφαρμογή δεν είναι γνωστή."),
    }
}

fn labelled(kind: &'static str, body: impl Into<axum::body::Body>) -> Response {
    ([(header::CONTENT_TYPE, kind)], body.into()).into_response()
}

async fn token(State(lookalike): State<Lookalike>, Form(form): Form<HashMap<String, String>>) -> Response {
    let said = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let mood = lookalike.memory().mood;
    lookalike.memory().note("token", said("code"));
    let troubles = [Mood::TokenSilent, Mood::TokenFails, Mood::TokenPage];
    if let Some(answer) = mood.trouble(troubles).await {
        return answer;
    }
    if mood == Mood::TokenElsewhere {
        return Redirect::temporary("/oauth2server/elsewhere").into_response();
    }
    let is_client = said("client_id") == CLIENT && said("client_secret") == SECRET;
    // A code is good once.
    let code = lookalike.memory().codes.remove(said("code")).filter(|code| code.redirect == said("redirect_uri"));
    let Some(code) = code.filter(|_| is_client && said("grant_type") == "authorization_code") else {
        let (status, error) = if is_client { (400, "invalid_grant") } else { (401, "invalid_client") };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        return (status, axum::Json(serde_json::json!({ "error": error }))).into_response();
    };
    let token = draw();
    lookalike.memory().tokens.insert(token.clone(), code.person);
    let life = if mood == Mood::TextExpiry { serde_json::json!("3600") } else { serde_json::json!(3600) };
    let token = if mood == Mood::HugeToken { "a".repeat(HUGE_BYTES) } else { token };
    let answer = serde_json::json!({
        "access_token": token, "token_type": "bearer", "refresh_token": draw(), "expires_in": life, "scope": "read",
    });
    labelled(if mood == Mood::WrongLabels { "text/html" } else { "application/json;charset=UTF-8" }, answer.to_string())
}

async fn userinfo(State(lookalike): State<Lookalike>, headers: HeaderMap) -> Response {
    let mood = lookalike.memory().mood;
    lookalike.memory().note("userinfo", "");
    let troubles = [Mood::PersonSilent, Mood::PersonFails, Mood::PersonPage];
    if let Some(answer) = mood.trouble(troubles).await {
        return answer;
    }
    if mood == Mood::PersonElsewhere {
        return Redirect::temporary("/oauth2server/elsewhere").into_response();
    }
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let person = token.and_then(|token| lookalike.memory().tokens.get(token).copied());
    let Some(person) = person else { return StatusCode::UNAUTHORIZED.into_response() };
    labelled(
        if mood == Mood::WrongLabels { "application/json" } else { "text/xml;charset=UTF-8" },
        profile(person, mood),
    )
}

fn profile(person: &SamplePerson, mood: Mood) -> String {
    let said = |value: &str| {
        let plain = if mood == Mood::Nulls { "null" } else { value };
        let padded = !matches!(mood, Mood::Nulls | Mood::Unpadded);
        let filled = if padded { format!("{plain}   ") } else { plain.to_owned() };
        if mood == Mood::Empty { String::new() } else { filled }
    };
    let taxid = if mood == Mood::WrongTaxNumber { "068933131" } else { person.tax_number };
    // A document type, and the name in which it is used.
    let (kind, entity) = if mood == Mood::Doctype {
        ("<!DOCTYPE root [<!ENTITY file SYSTEM \"file:///etc/hostname\">]>", Some("&file;"))
    } else if mood == Mood::Laughs {
        let kind = "<!DOCTYPE root [<!ENTITY a \"ΧΑΧΑΧΑΧΑΧΑ\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
        (kind, Some("&b;"))
    } else {
        ("", None)
    };
    let first_name = entity.map_or_else(|| said(person.first_name), str::to_owned);
    let first = if mood == Mood::Missing { String::new() } else { format!("firstname=\"{first_name}\" ") };
    let filling = if mood == Mood::Huge { format!("<!--{}-->", " ".repeat(HUGE_BYTES)) } else { String::new() };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>{kind}<root>{filling}<userinfo userid=\"{}\" taxid=\"{}\" lastname=\"{}\" \
         {first}fathername=\"{}\" mothername=\"{}\" birthyear=\"1950\"/></root>",
        said(&format!("User{taxid}")),
        said(taxid),
        said(person.last_name),
        said("ΓΕΩΡΓΙΟΣ"),
        said("ΑΝΝΑ"),
    )
}
