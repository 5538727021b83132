//! What staff do with the office as a whole: suspend, resume, a roll call after an outage.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::{DateTime, Utc};
use office::{Command, DeskId, Office, Refusal, SuspensionScope};
use serde::Deserialize;
use uuid::Uuid;
use wire::Words;

use super::{
    Fault,
    desks::{said, visit_of},
    request::Asked,
    tickets::service_of,
    write::{Said, ask, office},
};
use crate::{state::AppState, writer::Workbench};

/// What is meant: a service, a desk, or with neither the giving of tickets.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// This service.
    #[serde(default)]
    service: Option<String>,
    /// This desk.
    #[serde(default)]
    desk: Option<u16>,
}

/// Suspending something (FLD-30).
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspensionRequest {
    /// What; the giving of tickets, unless set.
    #[serde(default = "tickets")]
    scope: Scope,
    /// Until then, or until further notice.
    #[serde(default)]
    until: Option<DateTime<Utc>>,
    /// Why, as people are told.
    because: Words,
}

/// Ending a suspension.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResumptionRequest {
    /// Of what; the giving of tickets, unless set.
    #[serde(default = "tickets")]
    scope: Scope,
}

/// Who is gone after an outage (PROM-12).
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RollCallRequest {
    /// Those who are not there.
    gone: Vec<Uuid>,
}

const fn tickets() -> Scope {
    Scope { service: None, desk: None }
}

fn scope_of(office: &Office, scope: &Scope) -> Result<SuspensionScope, Refusal> {
    match (&scope.service, scope.desk) {
        (None, None) => Ok(SuspensionScope::Tickets),
        (Some(key), None) => service_of(office, key).map(SuspensionScope::Service).ok_or(Refusal::UnknownService),
        (None, Some(desk)) => Ok(SuspensionScope::Desk(DeskId(desk))),
        (Some(_), Some(_)) => Err(Refusal::UnknownDesk),
    }
}

fn decide(bench: &mut Workbench<'_>, command: Result<Command, Refusal>) -> Said {
    match command.and_then(|command| bench.decide(&command)) {
        Ok(decided) => said(bench, &decided, None),
        Err(refused) => Said::no(bench, &refused),
    }
}

/// Suspends a service, a desk or the giving of tickets.
#[utoipa::path(post, path = "/api/v1/offices/{office}/suspensions", tag = "staff", request_body = SuspensionRequest,
    params(("office" = String, Path)), responses((status = 200, body = super::desks::Done)))]
pub async fn suspend(
    State(state): State<AppState>,
    Path(key): Path<String>,
    asked: Asked<SuspensionRequest>,
) -> Result<Response, Fault> {
    let handle = Arc::clone(office(&state, &key)?);
    asked.caller.staff(&handle)?;
    let SuspensionRequest { scope, until, because } = asked.body;
    ask(&state, &handle, &asked.caller, asked.id, move |bench| {
        let command = scope_of(bench.office(), &scope).map(|scope| Command::Suspend { scope, until, because });
        decide(bench, command)
    })
    .await
}

/// Ends a suspension.
#[utoipa::path(post, path = "/api/v1/offices/{office}/resumptions", tag = "staff", request_body = ResumptionRequest,
    params(("office" = String, Path)), responses((status = 200, body = super::desks::Done)))]
pub async fn resume(
    State(state): State<AppState>,
    Path(key): Path<String>,
    asked: Asked<ResumptionRequest>,
) -> Result<Response, Fault> {
    let handle = Arc::clone(office(&state, &key)?);
    asked.caller.staff(&handle)?;
    let scope = asked.body.scope;
    ask(&state, &handle, &asked.caller, asked.id, move |bench| {
        let command = scope_of(bench.office(), &scope).map(|scope| Command::Resume { scope });
        decide(bench, command)
    })
    .await
}

/// Says who of those waiting is gone after an outage.
#[utoipa::path(post, path = "/api/v1/offices/{office}/roll-calls", tag = "staff", request_body = RollCallRequest,
    params(("office" = String, Path)), responses((status = 200, body = super::desks::Done)))]
pub async fn roll_call(
    State(state): State<AppState>,
    Path(key): Path<String>,
    asked: Asked<RollCallRequest>,
) -> Result<Response, Fault> {
    let handle = Arc::clone(office(&state, &key)?);
    asked.caller.staff(&handle)?;
    let gone = asked.body.gone;
    ask(&state, &handle, &asked.caller, asked.id, move |bench| {
        let gone = gone.iter().map(|public| visit_of(bench.office(), *public)).collect::<Result<_, _>>();
        decide(bench, gone.map(|gone| Command::RollCall { gone }))
    })
    .await
}
