//! The greeting: before its token, a device sends a number that the hub has to sign, and hears how it stands with it.

use handshake::{Salutation, device_mark};
use ureq::Agent;
use uuid::Uuid;
use wire::{DeviceStanding, GREETING_SCHEME, GreetingAnswer, Octets};

use crate::{
    lines::{self, LineFault},
    token::{Credentials, HubPin},
};

/// How a greeting ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Welcome {
    /// By the hub that was pinned, which knows the device.
    Known(Acquaintance),
    /// By the hub that was pinned, which has shut the device out.
    Revoked,
    /// By the hub that was pinned, which does not know the device.
    Unknown,
    /// By somebody who is not that hub, or cannot show it.
    Stranger,
    /// Nobody answered, or the hub is too busy.
    Away,
}

/// What a device has learned of its hub by a greeting.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Acquaintance {
    /// The device's id.
    pub device: Option<Uuid>,
    /// The hub's key, for a device that was paired before there were words.
    pub pin: Option<HubPin>,
}

/// What one answer means.
enum HubReply {
    Answer(GreetingAnswer),
    /// Something that a hub which is up to date never says.
    Else(u16),
    Busy,
}

/// The greetings of one device to one hub.
pub struct Greeter {
    address: String,
    agent: Agent,
    token_hash: [u8; 32],
    pin: Option<HubPin>,
}

impl Greeter {
    /// Of a device with these credentials, on this line.
    pub fn new(hub: &str, credentials: &Credentials, agent: Agent) -> Self {
        let digest = ring::digest::digest(&ring::digest::SHA256, credentials.token.as_bytes());
        let mut token_hash = [0; 32];
        token_hash.copy_from_slice(digest.as_ref());
        let address = format!("{hub}/api/v1/greetings");
        Self { address, agent, token_hash, pin: credentials.hub.clone() }
    }

    /// Greets whoever is at the hub's address.
    pub fn greet(&self) -> Welcome {
        match self.greeted() {
            Ok(welcome) => welcome,
            Err(error) => match lines::fault_of(&error) {
                LineFault::Away => {
                    tracing::debug!("no connection to the hub: {error}");
                    Welcome::Away
                }
                LineFault::OutOfDate => {
                    tracing::error!("the hub's certificate is out of date, or this machine's clock is wrong: {error}");
                    Welcome::Away
                }
                LineFault::Stranger => {
                    tracing::warn!("whoever answers at the hub's address has no certificate of its CA: {error}");
                    Welcome::Stranger
                }
            },
        }
    }

    fn greeted(&self) -> Result<Welcome, ureq::Error> {
        let asked = Salutation { mark: device_mark(&self.token_hash), number: Octets(rand::random()) };
        let answer = match self.ask(&asked)? {
            HubReply::Answer(answer) => answer,
            HubReply::Busy => return Ok(Welcome::Away),
            // A hub of last year, for a device of last year.
            HubReply::Else(404) if self.pin.is_none() => return Ok(Welcome::Known(Acquaintance::default())),
            HubReply::Else(status) => {
                tracing::warn!(status, "whoever answers at the hub's address does not answer a greeting");
                return Ok(Welcome::Stranger);
            }
        };
        let pin = match &self.pin {
            Some(pin) if asked.is_answered_by(&pin.key, &answer) => None,
            None if asked.is_from_acquaintance(&self.token_hash, &answer) => {
                Some(HubPin { key: answer.key, authorities: Vec::new() })
            }
            Some(_) | None => {
                tracing::warn!(key = %answer.key, "another hub answers at the hub's address");
                return Ok(Welcome::Stranger);
            }
        };
        Ok(match answer.standing {
            DeviceStanding::Known => Welcome::Known(Acquaintance { device: answer.device, pin }),
            DeviceStanding::Revoked => Welcome::Revoked,
            DeviceStanding::Unknown => Welcome::Unknown,
        })
    }

    fn ask(&self, asked: &Salutation) -> Result<HubReply, ureq::Error> {
        let mut response = self
            .agent
            .get(format!("{}/{}", self.address, asked.number))
            .header("authorization", format!("{GREETING_SCHEME} {}", asked.mark))
            .call()?;
        Ok(match response.status().as_u16() {
            200 => response.body_mut().read_json().map_or(HubReply::Else(200), HubReply::Answer),
            // A hub that has no place, or a proxy that does not reach it.
            408 | 429 | 500..=599 => HubReply::Busy,
            status => HubReply::Else(status),
        })
    }
}
