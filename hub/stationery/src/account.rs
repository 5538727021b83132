//! What is said of an account and asked for its change, by its own page and by those of administrators.

use acts::{AccountRefusal, Fault};
use serde::Deserialize;
use store::{Account, Role};
use text::Voice;

use crate::problem::WrongField;

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
pub fn role(account: &Account, voice: Voice) -> String {
    voice.say(match account.staff.map(|staff| staff.role) {
        Some(Role::Admin) => "role-admin",
        Some(Role::Clerk) => "role-clerk",
        None => "role-citizen",
    })
}

/// What is wrong with a name, an address or a password, in words; the forms of a page are told apart by their names.
///
/// # Errors
/// Where it is not about what was typed.
pub fn wrong(refusal: AccountRefusal, voice: Voice, form: &str) -> Result<WrongField, Fault> {
    let (sentence, id) = match refusal {
        AccountRefusal::NameTaken => ("clerk-name-taken", "name".to_owned()),
        AccountRefusal::BadName => ("clerk-name-wrong", "name".to_owned()),
        AccountRefusal::BadEmail(flaw) => (flaw.sentence(), "email".to_owned()),
        AccountRefusal::NotConfirmed => ("confirm-wrong", format!("own-{form}")),
        AccountRefusal::Fault(fault) => return Err(fault),
    };
    Ok(WrongField::new(voice.say(sentence), id))
}
