//! A document that a citizen sent beforehand (TRN-10), for the staff of the office where the booking is; every look is
//! logged (FLD-22).

use acts::{
    Fault,
    sent_document::{self, SentDocument},
};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use stationery::{extract::PagePath, signed::StaffVisitor};
use uuid::Uuid;
use wire::ProblemCode;

/// Gives the file, as a file: a browser shows nothing of it within our pages.
pub async fn get(signed: StaffVisitor, PagePath((key, id)): PagePath<(String, String)>) -> Result<Response, Fault> {
    let state = &signed.visitor.state;
    let handle = signed.office(&key)?;
    let id = Uuid::try_parse(&id).map_err(|_| ProblemCode::NotFound)?;
    let account = signed.session.account.id;
    let SentDocument { kind, bytes } = sent_document::run(&state.ledger, &state.uploads, handle, account, id).await?;
    let value = HeaderValue::from_str(&kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers = [
        // The citizen's own name for it stands on the card; here nothing of theirs is in a header.
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
    Ok((headers, bytes).into_response())
}
