//! Day and time: a month that shows only what can really be had, or the next free times as a list (OMB-08).

use paths::Page;
use std::{collections::BTreeMap, sync::Arc};

use acts::{
    Fault, Turn,
    hold::{self, EarlierHold, HoldWish},
    levels::ServiceGate,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::Admission;
use chrono::{DateTime, Utc};
use office::{
    Audience, BookingId, BookingLife, BookingNeed, Channel, CivilDate, CivilInstant, Office, OfficeConfig, Promise,
    Service, ServiceId, TimeWish, calendar, slots,
};
use serde::Deserialize;
use stationery::{
    calendar::{CalendarQuery, FreeCalendar, Month, OwnTime, Time, by_day},
    day_rows::DayRows,
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    houses::{service_link, service_of},
    how::{self, How, HowQuery, HowStep},
    problem::{self, status_of},
    suspended::{SuspensionBox, SuspensionReader},
    visitor::{Visitor, link_limit},
};
use store::Actor;
use text::{Dates, Voice};
use uuid::Uuid;
use wire::ProblemCode;
use writer::OfficeHandle;

use super::proven::ProvenVisitor;

/// Times of a list.
const LISTED: usize = 20;

#[derive(Template)]
#[template(path = "book/times.html")]
struct TimesPage {
    f: Frame,
    refusal: Option<String>,
    back: String,
    service: String,
    office: String,
    how: String,
    change_how: Option<String>,
    /// Nobody comes to the office.
    remote: bool,
    as_list: bool,
    href_month: String,
    href_list: String,
    offices: Vec<OfficeTab>,
    month: Option<Month>,
    columns: Vec<OfficeColumn>,
    action: String,
    hidden: Vec<(&'static str, String)>,
    /// What is kept for this address already, whatever for.
    kept: Vec<KeptTime>,
    /// The service is suspended.
    suspended: Option<SuspensionBox>,
}

/// A time that is kept for who looks, for whatever service.
struct KeptTime {
    what: String,
    own: OwnTime,
}

/// An office that has the service too.
struct OfficeTab {
    name: String,
    href: String,
    next: String,
    current: bool,
}

/// The next free times of one office.
struct OfficeColumn {
    office: String,
    address: String,
    action: String,
    days: Vec<DayRows<Time>>,
    /// That the service is suspended there; empty where it is not.
    suspended: String,
}

/// What the page was asked with.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct TimesQuery {
    #[serde(flatten)]
    how: HowQuery,
    #[serde(flatten)]
    looked: CalendarQuery,
    #[serde(default)]
    view: String,
    /// The kept time that this one is to replace.
    #[serde(default)]
    again: String,
    /// It has lapsed.
    #[serde(default)]
    lapsed: String,
    /// An agent had prepared it, and may have taken it back.
    #[serde(default)]
    entrusted: String,
    /// The request that the visit is for, by its opaque name (PLA-03).
    #[serde(default)]
    request: String,
}

impl TimesQuery {
    /// The request that the visit is for; what is none is asked for by nobody.
    fn request(&self) -> Option<Uuid> {
        Uuid::try_parse(&self.request).ok()
    }

    /// The kept time that this one is to replace; in this office unless it says another.
    fn before(&self, key: &str) -> Option<EarlierHold> {
        let (office, booking) = self.again.rsplit_once('.').unwrap_or((key, &self.again));
        let is_key = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.');
        let booking = booking.parse::<u64>().ok().filter(|booking| *booking > 0)?;
        office.bytes().all(is_key).then(|| EarlierHold { office: office.to_owned(), booking: BookingId(booking) })
    }
}

/// Shows what is free.
pub async fn get(
    proven: ProvenVisitor,
    PagePath((office, service)): PagePath<(String, String)>,
    PageQuery(wish): PageQuery<TimesQuery>,
) -> Result<Response, Fault> {
    // What is missing, and the next step, stand on the page of the service.
    let handle = proven.visitor.state.office(&office)?;
    let id = handle.config(|config| service_of(config, &service)).flatten();
    if let (Some(id), gate) = (id, gate(&proven).await?)
        && matches!(gate.admission(handle, id), Some(Admission::Barred { .. }))
    {
        return Ok(Redirect::to(&service_link(&office, id)).into_response());
    }
    let sentence = if wish.entrusted.is_empty() { "hold-lapsed" } else { "hold-entrusted-over" };
    let lapsed = (!wish.lapsed.is_empty()).then(|| proven.visitor.voice.say(sentence));
    let unread = wish.looked.fault();
    let unread = unread.map(|fault| (status_of(fault.code), problem::sentence(&proven.visitor, &fault)));
    show(&proven, &office, &service, &wish, unread.or(lapsed.map(|sentence| (StatusCode::OK, sentence))))
}

/// What the button of a time sends.
#[derive(Debug, Deserialize)]
pub struct TimesForm {
    #[serde(default)]
    start: String,
    #[serde(flatten)]
    wish: TimesQuery,
}

/// Keeps the time for a while.
pub async fn post(
    proven: ProvenVisitor,
    PagePath((office, service)): PagePath<(String, String)>,
    OwnForm { visitor, fields: form }: OwnForm<TimesForm>,
) -> Result<Response, Fault> {
    let again = |start: Option<DateTime<Utc>>, fault: &Fault| {
        let zone = visitor.state.office(&office).ok().and_then(|office| office.config(|config| config.zone));
        let day = start.zip(zone).and_then(|(start, zone)| CivilDate::new(calendar::local_date(zone, start)));
        let looked = CalendarQuery::or_day_of(day, form.wish.looked);
        let wish = TimesQuery { looked, ..form.wish.clone() };
        let refusal = (status_of(fault.code), problem::sentence(&visitor, fault));
        show(&proven, &office, &service, &wish, Some(refusal))
    };
    let Ok(start) = form.start.parse::<CivilInstant>().map(CivilInstant::utc) else {
        return again(None, &ProblemCode::SlotNotOffered.into());
    };
    match hold(&proven, &office, &service, start, &form.wish).await {
        Ok(booking) => Ok(Redirect::to(&Page::Hold { office: &office, booking }.to_string()).into_response()),
        Err(fault) => again(Some(start), &fault),
    }
}

/// The gate before a service: an agent is not the person, and passes where nothing is asked.
async fn gate(proven: &ProvenVisitor) -> Result<ServiceGate<'_>, Fault> {
    let visitor = &proven.visitor;
    let asker = if proven.agent.is_some() { None } else { Some(visitor.asker().await?) };
    Ok(ServiceGate { body: &visitor.state.levels, asker })
}

