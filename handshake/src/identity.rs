//! Who a hub is: a key of its own that signs, and the CA under which its certificate stands, if it has one of its own.

use std::{fmt, sync::Arc};

use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use wire::{CertificateBytes, Octets};

/// A hub's key and CA; cheap to clone. It outlives certificates, machines and addresses: a backup carries it along.
#[derive(Clone)]
pub struct HubIdentity {
    pair: Arc<Ed25519KeyPair>,
    authorities: Arc<[CertificateBytes]>,
}

impl fmt::Debug for HubIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HubIdentity({})", self.key())
    }
}

impl HubIdentity {
    /// The identity that grows from a seed as it was kept.
    #[must_use]
    pub fn new(seed: &[u8; 32], authorities: Vec<CertificateBytes>) -> Self {
        #[expect(clippy::expect_used, reason = "every 32 bytes are a seed")]
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).expect("32 bytes");
        Self { pair: Arc::new(pair), authorities: authorities.into() }
    }

    /// Its public key.
    #[must_use]
    pub fn key(&self) -> Octets<32> {
        let mut key = [0; 32];
        key.copy_from_slice(self.pair.public_key().as_ref());
        Octets(key)
    }

    /// The CAs that a device trusts from its pairing on, and no others; none where everybody trusts the hub's.
    #[must_use]
    pub fn authorities(&self) -> &[CertificateBytes] {
        &self.authorities
    }

    pub(crate) fn sign(&self, message: &[u8]) -> Octets<64> {
        let mut signature = [0; 64];
        signature.copy_from_slice(self.pair.sign(message).as_ref());
        Octets(signature)
    }
}

/// Whether whoever has this key signed the message.
pub fn signed_by(key: &Octets<32>, message: &[u8], signature: &Octets<64>) -> bool {
    UnparsedPublicKey::new(&ED25519, key.0).verify(message, &signature.0).is_ok()
}
