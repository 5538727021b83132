//! Staff book for a caller (FLD-14): the service and how, a free time of the whole capacity, details, and it is booked.
//! What is said of the caller stands in forms alone, never in a link.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use office::{
    Asked, Audience, BookingEvent, BookingNeed, Channel, Command, EventKind, Language, OfficeConfig, OnlineRules,
    Party, PersonId, Reference, Refusal, Service, ServiceId, Wanted, slots,
};
use serde::Deserialize;
use wire::ProblemCode;

use super::known::submit;
use crate::{
    api::{Fault, status},
    codes::{draw_id, draw_reference},
    mail::is_address,
    offices::{OfficeHandle, Reading},
    pages::{
        book::{
            calendar::{Calendar, Looked, Month, by_day},
            fields::{Field, Painter},
            how::{self, Answer, How},
            times::service_of,
            typed::{Faults, Form, Right, Typed},
        },
        form::Sent,
        frame::{Frame, page},
        houses::channel,
        problem,
        staff::signed::Signed,
    },
    store::{Entered, Person},
    text::{Voice, languages, say, spoken},
    writer::{Decided, Workbench},
};

/// A drawn reference is hardly ever taken; so often is another drawn.
const DRAWS_MAX: u8 = 4;

#[derive(Template)]
#[template(path = "staff/book.html")]
struct TimesPage {
    f: Frame,
    refusal: Option<String>,
    office: String,
    base: String,
    services: Vec<Choice>,
    channels: Vec<Choice>,
    persons: String,
    cases: String,
    chosen: bool,
    how: String,
    month: Option<Month>,
    action: String,
    hidden: Vec<(&'static str, String)>,
}

struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Wish {
    #[serde(default)]
    service: String,
    #[serde(flatten)]
    how: how::Asked,
    #[serde(flatten)]
    looked: Looked,
}

/// A service of an office, and how it is to be had.
struct Picked<'a> {
    id: ServiceId,
    service: &'a Service,
    how: How,
}

/// What was picked, if it can be.
fn picked<'a>(config: &'a OfficeConfig, key: &str, asked: &how::Asked) -> Option<Picked<'a>> {
    let id = service_of(config, key)?;
    let service = config.services.get(&id)?;
    let how = match How::of(service, asked) {
        Answer::Said(how) => how,
        Answer::Open | Answer::Wrong => How::plain(service)?,
    };
    Some(Picked { id, service, how })
}

