//! The signed heads of the journals, for the administrator to keep elsewhere.

use acts::Fault;
use askama::Template;
use axum::response::Response;
use paths::Page;
use stationery::{
    frame::{Frame, ok},
    signed::StaffVisitor,
};
use store::{Head, KeptHeadLine};

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
    let shown = |kept: Vec<KeptHeadLine>| {
        let line = |kept: KeptHeadLine| ShownLine { at: dates.day_and_time(kept.at), line: kept.line };
        kept.into_iter().map(line).collect()
    };
    for handle in signed.run() {
        let row = Some(handle.row);
        let kept = visitor.state.readers.read(move |store| store.head_lines(row, LINES_SHOWN_MAX)).await?;
        let name = handle.config(|config| visitor.voice.of_text(&config.name));
        offices.push(JournalOffice {
            name: name.unwrap_or_else(|| handle.key.to_string()),
            events: handle.seq().to_string(),
            lines: shown(kept),
        });
    }
    // What the body decided is of no office.
    if signed.hub_admin().is_ok() {
        let read =
            visitor.state.readers.read(|store| Ok((store.body_end()?, store.head_lines(None, LINES_SHOWN_MAX)?)));
        let (end, kept) = read.await?;
        if end != Head::NONE {
            let name = visitor.voice.say("journal-of-body");
            offices.push(JournalOffice { name, events: end.seq.to_string(), lines: shown(kept) });
        }
    }
    let f = visitor.frame().admin("admin-journal").at(Page::AdminJournal.to_string());
    Ok(ok(&JournalPage { f, refusal: None, done: None, offices }))
}
