//! The box of a room on the pages of citizens, helpers and clerks: where its line is, what it says at each turn, and the way out.

use teleconference::{CallStanding, RoomEnd, RoomProvider};

use crate::{frame::Frame, visitor::Visitor};

/// The box of a room.
#[derive(Debug)]
pub struct CallBox {
    /// Where the line is opened.
    pub line: String,
    /// Where a page sends what is for others.
    pub signals: String,
    /// Shows that what is sent comes from this page.
    pub csrf: String,
    /// Why it leads nowhere, if it does not.
    pub over: Option<&'static str>,
    /// All that is said of why, each with its name.
    pub ends: [(&'static str, &'static str); 5],
    /// Browsers connect through a server alone, and never directly.
    pub relay: bool,
    /// The server of somebody else who holds the room.
    pub held_at: Option<String>,
    /// Who looks receives the others.
    pub is_host: bool,
}

/// What the script says by itself, by the name under which it asks.
const WORDS: [(&str, &str); 11] = [
    ("opened", "call-opened"),
    ("guest", "call-guest"),
    ("host", "call-host"),
    ("helper", "call-helper"),
    ("you", "call-you"),
    ("came", "call-came"),
    ("went", "call-went"),
    ("dropped", "call-dropped"),
    ("lost", "call-lost"),
    ("unsent", "call-unsent"),
    ("no-media", "call-no-media"),
];

/// The sentence about an end, for citizens and helpers or for the clerk.
const fn sentence(end: RoomEnd, is_host: bool) -> &'static str {
    match (end, is_host) {
        (RoomEnd::Time, _) => "call-over-time",
        (RoomEnd::Removed, _) => "call-over-removed",
        (RoomEnd::ForAll, false) => "call-over-for-all",
        (RoomEnd::ForAll, true) => "call-staff-ended",
        (RoomEnd::ByTelephone, false) => "call-over-by-telephone",
        (RoomEnd::ByTelephone, true) => "call-staff-telephone",
        (RoomEnd::Done, _) => "call-over-done",
    }
}

impl CallBox {
    /// What the script says by itself.
    pub fn words(&self, f: &Frame) -> Vec<(&'static str, String)> {
        WORDS.iter().map(|(name, sentence)| (*name, f.say(sentence))).collect()
    }

    /// The box for who has this pass.
    pub fn of(visitor: &Visitor, pass: &str, standing: &CallStanding) -> Self {
        let said = |end| sentence(end, standing.is_host());
        let at = |what: &str| format!("/api/v1/calls/{pass}/{what}");
        Self {
            line: at("line"),
            signals: at("signals"),
            csrf: visitor.form_token(),
            over: standing.over(visitor.state.clock.now()).map(said),
            // As the line names them.
            ends: [
                ("time", said(RoomEnd::Time)),
                ("removed", said(RoomEnd::Removed)),
                ("for-all", said(RoomEnd::ForAll)),
                ("by-telephone", said(RoomEnd::ByTelephone)),
                ("done", said(RoomEnd::Done)),
            ],
            relay: visitor.state.calls.ice.relay_only,
            held_at: match &visitor.state.calls.provider {
                RoomProvider::BuiltIn => None,
                RoomProvider::Link(address) => Some(address.host().to_owned()),
            },
            is_host: standing.is_host(),
        }
    }
}
