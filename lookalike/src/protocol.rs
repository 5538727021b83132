//! A body's protocol system: gives each request its official number, the same as often as it is asked about.

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing,
};
use serde::Deserialize;

use crate::{
    asking::{HUGE_BYTES, HouseCall, HouseDoor},
    memory::{Lookalike, PROTOCOL_TOKEN},
    mood::Mood,
};

/// The number that its first request gets.
const FIRST: usize = 1001;

/// Its one question.
pub fn pages() -> Router<Lookalike> {
    Router::new().route("/protocol", routing::post(answer))
}

/// How it is asked.
const DOOR: HouseDoor = HouseDoor {
    name: "protocol",
    token: PROTOCOL_TOKEN,
    troubles: [Mood::ProtocolSilent, Mood::ProtocolFails, Mood::ProtocolPage],
    unread: StatusCode::UNPROCESSABLE_ENTITY,
};

#[derive(Deserialize)]
struct ProtocolCall {
    request: String,
    submitted_at: String,
}

async fn answer(State(lookalike): State<Lookalike>, headers: HeaderMap, body: String) -> Response {
    let call = match DOOR.read(&lookalike, &headers, &body).await {
        Ok(call) => call,
        Err(answer) => return *answer,
    };
    let HouseCall { mood, asked: ProtocolCall { request, submitted_at }, .. } = call;
    let key = headers.get("idempotency-key").and_then(|value| value.to_str().ok());
    if key != Some(request.as_str()) {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let year: String = submitted_at.chars().take(4).collect();
    let nth = FIRST + lookalike.memory().numbered(&request);
    // A number that it gives to nobody in another mood.
    let nth = if mood == Mood::ProtocolTwice { FIRST - 1 } else { nth };
    let number = if mood == Mood::ProtocolWrong { "<b>1001</b>".to_owned() } else { format!("ΑΠ {nth}/{year}") };
    let about = if mood == Mood::ProtocolMixed { "00000000-0000-4000-8000-0000000000ff".to_owned() } else { request };
    let filling = if mood == Mood::ProtocolHuge { "x".repeat(HUGE_BYTES) } else { String::new() };
    if mood == Mood::ProtocolElsewhere {
        return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/oauth2server/elsewhere")]).into_response();
    }
    axum::Json(serde_json::json!({ "request": about, "number": number, "filling": filling })).into_response()
}
