//! Administrators make accounts for staff.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use wire::ProblemCode;

use super::{request::Asked, write::answer};
use crate::request::Who;
use crate::state::Api;
use access::Caller;
use acts::Fault;
use store::{Account, Role};

/// A new member of staff.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountRequest {
    /// The login name.
    name: String,
    /// The password; at least 8 characters.
    password: String,
    /// What they may do.
    role: Role,
    /// The office's key; every office, if unset.
    #[serde(default)]
    office: Option<String>,
}

/// A member of staff, without the password.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AccountAnswer {
    /// Its number, which the journal knows.
    id: u32,
    /// The login name.
    name: String,
    /// What they may do.
    role: Role,
    /// The office's key; every office, if unset.
    office: Option<String>,
}

fn shown(state: &Api, account: &Account) -> AccountAnswer {
    let office = account.office.and_then(|row| state.offices.iter().find(|office| office.row == row));
    AccountAnswer {
        id: account.id,
        name: account.name.clone(),
        role: account.role,
        office: office.map(|office| office.key.to_string()),
    }
}

/// Makes an account.
#[utoipa::path(post, path = "/api/v1/accounts", tag = "admin", request_body = AccountRequest,
    responses((status = 200, body = AccountAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(State(state): State<Api>, asked: Asked<AccountRequest>) -> Result<Response, Fault> {
    asked.caller.admin()?;
    let AccountRequest { name, password, role, office } = asked.body;
    let office = match office {
        Some(key) => Some(state.office(&key).ok_or(ProblemCode::NotFound)?.row),
        None => None,
    };
    let admin = asked.caller.admin_of(office)?.account.id;
    let account = state.access.accounts.add(&state.access, &name, password, role, office).await?;
    tracing::info!(%admin, account = account.id, "an account was made");
    answer(&shown(&state, &account))
}

/// Every account.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "admin",
    responses((status = 200, body = [AccountAnswer]), (status = "4XX", body = wire::Problem)))]
pub async fn list(State(state): State<Api>, Who(caller): Who) -> Result<Response, Fault> {
    let session = caller.admin()?;
    let accounts = state.access.accounts.all();
    let accounts = accounts.iter().filter(|account| session.runs(account.office));
    let accounts: Vec<AccountAnswer> = accounts.map(|account| shown(&state, account)).collect();
    answer(&accounts)
}

/// A new password.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordRequest {
    /// At least 8 characters.
    password: String,
}

/// Lets an account sign in no more.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}", tag = "admin", params(("account" = u32, Path)),
    responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn disable(
    State(state): State<Api>,
    Path(account): Path<String>,
    Who(caller): Who,
) -> Result<Response, Fault> {
    let (admin, account) = about(&state, &caller, &account)?;
    if !state.access.accounts.disable(&state.access, account).await? {
        return Err(ProblemCode::NotFound.into());
    }
    tracing::info!(%admin, %account, "an account was shut");
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Sets a new password.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/passwords", tag = "admin", request_body = PasswordRequest,
    params(("account" = u32, Path)), responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn change_password(
    State(state): State<Api>,
    Path(account): Path<String>,
    asked: Asked<PasswordRequest>,
) -> Result<Response, Fault> {
    let (admin, account) = about(&state, &asked.caller, &account)?;
    if !state.access.accounts.change_password(&state.access, account, asked.body.password).await? {
        return Err(ProblemCode::NotFound.into());
    }
    tracing::info!(%admin, %account, "a password was changed");
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Who changes which account, if they may.
fn about(state: &Api, caller: &Caller, account: &str) -> Result<(u32, u32), Fault> {
    caller.admin()?;
    let number: Option<u32> = account.parse().ok();
    let account = state.access.accounts.all().into_iter().find(|account| Some(account.id) == number);
    let account = account.ok_or(ProblemCode::NotFound)?;
    Ok((caller.admin_of(account.office)?.account.id, account.id))
}
