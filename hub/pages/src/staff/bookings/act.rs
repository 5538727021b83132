//! What staff do about a booking: mark documents, ask for a correction, make it void, cancel it (TRN-09, TRN-10, FLD-14).

use std::collections::BTreeMap;

use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveDateTime, Utc};
use office::{
    BookingEvent, CancelledBy, Command, CorrectedBy, EventKind, OfficeConfig, PersonId, ReasonId, VoidReason, calendar,
};
use wire::ProblemCode;

use super::{
    known::{KnownBooking, submit, submit_one},
    one::show,
};
use crate::{form::Sent, staff::signed::Signed};
use acts::{Fault, put_note};

/// The form of any of the actions, as it was typed.
pub type Fields = BTreeMap<String, String>;

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(Path((key, reference, _)): Path<(String, String, String)>) -> Redirect {
    Redirect::to(&format!("/staff/{key}/bookings/{reference}"))
}

/// Does it, and shows the booking.
pub async fn post(
    signed: Signed,
    Path((key, reference, action)): Path<(String, String, String)>,
    Sent { visitor: _, fields }: Sent<Fields>,
) -> Response {
    let known = match KnownBooking::of(&signed, &key, &reference) {
        Ok(known) => known,
        Err(fault) => return fault.into_response(),
    };
    match act(&signed, &known, &action, &fields).await {
        Ok(done) => Redirect::to(&format!("{}?done={done}", known.href())).into_response(),
        Err(fault) => show(&signed, &known, None, Some(&fault)).await,
    }
}

fn text<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map(|text| text.trim()).unwrap_or_default()
}

/// What was done, as the page says it.
async fn act(signed: &Signed, known: &KnownBooking, action: &str, fields: &Fields) -> Result<&'static str, Fault> {
    let booking = known.booking.id;
    let id = text(fields, "command");
    let said = format!("{action} {booking} {fields:?}");
    match action {
        "mail-again" => mail_again(signed, known).await.map(|()| "mail-again"),
        "papers" => mark_papers(signed, known, fields).await.map(|()| "papers"),
        "correction" => {
            let because = reason(&known.config, text(fields, "because")).ok_or(ProblemCode::ReasonNeeded)?;
            let until = deadline(known, text(fields, "until-date"), text(fields, "until-time"))
                .ok_or_else(|| Fault::malformed("until".to_owned()))?;
            let (note, account) = (text(fields, "note").to_owned(), signed.session.account.id);
            let about = known.person();
            submit(signed, &known.handle, id, &said, move |bench| {
                let note = (!note.is_empty()).then(|| put_note(bench, account, about, &note));
                bench.decide(&Command::AskCorrection { booking, because, note, until })
            })
            .await
            .map(|_| "correction")
        }
        "corrected" => {
            let command = Command::Correct { booking, by: CorrectedBy::Staff };
            submit_one(signed, &known.handle, id, &said, command).await.map(|_| "corrected")
        }
        "void" => {
            let because = reason(&known.config, text(fields, "because")).ok_or(ProblemCode::ReasonNeeded)?;
            let decided = submit_one(signed, &known.handle, id, &said, Command::Void { booking, because }).await?;
            let is_void = decided
                .events
                .iter()
                .any(|event| matches!(event.kind, EventKind::Booking(BookingEvent::Voided { .. })));
            Ok(if is_void { "void" } else { "warned" })
        }
        "cancel" => {
            let command = Command::Cancel { booking, by: CancelledBy::Staff };
            submit_one(signed, &known.handle, id, &said, command).await.map(|_| "cancel")
        }
        _ => Err(ProblemCode::NotFound.into()),
    }
}

/// A reason by its name in the form.
fn reason(config: &OfficeConfig, name: &str) -> Option<VoidReason> {
    match name {
        "details-missing" => Some(VoidReason::DetailsMissing),
        "details-wrong" => Some(VoidReason::DetailsWrong),
        "documents-missing" => Some(VoidReason::DocumentsMissing),
        _ => {
            let id = ReasonId(name.strip_prefix("listed-")?.parse().ok()?);
            config.rules.online.void_reasons.iter().any(|one| one.id == id).then_some(VoidReason::Listed(id))
        }
    }
}

/// A local day and time as an instant.
fn deadline(known: &KnownBooking, date: &str, time: &str) -> Option<DateTime<Utc>> {
    let local: NaiveDateTime = format!("{date}T{time}:00").parse().ok()?;
    Some(calendar::instant_from(known.config.zone, local))
}

/// The address to which nothing was delivered is right after all, e.g. its mailbox had been full: what came back goes there
/// again (FLD-33). Pressed twice, it finds nothing to send.
async fn mail_again(signed: &Signed, known: &KnownBooking) -> Result<(), Fault> {
    let person: PersonId = known.person().ok_or(ProblemCode::UnknownCode)?;
    let state = &signed.visitor.state;
    let now = state.clock.now();
    let again = move |store: &store::Store| match store.undelivered(person, false)? {
        Some(_) => store.address_set_right(person, now),
        None => Ok(false),
    };
    if state.writer.change(again).await? {
        tracing::info!(account = signed.session.account.id, booking = %known.booking.id, "an address is said to be right");
        state.mail.notify_one();
    }
    Ok(())
}

/// Keeps what was found of each document.
async fn mark_papers(signed: &Signed, known: &KnownBooking, fields: &Fields) -> Result<(), Fault> {
    let person: PersonId = known.person().ok_or(ProblemCode::UnknownCode)?;
    let needed = known.service().map_or(0, |service| service.documents.len());
    let state = &signed.visitor.state;
    let uploads = state.readers.read(move |store| store.uploads_of(person)).await?;
    let needed = (0..needed).map(|number| format!("needed:{number}"));
    let all = needed.chain(uploads.iter().map(|upload| upload.id.to_string()));
    let found: Vec<(String, Option<bool>)> = all
        .filter_map(|what| {
            let said = fields.get(&what)?;
            Some((
                what,
                match said.as_str() {
                    "complete" => Some(true),
                    "missing" => Some(false),
                    _ => None,
                },
            ))
        })
        .collect();
    let (by, now) = (signed.session.account.id, state.clock.now());
    let kept = state.writer.change(move |store| {
        found.iter().try_for_each(|(what, complete)| store.put_paper(person, what, *complete, by, now))
    });
    kept.await?;
    tracing::info!(account = by, booking = %known.booking.id, "documents were marked");
    Ok(())
}
