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
    asking::{HouseCall, HouseDoor},
    memory::{Lookalike, REGISTER_TOKEN},
    mood::Mood,
};

/// Its one question.
pub fn pages() -> Router<Lookalike> {
    Router::new().route("/register", routing::post(answer))
}

/// How it is asked.
const DOOR: HouseDoor = HouseDoor {
    name: "register",
    token: REGISTER_TOKEN,
    troubles: [Mood::RegisterSilent, Mood::RegisterFails, Mood::RegisterPage],
    unread: StatusCode::BAD_REQUEST,
};

#[derive(Deserialize)]
struct RegisterCall {
    tax_number: String,
}

async fn answer(State(lookalike): State<Lookalike>, headers: HeaderMap, body: String) -> Response {
    let call = match DOOR.read(&lookalike, &headers, &body).await {
        Ok(call) => call,
        Err(answer) => return *answer,
    };
    let HouseCall { asked: RegisterCall { tax_number }, .. } = call;
    let said = match tax_number.as_str() {
        "068933130" => serde_json::json!({ "answer": "yes" }),
        "731385437" => serde_json::json!({ "answer": "later", "ask_again_on": "2026-12-01" }),
        _ => serde_json::json!({ "answer": "no" }),
    };
    axum::Json(said).into_response()
}
