//! The exchange: what everything about rooms stands on.

use std::{ops::Deref, sync::Arc};

use access::Access;
use acts::Ledger;
use chrono::{DateTime, Utc};
use rooms::{IceConfig, IceServer, RoomProvider};
use secrets::{ServerKey, turn_credential};
use tokio::sync::watch;
use writer::Offices;

use crate::live::CallHouse;

/// What everything about rooms stands on; cheap to clone.
#[derive(Debug, Clone)]
pub struct CallExchange(Arc<ExchangeParts>);

/// The parts of [`CallExchange`].
pub struct ExchangeParts {
    /// What most use cases stand on.
    pub ledger: Ledger,
    /// The offices as they are committed.
    pub offices: Offices,
    /// Reads the passes.
    pub key: ServerKey,
    /// Whose session ended or is locked.
    pub access: Access,
    /// Who sits where.
    pub house: CallHouse,
    /// Who holds the rooms.
    pub provider: RoomProvider,
    /// Rises with each change at the door of a conference.
    pub conferences: watch::Receiver<u64>,
    /// With which servers' help browsers connect.
    pub ice: IceConfig,
    /// The secret shared with them.
    pub turn_secret: Vec<u8>,
}

impl std::fmt::Debug for ExchangeParts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ExchangeParts").field("ice", &self.ice).finish_non_exhaustive()
    }
}

impl CallExchange {
    /// These parts.
    pub fn new(parts: ExchangeParts) -> Self {
        Self(Arc::new(parts))
    }

    /// The servers, as a browser is told of them that is let in until then.
    pub(super) fn servers(&self, until: DateTime<Utc>) -> Vec<IceServer> {
        let IceConfig { stun, turn, .. } = &self.ice;
        let stun = (!stun.is_empty()).then(|| IceServer { urls: stun.clone(), username: None, credential: None });
        let turn = (!turn.is_empty()).then(|| {
            let (username, credential) = turn_credential(&self.turn_secret, until);
            IceServer { urls: turn.clone(), username: Some(username), credential: Some(credential) }
        });
        stun.into_iter().chain(turn).collect()
    }
}

impl Deref for CallExchange {
    type Target = ExchangeParts;

    fn deref(&self) -> &ExchangeParts {
        &self.0
    }
}
