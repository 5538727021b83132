//! Links that only the hub can make: in mails, and after a booking. They hold ids, and nothing of a person.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use office::{AddressId, BookingId, Channel, PersonId};
use paths::Page;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::keys::{ServerKey, same};

/// Bytes of a link's MAC: 128 bits cannot be guessed.
const MAC_BYTES: usize = 16;

fn mac(key: &ServerKey, purpose: &str, id: &str, version: u32) -> String {
    URL_SAFE_NO_PAD.encode(&key.link_mac(purpose, id, version)[..MAC_BYTES])
}

/// Ids in a text, with the MAC behind the last dot.
pub(crate) fn signed(key: &ServerKey, purpose: &str, id: &str) -> String {
    format!("{id}.{}", mac(key, purpose, id, 0))
}

pub(crate) fn verified<'a>(key: &ServerKey, purpose: &str, text: &'a str) -> Option<&'a str> {
    verified_of(key, purpose, text, 0)
}

fn verified_of<'a>(key: &ServerKey, purpose: &str, text: &'a str, version: u32) -> Option<&'a str> {
    let (id, given) = text.rsplit_once('.')?;
    key.each().any(|key| same(mac(&key, purpose, id, version).as_bytes(), given.as_bytes())).then_some(id)
}

/// A link that proves an address: good once, and for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// Names this link; used once.
    pub id: Uuid,
    /// The address that it proves.
    pub address: AddressId,
    /// Good until then.
    pub expires_at: DateTime<Utc>,
    /// The language in which it was asked for.
    pub language: office::Language,
    /// The office and service that were chosen before, if any.
    pub wanted: Option<(String, String)>,
    /// The way of being served that was chosen before, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}

/// Stands between a link's end and the way that was chosen.
const CHANNEL_MARK: char = '~';
/// The ways of being served, as links say them in one letter.
const CHANNELS: [(Channel, &str); 3] =
    [(Channel::InPerson, "p"), (Channel::Telephone, "t"), (Channel::Teleconference, "v")];

/// The path of a link that proves an address.
pub fn start_link(key: &ServerKey, start: &Start) -> String {
    let mut id = format!("{}.{}.{}", start.id.simple(), start.address.0.simple(), start.expires_at.timestamp());
    if let Some((_, letter)) = CHANNELS.iter().find(|(channel, _)| start.channel == Some(*channel)) {
        id = format!("{id}{CHANNEL_MARK}{letter}");
    }
    if let Some((office, service)) = &start.wanted {
        id = format!("{id}.{office}.{service}");
    }
    Page::BookStart { link: &signed(key, "start", &id) }.to_string()
}

/// Reads such a link; an expired one too.
pub fn read_start(key: &ServerKey, text: &str) -> Option<Start> {
    let mut parts = verified(key, "start", text)?.splitn(5, '.');
    let id = parts.next()?.parse().ok()?;
    let address = AddressId(parts.next()?.parse().ok()?);
    let end = parts.next()?;
    let (seconds, letter) = end.split_once(CHANNEL_MARK).unwrap_or((end, ""));
    let channel = CHANNELS.iter().find(|(_, one)| *one == letter).map(|(channel, _)| *channel);
    let expires_at = DateTime::from_timestamp(seconds.parse().ok()?, 0)?;
    let wanted = parts.next().zip(parts.next()).map(|(office, service)| (office.to_owned(), service.to_owned()));
    Some(Start { id, address, expires_at, language: office::Language::default(), wanted, channel })
}

/// Whose link to a booking it is: who booked has one, and the person served another, once their address is proven (OMB-14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// Who booked.
    Applicant,
    /// For whom it was booked.
    Served,
}

impl Holder {
    const ALL: [Self; 2] = [Self::Applicant, Self::Served];

    const fn purpose(self) -> &'static str {
        match self {
            Self::Applicant => "booking",
            Self::Served => "booking of the person served",
        }
    }
}

/// Whose page of which booking a link opens, and which of the links that its holder has had it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookingKey {
    /// The office's key.
    pub office: String,
    /// The booking whose page it opens.
    pub booking: BookingId,
    /// Whose link it is.
    pub holder: Holder,
    /// Rises when the links before are to end: then only the newest opens the page.
    pub version: u32,
}

