//! A walk-in takes a number (TRN-06).

use chrono::{DateTime, Utc};
use office::{Command, Language, ToldWait};
use secrets::draw_public;
use serde::Serialize;
use views::{Outlook, ticket, visit_page};
use wire::{Needs, ProblemCode, TicketAnswer, TicketRequest};

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
    /// What they need.
    pub needs: Needs,
}

impl From<TicketRequest> for TicketWish {
    fn from(request: TicketRequest) -> Self {
        let TicketRequest { service, language, priority, could_not_book, persons, cases, needs } = request;
        Self { service, persons, cases, priority, language, could_not_book, needs }
    }
}

/// Gives a number. What the ticket says is kept word for word: the same command again prints the same ticket, whatever the
/// office calls its services by then. `public_url` is where citizens reach the hub.
///
/// # Errors
/// A [`Fault`] where the rules say no, or the hub cannot write.
pub async fn run(
    turn: Turn<'_>,
    outlook: &Outlook,
    public_url: &str,
    now: DateTime<Utc>,
    wish: TicketWish,
) -> Result<TicketAnswer, Fault> {
    // Looked up before the writer's turn, which is too dear for it.
    let expected = {
        let office = turn.office.read();
        let service = service_of(&office, &wish.service).ok();
        service.map(|service| outlook.of_newcomer(&office, service, now)).unwrap_or_default()
    };
    let rehearsal = turn.writer.belief().clock().is_rehearsal();
    let (asked, public_url) = (wish.clone(), public_url.to_owned());
    let work = move |bench: &mut writer::Workbench<'_>| {
        let public = draw_public();
        let command = Command::TakeTicket {
            service: service_of(bench.office(), &wish.service)?,
            public,
            persons: wish.persons,
            cases: wish.cases,
            priority: wish.priority,
            needs: wish.needs,
            language: wish.language,
            could_not_book: wish.could_not_book,
            told: expected.wait.map(|wait| ToldWait { from: wait.from, to: wait.to }),
        };
        decide(bench, &command)?;
        let visit = visit_behind(bench.office(), public.0).map_err(|_| ProblemCode::Unavailable)?;
        let config = bench.office().config.as_ref().ok_or(ProblemCode::Configuration)?;
        Ok(TicketAnswer {
            rehearsal,
            ..ticket(visit_page(&public_url, visit), bench.office(), config, visit, expected)
        })
    };
    turn.take("take-ticket", &asked, work).await
}
