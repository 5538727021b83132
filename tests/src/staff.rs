//! Clerks and administrators, through the API and through the pages that they use.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use uuid::Uuid;
use wire::{CallAnswer, CallRequest, FloorView, SessionAnswer, SessionRequest};

use crate::{
    feed::Feed,
    http::{Answer, Client},
    hub::{ADMIN, ADMIN_PASSWORD, Hub},
    wait::PATIENCE,
};

/// Key of the sample office.
pub const OFFICE: &str = "kep";

/// A member of staff who is signed in to the API.
pub struct Staff {
    client: Client,
    token: String,
    base: String,
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
        let request = SessionRequest { name: name.to_owned(), password: password.to_owned() };
        let session: SessionAnswer = hub.client().post("/api/v1/sessions", &request)?.json().context("signing in")?;
        Ok(Self { client: hub.client().with_token(&session.token), token: session.token, base: hub.base() })
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

    /// Presses something at a desk, e.g. `open` or `finishes`.
    ///
    /// # Errors
    /// When the hub cannot be reached.
    pub fn at_desk(&self, desk: u16, action: &str, body: &serde_json::Value) -> Result<Answer> {
        self.client.post(&format!("/api/v1/offices/{OFFICE}/desks/{desk}/{action}"), body)
    }

    /// Opens a desk.
    ///
    /// # Errors
    /// When the hub refuses.
    pub fn open_desk(&self, desk: u16) -> Result<()> {
        accepted(&self.at_desk(desk, "open", &json!({}))?)
    }

    /// Asks for the next visit at a desk that holds this one.
    ///
    /// # Errors
    /// When the hub cannot be reached.
    pub fn call(&self, desk: u16, holds: Option<Uuid>, finish: bool) -> Result<Answer> {
        let path = format!("/api/v1/offices/{OFFICE}/desks/{desk}/calls");
        self.client.post(&path, &CallRequest { holds, finish })
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

/// An administrator at the pages, without a script.
pub struct AdminPages {
    client: Client,
}

impl AdminPages {
    /// Signs in at the page.
    ///
    /// # Errors
    /// When the page refuses.
    pub fn sign_in(hub: &Hub) -> Result<Self> {
        let client = hub.client();
        let answer = client.post_form("/login", "/login", &[("name", ADMIN), ("password", ADMIN_PASSWORD)])?;
        ensure!((300..400).contains(&answer.status), "login answers {}: {}", answer.status, answer.body);
        Ok(Self { client })
    }

    /// Types a device's code.
    ///
    /// # Errors
    /// When the page refuses.
    pub fn pair(&self, code: &str) -> Result<()> {
        let answer = self.client.post_form("/admin/devices", "/admin/devices", &[("code", code)])?;
        ensure!(answer.status < 400, "pairing {code} answers {}: {}", answer.status, answer.body);
        Ok(())
    }
}

fn accepted(answer: &Answer) -> Result<()> {
    ensure!(answer.status < 300, "refused with {}: {}", answer.status, answer.body);
    Ok(())
}
