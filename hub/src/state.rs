//! What every handler has at hand.

use std::{ops::Deref, sync::Arc};

use crate::{
    auth::Accounts,
    clock::Clock,
    config::HubConfig,
    devices::Devices,
    feed::Budget,
    keys::ServerKey,
    limits::Limits,
    metrics::Metrics,
    offices::{OfficeHandle, Offices},
    pages::{Drafts, Soonest},
    store::Readers,
    text::Edits,
    writer::Writer,
};

/// What every handler has at hand; cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState(Arc<Parts>);

/// The parts of [`AppState`].
#[derive(Debug)]
pub struct Parts {
    /// The way to change anything.
    pub writer: Writer,
    /// The offices as they are committed.
    pub offices: Offices,
    /// Look-ups in the store: people, notes, mails.
    pub readers: Readers,
    /// `hub.toml`.
    pub config: HubConfig,
    /// The hub's one clock.
    pub clock: Clock,
    /// For codes and links.
    pub key: ServerKey,
    /// Staff and their sessions.
    pub accounts: Accounts,
    /// Paired devices, pairings, and what devices report.
    pub devices: Devices,
    /// Limits for each address and device.
    pub limits: Arc<Limits>,
    /// What is typed and not agreed to yet.
    pub drafts: Drafts,
    /// What offices say in words of their own (FLD-21).
    pub texts: Edits,
    /// The next free time of every service.
    pub soonest: Soonest,
    /// What is counted.
    pub metrics: Metrics,
    /// How much time views may take.
    pub views: Budget,
    /// The history that event numbers belong to.
    pub epoch: u64,
    /// Where citizens reach the hub, without a slash at the end.
    pub public_url: String,
    /// Told when the hub is about to stop: feeds end, so that their readers go elsewhere at once.
    pub stopping: tokio::sync::watch::Sender<bool>,
    /// Where mails come back that are not delivered, if that is set up.
    pub bounces: Option<crate::mail::Bounces>,
    /// Told when mails were put in.
    pub mail: Arc<tokio::sync::Notify>,
}

impl AppState {
    /// These parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// One office, by key.
    pub fn office(&self, key: &str) -> Option<&Arc<OfficeHandle>> {
        self.offices.get(key)
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// Whether cookies must stay on encrypted lines.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

impl Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
