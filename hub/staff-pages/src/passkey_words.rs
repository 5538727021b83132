//! What the account's page says of passkeys: which there are, and why there can be none.

use acts::passkeys::NoPasskeys;
use stationery::visitor::Visitor;
use store::{PasskeyRow, ReadError};
use text::Voice;

/// A passkey in its owner's list.
pub struct PasskeyLine {
    /// The number by which it is taken away.
    pub number: i64,
    /// What its owner calls it.
    pub name: String,
    /// When it was added and used.
    pub when: String,
}

impl PasskeyLine {
    /// What the ids of its form end with.
    pub fn form_id(&self) -> String {
        form_id(self.number)
    }
}

/// What the ids of the form end with that takes a passkey away.
pub fn form_id(number: i64) -> String {
    format!("passkey-{number}")
}

/// The passkeys of an account, in words.
pub async fn lines(visitor: &Visitor, account: u32) -> Result<Vec<PasskeyLine>, ReadError> {
    let rows = visitor.state.readers.read(move |store| store.passkeys(account)).await?;
    let (dates, voice) = (visitor.dates_of_hub(), visitor.voice);
    let line = |row: PasskeyRow| {
        let added = dates.day_and_year(row.added_at);
        let when = match row.used_at {
            Some(at) => {
                voice.say_with("passkey-used", [("added", added.into()), ("used", dates.day_and_year(at).into())])
            }
            None => voice.text("passkey-unused", "added", &added),
        };
        PasskeyLine { number: row.number, name: row.passkey.name, when }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Why this hub can have none, in words.
pub fn without(why: NoPasskeys, voice: Voice) -> String {
    voice.say(match why {
        NoPasskeys::Nameless => "passkey-nameless",
        NoPasskeys::Clear => "passkey-clear",
    })
}
