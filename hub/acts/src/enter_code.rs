//! The code from the mail is typed: the address of who has the link is theirs today.

use office::PersonId;
use secrets::{Holder, ServerKey, is_address_code};

use crate::{fault::Fault, ledger::Ledger};

/// Whose code was typed, and what.
#[derive(Debug, Clone)]
pub struct CodeEntry {
    /// Whose booking it is about.
    pub person: PersonId,
    /// Whose link it was typed behind.
    pub holder: Holder,
    /// As it was typed.
    pub code: String,
}

/// Whether the code is right; then it is used up. Each try counts before it is judged.
///
/// # Errors
/// That the hub cannot write.
pub async fn run(ledger: &Ledger, key: &ServerKey, entry: CodeEntry) -> Result<bool, Fault> {
    let (key, now) = (key.clone(), ledger.clock.now());
    let CodeEntry { person, holder, code } = entry;
    let served = holder == Holder::Served;
    let judged = ledger.writer.change(move |store| {
        let drawn = store.try_address_code(person, served, now)?;
        let is_right = drawn.is_some_and(|drawn| is_address_code(&key, drawn, &code));
        if is_right {
            store.drop_address_code(person, served)?;
        }
        Ok(is_right)
    });
    Ok(judged.await?)
}
