//! Administrators are warned by mail of what somebody should look at soon (NEW-08): each kind once within its time, to the
//! addresses of the configuration.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use access::{ADMIN, AuditKind};
use acts::Ledger;
use chrono::{DateTime, Utc};
use post::{Alert, put_alert};
use store::AuditRow;
use tokio::sync::Notify;
use uuid::Uuid;
use writer::Offices;

/// So many failed sign-ins for one account within an hour are more than somebody mistypes.
const FAILURES_OF_ACCOUNT: u32 = 20;
/// So many from one network are more than an office full of people mistypes.
const FAILURES_OF_NETWORK: u32 = 50;
const HOUR_MILLIS: i64 = 3_600_000;

/// The way to warn administrators; cheap to clone.
#[derive(Debug, Clone)]
pub struct Alerts {
    /// Where mails are put in.
    pub ledger: Ledger,
    /// Told when they are.
    pub mail: Arc<Notify>,
    /// Mails go out in the name of the first.
    pub offices: Offices,
    /// So many addresses stand in the configuration.
    pub addresses: usize,
    /// What failed within this hour.
    pub failures: FailureCounts,
}

/// Failed sign-ins within an hour; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct FailureCounts(Arc<Mutex<HourOfFailures>>);

#[derive(Debug, Default)]
struct HourOfFailures {
    hour: i64,
    /// By account or network: rows of the audit are bounded for each minute, and so are these.
    counts: HashMap<String, u32>,
}

impl HourOfFailures {
    /// Counts; says how many there are if they have just become as many as `enough`.
    fn add(&mut self, of: &str, count: u32, enough: u32) -> Option<u32> {
        if of.is_empty() {
            return None;
        }
        let before = self.counts.entry(of.to_owned()).or_default();
        let was_enough = *before >= enough;
        *before = before.saturating_add(count);
        (!was_enough && *before >= enough).then_some(*before)
    }
}

impl FailureCounts {
    /// What a row of the audit gives reason to warn of.
    fn after(&self, row: &AuditRow) -> Vec<Alert> {
        let Some(kind) = AuditKind::ALL.into_iter().find(|kind| kind.name() == row.event) else { return Vec::new() };
        let number = || row.about.strip_prefix("account:")?.parse::<u32>().ok();
        let of_admin = |alert: fn(u32) -> Alert| {
            let account = number().filter(|_| row.why == ADMIN);
            account.map(alert).into_iter().collect()
        };
        match kind {
            AuditKind::SignInFailure | AuditKind::UnlockFailure | AuditKind::ConfirmFailure => {
                self.count(row, number())
            }
            AuditKind::AccountMade => of_admin(|account| Alert::AdminMade { account }),
            AuditKind::AccountInvited
            | AuditKind::PasswordChanged
            | AuditKind::AddressChanged
            | AuditKind::FactorSet
            | AuditKind::FactorDropped
            | AuditKind::RoleGiven
            | AuditKind::RoleTaken
            | AuditKind::AccountShut => of_admin(|account| Alert::AdminChanged { account }),
            AuditKind::Pairing => {
                let device = row.about.strip_prefix("device:").and_then(|id| id.parse::<Uuid>().ok());
                device.map(|device| Alert::DevicePaired { device }).into_iter().collect()
            }
            AuditKind::Restore => vec![Alert::Restore],
            AuditKind::SignIn
            | AuditKind::FirstStep
            | AuditKind::PasswordForgotten
            | AuditKind::AddressProven
            | AuditKind::AccountBlocked
            | AuditKind::AccountUnblocked
            | AuditKind::AccountsJoined
            | AuditKind::CodesRenewed
            | AuditKind::SignOut
            | AuditKind::Lock
            | AuditKind::Unlock
            | AuditKind::Handover
            | AuditKind::SessionsEnded
            | AuditKind::RightsRefusal
            | AuditKind::TokenRefusal
            | AuditKind::DeviceShut
            | AuditKind::AgentInvited
            | AuditKind::AgentShut
            | AuditKind::KeyRotation
            | AuditKind::ClockBelieved => Vec::new(),
        }
    }

