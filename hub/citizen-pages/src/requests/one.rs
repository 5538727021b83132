//! One request, for the applicant: its receipt, where it stands, every step, and what they may do.

use std::collections::BTreeMap;

use acts::{
    Fault,
    requests::{RequestRefusal, WrittenText, add, answer, download, files, reopen, view, withdraw},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{CasePhase, ResultWay};
use paths::Page;
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    case_visits::{self, CaseVisit},
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, ok, page},
    page_actions,
    request_lines::{
        RequestFact, RequestFileLine, RequestLine, RequestReader, facts, file_lines, lines, said, standing, way,
    },
    signed::MemberVisitor,
};
use store::FilePurpose;
use text::Dates;
use uuid::Uuid;
use wire::ProblemCode;

use super::{
    chosen::ChosenFiles,
    result::{ResultFiles, files_of, is_collected_by_code},
};

#[derive(Template)]
#[template(path = "requests/one.html")]
struct RequestPage {
    f: Frame,
    id: Uuid,
    done: bool,
    refusal: Option<String>,
    class: &'static str,
    standing: String,
    is_provisional: bool,
    is_ready_to_collect: bool,
    /// The visit at which it is collected.
    pickup: Option<CaseVisit>,
    /// Whether the receipt gives a number at the kiosk.
    has_code: bool,
    /// The visit that was proposed.
    visit: Option<CaseVisit>,
    /// What can be downloaded.
    results: Option<ResultFiles>,
    facts: Vec<RequestFact>,
    said: Option<Vec<RequestFact>>,
    lines: Vec<RequestLine>,
    /// What was sent with it.
    sent: Vec<RequestFileLine>,
    /// Where photographs and documents are chosen.
    files: Option<ChosenFiles>,
    awaits_answer: bool,
    is_open: bool,
    reopen_until: Option<String>,
    ways: Vec<(ResultWay, String, bool)>,
    /// By which what is written is known again.
    text_id: String,
    typed: String,
    /// The form that was refused.
    refused: Option<ApplicantAction>,
}

page_actions! {
    /// What a form of an applicant's page is for.
    ApplicantAction {
        /// What was asked is answered.
        Answer = "answer",
        /// Something is added.
        Add = "add",
        /// They are not content with how it ended.
        Reopen = "reopen",
        /// A file of the result is downloaded.
        Download = "download",
        /// They do not want it any more.
        Withdraw = "withdraw",
        /// The result is to go another way.
        Way = "way",
    }
}

impl RequestPage {
    fn action(&self, action: ApplicantAction) -> String {
        Page::RequestAction { request: self.id, action: action.name() }.to_string()
    }

    /// The receipt, with its code.
    fn receipt(&self) -> String {
        Page::RequestReceipt { request: self.id }.to_string()
    }

    /// Where an answer or an addition is sent, which may have files with it.
    fn writes(&self, action: ApplicantAction) -> String {
        match &self.files {
            Some(_) => Page::RequestFiles { request: self.id }.to_string(),
            None => self.action(action),
        }
    }

    /// What stood in the field of a form that was refused.
    fn typed_in(&self, action: ApplicantAction) -> &str {
        if self.refused == Some(action) { &self.typed } else { "" }
    }
}

#[derive(Template)]
#[template(path = "requests/receipt.html")]
struct ReceiptPage {
    f: Frame,
    back: String,
    /// The code that gives a number at the kiosk.
    qr: Option<String>,
    body: String,
    is_provisional: bool,
    facts: Vec<RequestFact>,
    said: Option<Vec<RequestFact>>,
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct RequestQuery {
    #[serde(default)]
    done: String,
}

/// A form that was refused: which, what stood in it, and why not.
pub(super) struct RefusedForm {
    action: ApplicantAction,
    text: String,
    id: String,
    sentence: String,
}

/// The page, with a form that was refused.
pub(super) async fn show(
    member: &MemberVisitor,
    request: Uuid,
    done: bool,
    refused: Option<RefusedForm>,
) -> Result<Response, Fault> {
    let visitor = &member.visitor;
    let (voice, body, now) = (visitor.voice, visitor.state.body.clone(), visitor.state.clock.now());
    let errand = member.errand(request);
    let seen = view::own(visitor.state.requests(), errand).await??;
    let case = &seen.row.case;
    let dates = Dates { voice, zone: body.zone, now };
    let category = body.categories.get(&case.category);
    let until = case.reopens_until(&body, body.day_of(now));
    let (class, standing) = standing(case, voice);
    let ways = withdraw::ways(visitor.state.requests(), &member.session, &seen).await?;
    // The one that holds already is no choice.
    let ways = if ways == [case.way_now()] { Vec::new() } else { ways };
    let ways = ways.into_iter().map(|one| (one, voice.say(way(one)), one == case.way_now()));
    let is_ready = case.phase == CasePhase::Ready { way: ResultWay::Collection };
    let pickup = category.and_then(|category| category.pickup.as_ref()).filter(|_| is_ready);
    let pickup = pickup.and_then(|name| case_visits::pickup(&visitor.state, name, &seen, dates));
    let chosen = files::drafts(visitor.state.requests(), errand).await?;
    let files = category.filter(|_| !case.is_closed());
    let files = files.and_then(|category| ChosenFiles::of(category, chosen, &Vec::new(), voice));
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, typed, refused, text_id) = match refused {
        Some(RefusedForm { action, text, id, sentence }) => (Some(sentence), text, Some(action), id),
        None => (None, String::new(), None, draw_id().to_string()),
    };
    let shown = RequestPage {
        f: visitor.frame().at(Page::RequestOne { request }.to_string()).staff("requests"),
        id: request,
        done,
        refusal,
        class,
        standing,
        is_provisional: case.awaits_number(),
        is_ready_to_collect: is_ready,
        pickup,
        has_code: is_collected_by_code(case, &body),
        visit: case_visits::proposed(&visitor.state, &seen, dates).filter(|_| !case.is_closed()),
        results: files_of(&seen, member, dates),
        facts: facts(case, &body, dates),
        said: said(&seen, &body, voice),
        lines: lines(&seen, &body, dates, &RequestReader::Applicant),
        sent: file_lines(&seen, FilePurpose::Sent, dates, |document| {
            Page::RequestFile { request, document }.to_string()
        }),
        files,
        awaits_answer: matches!(case.phase, CasePhase::AwaitsAnswer { .. }),
        is_open: !case.is_closed(),
        reopen_until: until.map(|day| dates.the_date_and_year(day)),
        ways: ways.collect(),
        text_id,
        typed,
        refused,
    };
    Ok(page(status, &shown))
}

