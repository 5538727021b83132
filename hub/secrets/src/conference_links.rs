//! Links to conferences and to the invitations of coordinators: they hold ids, and nothing of a person.

use paths::{Page, Route};
use uuid::Uuid;

use crate::{
    keys::ServerKey,
    links::{signed, verified},
};

/// Whose place in which conference a link opens, and which of the links that they have had it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConferencePass {
    /// The conference, as the outside names it.
    pub conference: Uuid,
    /// Who, by their number in it.
    pub participant: u16,
    /// Rises when the links before are to end.
    pub link: u32,
}

/// The path of somebody's own page of a conference (PRE-08).
pub fn conference_link(key: &ServerKey, pass: &ConferencePass) -> String {
    let ConferencePass { conference, participant, link } = pass;
    let id = format!("{}.{participant}.{link}", conference.simple());
    Page::ConferenceGuest { link: &signed(key, "conference", &id) }.to_string()
}

/// The path of the minutes of a meeting, for one of its members (PRE-10).
pub fn minutes_link(key: &ServerKey, pass: &ConferencePass) -> String {
    let own = conference_link(key, pass);
    let end = Route::ConferenceMinutes.pattern().strip_prefix(Route::ConferenceGuest.pattern()).unwrap_or_default();
    format!("{own}{end}")
}

/// Reads such a link; also one whose place another has taken.
pub fn read_conference(key: &ServerKey, text: &str) -> Option<ConferencePass> {
    let mut parts = verified(key, "conference", text)?.splitn(3, '.');
    let conference = parts.next()?.parse().ok()?;
    let (participant, link) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Some(ConferencePass { conference, participant, link })
}

/// The path of the page on which somebody becomes the coordinator of a unit who was invited (PRE-06).
pub fn coordinator_link(key: &ServerKey, invitation: Uuid) -> String {
    let link = signed(key, "coordinator", &invitation.simple().to_string());
    Page::CoordinatorInvitation { link: &link }.to_string()
}

/// Reads the link that invites a coordinator.
pub fn read_coordinator(key: &ServerKey, text: &str) -> Option<Uuid> {
    verified(key, "coordinator", text)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pre_08_a_link_opens_one_place_of_one_conference_and_nothing_else() {
        let (key, other) = (ServerKey::new([7; 32]), ServerKey::new([8; 32]));
        let pass = ConferencePass { conference: Uuid::from_u128(5), participant: 12, link: 3 };
        let path = conference_link(&key, &pass);
        let text = path.strip_prefix("/conference/").unwrap();
        assert_eq!(read_conference(&key, text), Some(pass));
        assert_eq!(read_conference(&other, text), None);
        for forged in [text.replace(".12.", ".13."), text.replace(".3.", ".4."), text.replace(".3.", ".")] {
            assert_eq!(read_conference(&key, &forged), None, "{forged}");
        }
        let path = coordinator_link(&key, Uuid::from_u128(5));
        let text = path.strip_prefix("/coordination/invitation/").unwrap();
        assert_eq!(read_coordinator(&key, text), Some(Uuid::from_u128(5)));
        assert_eq!((read_coordinator(&other, text), read_conference(&key, text)), (None, None));
    }
}
