//! The house of the sweep where its office belongs to a body: citizens with accounts, who certifies them, and who works on what
//! they ask.

use std::cell::RefCell;

use super::{press::Press, scene::SweepScene};
use crate::{
    accounts::{after, code, location},
    away::PlainBrowser,
    house::PASSWORD,
    outside::{comes_through, is_certified, records},
    pages::FormBrowser,
    registers,
    through::{WITH, comes_back, led, taxisnet},
};

/// Requests that one applicant of the sweep submits: fewer than an account may in a day.
const REQUESTS_EACH: u32 = 15;

/// What of the body the rows share.
#[derive(Default)]
pub struct BodyPeople {
    /// An applicant's session, and how many requests they have submitted.
    applicant: RefCell<Option<(String, u32)>>,
    /// The session of who is certified, and how many requests they have submitted.
    certified: RefCell<Option<(String, u32)>>,
    /// The session of who works on requests and certifies, and their number.
    worker: RefCell<Option<(String, u64)>>,
    /// The session of who is certified and came through TAXISnet.
    nikos: RefCell<Option<String>>,
    /// The session of whom TAXISnet's Maria was last.
    maria: RefCell<Option<String>>,
    /// The session of who coordinates the organisation.
    pub coordinator: RefCell<Option<String>>,
}

/// What a citizen with an account is known by.
pub struct Member<'a> {
    pub browser: FormBrowser<'a>,
    pub name: String,
    pub email: String,
}

impl Member<'_> {
    pub fn session(&self) -> String {
        self.browser.cookie("seira-session")
    }
}

/// What somebody fills in who would be certified.
pub const PROFILE: [(&str, &str); 7] = [
    ("full-name", "Μαρία Παπαδάκη"),
    ("phone", "694 000 0000"),
    ("tax-number", "090000045"),
    ("tax-office", "Αγίου Νικολάου"),
    ("street", "Κούνδουρου 12"),
    ("postcode", "721 00"),
    ("town", "Άγιος Νικόλαος"),
];
/// What a clerk finds where everything is there.
pub const EVERYTHING: [(&str, &str); 6] = [
    ("paper", "identity-card"),
    ("last-three", "456"),
    ("proof-tax-number", "yes"),
    ("proof-tax-office", "yes"),
    ("proof-address", "yes"),
    ("finding", "certify"),
];
/// A request for cleaning.
pub const BIN: [(&str, &str); 3] =
    [("x-kind", "0"), ("x-request_place", "Κουντούρου 12"), ("x-request_what", "Ξεχειλίζει από την Τρίτη")];
/// A request for a certificate, whose result is posted.
const CERTIFICATE: [(&str, &str); 1] = [("x-certificate", "0")];

impl SweepScene {
    /// A morning at work, in an office of a body; people sign in through TAXISnet too.
    pub fn of_body() -> Self {
        let (_, at) = lookalike::start().unwrap();
        let through = taxisnet(at);
        // Without the register of staff, which is asked whenever the hub comes to it.
        let through = through.split("[staff_register]").next().unwrap();
        let secrets = [("taxisnet-secret", lookalike::SECRET), ("records-token", lookalike::RECORDS_TOKEN)];
        let mut house = Self::prepared(&format!("body = \"body.toml\"\n{through}"), &secrets);
        let body = house.folder.path().join("body.toml");
        let looks = records(at).replace("[records]\n", "[records]\nlooks_a_day = 100\n");
        std::fs::write(&body, format!("{}{looks}", std::fs::read_to_string(&body).unwrap())).unwrap();
        // Other houses are asked by who sends what it makes up.
        house.start_sending_at("2026-11-24T09:00:00+02:00", "1");
        Self::working(house)
    }

    /// The same, where as many conferences are held as the sweep plans.
    pub fn of_conferences() -> Self {
        let mut house = Self::prepared("body = \"body.toml\"\n", &[]);
        let body = house.folder.path().join("body.toml");
        let sample = std::fs::read_to_string(&body).unwrap();
        let more = sample.replace("rooms = 10\nparticipants = 200", "rooms = 500\nparticipants = 2000");
        assert_ne!(sample, more);
        std::fs::write(&body, more).unwrap();
        house.start();
        Self::working(house)
    }

