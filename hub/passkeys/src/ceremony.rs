//! The two ceremonies: a passkey is made, and a passkey is shown.

use std::num::NonZeroU32;

use webauthn_rp::{
    AuthenticatedCredential, NonDiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration,
    RegistrationServerState,
    bin::{Decode, Encode},
    request::{
        Credentials, PublicKeyCredentialDescriptor, UserVerificationRequirement,
        auth::{
            AllowedCredentials, AuthenticationVerificationOptions, NonDiscoverableAuthenticationServerState,
            SignatureCounterEnforcement,
        },
        register::{
            PublicKeyCredentialUserEntity, RegistrationVerificationOptions, ResidentKeyRequirement, UserHandle16,
            Username,
        },
    },
    response::{
        AuthTransports, CredentialId,
        auth::NonDiscoverableAuthentication16,
        register::{CompressedPubKey, DynamicState, StaticState},
    },
};

use crate::place::PasskeyPlace;

/// A question is good for so long, as what a browser keeps between the two steps of signing in is.
pub const CEREMONY_MINUTES: u32 = 15;
/// Longest answer of a browser, in bytes: public keys and what certifies them are a few thousand.
const ANSWER_BYTES_MAX: usize = 32 * 1024;

/// What is kept of a passkey: nothing of it is secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptPasskey {
    /// By which its authenticator knows it.
    pub id: Vec<u8>,
    /// By which the authenticator knows its owner: drawn, and in no other hub the same.
    pub owner: [u8; 16],
    /// Over which lines it was reached, as a hint to browsers.
    pub lines: u8,
    /// The public key.
    pub key: Vec<u8>,
    /// Its counter, and whether its owner's other devices may have it too.
    pub state: [u8; 7],
}

/// What a browser is asked for.
#[derive(Debug, Clone)]
pub struct PasskeyQuestion {
    /// As its script takes it.
    pub options: String,
    /// What has to be remembered until the answer, and be the hub's own word then.
    pub memory: Vec<u8>,
}

/// Why an answer is not right; what a log may say.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PasskeyFault(String);

impl PasskeyFault {
    fn of(error: impl std::fmt::Display) -> Self {
        Self(error.to_string())
    }
}

impl KeptPasskey {
    /// The number by which an authenticator is to know somebody.
    pub fn draw_owner() -> [u8; 16] {
        rand::random()
    }

    fn descriptor(&self) -> Option<PublicKeyCredentialDescriptor<Vec<u8>>> {
        let id = CredentialId::<Vec<u8>>::decode(self.id.clone()).ok()?;
        let transports = AuthTransports::decode(self.lines).ok()?;
        Some(PublicKeyCredentialDescriptor { id, transports })
    }
}

impl PasskeyPlace {
    /// Asks for a new passkey, of an authenticator that holds none of those that are known.
    ///
    /// # Errors
    /// [`PasskeyFault`]: never, with options such as these.
    pub fn ask_new(
        &self,
        account: &str,
        owner: [u8; 16],
        known: &[KeptPasskey],
    ) -> Result<PasskeyQuestion, PasskeyFault> {
        let Ok(owner) = UserHandle16::decode(owner);
        let excluded = known.iter().filter_map(KeptPasskey::descriptor).collect();
        // Login names may have letters that the standard's names have not.
        let name = Username::try_from(account).or_else(|_| Username::try_from("seira")).map_err(PasskeyFault::of)?;
        let user = PublicKeyCredentialUserEntity { name, id: &owner, display_name: None };
        let mut options = PublicKeyCredentialCreationOptions::second_factor(&self.name, user, excluded);
        options.timeout = milliseconds();
        // A phone then shows it among its owner's passkeys; a key without a place for it makes one all the same.
        options.authenticator_selection.resident_key = ResidentKeyRequirement::Preferred;
        options.authenticator_selection.user_verification = VERIFICATION;
        options.extensions.cred_props = None;
        let (memory, client) = options.start_ceremony().map_err(PasskeyFault::of)?;
        Ok(PasskeyQuestion {
            options: serde_json::to_string(&client).map_err(PasskeyFault::of)?,
            memory: memory.encode().map_err(PasskeyFault::of)?,
        })
    }

