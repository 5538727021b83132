//! The description of the API, made from the code that it describes.

use acts::Fault;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use utoipa::OpenApi;

use crate::write::answer;

/// The description of the API, as programs read it.
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
        super::hand_ins::lease,
        super::hand_ins::hand_in,
        super::slots::get,
        super::bookings::post,
        super::bookings::cancel,
        super::bookings::change,
        super::bookings::void,
        super::bookings::correction,
        super::bounces::post,
        super::calls::line,
        super::calls::post,
        super::desks::post,
        super::visits::post,
        super::visits::card,
        super::visits::wish,
        super::visits::fix_time,
        super::rebookings::times,
        super::rebookings::post,
        super::help::ring,
        super::help::end,
        super::help::accept,
        super::office_actions::suspend,
        super::office_actions::resume,
        super::office_actions::roll_call,
        super::feeds::get,
        super::feeds::visit,
        super::start_links::challenge,
        super::start_links::letters,
        super::start_links::post,
        super::pairings::post,
        super::pairings::get,
        super::pairings::open,
        super::greetings::get,
        super::devices::meet,
        super::sessions::post,
        super::sessions::delete,
        super::accounts::post,
        super::accounts::list,
        super::accounts::disable,
        super::accounts::invite,
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
        super::desk_bodies::OfVisit,
        super::desk_bodies::DeskOpening,
        super::desk_bodies::DeskBreak,
        super::desk_bodies::DeskReady,
        super::desk_bodies::UndoneStep,
        super::desk_bodies::ChosenCall,
        super::desk_bodies::CallAfterNote,
        super::desk_bodies::Interruption,
        super::desk_bodies::VisitTransfer,
        super::desk_bodies::VisitFinish,
        super::desk_bodies::DirectVisit,
        super::desk_bodies::OutageVisit,
        super::desk_bodies::ShownAtDesk,
        super::desks::Done,
        super::request::Empty,
        super::visits::LateDecision,
        super::visits::FixedTime,
        super::visits::Amendment,
        super::visits::NoteText
    ))
)]
struct ApiDocument;

/// `GET /api/outside/protocol.json`: what a body's protocol system is asked and answers.
pub async fn protocol() -> Response {
    contract(outside::PROTOCOL_CONTRACT)
}

/// `GET /api/outside/records.json`: what a body's register of records is asked and answers.
pub async fn records() -> Response {
    contract(outside::RECORDS_CONTRACT)
}

fn contract(text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// `GET /api/openapi.json`
pub async fn get() -> Result<Response, Fault> {
    answer(&ApiDocument::openapi())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{desks::DESK_ACTIONS, visits::VISIT_ACTIONS};

    #[test]
    fn every_body_that_an_action_takes_is_described() {
        let described = ApiDocument::openapi().components.map(|components| components.schemas).unwrap_or_default();
        let sentences = DESK_ACTIONS.split(". ").chain(VISIT_ACTIONS.split(". "));
        let bodies: Vec<&str> = sentences.filter_map(|said| Some(said.split_once(" takes ")?.1)).collect();
        assert_eq!(bodies.len(), 29, "{bodies:?}");
        for body in bodies {
            assert!(described.contains_key(body.trim_end_matches('.')), "{body} is not described");
        }
    }
}
