//! The register of staff: who of the look-alike's people is a public employee.

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing,
};
use serde::Deserialize;

use crate::{
    asking::{Audit, bears},
    memory::{Lookalike, REGISTER_TOKEN},
    mood::Mood,
};

/// Its one question.
pub fn pages() -> Router<Lookalike> {
    Router::new().route("/register", routing::post(answer))
}

#[derive(Deserialize)]
struct RegisterCall {
    audit: Audit,
    tax_number: String,
}

async fn answer(State(lookalike): State<Lookalike>, headers: HeaderMap, body: String) -> Response {
    let mood = lookalike.memory().mood;
    lookalike.memory().note("register", &body);
    let troubles = [Mood::RegisterSilent, Mood::RegisterFails, Mood::RegisterPage];
    if let Some(answer) = mood.trouble(troubles).await {
        return answer;
    }
    if !bears(&headers, REGISTER_TOKEN) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Ok(RegisterCall { audit, tax_number }) = serde_json::from_str(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    if !audit.is_whole() {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let said = match tax_number.as_str() {
        "068933130" => serde_json::json!({ "answer": "yes" }),
        "731385437" => serde_json::json!({ "answer": "later", "ask_again_on": "2026-12-01" }),
        _ => serde_json::json!({ "answer": "no" }),
    };
    axum::Json(said).into_response()
}
