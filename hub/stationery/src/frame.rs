//! What stands around every page: the office's name, the languages, help, and the way to say things.

use std::sync::Arc;

use access::HouseAlarm;
use askama::Template;
use axum::{
    http::{HeaderName, HeaderValue, StatusCode},
    response::{Html, IntoResponse, Response},
};
use office::{OfficeConfig, calendar};
use paths::{Page, Route};
use secrets::draw_id;
use text::{Dates, OfficeVoice, Voice};
use wire::Language;
use writer::{DiskTrouble, OfficeHandle};

use crate::{assets, emblem::PageEmblem, state::Pages, visitor::Visitor};

/// What a browser keeps of pages goes away with them: what stood there before is not behind the button that leads back.
pub const FORGET: (HeaderName, HeaderValue) =
    (HeaderName::from_static("clear-site-data"), HeaderValue::from_static("\"cache\""));

/// Around every page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The language.
    pub voice: Voice,
    /// The name of the only office, or of the whole site.
    pub site: String,
    /// The emblem of the office that the page is about, or of the only one.
    pub emblem: Option<PageEmblem>,
    /// Where help is had (PET-07).
    pub help: Vec<HelpLine>,
    /// Who of staff is signed in.
    pub who: Option<SignedUser>,
    /// The user name of whoever is signed in, citizen or staff.
    pub member: Option<String>,
    /// Whether whoever is signed in has a password that can be asked for once more; who came through another may have none.
    pub has_password: bool,
    /// What staff are told on every page: nothing can be written, the clock is in doubt, the certificate ends, a journal is
    /// another than it was.
    pub alarms: Vec<String>,
    /// Whether nothing here is real.
    pub is_rehearsal: bool,
    /// Whether the body takes requests.
    pub takes_requests: bool,
    /// The one of staff's tabs that this is.
    pub tab: &'static str,
    /// The one of the administrator's tabs that this is.
    pub admin_tab: &'static str,
    /// The fields that the page's refusal is about, by id.
    wrong: Vec<String>,
    words: OfficeVoice,
    csrf: String,
    here: String,
}

/// Where an office is asked for help.
#[derive(Debug, Clone)]
pub struct HelpLine {
    /// What the office is called, in the reader's language.
    pub office: String,
    /// Its address for mail.
    pub email: String,
    /// Its telephone.
    pub phone: String,
    /// The same, as a link has it.
    pub dialled: String,
}

/// The member of staff who is signed in.
#[derive(Debug, Clone)]
pub struct SignedUser {
    /// The login name.
    pub name: String,
    /// Whether they run the hub.
    pub admin: bool,
    /// After so many seconds the page asks whether it is locked.
    pub ask_in: String,
}

/// A language of the switch.
#[derive(Debug)]
pub struct LanguageChoice {
    /// BCP 47.
    pub tag: &'static str,
    /// In itself.
    pub name: String,
    /// This page in it.
    pub href: String,
    /// Whether the page is in it now.
    pub current: bool,
}

/// A tab of the administrator's pages.
#[derive(Debug)]
pub struct Tab {
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub name: String,
    /// Whether its page is the one that is shown.
    pub current: bool,
}

