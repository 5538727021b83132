//! Forms in which files come with what is typed (PET-02): the fields stand before the files, each file is judged as it comes,
//! and whatever is wrong with one is said beside everything else, which stays.

use std::collections::BTreeMap;

use access::Session;
use acts::{
    Fault,
    requests::files::{self, FileSlot},
    send_document::{self, DocumentReceipt},
    sent_document::SentDocument,
};
use axum::{
    body::{Body, to_bytes},
    extract::{FromRequest, FromRequestParts, Multipart, Request, multipart::Field},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use text::Voice;
use uploads::{ArrivedFile, FILE_BYTES_MAX, FileFlaw, plain_name};
use uuid::Uuid;
use wire::ProblemCode;

use crate::{form::OwnForm, state::Pages, visitor::Visitor};

/// So many files come in one form, at most; no category takes more at a time.
const FILES_IN_FORM_MAX: usize = 10;
/// What is typed beside them.
const TYPED_BYTES_MAX: usize = 96 * 1024;
/// A form with its files.
pub const FORM_BYTES_MAX: usize = FILES_IN_FORM_MAX * FILE_BYTES_MAX + TYPED_BYTES_MAX + 64 * 1024;
/// More fields than any form of ours has.
const FIELDS_MAX: usize = 120;
/// What a box is called that takes back a file chosen before.
pub const DROP: &str = "drop-";

/// A form from one of our own pages, with what became of its files.
#[derive(Debug)]
pub struct FileForm {
    /// Who sent it.
    pub visitor: Visitor,
    /// What was typed.
    pub fields: BTreeMap<String, String>,
    /// How many files were taken.
    pub taken: usize,
    /// What was not taken.
    pub refused: Vec<FileRefusal>,
}

/// A file that was not taken, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRefusal {
    /// What it was called.
    pub name: String,
    /// The sentence that says what to do.
    pub sentence: &'static str,
}

impl FileRefusal {
    /// As it is read.
    #[must_use]
    pub fn said(&self, voice: Voice) -> String {
        let said = voice.say(self.sentence);
        if self.name.is_empty() { said } else { format!("{}: {said}", self.name) }
    }
}

impl FileForm {
    /// Reads a form, with files or without; `slot` says where its files go, by what stands before them.
    ///
    /// # Errors
    /// That it is none of our pages', is not understood, or that the hub cannot write.
    pub async fn read(
        state: &Pages,
        request: Request,
        slot: impl Fn(&Visitor, &BTreeMap<String, String>) -> Option<FileSlot> + Send,
    ) -> Result<Self, Fault> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            Self::with_files(state, request, slot).await
        } else {
            Self::without_files(state, request).await
        }
    }

    /// The same for who is signed in already. A browser may be somebody else's by now: the form says whose session it is of, and
    /// nothing of another's is taken.
    ///
    /// # Errors
    /// As of [`Self::read`].
    pub async fn read_of(
        state: &Pages,
        request: Request,
        session: &Session,
        slot: Option<FileSlot>,
    ) -> Result<Self, Fault> {
        let account = session.account.id;
        let is_same = |visitor: &Visitor| visitor.member.as_ref().is_some_and(|member| member.account.id == account);
        Self::read(state, request, |visitor: &Visitor, _: &BTreeMap<String, String>| slot.filter(|_| is_same(visitor)))
            .await
    }

    /// What is said of the files that were not taken; nothing, where all were.
    #[must_use]
    pub fn said(&self) -> Option<String> {
        let said: Vec<String> = self.refused.iter().map(|one| one.said(self.visitor.voice)).collect();
        (!said.is_empty()).then(|| said.join(" "))
    }

    async fn without_files(state: &Pages, request: Request) -> Result<Self, Fault> {
        let (parts, body) = request.into_parts();
        let body = to_bytes(body, state.limits.body_bytes_max).await.map_err(|_| Fault::from(ProblemCode::TooLarge))?;
        let request = Request::from_parts(parts, Body::from(body));
        let OwnForm { visitor, fields } = OwnForm::from_request(request, state).await?;
        Ok(Self { visitor, fields, taken: 0, refused: Vec::new() })
    }

    async fn with_files(
        state: &Pages,
        request: Request,
        slot: impl Fn(&Visitor, &BTreeMap<String, String>) -> Option<FileSlot> + Send,
    ) -> Result<Self, Fault> {
        let (mut parts, body) = request.into_parts();
        let Ok(visitor) = Visitor::from_request_parts(&mut parts, state).await;
        let request = Request::from_parts(parts, body);
        let mut form =
            Multipart::from_request(request, state).await.map_err(|_| Fault::from(ProblemCode::Malformed))?;
        let mut read = Self { visitor, fields: BTreeMap::new(), taken: 0, refused: Vec::new() };
        let (mut is_own, mut typed, mut count) = (false, 0, 0);
        loop {
            let Ok(field) = form.next_field().await else {
                read.refuse("", "request-form-large");
                break;
            };
            let Some(field) = field else { break };
            let name = field.name().unwrap_or_default().to_owned();
            if field.file_name().is_some() {
                // The token stands before the files: a foreign form is not read to its end.
                if !is_own {
                    break;
                }
                count += 1;
                if count > FILES_IN_FORM_MAX {
                    read.refuse("", "request-file-many");
                    break;
                }
                match slot(&read.visitor, &read.fields) {
                    Some(slot) => read.file(state, slot, field).await?,
                    None => continue,
                }
            } else {
                let Some(text) = text_of(field, &mut typed).await else {
                    return Err(ProblemCode::TooLarge.into());
                };
                if name == "csrf" {
                    is_own = read.visitor.is_own_form(&text);
                } else if read.fields.len() < FIELDS_MAX {
                    read.fields.insert(name, text);
                }
            }
        }
        if is_own { Ok(read) } else { Err(ProblemCode::NotSignedIn.into()) }
    }

    fn refuse(&mut self, name: &str, sentence: &'static str) {
        self.refused.push(FileRefusal { name: name.to_owned(), sentence });
    }

    /// Takes a file of the form, or notes why not.
    async fn file(&mut self, state: &Pages, slot: FileSlot, mut field: Field<'_>) -> Result<(), Fault> {
        let given = field.file_name().unwrap_or_default().to_owned();
        let name = plain_name(&given);
        let file = match arrived(state, slot, &mut field).await? {
            Ok(file) => file,
            Err(receipt) => {
                self.refused.extend(sentence(&receipt).map(|sentence| FileRefusal { name, sentence }));
                return Ok(());
            }
        };
        // A browser sends a file without name and length where none was chosen.
        if given.is_empty() && file.length() == 0 {
            file.discard().await;
            return Ok(());
        }
        let receipt = files::take((state.requests(), &state.judges), slot, &given, file).await?;
        match sentence(&receipt) {
            Some(sentence) => self.refused.push(FileRefusal { name, sentence }),
            None => self.taken += 1,
        }
        Ok(())
    }

    /// The files chosen before that are not wanted any more.
    #[must_use]
    pub fn dropped(&self) -> Vec<Uuid> {
        let named = |field: &String| Uuid::try_parse(field.strip_prefix(DROP)?).ok();
        self.fields.keys().filter_map(named).collect()
    }
}

