//! Accounts of staff.

use access::{LOGIN_NAME_CHARACTERS_MAX, Password};
use acts::{
    AccountRefusal, Fault,
    make_account::{self, AccountWish},
};
use askama::Template;
use axum::{
    extract::Query,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;
use store::{Account, Role};
use text::Voice;

use crate::{
    form::OwnForm,
    frame::{Frame, page},
    new_password,
    paths::Page,
    staff::signed::StaffVisitor,
};

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
    name: String,
    role: String,
    href: String,
}

/// What was done before, which the page says above the list.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ClerkNews {
    Password,
    Disabled,
    #[serde(other)]
    Other,
}

impl ClerkNews {
    fn said(self, voice: Voice) -> Option<String> {
        match self {
            Self::Password => Some(voice.say("clerk-password-done")),
            Self::Disabled => Some(voice.say("clerk-disable-done")),
            Self::Other => None,
        }
    }
}

/// How the list is asked for.
#[derive(Debug, Deserialize)]
pub struct ClerksQuery {
    /// The account that was made.
    made: Option<u32>,
    done: Option<ClerkNews>,
}

/// Shows the accounts.
pub async fn get(signed: StaffVisitor, Query(query): Query<ClerksQuery>) -> Result<Response, Fault> {
    signed.admin()?;
    let visitor = &signed.visitor;
    let made = query.made.and_then(|id| visitor.state.access.accounts.with_number(id));
    let made = made.map(|account| visitor.voice.text("clerk-created", "name", &account.name));
    let done = made.or_else(|| query.done.and_then(|news| news.said(visitor.voice)));
    Ok(show(&signed, StatusCode::OK, None, done, String::new()))
}

/// What somebody may do, in words.
pub fn role(role: Role, voice: Voice) -> String {
    voice.say(match role {
        Role::Admin => "role-admin",
        Role::Clerk => "role-clerk",
    })
}

/// What is wrong with a name or a password, in words.
///
/// # Errors
/// Where it is not about what was typed.
pub fn wrong(refusal: AccountRefusal, voice: Voice) -> Result<String, Fault> {
    match refusal {
        AccountRefusal::NameTaken => Ok(voice.say("clerk-name-taken")),
        AccountRefusal::BadName => Ok(voice.say("clerk-name-wrong")),
        AccountRefusal::Password(fault) => Ok(new_password::wrong(fault, voice)),
        AccountRefusal::Fault(fault) => Err(fault),
    }
}

fn show(
    signed: &StaffVisitor,
    status: StatusCode,
    refusal: Option<String>,
    done: Option<String>,
    name: String,
) -> Response {
    let visitor = &signed.visitor;
    let row = |account: &Account| ClerkRow {
        name: account.name.clone(),
        role: role(account.role, visitor.voice),
        href: Page::AdminClerk { account: account.id }.to_string(),
    };
    let accounts = visitor.state.access.accounts.all();
    let ours = accounts.iter().filter(|account| !account.disabled && signed.session.runs(account.office));
    let clerks = ours.map(|account| row(account)).collect();
    let f = visitor.frame().admin("admin-clerks").at(Page::AdminClerks.to_string());
    page(status, &ClerksPage { f, refusal, done, clerks, name })
}

/// A new account, as an administrator typed it.
#[derive(Deserialize)]
pub struct ClerkForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    admin: String,
}

/// Makes an account: whoever it is for works where the administrator does.
pub async fn post(signed: StaffVisitor, OwnForm { visitor, fields }: OwnForm<ClerkForm>) -> Result<Response, Fault> {
    let name = fields.name.trim().to_owned();
    let wish = AccountWish {
        name: name.clone(),
        password: Password::new(fields.password),
        role: if fields.admin == "yes" { Role::Admin } else { Role::Clerk },
        office: signed.session.account.office,
    };
    match make_account::run(&visitor.state.access, &signed.session, wish).await {
        Ok(account) => Ok(Redirect::to(&Page::AdminClerks.asking(format_args!("made={}", account.id))).into_response()),
        Err(refusal) => {
            let sentence = Some(wrong(refusal, visitor.voice)?);
            let name = name.chars().take(LOGIN_NAME_CHARACTERS_MAX).collect();
            Ok(show(&signed, StatusCode::UNPROCESSABLE_ENTITY, sentence, None, name))
        }
    }
}
