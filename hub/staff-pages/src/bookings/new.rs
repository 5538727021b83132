//! Staff book for a caller (FLD-14): the service and how, a free time of the whole capacity, details, and it is booked.
//! What is said of the caller stands in forms alone, never in a link.

use paths::Page;
use std::collections::BTreeMap;

use acts::{
    Fault,
    book_for_caller::{self, CallerWish},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use office::{
    Audience, BookingNeed, Channel, CivilInstant, OfficeConfig, OnlineRules, Requirement, Service, ServiceId, slots,
};
use people::{DetailFaults, DetailForm, DetailRules, Particulars};
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    calendar::{CalendarQuery, FreeCalendar, Month, by_day},
    extract::{PagePath, PageQuery},
    fields::{Field, Painter},
    form::OwnForm,
    frame::{Frame, page},
    houses::{channel, service_of},
    how::{How, HowQuery, HowStep},
    problem::{self, marks, of_field, status_of},
    signed::StaffVisitor,
    suspended::{SuspensionBox, SuspensionReader},
};
use text::{Voice, both, languages, say, spoken};
use wire::ProblemCode;
use writer::{OfficeGuard, OfficeHandle};

use super::{known::page_of, news::BookingNews};

#[derive(Template)]
#[template(path = "staff/book.html")]
struct CallerTimesPage {
    f: Frame,
    back: String,
    refusal: Option<String>,
    office: String,
    base: String,
    services: Vec<SelectRow>,
    channels: Vec<SelectRow>,
    persons: String,
    cases: String,
    chosen: bool,
    how: String,
    month: Option<Month>,
    action: String,
    hidden: Vec<(&'static str, String)>,
    suspended: Option<SuspensionBox>,
}

/// What can be chosen in a field.
struct SelectRow {
    value: String,
    name: String,
    chosen: bool,
}

/// What the page was asked with.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct CallerQuery {
    #[serde(default)]
    service: String,
    #[serde(flatten)]
    how: HowQuery,
    #[serde(flatten)]
    looked: CalendarQuery,
}

/// A service of an office, and how it is to be had.
struct ServiceChoice<'a> {
    id: ServiceId,
    service: &'a Service,
    how: How,
}

impl ServiceChoice<'_> {
    /// The page with its times.
    fn times(&self, office: &str) -> String {
        Page::NewBooking { office }.asking(format_args!("service={}&{}", self.service.key, self.how.query()))
    }
}

/// What was picked. Where nobody said how or for how many, it is one person in the first way that there is.
///
/// # Errors
/// What was said and cannot be, with the field that says it.
fn picked<'a>(config: &'a OfficeConfig, query: &CallerQuery) -> Result<ServiceChoice<'a>, Fault> {
    let of = |id: &str, code: ProblemCode| Fault { place: Some(id.to_owned()), ..code.into() };
    let found = service_of(config, &query.service).and_then(|id| Some((id, config.services.get(&id)?)));
    let (id, service) = found.ok_or_else(|| of("service", ProblemCode::UnknownService))?;
    if let Some((field, words)) = query.how.wrong_count() {
        return Err(of_field(field, words));
    }
    let how = match How::of(service, &query.how) {
        HowStep::Said(how) => Some(how),
        HowStep::Open => How::plain(service),
        HowStep::Wrong if query.how.is_offered(service) => {
            return Err(of_field("persons", both(|voice| voice.say("counts-too-long"))));
        }
        HowStep::Wrong => {
            let ways =
                |voice: Voice| service.channels.iter().map(|one| channel(*one, voice)).collect::<Vec<_>>().join(", ");
            return Err(of_field("channel", both(|voice| voice.with("channel-not-offered", "ways", ways(voice)))));
        }
    };
    let how = how.ok_or_else(|| of("service", ProblemCode::UnknownService))?;
    Ok(ServiceChoice { id, service, how })
}

