//! The waiting page of somebody invited (PRE-08): whether they come, when it opens, and the way on once it has.

use acts::Fault;
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use body::{AnswerGiven, ConferenceDoor, ConferencePhase};
use coordination::conferences::{ConferenceFlaw, guest};
use paths::Page;
use secrets::{ConferencePass, read_conference};
use stationery::{
    extract::PagePath,
    form::{EmptyForm, OwnForm},
    frame::{Frame, ok},
    page_actions,
    visitor::Visitor,
};
use store::ConferenceWords;
use teleconference::RoomProvider;
use wire::ProblemCode;

use super::form::dates_of;

#[derive(Template)]
#[template(path = "conferences/guest.html")]
struct GuestPage {
    f: Frame,
    feed: String,
    confirm: String,
    decline: String,
    enter: String,
    title: String,
    facts: Vec<(String, String)>,
    description: String,
    class: &'static str,
    headline: String,
    lines: Vec<String>,
    /// What they answered, where they may still say otherwise.
    answer: Option<AnswerGiven>,
    is_open: bool,
    /// Where it is held, for whoever has gone in.
    address: Option<String>,
    /// The room of ours, for whoever has gone in.
    room: Option<String>,
    /// The minutes, for a member of the body that met.
    minutes: Option<String>,
    /// The page of the body's secretary.
    secretary: Option<String>,
    now: String,
}

page_actions! {
    /// What a form of the waiting page is for.
    GuestAction {
        /// They will come.
        Confirm = "confirm",
        /// They will not.
        Decline = "decline",
        /// They go in.
        Enter = "enter",
    }
}

impl GuestPage {
    fn is_confirmed(&self) -> bool {
        self.answer == Some(AnswerGiven::Confirmed)
    }

    fn is_declined(&self) -> bool {
        self.answer == Some(AnswerGiven::Declined)
    }
}

/// The place that a link opens; where another has taken it, one is told so.
pub(super) fn pass(visitor: &Visitor, link: &str) -> Result<ConferencePass, Fault> {
    read_conference(&visitor.state.key, link).ok_or_else(link_over)
}

pub(super) fn link_over() -> Fault {
    Fault { words: Some(text::both(|voice| voice.say("conference-link-over"))), ..ProblemCode::NotFound.into() }
}

