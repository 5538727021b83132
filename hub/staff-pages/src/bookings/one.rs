//! One booking: who, what, its documents, what was asked to be corrected, and all that staff can do about it. Every look
//! is logged (FLD-22).

use std::collections::BTreeMap;

use acts::{Fault, LookGrant, LookKind, Notice, said_with};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::{DateTime, Days, NaiveTime, Utc};
use office::{BookingLife, CorrectionState, Enforcement, Rule, calendar};
use paths::Page;
use people::readable;
use post::{DeliveryTrouble, SendFailure, document, void_reason};
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    frame::{Frame, page},
    problem::{self, marks, status_of},
    signed::StaffVisitor,
    standing_tag::StandingTag,
};
use store::{AgentHandover, DeadAddress, DetailEdit, DocumentFinding, MobileCode, Note, ReadError, Record, Upload};
use text::Voice;

use super::{
    action::BookingAction,
    known::{KnownBooking, correction_said, standing},
    news::BookingNews,
};

#[derive(Template)]
#[template(path = "staff/booking.html")]
struct BookingPage {
    f: Frame,
    back: String,
    links: BookingLinks,
    refusal: Option<String>,
    done: Option<String>,
    reference: String,
    when: String,
    service: String,
    how: String,
    standing: StandingTag,
    open: bool,
    lines: Vec<(String, String)>,
    /// What staff changed of it, and when.
    edits: Vec<String>,
    /// Something is kept that can be changed.
    editable: bool,
    email: Option<String>,
    /// Whether somebody can be called.
    phone: bool,
    /// Nothing is delivered to the address (FLD-33).
    undelivered: Option<UndeliveredBox>,
    /// The same for the person served, in a sentence.
    undelivered_served: Option<String>,
    /// Messages go to the mobile.
    by_sms: bool,
    name: Option<String>,
    correction: Option<CorrectionBox>,
    needed: Vec<DocumentRow>,
    sent: Vec<DocumentRow>,
    reasons: Vec<(String, String)>,
    strict: bool,
    until_date: String,
    until_time: String,
    slip: bool,
    /// What the office owes who had it, having given it up (FLD-33).
    displaced: Option<FirstChoiceNote>,
    /// An agent prepared it, and a code is awaited from the citizen's mobile (TRN-07).
    awaited: Option<CodeField>,
    commands: [String; 6],
    /// What stood in a form that was refused.
    typed: BTreeMap<String, String>,
    /// What that form is for.
    refused: Option<BookingAction>,
}

impl BookingPage {
    /// What stood in a field of a form that was refused.
    fn typed_in(&self, field: &str) -> &str {
        self.typed.get(field).map_or("", |text| text.as_str())
    }

    /// Whether this reason was chosen in a form that was refused.
    fn is_reason(&self, action: &str, value: &str) -> bool {
        self.is_refused(action) && self.typed_in("because") == value
    }

    /// Whether it was this form that was refused.
    fn is_refused(&self, action: &str) -> bool {
        self.refused.is_some_and(|refused| refused.name() == action)
    }
}

/// What was asked to be corrected.
struct CorrectionBox {
    said: String,
    why: String,
    note: Option<String>,
    /// It is waited for, or was not made in time: staff may still say that it is done.
    open: bool,
}

/// That no mail arrives, in words.
struct UndeliveredBox {
    said: String,
    why: String,
}

/// What somebody displaced may still choose, in words.
struct FirstChoiceNote {
    until: String,
    kept: Option<String>,
}

/// A code that is awaited from a citizen's mobile, in words.
struct CodeField {
    /// For whom, until when, and where the code went.
    said: String,
    /// It was typed wrong too often.
    is_over: bool,
    /// What the citizen is told, as the office says it.
    notice: Vec<String>,
}

/// A document, and what was found of it.
struct DocumentRow {
    field: String,
    name: String,
    href: Option<String>,
    complete: bool,
    missing: bool,
}

/// Where the page leads, and where its forms are sent.
struct BookingLinks {
    /// To another time.
    another_time: String,
    /// To the details.
    details: String,
    /// To the slip.
    slip: String,
    /// To the room of a teleconference.
    room: Option<String>,
    mail_again: String,
    new_link: String,
    papers: String,
    correction: String,
    corrected: String,
    void: String,
    cancel: String,
    told_code: String,
    new_code: String,
}

