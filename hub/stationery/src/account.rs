//! What is said of an account and asked for its change, by its own page and by those of administrators.

use acts::{AccountRefusal, Fault};
use serde::Deserialize;
use store::{Account, Role};
use text::Voice;

/// An address, and the password of who asks.
#[derive(Deserialize)]
pub struct OwnAddressForm {
    /// The address, as it was typed.
    #[serde(default)]
    pub email: String,
    /// The password.
    #[serde(default)]
    pub own: String,
}

/// The password of who asks.
#[derive(Deserialize)]
pub struct ConfirmedForm {
    /// The password.
    #[serde(default)]
    pub own: String,
}

/// What is known of an account's address, in words.
pub fn address_said(account: &Account, voice: Voice) -> Option<String> {
    let email = account.email.as_deref()?;
    let id = if account.email_proven { "account-address-is" } else { "account-address-waits" };
    Some(voice.text(id, "email", email))
}

/// What somebody may do, in words.
pub fn role(role: Role, voice: Voice) -> String {
    voice.say(match role {
        Role::Admin => "role-admin",
        Role::Clerk => "role-clerk",
    })
}

/// What is wrong with a name or a password, in words.
///
/// # Errors
/// Where it is not about what was typed.
pub fn wrong(refusal: AccountRefusal, voice: Voice) -> Result<String, Fault> {
    match refusal {
        AccountRefusal::NameTaken => Ok(voice.say("clerk-name-taken")),
        AccountRefusal::BadName => Ok(voice.say("clerk-name-wrong")),
        AccountRefusal::BadEmail(flaw) => Ok(voice.say(flaw.sentence())),
        AccountRefusal::NotConfirmed => Ok(voice.say("confirm-wrong")),
        AccountRefusal::Fault(fault) => Err(fault),
    }
}
