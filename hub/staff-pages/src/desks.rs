//! Which desk: the clerk's own if one is open, else the list.

use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use office::ClerkId;
use paths::Page;
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    extract::PageQuery,
    frame::{Frame, ok},
    signed::StaffVisitor,
    view::{aside_alarms, clerk_at, desk_name, desk_state, office_state, zone},
};
use text::Dates;
use writer::OfficeHandle;

use crate::desk_form::DeskAction;

#[derive(Template)]
#[template(path = "staff/desks.html")]
struct DesksPage {
    f: Frame,
    refusal: Option<String>,
    alarms: Vec<String>,
    offices: Vec<OfficeFloor>,
}

struct OfficeFloor {
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
    open_href: String,
    command: String,
}

/// What the address of the list asks.
#[derive(Debug, Default, Deserialize)]
pub struct DesksQuery {
    /// Something, to see every desk although one's own is open.
    #[serde(default)]
    all: String,
}

/// Leads to the clerk's desk, or shows them all.
pub async fn get(signed: StaffVisitor, PageQuery(query): PageQuery<DesksQuery>) -> Response {
    let me = ClerkId(signed.session.account.id);
    let offices: Vec<_> =
        signed.visitor.state.offices.iter().filter(|office| signed.session.works_in(office)).collect();
    if query.all.is_empty() {
        for handle in offices.iter().filter(|handle| handle.aside().is_none()) {
            let mine = handle.read().desks.iter().find(|(_, open)| open.clerk == me).map(|(desk, _)| desk.0);
            if let Some(desk) = mine {
                return Redirect::to(&Page::Desk { office: &handle.key, desk }.to_string()).into_response();
            }
        }
    }
    let floors = offices.iter().filter_map(|handle| floor(&signed, handle, me)).collect();
    // Looked for last: making the floors may have set one aside.
    let alarms = aside_alarms(offices, signed.visitor.voice);
    ok(&DesksPage { f: signed.visitor.frame(), refusal: None, alarms, offices: floors })
}

fn floor(signed: &StaffVisitor, handle: &OfficeHandle, me: ClerkId) -> Option<OfficeFloor> {
    let (state, voice) = (&signed.visitor.state, signed.visitor.voice);
    let now = state.clock.now();
    let view = state.floor(handle, now)?;
    let dates = Dates { voice, zone: zone(&view), now };
    let key: &str = &handle.key;
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
            href: Page::Desk { office: key, desk: desk.number }.to_string(),
            open_href: Page::DeskAction { office: key, desk: desk.number, action: DeskAction::Open.name() }.to_string(),
            command: draw_id().to_string(),
        }
    };
    Some(OfficeFloor {
        name: voice.of_text(&view.office),
        state: office_state(&view.state, dates, now),
        desks: view.desks.iter().map(card).collect(),
    })
}
