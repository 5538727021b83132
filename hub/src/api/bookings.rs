//! `POST …/bookings`: staff book for a caller (FLD-14), move and cancel. Citizens book through the pages.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::{DateTime, Utc};
use office::{
    Audience, Booking, BookingId, CancelledBy, Channel, Command, Needs, Office, Party, PersonId, Reference, Refusal,
    VoidReason, Wanted,
};
use serde::{Deserialize, Serialize};
use wire::{Language, ProblemCode};

use super::{
    Fault,
    desks::put_note,
    request::Asked,
    tickets::service_of,
    write::{Said, ask, office},
};
use crate::{
    codes::{booking_code, draw_id, draw_reference},
    people::{Details, phone_number},
    state::AppState,
    store::{Entered, Person},
    writer::Workbench,
};

/// Longest name of a person.
pub const NAME_CHARACTERS_MAX: usize = 200;
/// Longest e-mail address, by RFC 5321.
pub const EMAIL_CHARACTERS_MAX: usize = 254;
/// Longest telephone number.
pub const PHONE_CHARACTERS_MAX: usize = 40;
/// A drawn reference is taken once in 25 thousand million draws; so often is another drawn.
const DRAWS_MAX: u8 = 4;

/// Booking for a caller.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BookingRequest {
    /// The service's key.
    service: String,
    /// A start out of `…/slots`.
    start: DateTime<Utc>,
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
    /// Their name.
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
    start: DateTime<Utc>,
}

/// A booking.
#[derive(Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct BookingAnswer {
    /// What a person types at the kiosk, and what names the booking here.
    pub reference: String,
    /// What stands in the QR code.
    pub code: String,
    /// When.
    pub start: DateTime<Utc>,
    /// Planned length.
    pub minutes: u16,
}

/// Books for a caller.
#[utoipa::path(post, path = "/api/v1/offices/{office}/bookings", tag = "staff", request_body = BookingRequest,
    params(("office" = String, Path), ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = BookingAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<AppState>,
    Path(key): Path<String>,
    asked: Asked<BookingRequest>,
) -> Result<Response, Fault> {
    let handle = Arc::clone(office(&state, &key)?);
    asked.caller.staff(&handle)?;
    let person = person_of(&asked.body)?;
    let (hub, row) = (state.clone(), handle.row);
    let body = asked.body;
    ask(&state, &handle, &asked.caller, asked.id, move |bench| {
        let Some(service) = service_of(bench.office(), &body.service) else {
            return Said::no(bench, &Refusal::UnknownService);
        };
        let address =
            match person.email.as_deref().map(|email| bench.store().address_of(email, bench.now())).transpose() {
                Ok(address) => address.map(|address| address.id),
                Err(_) => return Said::No(ProblemCode::Unavailable.into()),
            };
        let wanted = Wanted {
            service,
            channel: body.channel,
            start: body.start,
            persons: body.persons,
            cases: body.cases,
            audience: Audience::Internal,
        };
        let party =
            Party { person: person.id, address, language: body.language, needs: Needs::default(), if_late: None };
        let details = Details { name: body.name.trim().to_owned(), phone: person.phone.clone(), ..Details::default() };
        bench.put_person(person);
        bench.put_entered(Entered {
            person: party.person,
            office: row,
            booking: bench.office().next_booking + 1,
            visit_at: body.start,
            details: serde_json::to_string(&details).unwrap_or_default(),
        });
        book(&hub, bench, wanted, &party)
    })
    .await
}

fn book(state: &AppState, bench: &mut Workbench<'_>, wanted: Wanted, party: &Party) -> Said {
    let mut drawn = draw_reference();
    for _ in 0..DRAWS_MAX {
        let command = Command::Book { reference: drawn.clone(), wanted, party: party.clone() };
        match bench.decide(&command) {
            Ok(_) => return booked(state, bench, &drawn),
            Err(Refusal::IdTaken) => drawn = draw_reference(),
            Err(refused) => return Said::no(bench, &refused),
        }
    }
    Said::no(bench, &Refusal::IdTaken)
}

fn booked(state: &AppState, bench: &Workbench<'_>, reference: &Reference) -> Said {
    match find(bench.office(), &reference.0).and_then(|booking| answer_of(state, bench.office(), booking)) {
        Some(answer) => Said::yes(&answer),
        None => Said::no(bench, &Refusal::UnknownBooking),
    }
}

/// A booking as programs and pages show it.
pub fn answer_of(state: &AppState, office: &Office, booking: &Booking) -> Option<BookingAnswer> {
    let config = office.config.as_ref()?;
    let start = booking.promise.start;
    let date = start.with_timezone(&config.zone).date_naive();
    let code = booking_code(&state.key, config.number, date, &booking.reference).to_string();
    Some(BookingAnswer { reference: booking.reference.0.clone(), code, start, minutes: booking.promise.minutes })
}

fn find<'a>(office: &'a Office, reference: &str) -> Option<&'a Booking> {
    let id = office.bookings_by_reference.get(&Reference(reference.to_uppercase()))?;
    office.bookings.get(id)
}

fn id_of(office: &Office, reference: &str) -> Result<BookingId, Refusal> {
    find(office, reference).map(|booking| booking.id).ok_or(Refusal::UnknownBooking)
}

