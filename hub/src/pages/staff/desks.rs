//! Which desk: the clerk's own if one is open, else the list.

use askama::Template;
use axum::{
    extract::Query,
    response::{IntoResponse, Redirect, Response},
};
use office::ClerkId;
use serde::Deserialize;

use super::{
    signed::Signed,
    view::{clerk_at, desk_name, desk_state, office_state, zone},
};
use crate::{
    codes::draw_id,
    feed::floor_view,
    offices::OfficeHandle,
    pages::frame::{Frame, ok},
    text::Dates,
};

#[derive(Template)]
#[template(path = "staff/desks.html")]
struct DesksPage {
    f: Frame,
    refusal: Option<String>,
    offices: Vec<Floor>,
}

struct Floor {
    name: String,
    state: String,
    desks: Vec<DeskCard>,
}

struct DeskCard {
    name: String,
    class: &'static str,
    state: String,
    services: String,
    mine: bool,
    closed: bool,
    href: String,
    command: String,
}

/// Whether to show them all.
#[derive(Debug, Default, Deserialize)]
pub struct Looked {
    #[serde(default)]
    all: String,
}

/// Leads to the clerk's desk, or shows them all.
pub async fn get(signed: Signed, Query(looked): Query<Looked>) -> Response {
    let me = ClerkId(signed.session.account.id);
    let offices: Vec<_> =
        signed.visitor.state.offices.iter().filter(|office| signed.session.works_in(office)).collect();
    if looked.all.is_empty() {
        for handle in &offices {
            let mine = handle.read().desks.iter().find(|(_, open)| open.clerk == me).map(|(desk, _)| desk.0);
            if let Some(desk) = mine {
                return Redirect::to(&format!("/staff/{}/desks/{desk}", handle.key)).into_response();
            }
        }
    }
    let offices = offices.into_iter().filter_map(|handle| floor(&signed, handle, me)).collect();
    ok(&DesksPage { f: signed.visitor.frame(), refusal: None, offices })
}

fn floor(signed: &Signed, handle: &OfficeHandle, me: ClerkId) -> Option<Floor> {
    let (state, voice) = (&signed.visitor.state, signed.visitor.voice);
    let now = state.clock.now();
    let view = floor_view(state, handle, now)?;
    let dates = Dates { voice, zone: zone(&view) };
    let office = handle.read();
    let config = office.config.as_ref()?;
    let card = |desk: &wire::FloorDesk| {
        let clerk = clerk_at(&office, desk.number);
        let mine = clerk == Some(me);
        let configured = config.desks.get(&office::DeskId(desk.number));
        let services = configured.map(|desk| desk.services.as_slice()).unwrap_or_default().iter();
        let services = services.filter_map(|service| config.services.get(service));
        DeskCard {
            name: desk_name(config, desk.number, voice),
            class: if mine { "mine" } else { "" },
            state: desk_state(&view, desk, dates),
            services: services.map(|service| voice.of_text(&service.name)).collect::<Vec<_>>().join(", "),
            mine,
            closed: clerk.is_none(),
            href: format!("/staff/{}/desks/{}", handle.key, desk.number),
            command: draw_id().to_string(),
        }
    };
    Some(Floor {
        name: voice.of_text(&view.office),
        state: office_state(&view.state, dates, now),
        desks: view.desks.iter().map(card).collect(),
    })
}
