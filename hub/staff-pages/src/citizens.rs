//! The accounts of citizens, for staff: one is found by what its holder says, and shows its history; it is blocked and let in
//! again, and its holder is helped at the desk with a lost second factor or a lost address.

use acts::{
    Fault,
    citizens::{
        block::{self, BlockWish},
        help::{self, HelpRefusal, ShownPaper},
    },
    levels::{
        LevelRefusal, StandingView,
        find::{self, AccountAtOffice},
    },
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, PaperKind};
use paths::Page;
use people::{PROFILE, readable_address};
use serde::Deserialize;
use stationery::{
    account_history::history,
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, ok, page},
    page_actions,
    problem::{self, WrongField},
    signed::StaffVisitor,
    visitor::link_limit,
};
use vocabulary::Level;
use wire::ProblemCode;

use crate::account_search::{AccountSearchForm, SearchBox};

#[derive(Template)]
#[template(path = "staff/citizens.html")]
struct CitizensPage {
    f: Frame,
    search: SearchBox,
}

/// Asks for whom to look.
pub async fn get(signed: StaffVisitor, PagePath(key): PagePath<String>) -> Result<Response, Fault> {
    let search = SearchBox::empty(&signed, &key, Page::Citizens { office: &key }).await?;
    Ok(ok(&CitizensPage { f: signed.visitor.frame().staff("house"), search }))
}

/// Looks for an account.
pub async fn look(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<AccountSearchForm>,
) -> Result<Response, Fault> {
    let own = |account| Page::CitizenOne { office: &key, account };
    let search = SearchBox::looked(&signed, &key, Page::Citizens { office: &key }, (fields, own)).await?;
    Ok(ok(&CitizensPage { f: visitor.frame().staff("house"), search }))
}

page_actions! {
    /// What a form about a citizen's account is for.
    CitizenAction {
        /// Nobody is let in.
        Block = "block",
        /// Its holder is let in again.
        Unblock = "unblock",
        /// A lost second factor is taken away.
        Factor = "second-step",
        /// The mails go to another address.
        Address = "address",
    }
}

impl CitizenAction {
    /// The sentence that it is done.
    const fn done(self) -> &'static str {
        match self {
            Self::Block => "citizen-blocked",
            Self::Unblock => "citizen-unblocked",
            Self::Factor => "citizen-factor-done",
            Self::Address => "citizen-address-done",
        }
    }
}

/// Any of the forms, as it was typed.
#[derive(Debug, Default, Deserialize)]
pub struct CitizenForm {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    paper: String,
    #[serde(default, rename = "last-three")]
    last_three: String,
    #[serde(default)]
    email: String,
}

impl CitizenForm {
    fn paper(&self) -> ShownPaper {
        ShownPaper { kind: self.paper.parse::<PaperKind>().ok(), last_three: self.last_three.clone() }
    }
}

/// What the page says beside what it always says.
#[derive(Default)]
struct CitizenNote {
    wrong: Option<WrongField>,
    /// Which form was refused, and what stood in it.
    refused: Option<(CitizenAction, CitizenForm)>,
    done: Option<CitizenAction>,
}

#[derive(Template)]
#[template(path = "staff/citizen.html")]
struct CitizenPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    back: String,
    certify: String,
    name: String,
    user: String,
    is_b: bool,
    blocked: bool,
    may_block: bool,
    /// Whether a second factor can be taken away here.
    may_drop_factor: bool,
    /// Whether the address can be changed here.
    may_change_address: bool,
    /// What is known of the account.
    lines: Vec<(String, String)>,
    history: Vec<String>,
    actions: [String; 4],
    /// What stood in a form that was refused.
    refused: &'static str,
    typed: CitizenForm,
}

impl CitizenPage {
    /// What was typed into a form, if it was this one that was refused.
    fn typed_in<'a>(&self, form: &str, typed: &'a str) -> &'a str {
        if self.refused == form { typed } else { "" }
    }

    /// The attributes of the last characters of a paper in a form.
    fn mark_paper(&self, form: &str) -> String {
        self.f.mark(&format!("last-three-{form}"), &format!("last-three-{form}-hint"))
    }
}

