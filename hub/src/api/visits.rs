//! `POST …/visits/{visit}/{action}`, and a person's card: what staff do about somebody who is in the house.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::{DateTime, Utc};
use office::{Command, Origin, PublicId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::ProblemCode;

use super::{
    Fault,
    desks::{Nothing, booked_by, put_note, read, said, visit_of},
    request::Asked,
    write::{Said, answer, ask, office},
};
use crate::{
    actor::Actor,
    auth::{Caller, Session},
    codes::draw_reference,
    looks::{Look, LookKind},
    offices::OfficeHandle,
    state::AppState,
    writer::{CommandId, Workbench},
};

/// Choosing again, when late.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LateAgain {
    /// What.
    choice: wire::LateChoice,
}

/// A gap as a fixed time.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FixedTime {
    /// When.
    start: DateTime<Utc>,
}

/// More or fewer persons or cases, or another length.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// How many persons.
    persons: u8,
    /// How many cases.
    cases: u8,
    /// The length in minutes, where the clerk knows better.
    #[serde(default)]
    planned_minutes: Option<u16>,
}

/// A note to be read before the call.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteText {
    /// The text; none takes the note away.
    text: Option<String>,
}

enum Action {
    Leave,
    UndoLeave,
    ComeBack,
    Admit,
    ChooseLate(LateAgain),
    FixTime(FixedTime),
    Amend(Amendment),
    Note(NoteText),
}

impl Action {
    fn read(name: &str, body: serde_json::Value) -> Result<Self, Fault> {
        Ok(match name {
            "leave" => read::<Nothing>(body).map(|_| Self::Leave)?,
            "undo-leave" => read::<Nothing>(body).map(|_| Self::UndoLeave)?,
            "come-back" => read::<Nothing>(body).map(|_| Self::ComeBack)?,
            "admit" => read::<Nothing>(body).map(|_| Self::Admit)?,
            "choose-late" => Self::ChooseLate(read(body)?),
            "fix-time" => Self::FixTime(read(body)?),
            "amend" => Self::Amend(read(body)?),
            "note" => Self::Note(read(body)?),
            _ => return Err(ProblemCode::NotFound.into()),
        })
    }
}

/// Does something about a visit.
#[utoipa::path(post, path = "/api/v1/offices/{office}/visits/{visit}/{action}", tag = "staff",
    description = "The action decides the body: leave, undo-leave, come-back, admit (nothing), choose-late (LateAgain), \
        fix-time (FixedTime), amend (Amendment), note (NoteText).",
    request_body = Amendment,
    params(("office" = String, Path), ("visit" = Uuid, Path), ("action" = String, Path),
        ("idempotency-key" = Option<Uuid>, Header)),
    responses((status = 200, body = super::desks::Done), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<AppState>,
    Path((key, public, action)): Path<(String, String, String)>,
    asked: Asked<serde_json::Value>,
) -> Result<Response, Fault> {
    let handle = Arc::clone(office(&state, &key)?);
    let account = asked.caller.staff(&handle)?.account.id;
    let public = Uuid::try_parse(&public).map_err(|_| Fault::from(ProblemCode::UnknownVisit))?;
    let action = Action::read(&action, asked.body)?;
    ask(&state, &handle, &asked.caller, asked.id, move |bench| decide(bench, account, public, action)).await
}

/// Does something about a visit for a page of the clerk's, whose form was turned into the same body.
///
/// # Errors
/// Why not.
pub async fn about_visit(
    state: &AppState,
    handle: &OfficeHandle,
    session: &Session,
    id: Option<CommandId>,
    visit: &str,
    action: &str,
    body: serde_json::Value,
) -> Result<(), Fault> {
    let account = session.account.id;
    let public = Uuid::try_parse(visit).map_err(|_| Fault::from(ProblemCode::UnknownVisit))?;
    let action = Action::read(action, body)?;
    let actor = Actor::Account(account);
    match state.writer.run(&handle.key, actor, id, move |bench| decide(bench, account, public, action)).await? {
        Said::Yes(_) => Ok(()),
        Said::No(fault) => Err(fault),
    }
}

fn decide(bench: &mut Workbench<'_>, account: u32, public: Uuid, action: Action) -> Said {
    let visit = match visit_of(bench.office(), public) {
        Ok(visit) => visit,
        Err(refused) => return Said::no(bench, &refused),
    };
    let command = match action {
        Action::Leave => Command::Leave { visit },
        Action::UndoLeave => Command::UndoLeave { visit },
        Action::ComeBack => Command::ComeBack { visit },
        Action::Admit => Command::Admit { visit },
        Action::ChooseLate(LateAgain { choice }) => Command::ChooseLate { visit, choice },
        Action::FixTime(FixedTime { start }) => Command::FixTime { visit, reference: draw_reference(), start },
        Action::Amend(Amendment { persons, cases, planned_minutes }) => {
            Command::Amend { visit, persons, cases, planned_minutes }
        }
        Action::Note(NoteText { text }) => {
            let text = text.filter(|text| !text.trim().is_empty());
            let about = booked_by(bench.office(), visit);
            let note = text.map(|text| put_note(bench, account, about, &text));
            Command::SetNote { visit, note }
        }
    };
    match bench.decide(&command) {
        Ok(decided) => said(bench, &decided, Some(public)),
        Err(refused) => Said::no(bench, &refused),
    }
}

/// Who it is, for staff: every look is logged (FLD-22).
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Card {
    /// The name given at booking.
    name: Option<String>,
    /// The e-mail address given at booking.
    email: Option<String>,
    /// The telephone number given at booking.
    phone: Option<String>,
    /// The note to be read before the call.
    note: Option<String>,
}

/// Shows a person's card.
#[utoipa::path(get, path = "/api/v1/offices/{office}/visits/{visit}/card", tag = "staff",
    params(("office" = String, Path), ("visit" = Uuid, Path)),
    responses((status = 200, body = Card), (status = "4XX", body = wire::Problem)))]
pub async fn card(
    State(state): State<AppState>,
    Path((key, public)): Path<(String, String)>,
    caller: Caller,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    let account = caller.staff(handle)?.account.id;
    let public = Uuid::try_parse(&public).map_err(|_| Fault::from(ProblemCode::UnknownVisit))?;
    let (person, note) = {
        let office = handle.read();
        let id = office.visits_by_public.get(&PublicId(public)).ok_or(ProblemCode::UnknownVisit)?;
        let visit = office.visits.get(id).ok_or(ProblemCode::UnknownVisit)?;
        let booking = match visit.origin {
            Origin::Booked { booking, .. } => office.bookings.get(&booking),
            Origin::WalkIn | Origin::Direct | Origin::Paper => None,
        };
        (booking.and_then(|booking| booking.life.party()).map(|party| party.person), visit.note)
    };
    let row = handle.row;
    let found = state.readers.read(move |store| {
        let person = person.map(|person| store.person(person)).transpose()?.flatten();
        let note = note.map(|note| store.note(row, note)).transpose()?.flatten();
        Ok((person, note))
    });
    let (person, note) = found.await?;
    Look { visit: Some(public), ..Look::new(account, row, LookKind::Card) }.keep(&state).await?;
    let (name, email, phone) = person.map_or((None, None, None), |person| (person.name, person.email, person.phone));
    answer(&Card { name, email, phone, note: note.and_then(|note| note.text) })
}
