//! Photographs and documents of a request that is submitted: sent with an answer or an addition, and downloaded by the
//! applicant themselves.

use acts::{
    Fault,
    requests::{
        RequestRefusal, WrittenText, add, answer,
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
    signed::MemberVisitor,
    state::Pages,
};
use uuid::Uuid;
use wire::ProblemCode;

use super::one::{ApplicantAction, refused, show};

/// Leads to the request: a form is sent here, and nothing is shown.
pub async fn back(PagePath(request): PagePath<Uuid>) -> Redirect {
    Redirect::to(&Page::RequestOne { request }.to_string())
}

/// Takes an answer or an addition with its files; what is refused loses neither the text nor the other files.
pub async fn post(
    State(state): State<Pages>,
    member: MemberVisitor,
    PagePath(public): PagePath<Uuid>,
    request: Request,
) -> Result<Response, Fault> {
    let of = member.errand(public);
    let seen = view::own(state.requests(), of).await??;
    let body = state.body.clone();
    let category = body.categories.get(&seen.row.case.category);
    let slot = category.and_then(|category| FileSlot::of_applicant(category, public, of.by));
    let form = FileForm::read_of(&state, request, &member.session, slot).await?;
    let (dropped, wrong) = (form.dropped(), form.said());
    let FileForm { visitor, fields, .. } = form;
    if !dropped.is_empty() {
        files::drop(&state.ledger, &state.uploads, of, dropped).await?;
    }
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let step = field("step").parse::<ApplicantAction>().map_err(|_| ProblemCode::Malformed)?;
    if let Some(said) = wrong {
        return show(&member, public, false, Some(refused(step, &fields, said))).await;
    }
    let text = WrittenText::typed(&field("text-id"), &field("text"));
    let taken = match step {
        ApplicantAction::Answer => answer::run(state.requests(), of, text).await?,
        ApplicantAction::Add => add::run(state.requests(), of, text).await?,
        // The others take no files.
        ApplicantAction::Reopen | ApplicantAction::Download | ApplicantAction::Withdraw | ApplicantAction::Way => {
            return Err(ProblemCode::Malformed.into());
        }
    };
    match taken {
        Ok(_) => Ok(Redirect::to(&Page::RequestOne { request: public }.asking("done=yes")).into_response()),
        Err(RequestRefusal::NotFound) => Err(ProblemCode::NotFound.into()),
        Err(refusal) => {
            let sentence = visitor.voice.say(refusal.sentence());
            show(&member, public, false, Some(refused(step, &fields, sentence))).await
        }
    }
}

/// Gives a file that the applicant sent.
pub async fn get(
    member: MemberVisitor,
    PagePath((request, document)): PagePath<(Uuid, Uuid)>,
) -> Result<Response, Fault> {
    let state = &member.visitor.state;
    let of = member.errand(request);
    Ok(as_file(files::of_applicant(state.requests(), &state.uploads, of, document).await?))
}