    /// Judges the answer to [`PasskeyPlace::ask_new`].
    ///
    /// # Errors
    /// [`PasskeyFault`].
    pub fn judge_new(&self, memory: &[u8], answer: &str) -> Result<KeptPasskey, PasskeyFault> {
        let memory = RegistrationServerState::<16>::decode(memory).map_err(PasskeyFault::of)?;
        let answer = Registration::from_json_relaxed(bounded(answer)?).map_err(PasskeyFault::of)?;
        let origins = [self.origin.as_str()];
        let options = RegistrationVerificationOptions::<&str, &str> {
            allowed_origins: &origins,
            // Browsers and their extensions add their own.
            error_on_unsolicited_extensions: false,
            ..RegistrationVerificationOptions::default()
        };
        let made = memory.verify(&self.name, &answer, &options).map_err(PasskeyFault::of)?;
        let (id, lines, owner, key, state, _) = made.into_parts();
        let (Ok(id), Ok(lines), Ok(owner)) = (id.encode(), lines.encode(), owner.encode());
        let (Ok(key), Ok(state)) = (key.encode(), state.encode());
        Ok(KeptPasskey { id: id.to_vec(), owner, lines, key, state })
    }

    /// Asks for one of the passkeys that are known.
    ///
    /// # Errors
    /// [`PasskeyFault`] where there is none.
    pub fn ask(&self, known: &[KeptPasskey]) -> Result<PasskeyQuestion, PasskeyFault> {
        let mut allowed = AllowedCredentials::with_capacity(known.len());
        for descriptor in known.iter().filter_map(KeptPasskey::descriptor) {
            allowed.push(descriptor.into());
        }
        let options = NonDiscoverableCredentialRequestOptions::second_factor(&self.name, allowed);
        let mut options = options.map_err(PasskeyFault::of)?;
        options.options().timeout = milliseconds();
        options.options().user_verification = VERIFICATION;
        let (memory, client) = options.start_ceremony().map_err(PasskeyFault::of)?;
        Ok(PasskeyQuestion {
            options: serde_json::to_string(&client).map_err(PasskeyFault::of)?,
            memory: memory.encode().map_err(PasskeyFault::of)?,
        })
    }

    /// Judges the answer to [`PasskeyPlace::ask`]; gives the place of the passkey in the list, and its state from now on.
    ///
    /// # Errors
    /// [`PasskeyFault`].
    pub fn judge(&self, memory: &[u8], answer: &str, known: &[KeptPasskey]) -> Result<(usize, [u8; 7]), PasskeyFault> {
        let memory = NonDiscoverableAuthenticationServerState::decode(memory).map_err(PasskeyFault::of)?;
        let answer = NonDiscoverableAuthentication16::from_json_relaxed(bounded(answer)?).map_err(PasskeyFault::of)?;
        let shown = answer.raw_id();
        let nth = known.iter().position(|one| one.id == shown.as_ref()).ok_or_else(|| PasskeyFault::of("unknown"))?;
        let one = known.get(nth).ok_or_else(|| PasskeyFault::of("unknown"))?;
        let Ok(owner) = UserHandle16::decode(one.owner);
        let id = CredentialId::<&[u8]>::decode(one.id.as_slice()).map_err(PasskeyFault::of)?;
        let key = StaticState::<CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>>::decode(&one.key);
        let state = DynamicState::decode(one.state).map_err(PasskeyFault::of)?;
        let mut passkey = AuthenticatedCredential::new(id, &owner, key.map_err(PasskeyFault::of)?, state)
            .map_err(PasskeyFault::of)?;
        let origins = [self.origin.as_str()];
        let options = AuthenticationVerificationOptions::<&str, &str> {
            allowed_origins: &origins,
            error_on_unsolicited_extensions: false,
            // A counter that stands still is a copy's.
            sig_counter_enforcement: SignatureCounterEnforcement::Fail,
            ..AuthenticationVerificationOptions::default()
        };
        memory.verify(&self.name, &answer, &mut passkey, &options).map_err(PasskeyFault::of)?;
        let Ok(state) = passkey.dynamic_state().encode();
        Ok((nth, state))
    }
}

/// The password is what its owner knows, and the passkey what they have: whoever has a phone or a key that knows its owner is
/// asked to show it, and a plain key of an office serves as well.
const VERIFICATION: UserVerificationRequirement = UserVerificationRequirement::Preferred;

fn milliseconds() -> NonZeroU32 {
    NonZeroU32::MIN.saturating_mul(NonZeroU32::MIN.saturating_add(CEREMONY_MINUTES * 60_000 - 1))
}

fn bounded(answer: &str) -> Result<&[u8], PasskeyFault> {
    if answer.len() <= ANSWER_BYTES_MAX { Ok(answer.as_bytes()) } else { Err(PasskeyFault::of("too long")) }
}
