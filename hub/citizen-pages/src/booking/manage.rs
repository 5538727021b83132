//! The booking: what, when, where, its code, and the way to give it up (OMB-13).

use acts::{Fault, said_with};
use askama::Template;
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use office::{Channel, Promise, VisitState};
use paths::Page;
use people::{Details, needs_line};
use post::map_link;
use secrets::{Holder, booking_code, readable};
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    frame::{Frame, ok},
    houses::NeededDocuments,
    how::How,
    suspended::{SuspensionBox, SuspensionReader},
    visitor::Visitor,
};
use store::{Record, ServedMailbox};
use text::Dates;
use wire::ProblemCode;

use super::{BookingPaths, correction::CorrectionNotice, linked::LinkedBooking, standing::BookingStanding};

#[derive(Template)]
#[template(path = "booking/manage.html")]
struct ManagePage {
    f: Frame,
    /// What was just done, and to whom a mail went.
    done: Option<(String, String)>,
    refusal: Option<String>,
    standing: BookingStanding,
    open: bool,
    /// Its time does not hold any more.
    dead: bool,
    /// Until when it can be changed; empty once it cannot.
    change_until: Option<String>,
    too_late: bool,
    when: String,
    service: String,
    how: String,
    place: ServingPlace,
    lines: Vec<(String, String)>,
    code: String,
    paths: BookingPaths,
    /// Where the same is booked anew.
    anew: String,
    needed: Option<NeededDocuments>,
    /// What the office asks to be put right (TRN-09).
    asked: Option<CorrectionNotice>,
    /// What it is for is suspended at its time (FLD-30).
    suspended: Option<SuspensionBox>,
    /// The office gave it up, and owes another time (FLD-33).
    displaced: Option<FirstChoiceBox>,
    /// Where they say what they thought of it, on the day on which they were served (FLD-25).
    feedback: Option<String>,
}

/// What somebody displaced may do before the public can (FLD-33).
struct FirstChoiceBox {
    /// The moment until which they choose before others, in words.
    until: String,
    /// The time that is kept for them: for the hub, and for people.
    kept: Option<(String, String)>,
}

/// Where and how one is served.
struct ServingPlace {
    office: String,
    address: String,
    map: Option<String>,
    /// What is to do, where nobody comes to the office.
    remote: Option<String>,
    /// There is a room for it.
    has_room: bool,
}

impl LinkedBooking {
    /// What stands in the QR code.
    fn code(&self, visitor: &Visitor) -> String {
        let date = self.booking.promise.start.with_timezone(&self.config.zone).date_naive();
        booking_code(&visitor.state.key, self.config.number, date, &self.booking.reference).to_string()
    }

    fn place(&self, visitor: &Visitor, phone: Option<&str>) -> ServingPlace {
        let voice = visitor.voice;
        let words = visitor.state.texts.voice(self.handle.row, voice);
        let address = voice.of_text(&self.config.address);
        let remote = match self.booking.promise.channel {
            Channel::InPerson => None,
            Channel::Telephone => {
                let readable = phone.map(people::readable).unwrap_or_default();
                let called = words.text("remote-telephone", "phone", &readable);
                let service = self.config.services.get(&self.booking.promise.service);
                let informs = service.is_some_and(|service| service.telephone_informs);
                Some(if informs { format!("{called} {}", voice.say("telephone-informs")) } else { called })
            }
            Channel::Teleconference => Some(voice.say("remote-teleconference")),
        };
        let map = remote.is_none().then(|| map_link(&self.config, voice));
        let has_room = self.booking.promise.channel == Channel::Teleconference;
        ServingPlace { office: voice.of_text(&self.config.name), address, map, remote, has_room }
    }
}

/// Just booked, just moved, or come back.
#[derive(Debug, Default, Deserialize)]
pub struct ManageQuery {
    #[serde(default)]
    new: String,
    #[serde(default)]
    moved: String,
    #[serde(default)]
    served: String,
    #[serde(default)]
    corrected: String,
}

impl ManageQuery {
    /// What was just done, in a title and a sentence that names an address.
    const fn done(&self) -> Option<(&'static str, &'static str)> {
        if !self.new.is_empty() {
            Some(("booked-title", "booked-mail"))
        } else if !self.moved.is_empty() {
            Some(("moved-title", "moved-mail"))
        } else if !self.served.is_empty() {
            Some(("served-title", "served-mail"))
        } else if !self.corrected.is_empty() {
            Some(("corrected-title", "corrected-mail"))
        } else {
            None
        }
    }
}

