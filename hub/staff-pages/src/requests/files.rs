//! Files of requests, for who works on them: what the applicant sent is downloaded in the sandbox, and each look is logged; the
//! result is brought as a file where it can be had as one.

use acts::{
    Fault,
    requests::{
        files::{self, FileSlot},
        view,
    },
};
use axum::{
    extract::{Request, State},
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use stationery::{
    extract::PagePath,
    file_form::{FileForm, as_file},
    signed::StaffVisitor,
    state::Pages,
};
use uuid::Uuid;

use super::one::{RefusedCaseForm, RequestDeskAction, show};

/// Gives a file of a request.
pub async fn get(
    signed: StaffVisitor,
    PagePath((request, document)): PagePath<(Uuid, Uuid)>,
) -> Result<Response, Fault> {
    let state = &signed.visitor.state;
    let of = signed.errand(request);
    Ok(as_file(files::of_staff(state.requests(), &state.uploads, of, document).await?))
}

/// Leads to the request: a form is sent here, and nothing is shown.
pub async fn back(PagePath(request): PagePath<Uuid>) -> Redirect {
    Redirect::to(&Page::StaffRequest { request }.to_string())
}

/// Takes the result as a file, from who works on the request.
pub async fn post(
    State(state): State<Pages>,
    signed: StaffVisitor,
    PagePath(public): PagePath<Uuid>,
    request: Request,
) -> Result<Response, Fault> {
    let of = signed.errand(public);
    view::staff(state.requests(), of).await??;
    let slot = FileSlot::of_result(public, of.by);
    let form = FileForm::read_of(&state, request, &signed.session, Some(slot)).await?;
    let said = form.said();
    let FileForm { visitor, fields, taken, .. } = form;
    let sentence = match said {
        None if taken > 0 => {
            return Ok(Redirect::to(&Page::StaffRequest { request: public }.asking("done=yes")).into_response());
        }
        None => visitor.voice.say("document-none"),
        Some(said) => said,
    };
    // The page with its files is that of taking one back.
    let action = RequestDeskAction::DropFile;
    show(&signed, public, None, Some(RefusedCaseForm { action, fields, sentence })).await
}
