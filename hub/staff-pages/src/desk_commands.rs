//! The ids of the commands that the page of a desk would send.

use secrets::draw_id;

/// The ids of the commands that the page's forms would send: the same form sent twice does nothing twice (PROM-09).
pub struct DeskCommands {
    pub open: String,
    pub close: String,
    pub rest: String,
    pub resume: String,
    pub next: String,
    pub after_note: String,
    pub appeared: String,
    pub recall: String,
    pub no_show: String,
    pub put_back: String,
    pub finish: String,
    pub lacking: String,
    pub failed: String,
    pub shown: String,
    pub park: String,
    pub interrupt: String,
    pub transfer: String,
    pub ready: String,
    pub direct: String,
    pub amend: String,
    pub emergency: String,
    /// No command, but the ring that an emergency would be.
    pub ring: String,
}

/// The id of a command that a form would send.
pub fn id() -> String {
    draw_id().to_string()
}

impl DeskCommands {
    /// Other ids for each page.
    pub fn draw() -> Self {
        Self {
            open: id(),
            close: id(),
            rest: id(),
            resume: id(),
            next: id(),
            after_note: id(),
            appeared: id(),
            recall: id(),
            no_show: id(),
            put_back: id(),
            finish: id(),
            lacking: id(),
            failed: id(),
            shown: id(),
            park: id(),
            interrupt: id(),
            transfer: id(),
            ready: id(),
            direct: id(),
            amend: id(),
            emergency: id(),
            ring: id(),
        }
    }
}
