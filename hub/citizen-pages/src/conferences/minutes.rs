//! The minutes of a meeting (PRE-10): as a tagged PDF for the coordinator and for members, and the page on which chair and
//! secretary sign what they have read.

use acts::Fault;
use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, Meeting, MemberPost, WordsId};
use chrono::{DateTime, Utc};
use coordination::conferences::{
    meeting::{self, MeetingView, MinutesView},
    post_sentence,
};
use paths::Page;
use pdf::{PaperBlock, PaperDocument};
use secrets::ConferencePass;
use serde::Deserialize;
use stationery::{
    extract::PagePath,
    form::OwnForm,
    frame::{Frame, ok, page},
    signed::MemberVisitor,
    visitor::Visitor,
};
use store::{MinutesPart, MinutesText};
use text::{Dates, Voice};
use uuid::Uuid;
use wire::ProblemCode;

use super::{
    form::dates_of,
    guest::{link_over, pass},
};

#[derive(Template)]
#[template(path = "conferences/minutes.html")]
struct MinutesPage {
    f: Frame,
    action: String,
    file: String,
    back: String,
    refusal: Option<String>,
    title: String,
    parts: Vec<MinutesPart>,
    words: String,
    /// Whether the reader signs, and has not.
    may_sign: bool,
    signatures: Vec<(String, String)>,
}

/// What is signed: the minutes that were read, and no others.
#[derive(Debug, Default, Deserialize)]
pub struct SignForm {
    #[serde(default)]
    words: String,
}

/// Shows them to a member.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let pass = pass(&visitor, &link)?;
    shown(&visitor, (&link, pass), None).await
}

/// Signs them.
pub async fn post(
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<SignForm>,
) -> Result<Response, Fault> {
    let pass = pass(&visitor, &link)?;
    let words = Uuid::try_parse(&fields.words).map(WordsId).map_err(|_| ProblemCode::Malformed)?;
    match meeting::sign(visitor.state.conferences(), pass, words).await? {
        Ok(()) => Ok(Redirect::to(&Page::ConferenceMinutes { link: &link }.to_string()).into_response()),
        Err(flaw) => shown(&visitor, (&link, pass), Some(flaw.said(dates_of(&visitor)))).await,
    }
}

async fn shown(
    visitor: &Visitor,
    (link, pass): (&str, ConferencePass),
    refusal: Option<String>,
) -> Result<Response, Fault> {
    let view = meeting::minutes(visitor.state.conferences(), pass).await?.ok_or_else(link_over)?;
    let signed = signed(&view.meeting);
    let has_signed = view.signs.is_some_and(|post| signed.iter().any(|(one, at)| *one == post && at.is_some()));
    let dates = dates_of(visitor);
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let signature = |(post, at): &(MemberPost, Option<DateTime<Utc>>)| {
        let at = at.map_or_else(|| visitor.voice.say("minutes-waits"), |at| dated(dates, at));
        (visitor.voice.say(post_sentence(*post)), at)
    };
    let shown = MinutesPage {
        f: visitor.frame().at(Page::ConferenceMinutes { link }.to_string()),
        action: Page::ConferenceMinutes { link }.to_string(),
        file: Page::ConferenceMinutesFile { link }.to_string(),
        back: Page::ConferenceGuest { link }.to_string(),
        refusal,
        title: view.text.title,
        parts: view.text.parts,
        words: view.words.0.to_string(),
        may_sign: view.signs.is_some() && !has_signed,
        signatures: signed.iter().map(signature).collect(),
    };
    Ok(if status == StatusCode::OK { ok(&shown) } else { page(status, &shown) })
}

/// Day, year and time: minutes are read years later.
fn dated(dates: Dates, at: DateTime<Utc>) -> String {
    format!("{}, {}", dates.day_and_year(at), dates.time(at))
}

/// Who signs, and when they did.
fn signed(meeting: &Meeting) -> [(MemberPost, Option<DateTime<Utc>>); 2] {
    let minutes = meeting.minutes;
    [
        (MemberPost::Chair, minutes.and_then(|minutes| minutes.chair)),
        (MemberPost::Secretary, minutes.and_then(|minutes| minutes.secretary)),
    ]
}

/// The file, for a member.
pub async fn own_file(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let pass = pass(&visitor, &link)?;
    let view = meeting::minutes(visitor.state.conferences(), pass).await?.ok_or_else(link_over)?;
    let MinutesView { text, meeting, .. } = view;
    as_file(&visitor, &text, &meeting)
}

/// The file, for the coordinator.
pub async fn file(member: MemberVisitor, PagePath(public): PagePath<Uuid>) -> Result<Response, Fault> {
    let (visitor, by) = (&member.visitor, AccountId(member.session.account.id));
    let view = meeting::look_at_minutes(visitor.state.conferences(), (public, by)).await?;
    let view = view.map_err(|flaw| flaw.fault(dates_of(visitor)))?;
    let MeetingView { minutes: Some(text), meeting: Some(meeting), .. } = view else {
        return Err(ProblemCode::NotFound.into());
    };
    as_file(visitor, &text, &meeting)
}

/// The text as it was made, and who has signed it since.
fn as_file(visitor: &Visitor, text: &MinutesText, meeting: &Meeting) -> Result<Response, Fault> {
    let voice = Voice::from(office::Language::El);
    let dates = Dates { voice, ..dates_of(visitor) };
    let block = |part: &MinutesPart| match part {
        MinutesPart::Heading(text) => PaperBlock::Heading(text.clone()),
        MinutesPart::Text(text) => PaperBlock::Text(text.clone()),
        MinutesPart::Table(head, rows) => PaperBlock::Table { head: head.clone(), rows: rows.clone() },
    };
    let signature = |(post, at): (MemberPost, Option<DateTime<Utc>>)| {
        let at = at.map_or_else(|| voice.say("minutes-waits"), |at| dated(dates, at));
        format!("{}: {at}", voice.say(post_sentence(post)))
    };
    let signatures = signed(meeting).map(signature).join("\n");
    let title = std::iter::once(PaperBlock::Title(text.title.clone()));
    let blocks = title.chain(text.parts.iter().map(block)).chain([PaperBlock::Text(signatures)]).collect();
    let document = PaperDocument { title: text.title.clone(), language: "el".to_owned(), blocks };
    let bytes = pdf::write(&document).map_err(|error| {
        tracing::error!(%error, "minutes cannot be set");
        ProblemCode::Unavailable
    })?;
    let headers = [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"minutes.pdf\""),
    ];
    Ok((headers, bytes).into_response())
}
