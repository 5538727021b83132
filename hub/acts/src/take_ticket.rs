//! A walk-in takes a number (TRN-06).

use chrono::{DateTime, Utc};
use office::{Command, Language, Needs, Visit};
use secrets::draw_public;
use serde::{Deserialize, Serialize};
use views::{Expected, Outlook};
use wire::ProblemCode;

use crate::{
    fault::Fault,
    find::{service_of, visit_behind},
    turn::{Turn, decide},
};

/// What a walk-in asks for.
#[derive(Debug, Clone, Serialize)]
pub struct TicketWish {
    /// The service's key.
    pub service: String,
    /// How many persons come.
    pub persons: u8,
    /// With how many cases.
    pub cases: u8,
    /// They are served first, by law or by need.
    pub priority: bool,
    /// The language in which they are spoken to.
    pub language: Language,
    /// They say that they could not book.
    pub could_not_book: bool,
}

/// A number, and what is foretold of the wait.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TicketGrant {
    /// The visit that begins.
    pub visit: Visit,
    /// What they may expect.
    pub expected: Expected,
}

/// Gives a number.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(
    turn: Turn<'_>,
    outlook: &Outlook,
    now: DateTime<Utc>,
    wish: TicketWish,
) -> Result<TicketGrant, Fault> {
    // Looked up before the writer's turn, which is too dear for it.
    let expected = {
        let office = turn.office.read();
        let service = service_of(&office, &wish.service).ok();
        service.map(|service| outlook.of_newcomer(&office, service, now)).unwrap_or_default()
    };
    let asked = wish.clone();
    let work = move |bench: &mut writer::Workbench<'_>| {
        let public = draw_public();
        let command = Command::TakeTicket {
            service: service_of(bench.office(), &wish.service)?,
            public,
            persons: wish.persons,
            cases: wish.cases,
            priority: wish.priority,
            needs: Needs::default(),
            language: wish.language,
            could_not_book: wish.could_not_book,
        };
        decide(bench, &command)?;
        let visit = visit_behind(bench.office(), public.0).cloned().map_err(|_| ProblemCode::Unavailable)?;
        Ok(TicketGrant { visit, expected })
    };
    turn.take("take-ticket", &asked, work).await
}
