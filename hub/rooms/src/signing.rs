//! The house's one ring of ciphers under the library of tokens: it signs with a shared secret or with an RSA key, and nothing
//! else. Whether a token is good is judged by the server that it is for.

use jsonwebtoken::{
    Algorithm, AlgorithmFamily, EncodingKey,
    crypto::{CryptoProvider, JwtSigner, KeyUtils},
    errors::{ErrorKind, Result, new_error},
    signature::{Error, Signer},
};
use ring::{hmac, rand::SystemRandom, signature as rsa};

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: signer,
    verifier_factory: |_, _| Err(new_error(ErrorKind::InvalidAlgorithm)),
    key_utils: KeyUtils::new_unimplemented(),
};

/// Puts it under the library; once is enough, and again does nothing.
pub fn install() {
    let _was_there = PROVIDER.install_default();
}

/// Whether an RSA key signs: one of 2048 bits or more.
pub fn is_good(key: &EncodingKey) -> bool {
    rsa::RsaKeyPair::from_der(key.as_bytes()).is_ok()
}

fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>> {
    match (algorithm, key.family()) {
        (Algorithm::HS256, AlgorithmFamily::Hmac) => {
            Ok(Box::new(SharedSigner(hmac::Key::new(hmac::HMAC_SHA256, key.as_bytes()))))
        }
        (Algorithm::RS256, AlgorithmFamily::Rsa) => {
            let pair = rsa::RsaKeyPair::from_der(key.as_bytes());
            Ok(Box::new(OwnSigner(pair.map_err(|_| new_error(ErrorKind::InvalidKeyFormat))?)))
        }
        _ => Err(new_error(ErrorKind::InvalidAlgorithm)),
    }
}

struct SharedSigner(hmac::Key);

impl Signer<Vec<u8>> for SharedSigner {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Error> {
        Ok(hmac::sign(&self.0, message).as_ref().to_vec())
    }
}

impl JwtSigner for SharedSigner {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }
}

struct OwnSigner(rsa::RsaKeyPair);

impl Signer<Vec<u8>> for OwnSigner {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Error> {
        let mut signed = vec![0; self.0.public().modulus_len()];
        // The draw blinds the key while it is used; what is signed is the same each time.
        let done = self.0.sign(&rsa::RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signed);
        done.map(|()| signed).map_err(|_| Error::new())
    }
}

impl JwtSigner for OwnSigner {
    fn algorithm(&self) -> Algorithm {
        Algorithm::RS256
    }
}
