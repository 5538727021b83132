//! «Αίτημα Αλλαγής Ρόλου» (PRE-05): somebody of staff asks to be a coordinator, and whoever decides is told.

use acts::{Fault, RoleRequestWords};
use body::{
    AccountId, BodyConfig, CoordinatorPost, RoleRequestCommand, RoleRequestContext, UnitId, WordsId, role_request,
};
use chrono::{DateTime, Utc};
use office::Language;
use people::{is_unseen, phone_number};
use secrets::draw_id;
use store::{BodyWords, RoleRequestRow, StaffVerdict, Store, Stored, WordsSubject};
use uuid::Uuid;

use super::{ORGANISATION_MAX, PURPOSE_MAX, REQUESTS_MADE_MAX, RoleFlaw, told};
use crate::conferences::ConferenceRoom;

/// A request that somebody wants to make.
#[derive(Debug, Clone)]
pub struct RoleWish {
    /// Drawn with the form: what is sent twice is one request.
    pub public: Uuid,
    /// Who asks.
    pub by: AccountId,
    /// For which unit; for the whole organisation, if unset.
    pub unit: Option<UnitId>,
    /// What they wrote.
    pub words: RoleRequestWords,
    /// The language of the form.
    pub language: Language,
}

/// Makes it.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(room: ConferenceRoom<'_>, wish: RoleWish) -> Result<Result<(), RoleFlaw>, Fault> {
    room.change(move |store, body, now| take(store, body, &wish, now)).await
}

/// Whether somebody is of staff: by their place here, or by the word of the register (PRE-03).
pub fn is_of_staff(store: &Store, account: AccountId) -> Stored<bool> {
    let has_place = store.account(account.0)?.is_some_and(|account| account.is_staff());
    Ok(has_place || store.staff_standing(account.0)?.is_some_and(|said| said.verdict == StaffVerdict::Yes))
}

fn take(store: &Store, body: &BodyConfig, wish: &RoleWish, now: DateTime<Utc>) -> Stored<Result<(), RoleFlaw>> {
    if let Some(row) = store.role_request(wish.public)? {
        return Ok(if row.request.account == wish.by { Ok(()) } else { Err(RoleFlaw::NotFound) });
    }
    if body.conferences.is_none() {
        return Ok(Err(RoleFlaw::NotHeld));
    }
    if let Some(unit) = wish.unit
        && store.made_units()?.name(body, unit).is_none()
    {
        return Ok(Err(RoleFlaw::UnknownUnit));
    }
    if store.role_requests_by(wish.by)? >= REQUESTS_MADE_MAX {
        return Ok(Err(RoleFlaw::TooMany));
    }
    let has_open = store.role_request_of(wish.by)?.is_some_and(|row| row.request.phase == body::RoleRequestPhase::Open);
    let request = store.next_role_request()?;
    let post = wish.unit.map_or(CoordinatorPost::Organisation, CoordinatorPost::Unit);
    let words = WordsId(draw_id());
    let (grants, is_staff) = (store.grants_of(wish.by)?, is_of_staff(store, wish.by)?);
    let context = RoleRequestContext { by: wish.by, now, grants: &grants, is_staff, has_open };
    let command = RoleRequestCommand::Ask { request, post, words };
    let events = match role_request::decide(None, &command, &context) {
        Ok(events) => events,
        Err(refusal) => return Ok(Err(RoleFlaw::Request(refusal))),
    };
    let said = match checked(&wish.words) {
        Ok(said) => said,
        Err(flaw) => return Ok(Err(flaw)),
    };
    let Some(made) = events.iter().fold(None, role_request::apply) else { return Ok(Err(RoleFlaw::NotFound)) };
    store
        .keep_role_request(&RoleRequestRow { public: wish.public, language: wish.language, request: made }, &events)?;
    let text = serde_json::to_string(&said).unwrap_or_default();
    let subject = WordsSubject::RoleRequest(request);
    store.put_body_words(&BodyWords { id: words, subject, author: Some(wish.by), text }, now)?;
    told::who_decides(store, post, now)?;
    Ok(Ok(()))
}

/// What is kept of what they wrote.
fn checked(words: &RoleRequestWords) -> Result<RoleRequestWords, RoleFlaw> {
    let plain = |text: &str| -> String {
        text.chars().filter(|one| *one == '\n' || !is_unseen(*one)).collect::<String>().trim().to_owned()
    };
    let (organisation, purpose) = (plain(&words.organisation), plain(&words.purpose));
    if organisation.is_empty() {
        return Err(RoleFlaw::OrganisationMissing);
    }
    let phone = phone_number(&words.phone).ok_or(RoleFlaw::PhoneWrong)?;
    if purpose.is_empty() {
        return Err(RoleFlaw::PurposeMissing);
    }
    if organisation.chars().count() > ORGANISATION_MAX || purpose.chars().count() > PURPOSE_MAX {
        return Err(RoleFlaw::TooLong);
    }
    Ok(RoleRequestWords { organisation, phone, purpose })
}
