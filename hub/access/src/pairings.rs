//! Pairings that wait for an administrator: how many there may be, from where, and what both screens show (PROM-11, PROM-13).
//!
//! Nobody is known here yet, so a stranger can begin pairings as well as an installer. What keeps one from crowding out the
//! other is that pairings are shared out by network, and that those of the house (networks from which paired devices and staff
//! are known, and private addresses) have a share of their own. Where a share is full, a newcomer has the place of the oldest
//! in the most crowded network, those first on which no device waits any more.

use std::{
    collections::{BTreeMap, HashMap},
    net::Ipv4Addr,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use chrono::{DateTime, TimeDelta, Utc};
use handshake::{HubIdentity, PairingTranscript, ThreeWords, commitment};
use secrets::{draw_id, draw_octets, draw_token, draw_word, same, token_hash};
use tokio::sync::watch;
use uuid::Uuid;
use wire::{HubCard, Octets, OpeningAnswer, PairingAnswer, PairingOpening, PairingOutcome, PairingRequest};
use writer::WriteError;

use crate::{newest::NewestEntries, peer::Network};

/// A pairing's code is good for so long.
const PAIRING_MINUTES: i64 = 10;
/// Letters of a pairing's code: 20^6 codes, each good for ten minutes and typed by an administrator alone.
const PAIRING_CODE_CHARACTERS: usize = 6;
/// Pairings that may wait at once from everywhere but the house. Each is some hundred bytes and at most one open line.
const PAIRINGS_OUTSIDE_MAX: usize = 192;
/// Pairings of the house that may wait at once, apart from those. Their lines have reserved places, of which this is a
/// sixteenth.
const PAIRINGS_OF_HOUSE_MAX: usize = 64;
/// Pairings of one network that may wait at once: as many as somebody unpacks in one morning.
const PAIRINGS_PER_NETWORK_MAX: usize = 32;
/// Networks of the house that are remembered.
const HOUSE_NETWORKS_MAX: usize = 1_024;

/// Why a pairing did not go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PairingError {
    /// No pairing with this code and these words, or it has expired.
    #[error("no such pairing")]
    Unknown,
    /// The device has words to compare, and nobody said which.
    #[error("the words were not compared")]
    WordsMissing,
    /// Too many wait.
    #[error("too many pairings wait")]
    TooMany,
    /// The hub cannot write.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// What a pairing has to show that no other hub stands between.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Warrant {
    /// Nothing: the device's program is older than the words.
    Nothing,
    /// The device has bound itself and not yet opened its number.
    Bound {
        /// To this.
        commitment: Octets<32>,
        /// The hub's own number.
        number: Octets<32>,
    },
    /// Both screens show these.
    Words(ThreeWords),
}

/// How far an administrator's decision is.
#[derive(Debug, Clone)]
enum Decision {
    /// There is none.
    None,
    /// It is being written down.
    Underway,
    /// An administrator has let it in.
    LetIn(PairingOutcome),
}

/// A pairing that waits.
#[derive(Debug)]
struct Pairing {
    request: PairingRequest,
    network: Network,
    of_house: bool,
    warrant: Warrant,
    code: String,
    secret_hash: [u8; 32],
    expires_at: DateTime<Utc>,
    decision: watch::Sender<Decision>,
    /// The line on which its device waits; the newest alone is held open.
    line: watch::Sender<u64>,
    held: Weak<()>,
}

/// A line on which a device waits for the administrator's decision.
#[derive(Debug)]
pub struct PairingLine {
    /// The code is good until then.
    pub expires_at: DateTime<Utc>,
    decision: watch::Receiver<Decision>,
    newest: watch::Receiver<u64>,
    nth: u64,
    _held: Arc<()>,
}

impl PairingLine {
    /// Waits until there is a decision, the pairing is gone, or the device waits on another line.
    pub async fn ends(&mut self) {
        let nth = self.nth;
        tokio::select! {
            _ = self.decision.wait_for(|decision| matches!(decision, Decision::LetIn(_))) => {}
            _ = self.newest.wait_for(|newest| *newest != nth) => {}
        }
    }
}