/// Shows the booking.
pub async fn get(
    visitor: Visitor,
    PagePath(link): PagePath<String>,
    PageQuery(query): PageQuery<ManageQuery>,
) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    let voice = visitor.voice;
    let words = visitor.state.texts.voice(linked.handle.row, voice);
    let dates = Dates { voice, zone: linked.config.zone, now: visitor.state.clock.now() };
    let record = linked.record(&visitor).await;
    let service = linked.config.services.get(&linked.booking.promise.service);
    let Promise { channel, persons, cases, .. } = linked.booking.promise;
    let email = people::readable_address(&linked.email(&visitor, record.as_ref()).await);
    let asked = linked.asked_to_correct(&visitor).await;
    let standing = linked.standing(&visitor, !query.moved.is_empty());
    // A page that is opened again later says first what has become of the booking since.
    let done = query.done().filter(|_| linked.is_open() && asked.is_none() && !standing.moved_by_office);
    let details = record.as_ref().and_then(said_with);
    let details = match details {
        Some(details) => Some(linked.tell_of_served(&visitor, details).await),
        None => None,
    };
    let mut lines = details.map(|details| details.lines(service, voice)).unwrap_or_default();
    lines.extend(linked.booking.life.party().and_then(|party| needs_line(&party.needs, voice)));
    if linked.holder == Holder::Applicant && !email.is_empty() {
        lines.push((voice.say("fact-email"), email.clone()));
    }
    let until = linked.changeable_until();
    let f = visitor.frame();
    // Whoever has no address is written to on the mobile, if that can be.
    let phone = record.as_ref().and_then(|record| record.phone.as_deref());
    let by_mobile = if visitor.state.may_write_to(phone) { f.say("done-by-sms") } else { f.say("done-no-message") };
    let suspended = {
        let (office, now) = (&linked.handle.read(), visitor.state.clock.now());
        let Promise { service, start, .. } = linked.booking.promise;
        let reader = SuspensionReader { office, config: &linked.config, now, voice };
        reader.of_booking(service, start).filter(|_| linked.is_open())
    };
    let displaced = linked.first_choice(&visitor).map(|choice| FirstChoiceBox {
        until: dates.until(choice.until, visitor.state.clock.now()),
        kept: choice.kept.map(|kept| (kept.start.to_rfc3339(), dates.until(kept.start, visitor.state.clock.now()))),
    });
    Ok(ok(&ManagePage {
        done: done.map(|(title, mail)| {
            (f.say(title), if email.is_empty() { by_mobile } else { f.text(mail, "email", &email) })
        }),
        refusal: None,
        standing,
        displaced,
        feedback: linked.feedback(),
        suspended,
        dead: linked.is_dead(),
        open: linked.is_open(),
        change_until: until.filter(|_| linked.is_changeable(&visitor)).map(|until| dates.day_and_time(until)),
        too_late: linked.is_open() && !linked.is_changeable(&visitor),
        when: linked.when(&visitor),
        service: linked.service(&visitor),
        how: service.map(|service| How { channel, persons, cases }.said(service, voice)).unwrap_or_default(),
        place: linked.place(&visitor, record.as_ref().and_then(|record| record.phone.as_deref())),
        lines,
        code: readable(&linked.booking.reference),
        f: f.at(linked.paths.booking()),
        anew: post::book_anew(&linked.config, Some(&linked.booking)),
        needed: service.and_then(|service| NeededDocuments::of(service, &words)),
        asked,
        paths: linked.paths,
    }))
}

impl LinkedBooking {
    /// The page on which they say what they thought of it: that of their visit, once it was served and as long as it is there.
    fn feedback(&self) -> Option<String> {
        let office = self.handle.read();
        let visit = office.visits.get(&self.booking.life.visit()?)?;
        let is_served = matches!(visit.state, VisitState::Finished { .. });
        is_served.then(|| Page::Visit { visit: visit.public.0 }.to_string())
    }

    /// Says beside the address of the person served whether it is proven.
    async fn tell_of_served(&self, visitor: &Visitor, details: Details) -> Details {
        let (Some(_), Some(person)) = (&details.served_email, self.person()) else { return details };
        match visitor.state.readers.read(move |store| store.served(person)).await {
            Ok(Some(ServedMailbox { email, proven })) => {
                let id = if proven { "served-is-proven" } else { "served-is-asked" };
                Details { served_email: Some(visitor.voice.text(id, "email", &email)), ..details }
            }
            Ok(None) | Err(_) => details,
        }
    }

    /// Where the mails of who has this link go.
    pub async fn email(&self, visitor: &Visitor, record: Option<&Record>) -> String {
        match (self.holder, self.person()) {
            (Holder::Served, Some(person)) => {
                let served = visitor.state.readers.read(move |store| store.served(person)).await;
                served.ok().flatten().map(|served| served.email).unwrap_or_default()
            }
            (Holder::Applicant | Holder::Served, _) => {
                record.and_then(|record| record.email.clone()).unwrap_or_default()
            }
        }
    }
}

/// The QR code as a picture.
pub async fn qr(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    let png = post::qr_png(&linked.code(&visitor)).map_err(|_| ProblemCode::Unavailable)?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("image/png"))], png).into_response())
}

/// The calendar file.
pub async fn calendar(visitor: Visitor, PagePath(link): PagePath<String>) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    if !linked.is_open() {
        return Err(ProblemCode::BookingCancelled.into());
    }
    let url = visitor.state.url(&linked.paths.booking());
    let words = visitor.state.texts.voice(linked.handle.row, visitor.voice);
    let file = post::calendar_file(&linked.config, &linked.booking, words, url, visitor.state.clock.now());
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/calendar; charset=utf-8")),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"appointment.ics\"")),
    ];
    Ok((headers, file).into_response())
}
