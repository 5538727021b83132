//! The room of a booking by teleconference (OMB-07, OMB-20): before its time a waiting page that opens by itself, then the room.
//! Who booked and who is served come by the booking's own link, a helper by a link of their own.

use std::sync::Arc;

use acts::Fault;
use askama::Template;
use axum::response::Response;
use office::{Channel, OfficeConfig};
use paths::Page;
use secrets::{CallPass, CallSubject, read_call_pass};
use stationery::{
    call::CallBox,
    extract::PagePath,
    frame::{Frame, ok},
    houses::marked,
    visitor::Visitor,
};
use text::Dates;
use wire::ProblemCode;

use super::linked::LinkedBooking;
use teleconference::CallStanding;

#[derive(Template)]
#[template(path = "booking/call.html")]
struct CallPage {
    f: Frame,
    call: CallBox,
    when: String,
    service: String,
    office: String,
    /// A helper is expected too.
    helper: bool,
    /// Who looks is one.
    is_helper: bool,
    phone: String,
    dialled: String,
    /// Where the booking is, for who has its link.
    back: Option<String>,
}

/// For who has the booking's link.
pub async fn get(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    let pass = read_call_pass(&visitor.state.key, &link).ok_or(ProblemCode::NotFound)?;
    let standing = visitor.state.calls.standing(&pass).await?;
    let f = visitor.frame().at(Page::BookingCall { link: &link }.to_string());
    let call = CallBox::of(&visitor, &link, &standing);
    let service = linked.service(&visitor);
    let of = CallPage {
        when: linked.when(&visitor),
        back: Some(linked.paths.booking()),
        ..CallPage::new(&visitor, &linked.config, (f, call), &standing)
    };
    Ok(ok(&CallPage { service, ..of }))
}

/// For a helper, who is told no more than when and with which office.
pub async fn helper(visitor: Visitor, PagePath(pass): PagePath<String>) -> Result<Response, Fault> {
    let read = read_call_pass(&visitor.state.key, &pass).filter(|pass| matches!(pass, CallPass::Helper(_)));
    let read = read.ok_or(ProblemCode::NotFound)?;
    let standing = visitor.state.calls.standing(&read).await?;
    let CallSubject::Booking(office, _) = read.subject() else { return Err(ProblemCode::NotFound.into()) };
    let handle = Arc::clone(visitor.state.office(office)?);
    let config = handle.config(Clone::clone).ok_or(ProblemCode::Unavailable)?;
    let f = visitor.frame().at(Page::HelperCall { pass: &pass }.to_string()).of_office(&visitor.state, &handle);
    let call = CallBox::of(&visitor, &pass, &standing);
    Ok(ok(&CallPage { is_helper: true, ..CallPage::new(&visitor, &config, (f, call), &standing) }))
}

impl CallPage {
    fn new(visitor: &Visitor, config: &OfficeConfig, (f, call): (Frame, CallBox), standing: &CallStanding) -> Self {
        let voice = visitor.voice;
        let dates = Dates { voice, zone: config.zone, now: visitor.state.clock.now() };
        let when = dates.day_and_time(standing.doors.state.hours.opens);
        Self {
            f,
            call,
            when: marked(when, Channel::Teleconference, voice),
            service: String::new(),
            office: voice.of_text(&config.name),
            helper: standing.doors.helper.is_some(),
            is_helper: false,
            phone: config.contact_phone.clone(),
            dialled: people::dialled(&config.contact_phone),
            back: None,
        }
    }
}
