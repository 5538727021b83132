//! Putting right what the office asked for (TRN-09): the details once more, by a deadline, behind the booking's link.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{Asked, Channel, Command, CorrectedBy, CorrectionState, OnlineRules, Service};

use super::manage::Known;
use crate::problem::status_of;
use crate::{
    book::{
        fields::{Field, Painter},
        times::fault_of,
        typed::{Faults, Form, Typed},
    },
    form::Sent,
    frame::{Frame, page},
    problem,
    visitor::Visitor,
};
use people::{Behalf, Details};
use post::void_reason;
use store::{Actor, Entered, Person, Record};
use text::Dates;

#[derive(Template)]
#[template(path = "booking/correct.html")]
struct CorrectPage {
    f: Frame,
    refusal: Option<String>,
    wrong: Vec<(String, String)>,
    back: String,
    when: String,
    service: String,
    asked: Asking,
    behalf: &'static str,
    fields: Vec<Field>,
}

/// What is asked for, in words.
pub struct Asking {
    /// What is the matter.
    pub why: String,
    /// What staff wrote.
    pub note: Option<String>,
    /// By when.
    pub until: String,
}

impl Known {
    /// What the office asks to be put right, while it is waited for; also after a deadline that was tolerated.
    pub async fn asked_to_correct(&self, visitor: &Visitor) -> Option<Asking> {
        let asked = self.booking.correction.filter(|_| self.is_open())?;
        match asked.state {
            CorrectionState::Awaited | CorrectionState::Lapsed { .. } => {}
            CorrectionState::Made { .. } => return None,
        }
        let (row, voice) = (self.handle.row, visitor.voice);
        let note = match asked.note {
            Some(note) => visitor.state.readers.read(move |store| store.note(row, note)).await.ok().flatten(),
            None => None,
        };
        Some(Asking {
            why: void_reason(&self.config, asked.because, voice),
            note: note.and_then(|note| note.text),
            until: Dates { voice, zone: self.config.zone }.day_and_time(asked.until),
        })
    }
}

