//! "My page" of a citizen with an account: what is booked, what they may do, and the one next step.

use acts::{Fault, own_profile};
use askama::Template;
use axum::response::Response;
use serde::Deserialize;
use stationery::{
    day_rows::DayRows,
    extract::PageQuery,
    frame::{Frame, ok},
};

use super::{
    bookings::{OwnBooking, bookings},
    own::CitizenVisitor,
};

#[derive(Template)]
#[template(path = "member/home.html")]
struct MemberHomePage {
    f: Frame,
    done: Option<String>,
    name: String,
    user: String,
    list: Vec<DayRows<OwnBooking>>,
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct MemberQuery {
    #[serde(default)]
    done: String,
}

/// Shows it.
pub async fn get(citizen: CitizenVisitor, PageQuery(query): PageQuery<MemberQuery>) -> Result<Response, Fault> {
    let CitizenVisitor { member, address } = citizen;
    let (visitor, session) = (&member.visitor, &member.session);
    let state = &visitor.state;
    let profile = own_profile::read(&state.readers, session).await?;
    let list = match address {
        Some(address) => bookings(state, address, visitor.voice, state.clock.now()).await?,
        None => Vec::new(),
    };
    let done = (query.done == "details").then(|| visitor.voice.say("member-details-done"));
    let user = session.account.name.clone();
    let name = if profile.name.is_empty() { user.clone() } else { profile.name };
    Ok(ok(&MemberHomePage { f: visitor.frame().staff("member"), done, name, user, list }))
}
