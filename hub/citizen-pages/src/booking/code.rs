//! A code to the address that somebody has today, before everything kept of them is shown in one piece or erased (FLD-23): the
//! link alone may lie in an old mail.

use acts::{
    BookingName, Fault,
    enter_code::{self, CodeEntry},
    send_code::{self, CODE_MINUTES, CodeWish},
};
use askama::Template;
use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use chrono::TimeDelta;
use paths::Page;
use secrets::{data_proof, is_data_proof};
use serde::Deserialize;
use stationery::{
    badge_cookies::DATA_COOKIE,
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    problem::{self, status_of},
    state::Pages,
    visitor::{Visitor, link_limit},
};
use wire::ProblemCode;

use super::{BookingPaths, CodeGoal, linked::LinkedBooking};

/// Time to read, to take along and to decide.
const PROOF_MINUTES: i64 = 15;

/// What the browser has of a typed code, if anything.
#[derive(Debug)]
pub struct CodeProof(Option<String>);

impl FromRequestParts<Pages> for CodeProof {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &Pages) -> Result<Self, Self::Rejection> {
        Ok(Self(state.cookies().read(&parts.headers, DATA_COOKIE).map(str::to_owned)))
    }
}

impl CodeProof {
    /// Whether the code was typed in this browser a short while ago.
    pub fn is_of(&self, visitor: &Visitor, linked: &LinkedBooking) -> bool {
        let (state, link) = (&visitor.state, linked.paths.link());
        self.0.as_deref().is_some_and(|proof| is_data_proof(&state.key, proof, link, state.clock.now()))
    }
}

/// Where the code is asked for and typed.
#[derive(Debug, Deserialize)]
pub struct CodeQuery {
    #[serde(default)]
    to: CodeGoal,
    #[serde(default)]
    sent: String,
}

#[derive(Template)]
#[template(path = "booking/code.html")]
struct CodeEntryPage {
    f: Frame,
    paths: BookingPaths,
    refusal: Option<String>,
    goal: CodeGoal,
    /// Where the code goes, with most of it hidden; none where no address is known.
    email: Option<String>,
    /// One was sent just now.
    sent: bool,
    minutes: String,
}

async fn show(
    visitor: &Visitor,
    linked: &LinkedBooking,
    (goal, sent): (CodeGoal, bool),
    refusal: Option<(StatusCode, String)>,
) -> Response {
    let record = linked.record(visitor).await;
    let email = Some(linked.email(visitor, record.as_ref()).await).filter(|email| !email.is_empty());
    let paths = linked.paths.clone();
    let (status, refusal) = refusal.unzip();
    // Only of what was typed is the field wrong.
    let wrong = (status == Some(StatusCode::UNPROCESSABLE_ENTITY)).then_some("code");
    let f = visitor.frame().at(paths.code(goal)).marking(wrong);
    let email = email.as_deref().map(hidden);
    page(
        status.unwrap_or_default(),
        &CodeEntryPage { f, paths, refusal, goal, email, sent, minutes: CODE_MINUTES.to_string() },
    )
}

/// An address of which its owner knows the rest: `m…@example.gr`.
fn hidden(email: &str) -> String {
    let (local, domain) = email.rsplit_once('@').unwrap_or((email, ""));
    let first: String = local.chars().take(1).collect();
    format!("{first}…@{domain}")
}

/// Asks for a code, or for what it was.
pub async fn get(
    visitor: Visitor,
    PagePath(link): PagePath<String>,
    PageQuery(query): PageQuery<CodeQuery>,
) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    Ok(show(&visitor, &linked, (query.to, !query.sent.is_empty()), None).await)
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath(link): PagePath<String>) -> Redirect {
    Redirect::to(&Page::BookingCode { link: &link }.to_string())
}

/// For what a code is to be sent.
#[derive(Debug, Deserialize)]
pub struct CodeSendForm {
    #[serde(default)]
    to: CodeGoal,
}

/// Has a code sent.
pub async fn send(
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<CodeSendForm>,
) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    let wish = CodeWish { booking: BookingName::Number(linked.booking.id), holder: linked.holder };
    match send_code::run(linked.turn(&visitor), link_limit(&visitor), wish).await {
        Ok(()) => Ok(Redirect::to(&format!("{}&sent=1", linked.paths.code(fields.to))).into_response()),
        Err(fault) => {
            let refusal = (status_of(fault.code), problem::sentence(&visitor, &fault));
            Ok(show(&visitor, &linked, (fields.to, false), Some(refusal)).await)
        }
    }
}

/// What was typed.
#[derive(Debug, Deserialize)]
pub struct CodeForm {
    #[serde(default)]
    to: CodeGoal,
    #[serde(default)]
    code: String,
}

/// Judges the code, and goes on.
pub async fn post(
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<CodeForm>,
) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    let person = linked.person().ok_or(ProblemCode::NotFound)?;
    let state = &visitor.state;
    let entry = CodeEntry { person, holder: linked.holder, code: fields.code };
    if !enter_code::run(&state.ledger, &state.key, entry).await? {
        let refusal = (StatusCode::UNPROCESSABLE_ENTITY, visitor.voice.say("code-wrong"));
        return Ok(show(&visitor, &linked, (fields.to, true), Some(refusal)).await);
    }
    let until = state.clock.now() + TimeDelta::minutes(PROOF_MINUTES);
    let proof = state.cookies().set(DATA_COOKIE, &data_proof(&state.key, &link, until), None);
    let cookie = [(header::SET_COOKIE, proof)];
    Ok((cookie, Redirect::to(&linked.paths.proven_for(fields.to))).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_known_again_by_its_owner_alone() {
        assert_eq!(hidden("maria@example.gr"), "m…@example.gr");
        assert_eq!(hidden("ü@παράδειγμα.gr"), "ü…@παράδειγμα.gr");
    }
}
