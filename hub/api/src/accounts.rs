//! Administrators make accounts for staff.

use std::net::SocketAddr;

use access::{KnownBrowser, Password};
use acts::{
    Fault,
    confirm_self::OwnPassword,
    invite_account::{self, AccountInvitation},
    make_account::{self, AccountWish},
    shut_account,
};
use axum::{
    extract::{ConnectInfo, Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use store::{Account, Role};
use wire::ProblemCode;

use crate::{
    request::{ApiCaller, ApiRequest},
    state::Api,
    write::answer,
};

/// A new member of staff.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccountRequest {
    /// The login name, of up to 60 characters and without blanks.
    name: String,
    /// What they may do.
    role: Role,
    /// The office's key; every office, if unset.
    #[serde(default)]
    office: Option<String>,
    /// Where their mails go, and the link with which they set their password.
    #[serde(default)]
    email: String,
    /// The password of the administrator who asks.
    #[serde(default)]
    own_password: String,
}

/// An account that was made, and how its owner is invited to set a password.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AccountInvited {
    /// The account as the list shows it.
    #[serde(flatten)]
    account: AccountAnswer,
    /// The link behind which they set it, good once: to be handed over. None, where it was mailed.
    invitation: Option<String>,
}

/// The password of who asks, typed once more.
fn own(password: String, from: SocketAddr) -> OwnPassword {
    OwnPassword { from: from.ip(), browser: KnownBrowser::default(), password: Password::new(password) }
}

/// The link, where one is to be handed over.
fn link(state: &Api, invitation: AccountInvitation) -> Option<String> {
    match invitation {
        AccountInvitation::Mailed => None,
        AccountInvitation::Shown { path } => Some(state.url(&path)),
    }
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

/// An account of staff; none for a citizen's, which is nobody's to see here.
fn shown(state: &Api, account: &Account) -> Option<AccountAnswer> {
    let staff = account.staff?;
    let office = staff.office.and_then(|row| state.offices.iter().find(|office| office.row == row));
    Some(AccountAnswer {
        id: account.id,
        name: account.name.clone(),
        role: staff.role,
        office: office.map(|office| office.key.to_string()),
    })
}

/// Makes an account.
#[utoipa::path(post, path = "/api/v1/accounts", tag = "admin", request_body = AccountRequest,
    params(("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = AccountInvited), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    asked: ApiRequest<AccountRequest>,
) -> Result<Response, Fault> {
    let admin = asked.caller.admin()?;
    let AccountRequest { name, role, office, email, own_password } = asked.body;
    let office = match office {
        Some(key) => Some(state.offices.get(&key).ok_or(ProblemCode::NotFound)?.row),
        None => None,
    };
    let language = office::Language::default();
    let wish = AccountWish { name, role, office, email, language, own: own(own_password, from) };
    let made = make_account::run(&state.access, &state.offices, &state.post.wake, admin, wish).await;
    let (account, invitation) = made?;
    answer(&AccountInvited {
        account: shown(&state, &account).ok_or(ProblemCode::NotFound)?,
        invitation: link(&state, invitation),
    })
}

/// Every account.
#[utoipa::path(get, path = "/api/v1/accounts", tag = "admin",
    responses((status = 200, body = [AccountAnswer]), (status = "4XX", body = wire::Problem)))]
pub async fn list(State(state): State<Api>, ApiCaller(caller): ApiCaller) -> Result<Response, Fault> {
    let session = caller.admin()?;
    let accounts = state.access.accounts.all();
    let accounts = accounts.iter().filter(|account| session.runs(account.office()));
    let accounts: Vec<AccountAnswer> = accounts.filter_map(|account| shown(&state, account)).collect();
    answer(&accounts)
}

/// An invitation to set another password.
#[derive(Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationRequest {
    /// The password of the administrator who asks.
    #[serde(default)]
    own_password: String,
}

/// Lets an account sign in no more.
#[utoipa::path(delete, path = "/api/v1/accounts/{account}", tag = "admin", params(("account" = u32, Path)),
    responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn disable(
    State(state): State<Api>,
    Path(account): Path<String>,
    ApiCaller(caller): ApiCaller,
) -> Result<Response, Fault> {
    shut_account::run(&state.access, caller.admin()?, number(&account)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Ends a password, and invites its owner to set another.
#[utoipa::path(post, path = "/api/v1/accounts/{account}/invitations", tag = "admin", request_body = InvitationRequest,
    params(("account" = u32, Path), ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = AccountInvited), (status = "4XX", body = wire::Problem)))]
pub async fn invite(
    State(state): State<Api>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    Path(account): Path<String>,
    asked: ApiRequest<InvitationRequest>,
) -> Result<Response, Fault> {
    let admin = asked.caller.admin()?;
    let (number, own) = (number(&account)?, own(asked.body.own_password, from));
    let wanted = (number, office::Language::default());
    let sent = invite_account::run(&state.access, &state.offices, &state.post.wake, admin, wanted, own).await;
    let invitation = link(&state, sent?);
    let account = state.access.accounts.within(admin.scope(), number).ok_or(ProblemCode::NotFound)?;
    answer(&AccountInvited { account: shown(&state, &account).ok_or(ProblemCode::NotFound)?, invitation })
}

/// The number of the path.
fn number(account: &str) -> Result<u32, ProblemCode> {
    account.parse::<u32>().map_err(|_| ProblemCode::NotFound)
}
