//! The signed heads of the journals, for the administrator to keep elsewhere.

use acts::Fault;
use askama::Template;
use axum::response::Response;
use paths::Page;
use stationery::{
    frame::{Frame, ok},
    signed::StaffVisitor,
};

/// So many of each office are shown: about two months.
const LINES_SHOWN_MAX: u32 = 60;

#[derive(Template)]
#[template(path = "admin/journal.html")]
struct JournalPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    offices: Vec<JournalOffice>,
}

struct JournalOffice {
    name: String,
    events: String,
    lines: Vec<ShownLine>,
}

struct ShownLine {
    at: String,
    line: String,
}

/// Shows them, the newest first.
pub async fn get(signed: StaffVisitor) -> Result<Response, Fault> {
    signed.admin()?;
    let visitor = &signed.visitor;
    let dates = visitor.dates_of_hub();
    let mut offices = Vec::new();
    for handle in signed.run() {
        let row = handle.row;
        let kept = visitor.state.readers.read(move |store| store.head_lines(row, LINES_SHOWN_MAX)).await?;
        let lines = kept.into_iter().map(|kept| ShownLine { at: dates.day_and_time(kept.at), line: kept.line });
        let name = handle.config(|config| visitor.voice.of_text(&config.name));
        offices.push(JournalOffice {
            name: name.unwrap_or_else(|| handle.key.to_string()),
            events: handle.seq().to_string(),
            lines: lines.collect(),
        });
    }
    let f = visitor.frame().admin("admin-journal").at(Page::AdminJournal.to_string());
    Ok(ok(&JournalPage { f, refusal: None, done: None, offices }))
}
