//! Accounts of staff.

use askama::Template;
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    form::Sent,
    frame::{Frame, page},
    problem,
    staff::signed::Signed,
};
use access::NewAccountError;
use store::Role;
use text::Voice;

/// Shortest password of a new account.
pub const PASSWORD_CHARACTERS_MIN: usize = 10;

#[derive(Template)]
#[template(path = "admin/clerks.html")]
struct ClerksPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    clerks: Vec<ClerkRow>,
    name: String,
}

struct ClerkRow {
    id: u32,
    name: String,
    role: String,
}

/// Who was made before.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    made: Option<u32>,
    #[serde(default)]
    done: String,
}

/// Shows the accounts.
pub async fn get(signed: Signed, Query(done): Query<Done>) -> Response {
    if let Err(fault) = signed.admin() {
        return fault.into_response();
    }
    let visitor = &signed.visitor;
    let made =
        done.made.and_then(|id| visitor.state.access.accounts.all().into_iter().find(|account| account.id == id));
    let made = made.map(|account| visitor.voice.text("clerk-created", "name", &account.name));
    let done = match done.done.as_str() {
        "password" => Some("clerk-password-done"),
        "disabled" => Some("clerk-disable-done"),
        _ => None,
    };
    let done = made.or_else(|| done.map(|id| visitor.voice.say(id)));
    show(&signed, StatusCode::OK, None, done, String::new())
}

/// What somebody may do, in words.
pub fn role(role: Role, voice: Voice) -> String {
    voice.say(match role {
        Role::Admin => "role-admin",
        Role::Clerk => "role-clerk",
    })
}

fn show(signed: &Signed, status: StatusCode, refusal: Option<String>, done: Option<String>, name: String) -> Response {
    let visitor = &signed.visitor;
    let voice = visitor.voice;
    let row = |account: &store::Account| ClerkRow {
        id: account.id,
        name: account.name.clone(),
        role: role(account.role, voice),
    };
    let accounts = visitor.state.access.accounts.all();
    let ours = accounts.iter().filter(|account| !account.disabled && signed.session.runs(account.office));
    let clerks = ours.map(|account| row(account)).collect();
    let f = visitor.frame().admin("admin-clerks").at("/admin/clerks");
    page(status, &ClerksPage { f, refusal, done, clerks, name })
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    admin: String,
}

/// Makes an account.
pub async fn post(signed: Signed, Sent { visitor, fields }: Sent<Fields>) -> Response {
    if let Err(fault) = signed.admin() {
        return fault.into_response();
    }
    let (state, voice) = (&visitor.state, visitor.voice);
    let name = fields.name.trim().to_owned();
    let again = |sentence: String| {
        show(&signed, StatusCode::UNPROCESSABLE_ENTITY, Some(sentence), None, name.chars().take(60).collect())
    };
    if name.chars().any(char::is_whitespace) {
        return again(voice.say("clerk-name-wrong"));
    }
    if fields.password.chars().count() < PASSWORD_CHARACTERS_MIN {
        return again(voice.with("password-short", "n", PASSWORD_CHARACTERS_MIN));
    }
    let role = if fields.admin == "yes" { Role::Admin } else { Role::Clerk };
    match state.access.accounts.add(&state.access, &name, fields.password, role, signed.session.account.office).await {
        Ok(account) => {
            tracing::info!(admin = signed.session.account.id, account = account.id, "an account was made");
            Redirect::to(&format!("/admin/clerks?made={}", account.id)).into_response()
        }
        Err(NewAccountError::NameTaken) => again(voice.say("clerk-name-taken")),
        Err(NewAccountError::BadName) => again(voice.say("clerk-name-wrong")),
        Err(NewAccountError::ShortPassword) => again(voice.with("password-short", "n", PASSWORD_CHARACTERS_MIN)),
        Err(NewAccountError::Write(error)) => problem::page_of_fault(&visitor, &error.into()),
    }
}
