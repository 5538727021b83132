//! What staff do about a booking: mark documents, ask for a correction, make it void, cancel it (TRN-09, TRN-10, FLD-14).

use paths::Page;
use std::collections::BTreeMap;

use acts::{
    Fault, Turn,
    ask_correction::{self, CorrectionOrder},
    cancel::{self, Cancellation},
    confirm_told,
    enter_mobile_code::MobileEntry,
    mail_again::{self, MailOrder},
    mark_corrected::{self, CorrectionMark},
    mark_documents::{self, DocumentMark, DocumentMarks},
    renew_links::{self, LinkRenewal},
    send_mobile_code::{self, MobileCodeWish},
    void::{self, VoidOrder},
};
use axum::response::{IntoResponse, Redirect, Response};
use office::{BookingLife, CancelledBy, CivilInstant, ReasonId, VoidReason, calendar};
use secrets::Holder;
use stationery::{
    date_field::date_of, extract::PagePath, form::OwnForm, problem::of_field, signed::StaffVisitor,
    time_field::time_of, visitor::link_limit,
};
use text::both;
use wire::ProblemCode;

use super::{action::BookingAction, known::KnownBooking, news::BookingNews, one::show};

/// The form of any of the actions, as it was typed.
pub type BookingActionForm = BTreeMap<String, String>;

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath((office, reference, _)): PagePath<(String, String, String)>) -> Redirect {
    Redirect::to(&Page::StaffBooking { office: &office, reference: &reference }.to_string())
}

/// Does it, and shows the booking.
pub async fn post(
    signed: StaffVisitor,
    PagePath((key, reference, action)): PagePath<(String, String, String)>,
    OwnForm { visitor: _, fields }: OwnForm<BookingActionForm>,
) -> Result<Response, Fault> {
    let known = KnownBooking::of(&signed, &key, &reference)?;
    let action = action.parse::<BookingAction>()?;
    match act(&signed, &known, action, &fields).await {
        Ok(news) => Ok(Redirect::to(&known.page().asking(news.query())).into_response()),
        Err(fault) => show(&signed, &known, None, Some((&fault, action)), fields).await,
    }
}

fn text<'a>(fields: &'a BookingActionForm, name: &str) -> &'a str {
    fields.get(name).map(|text| text.trim()).unwrap_or_default()
}

/// Does one thing about a booking; gives what the page says of it.
async fn act(
    signed: &StaffVisitor,
    known: &KnownBooking,
    action: BookingAction,
    fields: &BookingActionForm,
) -> Result<BookingNews, Fault> {
    let (turn, booking) = (known.turn(signed, text(fields, "command")), known.name());
    match action {
        BookingAction::MailAgain => {
            mail_again::run(turn, MailOrder { booking }).await?;
            Ok(BookingNews::MailAgain)
        }
        BookingAction::NewLink => {
            renew_links::run(turn, LinkRenewal { booking, holders: vec![Holder::Applicant, Holder::Served] }).await?;
            signed.visitor.state.calls.tell(&known.handle, known.booking.id);
            Ok(BookingNews::NewLink)
        }
        BookingAction::Papers => {
            let (ledger, account) = (&signed.visitor.state.ledger, signed.session.account.id);
            mark_documents::run(ledger, &known.handle, account, DocumentMarks { booking, marks: marks(fields) })
                .await?;
            Ok(BookingNews::Papers)
        }
        BookingAction::Correction => {
            let because = reason("correct-why", text(fields, "because"))?;
            let until = deadline(known, text(fields, "until-date"), text(fields, "until-time"))?;
            let note = Some(text(fields, "note").to_owned());
            let order = CorrectionOrder { booking, because, until, note };
            ask_correction::run(turn, order).await.map_err(of_deadline)?;
            Ok(BookingNews::Correction)
        }
        BookingAction::Corrected => {
            mark_corrected::run(turn, CorrectionMark { booking }).await?;
            Ok(BookingNews::Corrected)
        }
        BookingAction::Void => {
            let because = reason("void-why", text(fields, "because"))?;
            let after = void::run(turn, VoidOrder { booking, because }).await?;
            let is_void = matches!(after.life, BookingLife::Void { .. });
            Ok(if is_void { BookingNews::Void } else { BookingNews::Warned })
        }
        BookingAction::Cancel => {
            cancel::run(turn, Cancellation { booking, by: CancelledBy::Staff }).await?;
            Ok(BookingNews::Cancel)
        }
        BookingAction::ToldCode => {
            told_code(signed, known, turn, fields).await?;
            Ok(BookingNews::ToldCode)
        }
        BookingAction::NewCode => {
            let wish = MobileCodeWish { booking: known.booking.id };
            send_mobile_code::run(turn, link_limit(&signed.visitor), wish).await?;
            Ok(BookingNews::NewCode)
        }
    }
}

