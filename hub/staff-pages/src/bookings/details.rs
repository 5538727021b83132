//! Staff put right what was said with a booking, e.g. for a caller (FLD-14): who changed what and when is kept, and the
//! citizen is told (TRN-02).

use paths::Page;
use std::collections::BTreeMap;

use acts::{
    Fault, LookGrant, LookKind,
    change_details::{self, DetailsOrder, awaits_correction},
    details_of,
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{OnlineRules, Requirement};
use people::{Behalf, DetailFaults, DetailForm, DetailRules, Details};
use secrets::{draw_id, readable};
use stationery::{
    detour::Detour,
    extract::PagePath,
    fields::{Field, Painter},
    form::OwnForm,
    frame::{Frame, page},
    problem::{self, status_of},
    signed::StaffVisitor,
};
use store::Record;
use text::Voice;
use wire::ProblemCode;

use super::{known::KnownBooking, news::BookingNews};

#[derive(Template)]
#[template(path = "staff/booking_details.html")]
struct StaffDetailsPage {
    f: Frame,
    refusal: Option<String>,
    wrong: Vec<(String, String)>,
    back: String,
    action: String,
    reference: String,
    when: String,
    service: String,
    email: Option<String>,
    /// Messages go to the mobile.
    by_sms: bool,
    /// The citizen was asked to put something right: saving does so.
    corrects: bool,
    behalf: &'static str,
    fields: Vec<Field>,
    command: String,
}

/// Shows what is kept, to be changed.
pub async fn get(
    signed: StaffVisitor,
    PagePath((key, reference)): PagePath<(String, String)>,
) -> Result<Response, Detour> {
    let (known, record) = of(&signed, &key, &reference).await?;
    let look = LookGrant::new(signed.session.account.id, known.handle.row, LookKind::Booking);
    LookGrant { booking: Some(known.booking.id), ..look }.keep(&signed.visitor.state.ledger).await?;
    let email = record.email.clone().unwrap_or_default();
    let typed = DetailForm::of(&details_of(&record)).with("email", email);
    Ok(show(&signed, &known, &record, &typed, &DetailFaults::new(), None))
}

/// A booking whose details can still be changed, and what is kept of its person; where there is none, its page comes first.
async fn of(signed: &StaffVisitor, key: &str, reference: &str) -> Result<(KnownBooking, Record), Detour> {
    let known = KnownBooking::of(signed, key, reference)?;
    let Some(person) = known.person().filter(|_| known.is_open()) else {
        return Err(Detour::to(&known.page().to_string()));
    };
    let record = signed.visitor.state.readers.read(move |store| store.record(person)).await.map_err(Fault::from)?;
    match record {
        Some(record) => Ok((known, record)),
        None => Err(Detour::to(&known.page().to_string())),
    }
}

/// Staff may leave out what the public may not: somebody is there who can ask back.
fn asked(known: &KnownBooking, details: &Details) -> OnlineRules {
    let optional = |asked: Requirement, kept: bool| {
        if asked == Requirement::No && !kept { Requirement::No } else { Requirement::Optional }
    };
    let online = &known.config.rules.online;
    OnlineRules {
        phone: Requirement::Optional,
        postal_address: optional(online.postal_address, details.postal_address.is_some()),
        identity: optional(online.identity, details.identity.is_some()),
        ..online.clone()
    }
}

fn show(
    signed: &StaffVisitor,
    known: &KnownBooking,
    record: &Record,
    typed: &DetailForm,
    faults: &DetailFaults,
    fault: Option<&Fault>,
) -> Response {
    let visitor = &signed.visitor;
    let voice = visitor.voice;
    let code = match fault {
        Some(fault) => status_of(fault.code),
        None if faults.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let online = asked(known, &details_of(record));
    let action = Page::StaffBookingDetails { office: &known.config.key, reference: &known.booking.reference.0 };
    let action = action.to_string();
    let painter = Painter { typed, faults, voice: visitor.state.texts.voice(known.handle.row, voice) };
    page(
        code,
        &StaffDetailsPage {
            f: visitor.frame().at(&action).staff("bookings"),
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
            wrong: faults.clone(),
            back: known.page().to_string(),
            action,
            reference: readable(&known.booking.reference),
            when: known.when(voice),
            service: known.service_name(voice),
            email: record.email.clone(),
            by_sms: visitor.state.may_write_to(record.phone.as_deref()),
            corrects: awaits_correction(&known.booking),
            behalf: match typed.behalf() {
                Behalf::Oneself => "oneself",
                Behalf::Other => "other",
                Behalf::Company => "company",
            },
            fields: all_fields(known, &online, &painter),
            command: draw_id().to_string(),
        },
    )
}

/// Every field of the booking, and where its messages go, before what may follow of the service's own.
fn all_fields(known: &KnownBooking, online: &OnlineRules, painter: &Painter<'_>) -> Vec<Field> {
    let mut all = painter.all(known.service(), known.booking.promise.channel, online);
    let hint = Some(painter.voice.say("edit-email-hint"));
    let email = Field { kind: "email", hint, ..painter.field("email", "email", false) };
    let after_phone = all.iter().position(|field| field.name == "phone").map_or(all.len(), |at| at + 1);
    all.insert(after_phone, email);
    all
}

/// The address that was typed, if it is one; without the field it stays as it was.
fn address(typed: &DetailForm, before: Option<&String>, voice: Voice) -> Result<Option<String>, (String, String)> {
    match typed.given("email") {
        None => Ok(before.cloned()),
        Some(email) if email.trim().is_empty() => Ok(None),
        Some(email) => match people::address(email) {
            Ok(email) => Ok(Some(email.to_lowercase())),
            Err(flaw) => Err(("email".to_owned(), voice.say(flaw.sentence()))),
        },
    }
}

/// Keeps what was changed, if it is right.
pub async fn post(
    signed: StaffVisitor,
    PagePath((key, reference)): PagePath<(String, String)>,
    OwnForm { visitor: _, fields }: OwnForm<BTreeMap<String, String>>,
) -> Result<Response, Detour> {
    let (known, record) = of(&signed, &key, &reference).await?;
    let command = fields.get("command").cloned().unwrap_or_default();
    let typed = DetailForm::new(fields);
    let service = known.service().ok_or(ProblemCode::UnknownService)?;
    let online = asked(&known, &details_of(&record));
    let voice = signed.visitor.voice;
    let form = DetailRules { service, channel: known.booking.promise.channel, online: &online, voice };
    let (right, email) = match (typed.checked(form), address(&typed, record.email.as_ref(), voice)) {
        (Ok(right), Ok(email)) => (right, email),
        (right, email) => {
            let faults: DetailFaults = right.err().into_iter().flatten().chain(email.err()).collect();
            return Ok(show(&signed, &known, &record, &typed, &faults, None));
        }
    };
    let order = DetailsOrder { booking: known.name(), details: right.details, email };
    match change_details::run(known.turn(&signed, &command), order).await {
        Ok(audit) => {
            let news = if audit.fields.is_empty() { BookingNews::DetailsSame } else { BookingNews::Details };
            Ok(Redirect::to(&known.page().asking(news.query())).into_response())
        }
        Err(fault) => Ok(show(&signed, &known, &record, &typed, &DetailFaults::new(), Some(&fault))),
    }
}
