//! What a request names, found in an office: a service by its key, a visit by its opaque id, a booking by its reference or
//! its number, or by whose it is.

use std::sync::Arc;

use office::{AddressId, Booking, BookingId, Office, PersonId, PublicId, Reference, ServiceId, Visit};
use serde::Serialize;
use uuid::Uuid;
use wire::ProblemCode;
use writer::{OfficeHandle, Offices};

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

/// How a request names a booking: links hold its number, people say its reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BookingName {
    /// The number in its office.
    Number(BookingId),
    /// What people type and say.
    Reference(String),
}

impl BookingName {
    /// The booking that it names.
    ///
    /// # Errors
    /// `unknown-code`
    pub fn find<'a>(&self, office: &'a Office) -> Result<&'a Booking, ProblemCode> {
        match self {
            Self::Number(id) => office.bookings.get(id).ok_or(ProblemCode::UnknownCode),
            Self::Reference(reference) => booking_of(office, reference),
        }
    }
}

/// The booking that a person has or had, while its office remembers it: each booking has a person of its own.
pub fn booking_of_person(offices: &Offices, person: PersonId) -> Option<(Arc<OfficeHandle>, Booking)> {
    offices.iter().find_map(|handle| {
        let office = handle.read();
        let is_theirs = |booking: &&Booking| booking.life.party().is_some_and(|party| party.person == person);
        let booking = office.bookings.values().find(is_theirs)?.clone();
        Some((Arc::clone(handle), booking))
    })
}

/// Whether an address has a booking or a kept time in any office.
pub fn is_address_in_use(offices: &Offices, address: AddressId) -> bool {
    offices.iter().any(|office| {
        // What one that is set aside has is not known.
        if office.aside().is_some() {
            return true;
        }
        let office = office.read();
        office.bookings_by_address.get(&address).is_some_and(|bookings| !bookings.is_empty())
    })
}