/// What an administrator sees of a device before it is let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// What it says of itself.
    pub request: PairingRequest,
    /// The words that it shows; none on a device whose program is older than them.
    pub words: Option<ThreeWords>,
}

#[derive(Debug)]
struct PairingDesk {
    pairings: BTreeMap<Uuid, Pairing>,
    house: NewestEntries<Network, ()>,
}

/// The pairings of this hub.
#[derive(Debug)]
pub struct Pairings {
    identity: HubIdentity,
    desk: Mutex<PairingDesk>,
}

impl Pairings {
    /// None yet, at a hub that is this.
    pub fn new(identity: HubIdentity) -> Self {
        let desk = PairingDesk { pairings: BTreeMap::new(), house: NewestEntries::of(HOUSE_NETWORKS_MAX) };
        Self { identity, desk: Mutex::new(desk) }
    }

    /// Who this hub is.
    pub const fn identity(&self) -> &HubIdentity {
        &self.identity
    }

    fn desk(&self) -> MutexGuard<'_, PairingDesk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A paired device, or staff, asked from this network.
    pub fn note_house(&self, network: Network) {
        let mut desk = self.desk();
        if desk.house.get(&network).is_none() {
            desk.house.put(network, ());
        }
    }

    /// Whether a network is one of the house.
    pub fn is_of_house(&self, network: Network) -> bool {
        is_private(network) || self.desk().house.get(&network).is_some()
    }

    /// Whether somebody who bears this waits, from within the house, for an administrator.
    pub fn of_house_awaits(&self, secret: &str) -> bool {
        let hash = token_hash(secret);
        self.desk().pairings.values().any(|pairing| pairing.of_house && same(&pairing.secret_hash, &hash))
    }

    /// A device begins a pairing.
    ///
    /// # Errors
    /// [`PairingError::TooMany`], where as many networks wait as there are places.
    pub fn begin(
        &self,
        request: PairingRequest,
        network: Network,
        now: DateTime<Utc>,
    ) -> Result<PairingAnswer, PairingError> {
        let mut desk = self.desk();
        desk.pairings.retain(|_, pairing| pairing.expires_at > now);
        let of_house = is_private(network) || desk.house.get(&network).is_some();
        desk.make_room(network, of_house)?;
        let code = loop {
            let code = draw_word(PAIRING_CODE_CHARACTERS);
            if desk.pairings.values().all(|pairing| pairing.code != code) {
                break code;
            }
        };
        let (id, secret) = (draw_id(), draw_token());
        let expires_at = now + TimeDelta::minutes(PAIRING_MINUTES);
        let (warrant, hub) = match request.commitment {
            None => (Warrant::Nothing, None),
            Some(commitment) => {
                let number = draw_octets();
                let authorities = self.identity.authorities().to_vec();
                let card = HubCard { key: self.identity.key(), authorities, number };
                (Warrant::Bound { commitment, number }, Some(card))
            }
        };
        let pairing = Pairing {
            request,
            network,
            of_house,
            warrant,
            code: code.clone(),
            secret_hash: token_hash(&secret),
            expires_at,
            decision: watch::Sender::new(Decision::None),
            line: watch::Sender::new(0),
            held: Weak::new(),
        };
        desk.pairings.insert(id, pairing);
        Ok(PairingAnswer { pairing: id, code, secret, expires_at, hub })
    }

    /// The device opens the number to which it had bound itself. What does not open it ends the pairing: somebody who stands
    /// between has one try.
    ///
    /// # Errors
    /// [`PairingError::Unknown`].
    pub fn open(
        &self,
        pairing: Uuid,
        secret: &str,
        opening: &PairingOpening,
        now: DateTime<Utc>,
    ) -> Result<OpeningAnswer, PairingError> {
        let mut desk = self.desk();
        let found = desk
            .pairings
            .get_mut(&pairing)
            .filter(|found| found.expires_at > now && same(&found.secret_hash, &token_hash(secret)));
        let found = found.ok_or(PairingError::Unknown)?;
        let Warrant::Bound { commitment: bound, number } = found.warrant else { return Err(PairingError::Unknown) };
        if !same(&bound.0, &commitment(&opening.number).0) {
            desk.pairings.remove(&pairing);
            return Err(PairingError::Unknown);
        }
        let transcript = PairingTranscript {
            key: &self.identity.key(),
            authorities: self.identity.authorities(),
            kind: found.request.kind,
            name: &found.request.name,
            device_number: &opening.number,
            hub_number: &number,
        };
        found.warrant = Warrant::Words(transcript.words());
        let secret = draw_token();
        found.secret_hash = token_hash(&secret);
        Ok(OpeningAnswer { secret })
    }