/// Holds a time for this address.
async fn hold(
    proven: &ProvenVisitor,
    key: &str,
    service: &str,
    start: DateTime<Utc>,
    wish: &TimesQuery,
) -> Result<BookingId, Fault> {
    let state = &proven.visitor.state;
    let handle = state.office(key)?;
    let (service, how) = handle
        .config(|config| {
            let id = service_of(config, service)?;
            let service = config.services.get(&id)?;
            let how = match How::of(service, &wish.how) {
                HowStep::Said(how) => how,
                HowStep::Open => How::plain(service)?,
                HowStep::Wrong => return None,
            };
            Some((id, how))
        })
        .flatten()
        .ok_or(ProblemCode::UnknownService)?;
    let (owner, audience) = (proven.address, proven.audience(handle)?);
    let How { channel, persons, cases } = how;
    let wanted = TimeWish { service, channel, start, persons, cases, audience };
    let before = wish.before(key);
    let account = proven.visitor.member.as_ref().filter(|_| proven.agent.is_none()).map(|session| session.account.id);
    let turn = Turn { writer: &state.writer, office: handle, actor: Actor::Citizen, id: None };
    let held = hold::run(
        turn,
        link_limit(&proven.visitor),
        (&state.offices, gate(proven).await?),
        HoldWish { wanted, owner, instead_of: before.clone(), account, request: wish.request() },
    )
    .await?;
    // What was typed goes along, to another office too.
    let typed = before.and_then(|EarlierHold { office, booking }| state.drafts.take(&(owner, office, booking)));
    if let Some(typed) = typed {
        state.drafts.keep((owner, key.to_owned(), held.booking), typed);
    }
    Ok(held.booking)
}

/// What the public can have of a service, from today on.
fn query(
    config: &OfficeConfig,
    (id, service): (ServiceId, &Service),
    how: How,
    audience: Audience,
    now: DateTime<Utc>,
) -> slots::Query {
    slots::Query {
        service: id,
        channel: how.channel,
        audience,
        persons: how.persons,
        cases: how.cases,
        from: now.with_timezone(&config.zone).date_naive(),
        days: service.horizon_days.saturating_add(1),
    }
}

/// The question about free times that a page asks, if all that it needs was said.
fn asked(
    office: &Office,
    service_key: &str,
    wish: &TimesQuery,
    audience: Audience,
    now: DateTime<Utc>,
) -> Option<slots::Query> {
    let config = office.config.as_ref()?;
    let id = service_of(config, service_key)?;
    let service = config.services.get(&id)?;
    match How::of(service, &wish.how) {
        HowStep::Said(how) => Some(query(config, (id, service), how, audience, now)),
        HowStep::Open | HowStep::Wrong => None,
    }
}

