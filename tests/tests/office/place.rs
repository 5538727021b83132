//! An office with its hub, its mail, a member of staff in front of a browser, and citizens with browsers of their own.

use std::cell::{Cell, RefCell};

use anyhow::{Context, Result, ensure};
use tests::{
    booking::Citizen,
    browser::Browser,
    heard::{self, HeardDates},
    hub::{ADMIN, ADMIN_PASSWORD, Hub, Mails, Setting},
    mail::MailServer,
    staff::OFFICE,
};

/// A phone of the smallest kind, and a desk; CSS pixels.
const WIDTHS: [u32; 2] = [320, 1280];

/// Where a story happens.
pub struct Place {
    /// In front of it sits whoever is signed in.
    pub browser: Browser,
    /// The hub.
    pub hub: Hub,
    /// Where its mails go.
    pub post: MailServer,
    /// What is wrong with the pages seen so far.
    faults: RefCell<Vec<String>>,
    /// By which clock the hub runs.
    dates: Cell<HeardDates>,
    _folder: tempfile::TempDir,
}

/// A booking, as the citizen knows it.
pub struct CitizenBooking {
    /// What is typed at the kiosk.
    pub reference: String,
    /// The page behind the mail's link.
    pub link: String,
    /// The booked time, as the pages' buttons say it to the hub.
    pub start: String,
}

impl CitizenBooking {
    /// The code as pages and mails show it.
    pub fn shown(&self) -> String {
        let (one, other) = self.reference.split_at(4);
        format!("{one} {other}")
    }
}

impl Place {
    /// Opens the office on a Tuesday at a time; `change` is made to the sample office.
    pub fn open(time: &str, change: fn(String) -> String) -> Result<Self> {
        Self::open_with(time, change, |_| Ok(()))
    }

    /// The same; `configure` changes what stands beside the office before the hub runs.
    pub fn open_with(
        time: &str,
        change: fn(String) -> String,
        configure: impl FnOnce(&Hub) -> Result<()>,
    ) -> Result<Self> {
        Self::open_by((time, HeardDates::Story), change, |hub| {
            configure(hub)?;
            hub.run()
        })
    }

    /// The same, for real: by the machine's own clock, and with the second step that a house demands of administrators.
    pub fn open_for_real(change: fn(String) -> String) -> Result<Self> {
        Self::open_by(("09:00", HeardDates::Machine), change, Hub::serve)
    }

    /// The same, reached by a name, which passkeys need.
    pub fn open_for_real_by_name(change: fn(String) -> String) -> Result<Self> {
        Self::open_by(("09:00", HeardDates::Machine), change, |hub| {
            let public = hub.base().replace("127.0.0.1", "localhost");
            hub.configure(|config| format!("public_url = \"{public}\"\n{config}"))?;
            hub.serve()
        })
    }

    /// Opens a page of the hub by its name.
    pub fn go_by_name(&self, path: &str) -> Result<()> {
        self.go(&format!("{}{path}", self.hub.base().replace("127.0.0.1", "localhost")))
    }

    fn open_by(
        (time, dates): (&str, HeardDates),
        change: fn(String) -> String,
        begin: impl FnOnce(&mut Hub) -> Result<()>,
    ) -> Result<Self> {
        let folder = tempfile::TempDir::with_prefix("seira-office-")?;
        std::fs::create_dir(folder.path().join("post"))?;
        let post = MailServer::start(&folder.path().join("post"))?;
        let setting = Setting { mails: Mails::Smtp(post.port()), office: change, ..Setting::tuesday(time)? };
        let mut hub = Hub::prepare(&folder.path().join("hub"), setting)?;
        begin(&mut hub)?;
        let browser = Browser::open(&folder.path().join("browser"))?;
        browser.resize(1280, 1000)?;
        Ok(Self { browser, hub, post, faults: RefCell::default(), dates: Cell::new(dates), _folder: folder })
    }

    /// Signs the administrator in.
    pub fn sign_in(&self) -> Result<()> {
        self.go("/login?lang=el")?;
        self.browser.fill("name", ADMIN)?;
        self.browser.fill("password", ADMIN_PASSWORD)?;
        self.browser.press_selector("main form button")?;
        self.browser.reads("Επιλέξτε θυρίδα")
    }

