//! The booking: what, when, where, its code, and the way to give it up (OMB-13).

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use office::{Booking, BookingLife, OfficeConfig};
use serde::Deserialize;
use wire::ProblemCode;

use crate::{
    api::Fault,
    codes::booking_code,
    mail::{self, document},
    offices::OfficeHandle,
    pages::{
        frame::{Frame, ok},
        links::read_booking,
        problem,
        visitor::Visitor,
    },
    text::Dates,
};

#[derive(Template)]
#[template(path = "booking/manage.html")]
struct ManagePage {
    f: Frame,
    fresh: bool,
    email: String,
    refusal: Option<String>,
    standing: Option<String>,
    open: bool,
    when: String,
    service: String,
    minutes: u16,
    office: String,
    address: String,
    code: String,
    here: String,
    documents: Vec<String>,
}

/// A booking and its office, as they stand now.
pub struct Known {
    /// The office.
    pub handle: Arc<OfficeHandle>,
    /// The office's configuration.
    pub config: OfficeConfig,
    /// The booking.
    pub booking: Booking,
}

impl Known {
    /// The booking behind a link.
    pub fn behind(visitor: &Visitor, link: &str) -> Result<Self, Fault> {
        let (key, id) = read_booking(&visitor.state.key, link).ok_or(ProblemCode::NotFound)?;
        let handle = Arc::clone(visitor.state.office(&key).ok_or(ProblemCode::NotFound)?);
        let (config, booking) = {
            let office = handle.read();
            let config = office.config.clone().ok_or(ProblemCode::Unavailable)?;
            // A booking leaves the office's memory when its day is over.
            let booking = office.bookings.get(&id).cloned().ok_or(ProblemCode::BookingMissed)?;
            (config, booking)
        };
        Ok(Self { handle, config, booking })
    }

    /// Day and time, for this visitor.
    pub fn when(&self, visitor: &Visitor) -> String {
        Dates { voice: visitor.voice, zone: self.config.zone }.day_and_time(self.booking.promise.start)
    }

    /// The service's name.
    pub fn service(&self, visitor: &Visitor) -> String {
        let service = self.config.services.get(&self.booking.promise.service);
        service.map(|service| visitor.voice.of_text(&service.name)).unwrap_or_default()
    }

    /// Whether it can still be used and given up.
    pub fn is_open(&self) -> bool {
        matches!(self.booking.life, BookingLife::Confirmed { .. })
    }

    /// What stands in the QR code.
    fn code(&self, visitor: &Visitor) -> String {
        let date = self.booking.promise.start.with_timezone(&self.config.zone).date_naive();
        booking_code(&visitor.state.key, self.config.number, date, &self.booking.reference).to_string()
    }

    /// Where it stands, where that is not simply open.
    fn standing(&self) -> Option<&'static str> {
        match self.booking.life {
            BookingLife::Confirmed { .. } => None,
            BookingLife::Arrived { .. } | BookingLife::Fixed { .. } => Some("standing-arrived"),
            BookingLife::Cancelled { .. } => Some("standing-cancelled"),
            BookingLife::Void { .. } => Some("standing-void"),
            BookingLife::Missed { .. } => Some("standing-missed"),
            BookingLife::Held { .. } | BookingLife::Expired { .. } => Some("standing-over"),
        }
    }
}

/// Just booked, or come back.
#[derive(Debug, Default, Deserialize)]
pub struct Came {
    #[serde(default)]
    new: String,
}

/// Shows the booking.
pub async fn get(visitor: Visitor, Path(link): Path<String>, Query(came): Query<Came>) -> Response {
    let known = match Known::behind(&visitor, &link) {
        Ok(known) => known,
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    let voice = visitor.voice;
    let service = known.config.services.get(&known.booking.promise.service);
    let documents =
        service.map(|service| service.documents.iter().map(|one| document(one, voice)).collect()).unwrap_or_default();
    let fresh = !came.new.is_empty() && known.is_open();
    let here = format!("/booking/{link}");
    ok(&ManagePage {
        f: visitor.frame().at(&here),
        fresh,
        email: if fresh { email(&visitor, &known).await } else { String::new() },
        refusal: None,
        standing: known.standing().map(|id| voice.say(id)),
        open: known.is_open(),
        when: known.when(&visitor),
        service: known.service(&visitor),
        minutes: known.booking.promise.minutes,
        office: voice.of_text(&known.config.name),
        address: voice.of_text(&known.config.address),
        code: known.booking.reference.0.clone(),
        here,
        documents,
    })
}

async fn email(visitor: &Visitor, known: &Known) -> String {
    let Some(person) = known.booking.life.party().map(|party| party.person) else { return String::new() };
    let found = visitor.state.readers.read(move |store| store.person(person)).await;
    found.ok().flatten().and_then(|person| person.email).unwrap_or_default()
}

/// The QR code as a picture.
pub async fn qr(visitor: Visitor, Path(link): Path<String>) -> Response {
    let known = match Known::behind(&visitor, &link) {
        Ok(known) => known,
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    match mail::qr_png(&known.code(&visitor)) {
        Ok(png) => ([(header::CONTENT_TYPE, HeaderValue::from_static("image/png"))], png).into_response(),
        Err(_) => problem::page_of(&visitor, ProblemCode::Unavailable),
    }
}

/// The calendar file.
pub async fn calendar(visitor: Visitor, Path(link): Path<String>) -> Response {
    let known = match Known::behind(&visitor, &link) {
        Ok(known) if known.is_open() => known,
        Ok(_) => return problem::page_of(&visitor, ProblemCode::BookingCancelled),
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    let url = visitor.state.url(&format!("/booking/{link}"));
    let file = mail::calendar_file(&known.config, &known.booking, visitor.voice, url, visitor.state.clock.now());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"appointment.ics\"")),
    ];
    (headers, file).into_response()
}
