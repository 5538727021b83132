//! Sending documents before one comes (TRN-10): PDF, JPEG and PNG, judged by what they are; a few, and not too long.

use acts::{
    BookingName, Fault,
    correct::{self, DocumentCorrection},
    remove_document::{self, DocumentRemoval},
    send_document::{self, DocumentReceipt, SentFile},
};
use askama::Template;
use axum::{
    extract::{FromRequest, FromRequestParts, Multipart, Request, State, multipart::MultipartError},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use post::document;
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    file_form::unfit_sentence,
    form::OwnForm,
    frame::{Frame, page},
    state::Pages,
    visitor::Visitor,
};
use store::{DocumentFinding, Upload};
use uploads::{FILE_BYTES_MAX, FILES_MAX, FileFlaw};
use uuid::Uuid;
use wire::ProblemCode;

use super::{BookingPaths, correction::CorrectionNotice, linked::LinkedBooking};

/// A file and the form around it.
pub const BODY_BYTES_MAX: usize = FILE_BYTES_MAX + 64 * 1024;

#[derive(Template)]
#[template(path = "booking/documents.html")]
struct DocumentsPage {
    f: Frame,
    refusal: Option<String>,
    paths: BookingPaths,
    when: String,
    service: String,
    wanted: Vec<(String, Option<&'static str>)>,
    sent: Vec<DocumentLine>,
    may_send: bool,
    files_max: u16,
    /// What the office asks to be put right (TRN-09).
    asked: Option<CorrectionNotice>,
    /// It was put right just now.
    corrected: bool,
    /// The file was a telephone's photograph, of which is said step by step how it becomes one that is taken.
    explains_photographs: bool,
}

struct DocumentLine {
    id: String,
    name: String,
    size: String,
    /// What staff found of it.
    found: Option<&'static str>,
}

/// What is said of a file that was not taken.
type DocumentRefusal = (StatusCode, &'static str);

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub struct DocumentsQuery {
    #[serde(default)]
    corrected: String,
}

/// Shows what was sent, and the form for more.
pub async fn get(
    visitor: Visitor,
    PagePath(link): PagePath<String>,
    PageQuery(query): PageQuery<DocumentsQuery>,
) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    show(&visitor, &linked, None, !query.corrected.is_empty()).await
}

async fn show(
    visitor: &Visitor,
    linked: &LinkedBooking,
    refusal: Option<DocumentRefusal>,
    corrected: bool,
) -> Result<Response, Fault> {
    let person = linked.person().ok_or(ProblemCode::NotFound)?;
    let kept = visitor.state.readers.read(move |store| Ok((store.uploads_of(person)?, store.papers_of(person)?)));
    let (sent, papers) = kept.await?;
    let service = linked.config.services.get(&linked.booking.promise.service);
    let words = visitor.state.texts.voice(linked.handle.row, visitor.voice);
    let wanted = service.map(|service| {
        let all = service.documents.iter().enumerate();
        let found = |number| found(&papers, &format!("needed:{number}"), ["paper-complete", "paper-missing"]);
        all.map(|(number, one)| (document(one, words.clone()), found(number))).collect()
    });
    let paths = linked.paths.clone();
    let asked = linked.asked_to_correct(visitor).await;
    let shown = DocumentsPage {
        f: visitor.frame().at(paths.documents()),
        refusal: refusal.map(|(_, id)| visitor.voice.say(id)),
        paths,
        when: linked.when_it_stood(visitor),
        service: linked.service(visitor),
        wanted: wanted.unwrap_or_default(),
        may_send: linked.is_open() && sent.len() < FILES_MAX,
        sent: sent.iter().map(|one| line(one, &papers, visitor)).collect(),
        files_max: u16::try_from(FILES_MAX).unwrap_or_default(),
        explains_photographs: refusal.is_some_and(|(_, id)| id == unfit_sentence(FileFlaw::Heif)),
        corrected: corrected && linked.is_open() && asked.is_none(),
        asked,
    };
    Ok(page(refusal.map_or(StatusCode::OK, |(status, _)| status), &shown))
}

/// What staff found of a document, if they have looked.
fn found(papers: &[DocumentFinding], what: &str, [complete, missing]: [&'static str; 2]) -> Option<&'static str> {
    let paper = papers.iter().find(|paper| paper.what == what)?;
    Some(if paper.complete { complete } else { missing })
}

fn line(upload: &Upload, papers: &[DocumentFinding], visitor: &Visitor) -> DocumentLine {
    let kib = upload.bytes.div_ceil(1024);
    DocumentLine {
        id: upload.id.simple().to_string(),
        name: upload.name.clone(),
        size: visitor.voice.count("document-kib", kib),
        found: found(papers, &upload.id.to_string(), ["paper-right", "paper-wrong"]),
    }
}

/// Takes a file.
pub async fn post(
    State(state): State<Pages>,
    PagePath(link): PagePath<String>,
    request: Request,
) -> Result<Response, Fault> {
    let (mut parts, body) = request.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &state).await;
    let request = Request::from_parts(parts, body);
    let form = Multipart::from_request(request, &state).await.map_err(|_| ProblemCode::Malformed)?;
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    let receipt = match read(&visitor, &linked, form).await? {
        FormFile::TooLarge => return show(&visitor, &linked, Some(LARGE), false).await,
        FormFile::Foreign => return Err(ProblemCode::NotSignedIn.into()),
        FormFile::Refused(receipt) => receipt,
        FormFile::Own(file) => send_document::run(&state.ledger, &linked.handle, &state.judges, file).await?,
    };
    let refusal = match receipt {
        DocumentReceipt::Kept(_) | DocumentReceipt::Known(_) => return kept(&visitor, &linked).await,
        DocumentReceipt::Empty => wrong("document-none"),
        DocumentReceipt::TooLarge => LARGE,
        DocumentReceipt::Unfit(unfit) => wrong(unfit_sentence(unfit)),
        DocumentReceipt::TooMany => wrong("document-many"),
        DocumentReceipt::Over => wrong("document-over"),
        DocumentReceipt::Crowded => (StatusCode::SERVICE_UNAVAILABLE, "document-crowded"),
        DocumentReceipt::NoRoom => (StatusCode::SERVICE_UNAVAILABLE, "document-no-room"),
    };
    show(&visitor, &linked, Some(refusal), false).await
}

/// Where a document leads that was taken: the one that the office asked for is the correction.
async fn kept(visitor: &Visitor, linked: &LinkedBooking) -> Result<Response, Fault> {
    let documents = linked.paths.documents();
    let booking = BookingName::Number(linked.booking.id);
    let corrected = correct::by_document(linked.turn(visitor), DocumentCorrection { booking }).await?;
    let next = if corrected { format!("{documents}?corrected=1") } else { documents };
    Ok(Redirect::to(&next).into_response())
}

/// The file, or the whole form around it, is longer than any that is taken.
const LARGE: DocumentRefusal = (StatusCode::PAYLOAD_TOO_LARGE, "document-large");

const fn wrong(id: &'static str) -> DocumentRefusal {
    (StatusCode::UNPROCESSABLE_ENTITY, id)
}

/// What a form held.
enum FormFile {
    /// Its file, on the disk.
    Own(SentFile),
    /// Its file was not let in.
    Refused(DocumentReceipt),
    /// It came from no page of ours.
    Foreign,
    /// It is too long.
    TooLarge,
}

/// What a form is that cannot be read to its end: longer than any, or none.
fn unread(error: &MultipartError) -> Result<FormFile, Fault> {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Ok(FormFile::TooLarge)
    } else {
        Err(ProblemCode::Malformed.into())
    }
}

async fn read(visitor: &Visitor, linked: &LinkedBooking, mut form: Multipart) -> Result<FormFile, Fault> {
    let (state, booking) = (&visitor.state, linked.booking.id);
    let mut is_own = false;
    let mut sent = SentFile { booking, name: String::new(), file: None };
    loop {
        let field = match form.next_field().await {
            Ok(field) => field,
            Err(error) => return unread(&error),
        };
        let Some(mut field) = field else { break };
        match field.name() {
            Some("csrf") => match field.text().await {
                Ok(token) => is_own = visitor.is_own_form(&token),
                Err(error) => return unread(&error),
            },
            // The token stands before the file: a foreign form is not read to its end.
            Some("file") if is_own => {
                sent.name = field.file_name().unwrap_or_default().to_owned();
                let begun = send_document::begin(&linked.handle, &state.uploads, &state.arrivals, booking).await?;
                let mut arriving = match begun {
                    Ok(arriving) => arriving,
                    Err(receipt) => return Ok(FormFile::Refused(receipt)),
                };
                loop {
                    let piece = match field.chunk().await {
                        Ok(piece) => piece,
                        Err(error) => {
                            arriving.discard().await;
                            return unread(&error);
                        }
                    };
                    let Some(piece) = piece else { break };
                    if let Err(fault) = arriving.take(&piece).await {
                        arriving.discard().await;
                        return send_document::refused(fault).map(FormFile::Refused);
                    }
                }
                match arriving.end().await {
                    Ok(file) => sent.file = Some(file),
                    Err(fault) => return send_document::refused(fault).map(FormFile::Refused),
                }
            }
            Some(_) | None => {}
        }
    }
    Ok(if is_own { FormFile::Own(sent) } else { FormFile::Foreign })
}

/// Which document is taken back.
#[derive(Debug, Deserialize)]
pub struct RemovalForm {
    #[serde(default)]
    id: String,
}

/// Takes one back.
pub async fn remove(
    PagePath(link): PagePath<String>,
    OwnForm { visitor, fields: form }: OwnForm<RemovalForm>,
) -> Result<Response, Fault> {
    let linked = LinkedBooking::behind(&visitor, &link).await?;
    let person = linked.person().ok_or(ProblemCode::NotFound)?;
    let document = form.id.parse::<Uuid>().map_err(|_| ProblemCode::NotFound)?;
    let state = &visitor.state;
    remove_document::run(&state.ledger, &state.uploads, DocumentRemoval { person, document }).await?;
    Ok(Redirect::to(&linked.paths.documents()).into_response())
}
