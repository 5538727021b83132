//! Passkeys as second factors: added, used, taken away. Beside an app and the recovery codes, or without an app.

use chrono::{DateTime, Utc};
use store::{Account, NewPasskey, PasskeyRemoval, PasskeyRow, Store};
use writer::{WriteError, Writer};

use crate::{
    access::Access,
    second_factor::{FactorError, RecoveryCodes, drawn_codes},
    staff::{Accounts, Session, follow},
};

/// A second factor that was added.
#[derive(Debug, Clone)]
pub struct NewFactor {
    /// The recovery codes, where it is the account's first.
    pub codes: Option<RecoveryCodes>,
}

impl Access {
    /// Gives an account a passkey, and recovery codes where it had no second factor; ends its sessions, save one. None, if the
    /// account is another by now, has as many passkeys as it may have, or the passkey is somebody's already.
    ///
    /// # Errors
    /// [`FactorError`].
    pub async fn add_passkey(
        &self,
        account: &Account,
        passkey: NewPasskey,
        keep: Option<&Session>,
    ) -> Result<Option<NewFactor>, FactorError> {
        let (id, before, at) = (account.id, account.clone(), self.clock.now());
        let drawn = if account.has_factor() { None } else { Some(drawn_codes().await?) };
        let (codes, hashed) = drawn.map(|(codes, salt, hashes)| (codes, (salt, hashes))).unzip();
        let (salt, name) = (hashed.as_ref().map(|(salt, _)| salt.clone()), keep.map(|session| *session.name()));
        let added = self.writer.change(move |store: &Store| {
            if !store.add_passkey(&before, &passkey, at)? {
                return Ok(None);
            }
            if let Some((salt, hashes)) = &hashed {
                store.put_recovery_codes(id, salt, hashes)?;
            }
            store.end_logins_but(id, name.as_ref())?;
            store.account(id)
        });
        let Some(kept) = added.await? else { return Ok(None) };
        self.accounts.replace(id, keep, |account| {
            follow(account, &kept);
            if let Some(salt) = salt {
                account.recovery_salt = Some(salt);
            }
        });
        Ok(Some(NewFactor { codes }))
    }

    /// A passkey answered a question, and has this state from now on; `false`, if it answered this or a later one before.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn takes_passkey(&self, passkey: PasskeyRow, asked_at: i64, state: [u8; 7]) -> Result<bool, WriteError> {
        let at = self.clock.now();
        self.writer.change(move |store| store.use_passkey(&passkey, asked_at, &state, at)).await
    }
}

impl Accounts {
    /// Takes a passkey of an account away, and ends its sessions, save one.
    ///
    /// # Errors
    /// If the hub cannot write.
    pub async fn drop_passkey(
        &self,
        writer: &Writer,
        (account, number): (u32, i64),
        is_demanded: bool,
        keep: Option<&Session>,
        at: DateTime<Utc>,
    ) -> Result<PasskeyRemoval, WriteError> {
        let name = keep.map(|session| *session.name());
        let dropped = writer.change(move |store| {
            let removal = store.drop_passkey((account, number), is_demanded, name.as_ref(), at)?;
            Ok((removal, store.account(account)?))
        });
        let (removal, kept) = dropped.await?;
        match (removal, kept) {
            (PasskeyRemoval::Gone { .. }, Some(kept)) => {
                self.replace(account, keep, |account| {
                    follow(account, &kept);
                    account.recovery_salt = kept.recovery_salt;
                });
            }
            (PasskeyRemoval::Gone { .. } | PasskeyRemoval::Last | PasskeyRemoval::None, _) => {}
        }
        Ok(removal)
    }
}
