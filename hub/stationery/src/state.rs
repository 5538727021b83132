//! What the pages' handlers have at hand.

use std::{ops::Deref, path::PathBuf, sync::Arc};

use access::{Access, Cookies, LimitsConfig};
use acts::{Ledger, levels::BodyHouse, requests::RequestRoom};
use appraisal::open_figures::OpenFigureShelf;
use body::BodyConfig;
use chrono::{DateTime, Utc};
use coordination::conferences::{ConferenceHouse, ConferenceRoom};
use emblem::Emblems;
use identity::Providers;
use outside::Outside;
use post::SmsConfig;
use secrets::ServerKey;
use store::Readers;
use text::Edits;
use tokio::sync::Notify;
use uploads::{Arrivals, Judges};
use views::Outlooks;
use wire::{FloorView, ProblemCode};
use writer::{Clock, OfficeBreakage, OfficeHandle, Offices, Writer};

use crate::{draft::Drafts, soonest::Soonest};
use teleconference::CallExchange;

/// What the pages' handlers have at hand; cheap to clone.
#[derive(Debug, Clone)]
pub struct Pages(Arc<PagesParts>);

/// The parts of [`Pages`].
#[derive(Debug)]
pub struct PagesParts {
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
    /// How much one address may ask.
    pub limits: LimitsConfig,
    /// What is typed and not agreed to yet.
    pub drafts: Drafts,
    /// For what level B is open.
    pub levels: Arc<BodyHouse>,
    /// Told when something about conferences changes.
    pub conferences: Arc<ConferenceHouse>,
    /// What offices say in words of their own (FLD-21).
    pub texts: Arc<Edits>,
    /// What everybody may read of the offices, as it was counted last.
    pub open_figures: OpenFigureShelf,
    /// The next free time of every service.
    pub soonest: Soonest,
    /// What the offices look like.
    pub emblems: Emblems,
    /// What is foretold of waits.
    pub outlooks: Outlooks,
    /// Where citizens reach the hub, without a slash at the end.
    pub public_url: String,
    /// The folder of what citizens send beforehand.
    pub uploads: PathBuf,
    /// Who lets in what citizens send.
    pub arrivals: Arrivals,
    /// Who looks into it.
    pub judges: Judges,
    /// The gateway for SMS, if there is one, which says whose mobile is written to.
    pub sms: Option<Arc<SmsConfig>>,
    /// Through whom else people sign in.
    pub providers: Arc<Providers>,
    /// Told when mails were put in.
    pub mail: Arc<Notify>,
    /// Told when a request was submitted.
    pub numbers: Arc<Notify>,
    /// Other houses that the body has asked.
    pub outside: Outside,
    /// The rooms of bookings by teleconference.
    pub calls: CallExchange,
}

impl Pages {
    /// These parts.
    pub fn new(parts: PagesParts) -> Self {
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

    /// What acts about requests stand on.
    pub fn requests(&self) -> RequestRoom<'_> {
        RequestRoom { ledger: &self.ledger, body: &self.body, mail: &self.mail, numbers: &self.numbers }
    }

    /// What acts about conferences and their coordinators stand on.
    pub fn conferences(&self) -> ConferenceRoom<'_> {
        let (ledger, body, house) = (&self.ledger, &self.body, self.conferences.as_ref());
        ConferenceRoom { ledger, body, mail: &self.mail, house }
    }

    /// What staff see now; nothing, while the office is not set up, or set aside.
    pub fn floor(&self, handle: &OfficeHandle, now: DateTime<Utc>) -> Option<FloorView> {
        let view = || {
            let office = handle.read();
            let config = office.config.as_ref()?;
            let devices = &self.access.devices;
            let (faults, shown) = (devices.faults(handle.row), devices.shown(handle.row));
            Some(views::floor(&office, config, &faults, shown.as_ref(), now))
        };
        handle.guarded(OfficeBreakage::View, view).flatten()
    }

    /// Whether a message reaches this number.
    pub fn may_write_to(&self, phone: Option<&str>) -> bool {
        self.sms.as_ref().zip(phone).is_some_and(|(sms, phone)| sms.mobile(phone).is_some())
    }

    /// The address of a page.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.public_url)
    }

    /// How browsers keep cookies.
    pub fn cookies(&self) -> Cookies {
        self.access.cookies
    }
}

impl Deref for Pages {
    type Target = PagesParts;

    fn deref(&self) -> &PagesParts {
        &self.0
    }
}
