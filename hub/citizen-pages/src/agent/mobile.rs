//! Where a citizen types the code from the message, with the code of the booking that an agent prepared for them (TRN-07): then
//! the last check and the privacy notice, as for everybody. Nothing of either code stands in an address.

use std::sync::Arc;

use acts::{
    Fault, Turn,
    enter_mobile_code::{self, MobileEntry, MobileVerdict},
    send_mobile_code::{self, MobileCodeWish},
    take_over::EntrustedDraft,
};
use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use office::BookingId;
use paths::Page;
use serde::Deserialize;
use stationery::{
    form::OwnForm,
    frame::{Frame, page},
    problem::{self, of_field, status_of},
    state::Pages,
    visitor::{Visitor, link_limit},
};
use store::Actor;
use text::both;
use wire::{BookingCode, ProblemCode};
use writer::OfficeHandle;

use super::session::BooksAs;
use crate::book::proven::proof_cookie;

/// What is far too long is not sent back whole.
const SENT_BACK_CHARACTERS_MAX: usize = 40;

#[derive(Template)]
#[template(path = "agent/mobile.html")]
struct MobileCodePage {
    f: Frame,
    refusal: Option<String>,
    /// A new code was asked for just now.
    sent: bool,
    /// The booking's code, as it was typed.
    booking: String,
    action: String,
    send: String,
}

/// Both codes, as they were typed.
#[derive(Debug, Default, Deserialize)]
pub struct MobileCodeForm {
    #[serde(default)]
    booking: String,
    #[serde(default)]
    code: String,
}

fn show(visitor: &Visitor, booking: &str, sent: bool, fault: Option<&Fault>) -> Response {
    let wrong = fault.map(problem::marks).unwrap_or_default();
    let shown = MobileCodePage {
        f: visitor.frame().at(Page::Confirm.to_string()).marking(wrong),
        refusal: fault.map(|fault| problem::sentence(visitor, fault)),
        sent,
        booking: booking.trim().chars().take(SENT_BACK_CHARACTERS_MAX).collect(),
        action: Page::Confirm.to_string(),
        send: Page::ConfirmCode.to_string(),
    };
    let status = fault.map_or(StatusCode::OK, |fault| match fault.code {
        ProblemCode::Malformed => StatusCode::UNPROCESSABLE_ENTITY,
        code => status_of(code),
    });
    page(status, &shown)
}

/// Asks for both codes.
pub async fn get(visitor: Visitor) -> Response {
    show(&visitor, "", false, None)
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to(&Page::Confirm.to_string())
}

/// The office that a booking's code is one of, and the code as it is kept. Where it is nobody's, any office judges it: what is not
/// there is counted and answered like what is wrong.
fn office_of<'a>(state: &'a Pages, typed: &str) -> Result<(&'a Arc<OfficeHandle>, String, Option<BookingId>), Fault> {
    let code = typed.trim().parse::<BookingCode>();
    let code = code.map_err(|_| of_field("booking", both(|voice| voice.say("mobile-booking-wrong"))))?;
    let reference = code.reference().to_owned();
    let known = state.offices.going().find_map(|handle| {
        let office = handle.read();
        let booking = acts::booking_of(&office, &reference).ok()?.id;
        drop(office);
        Some((handle, booking))
    });
    match known {
        Some((handle, booking)) => Ok((handle, reference, Some(booking))),
        None => Ok((state.offices.going().next().ok_or(ProblemCode::Unavailable)?, reference, None)),
    }
}

/// A turn of somebody of whom nothing is known.
fn turn<'a>(state: &'a Pages, office: &'a Arc<OfficeHandle>) -> Turn<'a> {
    Turn { writer: &state.writer, office, actor: Actor::Citizen, id: None }
}

/// Both codes are right: on to the last check.
pub async fn post(OwnForm { visitor, fields }: OwnForm<MobileCodeForm>) -> Response {
    match enter(&visitor, &fields).await {
        Ok(led) => led,
        Err(fault) => show(&visitor, &fields.booking, false, Some(&fault)),
    }
}

async fn enter(visitor: &Visitor, fields: &MobileCodeForm) -> Result<Response, Fault> {
    let state = &visitor.state;
    let (handle, reference, _) = office_of(state, &fields.booking)?;
    let entry = MobileEntry::of(reference, &fields.code);
    let entry = entry.ok_or_else(|| of_field("code", both(|voice| voice.say("mobile-code-malformed"))))?;
    let verdict = enter_mobile_code::run(turn(state, handle), link_limit(visitor), entry).await?;
    let MobileVerdict::Right(booking, EntrustedDraft { address, typed }) = verdict else {
        return Err(of_field("booking code", both(|voice| voice.say("mobile-code-wrong"))));
    };
    if let Some(typed) = typed {
        state.drafts.keep((address, handle.key.to_string(), booking), typed);
    }
    let mut headers = HeaderMap::new();
    for cookie in [proof_cookie(state, address), BooksAs::Proven.cookie(state)] {
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    let next = Redirect::to(&Page::HoldReview { office: &handle.key, booking }.to_string());
    Ok((headers, next).into_response())
}

/// Has a new code sent to the same mobile. What is said is the same whether a booking waits under this code or not.
pub async fn send(OwnForm { visitor, fields }: OwnForm<MobileCodeForm>) -> Response {
    match send_again(&visitor, &fields.booking).await {
        Ok(()) => show(&visitor, &fields.booking, true, None),
        Err(fault) => show(&visitor, &fields.booking, false, Some(&fault)),
    }
}

async fn send_again(visitor: &Visitor, typed: &str) -> Result<(), Fault> {
    let state = &visitor.state;
    let in_its_form = |fault: Fault| Fault { place: fault.place.map(|_| "booking-again".to_owned()), ..fault };
    let (handle, _, booking) = office_of(state, typed).map_err(in_its_form)?;
    let Some(booking) = booking else { return Ok(()) };
    let wish = MobileCodeWish { booking };
    match send_mobile_code::run(turn(state, handle), link_limit(visitor), wish).await {
        Err(fault) if fault.code == ProblemCode::NotFound => Ok(()),
        sent => sent,
    }
}