/// Stands between a booking's number and the version of a link that took the place of others.
const VERSION_MARK: char = '~';

/// The path of a booking's own page.
pub fn booking_link(key: &ServerKey, opens: &BookingKey) -> String {
    let BookingKey { office, booking, holder, version } = opens;
    let id = match version {
        0 => format!("{office}.{booking}"),
        version => format!("{office}.{booking}{VERSION_MARK}{version}"),
    };
    let link = format!("{id}.{}", mac(key, holder.purpose(), &id, *version));
    Page::Booking { link: &link }.to_string()
}

/// Reads such a link; also one whose place another has taken.
pub fn read_booking(key: &ServerKey, text: &str) -> Option<BookingKey> {
    let (id, _) = text.rsplit_once('.')?;
    let (office, number) = id.rsplit_once('.')?;
    let (booking, version) = match number.split_once(VERSION_MARK) {
        Some((booking, version)) => (booking, version.parse().ok().filter(|version| *version > 0)?),
        None => (number, 0),
    };
    let is_of = |holder: &Holder| verified_of(key, holder.purpose(), text, version).is_some();
    let holder = Holder::ALL.into_iter().find(is_of)?;
    Some(BookingKey { office: office.to_owned(), booking: BookingId(booking.parse().ok()?), holder, version })
}

/// A letter to the holder of a link: their new link, or a code that shows that the address is theirs today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolderLetter {
    /// The booking that the letter is about.
    pub booking: BookingId,
    /// Whose booking it is.
    pub person: PersonId,
    /// To whom it goes.
    pub holder: Holder,
    /// The language of the letter.
    pub language: office::Language,
    /// Draws the code, where it brings one.
    pub code: Option<Uuid>,
    /// What it brings is good until then.
    pub expires_at: DateTime<Utc>,
}

/// Digits of a code that somebody reads in a mail and types. With five tries at each, and thirty codes an hour at most, who
/// guesses all day long is right once in seventy years.
const CODE_DIGITS: u32 = 8;

/// The code that a number draws.
pub fn address_code(key: &ServerKey, drawn: Uuid) -> String {
    let bytes = key.link_mac("code", &drawn.simple().to_string(), 0);
    let number = bytes.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    format!("{:0width$}", number % 10_u64.pow(CODE_DIGITS), width = CODE_DIGITS as usize)
}

/// Whether a code was typed right, with or without blanks.
pub fn is_address_code(key: &ServerKey, drawn: Uuid, typed: &str) -> bool {
    let digits: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    key.each().any(|key| same(address_code(&key, drawn).as_bytes(), digits.as_bytes()))
}

/// What the browser keeps in which the code for a booking's link was typed.
pub fn data_proof(key: &ServerKey, link: &str, until: DateTime<Utc>) -> String {
    signed(key, "data", &format!("{}.{link}", until.timestamp()))
}

/// Whether such a proof is one for this link, and still good.
pub fn is_data_proof(key: &ServerKey, text: &str, link: &str, now: DateTime<Utc>) -> bool {
    let good = || {
        let (until, of) = verified(key, "data", text)?.split_once('.')?;
        let until = DateTime::from_timestamp(until.parse().ok()?, 0)?;
        Some(of == link && until > now)
    };
    good().unwrap_or_default()
}

/// A link that proves the address of the person served: good once, until the booked time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServedLink {
    /// The booking's office.
    pub office: String,
    /// The booking whose person served is written to.
    pub booking: BookingId,
    /// Whose address it proves.
    pub person: PersonId,
    /// The language of the booking.
    pub language: office::Language,
}

/// The path of such a link.
pub fn served_link(key: &ServerKey, link: &ServedLink) -> String {
    let id = format!("{}.{}.{}", link.person.0.simple(), link.booking, link.office);
    Page::Served { link: &signed(key, "served", &id) }.to_string()
}

/// Reads it; the language is the booking's, which the link does not say.
pub fn read_served(key: &ServerKey, text: &str) -> Option<ServedLink> {
    let mut parts = verified(key, "served", text)?.splitn(3, '.');
    let person = PersonId(parts.next()?.parse().ok()?);
    let booking = BookingId(parts.next()?.parse().ok()?);
    let office = parts.next()?.to_owned();
    Some(ServedLink { office, booking, person, language: office::Language::default() })
}