impl BookingLinks {
    fn of(known: &KnownBooking) -> Self {
        let (office, reference) = (&*known.config.key, &*known.booking.reference.0);
        let action = |action: BookingAction| known.action(action.name()).to_string();
        Self {
            another_time: Page::StaffBookingMove { office, reference }.to_string(),
            details: Page::StaffBookingDetails { office, reference }.to_string(),
            slip: Page::StaffBookingSlip { office, reference }.to_string(),
            room: known.has_room().then(|| Page::StaffCall { office, reference }.to_string()),
            mail_again: action(BookingAction::MailAgain),
            new_link: action(BookingAction::NewLink),
            papers: action(BookingAction::Papers),
            correction: action(BookingAction::Correction),
            corrected: action(BookingAction::Corrected),
            void: action(BookingAction::Void),
            cancel: action(BookingAction::Cancel),
            told_code: action(BookingAction::ToldCode),
            new_code: action(BookingAction::NewCode),
        }
    }
}

/// What the page was asked with.
#[derive(Debug, Default, Deserialize)]
pub struct BookingQuery {
    /// What was just done.
    #[serde(default)]
    done: String,
}

/// Shows it.
pub async fn get(
    signed: StaffVisitor,
    PagePath((key, reference)): PagePath<(String, String)>,
    PageQuery(query): PageQuery<BookingQuery>,
) -> Result<Response, Fault> {
    let known = KnownBooking::of(&signed, &key, &reference)?;
    show(&signed, &known, BookingNews::of(&query.done), None, BTreeMap::new()).await
}

/// What the store knows of a booking.
#[derive(Default)]
struct BookingFile {
    record: Option<Record>,
    uploads: Vec<Upload>,
    papers: Vec<DocumentFinding>,
    note: Option<Note>,
    edits: Vec<(DateTime<Utc>, DetailEdit)>,
    /// What an agent noted of a citizen, and the code that was sent to them.
    awaited: Option<(AgentHandover, MobileCode)>,
    undelivered_served: Option<DeadAddress>,
}

async fn kept(signed: &StaffVisitor, known: &KnownBooking) -> Result<BookingFile, ReadError> {
    let (person, row, booking) = (known.person(), known.handle.row, known.booking.id);
    let note = known.booking.correction.and_then(|correction| correction.note);
    let read = move |store: &store::Store| {
        let note = note.map(|note| store.note(row, note)).transpose()?.flatten();
        let Some(person) = person else {
            let awaited = store.entrusted(row, booking)?.zip(store.mobile_code(row, booking)?);
            return Ok(BookingFile { note, awaited, ..BookingFile::default() });
        };
        let (record, uploads) = (store.record(person)?, store.uploads_of(person)?);
        let (papers, edits) = (store.papers_of(person)?, store.detail_edits(person)?);
        let undelivered_served = store.undelivered(person, true)?;
        Ok(BookingFile { record, uploads, papers, note, edits, awaited: None, undelivered_served })
    };
    signed.visitor.state.readers.read(read).await
}

/// The page, after something was done or refused.
///
/// # Errors
/// If what is kept of the booking cannot be read, or the look not be kept.
pub async fn show(
    signed: &StaffVisitor,
    known: &KnownBooking,
    done: Option<BookingNews>,
    fault: Option<(&Fault, BookingAction)>,
    typed: BTreeMap<String, String>,
) -> Result<Response, Fault> {
    let (fault, refused) = fault.unzip();
    let visitor = &signed.visitor;
    let voice = visitor.voice;
    let kept = kept(signed, known).await?;
    let look = LookGrant::new(signed.session.account.id, known.handle.row, LookKind::Booking);
    LookGrant { booking: Some(known.booking.id), ..look }.keep(&visitor.state.ledger).await?;
    let standing = standing(&known.booking, &known.handle.read(), voice);
    let (until_date, until_time) = proposed_deadline(signed, known);
    let typed_or = |field: &str, proposed: String| typed.get(field).cloned().unwrap_or(proposed);
    let (until_date, until_time) = (typed_or("until-date", until_date), typed_or("until-time", until_time));
    let record = kept.record.as_ref();
    let day = known.booking.promise.start.with_timezone(&known.config.zone).date_naive();
    let now = visitor.state.clock.now();
    let today = calendar::local_date(known.config.zone, now);
    Ok(page(
        fault.map_or(StatusCode::OK, |fault| status_of(fault.code)),
        &BookingPage {
            f: visitor
                .frame()
                .at(known.page().to_string())
                .staff("bookings")
                .marking(fault.map(marks).unwrap_or_default()),
            back: Page::Day { office: &known.config.key }.asking(format_args!("day={day}")),
            links: BookingLinks::of(known),
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
            done: done.map(|news| voice.say(news.sentence())),
            reference: secrets::readable(&known.booking.reference),
            when: known.when(voice),
            service: known.service_name(voice),
            how: known.how(voice),
            standing,
            open: known.is_open(),
            lines: lines(known, &kept, voice),
            edits: edits(signed, known, &kept),
            editable: known.is_open() && record.is_some(),
            email: record.and_then(|record| record.email.clone()),
            phone: record.is_some_and(|record| record.phone.is_some()),
            undelivered: record.and_then(|record| undelivered(known, record, voice)),
            undelivered_served: kept
                .undelivered_served
                .as_ref()
                .map(|flag| voice.text("booking-undelivered-served", "at", &known.dates(voice).until(flag.at, now))),
            by_sms: visitor.state.may_write_to(record.and_then(|record| record.phone.as_deref())),
            name: record.and_then(|record| record.name.clone()),
            correction: correction(known, kept.note.as_ref(), (now, voice)),
            needed: as_typed(needed(known, &kept.papers, voice), &typed),
            sent: as_typed(sent(known, &kept), &typed),
            reasons: reasons(known, voice),
            strict: known.config.rules.enforcement(Rule::Void, today) == Enforcement::Strict,
            until_date,
            until_time,
            slip: known.is_open(),
            displaced: displaced(known, now, voice),
            awaited: awaited(signed, known, &kept),
            commands: std::array::from_fn(|_| draw_id().to_string()),
            typed,
            refused,
        },
    ))
}

