//! All pages behind one door: the routes of each room, and what all of them wear.

use axum::{Router, middleware::from_fn_with_state, routing::get};
use paths::{ASSET, EMBLEM};
use stationery::{assets, date_field, dress, emblem, once, problem, state::Pages};
use tower_http::catch_panic::CatchPanicLayer;

/// Every page.
pub fn router(state: Pages) -> Router {
    let pages = citizen_pages::router().merge(staff_pages::router()).merge(admin_pages::router());
    pages
        .fallback(problem::not_found)
        .method_not_allowed_fallback(problem::not_found)
        .layer(from_fn_with_state(state.clone(), once::once))
        .layer(from_fn_with_state(state.clone(), date_field::join_dates))
        .layer(CatchPanicLayer::custom(acts::broken))
        .layer(from_fn_with_state(state.clone(), dress::dress))
        .route(ASSET, get(assets::get))
        .route(EMBLEM, get(emblem::get))
        .with_state(state)
}

/// The pages whose forms are told apart by the last part of their address: its path, and the names of all that can stand there.
#[must_use]
pub fn page_actions() -> Vec<(&'static str, &'static [&'static str])> {
    let of_citizens = citizen_pages::page_actions().map(|(route, names)| (route.pattern(), names));
    let of_staff = staff_pages::page_actions().map(|(route, names)| (route.pattern(), names));
    of_citizens.into_iter().chain(of_staff).collect()
}
