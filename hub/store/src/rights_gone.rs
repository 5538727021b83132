//! Rights that were taken back since a backup was made: grants, passkeys, level B, and accounts that nobody may use. A restore of
//! the older copy gives none of them back.

use std::collections::BTreeMap;

use body::{AccountEvent, AccountId, AccountLife, AccountStep, Doer, WordsId, account};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::millis,
    tombstones::{Tombstone, TombstoneKind},
};

/// What an event takes from an account, if it takes anything that a copy from before would give back.
pub fn takes(step: &AccountStep) -> Option<TombstoneKind> {
    match step {
        AccountStep::CertificateRevoked { .. } | AccountStep::CertificateEnded { .. } => {
            Some(TombstoneKind::Certificate)
        }
        AccountStep::AccountBlocked { .. } => Some(TombstoneKind::Block),
        AccountStep::AccountClosed => Some(TombstoneKind::Closure),
        // Of an account that is erased there is a stone of its own.
        AccountStep::AccountAnonymised { .. }
        | AccountStep::AccountOpened { .. }
        | AccountStep::LevelWished
        | AccountStep::WishDropped
        | AccountStep::LookedFirst { .. }
        | AccountStep::AccountCertified { .. }
        | AccountStep::ProofsMissed { .. }
        | AccountStep::HelpedAtDesk { .. }
        | AccountStep::AccountJoined { .. }
        | AccountStep::AccountUnblocked => None,
    }
}

impl Store {
    /// Keeps that an account has lost this grant, so that a restored backup does not give it back.
    pub(crate) fn note_grant_gone(&self, account: u32, role: &str, scope: &str, at: DateTime<Utc>) -> Stored<()> {
        let Some(named) = self.stone_of_account(account)? else { return Ok(()) };
        self.note_gone(TombstoneKind::Grant, format!("{named}/{role}/{scope}").as_bytes(), at)
    }

    /// Accounts that may do less since a time.
    pub(crate) fn standings_gone(&self, since: DateTime<Utc>) -> Stored<Vec<Tombstone>> {
        let accounts: Vec<u32> = self.sql.rows(
            "SELECT DISTINCT number FROM body_journal WHERE about = 'account' AND at >= ? ORDER BY number",
            [millis(since)],
            |row| row.get(0),
        )?;
        let mut gone = Vec::new();
        for account in accounts {
            let Some(named) = self.stone_of_account(account)? else { continue };
            let events = self.standing_events(AccountId(account))?;
            let taken = events.iter().filter(|event| event.at >= since);
            let taken = taken.filter_map(|event| Some((takes(&event.step)?, event.at)));
            let newest: BTreeMap<TombstoneKind, DateTime<Utc>> = taken.collect();
            let stone = |(kind, at)| Tombstone { kind, id: named.clone().into_bytes(), at };
            gone.extend(newest.into_iter().map(stone));
        }
        Ok(gone)
    }