/// What was found of documents, as it stood in a form that was refused.
fn as_typed(rows: Vec<DocumentRow>, typed: &BTreeMap<String, String>) -> Vec<DocumentRow> {
    let row = |row: DocumentRow| match typed.get(&row.field).map(String::as_str) {
        Some(found) => DocumentRow { complete: found == "complete", missing: found == "missing", ..row },
        None => row,
    };
    rows.into_iter().map(row).collect()
}

fn undelivered(known: &KnownBooking, record: &Record, voice: Voice) -> Option<UndeliveredBox> {
    let (flag, email) = (record.undelivered.as_ref()?, record.email.clone()?);
    let at = known.dates(voice).day_and_time(flag.at);
    let why = match SendFailure::of_kept(&flag.why).map_or(DeliveryTrouble::Other, SendFailure::trouble) {
        DeliveryTrouble::NoMailbox => "undelivered-why-mailbox",
        DeliveryTrouble::Full => "undelivered-why-full",
        DeliveryTrouble::Unwanted => "undelivered-why-unwanted",
        DeliveryTrouble::Other => "undelivered-why-other",
    };
    let said = voice.say_with("booking-undelivered", [("email", email.into()), ("at", at.into())]);
    Some(UndeliveredBox { said, why: voice.say(why) })
}

fn awaited(signed: &StaffVisitor, known: &KnownBooking, kept: &BookingFile) -> Option<CodeField> {
    let (_, code) = kept.awaited.as_ref()?;
    let BookingLife::Held { owner, expires_at, .. } = known.booking.life else { return None };
    let (state, voice) = (&signed.visitor.state, signed.visitor.voice);
    if owner != Some(code.owner) || expires_at <= known.now {
        return None;
    }
    let until = known.dates(voice).until(expires_at, known.now);
    let words = state.texts.voice(known.handle.row, code.language.into());
    Some(CodeField {
        said: voice.text("told-until", "until", &until),
        is_over: code.tries == 0,
        notice: Notice::of(&known.config, &words).paragraphs,
    })
}

fn displaced(known: &KnownBooking, now: DateTime<Utc>, voice: Voice) -> Option<FirstChoiceNote> {
    let (choice, dates) = (known.first_choice(now)?, known.dates(voice));
    let kept = choice.kept.map(|kept| voice.text("staff-first-choice-kept", "when", &dates.day_and_time(kept.start)));
    Some(FirstChoiceNote { until: voice.text("staff-first-choice", "at", &dates.until(choice.until, now)), kept })
}

/// A deadline that leaves the office's days for it, but not beyond the evening before; and the last day that can be.
fn proposed_deadline(signed: &StaffVisitor, known: &KnownBooking) -> (String, String) {
    let zone = known.config.zone;
    let now = signed.visitor.state.clock.now();
    let start = known.booking.promise.start.with_timezone(&zone);
    let days = Days::new(known.config.rules.online.correction_days.into());
    let evening = NaiveTime::from_hms_opt(20, 0, 0).unwrap_or_default();
    let last = start.date_naive().pred_opt().unwrap_or(start.date_naive()).and_time(evening);
    let wanted = (now.with_timezone(&zone).date_naive() + days).and_time(evening);
    let local = if calendar::instant_from(zone, last) > now { wanted.min(last) } else { start.naive_local() };
    (local.date().to_string(), local.format("%H:%M").to_string())
}