/// Shows what was said, to be put right.
pub async fn get(visitor: Visitor, Path(link): Path<String>) -> Response {
    let known = match Known::behind(&visitor, &link) {
        Ok(known) => known,
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    let typed = known.record(&visitor).await.map(|record| Typed::of(&details_of(&record))).unwrap_or_default();
    show(&visitor, &link, &known, &typed, &Faults::new(), (StatusCode::OK, None)).await
}

/// The details, as they are kept; of who was booked for by telephone there may be a name alone.
pub fn details_of(record: &Record) -> Details {
    record.details.as_ref().and_then(Details::from_json).unwrap_or_else(|| Details {
        name: record.name.clone().unwrap_or_default(),
        phone: record.phone.clone(),
        ..Details::default()
    })
}

async fn show(
    visitor: &Visitor,
    link: &str,
    known: &Known,
    typed: &Typed,
    faults: &Faults,
    (status, refusal): (StatusCode, Option<String>),
) -> Response {
    let back = format!("/booking/{link}");
    let Some(asked) = known.asked_to_correct(visitor).await else { return Redirect::to(&back).into_response() };
    let voice = visitor.state.texts.voice(known.handle.row, visitor.voice);
    let behalf = match typed.behalf() {
        Behalf::Oneself => "oneself",
        Behalf::Other => "other",
        Behalf::Company => "company",
    };
    page(
        status,
        &CorrectPage {
            f: visitor.frame().at(format!("{back}/correct")),
            refusal,
            wrong: faults.clone(),
            when: known.when(visitor),
            service: known.service(visitor),
            asked,
            behalf,
            fields: fields(
                known.config.services.get(&known.booking.promise.service),
                known.booking.promise.channel,
                &known.config.rules.online,
                &Painter { typed, faults, voice },
            ),
            back,
        },
    )
}

/// Every field that this booking has.
pub fn fields(service: Option<&Service>, channel: Channel, online: &OnlineRules, painter: &Painter<'_>) -> Vec<Field> {
    let is_called = channel == Channel::Telephone;
    let narrow = |field: Field| Field { narrow: true, ..field };
    let mut fields = Vec::new();
    let (behalf, label) = match painter.typed.behalf() {
        Behalf::Oneself => (Behalf::Oneself, "name-label"),
        Behalf::Other => (Behalf::Other, "name-other-label"),
        Behalf::Company => (Behalf::Company, "name-company-label"),
    };
    if behalf == Behalf::Company {
        fields.push(painter.field("company", "company", true));
        fields.push(narrow(Field { kind: "digits", ..painter.field("tax", "tax", true) }));
    }
    let labels = vec![("", painter.voice.say(label))];
    fields.push(Field { labels, autocomplete: "name", ..painter.field("name", "name", true) });
    if behalf == Behalf::Other {
        fields.push(painter.field("applicant", "applicant", true));
    }
    if online.phone != Asked::No || is_called {
        let required = is_called || (online.phone == Asked::Required && behalf != Behalf::Other);
        let field = painter.field("phone", "phone", required);
        fields.push(narrow(Field { kind: "tel", autocomplete: "tel", ..field }));
    }
    if online.postal_address != Asked::No {
        let required = online.postal_address == Asked::Required;
        fields.push(Field { autocomplete: "street-address", ..painter.field("street", "street", required) });
        let postcode = painter.field("postcode", "postcode", required);
        fields.push(narrow(Field { autocomplete: "postal-code", ..postcode }));
        fields.push(Field { autocomplete: "address-level2", ..painter.field("town", "town", required) });
    }
    fields.extend(service.iter().flat_map(|service| &service.fields).map(|field| painter.extra(field)));
    if online.identity != Asked::No {
        fields.push(narrow(painter.field("identity", "identity", false)));
    }
    fields
}

/// Takes the correction, if it is right.
pub async fn post(Path(link): Path<String>, Sent { visitor, fields }: Sent<BTreeMap<String, String>>) -> Response {
    let known = match Known::behind(&visitor, &link) {
        Ok(known) => known,
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    let (typed, record) = (Typed::new(fields), known.record(&visitor).await);
    let (Some(service), Some(record)) = (known.config.services.get(&known.booking.promise.service), record) else {
        return problem::page_of(&visitor, wire::ProblemCode::NotFound);
    };
    let online: &OnlineRules = &known.config.rules.online;
    let form = Form { service, channel: known.booking.promise.channel, online, voice: visitor.voice };
    let right = match typed.checked(form) {
        Ok(right) => right,
        Err(faults) => {
            let wrong = (StatusCode::UNPROCESSABLE_ENTITY, None);
            return show(&visitor, &link, &known, &typed, &faults, wrong).await;
        }
    };
    // Where the person served has mail was proven by itself, and is not asked again here.
    let served_email = details_of(&record).served_email;
    let details = Details { served_email, ..right.details };
    let person =
        Person { id: record.id, name: Some(details.name.clone()), email: record.email, phone: details.phone.clone() };
    let entered = Entered {
        person: record.id,
        office: known.handle.row,
        booking: known.booking.id.0,
        visit_at: known.booking.promise.start,
        details: serde_json::to_string(&details).unwrap_or_default(),
    };
    let booking = known.booking.id;
    let corrected = visitor.state.writer.submit_with(&known.handle.key, Actor::Citizen, None, move |bench| {
        bench.put_person(person);
        bench.put_entered(entered);
        bench.decide(&Command::Correct { booking, by: CorrectedBy::Citizen })
    });
    match corrected.await {
        Ok(_) => Redirect::to(&format!("/booking/{link}?corrected=1")).into_response(),
        Err(refused) => {
            let fault = fault_of(&known.handle.read(), &refused);
            let said = (status_of(fault.code), Some(problem::sentence(&visitor, &fault)));
            show(&visitor, &link, &known, &typed, &Faults::new(), said).await
        }
    }
}