    /// The device waits, on this line; one on which it waited before ends.
    pub fn wait(&self, pairing: Uuid, secret: &str, now: DateTime<Utc>) -> Option<PairingLine> {
        let mut desk = self.desk();
        let found = desk.pairings.get_mut(&pairing)?;
        if found.expires_at <= now || !same(&found.secret_hash, &token_hash(secret)) {
            return None;
        }
        let held = Arc::new(());
        found.held = Arc::downgrade(&held);
        found.line.send_modify(|nth| *nth += 1);
        let newest = found.line.subscribe();
        let nth = *newest.borrow();
        Some(PairingLine {
            expires_at: found.expires_at,
            decision: found.decision.subscribe(),
            newest,
            nth,
            _held: held,
        })
    }

    /// How a pairing stands; the token is handed out this once.
    pub fn outcome(&self, pairing: Uuid, now: DateTime<Utc>) -> PairingOutcome {
        let mut desk = self.desk();
        let Some(found) = desk.pairings.get(&pairing) else { return PairingOutcome::Expired };
        let decision = found.decision.borrow().clone();
        match decision {
            Decision::LetIn(outcome) => {
                desk.pairings.remove(&pairing);
                outcome
            }
            Decision::None | Decision::Underway if found.expires_at <= now => PairingOutcome::Expired,
            Decision::None | Decision::Underway => PairingOutcome::Waiting,
        }
    }

    /// Which device shows this code.
    ///
    /// # Errors
    /// [`PairingError::Unknown`]; also while a device has not yet opened its number, so that nobody knows its words.
    pub fn applicant(&self, code: &str, now: DateTime<Utc>) -> Result<Applicant, PairingError> {
        let desk = self.desk();
        let (_, pairing) = desk.with_code(code, now)?;
        let words = match pairing.warrant {
            Warrant::Nothing => None,
            Warrant::Bound { .. } => return Err(PairingError::Unknown),
            Warrant::Words(words) => Some(words),
        };
        Ok(Applicant { request: pairing.request.clone(), words })
    }

    /// An administrator has decided for the device that shows this code and these words; nobody else decides meanwhile.
    ///
    /// # Errors
    /// [`PairingError::Unknown`] or [`PairingError::WordsMissing`].
    pub(crate) fn decide(
        &self,
        code: &str,
        words: Option<ThreeWords>,
        now: DateTime<Utc>,
    ) -> Result<(Uuid, PairingRequest), PairingError> {
        let desk = self.desk();
        let (id, pairing) = desk.with_code(code, now)?;
        match (pairing.warrant, words) {
            (Warrant::Nothing, None) => {}
            (Warrant::Words(shown), Some(compared)) if shown == compared => {}
            (Warrant::Words(_), None) => return Err(PairingError::WordsMissing),
            (Warrant::Nothing | Warrant::Words(_), Some(_)) | (Warrant::Bound { .. }, _) => {
                return Err(PairingError::Unknown);
            }
        }
        pairing.decision.send_replace(Decision::Underway);
        Ok((id, pairing.request.clone()))
    }

    /// The decision is kept, or could not be.
    pub(crate) fn settle(&self, pairing: Uuid, outcome: Option<PairingOutcome>) {
        if let Some(pairing) = self.desk().pairings.get(&pairing) {
            pairing.decision.send_replace(outcome.map_or(Decision::None, Decision::LetIn));
        }
    }
}

impl PairingDesk {
    /// The pairing with this code, as somebody typed it, on which nobody has decided.
    fn with_code(&self, code: &str, now: DateTime<Utc>) -> Result<(Uuid, &Pairing), PairingError> {
        let plain = code.chars().filter(|c| !c.is_whitespace() && *c != '-');
        let code: String = plain.flat_map(char::to_uppercase).collect();
        let found = self.pairings.iter().find(|(_, pairing)| {
            pairing.expires_at > now
                && matches!(*pairing.decision.borrow(), Decision::None)
                && same(pairing.code.as_bytes(), code.as_bytes())
        });
        found.map(|(id, pairing)| (*id, pairing)).ok_or(PairingError::Unknown)
    }

