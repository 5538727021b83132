//! Pairing: bind oneself to a number, hear who the hub says it is, open the number over a line on which that hub alone is
//! trusted, show the code and the three words, and take the token, once.

use std::time::Duration;

use handshake::{PairingTranscript, ThreeWords, commitment};
use serde::de::DeserializeOwned;
use ureq::Agent;
use uuid::Uuid;
use wire::{Octets, OpeningAnswer, PairingAnswer, PairingOpening, PairingOutcome, PairingRequest};

use crate::{
    config::LinkConfig,
    lines::{self, HubTrust},
    token::HubPin,
};

/// The hub holds the question open for 25 s; an answer later than this is none.
const OUTCOME_PATIENCE: Duration = Duration::from_secs(35);
/// CAs that a house has at most: one in use, and the next.
const AUTHORITIES_MAX: usize = 4;

/// Why a pairing did not begin.
#[derive(Debug, thiserror::Error)]
pub enum PairingFault {
    /// The hub is away, or said no.
    #[error(transparent)]
    Line(#[from] ureq::Error),
    /// The hub has no key to show.
    #[error("this hub is older than the three words; bring it up to date first")]
    NoCard,
    /// More CAs than a house has.
    #[error("the hub names too many CAs")]
    TooManyAuthorities,
}

/// A pairing that has begun.
pub struct PairingTalk {
    agent: Agent,
    hub: String,
    pairing: Uuid,
    secret: String,
    /// For the administrator to type.
    pub code: String,
    /// For the administrator to compare.
    pub words: ThreeWords,
    /// Whom the device has seen, and trusts once it is let in.
    pub pin: HubPin,
}

impl PairingTalk {
    /// Asks to be let in.
    ///
    /// # Errors
    /// [`PairingFault`].
    pub fn begin(config: &LinkConfig) -> Result<Self, PairingFault> {
        let name = config.name.trim().to_owned();
        let number = Octets(rand::random());
        let request = PairingRequest { kind: config.kind, name, commitment: Some(commitment(&number)) };
        // Nothing of this is believed before the words are compared, and nothing in it opens anything.
        let agent = lines::following(HubTrust::Anybody);
        let begun: PairingAnswer = read(agent.post(format!("{}/api/v1/pairings", config.hub)).send_json(&request)?)?;
        let card = begun.hub.ok_or(PairingFault::NoCard)?;
        if card.authorities.len() > AUTHORITIES_MAX {
            return Err(PairingFault::TooManyAuthorities);
        }
        let pin = HubPin { key: card.key, authorities: card.authorities };
        // From here on whoever the hub said it is, is the only one who hears anything: the number, the next secret, the token.
        let agent = lines::following(HubTrust::Pinned(&pin.authorities));
        let opened: OpeningAnswer = read(
            agent
                .post(format!("{}/api/v1/pairings/{}/openings", config.hub, begun.pairing))
                .header("authorization", format!("Bearer {}", begun.secret))
                .send_json(PairingOpening { number })?,
        )?;
        let transcript = PairingTranscript {
            key: &pin.key,
            authorities: &pin.authorities,
            kind: request.kind,
            name: &request.name,
            device_number: &number,
            hub_number: &card.number,
        };
        let words = transcript.words();
        let (hub, pairing) = (config.hub.clone(), begun.pairing);
        Ok(Self { agent, hub, pairing, secret: opened.secret, code: begun.code, words, pin })
    }

    /// Waits for the administrator's decision, as long as the hub holds the question open.
    ///
    /// # Errors
    /// The hub is away, or said no.
    pub fn outcome(&self) -> Result<PairingOutcome, ureq::Error> {
        let response = self
            .agent
            .get(format!("{}/api/v1/pairings/{}", self.hub, self.pairing))
            .header("authorization", format!("Bearer {}", self.secret))
            .config()
            .timeout_global(Some(OUTCOME_PATIENCE))
            .timeout_recv_response(Some(OUTCOME_PATIENCE))
            .timeout_per_read(Some(OUTCOME_PATIENCE))
            .build()
            .call()?;
        read(response)
    }
}

fn read<T: DeserializeOwned>(mut response: ureq::http::Response<ureq::Body>) -> Result<T, ureq::Error> {
    if !response.status().is_success() {
        return Err(ureq::Error::StatusCode(response.status().as_u16()));
    }
    response.body_mut().read_json()
}
