//! What the look-alike's registers want of whoever asks: a token, and who asks, why and for whom.

use axum::{
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{memory::Lookalike, mood::Mood};

/// What a huge answer is filled with, in bytes.
pub const HUGE_BYTES: usize = 5 * 1024 * 1024;

/// Without these nobody is told anything.
#[derive(Deserialize)]
pub struct Audit {
    transaction: String,
    reason: String,
    unit: String,
    end_user: String,
}

impl Audit {
    /// Whether all of it is said.
    fn is_whole(&self) -> bool {
        [&self.transaction, &self.reason, &self.unit, &self.end_user].iter().all(|said| !said.trim().is_empty())
    }

    /// The number of the question.
    pub fn transaction(&self) -> &str {
        &self.transaction
    }
}

/// One of the houses, and how it is asked.
pub struct HouseDoor {
    /// What a call is noted under.
    pub name: &'static str,
    /// The token that it wants.
    pub token: &'static str,
    /// The moods in which it says nothing, fails, or answers with a page for people.
    pub troubles: [Mood; 3],
    /// What it answers to what it cannot read.
    pub unread: StatusCode,
}

/// A call that a house has read.
pub struct HouseCall<T> {
    /// In what mood the house is.
    pub mood: Mood,
    /// Who asks, why and for whom.
    pub audit: Audit,
    /// The question itself, of the register that is played.
    pub asked: T,
}

/// The JSON of a call, before its mood is known.
#[derive(Deserialize)]
struct WrittenCall<T> {
    audit: Audit,
    #[serde(flatten)]
    asked: T,
}

impl HouseDoor {
    /// Notes a call and reads it; or what is answered instead.
    pub async fn read<T: DeserializeOwned>(
        &self,
        lookalike: &Lookalike,
        headers: &HeaderMap,
        body: &str,
    ) -> Result<HouseCall<T>, Box<Response>> {
        let refused = |status: StatusCode| Box::new(status.into_response());
        let mood = lookalike.memory().mood;
        lookalike.memory().note(self.name, body);
        if let Some(answer) = mood.trouble(self.troubles).await {
            return Err(Box::new(answer));
        }
        if !bears(headers, self.token) {
            return Err(refused(StatusCode::UNAUTHORIZED));
        }
        match serde_json::from_str(body) {
            Ok(WrittenCall { audit, asked }) if audit.is_whole() => Ok(HouseCall { mood, audit, asked }),
            Ok(_) | Err(_) => Err(refused(self.unread)),
        }
    }
}

/// Whether a token came along.
fn bears(headers: &HeaderMap, token: &str) -> bool {
    let said = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    said == Some(token)
}