async fn shown(signed: &StaffVisitor, key: &str, account: u32, note: CitizenNote) -> Result<Response, Fault> {
    let (visitor, handle) = (&signed.visitor, signed.office(key)?);
    let (state, voice) = (&visitor.state, visitor.voice);
    let whose = AccountAtOffice { office: handle, account: AccountId(account) };
    let view = find::one(state.level_room(), &state.access, &signed.session, whose).await?;
    let StandingView { user, profile, standing, events, words, may_certify, email, .. } = view;
    let CitizenNote { wrong, refused, done } = note;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong);
    let mut lines = vec![(voice.say("fact-email"), email.map(|email| readable_address(&email)).unwrap_or_default())];
    lines.extend(PROFILE.iter().map(|row| (voice.say(&format!("profile-{}", row.input)), row.readable(&profile))));
    let is_b = standing.certificate.is_some();
    let action =
        |action: CitizenAction| Page::CitizenAction { office: key, account, action: action.name() }.to_string();
    let (refused, typed) = refused.map_or_else(|| ("", CitizenForm::default()), |(form, typed)| (form.name(), typed));
    let one = CitizenPage {
        f: visitor.frame().staff("house").at(Page::CitizenOne { office: key, account }.to_string()).marking(marks),
        refusal,
        done: done.map(|action| voice.say(action.done())),
        back: Page::Citizens { office: key }.to_string(),
        certify: Page::CertifyOne { office: key, account }.to_string(),
        name: if profile.name.is_empty() { user.clone() } else { profile.name.clone() },
        user,
        is_b: view.level == Level::B,
        blocked: view.blocked,
        may_block: view.may_block,
        may_drop_factor: view.may_help && view.has_factor && !view.blocked,
        may_change_address: may_certify && is_b && !view.blocked,
        lines,
        history: history(&events, &words, visitor.dates_of_hub()),
        actions: [CitizenAction::Block, CitizenAction::Unblock, CitizenAction::Factor, CitizenAction::Address]
            .map(action),
        refused,
        typed,
    };
    Ok(page(status, &one))
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct CitizenQuery {
    #[serde(default)]
    done: String,
}

/// Shows an account.
pub async fn one(
    signed: StaffVisitor,
    PagePath((key, account)): PagePath<(String, u32)>,
    PageQuery(query): PageQuery<CitizenQuery>,
) -> Result<Response, Fault> {
    let done = query.done.parse::<CitizenAction>().ok();
    shown(&signed, &key, account, CitizenNote { done, ..CitizenNote::default() }).await
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath((key, account, action)): PagePath<(String, u32, String)>) -> Result<Redirect, Fault> {
    action.parse::<CitizenAction>()?;
    Ok(Redirect::to(&Page::CitizenOne { office: &key, account }.to_string()))
}

/// Does what a form asks.
pub async fn post(
    signed: StaffVisitor,
    PagePath((key, account, action)): PagePath<(String, u32, String)>,
    OwnForm { visitor, fields }: OwnForm<CitizenForm>,
) -> Result<Response, Fault> {
    let action = action.parse::<CitizenAction>()?;
    let (state, voice) = (&visitor.state, visitor.voice);
    let (room, parts) = (state.level_room(), (&state.access, &*state.mail));
    let whose = AccountAtOffice { office: signed.office(&key)?, account: AccountId(account) };
    let done = match action {
        CitizenAction::Block => {
            let wish = BlockWish::Block { reason: fields.reason.clone() };
            block::run(room, parts, &signed.session, whose, wish).await.map_err(HelpRefusal::from)
        }
        CitizenAction::Unblock => {
            block::run(room, parts, &signed.session, whose, BlockWish::Unblock).await.map_err(HelpRefusal::from)
        }
        CitizenAction::Factor => help::drop_factor(room, parts, &signed.session, whose, fields.paper()).await,
        CitizenAction::Address => {
            let asked = (link_limit(&visitor), fields.paper(), fields.email.as_str(), voice.0);
            help::new_address(room, parts, &signed.session, whose, asked).await
        }
    };
    let form = action.name();
    let wrong = match done {
        Ok(()) => {
            let led = Page::CitizenOne { office: &key, account }.asking(format_args!("done={form}"));
            return Ok(Redirect::to(&led).into_response());
        }
        Err(HelpRefusal::PaperMissing) => {
            WrongField::new(voice.say("citizen-paper-missing"), format!("paper-identity-card-{form}"))
        }
        Err(HelpRefusal::BadEmail(flaw)) => WrongField::new(voice.say(flaw.sentence()), "email"),
        Err(HelpRefusal::Level(LevelRefusal::Fault(fault))) if fault.code == ProblemCode::TooManyRequests => {
            WrongField::new(problem::sentence(&visitor, &fault), "email")
        }
        Err(HelpRefusal::Level(LevelRefusal::Fault(fault))) => return Err(fault),
        Err(HelpRefusal::Level(refusal)) => {
            let id = match &refusal {
                LevelRefusal::LastThree => format!("last-three-{form}"),
                LevelRefusal::ReasonMissing => "reason".to_owned(),
                LevelRefusal::Rule(_)
                | LevelRefusal::Changed
                | LevelRefusal::MomentUsed
                | LevelRefusal::TaxNumberFixed
                | LevelRefusal::Fault(_) => String::new(),
            };
            WrongField::new(refusal.sentence().map(|sentence| voice.say(sentence)).unwrap_or_default(), id)
        }
    };
    let note = CitizenNote { wrong: Some(wrong), refused: Some((action, fields)), done: None };
    shown(&signed, &key, account, note).await
}