/// A file, piece by piece onto the disk.
async fn arrived(
    state: &Pages,
    slot: FileSlot,
    field: &mut Field<'_>,
) -> Result<Result<ArrivedFile, DocumentReceipt>, Fault> {
    let mut arriving = match files::begin(&state.uploads, &state.arrivals, slot).await? {
        Ok(arriving) => arriving,
        Err(receipt) => return Ok(Err(receipt)),
    };
    loop {
        let Ok(piece) = field.chunk().await else {
            arriving.discard().await;
            return Ok(Err(DocumentReceipt::TooLarge));
        };
        let Some(piece) = piece else { break };
        if let Err(fault) = arriving.take(&piece).await {
            arriving.discard().await;
            return send_document::refused(fault).map(Err);
        }
    }
    match arriving.end().await {
        Ok(file) => Ok(Ok(file)),
        Err(fault) => send_document::refused(fault).map(Err),
    }
}

/// What is typed in a field; none where all of them together are too long.
async fn text_of(mut field: Field<'_>, typed: &mut usize) -> Option<String> {
    let mut text = Vec::new();
    while let Some(piece) = field.chunk().await.ok()? {
        *typed += piece.len();
        if *typed > TYPED_BYTES_MAX {
            return None;
        }
        text.extend_from_slice(&piece);
    }
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// What is said of a file of a request that was not taken; nothing of one that was.
const fn sentence(receipt: &DocumentReceipt) -> Option<&'static str> {
    match receipt {
        DocumentReceipt::Kept(_) | DocumentReceipt::Known(_) => None,
        DocumentReceipt::Empty => Some("request-file-empty"),
        DocumentReceipt::TooLarge => Some("request-file-large"),
        DocumentReceipt::Unfit(FileFlaw::Heif) => Some("request-file-heif"),
        DocumentReceipt::Unfit(unfit) => Some(unfit_sentence(*unfit)),
        DocumentReceipt::TooMany => Some("request-file-many"),
        DocumentReceipt::Over => Some("request-file-over"),
        DocumentReceipt::Crowded => Some("document-crowded"),
        DocumentReceipt::NoRoom => Some("document-no-room"),
    }
}

/// What to do about a file that is not taken.
#[must_use]
pub const fn unfit_sentence(unfit: FileFlaw) -> &'static str {
    match unfit {
        FileFlaw::Kind => "document-kind",
        FileFlaw::Heif => "document-heif",
        FileFlaw::Broken => "document-broken",
        FileFlaw::Pixels => "document-pixels",
        FileFlaw::Active => "document-active",
        FileFlaw::Heavy => "document-heavy",
        FileFlaw::Encrypted => "document-encrypted",
        FileFlaw::Locked => "document-locked",
        FileFlaw::Costly => "document-costly",
        FileFlaw::Late => "document-late",
    }
}

/// A file that was sent, as a file: a browser shows nothing of it within our pages.
pub fn as_file(document: SentDocument) -> Response {
    let SentDocument { kind, bytes } = document;
    let value = HeaderValue::from_str(&kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers = [
        // The sender's own name for it stands on the page; here nothing of theirs is in a header.
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static(match kind.as_str() {
                "application/pdf" => "attachment; filename=\"document.pdf\"",
                "image/jpeg" => "attachment; filename=\"document.jpg\"",
                "image/png" => "attachment; filename=\"document.png\"",
                _ => "attachment; filename=\"document\"",
            }),
        ),
        (header::CONTENT_TYPE, value),
        // Should a browser show it all the same, it may do nothing.
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, bytes).into_response()
}