/// Every time that staff can have.
fn free(office: &Reading<'_>, picked: &Picked<'_>, now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
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
pub async fn get(signed: Signed, Path(key): Path<String>, Query(wish): Query<Wish>) -> Response {
    match signed.office(&key) {
        Ok(handle) => times(&signed, handle, &wish, None),
        Err(response) => response,
    }
}

fn times(signed: &Signed, handle: &OfficeHandle, wish: &Wish, fault: Option<&Fault>) -> Response {
    let visitor = &signed.visitor;
    let (voice, now) = (visitor.voice, visitor.state.clock.now());
    let office = handle.read();
    let Some(config) = &office.config else { return problem::page_of(visitor, ProblemCode::Unavailable) };
    let base = format!("/staff/{}/bookings/new", config.key);
    let picked = picked(config, &wish.service, &wish.how);
    let zone = config.zone;
    let (mut month, mut how_said, mut hidden, mut href) = (None, String::new(), Vec::new(), base.clone());
    if let Some(picked) = &picked {
        href = format!("{base}?service={}&{}", picked.service.key, picked.how.query());
        let calendar = Calendar {
            free: by_day(free(&office, picked, now).into_iter(), zone),
            today: now.with_timezone(&zone).date_naive(),
            zone,
            href: format!("{href}&"),
            voice,
        };
        month = calendar.month(wish.looked);
        how_said = picked.how.said(picked.service, voice);
        hidden = picked.how.hidden();
        hidden.push(("service", picked.service.key.clone()));
    }
    let bookable = config.services.values().filter(|service| service.booking != BookingNeed::NotOffered);
    let services = bookable.map(|service| Choice {
        value: service.key.clone(),
        name: voice.of_text(&service.name),
        chosen: service.key == wish.service,
    });
    let how = picked.as_ref().map(|picked| picked.how);
    let here = month.as_ref().map_or(href, |month| month.here.clone());
    page(
        fault.map_or(StatusCode::OK, |fault| status(fault.code)),
        &TimesPage {
            f: visitor.frame().at(here).staff("bookings"),
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
            office: voice.of_text(&config.name),
            services: services.collect(),
            channels: channels(config, how, voice),
            persons: how.map_or(1, |how| how.persons).to_string(),
            cases: how.map_or(1, |how| how.cases).to_string(),
            chosen: picked.is_some(),
            how: how_said,
            month,
            action: format!("{base}/details"),
            hidden,
            base,
        },
    )
}

/// The ways in which the office serves at all.
fn channels(config: &OfficeConfig, how: Option<How>, voice: Voice) -> Vec<Choice> {
    let all = [
        (Channel::InPerson, "in-person"),
        (Channel::Telephone, "telephone"),
        (Channel::Teleconference, "teleconference"),
    ];
    let offered = |one: Channel| config.services.values().any(|service| service.channels.contains(&one));
    let choice = |(one, name): (Channel, &str)| Choice {
        value: name.to_owned(),
        name: channel(one, voice),
        chosen: how.is_some_and(|how| how.channel == one),
    };
    all.into_iter().filter(|(one, _)| offered(*one)).map(choice).collect()
}

#[derive(Template)]
#[template(path = "staff/book_details.html")]
struct DetailsPage {
    f: Frame,
    refusal: Option<String>,
    wrong: Vec<(String, String)>,
    back: String,
    action: String,
    service: String,
    how: String,
    starts: Vec<Choice>,
    hidden: Vec<(&'static str, String)>,
    fields: Vec<Field>,
    languages: Vec<(&'static str, String, bool)>,
    needs: Vec<(&'static str, String, bool)>,
    end_of_day: bool,
    command: String,
}

/// The form, as it was typed.
pub type Fields = BTreeMap<String, String>;

/// Out of a form: the service, and how.
fn wish_of(fields: &Fields) -> Wish {
    let text = |name: &str| fields.get(name).cloned().unwrap_or_default();
    Wish {
        service: text("service"),
        how: how::Asked::new(text("channel"), text("persons"), text("cases")),
        looked: Looked::default(),
    }
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(Path(key): Path<String>) -> Redirect {
    Redirect::to(&format!("/staff/{key}/bookings/new"))
}

/// Asks for the details, with the time that was chosen.
pub async fn details(signed: Signed, Path(key): Path<String>, Sent { visitor: _, fields }: Sent<Fields>) -> Response {
    match signed.office(&key) {
        Ok(handle) => form(&signed, handle, &Typed::new(fields.clone()), &fields, &Faults::new(), None),
        Err(response) => response,
    }
}

fn form(
    signed: &Signed,
    handle: &OfficeHandle,
    typed: &Typed,
    fields: &Fields,
    faults: &Faults,
    fault: Option<&Fault>,
) -> Response {
    let visitor = &signed.visitor;
    let (voice, now) = (visitor.voice, visitor.state.clock.now());
    let wish = wish_of(fields);
    let office = handle.read();
    let Some(config) = &office.config else { return problem::page_of(visitor, ProblemCode::Unavailable) };
    let Some(picked) = picked(config, &wish.service, &wish.how) else {
        return problem::page_of(visitor, ProblemCode::UnknownService);
    };
    let base = format!("/staff/{}/bookings/new", config.key);
    let painter = Painter { typed, faults, voice: visitor.state.texts.voice(handle.row, voice) };
    let needs = ["need-sign-language", "need-other-language", "need-escort", "need-more-time"];
    let needs = needs.map(|field| (field, voice.say(&format!("{field}-label")), typed.is_ticked(field)));
    let mut hidden = picked.how.hidden();
    hidden.push(("service", picked.service.key.clone()));
    let status = match fault {
        Some(fault) => status(fault.code),
        None if faults.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let shown = DetailsPage {
        f: visitor.frame().at(&base).staff("bookings"),
        refusal: fault.map(|fault| problem::sentence(visitor, fault)),
        wrong: faults.clone(),
        back: format!("{base}?service={}&{}", picked.service.key, picked.how.query()),
        action: format!("{base}/book"),
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
    page(status, &shown)
}

/// The language that the person is to be written to in.
fn written_to_in(typed: &Typed) -> wire::Language {
    spoken(typed.text("language")).unwrap_or_default()
}

/// The times of the chosen day and the next ones: should the chosen one be gone, another is at hand.
fn starts(office: &Reading<'_>, picked: &Picked<'_>, chosen: &str, now: DateTime<Utc>, voice: Voice) -> Vec<Choice> {
    const LISTED: usize = 40;
    let zone = office.config.as_ref().map_or(chrono_tz::Europe::Athens, |config| config.zone);
    let dates = crate::text::Dates { voice, zone };
    let chosen = chosen.parse::<DateTime<Utc>>().ok();
    let day = chosen.map(|start| start.with_timezone(&zone).date_naive());
    let ahead = free(office, picked, now).into_iter();
    let ahead = ahead.skip_while(|start| day.is_some_and(|day| start.with_timezone(&zone).date_naive() < day));
    let choice = |start: DateTime<Utc>| Choice {
        value: start.to_rfc3339(),
        name: dates.day_and_time(start),
        chosen: Some(start) == chosen,
    };
    ahead.take(LISTED).map(choice).collect()
}

/// What is asked of a caller: less than online, since somebody is there who can ask back.
fn own_fields(painter: &Painter<'_>, picked: &Picked<'_>) -> Vec<Field> {
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
    OnlineRules { phone: Asked::Optional, postal_address: Asked::No, identity: Asked::No, ..OnlineRules::default() }
}

/// What was typed, if it is right: the details, and where mail goes.
fn checked(typed: &Typed, picked: &Picked<'_>, voice: Voice) -> Result<(Right, Option<String>), Faults> {
    let online = asked_of_callers();
    let form = Form { service: picked.service, channel: picked.how.channel, online: &online, voice };
    let email = typed.text("email").trim().to_lowercase();
    let wrong = (!email.is_empty() && !is_address(&email)).then(|| ("email".to_owned(), voice.say("email-wrong")));
    match (typed.checked(form), wrong) {
        (Ok(right), None) => Ok((right, (!email.is_empty()).then_some(email))),
        (Ok(_), Some(wrong)) => Err(vec![wrong]),
        (Err(mut faults), wrong) => {
            faults.extend(wrong);
            Err(faults)
        }
    }
}

/// Books.
pub async fn book(signed: Signed, Path(key): Path<String>, Sent { visitor, fields }: Sent<Fields>) -> Response {
    let handle = match signed.office(&key) {
        Ok(handle) => handle,
        Err(response) => return response,
    };
    let (typed, wish) = (Typed::new(fields.clone()), wish_of(&fields));
    let Some(config) = handle.config(Clone::clone) else {
        return problem::page_of(&visitor, ProblemCode::Unavailable);
    };
    let Some(picked) = picked(&config, &wish.service, &wish.how) else {
        return problem::page_of(&visitor, ProblemCode::UnknownService);
    };
    let (right, email) = match checked(&typed, &picked, visitor.voice) {
        Ok(right) => right,
        Err(faults) => return form(&signed, handle, &typed, &fields, &faults, None),
    };
    let Ok(start) = typed.text("start").parse::<DateTime<Utc>>() else {
        return form(&signed, handle, &typed, &fields, &Faults::new(), Some(&ProblemCode::SlotNotOffered.into()));
    };
    let How { channel, persons, cases } = picked.how;
    let wanted = Wanted { service: picked.id, channel, start, persons, cases, audience: Audience::Internal };
    let language = written_to_in(&typed);
    let caller = Caller { right, email, language, office: handle.row };
    let id = fields.get("command").cloned().unwrap_or_default();
    let said = format!("book {fields:?}");
    let booked = submit(&signed, handle, &id, &said, move |bench| caller.book(bench, wanted)).await;
    let reference = booked.map(|decided| {
        decided.events.iter().find_map(|event| match &event.kind {
            EventKind::Booking(BookingEvent::Booked(booking)) => Some(booking.reference.clone()),
            _ => None,
        })
    });
    match reference {
        Ok(Some(Reference(reference))) => {
            Redirect::to(&format!("/staff/{key}/bookings/{reference}?done=new")).into_response()
        }
        Ok(None) => problem::page_of(&visitor, ProblemCode::Unavailable),
        Err(fault) => form(&signed, handle, &typed, &fields, &Faults::new(), Some(&fault)),
    }
}

/// Somebody for whom staff book.
struct Caller {
    right: Right,
    email: Option<String>,
    language: Language,
    office: u32,
}

impl Caller {
    fn book(self, bench: &mut Workbench<'_>, wanted: Wanted) -> Result<Decided, Refusal> {
        let Right { details, needs, if_late } = self.right;
        let person = PersonId(draw_id());
        let party = Party { person, address: None, language: self.language, needs, if_late };
        bench.put_person(Person {
            id: person,
            name: Some(details.name.clone()),
            email: self.email,
            phone: details.phone.clone(),
        });
        bench.put_entered(Entered {
            person,
            office: self.office,
            booking: bench.office().next_booking + 1,
            visit_at: wanted.start,
            details: serde_json::to_string(&details).unwrap_or_default(),
        });
        let mut draws = 0;
        loop {
            let command = Command::Book { reference: draw_reference(), wanted, party: party.clone() };
            match bench.decide(&command) {
                Err(Refusal::IdTaken) if draws < DRAWS_MAX => draws += 1,
                decided => return decided,
            }
        }
    }
}
