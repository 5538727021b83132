//! Somebody is here for the result of a request, with its receipt (PLA-03): they have a number for the visit at which it is
//! handed out.

use std::sync::Arc;

use body::{BodyConfig, CasePhase, ResultWay};
use chrono::{DateTime, Utc};
use office::{Command, Language, Needs};
use secrets::draw_public;
use serde::Serialize;
use store::{Readers, RequestRow};
use views::{Outlook, WaitForecast, standing_of, ticket, visit_page};
use wire::{CheckInAnswer, ProblemCode, ReceiptCode, TicketAnswer};
use writer::Workbench;

use crate::{
    fault::Fault,
    find::{service_of, visit_behind},
    turn::{Turn, decide},
};

/// Somebody who holds a receipt before the scanner.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiptClaim {
    /// The code as it was scanned.
    pub code: String,
    /// The language for ticket and call, if not the request's.
    pub language: Option<Language>,
}

/// What is known before the turn.
#[derive(Debug, Clone, Copy)]
pub struct CollectRoom<'a> {
    /// Look-ups of requests.
    pub readers: &'a Readers,
    /// The body, whose categories say where results are collected.
    pub body: &'a Arc<BodyConfig>,
    /// What is foretold of waits.
    pub outlook: &'a Outlook,
    /// Where citizens reach the hub.
    pub public_url: &'a str,
}

/// Gives them a number; the same receipt again gives the same number, as long as it waits.
///
/// # Errors
/// A [`Fault`] where the receipt is none, the result is collected elsewhere or not there, the rules say no, or the hub cannot
/// write.
pub async fn run(
    turn: Turn<'_>,
    room: CollectRoom<'_>,
    now: DateTime<Utc>,
    claim: ReceiptClaim,
) -> Result<CheckInAnswer, Fault> {
    let ReceiptCode(public) = claim.code.parse::<ReceiptCode>().map_err(|_| Fault::from(ProblemCode::UnknownCode))?;
    let found = room.readers.read(move |store| store.request(public)).await?;
    let spoken = found.as_ref().map(|row| row.language);
    // Looked up before the writer's turn, which is too dear for it.
    let expected = {
        let office = turn.office.read();
        let pickup = found.as_ref().and_then(|row| room.body.categories.get(&row.case.category)?.pickup.as_ref());
        let service = pickup.and_then(|pickup| service_of(&office, &pickup.service).ok());
        service.map(|service| room.outlook.of_newcomer(&office, service, now)).unwrap_or_default()
    };
    let (body, public_url) = (Arc::clone(room.body), room.public_url.to_owned());
    let (row, key) = (turn.office.row, turn.office.key.to_string());
    let rehearsal = turn.writer.belief().clock().is_rehearsal();
    let language = claim.language;
    let work = move |bench: &mut Workbench<'_>| {
        let found = bench.store().request(public);
        let request = bench.stored(found)?.ok_or(ProblemCode::UnknownCode)?;
        let service = service_key(&body, &key, &request)?;
        let before = bench.store().visit_of_request(row, public);
        let before = bench.stored(before)?;
        let waiting = before.and_then(|visit| visit_behind(bench.office(), visit).ok());
        let again = waiting.filter(|visit| !visit.state.is_over()).map(|visit| visit.public.0);
        let visit = match again {
            Some(visit) => visit,
            None => take_number(bench, (row, public), &service, language.unwrap_or(request.language))?,
        };
        answered(bench, visit, &public_url, expected, again.is_some(), rehearsal)
    };
    let told = turn.take("collect", &claim, work).await;
    told.map_err(|fault| Fault { language: spoken, ..fault })
}

/// The key of the service with which the result of a request is collected in an office, if it is there to be collected.
fn service_key(body: &BodyConfig, office: &str, request: &RequestRow) -> Result<String, ProblemCode> {
    let category = body.categories.get(&request.case.category);
    let pickup = category.and_then(|category| category.pickup.as_ref()).ok_or(ProblemCode::UnknownCode)?;
    if request.case.phase != (CasePhase::Ready { way: ResultWay::Collection }) {
        return Err(ProblemCode::ResultNotReady);
    }
    if pickup.office == office { Ok(pickup.service.clone()) } else { Err(ProblemCode::OtherOffice) }
}

/// A number like any walk-in's, and for which request it is.
fn take_number(
    bench: &mut Workbench<'_>,
    (office, request): (u32, uuid::Uuid),
    service: &str,
    language: Language,
) -> Result<uuid::Uuid, Fault> {
    let public = draw_public();
    let command = Command::TakeTicket {
        service: service_of(bench.office(), service)?,
        public,
        persons: 1,
        cases: 1,
        priority: false,
        needs: Needs::default(),
        language,
        could_not_book: false,
        told: None,
    };
    decide(bench, &command)?;
    let now = bench.now();
    let noted = bench.store().put_request_visit(office, public.0, request, now);
    bench.stored(noted)?;
    Ok(public.0)
}

fn answered(
    bench: &Workbench<'_>,
    visit: uuid::Uuid,
    public_url: &str,
    expected: WaitForecast,
    again: bool,
    rehearsal: bool,
) -> Result<CheckInAnswer, Fault> {
    let visit = visit_behind(bench.office(), visit).map_err(|_| ProblemCode::Unavailable)?;
    let config = bench.office().config.as_ref().ok_or(ProblemCode::Configuration)?;
    let ticket = ticket(visit_page(public_url, visit), bench.office(), config, visit, expected);
    let standing = standing_of(bench.office(), visit);
    Ok(CheckInAnswer { standing, ticket: TicketAnswer { rehearsal, ..ticket }, again })
}
