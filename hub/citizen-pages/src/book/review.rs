//! The last check: everything once more, and the privacy notice (OMB-10).

use acts::{Fault, Notice};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use office::LateChoice;
use paths::Page;
use people::{Particulars, needs_line};
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    frame::{Frame, ok},
};
use wire::ProblemCode;

use super::{
    details::{booked, lapsed},
    hold::{Hold, HoldBox, HoldCase, find},
    proven::{ProvenReach, ProvenVisitor},
};

#[derive(Template)]
#[template(path = "book/review.html")]
struct ReviewPage {
    f: Frame,
    refusal: Option<String>,
    held: HoldBox,
    lines: Vec<(String, String)>,
    /// Where they are reached, where no line before says it: what it is called, and it.
    reach: Option<(&'static str, String)>,
    notice: Vec<String>,
    version: String,
    /// Where the details can be changed.
    back: String,
    /// Where the booking is made.
    action: String,
}

/// What the page was asked with.
#[derive(Debug, Default, Deserialize)]
pub struct ReviewQuery {
    #[serde(default)]
    changed: String,
}

/// The details of a kept time that are typed and right, if they are.
pub fn particulars(proven: &ProvenVisitor, hold: &Hold) -> Option<Particulars> {
    let typed = proven.visitor.state.drafts.get(&hold.draft)?;
    typed.checked(hold.rules(proven.visitor.voice)).ok()
}

/// Shows everything once more.
pub async fn get(
    proven: ProvenVisitor,
    PagePath((key, booking)): PagePath<(String, String)>,
    PageQuery(query): PageQuery<ReviewQuery>,
) -> Result<Response, Fault> {
    let hold = match find(&proven, &key, &booking)? {
        HoldCase::Held(hold) => *hold,
        HoldCase::Lapsed(times, _) => return Ok(lapsed(&times)),
        HoldCase::Booked => return booked(&proven, &key, &booking, false).await,
    };
    // After a restart of the hub nothing is typed any more.
    let Some(Particulars { details, needs, if_late }) = particulars(&proven, &hold) else {
        return Ok(Redirect::to(&hold.href()).into_response());
    };
    let voice = proven.visitor.voice;
    let words = proven.visitor.state.texts.voice(hold.handle.row, voice);
    let notice = hold.handle.config(|config| Notice::of(config, &words)).ok_or(ProblemCode::Unavailable)?;
    let reach = match proven.reach().await {
        ProvenReach::Mail(email) => Some(("fact-email", email)),
        // Messages go to the telephone, which stands among the details.
        ProvenReach::Mobile(_) if details.phone.is_some() => None,
        ProvenReach::Mobile(phone) => Some(("fact-mobile", phone)),
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
    let (office, booking) = (&*key, hold.booking);
    Ok(ok(&ReviewPage {
        f: proven.visitor.frame().at(hold.review()),
        refusal: (!query.changed.is_empty()).then(|| voice.say("notice-changed")),
        lines,
        reach,
        notice: notice.paragraphs,
        version: notice.version,
        back: hold.href(),
        action: Page::HoldConfirm { office, booking }.to_string(),
        held: hold.shown,
    }))
}