/// Cancels a booking for a caller.
#[utoipa::path(post, path = "/api/v1/offices/{office}/bookings/{booking}/cancellations", tag = "staff",
    request_body = super::desks::Nothing,
    params(("office" = String, Path), ("booking" = String, Path, description = "its reference")),
    responses((status = 200, body = BookingAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn cancel(
    State(state): State<AppState>,
    Path((key, reference)): Path<(String, String)>,
    asked: Asked<super::desks::Nothing>,
) -> Result<Response, Fault> {
    let handle = Arc::clone(office(&state, &key)?);
    asked.caller.staff(&handle)?;
    let hub = state.clone();
    ask(&state, &handle, &asked.caller, asked.id, move |bench| {
        let command = id_of(bench.office(), &reference)
            .map(|booking| Command::Cancel { booking, by: CancelledBy::Staff })
            .and_then(|command| bench.decide(&command));
        match command {
            Ok(_) => booked(&hub, bench, &Reference(reference.to_uppercase())),
            Err(refused) => Said::no(bench, &refused),
        }
    })
    .await
}

/// Moves a booking for a caller.
#[utoipa::path(post, path = "/api/v1/offices/{office}/bookings/{booking}/moves", tag = "staff",
    request_body = MoveRequest,
    params(("office" = String, Path), ("booking" = String, Path, description = "its reference")),
    responses((status = 200, body = BookingAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn change(
    State(state): State<AppState>,
    Path((key, reference)): Path<(String, String)>,
    asked: Asked<MoveRequest>,
) -> Result<Response, Fault> {
    let handle = Arc::clone(office(&state, &key)?);
    asked.caller.staff(&handle)?;
    let (hub, start) = (state.clone(), asked.body.start);
    ask(&state, &handle, &asked.caller, asked.id, move |bench| {
        let command = id_of(bench.office(), &reference)
            .map(|booking| Command::Move { booking, start, audience: Audience::Internal })
            .and_then(|command| bench.decide(&command));
        match command {
            Ok(_) => booked(&hub, bench, &Reference(reference.to_uppercase())),
            Err(refused) => Said::no(bench, &refused),
        }
    })
    .await
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
    until: DateTime<Utc>,
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
    State(state): State<AppState>,
    Path((key, reference)): Path<(String, String)>,
    asked: Asked<VoidRequest>,
) -> Result<Response, Fault> {
    let handle = Arc::clone(office(&state, &key)?);
    asked.caller.staff(&handle)?;
    let (hub, because) = (state.clone(), asked.body.because);
    ask(&state, &handle, &asked.caller, asked.id, move |bench| {
        let command = id_of(bench.office(), &reference)
            .map(|booking| Command::Void { booking, because })
            .and_then(|command| bench.decide(&command));
        match command {
            Ok(_) => booked(&hub, bench, &Reference(reference.to_uppercase())),
            Err(refused) => Said::no(bench, &refused),
        }
    })
    .await
}

/// Asks the citizen for a correction by a deadline, after which the booking is void.
#[utoipa::path(post, path = "/api/v1/offices/{office}/bookings/{booking}/corrections", tag = "staff",
    request_body = CorrectionRequest,
    params(("office" = String, Path), ("booking" = String, Path, description = "its reference")),
    responses((status = 200, body = BookingAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn correction(
    State(state): State<AppState>,
    Path((key, reference)): Path<(String, String)>,
    asked: Asked<CorrectionRequest>,
) -> Result<Response, Fault> {
    let handle = Arc::clone(office(&state, &key)?);
    let account = asked.caller.staff(&handle)?.account.id;
    let (hub, CorrectionRequest { because, until, note }) = (state.clone(), asked.body);
    ask(&state, &handle, &asked.caller, asked.id, move |bench| {
        let found = find(bench.office(), &reference);
        let found = found.map(|booking| (booking.id, booking.life.party().map(|party| party.person)));
        let Some((booking, about)) = found else { return Said::no(bench, &Refusal::UnknownBooking) };
        let note = note.filter(|text| !text.trim().is_empty());
        let note = note.map(|text| put_note(bench, account, about, &text));
        match bench.decide(&Command::AskCorrection { booking, because, note, until }) {
            Ok(_) => booked(&hub, bench, &Reference(reference.to_uppercase())),
            Err(refused) => Said::no(bench, &refused),
        }
    })
    .await
}

/// The person of a request, within bounds.
fn person_of(body: &BookingRequest) -> Result<Person, Fault> {
    let name = body.name.trim();
    let too_long = |text: &str, most: usize| text.chars().count() > most;
    let optional = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
    let (email, phone) = (optional(&body.email), optional(&body.phone));
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(Fault::malformed("name".to_owned()));
    }
    if too_long(name, NAME_CHARACTERS_MAX)
        || email.as_deref().is_some_and(|email| too_long(email, EMAIL_CHARACTERS_MAX))
        || phone.as_deref().is_some_and(|phone| too_long(phone, PHONE_CHARACTERS_MAX))
    {
        return Err(ProblemCode::TooLarge.into());
    }
    if email.as_deref().is_some_and(|email| email.parse::<crate::mail::EmailAddress>().is_err()) {
        return Err(Fault::malformed("email".to_owned()));
    }
    // Kept as the pages keep it, so that it can be called and written to; what is no number is shown as it was said.
    let phone = phone.map(|phone| phone_number(&phone).unwrap_or(phone));
    Ok(Person { id: PersonId(draw_id()), name: Some(name.to_owned()), email, phone })
}