/// Makes final what an agent prepared, by the code that the citizen tells, and who was told what is done with their data. Pressed
/// twice, it is done.
async fn told_code(
    signed: &StaffVisitor,
    known: &KnownBooking,
    turn: Turn<'_>,
    fields: &BookingActionForm,
) -> Result<(), Fault> {
    if text(fields, "told") != "yes" {
        return Err(of_field("told", both(|voice| voice.say("told-notice-missing"))));
    }
    let state = &signed.visitor.state;
    let (row, booking) = (known.handle.row, known.booking.id);
    let code = state.readers.read(move |store| store.mobile_code(row, booking)).await?;
    let language = code.map(|code| code.language).unwrap_or_default();
    let entry = MobileEntry::of(known.booking.reference.0.clone(), text(fields, "code"));
    let entry = entry.ok_or_else(|| of_field("told-code", both(|voice| voice.say("mobile-code-malformed"))))?;
    let words = state.texts.voice(row, language.into());
    let told = confirm_told::run(turn, link_limit(&signed.visitor), &words, entry).await;
    let is_made = || {
        let office = known.handle.read();
        office.bookings.get(&booking).is_some_and(|found| matches!(found.life, BookingLife::Confirmed { .. }))
    };
    match told {
        Err(_) if is_made() => Ok(()),
        told => told,
    }
}

/// A reason by its name in the field with this id.
fn reason(id: &str, name: &str) -> Result<VoidReason, Fault> {
    match name {
        "details-missing" => Ok(VoidReason::DetailsMissing),
        "details-wrong" => Ok(VoidReason::DetailsWrong),
        "documents-missing" => Ok(VoidReason::DocumentsMissing),
        _ => {
            let number = name.strip_prefix("listed-").and_then(|number| number.parse::<u16>().ok());
            let number = number.map(|number| VoidReason::Listed(ReasonId(number)));
            number.ok_or_else(|| of_field(id, both(|voice| voice.say("void-why-missing"))))
        }
    }
}

/// A local day and time as an instant.
fn deadline(known: &KnownBooking, date: &str, time: &str) -> Result<CivilInstant, Fault> {
    let date = date_of("until-date", "correction-until", date)?;
    let local = date.and_time(time_of("until-time", "correction-time", time)?.time());
    let until = CivilInstant::new(calendar::instant_from(known.config.zone, local));
    until.ok_or_else(|| of_field("until-date", both(|voice| voice.say("correction-until-wrong"))))
}

/// The rules' no to a deadline, with the fields that it is about.
fn of_deadline(fault: Fault) -> Fault {
    match fault.code {
        ProblemCode::Malformed | ProblemCode::TooFarAhead => {
            let words = Some(both(|voice| voice.say("correction-until-wrong")));
            Fault { words, place: Some("until-date until-time".to_owned()), ..fault }
        }
        _ => fault,
    }
}

/// What was chosen for each document; other fields of the form are none of the booking's documents.
fn marks(fields: &BookingActionForm) -> Vec<DocumentMark> {
    let mark = |(what, found): (&String, &String)| DocumentMark {
        what: what.clone(),
        complete: match found.as_str() {
            "complete" => Some(true),
            "missing" => Some(false),
            _ => None,
        },
    };
    fields.iter().map(mark).collect()
}
