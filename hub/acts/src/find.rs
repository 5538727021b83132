//! What a request names, found in an office: a service by its key, a visit by its opaque id, a booking by its reference.

use office::{Booking, Office, PublicId, Reference, ServiceId, Visit};
use uuid::Uuid;
use wire::ProblemCode;

/// The service with this key.
///
/// # Errors
/// `unknown-service`
pub fn service_of(office: &Office, key: &str) -> Result<ServiceId, ProblemCode> {
    let config = office.config.as_ref().ok_or(ProblemCode::Configuration)?;
    let found = config.services.iter().find(|(_, service)| service.key == key);
    found.map(|(id, _)| *id).ok_or(ProblemCode::UnknownService)
}

/// The visit behind an opaque id.
///
/// # Errors
/// `unknown-visit`
pub fn visit_behind(office: &Office, public: Uuid) -> Result<&Visit, ProblemCode> {
    let id = office.visits_by_public.get(&PublicId(public)).ok_or(ProblemCode::UnknownVisit)?;
    office.visits.get(id).ok_or(ProblemCode::UnknownVisit)
}

/// The booking with this reference; letters are as good small as large.
///
/// # Errors
/// `unknown-code`
pub fn booking_of<'a>(office: &'a Office, reference: &str) -> Result<&'a Booking, ProblemCode> {
    let id = office.bookings_by_reference.get(&Reference(reference.to_uppercase())).ok_or(ProblemCode::UnknownCode)?;
    office.bookings.get(id).ok_or(ProblemCode::UnknownCode)
}
