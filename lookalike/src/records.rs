//! A body's register of citizens' records: what the look-alike's people owe, and which of their matters are pending.

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    asking::{HUGE_BYTES, HouseCall, HouseDoor},
    memory::{Lookalike, RECORDS_TOKEN},
    mood::Mood,
};

/// As of when it knows what it knows: a day that is long past wherever a demo's clock stands.
const AS_OF: &str = "2026-11-01T05:00:00Z";

/// Its one question.
pub fn pages() -> Router<Lookalike> {
    Router::new().route("/records", routing::post(answer))
}

/// How it is asked.
const DOOR: HouseDoor = HouseDoor {
    name: "records",
    token: RECORDS_TOKEN,
    troubles: [Mood::RecordsSilent, Mood::RecordsFails, Mood::RecordsPage],
    unread: StatusCode::UNPROCESSABLE_ENTITY,
};

#[derive(Deserialize)]
struct RecordsCall {
    tax_number: String,
}

async fn answer(State(lookalike): State<Lookalike>, headers: HeaderMap, body: String) -> Response {
    let call = match DOOR.read(&lookalike, &headers, &body).await {
        Ok(call) => call,
        Err(answer) => return *answer,
    };
    let HouseCall { mood, audit, asked: RecordsCall { tax_number } } = call;
    if mood == Mood::RecordsElsewhere {
        return (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/oauth2server/elsewhere")]).into_response();
    }
    let (mut debts, pending) = known_of(&tax_number);
    if mood == Mood::RecordsWrong {
        debts.push(json!({ "about": "Τέλη", "amount_cents": -1 }));
    }
    let transaction =
        if mood == Mood::RecordsMixed { "00000000-0000-4000-8000-0000000000ff" } else { audit.transaction() };
    let filling = if mood == Mood::RecordsHuge { "x".repeat(HUGE_BYTES) } else { String::new() };
    axum::Json(json!({
        "transaction": transaction, "as_of": AS_OF, "debts": debts, "pending": pending, "filling": filling,
    }))
    .into_response()
}

/// What it knows of somebody, by their tax number: two debts and a matter of `nikos`, a matter of `maria`, and of others nothing.
fn known_of(tax_number: &str) -> (Vec<Value>, Vec<Value>) {
    match tax_number {
        "660074100" => (
            vec![
                json!({ "about": "Τέλη καθαριότητας 2026", "amount_cents": 12_050, "due": "2026-12-31",
                    "reference": "Β-77/2026" }),
                json!({ "about": "Πρόστιμο στάθμευσης", "amount_cents": 4_000 }),
            ],
            vec![json!({ "about": "Άδεια κοπής δέντρου", "stands": "Αναμένεται αυτοψία", "since": "2026-10-12",
                "reference": "4411/2026" })],
        ),
        "068933130" => (
            Vec::new(),
            vec![json!({ "about": "Άδεια κατάληψης πεζοδρομίου", "stands": "Σε έλεγχο", "since": "2026-09-03" })],
        ),
        _ => (Vec::new(), Vec::new()),
    }
}
