//! The pages in a real browser, and the mails as a mail reader shows them.

mod accounts;
mod agent;
mod citizen;
mod conferences;
mod meeting;
mod member;
mod mobile;
mod planning;
mod post;
mod posting;
mod staff;
mod taxisnet;
mod worker;

use std::cell::Cell;

use anyhow::{Context, Result};
use chrono::NaiveDate;
use tests::{
    browser::Browser,
    house::House,
    hub::{ADMIN, ADMIN_PASSWORD},
    mail::{MailServer, ReceivedMail},
    members::PASSWORD,
    staff::Staff,
};

pub use self::{
    conferences::take as take_conferences, member::take as take_members, mobile::take as take_mobiles,
    post::take as take_post, taxisnet::take as take_taxisnet,
};
use crate::{album::PictureFolder, taken_walks::TakenWalks};

/// Width of the window in CSS pixels: a phone's for citizens, a desk's for staff.
const PHONE: u32 = 414;
const DESK: u32 = 1280;
/// A mail reader's.
const MAIL: u32 = 640;

/// The desk whose clerk is looked at.
const DESK_AT_WORK: u16 = 1;

/// One that calls beside it.
const DESK_BESIDE: u16 = 2;

/// Greek first.
const TAGS: [&str; 2] = ["el", "en"];

/// What whoever signed in finds on each page.
const SIGNED_IN: &str = "form[action='/logout']";

/// A room of conferences elsewhere.
const ROOM: &str = "https://meet.example.gr/room/17";

/// What people type, in their own language.
struct TypedWords {
    no_address: &'static str,
    name: &'static str,
    /// Instead of what is typed in Greek.
    address: &'static [(&'static str, &'static str)],
    /// Who books for somebody else.
    applicant: &'static str,
    /// An agent, and whom it books for.
    agent: &'static str,
    learner: &'static str,
    /// What staff ask a citizen for, and why a day is closed.
    lacking: &'static str,
    /// What is asked of the municipality: where, what, and what staff ask back.
    place: &'static str,
    matter: &'static str,
    question: &'static str,
    /// What the citizen answers, and is told in the end.
    answer: &'static str,
    told: &'static str,
    tax_number: &'static str,
    tax_office: &'static str,
    /// Why an account is blocked.
    reason: &'static str,
    /// What a result is asked for.
    attestation: &'static str,
    /// Who coordinates conferences, and what for.
    coordinator: &'static str,
    purpose: &'static str,
}

const GREEK: TypedWords = TypedWords {
    no_address: "δεν είναι διεύθυνση",
    name: "Ελένη Παπαδοπούλου",
    address: &[],
    applicant: "Νίκος Παπαδόπουλος",
    agent: "Σχολή Οδηγών «Η Στροφή»",
    learner: "Μαρία Μαθητεύουσα",
    lacking: "Λείπει η δεύτερη σελίδα της αίτησης.",
    place: "Κουντούρου 12, έξω από το φαρμακείο",
    matter: "Ο κάδος ξεχειλίζει από την Τρίτη.",
    question: "Ποιος από τους δύο κάδους;",
    answer: "Ο μπλε, έξω από το 12.",
    told: "Ο κάδος άδειασε σήμερα.",
    tax_number: "090000045",
    tax_office: "Αγίου Νικολάου",
    reason: "Το ζήτησε η ίδια στη θυρίδα.",
    attestation: "Βεβαίωση μόνιμης κατοικίας",
    coordinator: "giorgos",
    purpose: "Συνεδριάσεις των τμημάτων",
};
const ENGLISH: TypedWords = TypedWords {
    no_address: "not an address",
    name: "Eleni Papadopoulou",
    address: &[("street", "1 Eleftherias Square"), ("town", "Agios Nikolaos")],
    applicant: "Nikos Papadopoulos",
    agent: "The Turn Driving School",
    learner: "Maria Learner",
    lacking: "The second page of the application is missing.",
    place: "12 Kountourou, outside the pharmacy",
    matter: "The bin has been overflowing since Tuesday.",
    question: "Which of the two bins?",
    answer: "The blue one, outside number 12.",
    told: "The bin was emptied today.",
    tax_number: "123456783",
    tax_office: "Agios Nikolaos",
    reason: "She asked for it at the desk.",
    attestation: "Attestation of permanent residence",
    coordinator: "katerina",
    purpose: "Meetings of the departments",
};

/// Why a day is closed, as staff write it for citizens of either language.
const CLOSED_BECAUSE: [(&str, &str); 2] = [("el", "Απεντόμωση του κτιρίου"), ("en", "Pest control in the building")];

/// A browser that takes pictures under one language's name.
struct Camera<'a> {
    browser: Browser,
    album: &'a PictureFolder,
    width: Cell<u32>,
    language: &'static str,
    base: String,
}

