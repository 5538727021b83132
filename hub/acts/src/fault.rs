//! Saying no, for every door: a stable code, the time that its sentence speaks of, and a sentence of its own where the
//! code's is not enough.

use std::any::Any;

use access::{NewAccountError, PairingError, PurseRefusal};
use axum_core::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use crew::CrewError;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::ReadError;
use text::{Dates, Voice};
use wire::{Language, MinuteRange, Problem, ProblemCode, Words};
use writer::WriteError;

/// Why a request had no effect. It is kept under a command's id like any other answer, so it holds no language yet.
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
    /// The language of whoever it is about, where a kiosk asked that knows no more than a code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// How long the wait would be, for whoever has to choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<MinuteRange>,
}

impl Fault {
    /// A code and a time.
    pub const fn at(code: ProblemCode, at: Option<DateTime<Utc>>) -> Self {
        Self { code, at, words: None, place: None, language: None, wait: None }
    }

    /// A request that is not understood, and where.
    pub const fn malformed(place: String) -> Self {
        Self { code: ProblemCode::Malformed, at: None, words: None, place: Some(place), language: None, wait: None }
    }

    /// So much of the kind is on the way that this one was not begun: the next moment it will be.
    pub fn in_a_moment() -> Self {
        let words = text::both(|voice| voice.say("in-a-moment"));
        Self { words: Some(words), ..ProblemCode::Unavailable.into() }
    }

    /// More was asked from one network, by one device or in one session than it may in so short a time.
    pub fn too_fast(refusal: PurseRefusal) -> Self {
        let words = text::both(|voice| voice.count("too-fast", refusal.seconds));
        Self { words: Some(words), ..ProblemCode::TooManyRequests.into() }
    }

    /// A form that was not sent from a page of this hub, or of which nobody says from where it was.
    pub fn of_foreign_form(sentence: &str) -> Self {
        Self { words: Some(text::both(|voice| voice.say(sentence))), ..ProblemCode::NotAllowed.into() }
    }

    /// The problem as it is sent.
    pub fn problem(&self, language: Language, zone: Tz, now: DateTime<Utc>) -> Problem {
        let name = self.code.name();
        let detail = match &self.words {
            Some(words) => words.in_language(language).to_owned(),
            None => text::problem(self.code, self.at, now, Dates { voice: Voice(language), zone, now }),
        };
        let title = match &self.place {
            Some(place) => format!("{name}: {place}"),
            None => name.clone(),
        };
        let r#type = format!("urn:seira:problem:{name}");
        Problem {
            r#type,
            title,
            status: self.code.status(),
            detail,
            code: self.code,
            at: self.at,
            language: self.language,
            wait: self.wait,
        }
    }
}

/// What is answered where a handler breaks off.
pub fn broken(_: Box<dyn Any + Send>) -> Response {
    Fault::from(ProblemCode::InternalError).into_response()
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
            WriteError::Broken => ProblemCode::InternalError,
            WriteError::SetAside => ProblemCode::OfficeSetAside,
            WriteError::CommandReused => ProblemCode::CommandReused,
            WriteError::UnknownOffice => ProblemCode::NotFound,
        }
        .into()
    }
}

impl From<CrewError> for Fault {
    fn from(error: CrewError) -> Self {
        match error {
            CrewError::Busy => Self::in_a_moment(),
            CrewError::Broken => ProblemCode::Unavailable.into(),
        }
    }
}

impl From<ReadError> for Fault {
    fn from(ReadError: ReadError) -> Self {
        ProblemCode::Unavailable.into()
    }
}

impl From<NewAccountError> for Fault {
    fn from(error: NewAccountError) -> Self {
        match error {
            NewAccountError::NameTaken | NewAccountError::BadName => Self::malformed(format!("name: {error}")),
            NewAccountError::Write(error) => error.into(),
        }
    }
}

impl From<PairingError> for Fault {
    fn from(error: PairingError) -> Self {
        match error {
            PairingError::Unknown => ProblemCode::UnknownCode.into(),
            PairingError::WordsMissing => Self::malformed("words".to_owned()),
            PairingError::TooMany => ProblemCode::TooManyRequests.into(),
            PairingError::Write(error) => error.into(),
        }
    }
}

impl IntoResponse for Fault {
    /// The code's status alone: each door has a layer of its own that writes the body when it knows the reader's language.
    fn into_response(self) -> Response {
        let mut response = StatusCode::from_u16(self.code.status()).unwrap_or_default().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
