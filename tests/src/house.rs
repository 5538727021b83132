//! An office for one story: a folder that vanishes, a hub in it, and whoever the story needs.

use std::path::PathBuf;

use anyhow::{Context, Result};
use tempfile::TempDir;
use wire::{Availability, DeviceKind, KioskService, KioskView, TicketAnswer, TicketRequest};

use crate::{
    device::pair_without_screen,
    feed::Feed,
    http::{Answer, Client},
    hub::{Hub, Setting},
    staff::{OFFICE, Staff},
    wait::PATIENCE,
};

/// A folder and a hub.
pub struct House {
    /// The hub; it falls before the folder does.
    pub hub: Hub,
    folder: TempDir,
}

impl House {
    /// Opens an office.
    ///
    /// # Errors
    /// When its hub does not start.
    pub fn open(setting: Setting) -> Result<Self> {
        let folder = TempDir::with_prefix("seira-story-")?;
        let hub = Hub::start(&folder.path().join("hub"), setting)?;
        Ok(Self { hub, folder })
    }

    /// A folder for one of those who act in it.
    #[must_use]
    pub fn folder(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Staff, signed in, with these desks open.
    ///
    /// # Errors
    /// When the hub refuses.
    pub fn staff_at(&self, desks: &[u16]) -> Result<Staff> {
        let staff = Staff::admin(&self.hub)?;
        for desk in desks {
            staff.open_desk(*desk)?;
        }
        Ok(staff)
    }

    /// A kiosk without a window.
    ///
    /// # Errors
    /// When the hub does not let it in.
    pub fn plain_kiosk(&self) -> Result<PlainKiosk> {
        Ok(PlainKiosk::new(pair_without_screen(&self.hub, DeviceKind::Kiosk, "Είσοδος")?))
    }
}

/// A kiosk that is only its API: for stories about the hub.
pub struct PlainKiosk {
    client: Client,
}

impl PlainKiosk {
    /// From a client with a kiosk's token.
    #[must_use]
    pub const fn new(client: Client) -> Self {
        Self { client }
    }

    /// Its client.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// What it offers.
    ///
    /// # Errors
    /// When the feed does not open.
    pub fn view(&self) -> Result<KioskView> {
        let address = format!("{}/api/v1/offices/{OFFICE}/feeds/kiosk", self.client.base());
        let feed = Feed::open(&address, self.client.token())?;
        Ok(feed.until("the kiosk's view", PATIENCE, |view: &KioskView| Some(view.clone()))?.0)
    }

    /// The first service for which a ticket can be had now.
    ///
    /// # Errors
    /// When there is none.
    pub fn open_service(&self) -> Result<KioskService> {
        let services = self.view()?.services;
        let open = services.into_iter().find(|service| matches!(service.availability, Availability::Now { .. }));
        open.context("no service gives tickets now")
    }

    /// Asks for a ticket.
    ///
    /// # Errors
    /// When the hub cannot be reached.
    pub fn ask_ticket(&self, service: &str) -> Result<Answer> {
        self.client.post(&tickets_path(), &ticket_request(service))
    }

    /// Takes a ticket.
    ///
    /// # Errors
    /// When the hub refuses.
    pub fn take_ticket(&self, service: &str) -> Result<TicketAnswer> {
        self.ask_ticket(service)?.json().context("taking a ticket")
    }

    /// Says that somebody with this code is here.
    ///
    /// # Errors
    /// When the hub cannot be reached.
    pub fn check_in(&self, code: &str) -> Result<Answer> {
        let body = serde_json::json!({ "code": code });
        self.client.post(&format!("/api/v1/offices/{OFFICE}/check-ins"), &body)
    }
}

/// Where tickets are asked for.
#[must_use]
pub fn tickets_path() -> String {
    format!("/api/v1/offices/{OFFICE}/tickets")
}

/// One person, one case, no priority.
#[must_use]
pub fn ticket_request(service: &str) -> TicketRequest {
    TicketRequest::new(service)
}
