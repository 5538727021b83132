//! What the API's handlers have at hand.

use std::{ops::Deref, sync::Arc};

use access::{Access, LimitsConfig};
use acts::Ledger;
use body::BodyConfig;
use coordination::conferences::{ConferenceHouse, ConferenceRoom};
use feed::Feeds;
use post::Post;
use secrets::ServerKey;
use store::Readers;
use teleconference::CallExchange;
use tokio::sync::watch;
use views::Outlooks;
use wire::ProblemCode;
use writer::{Clock, OfficeHandle, Offices, Writer};

/// What the API's handlers have at hand; cheap to clone.
#[derive(Debug, Clone)]
pub struct Api(Arc<ApiParts>);

/// The parts of [`Api`].
#[derive(Debug)]
pub struct ApiParts {
    /// What most use cases stand on.
    pub ledger: Ledger,
    /// The way to change anything.
    pub writer: Writer,
    /// The offices as they are committed.
    pub offices: Offices,
    /// The body that they belong to.
    pub body: Arc<BodyConfig>,
    /// Look-ups in the store: people, notes, mails.
    pub readers: Readers,
    /// The hub's one clock.
    pub clock: Clock,
    /// For codes and links.
    pub key: ServerKey,
    /// Staff, devices and limits.
    pub access: Access,
    /// How much one address may ask for.
    pub limits: LimitsConfig,
    /// Views pushed to those who read them.
    pub feeds: Feeds,
    /// What is foretold of waits.
    pub outlooks: Outlooks,
    /// Letters that came back.
    pub post: Post,
    /// The rooms of bookings by teleconference.
    pub calls: CallExchange,
    /// Told when something about conferences changes.
    pub conferences: Arc<ConferenceHouse>,
    /// Told when the hub is about to stop.
    pub stopping: watch::Sender<bool>,
}

impl Api {
    /// These parts.
    pub fn new(parts: ApiParts) -> Self {
        Self(Arc::new(parts))
    }

    /// One office, by key.
    ///
    /// # Errors
    /// `not-found`, and `office-set-aside` while nothing can be asked of it.
    pub fn office(&self, key: &str) -> Result<&Arc<OfficeHandle>, ProblemCode> {
        let office = self.offices.get(key).ok_or(ProblemCode::NotFound)?;
        if office.aside().is_some() { Err(ProblemCode::OfficeSetAside) } else { Ok(office) }
    }

    /// What acts about conferences stand on.
    pub fn conferences(&self) -> ConferenceRoom<'_> {
        let (ledger, body, house) = (&self.ledger, &self.body, self.conferences.as_ref());
        ConferenceRoom { ledger, body, mail: &self.post.wake, house }
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        self.post.url(path)
    }
}

impl Deref for Api {
    type Target = ApiParts;

    fn deref(&self) -> &ApiParts {
        &self.0
    }
}
