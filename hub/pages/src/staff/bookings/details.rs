//! Staff put right what was said with a booking, e.g. for a caller (FLD-14): who changed what and when is kept, and the
//! citizen is told (TRN-02).

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::{Asked, Command, CorrectedBy, CorrectionState, OnlineRules};
use wire::ProblemCode;

use super::known::{KnownBooking, submit};
use crate::detour::Detour;
use crate::problem::status_of;
use crate::{
    book::{
        fields::{Field, Painter},
        typed::{Faults, Form, Typed},
    },
    booking::correct::{details_of, fields},
    form::Sent,
    frame::{Frame, page},
    problem,
    staff::signed::Signed,
};
use acts::{Fault, Look, LookKind};
use people::{Behalf, Details, is_address, mobile};
use secrets::{draw_id, readable};
use store::{DetailEdit, Entered, Person, Record};
use text::Voice;

#[derive(Template)]
#[template(path = "staff/booking_details.html")]
struct DetailsPage {
    f: Frame,
    refusal: Option<String>,
    wrong: Vec<(String, String)>,
    href: String,
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
pub async fn get(signed: Signed, Path((key, reference)): Path<(String, String)>) -> Response {
    let (known, record) = match of(&signed, &key, &reference).await {
        Ok(found) => found,
        Err(fault) => return fault.into_response(),
    };
    let look = Look::new(signed.session.account.id, known.handle.row, LookKind::Booking);
    if let Err(fault) = (Look { booking: Some(known.booking.id), ..look }).keep(&signed.visitor.state.ledger).await {
        return problem::page_of_fault(&signed.visitor, &fault);
    }
    let email = record.email.clone().unwrap_or_default();
    show(&signed, &known, &record, &Typed::of(&details_of(&record)).with("email", email), &Faults::new(), None)
}

/// A booking whose details can still be changed, and what is kept of its person.
async fn of(signed: &Signed, key: &str, reference: &str) -> Result<(KnownBooking, Record), Detour> {
    let known = KnownBooking::of(signed, key, reference)?;
    let visitor = &signed.visitor;
    let Some(person) = known.person().filter(|_| known.is_open()) else {
        return Err(Detour::to(&known.href()));
    };
    match visitor.state.readers.read(move |store| store.record(person)).await {
        Ok(Some(record)) => Ok((known, record)),
        Ok(None) => Err(Detour::to(&known.href())),
        Err(error) => Err(Detour::No(error.into())),
    }
}

/// Staff may leave out what the public may not: somebody is there who can ask back.
fn asked(known: &KnownBooking, details: &Details) -> OnlineRules {
    let optional = |asked: Asked, kept: bool| if asked == Asked::No && !kept { Asked::No } else { Asked::Optional };
    let online = &known.config.rules.online;
    OnlineRules {
        phone: Asked::Optional,
        postal_address: optional(online.postal_address, details.postal_address.is_some()),
        identity: optional(online.identity, details.identity.is_some()),
        ..online.clone()
    }
}

/// Whether the citizen was asked to put something right, and has not yet.
fn awaits_correction(known: &KnownBooking) -> bool {
    known.booking.correction.is_some_and(|asked| !matches!(asked.state, CorrectionState::Made { .. }))
}

fn show(
    signed: &Signed,
    known: &KnownBooking,
    record: &Record,
    typed: &Typed,
    faults: &Faults,
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
    let painter = Painter { typed, faults, voice: visitor.state.texts.voice(known.handle.row, voice) };
    page(
        code,
        &DetailsPage {
            f: visitor.frame().at(format!("{}/details", known.href())).staff("bookings"),
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
            wrong: faults.clone(),
            href: known.href(),
            reference: readable(&known.booking.reference),
            when: known.when(voice),
            service: known.service_name(voice),
            email: record.email.clone(),
            by_sms: visitor.state.has_sms && record.phone.as_deref().and_then(mobile).is_some(),
            corrects: awaits_correction(known),
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
    let mut all = fields(known.service(), known.booking.promise.channel, online, painter);
    let hint = Some(painter.voice.say("edit-email-hint"));
    let email = Field { kind: "email", hint, ..painter.field("email", "email", false) };
    let after_phone = all.iter().position(|field| field.name == "phone").map_or(all.len(), |at| at + 1);
    all.insert(after_phone, email);
    all
}

/// The address that was typed, if it is one; without the field it stays as it was.
fn address(typed: &Typed, before: Option<&String>, voice: Voice) -> Result<Option<String>, (String, String)> {
    let Some(email) = typed.given("email").map(|email| email.trim().to_lowercase()) else {
        return Ok(before.cloned());
    };
    if email.is_empty() {
        return Ok(None);
    }
    if is_address(&email) { Ok(Some(email)) } else { Err(("email".to_owned(), voice.say("email-wrong"))) }
}

/// Which fields of the form have another value.
fn changed(before: &Details, after: &Details) -> Vec<String> {
    let postal = |details: &Details| details.postal_address.clone().unwrap_or_default();
    let plain = [
        ("name", before.name != after.name),
        ("applicant", before.applicant != after.applicant),
        ("company", before.company != after.company),
        ("tax-number", before.tax_number != after.tax_number),
        ("phone", before.phone != after.phone),
        ("postal-address", postal(before) != postal(after)),
        ("identity", before.identity != after.identity),
    ];
    let plain = plain.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name.to_owned());
    let keys: std::collections::BTreeSet<&String> = before.fields.keys().chain(after.fields.keys()).collect();
    let own = keys.into_iter().filter(|key| before.fields.get(*key) != after.fields.get(*key));
    plain.chain(own.map(|key| format!("x-{key}"))).collect()
}

/// Keeps what was changed, if it is right.
pub async fn post(
    signed: Signed,
    Path((key, reference)): Path<(String, String)>,
    Sent { visitor: _, fields }: Sent<BTreeMap<String, String>>,
) -> Response {
    let (known, record) = match of(&signed, &key, &reference).await {
        Ok(found) => found,
        Err(fault) => return fault.into_response(),
    };
    let id = fields.get("command").cloned().unwrap_or_default();
    let said = format!("details {} {fields:?}", known.booking.id);
    let (typed, before) = (Typed::new(fields), details_of(&record));
    let Some(service) = known.service() else {
        return problem::page_of(&signed.visitor, ProblemCode::UnknownService);
    };
    let online = asked(&known, &before);
    let form = Form { service, channel: known.booking.promise.channel, online: &online, voice: signed.visitor.voice };
    let right = match (typed.checked(form), address(&typed, record.email.as_ref(), signed.visitor.voice)) {
        (Ok(right), Ok(email)) => (right, email),
        (right, email) => {
            let faults: Faults = right.err().into_iter().flatten().chain(email.err()).collect();
            return show(&signed, &known, &record, &typed, &faults, None);
        }
    };
    let (right, email) = right;
    // Where the person served has mail was proven by itself, and is not asked again here.
    let after = Details { served_email: before.served_email.clone(), ..right.details };
    let another_address = email.as_deref().map(str::to_lowercase) != record.email.as_deref().map(str::to_lowercase);
    let mut fields = changed(&before, &after);
    if another_address {
        fields.push("email".to_owned());
    }
    let edit = DetailEdit { person: record.id, account: signed.session.account.id, fields };
    if edit.fields.is_empty() {
        return Redirect::to(&format!("{}?done=details-same", known.href())).into_response();
    }
    let person = Person {
        id: record.id,
        name: Some(after.name.clone()),
        email: if another_address { email } else { record.email.clone() },
        phone: after.phone.clone(),
    };
    let entered = Entered {
        person: record.id,
        office: known.handle.row,
        booking: known.booking.id.0,
        visit_at: known.booking.promise.start,
        details: serde_json::to_string(&after).unwrap_or_default(),
    };
    let (booking, corrects, person_id) = (known.booking.id, awaits_correction(&known), record.id);
    let kept = submit(&signed, &known.handle, &id, &said, move |bench| {
        bench.put_person(person);
        bench.put_entered(entered);
        bench.put_detail_edit(edit);
        if another_address {
            bench.put_address_set_right(person_id);
        }
        bench.decide(&if corrects {
            Command::Correct { booking, by: CorrectedBy::Staff }
        } else {
            Command::ChangeDetails { booking }
        })
    });
    match kept.await {
        Ok(_) => Redirect::to(&format!("{}?done=details", known.href())).into_response(),
        Err(fault) => show(&signed, &known, &record, &typed, &Faults::new(), Some(&fault)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use people::PostalAddress;

    #[test]
    fn fld_14_a_change_is_known_by_its_fields() {
        let before = Details { name: "Μαρία".into(), phone: Some("+306940000000".into()), ..Details::default() };
        let mut after = before.clone();
        assert_eq!(changed(&before, &after), [] as [&str; 0]);
        after.name = "Μαρίνα".into();
        after.postal_address =
            Some(PostalAddress { town: "Άγιος Νικόλαος".into(), ..PostalAddress::default() });
        after.fields.insert("protocol".into(), "7".into());
        assert_eq!(changed(&before, &after), ["name", "postal-address", "x-protocol"]);
    }
}
