//! Saying no: `application/problem+json` (RFC 9457), in the reader's language.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use wire::{Language, Problem, ProblemCode, Words};

use crate::{
    error::{ReadError, WriteError},
    state::AppState,
    text::{self, Dates, Voice},
};

/// Why the API says no. It is kept under a command's id like any other answer, so it holds no language yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The stable code.
    pub code: ProblemCode,
    /// The time that the sentence speaks of.
    pub at: Option<DateTime<Utc>>,
    /// A sentence of its own, where the code's is not enough.
    pub words: Option<Words>,
    /// For programmers: where the request is wrong.
    pub place: Option<String>,
}

impl Fault {
    /// A code and a time.
    pub const fn at(code: ProblemCode, at: Option<DateTime<Utc>>) -> Self {
        Self { code, at, words: None, place: None }
    }

    /// A request that is not understood, and where.
    pub const fn malformed(place: String) -> Self {
        Self { code: ProblemCode::Malformed, at: None, words: None, place: Some(place) }
    }

    /// The problem as it is sent.
    pub fn problem(&self, language: Language, zone: Tz, now: DateTime<Utc>) -> Problem {
        let name = name(self.code);
        let detail = match &self.words {
            Some(words) => words.in_language(language).to_owned(),
            None => text::problem(self.code, self.at, now, Dates { voice: Voice(language), zone }),
        };
        let title = match &self.place {
            Some(place) => format!("{name}: {place}"),
            None => name.clone(),
        };
        let r#type = format!("urn:seira:problem:{name}");
        Problem { r#type, title, status: status(self.code).as_u16(), detail, code: self.code, at: self.at }
    }
}

impl From<ProblemCode> for Fault {
    fn from(code: ProblemCode) -> Self {
        Self::at(code, None)
    }
}

impl From<WriteError> for Fault {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::StorageFull => ProblemCode::StorageFull,
            WriteError::Unavailable => ProblemCode::Unavailable,
            WriteError::CommandReused => ProblemCode::CommandReused,
            WriteError::UnknownOffice => ProblemCode::NotFound,
        }
        .into()
    }
}

impl From<ReadError> for Fault {
    fn from(ReadError: ReadError) -> Self {
        ProblemCode::Unavailable.into()
    }
}

impl IntoResponse for Fault {
    /// The code's status; [`render_faults`] writes the body when it knows the reader's language.
    fn into_response(self) -> Response {
        let mut response = status(self.code).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The code's name on the wire, e.g. `slot-taken`.
pub fn name(code: ProblemCode) -> String {
    serde_json::to_value(code).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The status of a code.
pub const fn status(code: ProblemCode) -> StatusCode {
    use ProblemCode as Code;
    match code {
        Code::Malformed => StatusCode::BAD_REQUEST,
        Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::NotSignedIn => StatusCode::UNAUTHORIZED,
        Code::NotAllowed => StatusCode::FORBIDDEN,
        Code::NotFound | Code::UnknownCode | Code::UnknownService | Code::UnknownDesk | Code::UnknownVisit => {
            StatusCode::NOT_FOUND
        }
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
        Code::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
        Code::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::SlotInPast | Code::SlotNotOffered | Code::ReasonNeeded | Code::Configuration => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Code::CommandReused
        | Code::OtherOffice
        | Code::OtherDay
        | Code::BookingCancelled
        | Code::BookingVoid
        | Code::BookingExpired
        | Code::BookingMissed
        | Code::LateChoiceNeeded
        | Code::SlotTaken
        | Code::TooManyHolds
        | Code::TooManyBookings
        | Code::AgentDayFull
        | Code::AgentsShareFull
        | Code::ChangeTooLate
        | Code::OfficeClosed
        | Code::TicketsClosed
        | Code::Suspended
        | Code::BookingRequired
        | Code::NoTimeLeft
        | Code::TooManyTickets
        | Code::DeskClosed
        | Code::DeskOnBreak
        | Code::DeskTaken
        | Code::DeskBusy
        | Code::DeskHoldsAnother
        | Code::NobodyNext
        | Code::NoteFirst
        | Code::NotCallable
        | Code::NotServedHere
        | Code::NotCalledHere
        | Code::RecallTooSoon
        | Code::RecallFirst
        | Code::TooLateToUndo => StatusCode::CONFLICT,
    }
}

/// The reader's language, by `Accept-Language`; Greek unless English is named first.
pub fn language_of(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let known = accepted.split(',').map(|tag| tag.trim().get(..2).unwrap_or_default());
    let mut known = known;
    known.find_map(text::spoken).unwrap_or_default()
}

/// Gives every refusal under `/api/` its body, also those of the router itself.
pub async fn render_faults(state: &AppState, request: Request, next: Next) -> Response {
    let language = language_of(request.headers());
    let path = request.uri().path();
    if !path.starts_with("/api/") && !path.ends_with("/feed") {
        return next.run(request).await;
    }
    let office = path.strip_prefix("/api/v1/offices/").and_then(|rest| rest.split('/').next());
    let zone = office.and_then(|key| state.office(key)).and_then(|office| office.config(|config| config.zone));
    let response = next.run(request).await;
    let fault = match response.extensions().get::<Fault>() {
        Some(fault) => fault.clone(),
        None => match of_router(response.status()) {
            Some(code) if !is_json(&response) => code.into(),
            Some(_) | None => return response,
        },
    };
    let problem = fault.problem(language, zone.unwrap_or(chrono_tz::Europe::Athens), state.clock.now());
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut answer = (status(fault.code), body).into_response();
    answer
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json; charset=utf-8"));
    answer.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    if fault.code == ProblemCode::TooManyRequests {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
    }
    if let Some(allow) = response.headers().get(header::ALLOW) {
        answer.headers_mut().insert(header::ALLOW, allow.clone());
    }
    answer
}

fn is_json(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/json"))
}

fn of_router(status: StatusCode) -> Option<ProblemCode> {
    match status {
        StatusCode::NOT_FOUND => Some(ProblemCode::NotFound),
        StatusCode::METHOD_NOT_ALLOWED => Some(ProblemCode::MethodNotAllowed),
        StatusCode::PAYLOAD_TOO_LARGE => Some(ProblemCode::TooLarge),
        StatusCode::REQUEST_TIMEOUT | StatusCode::INTERNAL_SERVER_ERROR | StatusCode::SERVICE_UNAVAILABLE => {
            Some(ProblemCode::Unavailable)
        }
        status if status.is_client_error() => Some(ProblemCode::Malformed),
        _ => None,
    }
}