    fn make_room(&mut self, newcomer: Network, of_house: bool) -> Result<(), PairingError> {
        let mut by_network: HashMap<Network, usize> = HashMap::new();
        for pairing in self.pairings.values().filter(|pairing| pairing.of_house == of_house) {
            *by_network.entry(pairing.network).or_default() += 1;
        }
        let own = by_network.get(&newcomer).copied().unwrap_or_default();
        let most = if of_house { PAIRINGS_OF_HOUSE_MAX } else { PAIRINGS_OUTSIDE_MAX };
        let leaves = if own >= PAIRINGS_PER_NETWORK_MAX {
            newcomer
        } else if by_network.values().sum::<usize>() >= most {
            let crowded = by_network.iter().max_by_key(|(_, count)| **count);
            match crowded {
                // Whoever has no more than the newcomer would have stays.
                Some((network, count)) if *count > own + 1 => *network,
                _ => return Err(PairingError::TooMany),
            }
        } else {
            return Ok(());
        };
        let of_network = self.pairings.iter().filter(|(_, pairing)| {
            pairing.of_house == of_house
                && pairing.network == leaves
                && matches!(*pairing.decision.borrow(), Decision::None)
        });
        let oldest = of_network.min_by_key(|(_, pairing)| (pairing.held.strong_count() > 0, pairing.expires_at));
        let id = oldest.map(|(id, _)| *id).ok_or(PairingError::TooMany)?;
        self.pairings.remove(&id);
        Ok(())
    }
}

/// Whether nobody of the world outside has an address of this network.
const fn is_private(network: Network) -> bool {
    match network {
        Network::Four(address) => is_private_address(address),
        // The machine itself, addresses of a house (RFC 4193), and of a line (RFC 4291).
        Network::Six([0, 0, 0, 0]) => true,
        Network::Six([first, ..]) => first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80,
    }
}

