//! A collective body meets: it is set up and called, its roll is taken, it votes, and its minutes are signed.

use anyhow::{Context, Result};
use tests::{mail::MailServer, wait::until};

use super::{Camera, ROOM};

/// Chair, two members, the substitute of the second of them, and the secretary, as they are numbered in the conference.
const MEMBERS: [(&str, &str, &str); 5] = [
    ("1", "m1", "Άννα Αναγνώστου"),
    ("2", "m2", "Βασίλης Βλάχος"),
    ("3", "m3", "Γιώργος Γεωργίου"),
    ("4", "m4", "Δήμητρα Δήμου"),
    ("5", "m5", "Ελένη Ευαγγέλου"),
];
const CHAIR: &str = MEMBERS[0].1;
const SUBSTITUTE: &str = MEMBERS[3].1;
const SECRETARY: &str = MEMBERS[4].1;

/// A meeting that members were called to: its page, and the links of those who come through the waiting page.
#[derive(Debug)]
pub struct CalledMeeting {
    page: String,
    links: Vec<String>,
}

impl Camera<'_> {
    /// Plans a conference for a body, sets the meeting up, and calls its members.
    pub(super) fn calls(&self, server: &MailServer) -> Result<CalledMeeting> {
        let invited = MEMBERS.map(|(_, who, _)| self.address(who)).join("\n");
        self.coordinates()?;
        self.fill_conference(["11η συνεδρίαση", "11th meeting"], &invited)?;
        let page = format!("{}/meeting", self.plans_it()?);
        self.go(&page)?;
        self.browser.fill("body-el", "Δημοτική Επιτροπή")?;
        self.browser.fill("body-en", "Municipal Committee")?;
        self.browser.fill("agenda", "Έγκριση προηγούμενων πρακτικών\nΠροϋπολογισμός 2027")?;
        for (number, _, name) in MEMBERS {
            self.browser.fill(&format!("name-{number}"), name)?;
        }
        let posts = ["#post-1 option[value=chair]", "#post-5 option[value=secretary]"];
        for chosen in posts.into_iter().chain(["#stands-in-4 option[value='3']", "label[for=votes-5]"]) {
            self.browser.press_selector(chosen)?;
        }
        self.keep("meeting-new")?;
        self.browser.press_selector("form[action$='/meeting/plan'] button[type=submit]")?;
        self.browser.waits_for("form[action$='/meeting/call'] button")?;
        self.keep("meeting-planned")?;
        self.browser.press_selector("form[action$='/meeting/call'] button")?;
        self.browser.waits_for("#roll-title")?;
        self.keep("meeting-called")?;
        self.mail(&server.wait_for(&self.address(SUBSTITUTE), 1)?, "meeting-called")?;
        let start = format!("{}/conference/", self.base);
        let links = MEMBERS.iter().take(2).map(|(_, who, _)| server.wait_for(&self.address(who), 0)?.link(&start));
        Ok(CalledMeeting { page, links: links.collect::<Result<_>>()? })
    }

    /// Two members come through the waiting page, the roll finds the others, and they decide.
    pub(super) fn meets(&self, server: &MailServer, meeting: &CalledMeeting) -> Result<()> {
        self.as_nobody()?;
        for link in &meeting.links {
            self.go(link)?;
            self.browser.press_selector("form[action$='/enter'] button")?;
            self.browser.waits_for(&format!("a[href='{ROOM}']"))?;
        }
        self.coordinates()?;
        self.go(&meeting.page)?;
        self.browser.waits_for("#roll-title")?;
        self.keep("meeting-roll")?;
        for number in ["5", "4"] {
            self.browser.press_selector(&format!("[action$='/present'] [value='{number}'] + button"))?;
            self.browser.waits_for(&format!("[action$='/absent'] [value='{number}'] + button"))?;
        }
        self.votes()?;
        self.go(&meeting.page)?;
        self.browser.waits_for("#discussion")?;
        self.keep("meeting")?;
        self.browser.fill("discussion", "Ο αντιδήμαρχος εισηγήθηκε τον προϋπολογισμό.")?;
        self.browser.press_selector("form[action$='/meeting/minutes'] button[type=submit]")?;
        self.browser.waits_for("main a[href$='/minutes.pdf']")?;
        self.keep("meeting-minutes")?;
        self.as_nobody()?;
        let minutes = self.minutes_link(server, SECRETARY)?;
        let own = minutes.strip_suffix("/minutes").context("a link to the minutes")?;
        self.go(&format!("{own}/meeting"))?;
        self.browser.waits_for("#discussion")?;
        self.keep("meeting-secretary")?;
        for who in [CHAIR, SECRETARY] {
            self.go(&self.minutes_link(server, who)?)?;
            self.browser.waits_for("main section.box form button")?;
            if who == CHAIR {
                self.keep("minutes")?;
            }
            self.browser.press_selector("main section.box form button")?;
            until("it is signed", || {
                let gone = "return document.querySelector('main section.box form') === null";
                (self.browser.script(gone).ok()? == true).then_some(())
            })?;
        }
        self.keep("minutes-signed")?;
        self.coordinates()?;
        self.go(&meeting.page)?;
        self.browser.waits_for("#minutes-title")?;
        self.keep("meeting-signed")
    }

    /// One item is voted on by name, and of the other the result alone is entered.
    fn votes(&self) -> Result<()> {
        let (first, second) = ("main ol > li:nth-child(1)", "main ol > li:nth-child(2)");
        self.browser.press_selector(&format!("{first} summary"))?;
        for ballot in ["#vote-1-1 [value=for]", "#vote-1-2 [value=for]", "#vote-1-4 [value=against]"] {
            self.browser.press_selector(ballot)?;
        }
        self.keep("meeting-vote")?;
        self.browser.press_selector(&format!("{first} form button"))?;
        self.browser.waits_for(&format!("{first} strong"))?;
        self.browser.press_selector(&format!("{second} summary"))?;
        self.browser.fill_in("#agree-2", "3")?;
        self.browser.press_selector(&format!("{second} form button"))?;
        self.browser.waits_for(&format!("{second} strong"))
    }

    /// The link to the minutes in the mail that asks for a signature.
    fn minutes_link(&self, server: &MailServer, who: &str) -> Result<String> {
        let (email, start) = (self.address(who), format!("{}/conference/", self.base));
        let link = until(&format!("{email} is asked to sign"), || {
            let mails = server.all().ok()?.into_iter().filter(|mail| mail.to.contains(&email));
            mails.filter_map(|mail| mail.link(&start).ok()).find(|link| link.ends_with("/minutes"))
        });
        link.context("a link to the minutes")
    }
}
