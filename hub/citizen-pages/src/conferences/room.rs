//! The room of a conference on a page of ours: for who came through the waiting page, and for the coordinator, who locks it,
//! shows somebody out and ends it for all from there (PRE-08). Each look at who is invited is kept.

use acts::Fault;
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use body::{AccountId, ConferencePhase};
use coordination::conferences::{guest, view};
use paths::Page;
use people::readable_address;
use secrets::{CallPass, CoordinatorPass, coordinator_pass};
use stationery::{
    call::CallBox,
    extract::PagePath,
    frame::{Frame, ok},
    signed::MemberVisitor,
    visitor::Visitor,
};
use uuid::Uuid;

use super::{
    form::dates_of,
    guest::{held_elsewhere, link_over, pass},
    one::ManagerAction,
};

#[derive(Template)]
#[template(path = "conferences/room.html")]
struct ConferenceCallPage {
    f: Frame,
    call: CallBox,
    title: String,
    when: String,
    back: String,
    desk: Option<CallDesk>,
}

/// What a coordinator does beside the room.
struct CallDesk {
    id: Uuid,
    is_locked: bool,
    is_open: bool,
    /// Who is invited: number, and name or address.
    people: Vec<(u16, String)>,
}

impl CallDesk {
    fn action(&self, action: ManagerAction) -> String {
        Page::ConferenceAction { conference: self.id, action: action.name() }.to_string()
    }
}

/// For who is invited, and came through the waiting page.
pub async fn guest(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let pass = pass(&visitor, &link)?;
    let view = guest::look(visitor.state.conferences(), pass).await?.ok_or_else(link_over)?;
    let waiting_page = Page::ConferenceGuest { link: &link }.to_string();
    if !view.has_come || held_elsewhere(&visitor, &view.words).is_some() {
        return Ok(Redirect::to(&waiting_page).into_response());
    }
    let standing = visitor.state.calls.standing(&CallPass::Participant(pass)).await?;
    let dates = dates_of(&visitor);
    let call = CallBox { waiting_page: Some(waiting_page.clone()), ..CallBox::of(&visitor, &link, &standing) };
    Ok(ok(&ConferenceCallPage {
        f: visitor.frame().at(Page::ConferenceGuestCall { link: &link }.to_string()),
        call,
        title: visitor.voice.of_text(&view.words.title),
        when: format!("{} {}", dates.day_and_time(view.conference.span.from), visitor.voice.say("greek-time")),
        back: waiting_page,
        desk: None,
    }))
}

/// For who plans or oversees it, or may take part as a coordinator.
pub async fn coordinator(member: MemberVisitor, PagePath(public): PagePath<Uuid>) -> Result<Response, Fault> {
    let (visitor, account) = (&member.visitor, member.session.account.id);
    let (state, voice, dates) = (&visitor.state, visitor.voice, dates_of(visitor));
    let view = view::run(state.conferences(), (public, AccountId(account))).await?.map_err(|flaw| flaw.fault(dates))?;
    let back = Page::ConferenceOne { conference: public }.to_string();
    if held_elsewhere(visitor, &view.words).is_some() {
        return Ok(Redirect::to(&back).into_response());
    }
    let pass = CoordinatorPass { conference: public, account };
    let standing = state.calls.standing(&CallPass::Coordinator(pass)).await?;
    let conference = &view.row.conference;
    let person = |one: &store::ConferenceParticipant| {
        let stands = conference.participants.get(&one.participant).filter(|stands| !stands.is_removed)?;
        let shown = one.name.clone().or_else(|| one.email.as_deref().map(readable_address));
        let shown = shown.unwrap_or_else(|| voice.say("conference-person-erased"));
        let came = if stands.has_come { format!(" ({})", voice.say("conference-answer-came")) } else { String::new() };
        Some((one.participant.0, format!("{shown}{came}")))
    };
    let desk = view.is_manager.then(|| CallDesk {
        id: public,
        is_locked: conference.is_locked,
        is_open: conference.phase == ConferencePhase::Planned && dates.now < conference.span.closes(),
        people: view.people.iter().filter_map(person).collect(),
    });
    Ok(ok(&ConferenceCallPage {
        f: visitor.frame().staff("conferences").at(Page::ConferenceCall { conference: public }.to_string()),
        call: CallBox::of(visitor, &coordinator_pass(&state.key, &pass), &standing),
        title: voice.of_text(&view.words.title),
        when: format!("{} {}", dates.day_and_time(conference.span.from), voice.say("greek-time")),
        back,
        desk,
    }))
}
