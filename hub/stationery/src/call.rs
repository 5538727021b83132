//! The box of a room on the pages of citizens, helpers and clerks: where its line is, what it says at each turn, and the way out.

use secrets::{CallPass, CallSubject, read_call_pass};
use teleconference::{CallStanding, RoomEnd};

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
    pub ends: [(&'static str, &'static str); 6],
    /// Browsers connect through a server alone, and never directly.
    pub relay: bool,
    /// The server of somebody else who holds the room.
    pub held_at: Option<String>,
    /// Its rooms are shown within our page.
    pub is_within: bool,
    /// The room is a conference's, and no booking's.
    pub is_conference: bool,
    /// Where who has not come through the waiting page finds it.
    pub waiting_page: Option<String>,
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
        (RoomEnd::Done | RoomEnd::Cancelled, _) => "call-over-done",
    }
}

/// The same of a conference.
const fn of_conference(end: RoomEnd) -> &'static str {
    match end {
        RoomEnd::Removed => "conference-removed-hint",
        RoomEnd::Cancelled => "conference-is-cancelled",
        RoomEnd::Time | RoomEnd::ForAll | RoomEnd::ByTelephone | RoomEnd::Done => "conference-is-over",
    }
}

impl CallBox {
    /// What the script says by itself.
    pub fn words(&self, f: &Frame) -> Vec<(&'static str, String)> {
        let said = |(name, sentence): &(&'static str, &'static str)| {
            let sentence = match (self.is_conference, *name) {
                (true, "guest") => "conference-participant",
                (true, "host") => "conference-coordinator",
                (true | false, _) => sentence,
            };
            (*name, f.say(sentence))
        };
        WORDS.iter().map(said).collect()
    }

    /// The box for who has this pass.
    pub fn of(visitor: &Visitor, pass: &str, standing: &CallStanding) -> Self {
        let is_conference = match read_call_pass(&visitor.state.key, pass).as_ref().map(CallPass::subject) {
            Some(CallSubject::Conference(_)) => true,
            Some(CallSubject::Booking(..)) | None => false,
        };
        let said = |end| if is_conference { of_conference(end) } else { sentence(end, standing.is_host()) };
        let provider = &standing.doors.provider;
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
                ("cancelled", said(RoomEnd::Cancelled)),
            ],
            relay: visitor.state.calls.ice.relay_only,
            held_at: provider.held_at().map(|address| address.host().to_owned()),
            is_within: provider.shown_within().is_some(),
            is_conference,
            waiting_page: None,
            is_host: standing.is_host(),
        }
    }
}
