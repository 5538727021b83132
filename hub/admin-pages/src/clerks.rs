//! Accounts of staff.

use acts::{
    Fault,
    invite_account::AccountInvitation,
    invite_agent::INVITATION_DAYS,
    make_account::{self, AccountWish},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use serde::Deserialize;
use stationery::{
    account::{role, wrong},
    extract::PageQuery,
    form::OwnForm,
    frame::{Frame, page},
    new_password::own,
    problem::WrongField,
    signed::StaffVisitor,
};
use store::{Account, Role};
use text::Voice;

/// What is far too long is not sent back whole.
const SENT_BACK_CHARACTERS_MAX: usize = 254;

#[derive(Template)]
#[template(path = "admin/clerks.html")]
struct ClerksPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    /// The link that is to be handed over.
    link: Option<String>,
    days: String,
    clerks: Vec<ClerkRow>,
    typed: ClerkForm,
}

struct ClerkRow {
    name: String,
    role: String,
    signs_in: String,
    href: String,
}

/// What was done before, which the page says above the list.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ClerkNews {
    Invited,
    Address,
    Factor,
    Disabled,
    #[serde(other)]
    Other,
}

impl ClerkNews {
    fn said(self, voice: Voice) -> Option<String> {
        match self {
            Self::Invited => Some(voice.say("clerk-invited")),
            Self::Address => Some(voice.say("clerk-address-done")),
            Self::Factor => Some(voice.say("clerk-factor-done")),
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
pub async fn get(signed: StaffVisitor, PageQuery(query): PageQuery<ClerksQuery>) -> Result<Response, Fault> {
    signed.admin()?;
    let visitor = &signed.visitor;
    let (accounts, scope) = (&visitor.state.access.accounts, signed.session.scope());
    let made = query.made.and_then(|id| accounts.within(scope, id));
    let made = made.map(|account| visitor.voice.text("clerk-created-mailed", "name", &account.name));
    let done = made.or_else(|| query.done.and_then(|news| news.said(visitor.voice)));
    Ok(show(&signed, StatusCode::OK, None, (done, None), ClerkForm::default()))
}

fn show(
    signed: &StaffVisitor,
    status: StatusCode,
    refusal: Option<WrongField>,
    (done, link): (Option<String>, Option<String>),
    typed: ClerkForm,
) -> Response {
    let (refusal, marks) = WrongField::parts(refusal);
    let visitor = &signed.visitor;
    let row = |account: &Account| ClerkRow {
        name: account.name.clone(),
        role: role(account, visitor.voice),
        signs_in: visitor.voice.say(match (&account.password, account.has_factor()) {
            (None, _) => "signs-in-not-yet",
            (Some(_), false) => "signs-in-password",
            (Some(_), true) => "signs-in-two-steps",
        }),
        href: Page::AdminClerk { account: account.id }.to_string(),
    };
    let accounts = visitor.state.access.accounts.all();
    let ours = accounts
        .iter()
        .filter(|account| account.is_staff() && !account.disabled && signed.session.runs(account.office()));
    let clerks = ours.map(|account| row(account)).collect();
    let f = visitor.frame().admin("admin-clerks").at(Page::AdminClerks.to_string()).marking(marks);
    let days = INVITATION_DAYS.to_string();
    page(status, &ClerksPage { f, refusal, done, link, days, clerks, typed })
}

/// A new account, as an administrator typed it.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct ClerkForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    admin: String,
}

impl ClerkForm {
    /// As it is shown again.
    fn cut(self) -> Self {
        let cut = |text: String| text.chars().take(SENT_BACK_CHARACTERS_MAX).collect();
        let Self { name, email, admin } = self;
        Self { name: cut(name), email: cut(email), admin: cut(admin) }
    }
}

/// The same, with the administrator's password.
#[derive(Deserialize)]
pub struct ConfirmedClerkForm {
    #[serde(flatten)]
    clerk: ClerkForm,
    #[serde(default)]
    own: String,
}

/// Makes an account: whoever it is for works where the administrator does, and sets a password of their own.
pub async fn post(
    signed: StaffVisitor,
    OwnForm { visitor, fields }: OwnForm<ConfirmedClerkForm>,
) -> Result<Response, Fault> {
    let ConfirmedClerkForm { clerk: typed, own: password } = fields;
    let state = &visitor.state;
    let wish = AccountWish {
        name: typed.name.trim().to_owned(),
        role: if typed.admin == "yes" { Role::Admin } else { Role::Clerk },
        office: signed.session.account.office(),
        email: typed.email.clone(),
        language: visitor.voice.0,
        own: own(&visitor, password),
    };
    match make_account::run(&state.access, &state.offices, &state.mail, &signed.session, wish).await {
        Ok((account, AccountInvitation::Mailed)) => {
            Ok(Redirect::to(&Page::AdminClerks.asking(format_args!("made={}", account.id))).into_response())
        }
        Ok((account, AccountInvitation::Shown { path })) => {
            let done = Some(visitor.voice.text("clerk-created", "name", &account.name));
            let link = Some(state.url(&path));
            Ok(show(&signed, StatusCode::OK, None, (done, link), ClerkForm::default()))
        }
        Err(refusal) => {
            let wrong = Some(wrong(refusal, visitor.voice, "new")?);
            Ok(show(&signed, StatusCode::UNPROCESSABLE_ENTITY, wrong, (None, None), typed.cut()))
        }
    }
}