/// Shows it.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let pass = pass(&visitor, &link)?;
    let (voice, dates) = (visitor.voice, dates_of(&visitor));
    let view = guest::look(visitor.state.conferences(), pass).await?.ok_or_else(link_over)?;
    let conference = &view.conference;
    let minutes = |opens: chrono::DateTime<chrono::Utc>| {
        let left = (opens - dates.now).num_seconds().max(0);
        u64::try_from((left + 59) / 60).unwrap_or_default()
    };
    let (class, headline, lines) = match view.door {
        ConferenceDoor::Waits { opens } => {
            let left = minutes(opens);
            let said = match left {
                0..=1 => voice.say("conference-opens-soon"),
                2..=120 => voice.count("conference-opens-in", left),
                _ => voice.text("conference-opens-at", "when", &dates.day_and_time(opens)),
            };
            ("waiting", said, vec![voice.say("conference-waits-hint")])
        }
        ConferenceDoor::Open { .. } => {
            let ends = conference.span.until;
            let is_near = dates.now >= conference.span.ends_soon_at() && dates.now < ends;
            let soon = is_near.then(|| voice.text("conference-ends-soon", "at", &dates.time(ends)));
            ("called", voice.say("conference-is-open"), soon.into_iter().collect())
        }
        ConferenceDoor::Locked => {
            ("waiting", voice.say("conference-locked-now"), vec![voice.say("conference-locked-hint")])
        }
        ConferenceDoor::Removed => {
            ("over", voice.say("conference-removed"), vec![voice.say("conference-removed-hint")])
        }
        ConferenceDoor::Cancelled => ("over", voice.say("conference-is-cancelled"), Vec::new()),
        ConferenceDoor::Over => ("over", voice.say("conference-is-over"), Vec::new()),
    };
    let greek = voice.say("greek-time");
    let facts = vec![
        (voice.say("conference-begins"), format!("{} {greek}", dates.day_and_time(conference.span.from))),
        (voice.say("conference-ends"), format!("{} {greek}", dates.day_and_time(conference.span.until))),
    ];
    let is_open = matches!(view.door, ConferenceDoor::Open { .. });
    let is_ahead = conference.phase == ConferencePhase::Planned && dates.now < conference.span.until;
    let is_there = view.door != ConferenceDoor::Removed;
    let action = |action: GuestAction| {
        let action = action.name();
        Page::ConferenceGuestAction { link: &link, action }.to_string()
    };
    let (has_gone_in, held) = (is_open && view.has_come, held_elsewhere(&visitor, &view.words));
    let room = held.is_none().then(|| Page::ConferenceGuestCall { link: &link }.to_string());
    let shown = GuestPage {
        f: visitor.frame(),
        feed: format!("{}/feed", Page::ConferenceGuest { link: &link }),
        confirm: action(GuestAction::Confirm),
        decline: action(GuestAction::Decline),
        enter: action(GuestAction::Enter),
        title: if is_there { voice.of_text(&view.words.title) } else { voice.say("conference-one") },
        description: if is_there { voice.of_text(&view.words.description) } else { String::new() },
        facts,
        class,
        headline,
        lines,
        answer: Some(view.answer).filter(|_| is_ahead && is_there),
        is_open,
        address: held.filter(|_| has_gone_in),
        room: room.filter(|_| has_gone_in),
        minutes: (view.has_minutes && is_there).then(|| Page::ConferenceMinutes { link: &link }.to_string()),
        secretary: (view.keeps_minutes && is_there).then(|| Page::ConferenceSecretary { link: &link }.to_string()),
        now: dates.time(dates.now),
    };
    Ok(ok(&shown))
}

/// The address of somebody else's room in which a conference is held; none, where the room is on a page of ours.
pub(super) fn held_elsewhere(visitor: &Visitor, words: &ConferenceWords) -> Option<String> {
    if !words.address.is_empty() {
        return Some(words.address.clone());
    }
    match &visitor.state.calls.provider {
        RoomProvider::Link(address) => Some(address.as_str().to_owned()),
        RoomProvider::BuiltIn | RoomProvider::Jitsi(_) => None,
    }
}

/// Leads to the waiting page: a form is sent here, and nothing is shown.
pub async fn back(PagePath((link, _)): PagePath<(String, String)>) -> Redirect {
    Redirect::to(&Page::ConferenceGuest { link: &link }.to_string())
}

/// They say whether they come, or go in.
pub async fn post(
    PagePath((link, action)): PagePath<(String, String)>,
    OwnForm { visitor, .. }: OwnForm<EmptyForm>,
) -> Result<Response, Fault> {
    let pass = pass(&visitor, &link)?;
    let room = visitor.state.conferences();
    let action = action.parse::<GuestAction>()?;
    let done = match action {
        GuestAction::Confirm => guest::answer(room, pass, AnswerGiven::Confirmed).await?,
        GuestAction::Decline => guest::answer(room, pass, AnswerGiven::Declined).await?,
        GuestAction::Enter => guest::enter(room, pass).await?,
    };
    match done {
        Ok(()) if action == GuestAction::Enter => {
            visitor.state.calls.tell_conference(pass.conference);
            let view = guest::look(room, pass).await?.ok_or_else(link_over)?;
            let next = match held_elsewhere(&visitor, &view.words) {
                Some(_) => Page::ConferenceGuest { link: &link },
                None => Page::ConferenceGuestCall { link: &link },
            };
            Ok(Redirect::to(&next.to_string()).into_response())
        }
        Ok(()) => Ok(Redirect::to(&Page::ConferenceGuest { link: &link }.to_string()).into_response()),
        Err(ConferenceFlaw::Rule(body::ConferenceRefusal::UnknownParticipant, _)) => Err(link_over()),
        Err(flaw) => Err(flaw.fault(dates_of(&visitor))),
    }
}
