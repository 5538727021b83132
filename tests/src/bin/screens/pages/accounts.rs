//! What becomes of accounts: one is found and blocked, two are joined, a password is forgotten, a change of address is taken
//! back, one agrees to be an agent's, one is closed. Each has an account of its own, so that none is in another's way.

use anyhow::Result;
use tests::{mail::MailServer, members::PASSWORD, staff::OFFICE};

use super::Camera;

/// In the place of the one that was forgotten.
const NEW_PASSWORD: &str = "Πέντε μικρές βάρκες";

impl Camera<'_> {
    /// Fills in the form by which somebody registers.
    pub(super) fn fill_registration(&self, user: &str, email: &str) -> Result<()> {
        let typed = [("full-name", self.words().name), ("email", email), ("name", user)];
        let secret = [("password", PASSWORD), ("again", PASSWORD)];
        typed.into_iter().chain(secret).try_for_each(|(name, text)| self.browser.fill(name, text))
    }

    /// Somebody registers, and is signed in; gives the user name.
    fn has_account(&self, server: &MailServer, who: &str) -> Result<String> {
        let (email, user) = (self.address(who), format!("{who}.{}", self.language));
        self.as_nobody()?;
        self.go("/register")?;
        self.fill_registration(&user, &email)?;
        self.press_primary()?;
        self.browser.waits_for("aside.box")?;
        let mail = server.wait_for(&email, 0)?;
        self.go(&mail.link(&format!("{}/register/activate/", self.base))?)?;
        self.browser.fill("password", PASSWORD)?;
        self.press_primary()?;
        self.browser.waits_for("main #name")?;
        self.sign_in_citizen(&user)?;
        Ok(user)
    }

    /// Staff find an account and block it; its owner reads what to do, and is let in again.
    pub(super) fn is_blocked(&self, server: &MailServer) -> Result<()> {
        let user = self.has_account(server, "anna")?;
        self.sign_in_administrator()?;
        self.go(&format!("/staff/{OFFICE}/citizens"))?;
        self.browser.waits_for("#q")?;
        self.keep("staff-citizens")?;
        self.browser.fill("q", &user)?;
        self.submit()?;
        self.browser.waits_for("a.choice")?;
        self.keep("staff-citizens-found")?;
        self.browser.press_selector("a.choice")?;
        self.browser.waits_for("details.act")?;
        self.keep("staff-citizen")?;
        let page = self.browser.address()?;
        self.browser.press_selector("details.act:has(form[action$='/block']) summary")?;
        self.browser.fill_in("form[action$='/block'] [name=reason]", self.words().reason)?;
        self.browser.press_selector("form[action$='/block'] button")?;
        self.browser.waits_for("div.done")?;
        self.keep("staff-citizen-blocked")?;
        self.as_nobody()?;
        self.go("/login")?;
        self.browser.fill("name", &user)?;
        self.browser.fill("password", PASSWORD)?;
        self.submit()?;
        self.browser.waits_for("#refusal")?;
        self.keep("login-blocked")?;
        self.sign_in_administrator()?;
        self.go(&page)?;
        self.browser.press_selector("form[action$='/unblock'] button")?;
        self.browser.waits_for("div.done")
    }

    /// Somebody has two accounts, and makes one of them.
    pub(super) fn joins(&self, server: &MailServer) -> Result<()> {
        let second = self.has_account(server, "twin")?;
        self.has_account(server, "first")?;
        self.go("/account/join")?;
        self.browser.waits_for("#code")?;
        self.browser.fill("name", &second)?;
        self.browser.fill("password", PASSWORD)?;
        self.keep("account-join")?;
        self.press_primary()?;
        self.browser.waits_for("form[action='/account/join/confirm']")?;
        self.keep("account-join-preview")?;
        self.browser.press_selector("form[action='/account/join/confirm'] button")?;
        self.browser.waits_for("div.done")?;
        self.keep("account-joined")
    }

    /// Somebody forgot their password, and sets another behind the link of a mail.
    pub(super) fn forgets(&self, server: &MailServer) -> Result<()> {
        let user = self.has_account(server, "forgetful")?;
        self.as_nobody()?;
        self.go("/login/forgotten")?;
        self.browser.fill("who", &user)?;
        self.keep("login-forgotten")?;
        self.submit()?;
        self.browser.waits_for("main [role=status]")?;
        self.keep("login-forgotten-sent")?;
        let mail = server.wait_for(&self.address("forgetful"), 1)?;
        self.mail(&mail, "forgotten")?;
        self.go(&mail.link(&format!("{}/login/password/", self.base))?)?;
        self.browser.waits_for("#again")?;
        self.keep("login-password")?;
        self.browser.fill("password", NEW_PASSWORD)?;
        self.browser.fill("again", NEW_PASSWORD)?;
        self.submit()?;
        self.browser.waits_for("div.done")?;
        self.keep("login-password-done")
    }

    /// An address is changed, and whoever had the mails before takes that back.
    pub(super) fn moves(&self, server: &MailServer) -> Result<()> {
        let (before, after) = (self.address("mover"), self.address("elsewhere"));
        self.has_account(server, "mover")?;
        self.go("/staff/account")?;
        let form = "form[action$='/account/address']";
        self.browser.fill_in(&format!("{form} [name=email]"), &after)?;
        self.browser.fill_in(&format!("{form} [name=own]"), PASSWORD)?;
        self.browser.press_selector(&format!("{form} button"))?;
        self.browser.waits_for("div.done")?;
        self.keep("account-address-asked")?;
        let mail = server.wait_for(&after, 0)?;
        self.mail(&mail, "address-proof")?;
        self.go(&mail.link(&format!("{}/login/address/", self.base))?)?;
        self.browser.waits_for("main form[action*='/login/address/']")?;
        self.keep("login-address")?;
        self.submit()?;
        self.browser.waits_for("main [role=status]")?;
        self.keep("login-address-proven")?;
        let told = server.wait_for(&before, 1)?;
        self.as_nobody()?;
        self.mail(&told, "address-changed")?;
        self.go(&told.link(&format!("{}/login/undo/", self.base))?)?;
        self.browser.waits_for("main form")?;
        self.keep("login-undo")?;
        self.submit()?;
        self.browser.waits_for("div.done")?;
        self.keep("login-undone")
    }

    /// An administrator invites an agent at an address whose owner has an account, and agrees with it.
    pub(super) fn agrees(&self, server: &MailServer) -> Result<()> {
        let (user, email) = (self.has_account(server, "teacher")?, self.address("teacher"));
        self.sign_in_administrator()?;
        self.go("/admin/agents")?;
        self.browser.fill("name", self.words().agent)?;
        self.browser.fill("email", &email)?;
        self.browser.press_selector("form[action='/admin/agents'] button")?;
        self.browser.waits_for("div.done")?;
        let link = server.wait_for(&email, 1)?.link(&format!("{}/agent/password/", self.base))?;
        self.as_nobody()?;
        self.go(&link)?;
        self.browser.waits_for("main .decide a")?;
        self.keep("agent-agree-sign-in")?;
        self.sign_in_citizen(&user)?;
        self.go(&link)?;
        self.browser.waits_for("main form[action*='/agent/password/']")?;
        self.keep("agent-agree")?;
        self.submit()?;
        self.browser.waits_for("main a[href='/book/service']")
    }

    /// Somebody closes their account while a request of theirs is open.
    pub(super) fn leaves(&self, server: &MailServer) -> Result<()> {
        self.has_account(server, "leaver")?;
        self.asks_for_cleaning()?;
        self.go("/account/erase")?;
        self.browser.waits_for("#own-erase")?;
        self.keep("account-erase-open")?;
        self.browser.fill("own", PASSWORD)?;
        self.browser.press_selector("main form button.govgr-btn-warning")?;
        self.browser.waits_for("main a[href='/']")?;
        self.keep("account-erased")
    }
}
