//! Passkeys (WebAuthn): what a browser is asked for, and whether what it answers is right. Nothing is kept here: what has to be
//! remembered between question and answer is handed out as bytes, and whoever asked seals them.

mod ceremony;
mod place;

pub use ceremony::{CEREMONY_MINUTES, KeptPasskey, PasskeyFault, PasskeyQuestion};
pub use place::{NoPasskeys, PasskeyPlace};
