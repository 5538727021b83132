//! Clerks and administrators, through the API.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::{Context, Result, ensure};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use wire::{CallAnswer, CallRequest, FloorView, SessionAnswer, SessionRequest, Slot, SlotsAnswer};

use crate::{
    feed::Feed,
    http::{Answer, Client},
    hub::{ADMIN, ADMIN_PASSWORD, Hub},
    wait::PATIENCE,
};

/// Key of the sample office.
pub const OFFICE: &str = "kep";

/// A booking, as staff are told.
#[derive(Debug, Clone, Deserialize)]
pub struct DeskBooking {
    /// What a person types at the kiosk.
    pub reference: String,
    /// What stands in the QR code.
    pub code: String,
    /// When.
    pub start: DateTime<Utc>,
}

/// A member of staff who is signed in to the API. An administrator hires a clerk for each desk to be opened, since a
/// clerk has one desk at a time.
pub struct Staff {
    client: Arc<Client>,
    token: String,
    base: String,
    clerks: Mutex<BTreeMap<u16, Arc<Client>>>,
}

impl Staff {
    /// Signs the administrator in.
    ///
    /// # Errors
    /// When the hub refuses.
    pub fn admin(hub: &Hub) -> Result<Self> {
        Self::sign_in(hub, ADMIN, ADMIN_PASSWORD)
    }

    /// Signs somebody in.
    ///
    /// # Errors
    /// When the hub refuses.
    pub fn sign_in(hub: &Hub, name: &str, password: &str) -> Result<Self> {
        let request = SessionRequest { name: name.to_owned(), password: password.to_owned(), code: None };
        let session: SessionAnswer = hub.client().post("/api/v1/sessions", &request)?.json().context("signing in")?;
        Ok(Self::with_session(&hub.base(), session))
    }

    fn with_session(base: &str, session: SessionAnswer) -> Self {
        let client = Arc::new(Client::new(base).with_token(&session.token));
        Self { client, token: session.token, base: base.to_owned(), clerks: Mutex::default() }
    }

    /// Their token.
    #[must_use]
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The client that carries their token.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The client of the clerk at a desk; the administrator's own where no clerk was hired.
    fn at(&self, desk: u16) -> Arc<Client> {
        let clerks = self.clerks.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(clerks.get(&desk).unwrap_or(&self.client))
    }

    /// Makes an account for the clerk of a desk, as an administrator.
    ///
    /// # Errors
    /// When the hub refuses, as it does where they have one.
    pub fn employ(&self, desk: u16) -> Result<()> {
        let (name, password) = clerk_of(desk);
        self.make_account(&name, &password, "clerk", Some(OFFICE))
    }

    /// Makes an account, as an administrator, and sets its password as its owner does, behind the link.
    ///
    /// # Errors
    /// When the hub refuses.
    pub fn make_account(&self, name: &str, password: &str, role: &str, office: Option<&str>) -> Result<()> {
        let wish = json!({ "name": name, "role": role, "office": office, "own_password": ADMIN_PASSWORD });
        let made: StaffInvitation = self.client.post("/api/v1/accounts", &wish)?.json()?;
        set_password(&self.base, &made.invitation, password)
    }

    /// Makes an account for the clerk of a desk, unless they have one, and signs them in.
    fn hire(&self, desk: u16) -> Result<Arc<Client>> {
        let made = self.employ(desk);
        let (name, password) = clerk_of(desk);
        let request = SessionRequest { name, password, code: None };
        let session = self.client.post("/api/v1/sessions", &request)?.json::<SessionAnswer>();
        let session = session.with_context(|| format!("hiring a clerk: {made:?}"))?;
        let client = Arc::new(Client::new(&self.base).with_token(&session.token));
        self.clerks.lock().unwrap_or_else(PoisonError::into_inner).insert(desk, Arc::clone(&client));
        Ok(client)
    }

    /// Types a device's code, as an administrator.
    ///
    /// # Errors
    /// When the hub knows no such code, or other words go with it.
    pub fn let_in(&self, code: &str, words: Option<&str>) -> Result<()> {
        let approval = json!({ "code": code, "words": words });
        accepted(&self.client.post(&format!("/api/v1/offices/{OFFICE}/devices"), &approval)?)
    }

    /// The free times of a service from a day on, as everybody can ask for them.
    ///
    /// # Errors
    /// When the hub refuses.
    pub fn slots(&self, service: &str, from: NaiveDate, days: u16) -> Result<Vec<Slot>> {
        let path = format!("/api/v1/offices/{OFFICE}/slots?service={service}&from={from}&days={days}");
        Ok(self.client.get(&path)?.json::<SlotsAnswer>()?.slots)
    }

