//! Every look at somebody's data is kept before it is granted (FLD-22): who, when, at what.

use office::BookingId;
use uuid::Uuid;

use crate::{fault::Fault, ledger::Ledger};

/// What can be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LookKind {
    /// The card of a visit.
    Card,
    /// The number to call for a telephone appointment.
    Number,
    /// A note that is read before the call.
    Note,
    /// A booking's details.
    Booking,
    /// A document that was sent.
    Document,
    /// A list of names.
    List,
    /// All that is kept of one person.
    Person,
    /// The same, as a file.
    Export,
    /// A citizen's account.
    Account,
    /// A request of a citizen.
    Request,
    /// A citizen's own records with the body, by the citizen.
    Records,
    /// The room of a teleconference.
    Call,
    /// Who is invited to a conference.
    Participants,
    /// What those wrote who ask to be a coordinator.
    RoleRequests,
}

/// Every kind.
const KINDS: [LookKind; 14] = [
    LookKind::Card,
    LookKind::Number,
    LookKind::Note,
    LookKind::Booking,
    LookKind::Document,
    LookKind::List,
    LookKind::Person,
    LookKind::Export,
    LookKind::Account,
    LookKind::Request,
    LookKind::Records,
    LookKind::Call,
    LookKind::Participants,
    LookKind::RoleRequests,
];

impl LookKind {
    /// As it is kept, and as the texts call it after `look-`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Number => "number",
            Self::Note => "note",
            Self::Booking => "booking",
            Self::Document => "document",
            Self::List => "list",
            Self::Person => "person",
            Self::Export => "export",
            Self::Account => "account",
            Self::Request => "request",
            Self::Records => "records",
            Self::Call => "call",
            Self::Participants => "participants",
            Self::RoleRequests => "role-requests",
        }
    }

    /// The sentence for a kept name.
    pub fn sentence(kept: &str) -> &'static str {
        match KINDS.into_iter().find(|kind| kind.name() == kept) {
            Some(Self::Card) => "look-card",
            Some(Self::Number) => "look-number",
            Some(Self::Note) => "look-note",
            Some(Self::Document) => "look-document",
            Some(Self::List) => "look-list",
            Some(Self::Person) => "look-person",
            Some(Self::Export) => "look-export",
            Some(Self::Account) => "look-account",
            Some(Self::Request) => "look-request",
            Some(Self::Records) => "look-records",
            Some(Self::Call) => "look-call",
            Some(Self::Participants) => "look-participants",
            Some(Self::RoleRequests) => "look-role-requests",
            Some(Self::Booking) | None => "look-booking",
        }
    }
}

/// A look that is about to be granted.
#[derive(Debug, Clone, Copy)]
pub struct LookGrant {
    /// The account that looks.
    pub account: u32,
    /// In which office; none where it is about the whole hub.
    pub office: Option<u32>,
    /// At what.
    pub kind: LookKind,
    /// The booking that was looked at, if it was one.
    pub booking: Option<BookingId>,
    /// The visit that was looked at, if it was one.
    pub visit: Option<Uuid>,
    /// How many people are in it, for a list.
    pub names: Option<usize>,
    /// One look, however often the page renews itself.
    pub occasion: Option<u64>,
    /// Whose account, for a look at one.
    pub about: Option<u32>,
}

impl LookGrant {
    /// Of one account, at something of an office.
    pub const fn new(account: u32, office: u32, kind: LookKind) -> Self {
        Self {
            account,
            office: Some(office),
            kind,
            booking: None,
            visit: None,
            names: None,
            occasion: None,
            about: None,
        }
    }

    /// Keeps it.
    ///
    /// # Errors
    /// If it cannot be kept: then nothing may be shown.
    pub async fn keep(self, ledger: &Ledger) -> Result<(), Fault> {
        let look = store::Look {
            at: ledger.clock.now(),
            account: self.account,
            office: self.office,
            what: self.kind.name().to_owned(),
            booking: self.booking.map(|booking| booking.0),
            visit: self.visit,
            names: self.names.map(|names| u32::try_from(names).unwrap_or(u32::MAX)),
            occasion: self.occasion,
            about: self.about,
        };
        // A list without anybody in it shows nobody.
        if look.names == Some(0) {
            return Ok(());
        }
        if look.occasion.is_some() {
            let asked = look.clone();
            if ledger.readers.read(move |store| store.has_look(&asked)).await? {
                return Ok(());
            }
        }
        let (account, kind, visit, names, about) = (self.account, self.kind.name(), self.visit, self.names, self.about);
        tracing::info!(account, kind, ?visit, booking = ?self.booking, ?names, ?about, "personal data was read");
        ledger.writer.change(move |store| store.put_look(&look)).await?;
        Ok(())
    }
}
