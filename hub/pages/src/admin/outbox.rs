//! Mails that wait, and why.

use askama::Template;
use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    form::Sent,
    frame::{Frame, ok},
    problem,
    staff::signed::Signed,
};
use post::{self, Unsent};
use text::Dates;

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

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    trying: String,
}

/// Shows them.
pub async fn get(signed: Signed, Query(done): Query<Done>) -> Response {
    if let Err(fault) = signed.admin() {
        return fault.into_response();
    }
    let visitor = &signed.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let now = state.clock.now();
    let zone = state.offices.iter().find_map(|office| office.config(|config| config.zone));
    let dates = Dates { voice, zone: zone.unwrap_or(chrono_tz::Europe::Athens) };
    let waiting = match state.readers.read(|store| store.mails_unsent(MAILS_SHOWN_MAX)).await {
        Ok(waiting) => waiting,
        Err(error) => return problem::page_of_fault(visitor, &error.into()),
    };
    let row = |waiting: store::UnsentMail| MailRow {
        kind: voice.say(post::kind_sentence(&waiting.kind)),
        since: dates.near(waiting.created_at, now),
        attempts: voice.count("outbox-attempts", u16::try_from(waiting.tries).unwrap_or(u16::MAX)),
        next: match waiting.due_at {
            Some(due) => dates.near(due, now),
            None if waiting.returned => voice.say("outbox-returned"),
            None => voice.say("outbox-given-up"),
        },
        why: match waiting.error {
            Some(kept) => Unsent::of_kept(&kept).map_or(kept, |why| why.words(voice)),
            None => voice.say("outbox-not-tried"),
        },
    };
    let may_try = waiting.iter().any(|waiting| !waiting.returned);
    let done = (!done.trying.is_empty()).then(|| voice.say("outbox-trying"));
    let mails = waiting.into_iter().map(row).collect();
    ok(&OutboxPage {
        f: visitor.frame().admin("admin-outbox"),
        refusal: None,
        done,
        days: post::GIVEN_UP_AFTER_DAYS,
        mails,
        may_try,
    })
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to("/admin/outbox")
}

/// Nothing to fill in.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// Has everything tried at once: the server was mended.
pub async fn try_now(signed: Signed, Sent { visitor, fields: Nothing {} }: Sent<Nothing>) -> Response {
    if let Err(fault) = signed.admin() {
        return fault.into_response();
    }
    let now = visitor.state.clock.now();
    match visitor.state.writer.change(move |store| store.try_mails_now(now)).await {
        Ok(count) => {
            tracing::info!(admin = signed.session.account.id, count, "mails are tried again at once");
            visitor.state.mail.notify_one();
            Redirect::to("/admin/outbox?trying=1").into_response()
        }
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}
