//! The result of a request at the desk of an office (PLA-03): what is to be handed out at the visit that a desk serves, and that
//! it was. Whoever serves that visit may; no other grant is needed than that of the desk.

use body::{AccountId, Action, BodyConfig, CaseCommand, CasePhase, IdentityPaper, OfficeId, OfficeMoment, ResultWay};
use office::{DeskId, Origin, PersonId, VisitState};
use store::{RequestRow, Store, Stored};
use uuid::Uuid;
use writer::OfficeHandle;

use super::{
    RequestErrand, RequestRefusal, RequestRoom, WrittenText,
    hand_out::HandOutPaper,
    step::{StepCapacity, StepOrder},
};
use crate::{
    fault::Fault,
    looks::{LookGrant, LookKind},
    own_profile,
};

/// So many results of one person are shown at a desk, at most.
const RESULTS_MAX: usize = 20;

/// The visit that an account's own desk serves.
#[derive(Debug, Clone)]
struct ServedVisit {
    public: Uuid,
    number: u64,
    service: String,
    /// Who booked it.
    person: Option<PersonId>,
}

fn served(office: &OfficeHandle, account: u32, desk: DeskId) -> Option<ServedVisit> {
    let office = office.read();
    let open = office.desks.get(&desk).filter(|open| open.clerk.0 == account)?;
    let visit = office.visits.get(&open.holds?).filter(|visit| matches!(visit.state, VisitState::Serving { .. }))?;
    let person = match visit.origin {
        Origin::Booked { booking, .. } => office.bookings.get(&booking)?.life.party().map(|party| party.person),
        Origin::WalkIn | Origin::Direct | Origin::Outage => None,
    };
    let service = office.config.as_ref()?.services.get(&visit.service)?.key.clone();
    Some(ServedVisit { public: visit.public.0, number: visit.id.0, service, person })
}

/// The requests whose results a visit is for: the one whose receipt began it, or those of who booked it.
fn of_visit(
    store: &Store,
    body: &BodyConfig,
    (office, key): (u32, &str),
    visit: &ServedVisit,
) -> Stored<Vec<RequestRow>> {
    if let Some(request) = store.request_of_visit(office, visit.public)? {
        return Ok(store.request(request)?.into_iter().collect());
    }
    let record = visit.person.map(|person| store.record(person)).transpose()?.flatten();
    let email = record.and_then(|record| record.email);
    let account = email.map(|email| store.account_of_address(&email)).transpose()?.flatten();
    let Some(account) = account else { return Ok(Vec::new()) };
    let is_here = |row: &RequestRow| {
        let category = body.categories.get(&row.case.category);
        let pickup = category.and_then(|category| category.pickup.as_ref());
        pickup.is_some_and(|pickup| pickup.office == key && pickup.service == visit.service)
    };
    let rows = store.requests_of(AccountId(account), super::list::LIST_MAX)?;
    Ok(rows.into_iter().filter(is_here).collect())
}

/// A result that waits at a desk.
#[derive(Debug, Clone)]
pub struct DeskResult {
    /// The request that the result belongs to.
    pub row: RequestRow,
    /// Whose it is, as the paper that is shown must say; none where they said no name.
    pub applicant: Option<String>,
}

/// What is to be handed out at the visit that an account's own desk serves; that it was shown is kept (FLD-22).
///
/// # Errors
/// That the hub cannot read or keep the look.
pub async fn waiting(
    room: RequestRoom<'_>,
    office: &OfficeHandle,
    (account, desk): (u32, DeskId),
) -> Result<Vec<DeskResult>, Fault> {
    let Some(visit) = served(office, account, desk) else { return Ok(Vec::new()) };
    let (row, key, body, number) = (office.row, office.key.to_string(), room.body.clone(), visit.number);
    let waiting = room.ledger.readers.read(move |store| {
        let is_there = |row: &RequestRow| row.case.phase == CasePhase::Ready { way: ResultWay::Collection };
        let found = of_visit(store, &body, (row, &key), &visit)?;
        let result = |row: RequestRow| {
            let said = own_profile::kept(store, row.case.account.0)?;
            Ok(DeskResult { row, applicant: said.map(|said| said.name).filter(|name| !name.is_empty()) })
        };
        found.into_iter().filter(is_there).take(RESULTS_MAX).map(result).collect::<Stored<Vec<_>>>()
    });
    let waiting = waiting.await?;
    for one in &waiting {
        let look = LookGrant::new(account, row, LookKind::Request);
        // One visit is one look, however often the page renews itself.
        LookGrant { visit: Some(one.row.public), occasion: Some(number), ..look }.keep(room.ledger).await?;
    }
    Ok(waiting)
}

/// A result that is handed out at a desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskHandOut {
    /// The visit that the desk serves, as the page showed it.
    pub visit: Uuid,
    /// How the outside names the request whose result is handed out.
    pub request: Uuid,
    /// What was shown.
    pub shown: HandOutPaper,
}

/// Hands it out.
///
/// # Errors
/// That the hub cannot read or write.
pub async fn hand_out(
    room: RequestRoom<'_>,
    office: &OfficeHandle,
    (account, desk): (u32, DeskId),
    handed: DeskHandOut,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let DeskHandOut { visit: believed, request, shown } = handed;
    let served = served(office, account, desk).filter(|visit| visit.public == believed);
    let Some(visit) = served else { return Ok(Err(RequestRefusal::NotFound)) };
    let (row, key, body) = (office.row, office.key.to_string(), room.body.clone());
    let found = room.ledger.readers.read(move |store| of_visit(store, &body, (row, &key), &visit)).await?;
    if !found.iter().any(|row| row.public == request) {
        return Ok(Err(RequestRefusal::NotFound));
    }
    let place = OfficeId(office.row);
    let cause = Some(OfficeMoment { office: place, seq: office.seq() });
    let HandOutPaper { id, kind, last, .. } = shown;
    let command = CaseCommand::HandOut { paper: IdentityPaper { kind, last: id }, cause };
    let text = WrittenText { id, text: last.to_string() };
    let errand = RequestErrand { request, by: AccountId(account) };
    let order = StepOrder::of_staff(errand, Action::HandOutResults, command).with(Some(text));
    room.step(StepOrder { internal: true, capacity: StepCapacity::Desk(place), ..order }).await
}