/// Every time that staff can have.
fn free(office: &OfficeGuard<'_>, picked: &ServiceChoice<'_>, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let zone = office.config.as_ref().map_or(chrono_tz::Europe::Athens, |config| config.zone);
    let How { channel, persons, cases } = picked.how;
    let query = slots::Query {
        service: picked.id,
        channel,
        audience: Audience::Internal,
        persons,
        cases,
        from: now.with_timezone(&zone).date_naive(),
        days: picked.service.horizon_days.saturating_add(1),
    };
    office.free(&query, now).into_iter().map(|slot| slot.start).collect()
}

/// Asks for the service, and shows what is free.
pub async fn get(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    PageQuery(query): PageQuery<CallerQuery>,
) -> Result<Response, Fault> {
    times(&signed, signed.office(&key)?, &query)
}

/// The services, and the times of the one that was picked; what was picked and cannot be is said, and stays as it was typed.
fn times(signed: &StaffVisitor, handle: &OfficeHandle, query: &CallerQuery) -> Result<Response, Fault> {
    let visitor = &signed.visitor;
    let (voice, now) = (visitor.voice, visitor.state.clock.now());
    let office = handle.read();
    let config = office.config.as_ref().ok_or(ProblemCode::Unavailable)?;
    let base = Page::NewBooking { office: &config.key }.to_string();
    let (picked, fault) = match picked(config, query) {
        Ok(picked) => (Some(picked), query.looked.fault()),
        // Nothing is picked yet.
        Err(_) if query.service.is_empty() && query.how.wrong_count().is_none() => (None, None),
        Err(fault) => (None, Some(fault)),
    };
    let [persons, cases] = query.how.counts_typed();
    let zone = config.zone;
    let mut suspended = None;
    let (mut month, mut how_said, mut hidden, mut href) = (None, String::new(), Vec::new(), base.clone());
    if let Some(picked) = &picked {
        href = picked.times(&config.key);
        let calendar = FreeCalendar {
            free: by_day(free(&office, picked, now).into_iter(), zone),
            today: now.with_timezone(&zone).date_naive(),
            zone,
            href: format!("{href}&"),
            voice,
            own: BTreeMap::new(),
        };
        let reader = SuspensionReader { office: &office, config, now, voice };
        suspended = reader.of_staff(picked.id);
        month = calendar.month(query.looked);
        how_said = picked.how.said(picked.service, voice);
        hidden = picked.how.hidden();
        hidden.push(("service", picked.service.key.clone()));
    }
    let bookable = config.services.values().filter(|service| service.booking != BookingNeed::NotOffered);
    let services = bookable.map(|service| SelectRow {
        value: service.key.clone(),
        name: voice.of_text(&service.name),
        chosen: service.key == query.service,
    });
    let channel = match &picked {
        Some(picked) => Some(picked.how.channel),
        None => query.how.channel(),
    };
    let here = month.as_ref().map_or(href, |month| month.here.clone());
    let marked = fault.as_ref().map(marks).unwrap_or_default();
    Ok(page(
        fault.as_ref().map_or(StatusCode::OK, |_| StatusCode::UNPROCESSABLE_ENTITY),
        &CallerTimesPage {
            back: Page::AnyDay.to_string(),
            f: visitor.frame().at(here).staff("bookings").marking(marked),
            refusal: fault.map(|fault| problem::sentence(visitor, &fault)),
            office: voice.of_text(&config.name),
            services: services.collect(),
            channels: channels(config, channel, voice),
            persons,
            cases,
            chosen: picked.is_some(),
            how: how_said,
            month,
            action: Page::NewBookingDetails { office: &config.key }.to_string(),
            hidden,
            base,
            suspended,
        },
    ))
}

/// The ways in which the office serves at all.
fn channels(config: &OfficeConfig, chosen: Option<Channel>, voice: Voice) -> Vec<SelectRow> {
    let all = [
        (Channel::InPerson, "in-person"),
        (Channel::Telephone, "telephone"),
        (Channel::Teleconference, "teleconference"),
    ];
    let offered = |one: Channel| config.services.values().any(|service| service.channels.contains(&one));
    let choice = |(one, name): (Channel, &str)| SelectRow {
        value: name.to_owned(),
        name: channel(one, voice),
        chosen: chosen == Some(one),
    };
    all.into_iter().filter(|(one, _)| offered(*one)).map(choice).collect()
}

