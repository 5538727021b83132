//! The greeting: before a device gives its token, the hub proves that it is the one that was pinned, and says how the device
//! stands with it. The answer is to a number that the device has just drawn, and to this device alone, so that nobody can
//! keep it for another time or another device.

use ring::hmac;
use uuid::Uuid;
use wire::{DeviceStanding, GreetingAnswer, Octets};

use crate::{
    digest::{hash, joined},
    identity::{HubIdentity, signed_by},
};

/// By what a device names itself before it knows to whom: it follows from its token, and the token does not follow from it.
#[must_use]
pub fn device_mark(token_hash: &[u8; 32]) -> Octets<32> {
    Octets(hash(&[b"seira device mark 1", token_hash]))
}

/// What a device asks for in a greeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Salutation {
    /// Who asks.
    pub mark: Octets<32>,
    /// What it has just drawn.
    pub number: Octets<32>,
}

impl Salutation {
    fn message(&self, standing: DeviceStanding, device: Option<Uuid>) -> Vec<u8> {
        let standing: &[u8] = match standing {
            DeviceStanding::Known => b"known",
            DeviceStanding::Revoked => b"revoked",
            DeviceStanding::Unknown => b"unknown",
        };
        let device = device.map(Uuid::into_bytes);
        let device = device.as_ref().map_or(&[][..], |bytes| bytes.as_slice());
        joined(&[b"seira greeting 1", &self.mark.0, &self.number.0, standing, device])
    }

    fn knowledge(&self, token_hash: &[u8; 32], key: &Octets<32>) -> Octets<32> {
        let message = joined(&[b"seira knowledge 1", &self.number.0, &key.0]);
        let mac = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, token_hash), &message);
        let mut bytes = [0; 32];
        bytes.copy_from_slice(mac.as_ref());
        Octets(bytes)
    }

    /// The hub's answer. With the hash of the device's token it also shows that it knew the device before.
    #[must_use]
    pub fn answer(
        &self,
        identity: &HubIdentity,
        standing: DeviceStanding,
        device: Option<(Uuid, &[u8; 32])>,
    ) -> GreetingAnswer {
        let id = device.map(|(id, _)| id);
        let key = identity.key();
        GreetingAnswer {
            key,
            standing,
            device: id,
            knowledge: device.map(|(_, token_hash)| self.knowledge(token_hash, &key)),
            signature: identity.sign(&self.message(standing, id)),
        }
    }

    /// Whether whoever has the key `pinned` gave this answer, to this device and this number.
    #[must_use]
    pub fn is_answered_by(&self, pinned: &Octets<32>, answer: &GreetingAnswer) -> bool {
        answer.key == *pinned && signed_by(pinned, &self.message(answer.standing, answer.device), &answer.signature)
    }

    /// Whether an answer comes from a hub that knew this token before, and has the key that it names: by which a device of
    /// before there were words learns its hub's key.
    #[must_use]
    pub fn is_from_acquaintance(&self, token_hash: &[u8; 32], answer: &GreetingAnswer) -> bool {
        self.is_answered_by(&answer.key, answer) && answer.knowledge == Some(self.knowledge(token_hash, &answer.key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: [u8; 32] = [9; 32];

    fn hub(seed: u8) -> HubIdentity {
        HubIdentity::new(&[seed; 32], Vec::new())
    }

    #[test]
    fn prom_11_a_word_that_revokes_is_good_for_one_device_one_number_and_one_hub() {
        let device = Uuid::from_u128(5);
        let asked = Salutation { mark: device_mark(&TOKEN), number: Octets([1; 32]) };
        let answer = asked.answer(&hub(1), DeviceStanding::Revoked, Some((device, &TOKEN)));
        assert!(asked.is_answered_by(&hub(1).key(), &answer));
        let nobody = [
            // Another number: the answer was kept. Another device: it was passed on.
            Salutation { number: Octets([2; 32]), ..asked }.is_answered_by(&hub(1).key(), &answer),
            Salutation { mark: device_mark(&[8; 32]), ..asked }.is_answered_by(&hub(1).key(), &answer),
            asked.is_answered_by(&hub(2).key(), &answer),
            asked.is_answered_by(&hub(1).key(), &GreetingAnswer { standing: DeviceStanding::Known, ..answer.clone() }),
            asked.is_answered_by(&hub(1).key(), &GreetingAnswer { device: None, ..answer.clone() }),
            asked.is_answered_by(&hub(1).key(), &GreetingAnswer { signature: Octets([0; 64]), ..answer.clone() }),
            // A false hub that says it has the pinned key.
            asked.is_answered_by(
                &hub(1).key(),
                &GreetingAnswer {
                    key: hub(1).key(),
                    ..asked.answer(&hub(2), DeviceStanding::Revoked, Some((device, &TOKEN)))
                },
            ),
        ];
        assert!(nobody.iter().all(|proven| !proven), "{nobody:?}");
    }

    #[test]
    fn prom_11_a_device_of_before_learns_the_key_of_a_hub_that_knows_its_token_alone() {
        let asked = Salutation { mark: device_mark(&TOKEN), number: Octets([1; 32]) };
        let known = |hub: &HubIdentity, token: &[u8; 32]| {
            asked.answer(hub, DeviceStanding::Known, Some((Uuid::from_u128(5), token)))
        };
        assert!(asked.is_from_acquaintance(&TOKEN, &known(&hub(1), &TOKEN)));
        assert!(!asked.is_from_acquaintance(&TOKEN, &known(&hub(2), &[7; 32])), "it guesses");
        assert!(!asked.is_from_acquaintance(&TOKEN, &asked.answer(&hub(2), DeviceStanding::Known, None)));
        let relayed = GreetingAnswer { key: hub(2).key(), ..known(&hub(1), &TOKEN) };
        assert!(!asked.is_from_acquaintance(&TOKEN, &relayed));
    }
}
