//! The JSON API of kiosks, displays, staff's programs and the public.

mod accounts;
mod actions;
mod bookings;
mod bounces;
mod calls;
mod check_ins;
mod conference_feeds;
mod desk_bodies;
mod desks;
mod devices;
mod feeds;
mod greetings;
mod hand_ins;
mod help;
mod office_actions;
mod once;
mod openapi;
mod pairings;
mod problem;
mod rebookings;
mod request;
mod seen;
mod sessions;
mod slots;
mod start_links;
mod state;
mod tickets;
mod visits;
mod write;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn_with_state,
    routing::{delete, get, post},
};

pub use problem::render_faults;
pub use state::{Api, ApiParts};

/// Every route of the API whose answers come at once.
pub fn router(api: Api) -> Router {
    Router::new()
        // Written out: below a nested router every request would be rewritten on its way.
        .route("/api/v1/offices/{office}/tickets", post(tickets::post))
        .route("/api/v1/offices/{office}/check-ins", post(check_ins::post))
        .route("/api/v1/offices/{office}/rebookings", post(rebookings::post))
        .route("/api/v1/offices/{office}/rebookings/times", post(rebookings::times))
        .route("/api/v1/offices/{office}/help", post(help::ring))
        .route("/api/v1/offices/{office}/help/{ring}/end", post(help::end))
        .route("/api/v1/offices/{office}/help/{ring}/accept", post(help::accept))
        .route("/api/v1/offices/{office}/visits/{visit}/wishes", post(visits::wish))
        .route("/api/v1/offices/{office}/visits/{visit}/time", post(visits::fix_time))
        .route("/api/v1/offices/{office}/leases", post(hand_ins::lease))
        .route("/api/v1/offices/{office}/hand-ins", post(hand_ins::hand_in))
        .route("/api/v1/offices/{office}/bookings", post(bookings::post))
        .route("/api/v1/offices/{office}/bookings/{booking}/cancellations", post(bookings::cancel))
        .route("/api/v1/offices/{office}/bookings/{booking}/moves", post(bookings::change))
        .route("/api/v1/offices/{office}/bookings/{booking}/voids", post(bookings::void))
        .route("/api/v1/offices/{office}/bookings/{booking}/corrections", post(bookings::correction))
        .route("/api/v1/offices/{office}/slots", get(slots::get))
        .route("/api/v1/offices/{office}/desks/{desk}/{action}", post(desks::post))
        .route("/api/v1/offices/{office}/visits/{visit}/{action}", post(visits::post))
        .route("/api/v1/offices/{office}/visits/{visit}/card", get(visits::card))
        .route("/api/v1/offices/{office}/suspensions", post(office_actions::suspend))
        .route("/api/v1/offices/{office}/resumptions", post(office_actions::resume))
        .route("/api/v1/offices/{office}/roll-calls", post(office_actions::roll_call))
        .route("/api/v1/offices/{office}/devices", get(devices::list).post(devices::approve))
        .route("/api/v1/challenges", get(start_links::challenge))
        .route("/api/v1/challenges/{file}", get(start_links::letters))
        .route("/api/v1/start-links", post(start_links::post))
        .route("/api/v1/pairings", post(pairings::post))
        .route("/api/v1/pairings/{pairing}/openings", post(pairings::open))
        .route("/api/v1/greetings/{number}", get(greetings::get))
        .route("/api/v1/sessions", post(sessions::post))
        .route("/api/v1/sessions/self", delete(sessions::delete))
        .route("/api/v1/accounts", get(accounts::list).post(accounts::post))
        .route("/api/v1/accounts/{account}", delete(accounts::disable))
        .route("/api/v1/accounts/{account}/invitations", post(accounts::invite))
        .route("/api/v1/devices/{device}", delete(devices::revoke))
        .route("/api/v1/devices/self/faults", post(devices::report))
        .route("/api/v1/devices/self/encounters", post(devices::meet))
        .route("/api/v1/devices/self/echoes", post(devices::shown))
        .route("/api/v1/calls/{pass}/signals", post(calls::post).layer(DefaultBodyLimit::max(calls::BODY_BYTES_MAX)))
        .route("/api/v1/bounces", post(bounces::post).layer(DefaultBodyLimit::max(bounces::BODY_BYTES_MAX)))
        .route("/api/openapi.json", get(openapi::get))
        .route("/api/outside/protocol.json", get(openapi::protocol))
        .route("/api/outside/records.json", get(openapi::records))
        .layer(from_fn_with_state(api.clone(), once::once))
        .with_state(api)
}

/// The routes that are held open on purpose: feeds, and a pairing that waits for somebody to type its code.
pub fn held_open(api: Api) -> Router {
    Router::new()
        .route("/api/v1/offices/{office}/feeds/{audience}", get(feeds::get))
        .route("/v/{visit}/feed", get(feeds::visit))
        .route("/api/v1/calls/{pass}/line", get(calls::line))
        .route("/conference/{link}/feed", get(conference_feeds::guest))
        .route("/conferences/feed", get(conference_feeds::counters))
        .route("/api/v1/pairings/{pairing}", get(pairings::get))
        .with_state(api)
}
