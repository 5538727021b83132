//! `POST …/bookings`: staff book for a caller (FLD-14), move and cancel. Citizens book through the pages.

use std::sync::Arc;

use acts::{
    BookingName, Fault, Turn,
    ask_correction::{self, CorrectionOrder},
    book_for_caller::{self, CallerWish},
    cancel::{self as cancelling, Cancellation},
    change_booking::{self, BookingChange},
    void::{self as voiding, VoidOrder},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::{DateTime, Utc};
use office::{Audience, Booking, CancelledBy, Channel, CivilInstant, Needs, VoidReason};
use people::Details;
use secrets::booking_code;
use serde::{Deserialize, Serialize};
use wire::{Language, ProblemCode};
use writer::OfficeHandle;

use crate::{
    request::ApiRequest,
    state::Api,
    write::{answer, office},
};

/// Booking for a caller.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookingRequest {
    /// The service's key.
    service: String,
    /// A start out of `…/slots`.
    #[schema(value_type = String, format = DateTime)]
    start: CivilInstant,
    /// `in-person` unless set.
    #[schema(value_type = String)]
    #[serde(default = "in_person")]
    channel: Channel,
    /// How many persons come.
    #[serde(default = "one")]
    persons: u8,
    /// With how many cases.
    #[serde(default = "one")]
    cases: u8,
    /// First and last name of the person served.
    name: String,
    /// Where the confirmation goes.
    #[serde(default)]
    email: Option<String>,
    /// Where they can be called.
    #[serde(default)]
    phone: Option<String>,
    /// The language of every mail about it.
    #[serde(default)]
    language: Language,
}

const fn in_person() -> Channel {
    Channel::InPerson
}

const fn one() -> u8 {
    1
}

/// Moving a booking.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MoveRequest {
    /// The new start.
    #[schema(value_type = String, format = DateTime)]
    start: CivilInstant,
}

/// What is told of a booking that was made or changed.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BookingAnswer {
    /// What a person types at the kiosk, and what names the booking here.
    pub reference: String,
    /// What stands in the QR code.
    pub code: String,
    /// The booked time.
    pub start: DateTime<Utc>,
    /// Planned length.
    pub minutes: u16,
}

/// Who takes a turn in an office that they work in.
fn turn<'a, T>(state: &'a Api, handle: &'a Arc<OfficeHandle>, asked: &ApiRequest<T>) -> Result<Turn<'a>, Fault> {
    asked.caller.staff(handle)?;
    Ok(asked.turn(state, handle))
}

/// A booking as programs are told of it.
fn booking_answer(state: &Api, handle: &OfficeHandle, booking: &Booking) -> Result<Response, Fault> {
    let start = booking.promise.start;
    let code = handle.config(|config| {
        let date = start.with_timezone(&config.zone).date_naive();
        booking_code(&state.key, config.number, date, &booking.reference).to_string()
    });
    let code = code.ok_or(ProblemCode::Configuration)?;
    answer(&BookingAnswer { reference: booking.reference.0.clone(), code, start, minutes: booking.promise.minutes })
}

/// Books for a caller.
#[utoipa::path(post, path = "/api/v1/offices/{office}/bookings", tag = "staff", request_body = BookingRequest,
    params(("office" = String, Path), ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = BookingAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<BookingRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    let turn = turn(&state, handle, &asked)?;
    let BookingRequest { service, start, channel, persons, cases, name, email, phone, language: spoken } = asked.body;
    let wish = CallerWish {
        service,
        channel,
        start,
        persons,
        cases,
        details: Details { name, phone, ..Details::default() },
        email,
        language: spoken,
        needs: Needs::default(),
        if_late: None,
    };
    booking_answer(&state, handle, &book_for_caller::run(turn, wish).await?)
}

/// Cancels a booking for a caller.
#[utoipa::path(post, path = "/api/v1/offices/{office}/bookings/{booking}/cancellations", tag = "staff",
    request_body = super::request::Empty,
    params(("office" = String, Path), ("booking" = String, Path, description = "its reference")),
    responses((status = 200, body = BookingAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn cancel(
    State(state): State<Api>,
    Path((key, reference)): Path<(String, String)>,
    asked: ApiRequest<super::request::Empty>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    let turn = turn(&state, handle, &asked)?;
    let order = Cancellation { booking: BookingName::Reference(reference), by: CancelledBy::Staff };
    booking_answer(&state, handle, &cancelling::run(turn, order).await?)
}

/// Moves a booking for a caller.
#[utoipa::path(post, path = "/api/v1/offices/{office}/bookings/{booking}/moves", tag = "staff",
    request_body = MoveRequest,
    params(("office" = String, Path), ("booking" = String, Path, description = "its reference")),
    responses((status = 200, body = BookingAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn change(
    State(state): State<Api>,
    Path((key, reference)): Path<(String, String)>,
    asked: ApiRequest<MoveRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    let turn = turn(&state, handle, &asked)?;
    let change = BookingChange {
        booking: BookingName::Reference(reference),
        start: asked.body.start,
        audience: Audience::Internal,
    };
    booking_answer(&state, handle, &change_booking::run(turn, change).await?)
}

/// Making a booking void (TRN-09).
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoidRequest {
    /// `details-missing`, `details-wrong`, `documents-missing`, or `{"listed": 1}` for one of the office's own list.
    #[schema(value_type = String)]
    because: VoidReason,
}

/// Asking for a correction (TRN-09).
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionRequest {
    /// As in [`VoidRequest`].
    #[schema(value_type = String)]
    because: VoidReason,
    /// To be done by then; not after the booked time.
    #[schema(value_type = String, format = DateTime)]
    until: CivilInstant,
    /// What the citizen is told besides.
    #[serde(default)]
    note: Option<String>,
}

/// Makes a booking void; while that rule is tolerated, sends a warning.
#[utoipa::path(post, path = "/api/v1/offices/{office}/bookings/{booking}/voids", tag = "staff",
    request_body = VoidRequest,
    params(("office" = String, Path), ("booking" = String, Path, description = "its reference")),
    responses((status = 200, body = BookingAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn void(
    State(state): State<Api>,
    Path((key, reference)): Path<(String, String)>,
    asked: ApiRequest<VoidRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    let turn = turn(&state, handle, &asked)?;
    let order = VoidOrder { booking: BookingName::Reference(reference), because: asked.body.because };
    booking_answer(&state, handle, &voiding::run(turn, order).await?)
}

/// Asks the citizen for a correction by a deadline, after which the booking is void.
#[utoipa::path(post, path = "/api/v1/offices/{office}/bookings/{booking}/corrections", tag = "staff",
    request_body = CorrectionRequest,
    params(("office" = String, Path), ("booking" = String, Path, description = "its reference")),
    responses((status = 200, body = BookingAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn correction(
    State(state): State<Api>,
    Path((key, reference)): Path<(String, String)>,
    asked: ApiRequest<CorrectionRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    let turn = turn(&state, handle, &asked)?;
    let CorrectionRequest { because, until, note } = asked.body;
    let order = CorrectionOrder { booking: BookingName::Reference(reference), because, until, note };
    booking_answer(&state, handle, &ask_correction::run(turn, order).await?)
}
