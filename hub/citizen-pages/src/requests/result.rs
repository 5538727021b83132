//! The result of a request: as a file, which the applicant downloads who is known well enough in this session, each time a step
//! of the request; and as a paper, for which the receipt has a code.

use acts::{
    Fault,
    requests::{
        download::{self, ResultDocument},
        view::{self, RequestView},
    },
};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use body::{BodyConfig, Case, CaseEnd, CasePhase, ResultForm, ResultWay};
use paths::Page;
use stationery::{
    extract::PagePath,
    file_form::as_file,
    request_lines::{RequestFileLine, file_lines},
    signed::MemberVisitor,
};
use store::FilePurpose;
use text::Dates;
use uuid::Uuid;
use wire::{ProblemCode, ReceiptCode};

/// What can be downloaded now, and what is missing for it.
#[derive(Debug)]
pub struct ResultFiles {
    /// The files, each with its name in the form.
    pub files: Vec<(Uuid, RequestFileLine)>,
    /// That a second step is missing in this session.
    pub missing: Option<String>,
}

/// What can be downloaded of a request; none where nothing can.
pub fn files_of(view: &RequestView, member: &MemberVisitor, dates: Dates) -> Option<ResultFiles> {
    let is_there = match view.row.case.phase {
        CasePhase::Ready { way: ResultWay::Download } | CasePhase::Closed { end: CaseEnd::Downloaded } => true,
        CasePhase::Ready { way: ResultWay::Collection | ResultWay::Post }
        | CasePhase::InHand
        | CasePhase::AwaitsAnswer { .. }
        | CasePhase::Accepted
        | CasePhase::Closed { .. } => false,
    };
    let request = view.row.public;
    let page = |document| Page::RequestResult { request, document }.to_string();
    let ids = view.files.iter().filter(|file| file.purpose == FilePurpose::Result).map(|file| file.upload.id);
    let files: Vec<_> = ids.zip(file_lines(view, FilePurpose::Result, dates, page)).collect();
    let missing = (!download::is_sure(&member.session)).then(|| dates.voice.say("request-not-sure"));
    (is_there && !files.is_empty()).then_some(ResultFiles { files, missing })
}

/// Gives a file of the result, where its download was noted just now.
pub async fn get(
    member: MemberVisitor,
    PagePath((request, document)): PagePath<(Uuid, Uuid)>,
) -> Result<Response, Fault> {
    let state = &member.visitor.state;
    let wanted = ResultDocument { request, document };
    Ok(as_file(download::file(state.requests(), &state.uploads, &member.session, wanted).await?))
}

/// Whether the result of a request is collected with a number that its receipt gives.
pub fn is_collected_by_code(case: &Case, body: &BodyConfig) -> bool {
    let category = body.categories.get(&case.category);
    category.is_some_and(|category| category.result != ResultForm::None && category.pickup.is_some())
}

/// The code of the receipt as a picture, for the kiosk's scanner.
pub async fn qr(member: MemberVisitor, PagePath(request): PagePath<Uuid>) -> Result<Response, Fault> {
    let state = &member.visitor.state;
    let seen = view::own(state.requests(), member.errand(request)).await??;
    if !is_collected_by_code(&seen.row.case, &state.body) {
        return Err(ProblemCode::NotFound.into());
    }
    let png = post::qr_png(&ReceiptCode(request).to_string()).map_err(|_| ProblemCode::Unavailable)?;
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("image/png"))], png).into_response())
}
