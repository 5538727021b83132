//! The test room: everybody tries camera, microphone and browser before the day, and nothing of it leaves the device (PRE-08,
//! OMB-20).

use askama::Template;
use axum::response::Response;
use paths::Page;
use stationery::{
    frame::{Frame, ok},
    visitor::Visitor,
};

#[derive(Template)]
#[template(path = "conferences/test_room.html")]
struct TestRoomPage {
    f: Frame,
}

/// Shows it.
pub async fn get(visitor: Visitor) -> Response {
    ok(&TestRoomPage { f: visitor.frame().at(Page::TestRoom.to_string()) })
}
