//! How communications are protected, and on what legal ground: of teleconferences of citizens, of coordinators and of collective
//! bodies, by whoever holds the rooms here.

use askama::Template;
use axum::response::Response;
use stationery::{
    frame::{Frame, ok},
    visitor::Visitor,
};
use teleconference::RoomProvider;

#[derive(Template)]
#[template(path = "protection.html")]
struct ProtectionPage {
    f: Frame,
    /// How pages and messages go.
    lines: String,
    /// How sound and picture go, by whoever holds the rooms.
    rooms: String,
}

/// Shows it.
pub async fn get(visitor: Visitor) -> Response {
    let (state, voice) = (&visitor.state, visitor.voice);
    let rooms = match &state.calls.provider {
        RoomProvider::BuiltIn if state.calls.ice.relay_only => voice.say("protection-relayed"),
        RoomProvider::BuiltIn => voice.say("protection-direct"),
        RoomProvider::Link(address) => voice.text("protection-link", "host", address.host()),
        RoomProvider::Jitsi(server) => voice.text("protection-jitsi", "host", server.address().host()),
    };
    // A house that goes without encryption within its walls says so here too.
    let lines = if state.cookies().are_secure() { "protection-tls" } else { "protection-no-tls" };
    let lines = voice.say(lines);
    ok(&ProtectionPage { f: visitor.frame(), lines, rooms })
}
