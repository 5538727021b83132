//! By what somebody comes into the room of a booking by teleconference: the citizen's own link, a link for a helper, or what
//! the page of a clerk holds. All are made by this hub alone, and say no name.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use office::BookingId;
use paths::Route;
use ring::hmac;
use uuid::Uuid;

use crate::{
    conference_links::{ConferencePass, read_conference},
    keys::ServerKey,
    links::{BookingKey, read_booking, signed, verified},
};

/// For what the link of a helper is made.
const HELPER: &str = "helper of a call";
/// For what the link of a clerk is made.
const HOST: &str = "host of a call";
/// For what the link of a coordinator is made.
const COORDINATOR: &str = "coordinator of a call";

/// The pass of somebody who was asked in to help: an interpreter, a relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelperPass {
    /// The booking's office.
    pub office: String,
    /// The booking whose room it opens.
    pub booking: BookingId,
    /// Rises when the links before are to end.
    pub version: u32,
}

/// The pass of a clerk, of use only together with their session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPass {
    /// The booking's office.
    pub office: String,
    /// The booking whose room it opens.
    pub booking: BookingId,
    /// The clerk's account, without whose session the pass is nothing.
    pub account: u32,
}

/// By what somebody comes into a room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CallPass {
    /// The link of who booked, or of who is served.
    Guest(BookingKey),
    /// The link of a helper.
    Helper(HelperPass),
    /// A clerk's.
    Host(HostPass),
    /// The personal link of somebody who is invited to a conference.
    Participant(ConferencePass),
    /// A coordinator's.
    Coordinator(CoordinatorPass),
}

/// The pass of a coordinator to a conference, of use only together with their session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoordinatorPass {
    /// The conference, as the outside names it.
    pub conference: Uuid,
    /// The coordinator's account.
    pub account: u32,
}

/// Of what a room is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallSubject<'a> {
    /// A booking: its office, and its number there.
    Booking(&'a str, BookingId),
    /// A conference, as the outside names it.
    Conference(Uuid),
}

impl CallPass {
    /// Whose room it opens.
    pub fn subject(&self) -> CallSubject<'_> {
        match self {
            Self::Guest(BookingKey { office, booking, .. }) => CallSubject::Booking(office, *booking),
            Self::Helper(HelperPass { office, booking, .. }) => CallSubject::Booking(office, *booking),
            Self::Host(HostPass { office, booking, .. }) => CallSubject::Booking(office, *booking),
            Self::Participant(ConferencePass { conference, .. })
            | Self::Coordinator(CoordinatorPass { conference, .. }) => CallSubject::Conference(*conference),
        }
    }

    /// The account without whose session it is nothing.
    pub const fn account(&self) -> Option<u32> {
        match self {
            Self::Guest(_) | Self::Helper(_) | Self::Participant(_) => None,
            Self::Host(HostPass { account, .. }) | Self::Coordinator(CoordinatorPass { account, .. }) => Some(*account),
        }
    }
}

/// The room of a booking by teleconference, behind the link to the booking itself: who has the one has the other.
pub fn call_link(booking_link: &str) -> String {
    let end = Route::BookingCall.pattern().strip_prefix(Route::Booking.pattern()).unwrap_or_default();
    format!("{booking_link}{end}")
}

/// The text of a helper's pass, as it stands in their link.
pub fn helper_pass(key: &ServerKey, pass: &HelperPass) -> String {
    let HelperPass { office, booking, version } = pass;
    signed(key, HELPER, &format!("{office}.{booking}.{version}"))
}

/// The text of a clerk's.
pub fn host_pass(key: &ServerKey, pass: &HostPass) -> String {
    let HostPass { office, booking, account } = pass;
    signed(key, HOST, &format!("{office}.{booking}.{account}"))
}

/// The text of a coordinator's.
pub fn coordinator_pass(key: &ServerKey, pass: &CoordinatorPass) -> String {
    let CoordinatorPass { conference, account } = pass;
    signed(key, COORDINATOR, &format!("{}.{account}", conference.simple()))
}

