//! Server-Sent Events: the board, the kiosk, the floor, and one citizen's own visit.

use std::sync::Arc;

use acts::Fault;
use axum::{
    extract::{Path, State},
    response::Response,
};
use feed::Readership;
use office::PublicId;
use uuid::Uuid;
use wire::{DeviceKind, ProblemCode};

use crate::{request::ApiCaller, state::Api, write::office};

/// Follows an office.
#[utoipa::path(get, path = "/api/v1/offices/{office}/feeds/{audience}", tag = "feeds",
    params(("office" = String, Path), ("audience" = String, Path, description = "board, kiosk or floor")),
    responses((status = 200, description = "text/event-stream: `clock` with a FeedClock, then `view` with a BoardView, \
        KioskView or FloorView", content_type = "text/event-stream", body = String),
        (status = "4XX", body = wire::Problem)))]
pub async fn get(
    State(state): State<Api>,
    Path((key, audience)): Path<(String, String)>,
    ApiCaller(caller): ApiCaller,
) -> Result<Response, Fault> {
    let handle = Arc::clone(office(&state, &key)?);
    let audience = match audience.as_str() {
        "board" => Readership::Board,
        "kiosk" => Readership::Kiosk,
        "floor" => Readership::Floor,
        _ => return Err(ProblemCode::NotFound.into()),
    };
    match audience {
        // Who presses buttons at a desk sees what the room sees.
        Readership::Board if caller.desk_of(&handle).is_ok() => {}
        Readership::Board => caller.device_or_staff(DeviceKind::Display, &handle)?,
        Readership::Kiosk => caller.device_or_staff(DeviceKind::Kiosk, &handle)?,
        Readership::Floor => drop(caller.staff(&handle)?),
    }
    let place = caller.feed_place(&state.access.limits)?;
    Ok(feed::of_audience(&state.feeds, &handle, audience, caller, place))
}

/// Follows one visit; its opaque id is the permission.
#[utoipa::path(get, path = "/v/{visit}/feed", tag = "feeds", params(("visit" = Uuid, Path)),
    responses((status = 200, description = "text/event-stream: `clock`, then `view` with a VisitView",
        content_type = "text/event-stream", body = String), (status = "4XX", body = wire::Problem)))]
pub async fn visit(
    State(state): State<Api>,
    Path(public): Path<String>,
    ApiCaller(caller): ApiCaller,
) -> Result<Response, Fault> {
    let public = Uuid::try_parse(&public).map(PublicId).map_err(|_| Fault::from(ProblemCode::UnknownVisit))?;
    let found = state.offices.going().find(|office| office.read().visits_by_public.contains_key(&public));
    // It may be one of an office that is set aside.
    let is_known =
        || if state.offices.aside().next().is_some() { ProblemCode::OfficeSetAside } else { ProblemCode::UnknownVisit };
    let handle = Arc::clone(found.ok_or_else(is_known)?);
    let place = caller.feed_place(&state.access.limits)?;
    Ok(feed::of_visit(&state.feeds, &handle, public, place))
}
