//! The body's own protocol system: asked for the official number of a request, as often as it takes, under the request's own
//! id, so that one request never takes two numbers.

use body::OutsideNumber;
use chrono::{DateTime, SecondsFormat, Utc};
use identity::UnreadCause;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::door::{AuditWords, OutsideDoor, OutsideFault};

/// For which request a number is asked. Who submitted it and what they wrote is not said: the number is of the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberQuestion {
    /// The request, by the id under which its question is known again.
    pub request: Uuid,
    /// The account that submitted it, by its number.
    pub end_user: String,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// The number that stands on its receipt until then.
    pub provisional: String,
    /// Key of its category.
    pub category: String,
    /// Name of its category, in Greek: what it is about, for whoever keeps the protocol.
    pub subject: String,
    /// Key of the unit that works on it.
    pub unit: String,
}

/// The question as it is sent.
#[derive(Serialize)]
struct ProtocolQuestion<'a> {
    audit: AuditWords<'a>,
    request: Uuid,
    submitted_at: String,
    provisional: &'a str,
    category: &'a str,
    subject: &'a str,
    unit: &'a str,
}

/// An answer as it comes.
#[derive(Deserialize)]
struct WrittenNumber {
    request: Uuid,
    number: String,
}

/// The protocol system, as the hub speaks to it.
#[derive(Debug, Clone)]
pub struct ProtocolSystem(pub(crate) OutsideDoor);

impl ProtocolSystem {
    /// The official number of a request.
    ///
    /// # Errors
    /// [`OutsideFault`]: it is away, says no, or what it says is no number of this request.
    pub async fn number(&self, question: &NumberQuestion) -> Result<OutsideNumber, OutsideFault> {
        let written = ProtocolQuestion {
            audit: self.0.audit(question.request, &question.end_user),
            request: question.request,
            submitted_at: question.submitted_at.to_rfc3339_opts(SecondsFormat::Secs, true),
            provisional: &question.provisional,
            category: &question.category,
            subject: &question.subject,
            unit: &question.unit,
        };
        let answer: WrittenNumber = self.0.ask(question.request, &written).await?;
        read(&answer, question.request)
    }
}

/// What an answer says: a number, and of that very request.
fn read(answer: &WrittenNumber, request: Uuid) -> Result<OutsideNumber, OutsideFault> {
    let wrong = OutsideFault::Unreadable(UnreadCause::Value);
    if answer.request != request {
        return Err(wrong);
    }
    answer.number.parse().map_err(|_| wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pet_02_an_answer_about_another_request_or_without_a_number_is_none() {
        let request = Uuid::from_u128(7);
        let said = |request: u128, number: &str| {
            let answer = WrittenNumber { request: Uuid::from_u128(request), number: number.to_owned() };
            read(&answer, Uuid::from_u128(7)).map(|number| number.to_string())
        };
        assert_eq!(said(7, " ΑΠ 12/2026 "), Ok("ΑΠ 12/2026".to_owned()));
        let wrong = Err(OutsideFault::Unreadable(UnreadCause::Value));
        assert_eq!(said(8, "12/2026"), wrong);
        for number in ["", "null", "<b>1</b>", "1\u{202e}2"] {
            assert_eq!(said(7, number), wrong, "{number}");
        }
        assert!(serde_json::from_str::<WrittenNumber>("{\"request\":\"x\",\"number\":\"1\"}").is_err());
        assert_eq!(request.to_string(), "00000000-0000-0000-0000-000000000007");
    }
}
