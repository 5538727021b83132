//! Booking online as a browser without scripts does: e-mail, link, service, time, details, consent.

use anyhow::{Context, Result, ensure};

use crate::http::{Answer, Client};

/// Somebody who books, with their own cookies.
pub struct Citizen {
    client: Client,
    email: String,
}

/// A time that is held for a citizen.
pub struct HeldTime {
    details: String,
}

impl Citizen {
    /// Somebody at the front page.
    #[must_use]
    pub fn new(client: Client, email: &str) -> Self {
        Self { client, email: email.to_owned() }
    }

    /// Asks for the link that proves the address.
    ///
    /// # Errors
    /// When the page refuses.
    pub fn ask_for_link(&self) -> Result<()> {
        let answer = self.client.post_form("/book", "/book", &[("email", &self.email), ("website", "")])?;
        redirected(&answer, "asking for the link").map(drop)
    }

    /// Opens the link of the mail and goes on.
    ///
    /// # Errors
    /// When the link does not hold.
    pub fn open_link(&self, link: &str) -> Result<()> {
        redirected(&self.client.post_form(link, link, &[])?, "opening the link").map(drop)
    }

    /// Presses on a time, e.g. one that others want too; `value` is what the page's button says to the hub.
    ///
    /// # Errors
    /// When the hub cannot be reached.
    pub fn press_time(&self, office: &str, service: &str, value: &str) -> Result<Answer> {
        let page = format!("/book/{office}/{service}");
        self.client.post_form(&page, &page, &[("start", value)])
    }

    /// The times that the page offers on its first day with any.
    ///
    /// # Errors
    /// When the page does not open.
    pub fn times(&self, office: &str, service: &str) -> Result<Vec<String>> {
        let page = self.client.get(&format!("/book/{office}/{service}"))?;
        ensure!(page.status == 200, "{}: {}", page.status, page.body);
        let buttons = page.body.split("name=\"start\" value=\"").skip(1);
        Ok(buttons.filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect())
    }

    /// The time that a press has given.
    ///
    /// # Errors
    /// When it was refused.
    pub fn held(&self, pressed: &Answer) -> Result<HeldTime> {
        Ok(HeldTime { details: redirected(pressed, "choosing a time")? })
    }

    /// Fills the details in, consents, and is told that the booking stands; the page that says so.
    ///
    /// # Errors
    /// When a page refuses.
    pub fn confirm(&self, held: &HeldTime, name: &str) -> Result<Answer> {
        let answer = self.decide(held, name, "yes")?;
        self.client.get(&redirected(&answer, "consenting")?)
    }

    /// Fills the details in and does not consent: the time is given back.
    ///
    /// # Errors
    /// When a page refuses.
    pub fn decline(&self, held: &HeldTime, name: &str) -> Result<()> {
        let answer = self.decide(held, name, "no")?;
        ensure!(answer.status < 400, "declining: {} {}", answer.status, answer.body);
        Ok(())
    }

    fn decide(&self, held: &HeldTime, name: &str, consent: &str) -> Result<Answer> {
        let details = &held.details;
        let review = self.client.post_form(details, details, &[("name", name), ("phone", "")])?;
        ensure!(review.status == 200, "details: {} {}", review.status, review.body);
        let action = format!("{details}/confirm");
        let fields = [("name", name), ("phone", ""), ("consent", consent)];
        self.client.post_form_of(&review.body, &action, &fields)
    }
}

fn redirected(answer: &Answer, what: &str) -> Result<String> {
    ensure!((300..400).contains(&answer.status), "{what}: {} {}", answer.status, answer.body);
    answer.location.clone().context("a redirection without a place")
}
