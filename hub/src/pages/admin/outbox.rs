//! Mails that wait, and why.

use askama::Template;
use axum::response::Response;

use crate::{
    mail,
    pages::{
        frame::{Frame, ok},
        problem,
        staff::signed::Signed,
    },
    text::Dates,
};

/// So many are shown.
const MAILS_SHOWN_MAX: u32 = 200;

#[derive(Template)]
#[template(path = "admin/outbox.html")]
struct OutboxPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    mails: Vec<MailRow>,
}

struct MailRow {
    kind: String,
    since: String,
    attempts: u32,
    next: String,
    why: String,
}

/// Shows them.
pub async fn get(signed: Signed) -> Response {
    if let Err(response) = signed.admin() {
        return response;
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
    let row = |waiting: crate::store::UnsentMail| MailRow {
        kind: voice.say(mail::kind_sentence(&waiting.kind)),
        since: dates.near(waiting.created_at, now),
        attempts: waiting.tries,
        next: match waiting.due_at {
            Some(due) => dates.near(due, now),
            None => voice.say("outbox-given-up"),
        },
        why: waiting.error.unwrap_or_else(|| voice.say("outbox-not-tried")),
    };
    let mails = waiting.into_iter().map(row).collect();
    ok(&OutboxPage { f: visitor.frame().admin("admin-outbox"), refusal: None, done: None, mails })
}