    /// What somebody types who registers: the press, and the address.
    pub fn registers(&self, name: &str) -> (Press, String) {
        let (mut browser, email) = (FormBrowser::new(self.house()), self.email());
        let typed = registers::typed(&mut browser, name, &email);
        let typed: Vec<_> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        (Press::form(&mut browser, "/register", "/register", &typed), email)
    }

    /// The link of who has registered.
    pub fn registered(&self, name: &str) -> String {
        let (press, email) = self.registers(name);
        let sent = press.send(self.house());
        assert_eq!(location(&sent), "/register/sent");
        registers::link_of(self.house(), &email)
    }

    /// A citizen with an account who is signed in.
    pub fn member(&self) -> Member<'_> {
        let name = format!("citizen{}", self.number());
        let (press, email) = self.registers(&name);
        assert_eq!(location(&press.send(self.house())), "/register/sent");
        let link = registers::link_of(self.house(), &email);
        let mut browser = FormBrowser::new(self.house());
        registers::opens_and_signs_in(&mut browser, &link, &name);
        Member { browser, name, email }
    }

    /// Sets an app up as the second step of whoever is signed in.
    pub fn sets_app_up(&self, browser: &mut FormBrowser<'_>) {
        let page = "/staff/account/second-step";
        let html = browser.get(page);
        let secret = after(&html, "<code class=\"secret\" translate=\"no\">", '<');
        let now = self.house().clock(&self.admin).to_rfc3339();
        let code = code(&secret, &now, 0);
        let set = Press::form_of(browser, &html.text, page, &[("code", &code), ("own", PASSWORD)]);
        let done = set.send(self.house());
        assert_eq!(done.status, 200, "{done:?}");
    }

    /// The same, with everything filled in that is certified.
    pub fn member_filled_in(&self) -> Member<'_> {
        let mut member = self.member();
        let kept = member.browser.post("/account/details", "/account/details", &PROFILE);
        assert_eq!(location(&kept), "/account?done=details");
        member
    }

    /// The same, who wishes for level B: and the page on which a clerk certifies them.
    pub fn member_who_wishes(&self) -> (Member<'_>, String) {
        let mut member = self.member_filled_in();
        let wished = member.browser.post("/account/level", "/account/level", &[("wish", "yes")]);
        assert_eq!(location(&wished), "/account/level");
        let page = "/staff/kep/certify";
        let found = self.staff(&self.worker().0).post(page, page, &[("q", &member.name)]);
        let (_, rest) = found.text.split_once("href=\"/staff/kep/certify/").unwrap_or_else(|| panic!("{found:?}"));
        let page = format!("{page}/{}", rest.split('"').next().unwrap());
        (member, page)
    }

    /// The same, who is certified.
    pub fn member_certified(&self) -> (Member<'_>, String) {
        let (member, page) = self.member_who_wishes();
        let press = Press::form(&mut self.staff(&self.worker().0), &page, &page, &EVERYTHING);
        let done = press.send(self.house());
        assert_eq!(location(&done), format!("{page}?done=certified"));
        (member, page)
    }

    /// Somebody of staff with these grants.
    fn granted(&self, grants: &[&str]) -> (String, u64) {
        let (_, id, session) = self.employee("clerk");
        let page = format!("/admin/clerks/{id}");
        let fields: Vec<(&str, &str)> = grants.iter().map(|grant| (*grant, "yes")).collect();
        let given = self.admins_browser().post(&page, &format!("{page}/grants"), &fields);
        assert_eq!(location(&given), page);
        (session, id)
    }

    /// Who works on requests, shares them out, and certifies.
    pub fn worker(&self) -> (String, u64) {
        let known = self.body.worker.borrow().clone();
        known.unwrap_or_else(|| {
            let grants = [
                "grant@certifier@office:1",
                "grant@case-worker@unit:1",
                "grant@request-supervisor@unit:1",
                "grant@case-worker@unit:4",
            ];
            let worker = self.granted(&grants);
            self.body.worker.replace(Some(worker.clone()));
            worker
        })
    }

    /// The session of somebody else who certifies.
    pub fn second_certifier(&self) -> String {
        self.granted(&["grant@certifier@office:1"]).0
    }

    /// The session of somebody who supervises the requests for certificates, and no others.
    pub fn supervisor_of_certificates(&self) -> String {
        self.granted(&["grant@request-supervisor@category:5"]).0
    }

    /// A colleague of theirs in the unit for cleaning.
    pub fn colleague(&self) -> u64 {
        self.granted(&["grant@case-worker@unit:1"]).1
    }

    /// Somebody with few requests so far.
    fn with_room(&self, known: &RefCell<Option<(String, u32)>>, new: impl Fn() -> String) -> String {
        let (session, count) = known.take().filter(|(_, count)| *count < REQUESTS_EACH).unwrap_or_else(|| (new(), 0));
        known.replace(Some((session.clone(), count + 1)));
        session
    }

    /// The session of somebody who submits a request for cleaning next.
    pub fn applicant(&self) -> String {
        self.with_room(&self.body.applicant, || self.member().session())
    }

    fn submitted(&self, session: &str, category: &str, fields: &[(&str, &str)]) -> String {
        let page = format!("/requests/new/{category}");
        let sent = self.staff(session).post(&page, &page, fields);
        location(&sent).trim_end_matches("/receipt").to_owned()
    }

    /// A request for cleaning: the applicant's session, and its page.
    pub fn request(&self) -> (String, String) {
        let session = self.applicant();
        let page = self.submitted(&session, "cleaning", &BIN);
        (session, page)
    }

    /// A request for a certificate of somebody who is certified: their session, and its page.
    pub fn request_of_certificate(&self) -> (String, String) {
        let session = self.with_room(&self.body.certified, || self.member_certified().0.session());
        let page = self.submitted(&session, "certificates", &CERTIFICATE);
        (session, page)
    }

    /// Does something as who works on requests.
    pub fn works(&self, page: &str, action: &str, fields: &[(&str, &str)]) {
        let page = format!("/staff{page}");
        let done = self.staff(&self.worker().0).post(&page, &format!("{page}/{action}"), fields);
        assert_eq!(location(&done), format!("{page}?done=yes"), "{action}");
    }

    /// The same, of a request that is theirs.
    pub fn taken(&self) -> (String, String) {
        let (session, page) = self.request();
        self.works(&page, "take", &[]);
        (session, page)
    }

    /// A browser in which TAXISnet's Maria comes from there, and where she is led. Whoever she was before has erased their account.
    pub fn comes_through<'a>(&'a self, mut browser: FormBrowser<'a>, wanted: &str) -> FormBrowser<'a> {
        if let Some(session) = self.body.maria.take() {
            let erased = self.staff(&session).post("/account/erase", "/account/erase", &[("own", PASSWORD)]);
            assert_eq!(erased.status, 200, "{erased:?}");
        }
        let back = comes_back(&mut browser, &mut PlainBrowser::new(), self.house(), "maria");
        assert_eq!(led(&back), wanted, "{WITH}");
        browser
    }

    /// The session of who is certified and came through TAXISnet, and so may look at their records.
    pub fn who_may_look(&self) -> String {
        let known = self.body.nikos.borrow().clone();
        known.unwrap_or_else(|| {
            let mut nikos = comes_through(self.house(), "nikos", "nikos@example.gr");
            is_certified(&mut nikos, self.house(), &self.worker().0, "nikos@example.gr", "660074100");
            let session = nikos.cookie("seira-session");
            self.body.nikos.replace(Some(session.clone()));
            session
        })
    }

    /// Notes who Maria is about to be.
    pub fn becomes_maria(&self, session: String) {
        self.body.maria.replace(Some(session));
    }
}
