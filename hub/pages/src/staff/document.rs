//! A document that a citizen sent beforehand (TRN-10), for the staff of the office where the booking is; every look is
//! logged (FLD-22).

use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use office::BookingId;
use uuid::Uuid;
use wire::ProblemCode;

use super::signed::Signed;
use crate::problem;
use acts::{Look, LookKind};

/// Gives the file, as a file: a browser shows nothing of it within our pages.
pub async fn get(signed: Signed, Path((key, id)): Path<(String, String)>) -> Response {
    let visitor = &signed.visitor;
    let handle = match signed.office(&key) {
        Ok(handle) => handle,
        Err(fault) => return fault.into_response(),
    };
    let Ok(id) = Uuid::try_parse(&id) else { return problem::page_of(visitor, ProblemCode::NotFound) };
    let found = visitor.state.readers.read(move |store| {
        let Some(upload) = store.upload(id)? else { return Ok(None) };
        let record = store.record(upload.person)?;
        Ok(record.and_then(|record| record.booking).map(|booking| (booking, upload)))
    });
    let (booking, upload) = match found.await {
        Ok(Some(((office, booking), upload))) if office == handle.row => (booking, upload),
        Ok(_) => return problem::page_of(visitor, ProblemCode::NotFound),
        Err(error) => return problem::page_of_fault(visitor, &error.into()),
    };
    let Ok(bytes) = uploads::read(&visitor.state.uploads, id).await else {
        return problem::page_of(visitor, ProblemCode::NotFound);
    };
    let look = Look::new(signed.session.account.id, handle.row, LookKind::Document);
    let look = Look { booking: Some(BookingId(booking)), ..look };
    if let Err(fault) = look.keep(&visitor.state.ledger).await {
        return problem::page_of_fault(visitor, &fault);
    }
    let kind = HeaderValue::from_str(&upload.kind).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers = [
        // The citizen's own name for it stands on the card; here nothing of theirs is in a header.
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static(match upload.kind.as_str() {
                "application/pdf" => "attachment; filename=\"document.pdf\"",
                "image/jpeg" => "attachment; filename=\"document.jpg\"",
                "image/png" => "attachment; filename=\"document.png\"",
                _ => "attachment; filename=\"document\"",
            }),
        ),
        (header::CONTENT_TYPE, kind),
        // Should a browser show it all the same, it may do nothing.
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, bytes).into_response()
}