/// A link by which an agent sets a password: good for one invitation, and for a while (TRN-08).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Who is invited.
    pub agent: u32,
    /// When, in milliseconds since 1970: a later invitation takes the place of this one.
    pub invited_at: i64,
    /// Good until then.
    pub expires_at: DateTime<Utc>,
    /// The language of the mail.
    pub language: office::Language,
}

/// The path of such a link.
pub fn invitation_link(key: &ServerKey, link: &Invitation) -> String {
    let id = format!("{}.{}.{}", link.agent, link.invited_at, link.expires_at.timestamp());
    Page::AgentPassword { link: &signed(key, "invitation", &id) }.to_string()
}

/// Reads it; an expired one too. The language is not in it.
pub fn read_invitation(key: &ServerKey, text: &str) -> Option<Invitation> {
    let mut parts = verified(key, "invitation", text)?.splitn(3, '.');
    let (agent, invited_at) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let expires_at = DateTime::from_timestamp(parts.next()?.parse().ok()?, 0)?;
    Some(Invitation { agent, invited_at, expires_at, language: office::Language::default() })
}

/// A link by which a citizen makes final what an agent prepared: good while the time waits for them (TRN-07).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntrustedLink {
    /// The booking's office.
    pub office: String,
    /// The booking that waits for the citizen.
    pub booking: BookingId,
    /// The citizen's address, which the link proves.
    pub address: AddressId,
    /// Who prepared it.
    pub agent: u32,
    /// The language of the mail.
    pub language: office::Language,
}

/// The path of such a link.
pub fn entrusted_link(key: &ServerKey, link: &EntrustedLink) -> String {
    let id = format!("{}.{}.{}.{}", link.address.0.simple(), link.agent, link.booking, link.office);
    Page::Entrusted { link: &signed(key, "entrusted", &id) }.to_string()
}

/// Reads it; the language is not in it.
pub fn read_entrusted(key: &ServerKey, text: &str) -> Option<EntrustedLink> {
    let mut parts = verified(key, "entrusted", text)?.splitn(4, '.');
    let address = AddressId(parts.next()?.parse().ok()?);
    let agent = parts.next()?.parse().ok()?;
    let booking = BookingId(parts.next()?.parse().ok()?);
    let office = parts.next()?.to_owned();
    Some(EntrustedLink { office, booking, address, agent, language: office::Language::default() })
}

/// What the browser of somebody with a proven address keeps.
pub fn proof(key: &ServerKey, address: AddressId, until: DateTime<Utc>) -> String {
    signed(key, "proof", &format!("{}.{}", address.0.simple(), until.timestamp()))
}

