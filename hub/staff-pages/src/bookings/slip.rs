//! The slip of a booking, on paper, for who has no e-mail (FLD-14, FLD-33): in the citizen's language, with the QR code.

use acts::{Fault, booking_key};
use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use office::Channel;
use paths::Page;
use post::document;
use secrets::{Holder, booking_code, booking_link, call_link, readable};
use stationery::{
    extract::PagePath,
    frame::{Frame, ok},
    signed::StaffVisitor,
};
use text::{OfficeVoice, Voice};
use wire::ProblemCode;

use super::known::KnownBooking;

#[derive(Template)]
#[template(path = "staff/slip.html")]
struct SlipPage {
    f: Frame,
    /// What is printed is in the citizen's language, whatever the clerk reads around it.
    words: OfficeVoice,
    back: String,
    qr: String,
    reference: String,
    when: String,
    service: String,
    how: String,
    office: String,
    address: String,
    help: String,
    comes: bool,
    /// How it goes on for whom nobody expects here.
    remote: &'static str,
    /// The room of a teleconference, for who has no mail in which its link would be.
    room: Option<String>,
    documents: Vec<String>,
    grace: u16,
}

/// Shows it, ready for the printer.
pub async fn get(
    signed: StaffVisitor,
    PagePath((key, reference)): PagePath<(String, String)>,
) -> Result<Response, Fault> {
    let known = KnownBooking::of(&signed, &key, &reference)?;
    let (office, reference) = (&*known.config.key, &*known.booking.reference.0);
    let language = known.booking.life.party().map(|party| party.language);
    let voice = language.map_or(signed.visitor.voice, Voice::from);
    let words = signed.visitor.state.texts.voice(known.handle.row, voice);
    let room = match known.booking.promise.channel {
        Channel::Teleconference => {
            let state = &signed.visitor.state;
            let opens = booking_key::run(&state.readers, &known.handle, &known.booking, Holder::Applicant).await?;
            Some(state.url(&call_link(&booking_link(&state.key, &opens))))
        }
        Channel::Telephone | Channel::InPerson => None,
    };
    let documents = known.service().map(|service| service.documents.iter().map(|one| document(one, words.clone())));
    Ok(ok(&SlipPage {
        f: signed.visitor.frame().at(Page::StaffBookingSlip { office, reference }.to_string()).staff("bookings"),
        back: known.page().to_string(),
        qr: Page::StaffBookingQr { office, reference }.to_string(),
        reference: readable(&known.booking.reference),
        when: known.when(voice),
        service: known.service_name(voice),
        how: known.how(voice),
        office: voice.of_text(&known.config.name),
        address: voice.of_text(&known.config.address),
        help: words.say_with(
            "mail-help",
            [
                ("email", known.config.contact_email.clone().into()),
                ("phone", known.config.contact_phone.clone().into()),
            ],
        ),
        comes: known.booking.promise.channel == Channel::InPerson,
        remote: match known.booking.promise.channel {
            Channel::Teleconference => "slip-teleconference",
            Channel::Telephone | Channel::InPerson => "mail-telephone",
        },
        room,
        documents: documents.map(Iterator::collect).unwrap_or_default(),
        grace: known.config.rules.grace_minutes,
        words,
    }))
}

/// The QR code as a picture.
pub async fn qr(
    signed: StaffVisitor,
    PagePath((key, reference)): PagePath<(String, String)>,
) -> Result<Response, Fault> {
    let known = KnownBooking::of(&signed, &key, &reference)?;
    let date = known.booking.promise.start.with_timezone(&known.config.zone).date_naive();
    let code = booking_code(&signed.visitor.state.key, known.config.number, date, &known.booking.reference);
    let png = post::qr_png(&code.to_string()).map_err(|_| ProblemCode::Unavailable)?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("image/png"))], png).into_response())
}