    fn count(&self, row: &AuditRow, account: Option<u32>) -> Vec<Alert> {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let hour = row.last_at.timestamp_millis().div_euclid(HOUR_MILLIS);
        if hour != failures.hour {
            *failures = HourOfFailures { hour, counts: HashMap::new() };
        }
        let of_account = account.and_then(|account| {
            let count = failures.add(&row.about, row.count, FAILURES_OF_ACCOUNT)?;
            Some(Alert::FailuresOfAccount { account, count })
        });
        let of_network = failures.add(&row.network, row.count, FAILURES_OF_NETWORK);
        let network = row.network.clone();
        let of_network = of_network.map(|count| Alert::FailuresOfNetwork { network, count });
        of_account.into_iter().chain(of_network).collect()
    }
}

/// What a command on the machine itself gives reason to warn of.
pub fn alerts_of_console(row: &AuditRow) -> Vec<Alert> {
    FailureCounts::default().after(row)
}

impl Alerts {
    /// Hears of a row of the audit, and warns if that is one to be warned of.
    pub fn hear(&self, row: &AuditRow) {
        for alert in self.failures.after(row) {
            let this = self.clone();
            tokio::spawn(async move { this.raise(alert, this.ledger.clock.now()).await });
        }
    }

    /// Puts a warning in for each of the addresses, unless it was given lately.
    pub async fn raise(&self, alert: Alert, now: DateTime<Utc>) {
        let Some(office) = self.offices.iter().next().map(|office| office.row) else { return };
        let addresses = self.addresses;
        let put = self.ledger.writer.change(move |store| put_alert(store, office, &alert, addresses, now));
        match put.await {
            Ok(true) => self.mail.notify_one(),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "administrators could not be warned"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed(second: i64, about: &str, network: &str, count: u32) -> AuditRow {
        let at = DateTime::from_timestamp(1_790_002_800 + second, 0).unwrap();
        AuditRow {
            at,
            last_at: at,
            event: AuditKind::SignInFailure.name().into(),
            why: "wrong-password".into(),
            who: String::new(),
            about: about.into(),
            office: None,
            network: network.into(),
            count,
            proven: false,
        }
    }

    #[test]
    fn new_08_many_failures_for_an_account_or_from_a_network_are_told_once_an_hour() {
        let counts = FailureCounts::default();
        let mut alerts = Vec::new();
        for second in 0..40 {
            alerts.extend(counts.after(&failed(second, "account:3", &format!("192.0.2.{second}/32"), 1)));
        }
        assert_eq!(alerts, [Alert::FailuresOfAccount { account: 3, count: 20 }], "from wherever they come");
        assert_eq!(counts.after(&failed(41, "", "192.0.2.99/32", 49)), []);
        let network = "192.0.2.99/32".to_owned();
        let told = counts.after(&failed(42, "", "192.0.2.99/32", 300));
        assert_eq!(told, [Alert::FailuresOfNetwork { network, count: 349 }]);
        assert_eq!(counts.after(&failed(43, "", "192.0.2.99/32", 300)), []);
        assert_eq!(counts.after(&failed(3_600, "account:3", "", 20)).len(), 1, "another hour");
    }

    #[test]
    fn new_08_what_is_done_to_administrators_accounts_is_told_and_not_what_is_done_to_others() {
        let counts = FailureCounts::default();
        let row = |kind: AuditKind, why: &str| AuditRow {
            event: kind.name().into(),
            why: why.into(),
            ..failed(0, "account:4", "", 1)
        };
        assert_eq!(counts.after(&row(AuditKind::AccountMade, ADMIN)), [Alert::AdminMade { account: 4 }]);
        assert_eq!(counts.after(&row(AuditKind::AccountShut, ADMIN)), [Alert::AdminChanged { account: 4 }]);
        assert_eq!(counts.after(&row(AuditKind::PasswordChanged, ADMIN)), [Alert::AdminChanged { account: 4 }]);
        assert_eq!(counts.after(&row(AuditKind::AccountMade, "")), []);
        assert_eq!(counts.after(&row(AuditKind::Restore, "")), [Alert::Restore]);
    }
}
