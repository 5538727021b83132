//! The applicant does not want it any more, or wants the result in another way.

use std::sync::Arc;

use access::Session;
use body::{CaseCommand, ResultWay};
use store::RequestRow;
use vocabulary::Assurance;

use super::{
    RequestErrand, RequestRefusal, RequestRoom,
    step::{StepCapacity, StepOrder, Surroundings},
    view::RequestView,
};
use crate::fault::Fault;

/// Withdraws it.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(room: RequestRoom<'_>, errand: RequestErrand) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    room.step(StepOrder::of_applicant(errand, CaseCommand::Withdraw)).await
}

/// Has the result go another way (PET-06); who vouches for them in this session counts for a download.
///
/// # Errors
/// That the hub cannot write.
pub async fn choose_way(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    way: ResultWay,
    assurance: Assurance,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let order = StepOrder::of_applicant(errand, CaseCommand::ChooseWay { way });
    room.step(StepOrder { capacity: StepCapacity::Applicant(assurance), ..order }).await
}

/// The ways that the applicant can choose now, the usual one first; none where there is no result, or it is over.
///
/// # Errors
/// That the hub cannot read.
pub async fn ways(room: RequestRoom<'_>, session: &Session, view: &RequestView) -> Result<Vec<ResultWay>, Fault> {
    let Some(category) = room.body.categories.get(&view.row.case.category) else { return Ok(Vec::new()) };
    let (row, form, body, assurance) = (view.row.clone(), category.result, Arc::clone(room.body), session.assurance());
    let ways = room.ledger.readers.read(move |store| {
        let known = Surroundings::of(store, &body, &row, StepCapacity::Applicant(assurance))?;
        Ok(row.case.ways(form, known.applicant(), known.has_file()))
    });
    Ok(ways.await?)
}
