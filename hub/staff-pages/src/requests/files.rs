//! Files of requests, for who works on them: what the applicant sent is downloaded in the sandbox, and each look is logged; the
//! result is brought as a file where it can be had as one.

use std::collections::BTreeMap;

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
use body::AccountId;
use paths::Page;
use stationery::{
    extract::PagePath,
    file_form::{FileForm, as_file},
    signed::StaffVisitor,
    state::Pages,
    visitor::Visitor,
};
use uuid::Uuid;

use super::one::{RefusedCaseForm, RequestDeskAction, show};

/// Gives a file of a request.
pub async fn get(
    signed: StaffVisitor,
    PagePath((request, document)): PagePath<(Uuid, Uuid)>,
) -> Result<Response, Fault> {
    let state = &signed.visitor.state;
    let of = (request, AccountId(signed.session.account.id));
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
    let by = AccountId(signed.session.account.id);
    view::staff(state.requests(), (public, by)).await??;
    let slot = |visitor: &Visitor, _: &BTreeMap<String, String>| {
        let is_same = visitor.session.as_ref().is_some_and(|session| session.account.id == by.0);
        is_same.then(|| FileSlot::of_result(public, by))
    };
    let FileForm { visitor, fields, taken, refused } = FileForm::read(&state, request, slot).await?;
    if refused.is_empty() && taken > 0 {
        return Ok(Redirect::to(&Page::StaffRequest { request: public }.asking("done=yes")).into_response());
    }
    let mut said: Vec<String> = refused.iter().map(|one| one.said(visitor.voice)).collect();
    if said.is_empty() {
        said.push(visitor.voice.say("document-none"));
    }
    // The page with its files is that of taking one back.
    let action = RequestDeskAction::DropFile;
    show(&signed, public, None, Some(RefusedCaseForm { action, fields, sentence: said.join(" ") })).await
}