/// Reads a pass; also one whose place another has taken.
pub fn read_call_pass(key: &ServerKey, text: &str) -> Option<CallPass> {
    if let Some(pass) = read_conference(key, text) {
        return Some(CallPass::Participant(pass));
    }
    if let Some((conference, account)) = verified(key, COORDINATOR, text).and_then(|text| text.split_once('.')) {
        let (conference, account) = (conference.parse().ok()?, account.parse().ok()?);
        return Some(CallPass::Coordinator(CoordinatorPass { conference, account }));
    }
    if let Some(opens) = read_booking(key, text) {
        return Some(CallPass::Guest(opens));
    }
    let parts = |purpose| {
        let mut parts = verified(key, purpose, text)?.rsplitn(3, '.');
        let (last, booking) = (parts.next()?.parse().ok()?, BookingId(parts.next()?.parse().ok()?));
        Some((parts.next()?.to_owned(), booking, last))
    };
    if let Some((office, booking, version)) = parts(HELPER) {
        return Some(CallPass::Helper(HelperPass { office, booking, version }));
    }
    let (office, booking, account) = parts(HOST)?;
    Some(CallPass::Host(HostPass { office, booking, account }))
}

/// As whom, and by what, a browser is let in by a TURN server until then: what `coturn` calls `use-auth-secret`, the user
/// name being an end in seconds since 1970, and the password its HMAC-SHA1 by the shared secret, in base64.
pub fn turn_credential(secret: &[u8], until: DateTime<Utc>) -> (String, String) {
    let username = format!("{}:seira", until.timestamp());
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let credential = STANDARD.encode(hmac::sign(&key, username.as_bytes()));
    (username, credential)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::{Holder, booking_link};

    #[test]
    fn omb_20_each_pass_opens_what_it_is_for() {
        let (key, other) = (ServerKey::new([7; 32]), ServerKey::new([8; 32]));
        let helper = HelperPass { office: "kep.north".into(), booking: BookingId(12), version: 3 };
        let host = HostPass { office: "kep.north".into(), booking: BookingId(12), account: 3 };
        let (text, of_host) = (helper_pass(&key, &helper), host_pass(&key, &host));
        assert_eq!(read_call_pass(&key, &text), Some(CallPass::Helper(helper)));
        assert_eq!(read_call_pass(&key, &of_host), Some(CallPass::Host(host)));
        assert_eq!(read_call_pass(&other, &text), None);
        assert_eq!(read_call_pass(&key, &text.replace(".12.", ".13.")), None);
        assert_eq!(read_booking(&key, &text), None, "it opens no booking");
        let opens =
            BookingKey { office: "kep.north".into(), booking: BookingId(12), holder: Holder::Served, version: 1 };
        let link = booking_link(&key, &opens);
        let link = link.strip_prefix("/booking/").unwrap();
        assert_eq!(read_call_pass(&key, link), Some(CallPass::Guest(opens)));
        let coordinator = CoordinatorPass { conference: Uuid::from_u128(5), account: 3 };
        let text = coordinator_pass(&key, &coordinator);
        assert_eq!(read_call_pass(&key, &text), Some(CallPass::Coordinator(coordinator)));
        assert_eq!((read_call_pass(&other, &text), read_conference(&key, &text)), (None, None));
        for wrong in ["", ".", "...", "kep.12.3", "kep.12.3."] {
            assert_eq!(read_call_pass(&key, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn omb_20_a_turn_server_knows_whom_the_hub_sends() {
        let until = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        // Computed by `printf %s 1800000000:seira | openssl dgst -sha1 -hmac north -binary | base64`.
        let expected = ("1800000000:seira".to_owned(), "IC6IuegR0NKm0mo1Ul9NpWQDPhw=".to_owned());
        assert_eq!(turn_credential(b"north", until), expected);
    }
}