    /// Books for a caller.
    ///
    /// # Errors
    /// When the hub refuses.
    pub fn book(&self, service: &str, start: DateTime<Utc>, name: &str) -> Result<DeskBooking> {
        let wish = json!({ "service": service, "start": start, "name": name });
        self.client.post(&format!("/api/v1/offices/{OFFICE}/bookings"), &wish)?.json().context("booking")
    }

    /// Books for a caller who has an address, in their language.
    ///
    /// # Errors
    /// When the hub refuses.
    pub fn book_by_mail(
        &self,
        service: &str,
        start: DateTime<Utc>,
        name: &str,
        email: &str,
        language: &str,
    ) -> Result<DeskBooking> {
        let wish = json!({ "service": service, "start": start, "name": name, "email": email, "language": language });
        self.client.post(&format!("/api/v1/offices/{OFFICE}/bookings"), &wish)?.json().context("booking")
    }

    /// Cancels a booking for a caller.
    ///
    /// # Errors
    /// When the hub refuses.
    pub fn cancel(&self, reference: &str) -> Result<()> {
        let path = format!("/api/v1/offices/{OFFICE}/bookings/{reference}/cancellations");
        accepted(&self.client.post(&path, &json!({}))?)
    }

    /// Presses something at a desk, e.g. `open` or `finishes`.
    ///
    /// # Errors
    /// When the hub cannot be reached.
    pub fn at_desk(&self, desk: u16, action: &str, body: &serde_json::Value) -> Result<Answer> {
        self.at(desk).post(&format!("/api/v1/offices/{OFFICE}/desks/{desk}/{action}"), body)
    }

    /// Opens a desk, with a clerk of its own.
    ///
    /// # Errors
    /// When the hub refuses.
    pub fn open_desk(&self, desk: u16) -> Result<()> {
        self.hire(desk)?;
        accepted(&self.at_desk(desk, "open", &json!({}))?)
    }

    /// Asks for the next visit at a desk that holds this one.
    ///
    /// # Errors
    /// When the hub cannot be reached.
    pub fn call(&self, desk: u16, holds: Option<Uuid>, finish: bool) -> Result<Answer> {
        let path = format!("/api/v1/offices/{OFFICE}/desks/{desk}/calls");
        self.at(desk).post(&path, &CallRequest { holds, finish })
    }

    /// Calls the next visit, who must be there.
    ///
    /// # Errors
    /// When nobody is next.
    pub fn call_next(&self, desk: u16) -> Result<CallAnswer> {
        self.call(desk, None, false)?.json().context("calling the next")
    }

    /// Does something with the visit that a desk holds.
    ///
    /// # Errors
    /// When the hub refuses.
    pub fn with_visit(&self, desk: u16, action: &str, visit: Uuid) -> Result<()> {
        accepted(&self.at_desk(desk, action, &json!({ "visit": visit }))?)
    }

    /// Says that this member of staff goes to whoever rang.
    ///
    /// # Errors
    /// When the hub refuses.
    pub fn accept_help(&self, ring: Uuid) -> Result<()> {
        accepted(&self.client.post(&format!("/api/v1/offices/{OFFICE}/help/{ring}/accept"), &json!({}))?)
    }

    /// What staff see now.
    ///
    /// # Errors
    /// When the feed does not open.
    pub fn floor(&self) -> Result<FloorView> {
        let feed = self.floor_feed()?;
        Ok(feed.until("the floor", PATIENCE, |view: &FloorView| Some(view.clone()))?.0)
    }

    /// What staff see, as it changes.
    ///
    /// # Errors
    /// When the feed does not open.
    pub fn floor_feed(&self) -> Result<Feed> {
        Feed::open(&format!("{}/api/v1/offices/{OFFICE}/feeds/floor", self.base), Some(&self.token))
    }
}

/// Login name and password of the clerk of a desk.
#[must_use]
pub fn clerk_of(desk: u16) -> (String, String) {
    (format!("thyrida{desk}"), format!("Κόκκινη κλωστή δεμένη {desk}"))
}

/// The link by which the owner of an account sets a password.
#[derive(Deserialize)]
struct StaffInvitation {
    invitation: String,
}

/// Sets a password behind a link, as whoever was given it.
///
/// # Errors
/// When the hub refuses.
pub fn set_password(base: &str, link: &str, password: &str) -> Result<()> {
    let path = link.strip_prefix(base).context("a link to the hub")?;
    let set = Client::new(base).post_form(path, path, &[("password", password), ("again", password)])?;
    ensure!(set.status == 303, "refused with {}: {}", set.status, set.body);
    Ok(())
}

fn accepted(answer: &Answer) -> Result<()> {
    ensure!(answer.status < 300, "refused with {}: {}", answer.status, answer.body);
    Ok(())
}