fn lines(known: &KnownBooking, kept: &BookingFile, voice: Voice) -> Vec<(String, String)> {
    // What an agent typed is nobody's word yet: the name alone, by which a clerk knows who stands there.
    if let Some((handover, code)) = &kept.awaited {
        let name = handover.name.clone().map(|name| (voice.say("fact-name"), name));
        return name.into_iter().chain([(voice.say("fact-mobile"), readable(&code.phone))]).collect();
    }
    let Some(record) = kept.record.as_ref() else { return vec![(voice.say("fact-name"), voice.say("card-erased"))] };
    let mut lines = said_with(record).map(|details| details.lines(known.service(), voice)).unwrap_or_default();
    if lines.is_empty() {
        let name = record.name.clone().unwrap_or_else(|| voice.say("card-erased"));
        lines.push((voice.say("fact-name"), name));
        lines.extend(record.phone.as_deref().map(|phone| (voice.say("fact-phone"), readable(phone))));
    }
    lines.extend(record.email.clone().map(|email| (voice.say("fact-email"), email)));
    lines
}

/// «22 Νοεμβρίου, 10:15, maria: τηλέφωνο»
fn edits(signed: &StaffVisitor, known: &KnownBooking, kept: &BookingFile) -> Vec<String> {
    let voice = signed.visitor.voice;
    let accounts = signed.visitor.state.access.accounts.all();
    let who = |id: u32| accounts.iter().find(|one| one.id == id).map_or_else(|| id.to_string(), |one| one.name.clone());
    let own = known.service().map(|service| service.fields.as_slice()).unwrap_or_default();
    let field = |name: &String| match name.strip_prefix("x-") {
        Some(key) => own.iter().find(|field| field.key == key).map(|field| voice.of_text(&field.label)),
        None => Some(voice.say(&format!("fact-{name}"))),
    };
    let said = |(at, edit): &(DateTime<Utc>, DetailEdit)| {
        let fields: Vec<String> = edit.fields.iter().filter_map(field).collect();
        let (at, who) = (known.dates(voice).day_and_time(*at), who(edit.account));
        voice.say_with("edited-by", [("at", at.into()), ("who", who.into()), ("what", fields.join(", ").into())])
    };
    kept.edits.iter().map(said).collect()
}

fn correction(
    known: &KnownBooking,
    note: Option<&Note>,
    (now, voice): (DateTime<Utc>, Voice),
) -> Option<CorrectionBox> {
    let asked = known.booking.correction?;
    Some(CorrectionBox {
        said: correction_said(&known.booking, known.dates(voice), now)?,
        why: void_reason(&known.config, asked.because, voice),
        note: note.and_then(|note| note.text.clone()),
        open: known.is_open() && !matches!(asked.state, CorrectionState::Made { .. }),
    })
}

/// What the service needs, each with what was found.
fn needed(known: &KnownBooking, papers: &[DocumentFinding], voice: Voice) -> Vec<DocumentRow> {
    let documents = known.service().map(|service| service.documents.as_slice()).unwrap_or_default();
    let row = |(number, one): (usize, &office::Document)| {
        let what = format!("needed:{number}");
        paper_row(papers, what, document(one, voice), None)
    };
    documents.iter().enumerate().map(row).collect()
}

/// What was sent, each with what was found.
fn sent(known: &KnownBooking, kept: &BookingFile) -> Vec<DocumentRow> {
    let row = |upload: &Upload| {
        let href = Page::StaffDocument { office: &known.config.key, document: upload.id };
        paper_row(&kept.papers, upload.id.to_string(), upload.name.clone(), Some(href.to_string()))
    };
    kept.uploads.iter().map(row).collect()
}

fn paper_row(papers: &[DocumentFinding], field: String, name: String, href: Option<String>) -> DocumentRow {
    let found = papers.iter().find(|paper| paper.what == field).map(|paper| paper.complete);
    DocumentRow { name, href, complete: found == Some(true), missing: found == Some(false), field }
}

/// Why a booking may be void or need correction: the office's own list after the three that every office has.
fn reasons(known: &KnownBooking, voice: Voice) -> Vec<(String, String)> {
    let plain = ["details-missing", "details-wrong", "documents-missing"];
    let plain = plain.into_iter().map(|name| (name.to_owned(), voice.say(&format!("void-{name}"))));
    let listed = known.config.rules.online.void_reasons.iter();
    plain.chain(listed.map(|reason| (format!("listed-{}", reason.id), voice.of_text(&reason.text)))).collect()
}
