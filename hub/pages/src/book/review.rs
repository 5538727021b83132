//! The last check: everything once more, and the privacy notice (OMB-10).

use askama::Template;
use axum::{
    extract::{Path, Query},
    response::{IntoResponse, Redirect, Response},
};
use office::LateChoice;
use serde::Deserialize;

use super::{
    details::{booked, lapsed},
    hold::{Found, Hold, Shown, find},
    proven::Proven,
    typed::{Form, Right},
};
use crate::{
    frame::{Frame, ok},
    notice::Notice,
    problem,
};
use people::needs_line;

#[derive(Template)]
#[template(path = "book/review.html")]
struct ReviewPage {
    f: Frame,
    refusal: Option<String>,
    held: Shown,
    lines: Vec<(String, String)>,
    email: String,
    notice: Vec<String>,
    version: String,
    action: String,
}

/// What the page was asked with.
#[derive(Debug, Default, Deserialize)]
pub struct Came {
    #[serde(default)]
    changed: String,
}

/// The details of a kept time that are typed and right, if they are.
pub fn right(proven: &Proven, hold: &Hold) -> Option<Right> {
    let typed = proven.visitor.state.drafts.get(&hold.draft)?;
    let voice = proven.visitor.voice;
    let form = Form { service: &hold.service, channel: hold.promise.channel, online: &hold.online, voice };
    typed.checked(form).ok()
}

/// Shows everything once more.
pub async fn get(proven: Proven, Path((key, booking)): Path<(String, String)>, Query(came): Query<Came>) -> Response {
    let hold = match find(&proven, &key, &booking) {
        Ok(Found::Held(hold)) => *hold,
        Ok(Found::Lapsed(times, _)) => return lapsed(&times),
        Ok(Found::Booked) => return booked(&proven, &key, &booking, false),
        Err(fault) => return problem::page_of_fault(&proven.visitor, &fault),
    };
    // After a restart of the hub nothing is typed any more.
    let Some(Right { details, needs, if_late }) = right(&proven, &hold) else {
        return Redirect::to(&hold.action).into_response();
    };
    let voice = proven.visitor.voice;
    let words = proven.visitor.state.texts.voice(hold.handle.row, voice);
    let Some(notice) = hold.handle.config(|config| Notice::of(config, &words)) else {
        return problem::page_of(&proven.visitor, wire::ProblemCode::Unavailable);
    };
    let mut lines = details.lines(Some(&hold.service), voice);
    lines.extend(needs_line(&needs, voice));
    lines.extend(if_late.map(|choice| {
        let said = match choice {
            LateChoice::BookAnew => "late-anew",
            LateChoice::EndOfDay => "late-end-of-day",
        };
        (words.say("late-label"), words.say(said))
    }));
    ok(&ReviewPage {
        f: proven.visitor.frame().at(format!("{}/review", hold.action)),
        refusal: (!came.changed.is_empty()).then(|| voice.say("notice-changed")),
        lines,
        email: proven.email().await,
        notice: notice.paragraphs,
        version: notice.version,
        action: hold.action,
        held: hold.shown,
    })
}
