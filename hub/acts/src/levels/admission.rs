//! Who asks for a service, and whether they may (PLA-06): for pages, which say it in place of a button, and for the act that
//! keeps a time.

use access::Session;
use body::{AccountId, Admission, Asker, access as rules};
use office::{AddressId, BookingLife, ServiceId};
use store::ReadError;
use vocabulary::Assurance;
use wire::ProblemCode;
use writer::OfficeHandle;

use super::{BodyHouse, LevelRoom};
use crate::fault::Fault;

/// Who asks, with an account or without.
///
/// # Errors
/// If the store cannot be read.
pub async fn asker(room: LevelRoom<'_>, session: Option<&Session>, returning: bool) -> Result<Asker, ReadError> {
    match session {
        None => Ok(Asker::Stranger { returning }),
        Some(session) => asker_of(room, AccountId(session.account.id), session.assurance()).await,
    }
}

/// Who asks, by their account.
///
/// # Errors
/// If the store cannot be read.
pub async fn asker_of(room: LevelRoom<'_>, account: AccountId, assurance: Assurance) -> Result<Asker, ReadError> {
    let found = room.ledger.readers.read(move |store| {
        let email = store.account(account.0)?.filter(|account| account.email_proven).and_then(|account| account.email);
        let address = email.map(|email| store.address_id(&email)).transpose()?.flatten();
        Ok((store.standing(account)?, address))
    });
    let (standing, address) = found.await?;
    let visit_booked = standing.wished_at.is_some() && address.is_some_and(|address| has_visit(room, address));
    Ok(Asker::SignedIn { level: standing.level(), assurance, wish: standing.wish(visit_booked) })
}

/// Whether the visit at which somebody is certified is booked for an address.
fn has_visit(room: LevelRoom<'_>, address: AddressId) -> bool {
    let Some(rules) = &room.body.config.certification else { return false };
    let Some(handle) = room.offices.get(&rules.visit.office) else { return false };
    let office = handle.read();
    let Some(config) = &office.config else { return false };
    let Some(service) = config.services.iter().find(|(_, one)| one.key == rules.visit.service).map(|(id, _)| *id)
    else {
        return false;
    };
    office.bookings.values().any(|booking| {
        let is_ahead = matches!(booking.life, BookingLife::Confirmed { .. } | BookingLife::Arrived { .. });
        let is_own = booking.life.party().is_some_and(|party| party.address == Some(address));
        booking.promise.service == service && is_ahead && is_own
    })
}

/// The gate before the times of a service.
#[derive(Debug, Clone, Copy)]
pub struct ServiceGate<'a> {
    /// The body, which says what is open.
    pub body: &'a BodyHouse,
    /// Who asks; nobody, where an agent does, who is not the person.
    pub asker: Option<Asker>,
}

impl ServiceGate<'_> {
    /// What somebody is told who asks for a service; none where there is no such service.
    #[must_use]
    pub fn admission(&self, handle: &OfficeHandle, service: ServiceId) -> Option<Admission> {
        let demand = self.body.demand(handle, service)?;
        Some(rules::admit(self.asker.unwrap_or(Asker::Stranger { returning: true }), demand))
    }

    /// Lets nobody through who may not have the service.
    ///
    /// # Errors
    /// `not-allowed`, with what is missing.
    pub(crate) fn pass(&self, handle: &OfficeHandle, service: ServiceId) -> Result<(), Fault> {
        match self.admission(handle, service) {
            None | Some(Admission::Allowed) => Ok(()),
            Some(Admission::Barred { .. }) => {
                let sentence = if self.asker.is_some() { "level-missing" } else { "level-not-for-agents" };
                Err(Fault { words: Some(text::both(|voice| voice.say(sentence))), ..ProblemCode::NotAllowed.into() })
            }
        }
    }
}
