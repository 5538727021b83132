//! A document that a citizen sent beforehand (TRN-10), for the staff of the office where the booking is; every look is
//! logged (FLD-22).

use acts::{Fault, sent_document};
use axum::response::Response;
use stationery::{extract::PagePath, file_form::as_file, signed::StaffVisitor};
use uuid::Uuid;
use wire::ProblemCode;

/// Gives the file, as a file: a browser shows nothing of it within our pages.
pub async fn get(signed: StaffVisitor, PagePath((key, id)): PagePath<(String, String)>) -> Result<Response, Fault> {
    let state = &signed.visitor.state;
    let handle = signed.office(&key)?;
    let id = Uuid::try_parse(&id).map_err(|_| ProblemCode::NotFound)?;
    let account = signed.session.account.id;
    let document = sent_document::run(&state.ledger, &state.uploads, handle, account, id).await?;
    Ok(as_file(document))
}
