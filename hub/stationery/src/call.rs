//! The box of a room on the pages of citizens, helpers and clerks: where its line is, what it says at each turn, and the way out.

use acts::calls::{CallStanding, RoomEnd};

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

/// The sentence about an end.
const fn sentence(end: RoomEnd) -> &'static str {
    match end {
        RoomEnd::Time => "call-over-time",
        RoomEnd::Removed => "call-over-removed",
        RoomEnd::ForAll => "call-over-for-all",
        RoomEnd::ByTelephone => "call-over-by-telephone",
        RoomEnd::Done => "call-over-done",
    }
}

impl CallBox {
    /// What the script says by itself.
    pub fn words(&self, f: &Frame) -> Vec<(&'static str, String)> {
        WORDS.iter().map(|(name, sentence)| (*name, f.say(sentence))).collect()
    }

    /// The box for who has this pass.
    pub fn of(visitor: &Visitor, pass: &str, standing: &CallStanding) -> Self {
        let at = |what: &str| format!("/api/v1/calls/{pass}/{what}");
        Self {
            line: at("line"),
            signals: at("signals"),
            csrf: visitor.form_token(),
            over: standing.over(visitor.state.clock.now()).map(sentence),
            // As the line names them.
            ends: [
                ("time", sentence(RoomEnd::Time)),
                ("removed", sentence(RoomEnd::Removed)),
                ("for-all", sentence(RoomEnd::ForAll)),
                ("by-telephone", sentence(RoomEnd::ByTelephone)),
                ("done", sentence(RoomEnd::Done)),
            ],
            relay: visitor.state.calls.ice.relay_only,
        }
    }
}