    /// Takes from an account once more what it had lost when this file was a copy of an older one. A copy in which something
    /// happened to the account later knows it already.
    pub(crate) fn bury_standing(&self, kind: TombstoneKind, id: &[u8], at: DateTime<Utc>) -> Stored<usize> {
        let named = "SELECT id FROM account WHERE CAST(id || '/' || created_at AS BLOB) = ?";
        let Some(account) = self.sql.one(named, [id], |row| row.get(0))?.map(AccountId) else { return Ok(0) };
        let mut standing = self.standing(account)?;
        if standing.last_at.is_some_and(|last| last >= at) {
            return Ok(0);
        }
        let because = WordsId(Uuid::nil());
        let step = match kind {
            TombstoneKind::Certificate if standing.certificate.is_some() => AccountStep::CertificateRevoked { because },
            TombstoneKind::Block if standing.life == AccountLife::Open => AccountStep::AccountBlocked { because },
            TombstoneKind::Closure if standing.life == AccountLife::Open => AccountStep::AccountClosed,
            TombstoneKind::Certificate
            | TombstoneKind::Block
            | TombstoneKind::Closure
            | TombstoneKind::Person
            | TombstoneKind::Device
            | TombstoneKind::Account
            | TombstoneKind::Citizen
            | TombstoneKind::Agent
            | TombstoneKind::Note
            | TombstoneKind::Document
            | TombstoneKind::RequestWords
            | TombstoneKind::BodyWords
            | TombstoneKind::FeedbackWords
            | TombstoneKind::Participant
            | TombstoneKind::Grant
            | TombstoneKind::Passkey => return Ok(0),
        };
        let event = AccountEvent { at, by: Doer::Hub, step };
        account::apply(&mut standing, &event);
        self.keep_standing(account, &standing, &[event])?;
        Ok(1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use body::{Grant, GrantScope, IdentityPaper, OfficeId, OfficeMoment, PaperKind, Role};
    use chrono::TimeDelta;

    use super::*;
    use crate::passkeys::NewPasskey;

    fn certified(at: DateTime<Utc>) -> AccountEvent {
        let (cause, proofs) = (OfficeMoment { office: OfficeId(1), seq: 7 }, BTreeSet::new());
        let paper = IdentityPaper { kind: PaperKind::Passport, last: WordsId(Uuid::from_u128(9)) };
        let step = AccountStep::AccountCertified { cause, paper, proofs };
        AccountEvent { at, by: Doer::Account(AccountId(1)), step }
    }

    #[test]
    fn fld_39_no_right_that_was_taken_back_comes_back_with_an_older_copy() {
        let folder = tempfile::tempdir().unwrap();
        let (path, copy) = (folder.path().join("seira.db"), folder.path().join("copy.db"));
        let now: DateTime<Utc> = "2026-11-24T08:00:00Z".parse().unwrap();
        let later = |hours| now + TimeDelta::hours(hours);
        let store = Store::open(&path).unwrap();
        let clerk = (crate::Role::Clerk, None);
        let account = |name: &str| store.add_account(name, Some("hash"), clerk, Some(name), now).unwrap().unwrap();
        let (clerk, kept) = (account("eleni"), account("nikos"));
        let (of, other) = (AccountId(clerk), AccountId(kept));
        let grant = Grant::new(Role::Certifier, GrantScope::Body).unwrap();
        for who in [of, other] {
            assert!(store.give_grant(who, grant, None, now).unwrap());
            let mut standing = body::AccountStanding::proven();
            let event = certified(now);
            account::apply(&mut standing, &event);
            store.keep_standing(who, &standing, &[event]).unwrap();
        }
        let passkey = |id: u8| NewPasskey {
            name: "κινητό".to_owned(),
            id: vec![id; 20],
            owner: [id; 16],
            lines: 0,
            key: vec![id],
            state: [0; 7],
            asked_at: 0,
        };
        for id in [1, 2] {
            let before = store.account(clerk).unwrap().unwrap();
            assert!(store.add_passkey(&before, &passkey(id), now).unwrap());
        }
        store.copy_to(&copy).unwrap();
        // Taken back, one of each.
        assert!(store.take_grant(of, grant, later(1)).unwrap());
        let number = store.passkeys(clerk).unwrap()[0].number;
        store.drop_passkey((clerk, number), false, None, later(1)).unwrap();
        let mut standing = store.standing(of).unwrap();
        let revoked = AccountStep::CertificateRevoked { because: WordsId(Uuid::from_u128(1)) };
        let event = AccountEvent { at: later(1), by: Doer::Account(other), step: revoked };
        account::apply(&mut standing, &event);
        store.keep_standing(of, &standing, &[event]).unwrap();
        assert!(store.take_buried());
        let gone = store.tombstones(now + TimeDelta::minutes(1)).unwrap();
        assert_eq!(gone.len(), 3, "{gone:?}");
        let copy = Store::open(&copy).unwrap();
        assert_eq!((copy.bury(&gone).unwrap(), copy.bury(&gone).unwrap()), (3, 0));
        assert_eq!(copy.grants_of(of).unwrap().iter().filter(|had| **had == grant).count(), 0);
        assert!(copy.grants_of(other).unwrap().contains(&grant));
        assert_eq!([of, other].map(|who| copy.standing(who).unwrap().certificate.is_some()), [false, true]);
        assert_eq!(copy.passkeys(clerk).unwrap().len(), 1);
        assert!(copy.verify_body_journal().is_ok());
        assert_eq!(copy.tombstones(now + TimeDelta::minutes(1)).unwrap().len(), 3, "and it goes on from copy to copy");
        // What is given again holds, also through the list of before.
        assert!(copy.give_grant(of, grant, None, later(2)).unwrap());
        copy.bury(&gone).unwrap();
        assert!(copy.grants_of(of).unwrap().contains(&grant));
    }
}