    /// Opens a page of the hub.
    pub fn go(&self, path: &str) -> Result<()> {
        let address = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.hub.base()) };
        self.browser.go(&address)
    }

    /// Types a date (`2026-11-24`) as a person does: day, month and year; nothing where there is none.
    pub fn date(&self, name: &str, date: &str) -> Result<()> {
        let mut parts = date.splitn(3, '-');
        for part in ["y", "m", "d"] {
            self.browser.fill(&format!("{name}-{part}"), parts.next().unwrap_or_default())?;
        }
        Ok(())
    }

    /// Opens a page of staff's for this office.
    pub fn staff(&self, path: &str) -> Result<()> {
        self.go(&format!("/staff/{OFFICE}/{path}"))
    }

    /// Somebody books online, without a browser's scripts, at the first free time or the `nth` after it.
    pub fn book(&self, email: &str, name: &str, nth: usize) -> Result<CitizenBooking> {
        let before = self.post.count(email)?;
        let citizen = Citizen::new(self.hub.client(), email);
        citizen.ask_for_link()?;
        let link = self.post.wait_for(email, before)?.link(&format!("{}/book/start/", self.hub.base()))?;
        citizen.open_link(&link)?;
        let times = citizen.times(OFFICE, "driving-licence")?;
        let time = times.get(nth).context("no such time")?;
        let held = citizen.held(&citizen.press_time(OFFICE, "driving-licence", time)?)?;
        citizen.confirm(&held, name)?;
        let mail = self.post.wait_for(email, before + 1)?;
        let text = mail.text("text/plain")?;
        let reference = text.lines().find_map(|line| line.strip_prefix("Κωδικός ραντεβού: "));
        let reference = reference.with_context(|| format!("no code in: {text}"))?.replace(' ', "").trim().to_owned();
        Ok(CitizenBooking {
            reference,
            link: mail.link(&format!("{}/booking/", self.hub.base()))?,
            start: time.clone(),
        })
    }

    /// The citizen sends a document beforehand, behind the link of the mail.
    pub fn send_document(&self, booked: &CitizenBooking, name: &str) -> Result<()> {
        let client = self.hub.client();
        let path = format!("{}/documents", booked.link);
        let page = client.get(&path)?;
        let csrf = page.body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let csrf = csrf.context("a token")?;
        let body = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--edge\r\ncontent-disposition: \
             form-data; name=\"file\"; filename=\"{name}\"\r\ncontent-type: application/pdf\r\n\r\n%PDF-1.7\n1 0 obj\n\
             <<>>\nendobj\n%%EOF\n\r\n--edge--\r\n"
        );
        let sent = client.post_bytes(&path, "multipart/form-data; boundary=edge", body.as_bytes(), None)?;
        ensure!(sent.status < 400, "{}: {}", sent.status, sent.body);
        Ok(())
    }

    /// Judges a page on which something stands that was done by the machine's clock, as by a command of its console.
    pub fn judge_by_machine(&self, name: &str) -> Result<()> {
        let before = self.dates.replace(HeardDates::Machine);
        let judged = self.judge(name);
        self.dates.set(before);
        judged
    }

    /// Judges the page that is open, wide and narrow, in both languages; the window is wide and Greek again afterwards.
    /// Keeps pictures where `SEIRA_PICTURES` names a folder.
    pub fn judge(&self, name: &str) -> Result<()> {
        let browser = &self.browser;
        for language in ["en", "el"] {
            let switched = browser.script(&format!(
                "const link = document.querySelector('.languages a[lang={language}]'); link?.click(); return link !== null"
            ))?;
            if switched == true {
                tests::wait::until("the page is in the other language", || {
                    (browser.script("return document.documentElement.lang").ok()? == language).then_some(())
                })?;
            }
            self.judge_here(&format!("{name}-{language}"))?;
        }
        Ok(())
    }

    /// Judges the page that is open as it is, wide and narrow.
    pub fn judge_here(&self, name: &str) -> Result<()> {
        let browser = &self.browser;
        for width in WIDTHS {
            browser.width(width)?;
            browser.script("for (const more of document.querySelectorAll('details.act')) more.open = true")?;
            let page = format!("{name} {width}");
            let found = browser.accessibility_faults()?;
            self.faults.borrow_mut().extend(found.into_iter().map(|fault| format!("{page}: {fault}")));
            let over = browser.script(
                "const wide = document.documentElement.clientWidth; \
                 if (document.documentElement.scrollWidth <= wide) return ''; \
                 return [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > wide + 1) \
                     .map(one => `${one.tagName}.${one.className}#${one.id} ${Math.round(one.getBoundingClientRect().right - \
                          wide)} px`).slice(0, 5).join(', ')",
            )?;
            if over != "" {
                self.faults.borrow_mut().push(format!("{page}: stands out of the window: {over}"));
            }
            if let Ok(folder) = std::env::var("SEIRA_PICTURES") {
                let shown = if width == 320 { 390 } else { width };
                let file = std::path::Path::new(&folder).join(format!("{name}-{shown}.png"));
                browser.whole_picture(shown)?.save(&file)?;
            }
        }
        browser.width(1280)?;
        let otherwise = heard::compare(browser, "office", name, self.dates.get())?;
        self.faults.borrow_mut().extend(otherwise.map(|otherwise| format!("{name} {otherwise}")));
        Ok(())
    }

    /// Nothing was wrong with any page that was judged, and the journal is in order.
    pub fn close(self) -> Result<()> {
        let faults = self.faults.borrow();
        ensure!(faults.is_empty(), "{}", faults.join("\n"));
        self.hub.verify().map(drop)
    }
}
