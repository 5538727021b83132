//! A certificate that goes by post: asked for by who is certified, put on the list with its label, and sent.

use anyhow::Result;
use tests::http::Client;

use super::{Camera, worker::works};

const TRACKING: &str = "RE123456789GR";

impl Camera<'_> {
    /// Asks for a certificate; the registry posts it.
    pub(super) fn posts(&self, worker: &Client) -> Result<()> {
        self.sign_in_citizen(&self.user())?;
        self.go("/requests/new/certificates")?;
        self.browser.press_selector("#x-certificate-0")?;
        self.keep("request-new-certificate")?;
        self.press_primary()?;
        self.browser.waits_for(".facts .big")?;
        let way = self.opens_request()?;
        works(worker, &way, "take", &[])?;
        works(worker, &way, "ready", &[])?;
        self.sign_in_administrator()?;
        self.go("/staff/requests/posting")?;
        self.browser.waits_for("ul.labels")?;
        self.keep("staff-posting")?;
        self.browser.fill("text", TRACKING)?;
        self.browser.press_selector("ul.posting button[type=submit]")?;
        self.browser.waits_for("div.done")?;
        self.keep("staff-posting-done")?;
        self.sign_in_citizen(&self.user())?;
        self.go(&way)?;
        self.browser.waits_for(".request-steps")?;
        self.keep("request-posted")
    }
}
