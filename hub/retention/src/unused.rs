//! Accounts of citizens that nobody has used for long: their owners are warned by mail, and who does not sign in until then has
//! the account anonymised. What was booked without signing in stays, and goes with its own time.

use access::Access;
use body::{AccountCommand, AccountContext, AccountId, AnonymiseReason, Doer};
use chrono::{DateTime, Months, TimeDelta, Utc};
use store::{Store, Stored};
use writer::{MemberNews, Offices, WriteError};

use acts::{Ledger, citizens::tell, levels::wish, sender};

/// So many are warned in one transaction.
const WARNED_AT_ONCE: usize = 500;
/// An account goes after so many months in which nobody signed in with it.
pub(super) const UNUSED_MONTHS: u32 = 14;
/// Its owner is warned so long before.
pub(super) const WARNED: TimeDelta = TimeDelta::days(30);

/// How many owners were warned, and how many accounts went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct UnusedCount {
    pub warned: usize,
    pub gone: usize,
}

/// Warns whose account is unused for long, and anonymises those whose owners were warned and did not come. One that has a request
/// open is closed, and goes with that.
pub(super) async fn keep(
    access: &Access,
    (ledger, offices): (&Ledger, &Offices),
    now: DateTime<Utc>,
) -> Result<UnusedCount, WriteError> {
    // First who was warned long ago: nobody is warned and gone in the same night, however late the hub comes to it.
    let gone = anonymise(access, ledger, now).await?;
    let warned = warn(ledger, offices, now).await?;
    Ok(UnusedCount { warned, gone })
}

async fn warn(ledger: &Ledger, offices: &Offices, now: DateTime<Utc>) -> Result<usize, WriteError> {
    let Some(unused_since) = now.checked_sub_months(Months::new(UNUSED_MONTHS)).map(|since| since + WARNED) else {
        return Ok(0);
    };
    // Without an office nobody writes: it is tried again when there is one.
    let Ok(office) = sender(offices, None) else { return Ok(0) };
    let unused = ledger.readers.read(move |store| store.accounts_to_warn(unused_since)).await;
    let unused = unused.map_err(|_| WriteError::Unavailable)?;
    let mut warned = 0;
    for some in unused.chunks(WARNED_AT_ONCE) {
        let some = some.to_vec();
        let warn = move |store: &Store| -> Stored<usize> {
            let mut warned = 0;
            for one in some {
                // As it is in this turn: somebody may have signed in meanwhile.
                if store.is_account_to_warn(one.account, unused_since)? {
                    store.note_account_warned(one.account, now)?;
                    tell::run(store, (office, one.account), MemberNews::Unused { until: now + WARNED }, now)?;
                    warned += 1;
                }
            }
            Ok(warned)
        };
        warned += ledger.writer.change(warn).await?;
    }
    Ok(warned)
}

async fn anonymise(access: &Access, ledger: &Ledger, now: DateTime<Utc>) -> Result<usize, WriteError> {
    let before = now - WARNED;
    let past = ledger.readers.read(move |store| store.accounts_past_warning(before)).await;
    let past = past.map_err(|_| WriteError::Unavailable)?;
    let mut gone = 0;
    for account in past {
        let end = move |store: &Store| -> Stored<UnusedEnd> {
            if !store.is_account_past_warning(account, before)? {
                return Ok(UnusedEnd::Used);
            }
            let id = AccountId(account);
            let open_cases = store.open_requests_of(id)?;
            let command = AccountCommand::GiveUp { open_cases, because: AnonymiseReason::Unused };
            let context = AccountContext { account: id, by: Doer::Hub, now, rules: None };
            // One that never was opened has no standing to give up, and goes all the same.
            let _ = wish::decide(store, &[command], &context)?;
            if open_cases > 0 {
                store.disable_account(account, now)?;
                return Ok(UnusedEnd::Closed);
            }
            store.erasing_on(|store| store.erase_account(account, now))?;
            Ok(UnusedEnd::Gone)
        };
        match ledger.writer.change(end).await? {
            UnusedEnd::Used => {}
            UnusedEnd::Closed => {
                access.accounts.note_closed(account);
                gone += 1;
            }
            UnusedEnd::Gone => {
                access.accounts.forget(account);
                gone += 1;
            }
        }
    }
    if gone > 0 {
        let scrub = |store: &Store| {
            store.scrub_now();
            Ok(())
        };
        ledger.writer.change(scrub).await?;
    }
    Ok(gone)
}

/// What became of an account whose owner was warned.
enum UnusedEnd {
    /// Somebody signed in meanwhile.
    Used,
    /// A request is open: nobody signs in any more.
    Closed,
    /// Nothing of the account is left.
    Gone,
}
