//! Mails that wait, and why: those of the office that an administrator runs, or all.

use acts::{Fault, try_mails};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use paths::Page;
use post::SendFailure;
use serde::Deserialize;
use stationery::{
    extract::PageQuery,
    form::OwnForm,
    frame::{Frame, ok},
    signed::StaffVisitor,
};
use store::UnsentMail;

/// So many are shown.
const MAILS_SHOWN_MAX: u32 = 200;

#[derive(Template)]
#[template(path = "admin/outbox.html")]
struct OutboxPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    /// How long a mail is tried.
    days: u16,
    mails: Vec<MailRow>,
    /// Another try can help one of them.
    may_try: bool,
}

struct MailRow {
    kind: String,
    since: String,
    attempts: String,
    next: String,
    why: String,
}

/// How the list is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct OutboxQuery {
    /// Anything, after everything was tried once more.
    #[serde(default)]
    trying: String,
}

/// Shows them.
pub async fn get(signed: StaffVisitor, PageQuery(query): PageQuery<OutboxQuery>) -> Result<Response, Fault> {
    signed.admin()?;
    let visitor = &signed.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let now = state.clock.now();
    let dates = visitor.dates_of_hub();
    let scope = signed.session.scope();
    let waiting = state.readers.read(move |store| store.mails_unsent(scope, MAILS_SHOWN_MAX)).await?;
    let row = |waiting: UnsentMail| MailRow {
        kind: voice.say(post::kind_sentence(&waiting.kind)),
        since: dates.near(waiting.created_at, now),
        attempts: voice.count("outbox-attempts", u16::try_from(waiting.tries).unwrap_or(u16::MAX)),
        next: match waiting.due_at {
            Some(due) => dates.near(due, now),
            None if waiting.returned => voice.say("outbox-returned"),
            None => voice.say("outbox-given-up"),
        },
        why: match waiting.error {
            Some(kept) => SendFailure::of_kept(&kept).map_or(kept, |why| why.words(voice)),
            None => voice.say("outbox-not-tried"),
        },
    };
    let may_try = waiting.iter().any(|waiting| !waiting.returned);
    let done = (!query.trying.is_empty()).then(|| voice.say("outbox-trying"));
    let mails = waiting.into_iter().map(row).collect();
    Ok(ok(&OutboxPage {
        f: visitor.frame().admin("admin-outbox"),
        refusal: None,
        done,
        days: post::GIVEN_UP_AFTER_DAYS,
        mails,
        may_try,
    }))
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to(&Page::AdminOutbox.to_string())
}

/// Has everything tried at once: the server was mended.
pub async fn try_now(signed: StaffVisitor, OwnForm { visitor, .. }: OwnForm<()>) -> Result<Response, Fault> {
    try_mails::run(&visitor.state.ledger, &visitor.state.mail, &signed.session).await?;
    Ok(Redirect::to(&Page::AdminOutbox.asking("trying=1")).into_response())
}
