//! Sending documents before one comes (TRN-10): PDF, JPEG and PNG, judged by what they are; a few, and not too long.

use askama::Template;
use axum::{
    extract::{FromRequest, FromRequestParts, Multipart, Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::PersonId;
use serde::Deserialize;
use uuid::Uuid;
use wire::ProblemCode;

use super::manage::Known;
use crate::state::Pages;
use crate::{
    form::Sent,
    frame::{Frame, page},
    problem,
    visitor::Visitor,
};
use post::document;
use secrets::draw_id;
use store::{Paper, Upload};
use uploads::{self, FILE_BYTES_MAX, FILES_MAX, Unfit, kind_of, plain_name};

/// A file and the form around it.
pub const BODY_BYTES_MAX: usize = FILE_BYTES_MAX + 64 * 1024;

#[derive(Template)]
#[template(path = "booking/documents.html")]
struct DocumentsPage {
    f: Frame,
    refusal: Option<String>,
    back: String,
    when: String,
    service: String,
    wanted: Vec<(String, Option<&'static str>)>,
    sent: Vec<SentDocument>,
    may_send: bool,
    files_max: u16,
}

struct SentDocument {
    id: String,
    name: String,
    size: String,
    /// What staff found of it.
    found: Option<&'static str>,
}

/// Shows what was sent, and the form for more.
pub async fn get(visitor: Visitor, Path(link): Path<String>) -> Response {
    match Known::behind(&visitor, &link) {
        Ok(known) => show(&visitor, &link, &known, None).await,
        Err(fault) => problem::page_of_fault(&visitor, &fault),
    }
}

async fn show(visitor: &Visitor, link: &str, known: &Known, refusal: Option<(StatusCode, String)>) -> Response {
    let Some(person) = known.person() else { return problem::page_of(visitor, ProblemCode::NotFound) };
    let Ok(sent) = sent_by(visitor, person).await else { return problem::page_of(visitor, ProblemCode::Unavailable) };
    let papers = visitor.state.readers.read(move |store| store.papers_of(person)).await.unwrap_or_default();
    let service = known.config.services.get(&known.booking.promise.service);
    let words = visitor.state.texts.voice(known.handle.row, visitor.voice);
    let wanted = service.map(|service| {
        let all = service.documents.iter().enumerate();
        let found = |number| found(&papers, &format!("needed:{number}"), ["paper-complete", "paper-missing"]);
        all.map(|(number, one)| (document(one, words.clone()), found(number))).collect()
    });
    let back = format!("/booking/{link}");
    let (status, refusal) = refusal.map_or((StatusCode::OK, None), |(status, sentence)| (status, Some(sentence)));
    let shown = DocumentsPage {
        f: visitor.frame().at(format!("{back}/documents")),
        refusal,
        back,
        when: known.when(visitor),
        service: known.service(visitor),
        wanted: wanted.unwrap_or_default(),
        may_send: known.is_open() && sent.len() < FILES_MAX,
        sent: sent.iter().map(|one| said(one, &papers, visitor)).collect(),
        files_max: u16::try_from(FILES_MAX).unwrap_or_default(),
    };
    page(status, &shown)
}

/// What staff found of a document, if they have looked.
fn found(papers: &[Paper], what: &str, [complete, missing]: [&'static str; 2]) -> Option<&'static str> {
    let paper = papers.iter().find(|paper| paper.what == what)?;
    Some(if paper.complete { complete } else { missing })
}

fn said(upload: &Upload, papers: &[Paper], visitor: &Visitor) -> SentDocument {
    let kib = upload.bytes.div_ceil(1024);
    SentDocument {
        id: upload.id.simple().to_string(),
        name: upload.name.clone(),
        size: visitor.voice.count("document-kib", kib),
        found: found(papers, &upload.id.to_string(), ["paper-right", "paper-wrong"]),
    }
}

async fn sent_by(visitor: &Visitor, person: PersonId) -> Result<Vec<Upload>, store::ReadError> {
    visitor.state.readers.read(move |store| store.uploads_of(person)).await
}

/// Takes a file.
pub async fn post(State(state): State<Pages>, Path(link): Path<String>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &state).await;
    let request = Request::from_parts(parts, body);
    let Ok(form) = Multipart::from_request(request, &state).await else {
        return problem::page_of(&visitor, ProblemCode::Malformed);
    };
    let known = match Known::behind(&visitor, &link) {
        Ok(known) => known,
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    match take(&visitor, &known, form).await {
        Ok(()) => Redirect::to(&format!("/booking/{link}/documents")).into_response(),
        Err(Untaken::Foreign) => problem::page_of(&visitor, ProblemCode::NotSignedIn),
        Err(Untaken::Unavailable) => problem::page_of(&visitor, ProblemCode::Unavailable),
        Err(Untaken::Wrong(status, id)) => show(&visitor, &link, &known, Some((status, visitor.voice.say(id)))).await,
    }
}

/// Why a file was not taken.
enum Untaken {
    Foreign,
    Unavailable,
    Wrong(StatusCode, &'static str),
}

/// What to do about a file that is not taken.
const fn sentence(unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::Kind => "document-kind",
        Unfit::Broken => "document-broken",
        Unfit::Pixels => "document-pixels",
        Unfit::Active => "document-active",
        Unfit::Heavy => "document-heavy",
        Unfit::Locked => "document-locked",
    }
}

async fn take(visitor: &Visitor, known: &Known, mut form: Multipart) -> Result<(), Untaken> {
    let wrong = |id| Untaken::Wrong(StatusCode::UNPROCESSABLE_ENTITY, id);
    let too_large = |_| Untaken::Wrong(StatusCode::PAYLOAD_TOO_LARGE, "document-large");
    let mut is_own = false;
    let mut file = None;
    while let Some(field) = form.next_field().await.map_err(too_large)? {
        match field.name() {
            Some("csrf") => is_own = visitor.is_own_form(&field.text().await.map_err(too_large)?),
            // The token stands before the file: a foreign form is not read to its end.
            Some("file") if is_own => {
                let name = plain_name(field.file_name().unwrap_or_default());
                file = Some((name, field.bytes().await.map_err(too_large)?));
            }
            Some(_) | None => {}
        }
    }
    if !is_own {
        return Err(Untaken::Foreign);
    }
    let (name, bytes) = file.filter(|(_, bytes)| !bytes.is_empty()).ok_or_else(|| wrong("document-none"))?;
    if bytes.len() > FILE_BYTES_MAX {
        return Err(wrong("document-large"));
    }
    // To look into a file takes a moment, in which others are served.
    let judged = tokio::task::spawn_blocking(move || (kind_of(&bytes), bytes)).await;
    let (kind, bytes) = judged.map_err(|_| Untaken::Unavailable)?;
    let kind = kind.map_err(|unfit| wrong(sentence(unfit)))?;
    let person = known.person().filter(|_| known.is_open()).ok_or_else(|| wrong("document-over"))?;
    let sent = sent_by(visitor, person).await.map_err(|_| Untaken::Unavailable)?;
    if sent.len() >= FILES_MAX {
        return Err(wrong("document-many"));
    }
    let state = &visitor.state;
    let (id, length) = (draw_id(), bytes.len() as u64);
    uploads::write(&state.uploads, id, bytes.to_vec()).await.map_err(|error| {
        tracing::error!(%error, "a document could not be written");
        Untaken::Unavailable
    })?;
    let upload = Upload { id, person, name, kind: kind.to_owned(), bytes: length, at: state.clock.now() };
    let noted = state.writer.change(move |store| {
        // Two that come at once are counted here, one after the other.
        let fits = store.uploads_of(person)?.len() < FILES_MAX;
        if fits {
            store.put_upload(&upload)?;
        }
        Ok(fits)
    });
    match noted.await {
        Ok(true) => Ok(()),
        Ok(false) => {
            uploads::remove(&state.uploads, &[id]).await;
            Err(wrong("document-many"))
        }
        Err(_) => {
            uploads::remove(&state.uploads, &[id]).await;
            Err(Untaken::Unavailable)
        }
    }
}

/// Which one to take back.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    id: String,
}

/// Takes one back.
pub async fn remove(Path(link): Path<String>, Sent { visitor, fields }: Sent<Fields>) -> Response {
    let known = match Known::behind(&visitor, &link) {
        Ok(known) => known,
        Err(fault) => return problem::page_of_fault(&visitor, &fault),
    };
    let (Some(person), Ok(id)) = (known.person(), fields.id.parse::<Uuid>()) else {
        return problem::page_of(&visitor, ProblemCode::NotFound);
    };
    match visitor.state.writer.change(move |store| store.drop_upload(person, id)).await {
        Ok(true) => {
            uploads::remove(&visitor.state.uploads, &[id]).await;
            Redirect::to(&format!("/booking/{link}/documents")).into_response()
        }
        Ok(false) => problem::page_of(&visitor, ProblemCode::NotFound),
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}
