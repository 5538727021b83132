//! What every event of a body says beside what happened.

use serde::{Deserialize, Serialize};

use crate::AccountId;

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doer {
    /// Somebody with an account.
    Account(AccountId),
    /// The hub, because a time had come or another system answered.
    Hub,
    /// Whoever holds a personal link; whose it is, the event says.
    Link,
}

impl Doer {
    /// The account, if it was one.
    #[must_use]
    pub const fn account(self) -> Option<AccountId> {
        match self {
            Self::Account(account) => Some(account),
            Self::Hub | Self::Link => None,
        }
    }
}
