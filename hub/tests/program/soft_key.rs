//! An authenticator in a few lines, by another hand than the hub's: what a phone or a key answers to a browser (WebAuthn, 6 and 7).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::{
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Somebody is there.
const PRESENT: u8 = 0x01;
/// What is signed holds a new key.
const ATTESTED: u8 = 0x40;

/// A key with one passkey in it.
pub struct SoftKey {
    pair: EcdsaKeyPair,
    id: [u8; 16],
    owner: String,
    /// Counts what it signed; none, as where passkeys are on many devices, stays zero.
    pub counter: Option<u32>,
    /// From which page it believes to be asked.
    pub origin: String,
}

fn hash(bytes: &[u8]) -> Vec<u8> {
    Sha256::digest(bytes).to_vec()
}

impl SoftKey {
    /// A new key, for pages of an origin.
    pub fn new(origin: &str) -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let id = hash(pair.public_key().as_ref())[..16].try_into().unwrap();
        Self { pair, id, owner: String::new(), counter: Some(0), origin: origin.to_owned() }
    }

    fn data(&mut self, name: &str, flags: u8) -> Vec<u8> {
        self.counter = self.counter.map(|counter| counter + 1);
        let mut data = hash(name.as_bytes());
        data.push(flags);
        data.extend(self.counter.unwrap_or_default().to_be_bytes());
        data
    }

    fn client(&self, kind: &str, options: &Value) -> String {
        let (challenge, origin) = (options["challenge"].as_str().unwrap(), &self.origin);
        format!(r#"{{"type":"webauthn.{kind}","challenge":"{challenge}","origin":"{origin}","crossOrigin":false}}"#)
    }

    fn answer(&self, response: Value) -> String {
        let id = URL_SAFE_NO_PAD.encode(self.id);
        json!({"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {}})
            .to_string()
    }

    /// Makes its passkey.
    pub fn make(&mut self, options: &Value) -> String {
        self.owner = options["user"]["id"].as_str().unwrap().to_owned();
        let mut data = self.data(options["rp"]["id"].as_str().unwrap(), PRESENT | ATTESTED);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.id);
        let point = self.pair.public_key().as_ref();
        // A COSE key: EC2, ES256, P-256, and both coordinates.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(&point[1..33]);
        data.extend([0x22, 0x58, 0x20]);
        data.extend(&point[33..]);
        // A map of three: the format "none", no statement, and the data.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).unwrap());
        object.extend(data);
        let client = URL_SAFE_NO_PAD.encode(self.client("create", options));
        self.answer(json!({"clientDataJSON": client, "attestationObject": URL_SAFE_NO_PAD.encode(object)}))
    }

    /// Shows it.
    pub fn show(&mut self, options: &Value) -> String {
        let data = self.data(options["rpId"].as_str().unwrap(), PRESENT);
        let client = self.client("get", options);
        let signed = [data.as_slice(), &hash(client.as_bytes())].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(client),
            "authenticatorData": URL_SAFE_NO_PAD.encode(data),
            "signature": URL_SAFE_NO_PAD.encode(signature),
            "userHandle": self.owner,
        }))
    }
}
