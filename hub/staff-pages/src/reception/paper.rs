//! A ticket on paper, from the reception: in the citizen's language, with the QR code of their own page; printed again, it says
//! that it is a copy. Beside it stands what can be put right about whoever has it (FLD-29, FLD-32, FLD-34).

use acts::Fault;
use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use office::{PublicId, Visit, VisitState};
use paths::Page;
use people::NEEDS;
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    frame::{Frame, ok},
    signed::StaffVisitor,
};
use text::{Dates, OfficeVoice, Voice};
use uuid::Uuid;
use views::visit_page;
use wire::ProblemCode;
use writer::OfficeHandle;

use super::form::ReceptionAction;

#[derive(Template)]
#[template(path = "staff/ticket.html")]
struct PaperTicket {
    f: Frame,
    /// What is printed is in the citizen's language, whatever the clerk reads around it.
    words: OfficeVoice,
    key: String,
    visit: String,
    office: String,
    number: String,
    service: String,
    given: String,
    booked: Option<String>,
    wait_where: String,
    qr: String,
    /// It was printed before.
    is_copy: bool,
    /// Nothing here is real.
    is_rehearsal: bool,
    /// They wait, so that what they said can be put right.
    waits: bool,
    persons: u8,
    cases: u8,
    priority: bool,
    needs: Vec<(&'static str, String, bool)>,
    commands: [String; 2],
}

impl PaperTicket {
    /// Where a form of the page is sent.
    fn action(&self, action: ReceptionAction) -> String {
        Page::ReceptionAction { office: &self.key, action: action.name() }.to_string()
    }

    /// The reception.
    fn back(&self) -> String {
        Page::Reception { office: &self.key }.to_string()
    }
}

/// What the address of a ticket asks besides.
#[derive(Debug, Default, Deserialize)]
pub struct TicketQuery {
    /// Whether it has just been given.
    #[serde(default)]
    first: String,
}

/// Shows it, ready for the printer.
pub async fn get(
    signed: StaffVisitor,
    PagePath((key, public)): PagePath<(String, String)>,
    PageQuery(query): PageQuery<TicketQuery>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    let visit = visit_of(handle, &public)?;
    let state = &signed.visitor.state;
    let voice = Voice::from(visit.language);
    let config = handle.config(Clone::clone).ok_or(ProblemCode::Unavailable)?;
    let dates = Dates { voice, zone: config.zone, now: state.clock.now() };
    let service = config.services.get(&visit.service).map(|service| voice.of_text(&service.name));
    let f = signed.visitor.frame();
    Ok(ok(&PaperTicket {
        words: state.texts.voice(handle.row, voice),
        is_rehearsal: f.is_rehearsal,
        f: f.at(Page::StaffTicket { office: &key, visit: visit.public.0 }.to_string()).staff("reception"),
        visit: visit.public.0.to_string(),
        office: voice.of_text(&config.name),
        number: visit.number.to_string(),
        service: service.unwrap_or_default(),
        given: dates.day_and_time(visit.arrived_at),
        booked: visit.booked_for().map(|at| dates.time(at)),
        wait_where: voice.of_text(&config.wait_where),
        qr: Page::StaffTicketQr { office: &key, visit: visit.public.0 }.to_string(),
        is_copy: query.first != "1",
        waits: matches!(visit.state, VisitState::Waiting { .. }),
        persons: visit.persons,
        cases: visit.cases,
        priority: visit.priority,
        needs: NEEDS
            .iter()
            .map(|need| (need.input, need.said(signed.visitor.voice), (need.is)(&visit.needs)))
            .collect(),
        commands: std::array::from_fn(|_| draw_id().to_string()),
        key,
    }))
}

/// The QR code of their own page, as a picture.
pub async fn qr(signed: StaffVisitor, PagePath((key, public)): PagePath<(String, String)>) -> Result<Response, Fault> {
    let visit = visit_of(signed.office(&key)?, &public)?;
    let page = visit_page(&signed.visitor.state.public_url, &visit);
    let png = post::qr_png(&page).map_err(|_| ProblemCode::Unavailable)?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("image/png"))], png).into_response())
}

/// The visit of the day with this id.
fn visit_of(handle: &OfficeHandle, public: &str) -> Result<Visit, Fault> {
    let public = Uuid::try_parse(public).map_err(|_| ProblemCode::UnknownVisit)?;
    let office = handle.read();
    let visit = office.visits_by_public.get(&PublicId(public)).and_then(|id| office.visits.get(id));
    visit.cloned().ok_or_else(|| ProblemCode::UnknownVisit.into())
}
