//! The second factor of accounts: set, used, taken away; and the recovery codes for who has lost it.

use chrono::{DateTime, Utc};
use secrets::{FactorSecret, draw_word};
use store::{Account, Store};
use writer::WriteError;

use crate::{
    access::Access,
    factor_way::FactorWay,
    password::code_hashes,
    staff::{Accounts, Session, follow},
};

/// Recovery codes that an account is given at once.
pub const RECOVERY_CODES: usize = 10;
/// Letters of a code: 20^10, each tried no oftener than passwords are, and kept as passwords are.
const RECOVERY_LETTERS: usize = 10;
/// Bytes of the salt of an account's codes.
const SALT_BYTES: usize = 16;

/// Recovery codes, shown once.
#[derive(Clone)]
pub struct RecoveryCodes(Vec<String>);

impl std::fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCodes(…)")
    }
}

impl RecoveryCodes {
    fn draw() -> Self {
        Self((0..RECOVERY_CODES).map(|_| draw_word(RECOVERY_LETTERS)).collect())
    }

    /// As people write them down: in two halves.
    pub fn shown(&self) -> Vec<String> {
        self.0
            .iter()
            .map(|code| format!("{} {}", &code[..RECOVERY_LETTERS / 2], &code[RECOVERY_LETTERS / 2..]))
            .collect()
    }
}

/// A recovery code as it was typed, as it was drawn.
fn as_drawn(typed: &str) -> String {
    typed.chars().filter(|letter| letter.is_ascii_alphanumeric()).collect::<String>().to_ascii_uppercase()
}

/// Why a second factor could not be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FactorError {
    /// Too much is being hashed.
    #[error(transparent)]
    Crew(#[from] crew::CrewError),
    /// The hub cannot write.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl Access {
    /// Whether what was typed is a code of the account's app, or one of its recovery codes. It is used up then.
    ///
    /// # Errors
    /// [`FactorError`]: nothing was judged then.
    pub async fn takes_code(&self, account: &Account, typed: &str) -> Result<Option<FactorWay>, FactorError> {
        let id = account.id;
        if let Some(sealed) = account.factor.clone() {
            let secret = FactorSecret::unsealed(&self.key, id, &sealed);
            if let Some(step) = secret.and_then(|secret| secret.step_of(typed, self.clock.now())) {
                let is_new = self.writer.change(move |store| store.use_factor_step(id, &sealed, step)).await?;
                return Ok(is_new.then_some(FactorWay::App));
            }
        }
        let code = as_drawn(typed);
        let Some(salt) = account.recovery_salt.clone().filter(|_| code.len() == RECOVERY_LETTERS) else {
            return Ok(None);
        };
        let hashes = code_hashes(vec![code], salt).await?;
        let used = self.writer.change(move |store| match hashes.first() {
            Some(hash) => store.use_recovery_code(id, hash),
            None => Ok(false),
        });
        Ok(used.await?.then_some(FactorWay::Recovery))
    }

    /// Gives an account a second factor whose code of this step was typed, in place of the one that it had, and ten recovery
    /// codes; ends its sessions, save one. None, if the account is another by now.
    ///
    /// # Errors
    /// [`FactorError`].
    pub async fn set_factor(
        &self,
        account: &Account,
        secret: &FactorSecret,
        step: i64,
        keep: Option<&Session>,
    ) -> Result<Option<RecoveryCodes>, FactorError> {
        let (id, before, sealed) = (account.id, account.clone(), secret.sealed(&self.key, account.id));
        let (codes, salt, hashes) = drawn_codes().await?;
        let (kept, kept_salt, name) = (sealed.clone(), salt.clone(), keep.map(|session| *session.name()));
        let set = self.writer.change(move |store: &Store| {
            let is_set = store.set_factor(&before, &kept, step)?;
            if is_set {
                store.put_recovery_codes(id, &kept_salt, &hashes)?;
                store.end_logins_but(id, name.as_ref())?;
            }
            Ok(is_set)
        });
        if !set.await? {
            return Ok(None);
        }
        self.accounts.replace(id, keep, |account| {
            account.factor = Some(sealed);
            account.recovery_salt = Some(salt);
        });
        Ok(Some(codes))
    }

    /// Gives an account ten new recovery codes; those before are good no longer.
    ///
    /// # Errors
    /// [`FactorError`].
    pub async fn renew_codes(&self, account: &Account) -> Result<RecoveryCodes, FactorError> {
        let id = account.id;
        let (codes, salt, hashes) = drawn_codes().await?;
        let kept_salt = salt.clone();
        self.writer.change(move |store| store.put_recovery_codes(id, &kept_salt, &hashes)).await?;
        self.accounts.change(id, |account| account.recovery_salt = Some(salt));
        Ok(codes)
    }
}

impl Accounts {
    /// Takes every second factor of an account away, and ends its sessions, save one.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn drop_factor(
        &self,
        writer: &writer::Writer,
        account: u32,
        keep: Option<&Session>,
        at: DateTime<Utc>,
    ) -> Result<(), WriteError> {
        let name = keep.map(|session| *session.name());
        let dropped = writer.change(move |store| {
            store.drop_factor(account, name.as_ref(), at)?;
            store.account(account)
        });
        let kept = dropped.await?;
        self.replace(account, keep, |account| {
            if let Some(kept) = &kept {
                follow(account, kept);
            }
            account.factor = None;
            account.recovery_salt = None;
        });
        Ok(())
    }
}

/// Recovery codes with the salt and the hashes by which they are kept.
pub(crate) async fn drawn_codes() -> Result<(RecoveryCodes, Vec<u8>, Vec<[u8; 32]>), FactorError> {
    let (codes, salt) = (RecoveryCodes::draw(), secrets::draw_token().into_bytes()[..SALT_BYTES].to_vec());
    let hashes = code_hashes(codes.0.clone(), salt.clone()).await?;
    Ok((codes, salt, hashes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_a_recovery_code_is_typed_as_people_write_it() {
        let codes = RecoveryCodes::draw();
        assert_eq!(codes.shown().len(), RECOVERY_CODES);
        for (drawn, shown) in codes.0.iter().zip(codes.shown()) {
            assert_eq!(as_drawn(&shown), *drawn);
            assert_eq!(as_drawn(&format!(" {}- ", shown.to_lowercase().replace(' ', "-"))), *drawn);
        }
    }
}
