//! A citizen who has a mobile and no mail: the code of a message that an agent's booking sends, typed by the citizen, or told to a
//! clerk.

use anyhow::{Context, Result};
use tests::{
    http::Client,
    hub::{ADMIN, ADMIN_PASSWORD, Mails},
    mail::MailServer,
    members::PASSWORD,
    sms_gateway::SmsGateway,
    staff::OFFICE,
    wait::until,
};

use super::{Camera, DESK, PHONE, TAGS};
use crate::{album::PictureFolder, day, taken_walks::TakenWalks};

/// After so many wrong codes another has to be asked for.
const WRONG_CODES: usize = 3;
/// What stands before the booking's code and the message's own, in either language.
const MARKS: [(&str, &str); 2] = [("κωδικός ραντεβού ", "Κωδικός SMS "), ("booking code ", "SMS code ")];

/// Takes these pages in both languages, in an office that writes to mobiles.
pub fn take(album: &PictureFolder) -> Result<()> {
    let folder = tempfile::TempDir::with_prefix("seira-post-")?;
    let server = MailServer::start(folder.path())?;
    let gateway = SmsGateway::start(&folder.path().join("gateway"))?;
    let mut house = day::open(Mails::Smtp(server.port()))?;
    let section = format!(
        "\n[sms]\nurl = \"{}\"\nmethod = \"json\"\nfields = {{ to = \"{{to}}\", text = \"{{text}}\" }}\n",
        gateway.url()
    );
    house.hub.configure(|text| text + &section)?;
    day::turn_to(&mut house, "10:00")?;
    let mut walks = TakenWalks::default();
    for (language, mobile) in TAGS.into_iter().zip(["694 001 2345", "694 001 2346"]) {
        let camera = Camera::open(&house, album, language, "mobile")?;
        let client = house.hub.client();
        camera.walk(&mut walks, "a code comes by SMS", || camera.has_a_code(&client, &server, &gateway, mobile));
    }
    walks.end()
}

/// Both codes of the message of this number to a mobile, once it is there.
fn codes(gateway: &SmsGateway, mobile: &str, nth: usize) -> Result<(String, String)> {
    let to = format!("+30{}", mobile.replace(' ', ""));
    let text = until(&format!("message {nth} to {to}"), || {
        let asked = gateway.asked().ok()?.into_iter();
        let bodies = asked.filter_map(|asked| serde_json::from_str::<serde_json::Value>(&asked.body).ok());
        let texts = bodies.filter(|body| body["to"] == to.as_str());
        texts.filter_map(|body| body["text"].as_str().map(str::to_owned)).nth(nth)
    })?;
    let after = |mark: &str| text.split_once(mark).map(|(_, rest)| rest.chars().take(9).collect::<String>());
    let found = MARKS.into_iter().find_map(|(booking, code)| Some((after(booking)?, after(code)?)));
    found.with_context(|| format!("no codes in: {text}"))
}

impl Camera<'_> {
    /// Invites an agent and sets its password, as both would do it.
    fn invited_agent(&self, client: &Client, server: &MailServer) -> Result<()> {
        let email = self.address("school");
        client.post_form("/login", "/login", &[("name", ADMIN), ("password", ADMIN_PASSWORD)])?;
        let fields = [("name", self.words().agent), ("email", &*email)];
        client.post_form("/admin/agents", "/admin/agents", &fields)?;
        let link = server.wait_for(&email, 0)?.link(&format!("{}/agent/password/", self.base))?;
        self.as_nobody()?;
        self.go(&link)?;
        self.browser.fill("password", PASSWORD)?;
        self.browser.fill("again", PASSWORD)?;
        self.submit()?;
        self.browser.waits_for("main a[href='/book/service']")
    }

    fn type_codes(&self, booking: &str, code: &str) -> Result<()> {
        self.browser.fill_in("#booking", booking)?;
        self.browser.fill_in("#code", code)?;
        self.submit()
    }

    /// An agent books for who has a mobile alone, whose message has the codes.
    fn has_a_code(&self, client: &Client, server: &MailServer, gateway: &SmsGateway, mobile: &str) -> Result<()> {
        self.invited_agent(client, server)?;
        self.width.set(DESK);
        self.go("/book/kep/driving-licence?channel=in-person")?;
        self.browser.press_selector("button.time")?;
        self.browser.press_selector("#behalf-citizen")?;
        self.tell(&[("name", self.words().learner), ("citizen-mobile", mobile)])?;
        self.keep("agent-6-details-mobile")?;
        self.submit_details()?;
        self.browser.waits_for(".done")?;
        let (booking, first) = codes(gateway, mobile, 0)?;
        self.sign_in_administrator()?;
        self.go(&format!("/staff/{OFFICE}/bookings/{}", booking.replace(' ', "")))?;
        self.browser.waits_for("#told-code")?;
        self.keep("staff-booking-told")?;
        self.as_nobody()?;
        self.go("/confirm")?;
        self.browser.waits_for("#booking")?;
        self.keep("confirm")?;
        let wrong = if first == "0000 0000" { "0000 0001" } else { "0000 0000" };
        for _ in 0..WRONG_CODES {
            self.type_codes(&booking, wrong)?;
            self.browser.waits_for("#refusal")?;
        }
        self.keep("confirm-wrong")?;
        self.browser.press_selector("form[action='/confirm/code'] button")?;
        self.browser.waits_for("div.done")?;
        self.keep("confirm-sent")?;
        let (_, second) = codes(gateway, mobile, 1)?;
        self.type_codes(&booking, &second)?;
        self.browser.waits_for("#notice")?;
        self.width.set(PHONE);
        self.keep("confirm-review")?;
        self.browser.press_selector("button[name=consent][value=yes]")?;
        self.browser.waits_for(".done")?;
        self.keep("confirm-booked")
    }
}
