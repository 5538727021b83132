//! The description of the API, made from the code that it describes.

use axum::response::Response;
use utoipa::OpenApi;

use super::write::answer;
use acts::Fault;

/// What the API is.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Seira",
        description = "The day of a public office: bookings, tickets, calls, feeds. Errors are \
        application/problem+json with a stable type; commands carry an idempotency-key, and the same key again gets the \
        same answer. Feeds are Server-Sent Events: first `clock`, then `view` with the whole view."
    ),
    paths(
        super::tickets::post,
        super::check_ins::post,
        super::slots::get,
        super::bookings::post,
        super::bookings::cancel,
        super::bookings::change,
        super::bookings::void,
        super::bookings::correction,
        super::bounces::post,
        super::desks::post,
        super::visits::post,
        super::visits::card,
        super::office_actions::suspend,
        super::office_actions::resume,
        super::office_actions::roll_call,
        super::feeds::get,
        super::feeds::visit,
        super::pairings::post,
        super::pairings::get,
        super::sessions::post,
        super::sessions::delete,
        super::accounts::post,
        super::accounts::list,
        super::accounts::disable,
        super::accounts::change_password,
        super::devices::approve,
        super::devices::list,
        super::devices::revoke,
        super::devices::report
    ),
    components(schemas(
        wire::BoardView,
        wire::KioskView,
        wire::FloorView,
        wire::VisitView,
        wire::FeedClock,
        super::desks::OfVisit,
        super::desks::Opening,
        super::desks::Break,
        super::desks::Ready,
        super::desks::ChosenCall,
        super::desks::CallAfterNote,
        super::desks::Interruption,
        super::desks::Transfer,
        super::desks::Finish,
        super::desks::Direct,
        super::desks::Paper,
        super::desks::ShownAtDesk,
        super::desks::Done,
        super::desks::Nothing,
        super::visits::LateAgain,
        super::visits::FixedTime,
        super::visits::Amendment,
        super::visits::NoteText
    ))
)]
struct Api;

/// `GET /api/openapi.json`
pub async fn get() -> Result<Response, Fault> {
    answer(&Api::openapi())
}
