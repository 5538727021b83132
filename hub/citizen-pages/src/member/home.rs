//! "My page" of a citizen with an account: what is booked, what they may do, and the one next step.

use acts::{Fault, own_profile};
use askama::Template;
use axum::response::Response;
use body::AccountId;
use paths::Page;
use serde::Deserialize;
use stationery::{
    day_rows::DayRows,
    extract::PageQuery,
    frame::{Frame, ok},
    login::{ProviderButton, buttons},
};

use vocabulary::Level;

use super::{
    bookings::{OwnBooking, bookings},
    own::CitizenVisitor,
};
use crate::agent::session::{BooksAs, agents_of};

#[derive(Template)]
#[template(path = "member/home.html")]
struct MemberHomePage {
    f: Frame,
    done: Option<String>,
    name: String,
    user: String,
    list: Vec<DayRows<OwnBooking>>,
    is_b: bool,
    /// Whether this body certifies people.
    certifies: bool,
    /// Whether this body has records of theirs to look at.
    has_records: bool,
    /// Whether the body holds conferences.
    holds_conferences: bool,
    /// Whether they coordinate any.
    is_coordinator: bool,
    /// Through whom else they could sign in.
    connects: Vec<ProviderButton>,
    /// Whether they book for citizens too.
    is_agent: bool,
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct MemberQuery {
    #[serde(default)]
    done: String,
}

/// Shows it.
pub async fn get(citizen: CitizenVisitor, PageQuery(query): PageQuery<MemberQuery>) -> Result<Response, Fault> {
    let CitizenVisitor { member, addresses } = citizen;
    let (visitor, session) = (&member.visitor, &member.session);
    let state = &visitor.state;
    let profile = own_profile::read(&state.readers, session).await?;
    let list = bookings(state, &addresses, visitor.dates_of_hub()).await?;
    let done = match query.done.as_str() {
        "details-ended" => Some(visitor.voice.say("member-details-ended")),
        "details" => Some(visitor.voice.say("member-details-done")),
        "connected" => Some(visitor.voice.say("through-connect-done")),
        "joined" => Some(visitor.voice.say("join-done")),
        _ => None,
    };
    let account = session.account.id;
    let standing = state.readers.read(move |store| store.standing(AccountId(account))).await?;
    let (is_b, certifies) = (standing.level() == Level::B, state.body.certification.is_some());
    let known = state.readers.read(move |store| store.identities_of(account)).await?;
    // Whoever is known to one is offered the others.
    let is_new = |button: &ProviderButton| known.iter().all(|one| one.provider != button.provider);
    let connects = buttons(visitor, &Page::Member.to_string()).into_iter().filter(is_new).collect();
    let user = session.account.name.clone();
    let name = if profile.name.is_empty() { user.clone() } else { profile.name };
    let has_records = state.records_room().is_there() && !session.is_staff();
    let holds_conferences = state.body.conferences.is_some();
    let desk = coordination::conferences::list::desk(state.conferences(), AccountId(account)).await?;
    let is_coordinator = holds_conferences && desk.is_coordinator();
    let f = visitor.frame().staff("member");
    let is_agent = !agents_of(visitor).await?.is_empty();
    let shown = ok(&MemberHomePage {
        f,
        done,
        name,
        user,
        list,
        is_b,
        certifies,
        has_records,
        holds_conferences,
        is_coordinator,
        connects,
        is_agent,
    });
    // From here one books for oneself.
    Ok(if is_agent { BooksAs::Oneself.kept(state, shown) } else { shown })
}
