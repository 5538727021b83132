//! Booking online as a browser without scripts does: e-mail, link, service, time, details, consent.

use anyhow::{Context, Result, bail, ensure};

use crate::{
    browser::Browser,
    http::{Answer, Client},
    mail::{MailServer, ReceivedMail},
};

/// Somebody who books, with their own cookies.
pub struct Citizen {
    client: Client,
    email: String,
}

/// A time that is held for a citizen.
pub struct HeldTimePage {
    details: String,
}

impl HeldTimePage {
    /// The page on which the details are asked for.
    #[must_use]
    pub fn page(&self) -> &str {
        &self.details
    }
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
        let page = self.client.get("/book")?;
        ensure!(page.status == 200, "{}: {}", page.status, page.body);
        let work = work(&page.body)?;
        let fields = [("email", self.email.as_str()), ("left_empty", ""), ("altcha", &work)];
        redirected(&self.client.post_form_of(&page.body, "/book", &fields)?, "asking for the link").map(drop)
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
        let action = format!("/book/{office}/{service}");
        self.client.post_form(&format!("{action}?channel=in-person&persons=1&cases=1"), &action, &[("start", value)])
    }

    /// Opens a page, with what this person's browser knows.
    ///
    /// # Errors
    /// When the hub cannot be reached.
    pub fn open(&self, path: &str) -> Result<Answer> {
        self.client.get(path)
    }

    /// Sends a form of an open page.
    ///
    /// # Errors
    /// When the hub cannot be reached.
    pub fn send(&self, page: &str, action: &str, fields: &[(&str, &str)]) -> Result<Answer> {
        self.client.post_form_of(page, action, fields)
    }

    /// Sends any bytes, e.g. a form with a file.
    ///
    /// # Errors
    /// When the hub cannot be reached.
    pub fn send_bytes(&self, path: &str, media_type: &str, body: &[u8]) -> Result<Answer> {
        self.client.post_bytes(path, media_type, body, None)
    }

    /// The times that the page offers on its first day with any.
    ///
    /// # Errors
    /// When the page does not open.
    pub fn times(&self, office: &str, service: &str) -> Result<Vec<String>> {
        let page = self.client.get(&format!("/book/{office}/{service}?channel=in-person&persons=1&cases=1"))?;
        ensure!(page.status == 200, "{}: {}", page.status, page.body);
        let buttons = page.body.split("name=\"start\" value=\"").skip(1);
        Ok(buttons.filter_map(|rest| Some(rest.split('"').next()?.to_owned())).collect())
    }

    /// The time that a press has given.
    ///
    /// # Errors
    /// When it was refused.
    pub fn held(&self, pressed: &Answer) -> Result<HeldTimePage> {
        Ok(HeldTimePage { details: redirected(pressed, "choosing a time")? })
    }

    /// Fills the details in, consents, and is told that the booking stands; the page that says so.
    ///
    /// # Errors
    /// When a page refuses.
    pub fn confirm(&self, held: &HeldTimePage, name: &str) -> Result<Answer> {
        let answer = self.decide(held, name, "yes")?;
        self.client.get(&redirected(&answer, "consenting")?)
    }

    /// Fills the details in and does not consent: the time is given back.
    ///
    /// # Errors
    /// When a page refuses.
    pub fn decline(&self, held: &HeldTimePage, name: &str) -> Result<()> {
        let answer = self.decide(held, name, "no")?;
        ensure!(answer.status < 400, "declining: {} {}", answer.status, answer.body);
        Ok(())
    }

    /// Like [`Self::confirm`], with details of one's own.
    ///
    /// # Errors
    /// When a page refuses.
    pub fn confirm_with(&self, held: &HeldTimePage, fields: &[(&str, &str)]) -> Result<Answer> {
        let answer = self.decide_with(held, fields, "yes")?;
        self.client.get(&redirected(&answer, "consenting")?)
    }

    fn decide(&self, held: &HeldTimePage, name: &str, consent: &str) -> Result<Answer> {
        self.decide_with(held, &details_of(name), consent)
    }

    fn decide_with(&self, held: &HeldTimePage, fields: &[(&str, &str)], consent: &str) -> Result<Answer> {
        let details = &held.details;
        let checked = self.client.post_form(details, details, fields)?;
        let review = self.client.get(&redirected(&checked, "details")?)?;
        ensure!(review.status == 200, "details: {} {}", review.status, review.body);
        self.client.post_form_of(&review.body, &format!("{details}/confirm"), &[("consent", consent)])
    }
}

