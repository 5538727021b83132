//! To which conferences somebody is invited: for them to take along (FLD-23).

use office::Words;
use serde::Serialize;
use store::{Store, Stored};
use vocabulary::civil::CivilInstant;

/// A conference to which an address is invited.
#[derive(Debug, Clone, Serialize)]
pub struct InvitedExport {
    /// What it is called.
    pub title: Words,
    /// When it begins.
    pub from: Option<CivilInstant>,
    /// The name beside the address.
    pub name: Option<String>,
    /// Whether they have gone in.
    pub has_come: bool,
}

/// The conferences to which these addresses are invited.
pub fn invited(store: &Store, addresses: &[String]) -> Stored<Vec<InvitedExport>> {
    let mut found = Vec::new();
    for address in addresses {
        for (conference, participant, name) in store.invitations_of(address)? {
            let Some(row) = store.conference_numbered(conference)? else { continue };
            let own = row.conference.participants.get(&participant);
            found.push(InvitedExport {
                title: store.conference_words(row.conference.words)?.title,
                from: CivilInstant::new(row.conference.span.from),
                name,
                has_come: own.is_some_and(|own| own.has_come),
            });
        }
    }
    Ok(found)
}