/// Reads it, if it is still good.
pub fn read_proof(key: &ServerKey, text: &str, now: DateTime<Utc>) -> Option<AddressId> {
    let (address, until) = verified(key, "proof", text)?.split_once('.')?;
    let until = DateTime::from_timestamp(until.parse().ok()?, 0)?;
    (until > now).then_some(AddressId(address.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn omb_04_a_link_serves_its_purpose_alone() {
        let (key, other) = (ServerKey::new([7; 32]), ServerKey::new([8; 32]));
        let opens =
            |holder, version| BookingKey { office: "kep.north".into(), booking: BookingId(12), holder, version };
        let path = |opens| booking_link(&key, &opens).strip_prefix("/booking/").unwrap().to_owned();
        let link = path(opens(Holder::Applicant, 0));
        let text = link.as_str();
        for (holder, version) in
            [(Holder::Applicant, 0), (Holder::Served, 0), (Holder::Applicant, 1), (Holder::Served, 4_000_000_000)]
        {
            let text = path(opens(holder, version));
            assert_eq!(read_booking(&key, &text), Some(opens(holder, version)), "each can be told from the other");
        }
        let newer = path(opens(Holder::Applicant, 1));
        for forged in
            [newer.replace("~1", ""), newer.replace("~1", "~2"), newer.replace("~1", "~0"), format!("{text}~1")]
        {
            assert_eq!(read_booking(&key, &forged), None, "{forged}");
        }
        assert_eq!(read_served(&key, text), None);
        assert_eq!(read_booking(&other, text), None);
        let rotated = ServerKey::ring([9; 32], &[[8; 32], [7; 32]]);
        assert_eq!(read_booking(&rotated, text), Some(opens(Holder::Applicant, 0)), "made two keys ago");
        let made = booking_link(&rotated, &opens(Holder::Applicant, 0));
        assert_eq!(read_booking(&key, made.strip_prefix("/booking/").unwrap()), None, "made with the newest");
        assert_eq!(read_booking(&key, &text.replace("12", "13")), None);
        assert_eq!(read_proof(&key, text, DateTime::UNIX_EPOCH), None);
        assert_eq!(read_start(&key, text), None);
    }

    #[test]
    fn omb_14_the_link_of_the_person_served() {
        let key = ServerKey::new([7; 32]);
        let person = PersonId(Uuid::from_u128(5));
        let language = office::Language::El;
        let link = ServedLink { office: "kep.north".into(), booking: BookingId(12), person, language };
        let path = served_link(&key, &link);
        let text = path.strip_prefix("/served/").unwrap();
        assert_eq!(read_served(&key, text), Some(link));
        assert_eq!(read_served(&key, &text.replace("12", "13")), None);
        assert_eq!(read_booking(&key, text), None);
    }

    #[test]
    fn trn_07_trn_08_the_links_of_agents_and_of_their_citizens() {
        let key = ServerKey::new([7; 32]);
        let (language, address) = (office::Language::El, AddressId(Uuid::from_u128(9)));
        let expires_at = "2026-11-24T08:00:00Z".parse().unwrap();
        let invitation = Invitation { agent: 3, invited_at: 1_795_000_000_123, expires_at, language };
        let path = invitation_link(&key, &invitation);
        assert_eq!(read_invitation(&key, path.strip_prefix("/agent/password/").unwrap()), Some(invitation));
        let link = EntrustedLink { office: "kep.north".into(), booking: BookingId(12), address, agent: 3, language };
        let path = entrusted_link(&key, &link);
        let text = path.strip_prefix("/entrusted/").unwrap();
        assert_eq!(read_entrusted(&key, text), Some(link));
        assert_eq!(read_entrusted(&key, &text.replace(".12.", ".13.")), None);
        assert_eq!(read_invitation(&key, text), None);
    }

    #[test]
    fn a_start_link_keeps_what_was_chosen() {
        let key = ServerKey::new([7; 32]);
        let start = Start {
            id: Uuid::from_u128(5),
            address: AddressId(Uuid::from_u128(9)),
            expires_at: "2026-11-24T08:00:00Z".parse().unwrap(),
            language: office::Language::El,
            wanted: Some(("kep".into(), "address".into())),
            channel: None,
        };
        let link = start_link(&key, &start);
        assert_eq!(read_start(&key, link.strip_prefix("/book/start/").unwrap()), Some(start));
    }

    #[test]
    fn fld_23_a_code_is_typed_with_blanks_and_opens_one_link_for_a_while() {
        let key = ServerKey::new([7; 32]);
        let drawn = Uuid::from_u128(5);
        let code = address_code(&key, drawn);
        assert_eq!(code.len(), 8);
        assert!(is_address_code(&key, drawn, &format!(" {} {}\u{a0}", &code[..4], &code[4..])));
        assert!(!is_address_code(&key, Uuid::from_u128(6), &code));
        let until = "2026-11-24T08:00:00Z".parse().unwrap();
        let (proof, before) = (data_proof(&key, "kep.12.mac", until), until - chrono::TimeDelta::seconds(1));
        assert!(is_data_proof(&key, &proof, "kep.12.mac", before));
        assert!(!is_data_proof(&key, &proof, "kep.12.mac", until));
        assert!(!is_data_proof(&key, &proof, "kep.12~1.mac", before));
        assert!(!is_data_proof(&key, "nonsense", "kep.12.mac", before));
    }

    #[test]
    fn a_proof_runs_out() {
        let key = ServerKey::new([7; 32]);
        let address = AddressId(Uuid::from_u128(9));
        let until = "2026-11-24T08:00:00Z".parse().unwrap();
        let text = proof(&key, address, until);
        assert_eq!(read_proof(&key, &text, until - chrono::TimeDelta::seconds(1)), Some(address));
        assert_eq!(read_proof(&key, &text, until), None);
    }
}