/// Takes every page of an office in both languages.
pub fn take(house: &House, server: &MailServer, album: &PictureFolder) -> Result<()> {
    at_work(house)?;
    let mut walks = TakenWalks::default();
    for (nth, language) in TAGS.into_iter().enumerate() {
        people_come(house)?;
        let camera = Camera::open(house, album, language, "pages")?;
        let staff = Staff::admin(&house.hub)?;
        camera.walk(&mut walks, "a citizen books", || camera.citizen(server));
        camera.walk(&mut walks, "a citizen books for another", || camera.served(server));
        camera.walk(&mut walks, "staff ask and warn", || camera.told_by_staff(&staff, server, nth));
        camera.walk(&mut walks, "an agent books", || camera.agent(server));
        camera.walk(&mut walks, "a clerk serves", || camera.clerk());
        camera.walk(&mut walks, "a visit waits", || camera.visit(house));
        camera.walk(&mut walks, "an administrator looks around", || camera.administrator(&staff));
        camera.walk(&mut walks, "staff look at bookings", || camera.bookings(&staff));
        camera.walk(&mut walks, "a mail comes back", || camera.undelivered(house, &staff, server, nth));
        camera.walk(&mut walks, "a day is closed", || camera.planning(&staff, server, nth));
    }
    walks.end()
}

impl<'a> Camera<'a> {
    fn open(house: &House, album: &'a PictureFolder, language: &'static str, name: &str) -> Result<Self> {
        let browser = Browser::open(&house.folder(&format!("browser-{name}-{language}")))?;
        Ok(Self { browser, album, width: Cell::new(PHONE), language, base: house.hub.base() })
    }
}

impl Camera<'_> {
    /// Takes a walk with this camera.
    fn walk<T>(&self, walks: &mut TakenWalks, name: &str, walk: impl FnOnce() -> Result<T>) -> Option<T> {
        walks.take(&format!("{name} ({})", self.language), walk)
    }

    fn go(&self, path: &str) -> Result<()> {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) };
        self.browser.go(&address)
    }

    /// As somebody else, who has only their language.
    fn as_nobody(&self) -> Result<()> {
        self.browser.forget()?;
        self.width.set(PHONE);
        self.go(&format!("/?lang={}", self.language))
    }

    fn words(&self) -> &'static TypedWords {
        if self.language == "en" { &ENGLISH } else { &GREEK }
    }

    /// An address of somebody who writes in this language.
    fn address(&self, who: &str) -> String {
        format!("{who}-{}@example.gr", self.language)
    }

    /// Types a date into its three fields.
    fn fill_date(&self, name: &str, date: NaiveDate) -> Result<()> {
        let parts = [("d", "%d"), ("m", "%m"), ("y", "%Y")];
        parts
            .into_iter()
            .try_for_each(|(part, form)| self.browser.fill(&format!("{name}-{part}"), &date.format(form).to_string()))
    }

    fn submit(&self) -> Result<()> {
        self.browser.press_selector("main form button[type=submit]")
    }

    /// The one large button of the page's form.
    fn press_primary(&self) -> Result<()> {
        self.browser.press_selector("main form button[type=submit].govgr-btn-primary")
    }

    fn keep(&self, name: &str) -> Result<()> {
        self.album.keep(&format!("page-{name}.{}", self.language), &self.browser.whole_picture(self.width.get())?)
    }

    /// A mail's HTML, as a mail reader shows it.
    fn mail(&self, mail: &ReceivedMail, name: &str) -> Result<()> {
        let html = mail.text("text/html")?;
        let file = std::env::temp_dir().join(format!("seira-mail-{}-{name}.html", self.language));
        std::fs::write(&file, self.with_picture(mail, &html)?)?;
        let page = self.browser.address()?;
        self.browser.go(&format!("file://{}", file.display()))?;
        let picture = self.browser.whole_picture(MAIL)?;
        self.album.keep(&format!("mail-{name}.{}", self.language), &picture)?;
        self.browser.go(&page)
    }

    fn with_picture(&self, mail: &ReceivedMail, html: &str) -> Result<String> {
        use base64::{Engine as _, prelude::BASE64_STANDARD};
        let Ok(picture) = mail.inline_picture() else { return Ok(html.to_owned()) };
        let (before, after) = html.split_once("cid:").context("no picture in the mail")?;
        let (_, after) = after.split_once('"').context("the picture's name does not end")?;
        Ok(format!("{before}data:image/png;base64,{}\"{after}", BASE64_STANDARD.encode(picture.png())))
    }

    fn sign_in(&self, name: &str, password: &str) -> Result<()> {
        self.browser.forget()?;
        self.go(&format!("/login?lang={}", self.language))?;
        self.browser.fill("name", name)?;
        self.browser.fill("password", password)?;
        self.browser.press_selector("main form button[type=submit]")?;
        self.browser.waits_for(SIGNED_IN)
    }

    /// Signs a citizen in, who is led to what is theirs.
    fn sign_in_citizen(&self, user: &str) -> Result<()> {
        self.width.set(PHONE);
        self.sign_in(user, PASSWORD)?;
        self.browser.waits_for("a[href='/account/details']")
    }

    fn sign_in_administrator(&self) -> Result<()> {
        self.width.set(DESK);
        self.sign_in(ADMIN, ADMIN_PASSWORD)
    }
}

/// A clerk serves the first who came.
fn at_work(house: &House) -> Result<()> {
    let staff = Staff::admin(&house.hub)?;
    people_come(house)?;
    staff.open_desk(DESK_AT_WORK)?;
    staff.open_desk(DESK_BESIDE)?;
    let call = staff.call_next(DESK_AT_WORK)?;
    staff.with_visit(DESK_AT_WORK, "appeared", call.visit)
}

/// Some who wait.
fn people_come(house: &House) -> Result<()> {
    let kiosk = house.plain_kiosk()?;
    for service in ["family-status", "signature", "certified-copy", "criminal-record", "driving-licence"] {
        kiosk.take_ticket(service)?;
    }
    Ok(())
}
