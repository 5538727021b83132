//! The body as this hub holds it: its configuration, and what staff decided about level B.

use std::sync::{Arc, PoisonError, RwLock};

use body::{BodyConfig, IdentityDemand, LevelSubject, LevelSwitches, OfficeId, ServiceName};
use office::{ServiceId, Words};
use store::{Readers, Store};
use tokio::sync::Mutex;
use writer::{OfficeHandle, Offices};

use crate::ledger::Ledger;

/// The body: its configuration, and for what level B is open now.
#[derive(Debug)]
pub struct BodyHouse {
    /// As its file says.
    pub config: Arc<BodyConfig>,
    /// What was decided; none where it cannot be read, and then level B is open for nothing.
    switches: RwLock<Option<LevelSwitches>>,
    /// Held by whoever reads them anew: the last to read has read the newest.
    renewing: Mutex<()>,
}

/// What every use case of levels stands on.
#[derive(Debug, Clone, Copy)]
pub struct LevelRoom<'a> {
    /// The way to write, the way to read, and the time.
    pub ledger: &'a Ledger,
    /// The body's configuration, and which subjects are closed for level B.
    pub body: &'a BodyHouse,
    /// The offices that the hub serves.
    pub offices: &'a Offices,
}

impl BodyHouse {
    /// A body with what its staff have decided so far; with none, where that cannot be read.
    #[must_use]
    pub fn new(config: Arc<BodyConfig>, decided: Option<LevelSwitches>) -> Self {
        Self { config, switches: RwLock::new(decided), renewing: Mutex::new(()) }
    }

    /// Something was decided about level B: reads anew what holds now, so that two decisions at once never end in another order
    /// here than on the disk. Where it cannot be read, level B is open for nothing.
    pub(crate) async fn renew(&self, readers: &Readers) {
        let _alone = self.renewing.lock().await;
        let decided = readers.read(Store::level_switches).await;
        if let Err(error) = &decided {
            tracing::error!(%error, "what was decided about level B cannot be read, so it is closed for everything");
        }
        *self.switches.write().unwrap_or_else(PoisonError::into_inner) = decided.ok();
    }

    /// Whether level B is open for something.
    #[must_use]
    pub fn is_open(&self, subject: LevelSubject, service: Option<&ServiceName>) -> bool {
        let set_up = self.config.b_open(subject, service);
        let decided = self.switches.read().unwrap_or_else(PoisonError::into_inner);
        decided.as_ref().is_some_and(|decided| decided.is_open(subject, set_up))
    }

    /// What users are told where staff closed it.
    #[must_use]
    pub fn notice(&self, subject: LevelSubject) -> Option<Words> {
        let decided = self.switches.read().unwrap_or_else(PoisonError::into_inner);
        decided.as_ref().and_then(|decided| decided.notice(subject).cloned())
    }

    /// A service as level B knows it.
    #[must_use]
    pub fn subject(handle: &OfficeHandle, service: ServiceId) -> LevelSubject {
        LevelSubject::Service { office: OfficeId(handle.row), service }
    }

    /// What a service asks for; none where the office has no such service.
    #[must_use]
    pub fn demand(&self, handle: &OfficeHandle, service: ServiceId) -> Option<IdentityDemand> {
        let found = handle.config(|config| {
            let offered = config.services.get(&service)?;
            Some((offered.level, offered.assurance, offered.key.clone()))
        });
        let (level, assurance, key) = found.flatten()?;
        let name = ServiceName { office: handle.key.to_string(), service: key };
        let b_open = self.is_open(Self::subject(handle, service), Some(&name));
        Some(IdentityDemand { level, assurance, b_open })
    }
}
