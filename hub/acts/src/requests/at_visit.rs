//! The result of a request at the desk of an office (PLA-03): what is to be handed out at the visit that a desk serves, and that
//! it was. Whoever serves that visit may; no other grant is needed than that of the desk.

use body::{AccountId, Action, CaseCommand, CasePhase, IdentityPaper, OfficeId, OfficeMoment, ResultWay};
use office::{BookingId, DeskId, Origin, VisitState};
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

/// The visit that an account's own desk serves.
#[derive(Debug, Clone)]
struct ServedVisit {
    public: Uuid,
    number: u64,
    /// The booking from which it came.
    booking: Option<BookingId>,
}

fn served(office: &OfficeHandle, account: u32, desk: DeskId) -> Option<ServedVisit> {
    let office = office.read();
    let open = office.desks.get(&desk).filter(|open| open.clerk.0 == account)?;
    let visit = office.visits.get(&open.holds?).filter(|visit| matches!(visit.state, VisitState::Serving { .. }))?;
    let booking = match visit.origin {
        Origin::Booked { booking, .. } => Some(booking),
        Origin::WalkIn | Origin::Direct | Origin::Outage => None,
    };
    Some(ServedVisit { public: visit.public.0, number: visit.id.0, booking })
}

/// The request that a visit is for: the one whose receipt began it, or the one for which it was booked. Whoever says somebody else's
/// address, or has the same name, is shown nothing of theirs.
fn of_visit(store: &Store, office: u32, visit: &ServedVisit) -> Stored<Option<RequestRow>> {
    let by_receipt = store.request_of_visit(office, visit.public)?;
    let by_booking = visit.booking.map(|booking| store.request_of_booking(office, booking)).transpose()?.flatten();
    by_receipt.or(by_booking).map_or(Ok(None), |request| store.request(request))
}

/// Whether the result of a request waits to be collected.
fn is_ready(row: &RequestRow) -> bool {
    row.case.phase == CasePhase::Ready { way: ResultWay::Collection }
}

/// The request that the visit at a desk is for.
#[derive(Debug, Clone)]
pub struct DeskResult {
    /// The request that the result belongs to.
    pub row: RequestRow,
    /// Whether its result is to be handed out; else the visit is about the request.
    pub is_ready: bool,
    /// Whose it is, as the paper that is shown must say; none where they said no name.
    pub applicant: Option<String>,
}

/// What the visit that an account's own desk serves is for, as long as its request is open; that it was shown is kept (FLD-22).
///
/// # Errors
/// That the hub cannot read or keep the look.
pub async fn waiting(
    room: RequestRoom<'_>,
    office: &OfficeHandle,
    (account, desk): (u32, DeskId),
) -> Result<Option<DeskResult>, Fault> {
    let Some(visit) = served(office, account, desk) else { return Ok(None) };
    let (row, number) = (office.row, visit.number);
    let waiting = room.ledger.readers.read(move |store| {
        let Some(found) = of_visit(store, row, &visit)?.filter(|row| !row.case.is_closed()) else { return Ok(None) };
        let said = own_profile::kept(store, found.case.account.0)?;
        let applicant = said.map(|said| said.name).filter(|name| !name.is_empty());
        Ok(Some(DeskResult { is_ready: is_ready(&found), row: found, applicant }))
    });
    let waiting = waiting.await?;
    if let Some(one) = &waiting {
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
    let row = office.row;
    let found = room.ledger.readers.read(move |store| of_visit(store, row, &visit)).await?;
    if found.is_none_or(|row| row.public != request) {
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
