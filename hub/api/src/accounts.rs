//! Administrators make accounts for staff.

use access::Password;
use acts::{
    Fault,
    make_account::{self, AccountWish},
    set_password::{self, PasswordWish},
    shut_account,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use store::{Account, Role};
use wire::ProblemCode;

use crate::{
    request::{ApiRequest, Asker},
    state::Api,
    write::answer,
};

/// A new member of staff.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountRequest {
    /// The login name, of up to 60 characters and without blanks.
    name: String,
    /// The password, of 10 to 1000 characters.
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
pub async fn post(State(state): State<Api>, asked: ApiRequest<AccountRequest>) -> Result<Response, Fault> {
    let admin = asked.caller.admin()?;
    let AccountRequest { name, password, role, office } = asked.body;
    let office = match office {
        Some(key) => Some(state.offices.get(&key).ok_or(ProblemCode::NotFound)?.row),
        None => None,
    };
    let wish = AccountWish { name, password: Password::new(password), role, office };
    let account = make_account::run(&state.access, admin, wish).await?;
    answer(&shown(&state, &account))
}

/// Every account.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "admin",
    responses((status = 200, body = [AccountAnswer]), (status = "4XX", body = wire::Problem)))]
pub async fn list(State(state): State<Api>, Asker(caller): Asker) -> Result<Response, Fault> {
    let session = caller.admin()?;
    let accounts = state.access.accounts.all();
    let accounts = accounts.iter().filter(|account| session.runs(account.office));
    let accounts: Vec<AccountAnswer> = accounts.map(|account| shown(&state, account)).collect();
    answer(&accounts)
}

/// A new password.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordRequest {
    /// The password, of 10 to 1000 characters.
    password: String,
}

/// Lets an account sign in no more.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}", tag = "admin", params(("account" = u32, Path)),
    responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn disable(
    State(state): State<Api>,
    Path(account): Path<String>,
    Asker(caller): Asker,
) -> Result<Response, Fault> {
    shut_account::run(&state.access, caller.admin()?, number(&account)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Sets a new password.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/passwords", tag = "admin", request_body = PasswordRequest,
    params(("account" = u32, Path)), responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn change_password(
    State(state): State<Api>,
    Path(account): Path<String>,
    asked: ApiRequest<PasswordRequest>,
) -> Result<Response, Fault> {
    let admin = asked.caller.admin()?;
    let wish = PasswordWish { account: number(&account)?, password: Password::new(asked.body.password) };
    set_password::run(&state.access, admin, wish).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The number of the path.
fn number(account: &str) -> Result<u32, ProblemCode> {
    account.parse::<u32>().map_err(|_| ProblemCode::NotFound)
}
