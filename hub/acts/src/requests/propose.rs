//! Who works on a request proposes an appointment; the applicant books it by a link on the request's page.

use body::{Action, CaseCommand, OfficeId};
use office::{BookingNeed, Channel};
use store::RequestRow;
use wire::ProblemCode;
use writer::OfficeHandle;

use super::{RequestErrand, RequestRefusal, RequestRoom, step::StepOrder};
use crate::{fault::Fault, find::service_of};

/// What is proposed.
#[derive(Debug, Clone, Copy)]
pub struct VisitOffer<'a> {
    /// The office at which the appointment would be.
    pub office: &'a OfficeHandle,
    /// The service's key.
    pub service: &'a str,
    /// In which way.
    pub channel: Channel,
}

/// Proposes it.
///
/// # Errors
/// That the office has no such service to be booked in this way, or that the hub cannot write.
pub async fn run(
    room: RequestRoom<'_>,
    errand: RequestErrand,
    offer: VisitOffer<'_>,
) -> Result<Result<RequestRow, RequestRefusal>, Fault> {
    let VisitOffer { office: handle, service, channel } = offer;
    let service = {
        let office = handle.read();
        let id = service_of(&office, service)?;
        let known = office.config.as_ref().and_then(|config| config.services.get(&id));
        let is_offered =
            known.is_some_and(|one| one.booking != BookingNeed::NotOffered && one.channels.contains(&channel));
        is_offered.then_some(id).ok_or(ProblemCode::UnknownService)?
    };
    let command = CaseCommand::ProposeVisit { office: OfficeId(handle.row), service, channel };
    room.step(StepOrder::of_staff(errand, Action::WorkOnRequests, command)).await
}