impl Frame {
    /// Around what this visitor sees.
    pub fn new(visitor: &Visitor) -> Self {
        let voice = visitor.voice;
        let mut help: Vec<HelpLine> = Vec::new();
        for office in visitor.state.offices.iter() {
            help.extend(office.config(|config| HelpLine {
                office: voice.of_text(&config.name),
                email: config.contact_email.clone(),
                phone: config.contact_phone.clone(),
                dialled: people::dialled(&config.contact_phone),
            }));
        }
        let site = match help.as_slice() {
            [only] => only.office.clone(),
            _ => voice.say("site-several"),
        };
        let who = visitor.session.as_ref();
        let who = who.map(|session| SignedUser {
            name: session.account.name.clone(),
            admin: session.is_admin(),
            ask_in: format!("{:.3}", visitor.state.access.ask_again_in(session)),
        });
        let doubt = visitor.state.writer.belief().doubt().filter(|doubt| who.is_some() && doubt.is_told);
        let zone = visitor.state.offices.iter().find_map(|office| office.config(|config| config.zone));
        let now = visitor.state.clock.now();
        let dates = Dates { voice, zone: zone.unwrap_or(chrono_tz::Europe::Athens), now };
        let shown = || [("time", dates.day_and_time(now).into())];
        let clock = doubt.map(|_| voice.say_with("clock-in-doubt", shown()));
        // What keeps everybody from working is said before what only makes some of it wait.
        let disk = visitor.state.writer.disk().trouble().filter(|_| who.is_some()).map(|trouble| match trouble {
            DiskTrouble::Full => voice.say("disk-full"),
            DiskTrouble::Failing => voice.say("disk-failing"),
            DiskTrouble::Slow => voice.say("disk-slow"),
        });
        let files = (who.is_some() && visitor.state.arrivals.lacks_room()).then(|| voice.say("disk-no-files"));
        let alarms = disk.into_iter().chain(files).chain(clock).chain(house_alarms(visitor, dates)).collect();
        let is_rehearsal = visitor.state.clock.is_rehearsal();
        let takes_requests = !visitor.state.body.categories.is_empty();
        let (csrf, here) = (visitor.form_token(), visitor.here.clone());
        let office = office_of_page(visitor);
        let words = match office {
            Some(office) => visitor.state.texts.voice(office.row, voice),
            None => voice.into(),
        };
        let emblem = office.or_else(|| office_of_query(visitor));
        let emblem = emblem.and_then(|office| emblem_beside(&visitor.state, office, voice, &site));
        let (tab, admin_tab, wrong) = ("staff", "", Vec::new());
        let member = visitor.member.as_ref().map(|session| session.account.name.clone());
        // As it is now: the session may have begun before one was set.
        let own =
            visitor.member.as_ref().and_then(|session| visitor.state.access.accounts.with_number(session.account.id));
        let has_password = own.is_none_or(|account| account.password.is_some());
        Self {
            voice,
            site,
            emblem,
            help,
            who,
            member,
            has_password,
            alarms,
            is_rehearsal,
            takes_requests,
            tab,
            admin_tab,
            wrong,
            words,
            csrf,
            here,
        }
    }

    /// Around a page that stands before there is an office, an account or a database.
    #[must_use]
    pub fn before_all(voice: Voice) -> Self {
        Self {
            voice,
            site: voice.say("first-start-site"),
            emblem: None,
            help: Vec::new(),
            who: None,
            member: None,
            has_password: false,
            alarms: Vec::new(),
            is_rehearsal: false,
            takes_requests: false,
            tab: "",
            admin_tab: "",
            wrong: Vec::new(),
            words: voice.into(),
            csrf: String::new(),
            here: Page::Front.to_string(),
        }
    }

    /// The page lives elsewhere: the switch of languages leads there.
    pub fn at(mut self, here: impl Into<String>) -> Self {
        self.here = here.into();
        self
    }

    /// Nobody is signed in any more, from this page on.
    pub fn signed_out(mut self) -> Self {
        (self.member, self.who) = (None, None);
        self
    }

    /// The page is about this office, which its address does not say.
    pub fn of_office(mut self, state: &Pages, office: &OfficeHandle) -> Self {
        self.emblem = emblem_beside(state, office, self.voice, &self.site);
        self
    }

    /// One of the administrator's pages.
    pub fn admin(mut self, tab: &'static str) -> Self {
        self.tab = "admin";
        self.admin_tab = tab;
        self
    }

    /// One of staff's pages.
    pub fn staff(mut self, tab: &'static str) -> Self {
        self.tab = tab;
        self
    }

    /// Whether a citizen is signed in, and nobody of staff.
    pub const fn is_of_citizen(&self) -> bool {
        self.member.is_some() && self.who.is_none()
    }

    /// The page refuses what was typed into these fields.
    pub fn marking<T: Into<String>>(mut self, ids: impl IntoIterator<Item = T>) -> Self {
        self.wrong.extend(ids.into_iter().map(Into::into));
        self
    }

