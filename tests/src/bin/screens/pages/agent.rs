//! What an agent sees, and the citizen whom it books for.

use anyhow::Result;
use tests::mail::MailServer;

use super::{Camera, DESK, PHONE};

/// Good for one morning.
const PASSWORD: &str = "Τρία ήσυχα αμάξια";

impl Camera<'_> {
    /// Invited by an administrator, it books for a citizen, who makes it final.
    pub(super) fn agent(&self, server: &MailServer) -> Result<()> {
        let (agent, learner) = (self.address("school"), self.address("learner"));
        self.sign_in_administrator()?;
        self.go("/admin/agents")?;
        let invited =
            [("name", self.words().agent), ("email", &*agent), ("phone", "2841 012345"), ("tax", "090000045")];
        invited.into_iter().try_for_each(|(name, text)| self.browser.fill(name, text))?;
        self.browser.press_selector("form[action='/admin/agents'] button")?;
        self.browser.waits_for(".done")?;
        self.keep("admin-agents")?;
        let mail = server.wait_for(&agent, 0)?;
        self.as_nobody()?;
        self.mail(&mail, "invited")?;
        self.width.set(DESK);
        self.go(&mail.link(&format!("{}/agent/password/", self.base))?)?;
        self.keep("agent-password")?;
        self.browser.fill("password", PASSWORD)?;
        self.browser.fill("again", PASSWORD)?;
        self.submit()?;
        self.browser.waits_for("a[href='/book/service']")?;
        self.keep("agent-first")?;
        self.browser.press_selector("a[href='/book/service']")?;
        self.browser.waits_for("a.choice")?;
        self.choose_time("agent")?;
        self.browser.press_selector("#behalf-citizen")?;
        self.tell(&[("name", self.words().learner), ("citizen-email", &learner)])?;
        self.keep("agent-6-details")?;
        self.submit_details()?;
        self.browser.waits_for("form[action='/agent/withdraw']")?;
        self.keep("agent")?;
        self.width.set(PHONE);
        self.keep("agent-phone")?;
        let mail = server.wait_for(&learner, 0)?;
        self.as_nobody()?;
        self.mail(&mail, "entrusted")?;
        let link = mail.link(&format!("{}/entrusted/", self.base))?;
        self.go(&link)?;
        self.keep("entrusted")?;
        self.submit()?;
        self.browser.waits_for("#notice")?;
        self.keep("entrusted-review")?;
        self.browser.press_selector("button[name=consent][value=yes]")?;
        self.browser.waits_for(".done")?;
        self.go(&link)?;
        self.keep("entrusted-over")
    }
}