const fn is_private_address(address: Ipv4Addr) -> bool {
    address.is_private() || address.is_loopback() || address.is_link_local()
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use wire::DeviceKind;

    use super::*;

    fn pairings() -> Pairings {
        Pairings::new(HubIdentity::new(&[7; 32], Vec::new()))
    }

    fn now() -> DateTime<Utc> {
        "2026-11-24T08:00:00Z".parse().unwrap()
    }

    fn network(address: &str) -> Network {
        Network::of(address.parse::<IpAddr>().unwrap())
    }

    fn request() -> PairingRequest {
        PairingRequest { kind: DeviceKind::Kiosk, name: "Είσοδος".to_owned(), commitment: None }
    }

    /// Begins one from an address.
    fn begin(pairings: &Pairings, address: &str) -> Result<PairingAnswer, PairingError> {
        pairings.begin(request(), network(address), now())
    }

    fn is_there(pairings: &Pairings, begun: &PairingAnswer) -> bool {
        pairings.applicant(&begun.code, now()).is_ok()
    }

    #[test]
    fn prom_13_a_stranger_with_many_pairings_takes_none_from_others() {
        let pairings = pairings();
        let installer = begin(&pairings, "198.51.100.7").unwrap();
        let in_the_house = begin(&pairings, "192.168.1.9").unwrap();
        for _ in 0..1_000 {
            begin(&pairings, "203.0.113.1").unwrap();
        }
        assert!(is_there(&pairings, &installer) && is_there(&pairings, &in_the_house));
        assert!(begin(&pairings, "198.51.100.8").is_ok(), "and another installer comes in");
        assert!(pairings.desk().pairings.len() < 2 * PAIRINGS_PER_NETWORK_MAX);
    }

    #[test]
    fn prom_13_a_stranger_with_many_networks_never_takes_the_share_of_the_house() {
        let pairings = pairings();
        pairings.note_house(network("2001:db8:5::9"));
        let strangers = |third: u8| (0..=255).map(move |last: u8| format!("203.0.{third}.{last}"));
        let first = begin(&pairings, "203.0.113.1").unwrap();
        let refused = (0..4).flat_map(strangers).filter(|address| begin(&pairings, address).is_err()).count();
        assert!(refused > 0, "so many wait at most");
        assert!(is_there(&pairings, &first), "one of a network is not crowded out");
        // From where a paired device or staff are known, and from within the house, pairing goes on.
        for address in ["2001:db8:5::77", "192.168.1.9", "10.0.0.4", "fd00::1", "127.0.0.1"] {
            assert!(begin(&pairings, address).is_ok(), "{address}");
        }
        assert!(pairings.desk().pairings.len() <= PAIRINGS_OUTSIDE_MAX + PAIRINGS_OF_HOUSE_MAX);
    }

    #[test]
    fn prom_13_within_a_network_a_device_that_waits_outlasts_those_that_do_not() {
        let pairings = pairings();
        let installer = begin(&pairings, "192.168.1.9").unwrap();
        let line = pairings.wait(installer.pairing, &installer.secret, now()).unwrap();
        for _ in 0..1_000 {
            begin(&pairings, "192.168.1.9").unwrap();
        }
        assert!(is_there(&pairings, &installer));
        drop(line);
        for _ in 0..1_000 {
            begin(&pairings, "192.168.1.9").unwrap();
        }
        assert!(!is_there(&pairings, &installer));
    }

    #[tokio::test]
    async fn prom_13_a_pairing_holds_one_line() {
        let pairings = pairings();
        let begun = begin(&pairings, "192.168.1.9").unwrap();
        let wait = || pairings.wait(begun.pairing, &begun.secret, now()).unwrap();
        let (mut first, _second) = (wait(), wait());
        first.ends().await;
        assert!(pairings.wait(begun.pairing, "another", now()).is_none());
        assert!(pairings.of_house_awaits(&begun.secret) && !pairings.of_house_awaits("another"));
        let outside = begin(&pairings, "203.0.113.1").unwrap();
        assert!(!pairings.of_house_awaits(&outside.secret));
    }

    #[test]
    fn prom_11_words_are_compared_before_a_device_is_let_in() {
        let pairings = pairings();
        let number = Octets([3; 32]);
        let bound = PairingRequest { commitment: Some(commitment(&number)), ..request() };
        let begin = || pairings.begin(bound.clone(), network("192.168.1.9"), now()).unwrap();
        let begun = begin();
        let card = begun.hub.clone().unwrap();
        assert_eq!(pairings.applicant(&begun.code, now()), Err(PairingError::Unknown), "nobody knows its words yet");
        assert_eq!(pairings.decide(&begun.code, None, now()), Err(PairingError::Unknown));
        let opened = pairings.open(begun.pairing, &begun.secret, &PairingOpening { number }, now()).unwrap();
        let transcript = PairingTranscript {
            key: &card.key,
            authorities: &card.authorities,
            kind: DeviceKind::Kiosk,
            name: "Είσοδος",
            device_number: &number,
            hub_number: &card.number,
        };
        let words = transcript.words();
        assert_eq!(pairings.applicant(&begun.code, now()).unwrap().words, Some(words));
        // The first secret went over a line that nobody had made sure of.
        assert!(pairings.wait(begun.pairing, &begun.secret, now()).is_none());
        assert!(pairings.wait(begun.pairing, &opened.secret, now()).is_some());
        assert_eq!(pairings.decide(&begun.code, None, now()), Err(PairingError::WordsMissing));
        let other = PairingTranscript { hub_number: &Octets([0; 32]), ..transcript }.words();
        assert_eq!(pairings.decide(&begun.code, Some(other), now()), Err(PairingError::Unknown));
        pairings.decide(&begun.code, Some(words), now()).unwrap();
        assert_eq!(pairings.decide(&begun.code, Some(words), now()), Err(PairingError::Unknown), "once");
        // Whoever opens another number than it had bound itself to has had its one try.
        let begun = begin();
        let wrong = PairingOpening { number: Octets([4; 32]) };
        for opening in [wrong, PairingOpening { number }] {
            assert!(pairings.open(begun.pairing, &begun.secret, &opening, now()).is_err());
        }
    }
}