    /// The attributes of a field with this id: what describes it, and, where it is wrong, that it is, with the sentence at
    /// the head of the page among what describes it. Ids are of our own making: nothing in them needs escaping.
    pub fn mark(&self, id: &str, hints: &str) -> String {
        let is_wrong = self.is_wrong(id);
        let described: Vec<&str> =
            [hints, if is_wrong { "refusal" } else { "" }].into_iter().filter(|id| !id.is_empty()).collect();
        let invalid = if is_wrong { " aria-invalid=\"true\"" } else { "" };
        match described.as_slice() {
            [] => String::new(),
            ids => format!("{invalid} aria-describedby=\"{}\"", ids.join(" ")),
        }
    }

    /// The same of a list from which one has to choose: a browser calls one that nobody has touched wrong, unless it is told.
    pub fn mark_choice(&self, id: &str, hints: &str) -> String {
        let untouched = if self.is_wrong(id) { "" } else { " aria-invalid=\"false\"" };
        format!("{untouched}{}", self.mark(id, hints))
    }

    /// The same of a field that stands in several forms of a page, each with its own name behind the id.
    pub fn mark_in(&self, id: &str, form: &str) -> String {
        self.mark(&format!("{id}-{form}"), "")
    }

    /// Whether the page refuses what was typed into a field that stands in several forms, in this one.
    pub fn is_wrong_in(&self, id: &str, form: &str) -> bool {
        self.is_wrong(&format!("{id}-{form}"))
    }

    /// Whether the page refuses what was typed into this field.
    pub fn is_wrong(&self, id: &str) -> bool {
        self.wrong.iter().any(|wrong| wrong == id)
    }

    /// See [`Voice::tag`].
    pub fn tag(&self) -> &'static str {
        self.voice.tag()
    }

    /// See [`Voice::say`].
    pub fn say(&self, id: &str) -> String {
        self.words.say(id)
    }

    /// See [`Voice::text`].
    pub fn text(&self, id: &str, name: &'static str, value: &str) -> String {
        self.words.text(id, name, value)
    }

    /// See [`Voice::count`].
    pub fn count(&self, id: &str, count: &u16) -> String {
        self.words.count(id, *count)
    }

    /// The style sheets.
    pub fn sheets(&self) -> &'static [String] {
        assets::sheets()
    }

    /// The faces that are wanted at once.
    pub fn fonts(&self) -> &'static [String] {
        assets::faces()
    }

    /// The address of one of our files.
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The hidden fields that show that a form is ours, and which it is: the same form sent twice is answered once. Their
    /// values are base64 and a number, so nothing in them needs escaping.
    pub fn csrf_field(&self) -> String {
        let press = draw_id().simple();
        format!(
            "<input type=\"hidden\" name=\"csrf\" value=\"{}\"><input type=\"hidden\" name=\"press\" value=\"{press}\">",
            self.csrf
        )
    }

    /// Where the page lives.
    pub fn here(&self) -> &str {
        &self.here
    }

    /// The switch of languages, Greek first.
    pub fn languages(&self) -> Vec<LanguageChoice> {
        let joint = if self.here.contains('?') { '&' } else { '?' };
        let choice = |language: Language| LanguageChoice {
            tag: language.tag(),
            name: text::say(language, "language-name"),
            href: format!("{}{joint}lang={}", self.here, language.tag()),
            current: language == self.voice.0,
        };
        text::languages().map(choice).collect()
    }

    /// The administrator's pages.
    pub fn admin_tabs(&self) -> Vec<Tab> {
        let tabs = [
            (Page::Admin, "admin-health"),
            (Page::AdminDevices, "admin-devices"),
            (Page::AdminClerks, "admin-clerks"),
            (Page::AdminLevels, "admin-levels"),
            (Page::AdminAgents, "admin-agents"),
            (Page::AdminOffice, "admin-office"),
            (Page::AdminTexts, "admin-texts"),
            (Page::AdminOutbox, "admin-outbox"),
            (Page::AdminPeople, "admin-people"),
            (Page::AdminLooks, "admin-looks"),
            (Page::AdminAudit, "admin-audit"),
            (Page::AdminJournal, "admin-journal"),
        ];
        let tab = |(page, id): (Page<'_>, &str)| Tab {
            href: page.to_string(),
            name: self.say(id),
            current: id == self.admin_tab,
        };
        tabs.into_iter().map(tab).collect()
    }
}