#[derive(Template)]
#[template(path = "staff/book_details.html")]
struct CallerDetailsPage {
    f: Frame,
    refusal: Option<String>,
    wrong: Vec<(String, String)>,
    back: String,
    action: String,
    service: String,
    how: String,
    starts: Vec<SelectRow>,
    hidden: Vec<(&'static str, String)>,
    fields: Vec<Field>,
    languages: Vec<(&'static str, String, bool)>,
    needs: Vec<(&'static str, String, bool)>,
    end_of_day: bool,
    command: String,
}

/// The form, as it was typed.
pub type CallerForm = BTreeMap<String, String>;

/// Out of a form: the service, and how.
fn query_of(fields: &CallerForm) -> CallerQuery {
    let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
    CallerQuery {
        service: text("service"),
        how: HowQuery::new(text("channel"), text("persons"), text("cases")),
        looked: CalendarQuery::default(),
    }
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath(key): PagePath<String>) -> Redirect {
    Redirect::to(&Page::NewBooking { office: &key }.to_string())
}

/// Asks for the details, with the time that was chosen.
pub async fn details(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    OwnForm { visitor: _, fields }: OwnForm<CallerForm>,
) -> Result<Response, Fault> {
    form(&signed, signed.office(&key)?, &fields, &DetailFaults::new(), None)
}

fn form(
    signed: &StaffVisitor,
    handle: &OfficeHandle,
    fields: &CallerForm,
    faults: &DetailFaults,
    fault: Option<&Fault>,
) -> Result<Response, Fault> {
    let visitor = &signed.visitor;
    let (voice, now) = (visitor.voice, visitor.state.clock.now());
    let (typed, query) = (&DetailForm::new(fields.clone()), query_of(fields));
    let office = handle.read();
    let config = office.config.as_ref().ok_or(ProblemCode::Unavailable)?;
    let Ok(picked) = picked(config, &query) else {
        drop(office);
        return times(signed, handle, &query);
    };
    let painter = Painter { typed, faults, voice: visitor.state.texts.voice(handle.row, voice) };
    let needs = ["need-sign-language", "need-other-language", "need-escort", "need-more-time"];
    let needs = needs.map(|field| (field, voice.say(&format!("{field}-label")), typed.is_ticked(field)));
    let mut hidden = picked.how.hidden();
    hidden.push(("service", picked.service.key.clone()));
    let status = match fault {
        Some(fault) => status_of(fault.code),
        None if faults.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shown = CallerDetailsPage {
        f: visitor.frame().at(Page::NewBooking { office: &config.key }.to_string()).staff("bookings"),
        refusal: fault.map(|fault| problem::sentence(visitor, fault)),
        wrong: faults.clone(),
        back: picked.times(&config.key),
        action: Page::NewBookingBook { office: &config.key }.to_string(),
        service: voice.of_text(&picked.service.name),
        how: picked.how.said(picked.service, voice),
        starts: starts(&office, &picked, typed.text("start"), now, voice),
        hidden,
        fields: own_fields(&painter, &picked),
        languages: languages().map(|one| (one.tag(), say(one, "language-name"), one == written_to_in(typed))).collect(),
        needs: needs.into(),
        end_of_day: typed.text("if-late") == "end-of-day",
        command: draw_id().to_string(),
    };
    Ok(page(status, &shown))
}

/// The language that the person is to be written to in.
fn written_to_in(typed: &DetailForm) -> wire::Language {
    spoken(typed.text("language")).unwrap_or_default()
}

/// The times of the chosen day and the next ones: should the chosen one be gone, another is at hand.
fn starts(
    office: &OfficeGuard<'_>,
    picked: &ServiceChoice<'_>,
    chosen: &str,
    now: DateTime<Utc>,
    voice: Voice,
) -> Vec<SelectRow> {
    const LISTED: usize = 40;
    let zone = office.config.as_ref().map_or(chrono_tz::Europe::Athens, |config| config.zone);
    let dates = text::Dates { voice, zone, now };
    let chosen = chosen.parse::<CivilInstant>().ok().map(CivilInstant::utc);
    let day = chosen.map(|start| start.with_timezone(&zone).date_naive());
    let ahead = free(office, picked, now).into_iter();
    let ahead = ahead.skip_while(|start| day.is_some_and(|day| start.with_timezone(&zone).date_naive() < day));
    let choice = |start: DateTime<Utc>| SelectRow {
        value: start.to_rfc3339(),
        name: dates.day_and_time(start),
        chosen: Some(start) == chosen,
    };
    ahead.take(LISTED).map(choice).collect()
}

/// What is asked of a caller: less than online, since somebody is there who can ask back.
fn own_fields(painter: &Painter<'_>, picked: &ServiceChoice<'_>) -> Vec<Field> {
    let is_called = picked.how.channel == Channel::Telephone;
    let labels = vec![("", painter.voice.say("name-label"))];
    let mut fields = vec![
        Field { labels, hint: None, ..painter.field("name", "name", true) },
        Field { kind: "tel", narrow: true, ..painter.field("phone", "phone", is_called) },
        Field {
            kind: "email",
            hint: Some(painter.voice.say("caller-email-hint")),
            ..painter.field("email", "email", false)
        },
    ];
    fields.extend(picked.service.fields.iter().map(|field| painter.extra(field)));
    fields
}

/// What a caller must say.
fn asked_of_callers() -> OnlineRules {
    OnlineRules {
        phone: Requirement::Optional,
        postal_address: Requirement::No,
        identity: Requirement::No,
        ..OnlineRules::default()
    }
}

/// What was typed, if it is right: the details, and where mail goes.
fn checked(
    typed: &DetailForm,
    picked: &ServiceChoice<'_>,
    voice: Voice,
) -> Result<(Particulars, Option<String>), DetailFaults> {
    let online = asked_of_callers();
    let form = DetailRules { service: picked.service, channel: picked.how.channel, online: &online, voice };
    let (email, wrong) = match people::address(typed.text("email")) {
        Ok(email) => (Some(email.to_lowercase()), None),
        Err(_) if typed.text("email").trim().is_empty() => (None, None),
        Err(flaw) => (None, Some(("email".to_owned(), voice.say(flaw.sentence())))),
    };
    match (typed.checked(form), wrong) {
        (Ok(right), None) => Ok((right, email)),
        (Ok(_), Some(wrong)) => Err(vec![wrong]),
        (Err(mut faults), wrong) => {
            faults.extend(wrong);
            Err(faults)
        }
    }
}

/// Makes the booking of a caller, from the form with their details.
pub async fn book(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<CallerForm>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    let (typed, query) = (DetailForm::new(fields.clone()), query_of(&fields));
    let config = handle.config(Clone::clone).ok_or(ProblemCode::Unavailable)?;
    let Ok(picked) = picked(&config, &query) else { return times(&signed, handle, &query) };
    let (right, email) = match checked(&typed, &picked, visitor.voice) {
        Ok(right) => right,
        Err(faults) => return form(&signed, handle, &fields, &faults, None),
    };
    let Ok(start) = typed.text("start").parse::<CivilInstant>() else {
        return form(&signed, handle, &fields, &DetailFaults::new(), Some(&ProblemCode::SlotNotOffered.into()));
    };
    let How { channel, persons, cases } = picked.how;
    let Particulars { details, needs, if_late } = right;
    let wish = CallerWish {
        service: picked.service.key.clone(),
        channel,
        start,
        persons,
        cases,
        details,
        email,
        language: written_to_in(&typed),
        needs,
        if_late,
    };
    let command = fields.get("command").map(String::as_str).unwrap_or_default();
    match book_for_caller::run(signed.turn(handle, command), wish).await {
        Ok(booking) => {
            let shown = page_of(&key, &booking.reference).asking(BookingNews::New.query());
            Ok(Redirect::to(&shown).into_response())
        }
        Err(fault) => form(&signed, handle, &fields, &DetailFaults::new(), Some(&fault)),
    }
}
