//! Conferences, as coordinators plan them and those who are invited wait for them.

use anyhow::{Context, Result};
use chrono::NaiveDate;
use tests::{
    house::House,
    hub::Mails,
    mail::MailServer,
    members::PASSWORD,
    staff::{OFFICE, Staff},
};

use super::{Camera, DESK, ROOM, TAGS, meeting::CalledMeeting};
use crate::{album::PictureFolder, day, taken_walks::TakenWalks};

/// So many days after the office's Tuesday conferences are held, from ten to eleven.
const DAYS_AHEAD: i64 = 3;

/// A conference that was planned: its page, and the link of who is invited.
#[derive(Debug)]
struct AwaitedConference {
    page: String,
    link: String,
}

/// Takes these pages in both languages: days before, minutes before, and while it is held.
pub fn take(album: &PictureFolder) -> Result<()> {
    let post = tempfile::TempDir::with_prefix("seira-post-")?;
    let server = MailServer::start(post.path())?;
    let mut house = day::open_of_body(Mails::Smtp(server.port()))?;
    day::turn_to(&mut house, "09:00")?;
    let cameras = TAGS.map(|language| Camera::open(&house, album, language, "conferences"));
    let mut walks = TakenWalks::default();
    let mut planned: Vec<(Camera<'_>, Option<AwaitedConference>, Option<CalledMeeting>)> = Vec::new();
    for camera in cameras {
        let camera = camera?;
        camera.walk(&mut walks, "a clerk becomes a coordinator", || camera.becomes_coordinator(&house, &server));
        let conference = camera.walk(&mut walks, "a conference is planned", || camera.plans(&server));
        let meeting = camera.walk(&mut walks, "a body is called to a meeting", || camera.calls(&server));
        planned.push((camera, conference, meeting));
    }
    day::turn_to_later_day(&mut house, DAYS_AHEAD, "09:55")?;
    for (camera, conference, _) in &planned {
        if let Some(conference) = conference {
            camera.walk(&mut walks, "a guest is early", || camera.is_early(&conference.link));
        }
    }
    day::turn_to_later_day(&mut house, DAYS_AHEAD, "10:01")?;
    for (camera, conference, meeting) in &planned {
        if let Some(conference) = conference {
            camera.walk(&mut walks, "a guest comes in", || camera.comes_in(&conference.link));
            camera.walk(&mut walks, "a conference is ended", || camera.ends(&conference.page));
        }
        if let Some(meeting) = meeting {
            camera.walk(&mut walks, "a body meets", || camera.meets(&server, meeting));
        }
    }
    walks.end()
}

impl Camera<'_> {
    /// The coordinator of this language signs in.
    pub(super) fn coordinates(&self) -> Result<()> {
        self.width.set(DESK);
        self.sign_in(self.words().coordinator, PASSWORD)
    }

    /// A clerk asks for it, an administrator agrees; and the coordinator invites another for a unit.
    fn becomes_coordinator(&self, house: &House, server: &MailServer) -> Result<()> {
        Staff::admin(&house.hub)?.make_account(self.words().coordinator, PASSWORD, "clerk", Some(OFFICE))?;
        self.coordinates()?;
        self.go("/account/role")?;
        self.browser.waits_for("#purpose")?;
        self.browser.fill("phone", "2841 300000")?;
        self.browser.fill("purpose", self.words().purpose)?;
        self.keep("account-role")?;
        self.press_primary()?;
        self.browser.waits_for("#open")?;
        self.keep("account-role-open")?;
        self.sign_in_administrator()?;
        self.go("/coordination/requests")?;
        self.browser.waits_for("form[action$='/approve'] button")?;
        self.keep("coordination-requests")?;
        self.browser.press_selector("form[action$='/approve'] button")?;
        self.browser.waits_for("div.done")?;
        self.announces()?;
        self.coordinates()?;
        self.go("/account/role")?;
        self.browser.waits_for("main a[href='/conferences']")?;
        self.keep("account-role-held")?;
        self.go("/coordination/units")?;
        let invited = self.address("unit");
        self.browser.fill("email", &invited)?;
        self.browser.press_selector("form[action='/coordination/units/invite'] button")?;
        self.browser.waits_for("div.done")?;
        self.keep("coordination-units")?;
        let mail = server.wait_for(&invited, 0)?;
        self.mail(&mail, "coordinator-invited")?;
        self.as_nobody()?;
        self.go(&mail.link(&format!("{}/coordination/invitation/", self.base))?)?;
        self.browser.waits_for("main .decide a")?;
        self.keep("coordination-invitation")
    }

    /// The administrator announces maintenance on a Sunday evening.
    fn announces(&self) -> Result<()> {
        let sunday = NaiveDate::from_ymd_opt(2026, 12, 20).context("a day")?;
        self.go("/coordination/maintenance")?;
        self.browser.waits_for("form[action$='/announce'] button")?;
        self.fill_date("from-day", sunday)?;
        self.fill_date("to-day", sunday)?;
        for (name, text) in
            [("from", "20:00"), ("to", "22:00"), ("el", "Αναβάθμιση της γραμμής"), ("en", "Upgrade of the line")]
        {
            self.browser.fill(name, text)?;
        }
        self.press_primary()?;
        self.browser.waits_for("div.done")?;
        self.keep("coordination-maintenance")
    }

    /// Fills in the form of a conference on its day.
    pub(super) fn fill_conference(&self, titles: [&str; 2], invited: &str) -> Result<()> {
        let tuesday = NaiveDate::from_ymd_opt(2026, 11, 24).context("a day")?;
        self.go("/conferences/new")?;
        self.browser.waits_for("#title-el")?;
        self.fill_date("day", tuesday + chrono::TimeDelta::days(DAYS_AHEAD))?;
        let [greek, english] = titles;
        let fields = [
            ("begins", "10:00"),
            ("ends", "11:00"),
            ("title-el", greek),
            ("title-en", english),
            ("address", ROOM),
            ("places", "9"),
            ("invited", invited),
        ];
        fields.into_iter().try_for_each(|(name, text)| self.browser.fill(name, text))
    }

    /// Plans what was filled in; the way to its page.
    pub(super) fn plans_it(&self) -> Result<String> {
        self.press_primary()?;
        self.browser.waits_for("div.done")?;
        Ok(self.browser.address()?.split('?').next().unwrap_or_default().to_owned())
    }

    /// Plans a conference, and looks at it from all sides days before.
    fn plans(&self, server: &MailServer) -> Result<AwaitedConference> {
        let guest = self.address("guest");
        self.coordinates()?;
        self.fill_conference(["Συντονισμός έργων", "Coordination of works"], &guest)?;
        self.keep("conference-new")?;
        let page = self.plans_it()?;
        self.keep("conference")?;
        self.go(&format!("{page}/change"))?;
        self.browser.waits_for("#title-el")?;
        self.keep("conference-change")?;
        self.go("/conferences")?;
        self.browser.waits_for("main table")?;
        self.keep("conferences")?;
        let mail = server.wait_for(&guest, 0)?;
        self.mail(&mail, "conference")?;
        let link = mail.link(&format!("{}/conference/", self.base))?;
        self.as_nobody()?;
        self.go(&link)?;
        self.browser.press_selector("[data-key=confirm]")?;
        self.browser.waits_for("[data-key=decline]")?;
        self.keep("conference-guest")?;
        self.go("/test-room")?;
        self.browser.waits_for("[data-try]")?;
        self.keep("test-room")?;
        Ok(AwaitedConference { page, link })
    }

    /// Minutes before, the page says that it opens by itself.
    fn is_early(&self, link: &str) -> Result<()> {
        self.as_nobody()?;
        self.go(link)?;
        self.browser.waits_for(".ticket.waiting")?;
        self.keep("conference-guest-early")
    }

    /// At its time whoever is invited goes in, and reads where.
    fn comes_in(&self, link: &str) -> Result<()> {
        self.as_nobody()?;
        self.go(link)?;
        self.browser.waits_for("form[action$='/enter'] button")?;
        self.keep("conference-guest-open")?;
        self.browser.press_selector("form[action$='/enter'] button")?;
        self.browser.waits_for(&format!("a[href='{ROOM}']"))?;
        self.keep("conference-guest-entered")
    }

    /// The coordinator ends it, and it stands in the figures of the year.
    fn ends(&self, page: &str) -> Result<()> {
        self.coordinates()?;
        self.go(page)?;
        self.browser.waits_for("#sure-end")?;
        self.keep("conference-open")?;
        self.browser.press_selector("#sure-end")?;
        self.browser.press_selector("form[action$='/end'] button")?;
        self.browser.waits_for("div.done")?;
        self.keep("conference-ended")?;
        self.go("/conferences?past=1")?;
        self.browser.waits_for("h1")?;
        self.keep("conferences-past")?;
        self.go("/conferences/figures")?;
        self.browser.waits_for("h1")?;
        self.keep("conference-figures")
    }
}