/// Shows it.
pub async fn get(
    member: MemberVisitor,
    PagePath(request): PagePath<Uuid>,
    PageQuery(query): PageQuery<RequestQuery>,
) -> Result<Response, Fault> {
    show(&member, request, query.done == "yes", None).await
}

/// Shows the receipt, which prints well.
pub async fn receipt(member: MemberVisitor, PagePath(request): PagePath<Uuid>) -> Result<Response, Fault> {
    let visitor = &member.visitor;
    let (voice, body) = (visitor.voice, visitor.state.body.clone());
    let errand = member.errand(request);
    let seen = view::own(visitor.state.requests(), errand).await??;
    let dates = Dates { voice, zone: body.zone, now: visitor.state.clock.now() };
    let case = &seen.row.case;
    Ok(ok(&ReceiptPage {
        f: visitor.frame().staff("requests"),
        back: Page::RequestOne { request }.to_string(),
        qr: is_collected_by_code(case, &body).then(|| Page::RequestQr { request }.to_string()),
        body: voice.of_text(&body.name),
        is_provisional: case.awaits_number(),
        facts: facts(case, &body, dates),
        said: said(&seen, &body, voice),
    }))
}

/// Leads to the request: a form is sent here, and nothing is shown.
pub async fn back(PagePath((request, _)): PagePath<(Uuid, String)>) -> Redirect {
    Redirect::to(&Page::RequestOne { request }.to_string())
}

/// Does what a form of the page is for.
pub async fn post(
    member: MemberVisitor,
    PagePath((request, action)): PagePath<(Uuid, String)>,
    OwnForm { visitor, fields }: OwnForm<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let action = action.parse::<ApplicantAction>()?;
    let room = visitor.state.requests();
    let of = member.errand(request);
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let text = WrittenText::typed(&field("text-id"), &field("text"));
    let taken = match action {
        ApplicantAction::Answer => answer::run(room, of, text).await?,
        ApplicantAction::Add => add::run(room, of, text).await?,
        ApplicantAction::Reopen => reopen::run(room, of, text).await?,
        ApplicantAction::Download => {
            let document = Uuid::try_parse(&field("document")).map_err(|_| ProblemCode::Malformed)?;
            let noted = download::run(room, &member.session, request).await?;
            if noted.is_ok() {
                return Ok(Redirect::to(&Page::RequestResult { request, document }.to_string()).into_response());
            }
            noted
        }
        ApplicantAction::Withdraw if field("sure").is_empty() => {
            let sentence = visitor.voice.say("request-withdraw-tick");
            return show(&member, request, false, Some(refused(action, &fields, sentence))).await;
        }
        ApplicantAction::Withdraw => withdraw::run(room, of).await?,
        ApplicantAction::Way => {
            let way = field("way").parse::<ResultWay>().map_err(|_| ProblemCode::Malformed)?;
            withdraw::choose_way(room, of, way, member.session.assurance()).await?
        }
    };
    match taken {
        Ok(_) => Ok(Redirect::to(&Page::RequestOne { request }.asking("done=yes")).into_response()),
        Err(RequestRefusal::NotFound) => Err(ProblemCode::NotFound.into()),
        Err(refusal) => {
            let sentence = visitor.voice.say(refusal.sentence());
            show(&member, request, false, Some(refused(action, &fields, sentence))).await
        }
    }
}

/// A form that was refused, with what was typed.
pub(super) fn refused(action: ApplicantAction, fields: &BTreeMap<String, String>, sentence: String) -> RefusedForm {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let text = field("text").chars().take(acts::requests::TEXT_CHARACTERS_MAX + 500).collect();
    let id = Uuid::try_parse(&field("text-id")).unwrap_or_else(|_| draw_id());
    RefusedForm { action, text, id: id.to_string(), sentence }
}