fn show(
    proven: &ProvenVisitor,
    key: &str,
    service_key: &str,
    wish: &TimesQuery,
    said: Option<(StatusCode, String)>,
) -> Result<Response, Fault> {
    let visitor = &proven.visitor;
    let state = &visitor.state;
    let handle = state.office(key)?;
    let audience = proven.audience(handle)?;
    let now = state.clock.now();
    let asked = asked(&handle.read(), service_key, wish, audience, now);
    let free = asked.map(|asked| handle.free_times(&asked, now)).unwrap_or_default();
    let config = &handle.config(Clone::clone).ok_or(ProblemCode::Unavailable)?;
    let service = service_of(config, service_key).and_then(|id| config.services.get(&id).map(|service| (id, service)));
    let (id, service) = service.ok_or(ProblemCode::UnknownService)?;
    let path = Page::Times { office: key, service: service_key }.to_string();
    let office_name = visitor.voice.of_text(&config.name);
    let how = match How::of(service, &wish.how) {
        HowStep::Said(how) => how,
        HowStep::Open => return Ok(how::ask(visitor, (path, wish.request()), office_name, service, &wish.how, false)),
        HowStep::Wrong => return Ok(how::ask(visitor, (path, wish.request()), office_name, service, &wish.how, true)),
    };
    let request = wish.request().map(|request| request.to_string());
    let again = wish.before(key).map(|EarlierHold { office, booking }| format!("{office}.{booking}"));
    let kept = again.as_ref().map(|again| format!("&again={again}")).unwrap_or_default();
    let kept = match &request {
        Some(request) => format!("{kept}&request={request}"),
        None => kept,
    };
    let base = format!("{path}?{}{kept}", how.query());
    let as_list = wish.view == "list";
    let (zone, voice) = (config.zone, visitor.voice);
    let wanted = asked.as_ref().map(|asked| (asked.service, asked.channel, asked.persons, asked.cases));
    let (own, kept_times) = own_times(proven, handle, wanted);
    let calendar = FreeCalendar {
        free: by_day(free.into_iter().map(|slot| slot.start).chain(own.keys().copied()), zone),
        today: now.with_timezone(&zone).date_naive(),
        zone,
        href: format!("{base}&"),
        voice,
        own,
    };
    let catalogue = service.catalogue.clone();
    // An agent is one office's, and a result lies at one.
    let catalogue = catalogue.filter(|_| proven.agent.is_none() && request.is_none());
    let reader = (config, now, voice);
    let suspended = suspended(handle, reader, id, !calendar.free.is_empty());
    let siblings = Siblings { visitor, how, now, kept };
    let (offices, mut columns) = siblings.of(catalogue.as_deref(), handle, as_list);
    if as_list {
        let line = suspended_line(handle, reader, id);
        columns.insert(0, column(&calendar, config, voice, path.clone(), line));
    }
    let next = calendar.first();
    let offices = with_itself(offices, &office_name, &base, next, voice);
    let month = if as_list { None } else { calendar.month(wish.looked) };
    let here =
        if as_list { format!("{base}&view=list") } else { month.as_ref().map_or(base.clone(), |m| m.here.clone()) };
    let mut hidden = how.hidden();
    hidden.extend(again.map(|again| ("again", again)));
    hidden.extend(request.clone().map(|request| ("request", request)));
    let (status, refusal) = said.map_or((StatusCode::OK, None), |(status, sentence)| (status, Some(sentence)));
    let leaves_a_choice = How::of(service, &HowQuery::default()) == HowStep::Open;
    let times = TimesPage {
        f: visitor.frame().at(here),
        refusal,
        back: Page::BookService.to_string(),
        service: voice.of_text(&service.name),
        office: office_name,
        how: how.said(service, voice),
        change_how: leaves_a_choice.then(|| match &request {
            Some(request) => format!("{path}?request={request}"),
            None => path.clone(),
        }),
        remote: how.channel != Channel::InPerson,
        as_list,
        href_month: base.clone(),
        href_list: format!("{base}&view=list"),
        offices,
        month,
        columns,
        action: path,
        hidden,
        kept: kept_times,
        suspended,
    };
    Ok(page(status, &times))
}

/// What the times of an office are asked for: the service, the way, and how many.
type Wanted = (ServiceId, Channel, u8, u8);