/// What is wrong with the house itself, for who is signed in.
fn house_alarms(visitor: &Visitor, dates: Dates) -> Vec<String> {
    let Some(session) = &visitor.session else { return Vec::new() };
    let (state, voice) = (&visitor.state, visitor.voice);
    let said = |alarm: HouseAlarm| match alarm {
        HouseAlarm::CertificateEnds(at) => Some(voice.text("alarm-certificate", "at", &dates.day_and_time(at))),
        HouseAlarm::LevelsUnreadable => Some(voice.say("alarm-levels-unreadable").to_string()),
        HouseAlarm::JournalBroken(None) => {
            let body = voice.of_text(&state.body.name);
            Some(voice.text("alarm-journal-broken", "office", &body))
        }
        HouseAlarm::JournalBroken(Some(row)) => {
            let office = state.offices.iter().find(|office| office.row == row && session.works_in(office))?;
            let name = office.config(|config| voice.of_text(&config.name));
            Some(voice.text("alarm-journal-broken", "office", &name.unwrap_or_else(|| office.key.to_string())))
        }
    };
    let moved = state.offices.iter().filter(|office| session.is_admin() && session.works_in(office));
    let moved = moved.filter_map(|office| office.config(|config| holiday_moves(config, visitor))?);
    state.access.alarms.all().into_iter().filter_map(said).chain(moved).collect()
}

/// A holiday that is kept on another day, which the office has to close.
fn holiday_moves(config: &OfficeConfig, visitor: &Visitor) -> Option<String> {
    let moved = calendar::holiday_to_move(config, visitor.state.clock.now())?;
    let dates = Dates { voice: visitor.voice, zone: config.zone, now: visitor.state.clock.now() };
    let values = [
        ("from", dates.date_and_year(moved.from).into()),
        ("to", dates.the_date_and_year(moved.to).into()),
        ("office", visitor.voice.of_text(&config.name).into()),
    ];
    Some(visitor.voice.say_with("alarm-holiday-moves", values))
}

/// An office's emblem beside the name of the site. Where that is the name of several, the emblem says whose page it is.
fn emblem_beside(state: &Pages, office: &OfficeHandle, voice: Voice, site: &str) -> Option<PageEmblem> {
    let name = office.config(|config| voice.of_text(&config.name)).filter(|name| name != site);
    PageEmblem::of(state, office).map(|emblem| PageEmblem { alt: name.unwrap_or_default(), ..emblem })
}

/// The office that a page's question names: where a booking begins, the service is chosen with it.
fn office_of_query(visitor: &Visitor) -> Option<&Arc<OfficeHandle>> {
    let (path, query) = visitor.here.split_once('?')?;
    let key = query.split('&').find_map(|pair| pair.strip_prefix("office=")).filter(|_| Route::Book.covers(path));
    visitor.state.offices.get(key?)
}

/// Whose words a page is in: those of the office that it is about, or of the only one (FLD-21).
fn office_of_page(visitor: &Visitor) -> Option<&Arc<OfficeHandle>> {
    let of = |route: Route| route.named("office", &visitor.here);
    // The key stands in the link before the booking's number and the proof.
    let in_link = || Route::Booking.named("link", &visitor.here)?.rsplitn(3, '.').nth(2);
    let key = of(Route::PublishedOffice).or_else(|| of(Route::Times)).or_else(in_link);
    let named = key.and_then(|key| visitor.state.offices.get(key));
    let mut all = visitor.state.offices.iter();
    named.or_else(|| all.next().filter(|_| all.next().is_none()))
}

/// A page as an answer.
pub fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page cannot be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A page that is as it should be.
pub fn ok(template: &impl Template) -> Response {
    page(StatusCode::OK, template)
}

impl Visitor {
    /// What every page of a citizen shows around its own part.
    pub fn frame(&self) -> Frame {
        Frame::new(self)
    }
}