/// What somebody fills in who books for themselves.
#[must_use]
pub fn details_of(name: &str) -> [(&str, &str); 6] {
    [
        ("behalf", "oneself"),
        ("name", name),
        ("phone", "694 000 0000"),
        ("street", "Πλατεία Ελευθερίας 1"),
        ("postcode", "721 00"),
        ("town", "Άγιος Νικόλαος"),
    ]
}

/// Does the proof of work that a page asks for, as its script would.
///
/// # Errors
/// When the page asks for none, or for one that cannot be done.
pub fn work(page: &str) -> Result<String> {
    let (_, rest) = page.split_once("data-work=\"").context("no proof of work in the page")?;
    let json = rest.split('"').next().unwrap_or_default().replace("&#34;", "\"").replace("&quot;", "\"");
    let challenge: altcha::Challenge = serde_json::from_str(&json)?;
    let solution = altcha::solve_challenge(altcha::SolveChallengeOptions::new(&challenge))?;
    let solution = solution.context("the work was not done in time")?;
    Ok(serde_json::to_string(&altcha::Payload { challenge, solution })?)
}

fn redirected(answer: &Answer, what: &str) -> Result<String> {
    ensure!((300..400).contains(&answer.status), "{what}: {} {}", answer.status, answer.body);
    answer.location.clone().context("a redirection without a place")
}

/// The eight digits of a mail with a code, as they stand there: in two halves.
///
/// # Errors
/// When there are none.
pub fn code_of(mail: &ReceivedMail) -> Result<String> {
    let text = mail.text("text/plain")?;
    let is_code = |line: &&str| {
        line.len() == 9
            && line
                .chars()
                .enumerate()
                .all(|(at, letter)| if at == 4 { letter == ' ' } else { letter.is_ascii_digit() })
    };
    Ok(text.lines().map(str::trim).find(is_code).with_context(|| format!("no code in: {text}"))?.to_owned())
}

/// The code of the first mail with one, of those from the `nth` on: others may still be on their way.
fn next_code(post: &MailServer, email: &str, nth: usize) -> Result<String> {
    let mails = (nth..).map(|nth| post.wait_for(email, nth));
    for mail in mails {
        if let Ok(code) = code_of(&mail?) {
            return Ok(code);
        }
    }
    bail!("no code came")
}

/// Shows that the address of who has the link of a booking is theirs: asks for a code, and types it.
///
/// # Errors
/// When the pages refuse, or no code comes.
pub fn prove_today(client: &Client, post: &MailServer, email: &str, link: &str) -> Result<()> {
    let link = link.strip_prefix(client.base()).unwrap_or(link);
    let (before, page) = (post.count(email)?, format!("{link}/code?to=data"));
    redirected(&client.post_form(&page, &format!("{link}/code/send"), &[])?, "asking for a code")?;
    let code = next_code(post, email, before)?;
    redirected(&client.post_form(&format!("{page}&sent=1"), &page, &[("code", &code)])?, "typing the code").map(drop)
}

/// The same in a browser, before whose page for codes somebody sits.
///
/// # Errors
/// When no code comes, or the page does not go on.
pub fn prove_today_in(browser: &Browser, post: &MailServer, email: &str) -> Result<()> {
    let before = post.count(email)?;
    browser.press_selector("form[action$='/code/send'] button")?;
    browser.waits_for("input[name=code]")?;
    browser.fill("code", &next_code(post, email, before)?)?;
    browser.press_selector("form[action*='/code?'] button")
}