/// What is kept for this address: what is wanted here, by its time; and all of it, in every office.
fn own_times(
    proven: &ProvenVisitor,
    here: &OfficeHandle,
    wanted: Option<Wanted>,
) -> (BTreeMap<DateTime<Utc>, OwnTime>, Vec<KeptTime>) {
    let (state, voice, now) = (&proven.visitor.state, proven.visitor.voice, proven.visitor.state.clock.now());
    let (mut own, mut kept) = (BTreeMap::new(), Vec::new());
    for handle in state.offices.going() {
        let office = handle.read();
        let Some(config) = office.config.as_ref() else { continue };
        let dates = Dates { voice, zone: config.zone, now };
        for booking in office.holds_of(proven.address, now) {
            let BookingLife::Held { expires_at, .. } = booking.life else { continue };
            let Promise { service, channel, start, persons, cases, .. } = booking.promise;
            let time = OwnTime {
                href: Page::Hold { office: &handle.key, booking: booking.id }.to_string(),
                until: voice.text("time-kept-until", "at", &dates.time(expires_at)),
            };
            if handle.row == here.row && wanted == Some((service, channel, persons, cases)) {
                own.insert(start, time.clone());
            }
            let called = config.services.get(&service).map(|service| voice.of_text(&service.name));
            let what = format!("{}, {}", called.unwrap_or_default(), dates.day_and_time(start));
            kept.push(KeptTime { what, own: time });
        }
    }
    (own, kept)
}

/// Of which office, when, and in which language something is said.
type Reader<'a> = (&'a OfficeConfig, DateTime<Utc>, Voice);

/// The service's suspension, if it is suspended.
fn suspended(
    handle: &OfficeHandle,
    (config, now, voice): Reader<'_>,
    service: ServiceId,
    some_free: bool,
) -> Option<SuspensionBox> {
    let office = &handle.read();
    SuspensionReader { office, config, now, voice }.of_times(service, some_free)
}

/// The same, in one line; empty if it is not suspended.
fn suspended_line(handle: &OfficeHandle, (config, now, voice): Reader<'_>, service: ServiceId) -> String {
    let office = &handle.read();
    SuspensionReader { office, config, now, voice }.line(service).unwrap_or_default()
}

fn column(
    calendar: &FreeCalendar,
    config: &OfficeConfig,
    voice: Voice,
    action: String,
    suspended: String,
) -> OfficeColumn {
    OfficeColumn {
        suspended,
        office: voice.of_text(&config.name),
        address: voice.of_text(&config.address),
        action,
        days: calendar.soonest(LISTED),
    }
}

/// The switch between offices, if there is more than one.
fn with_itself(
    mut others: Vec<OfficeTab>,
    name: &str,
    href: &str,
    next: Option<String>,
    voice: Voice,
) -> Vec<OfficeTab> {
    if others.is_empty() {
        return others;
    }
    let next = next.unwrap_or_else(|| voice.say("next-free-none"));
    others.insert(0, OfficeTab { name: name.to_owned(), href: href.to_owned(), next, current: true });
    others
}

/// The other offices that have the same service: side by side, since who can choose may be served sooner.
struct Siblings<'a> {
    visitor: &'a Visitor,
    how: How,
    now: DateTime<Utc>,
    /// The time that is kept already, for a link.
    kept: String,
}

impl Siblings<'_> {
    fn of(
        &self,
        catalogue: Option<&str>,
        but: &Arc<OfficeHandle>,
        as_list: bool,
    ) -> (Vec<OfficeTab>, Vec<OfficeColumn>) {
        let (mut others, mut columns) = (Vec::new(), Vec::new());
        let Some(catalogue) = catalogue else { return (others, columns) };
        for handle in self.visitor.state.offices.iter().filter(|handle| handle.row != but.row) {
            let Some(config) = &handle.read().config.clone() else { continue };
            let same = config.services.iter().find(|(_, service)| service.catalogue.as_deref() == Some(catalogue));
            let Some((id, service)) = same.filter(|(_, service)| offers(service, self.how.channel)) else { continue };
            let path = Page::Times { office: &config.key, service: &service.key }.to_string();
            let asked = query(config, (*id, service), self.how, Audience::Public, self.now);
            let starts = handle.free_times(&asked, self.now);
            let calendar = FreeCalendar {
                free: by_day(starts.into_iter().map(|slot| slot.start), config.zone),
                today: self.now.with_timezone(&config.zone).date_naive(),
                zone: config.zone,
                href: String::new(),
                voice: self.visitor.voice,
                own: BTreeMap::new(),
            };
            let next = calendar.first();
            others.push(OfficeTab {
                name: self.visitor.voice.of_text(&config.name),
                href: format!("{path}?{}{}", self.how.query(), self.kept),
                next: next.unwrap_or_else(|| self.visitor.voice.say("next-free-none")),
                current: false,
            });
            if as_list {
                let line = suspended_line(handle, (config, self.now, self.visitor.voice), *id);
                columns.push(column(&calendar, config, self.visitor.voice, path, line));
            }
        }
        (others, columns)
    }
}

fn offers(service: &Service, channel: Channel) -> bool {
    service.booking != BookingNeed::NotOffered && service.channels.contains(&channel)
}
