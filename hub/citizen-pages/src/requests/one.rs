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
use body::{AccountId, CasePhase, ResultForm, ResultWay, SeriesKind, WordsId};
use paths::Page;
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    case_visits::{self, CaseVisit},
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, ok, page},
    request_lines::{
        RequestFact, RequestFileLine, RequestLine, RequestReader, facts, file_lines, lines, said, standing,
    },
    signed::MemberVisitor,
};
use store::FilePurpose;
use text::Dates;
use uuid::Uuid;
use wire::ProblemCode;

use super::{
    chosen::ChosenFiles,
    new::{way_name, way_of},
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
    ways: Vec<(&'static str, String, bool)>,
    /// By which what is written is known again.
    text_id: String,
    typed: String,
    action_typed: String,
}

impl RequestPage {
    fn action(&self, action: &str) -> String {
        Page::RequestAction { request: self.id, action }.to_string()
    }

    /// The receipt, with its code.
    fn receipt(&self) -> String {
        Page::RequestReceipt { request: self.id }.to_string()
    }

    /// Where an answer or an addition is sent, which may have files with it.
    fn writes(&self, action: &str) -> String {
        match &self.files {
            Some(_) => Page::RequestFiles { request: self.id }.to_string(),
            None => self.action(action),
        }
    }

    /// What stood in the field of a form that was refused.
    fn typed_in(&self, action: &str) -> &str {
        if self.action_typed == action { &self.typed } else { "" }
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
    action: String,
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
    let by = AccountId(member.session.account.id);
    let seen = view::own(visitor.state.requests(), (request, by)).await??;
    let case = &seen.row.case;
    let dates = Dates { voice, zone: body.zone, now };
    let category = body.categories.get(&case.category);
    let closed_on = case.closed_at.map(|at| body.day_of(at));
    let days = category.map_or(body::REOPEN_DAYS, |category| category.reopen_days);
    let until = closed_on.and_then(|day| case.reopen_until(day, days)).filter(|until| body.day_of(now) <= *until);
    let (class, standing) = standing(case, voice);
    let result = category.map_or(ResultForm::None, |category| category.result);
    let offered: &[ResultWay] = match result {
        _ if case.is_closed() => &[],
        ResultForm::None => &[],
        ResultForm::Document => &[ResultWay::Collection, ResultWay::Post],
        ResultForm::ElectronicDocument => &[ResultWay::Collection, ResultWay::Post, ResultWay::Download],
    };
    let has = if let CasePhase::Ready { way } = case.phase { way } else { case.way };
    let ways = offered.iter().map(|way| (way_name(*way), voice.say(stationery::request_lines::way(*way)), *way == has));
    let is_ready = case.phase == CasePhase::Ready { way: ResultWay::Collection };
    let pickup = category.and_then(|category| category.pickup.as_ref()).filter(|_| is_ready);
    let pickup = pickup.and_then(|name| case_visits::pickup(&visitor.state, name, &seen, dates));
    let chosen = files::drafts(visitor.state.requests(), (request, by)).await?;
    let files = category.filter(|_| !case.is_closed());
    let files = files.and_then(|category| ChosenFiles::of(category, chosen, &Vec::new(), voice));
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, typed, action_typed, text_id) = match refused {
        Some(RefusedForm { action, text, id, sentence }) => (Some(sentence), text, action, id),
        None => (None, String::new(), String::new(), draw_id().to_string()),
    };
    let shown = RequestPage {
        f: visitor.frame().at(Page::RequestOne { request }.to_string()).staff("requests"),
        id: request,
        done,
        refusal,
        class,
        standing,
        is_provisional: case.given.series == SeriesKind::Provisional && case.outside.is_none(),
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
        action_typed,
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
    let by = AccountId(member.session.account.id);
    let seen = view::own(visitor.state.requests(), (request, by)).await??;
    let dates = Dates { voice, zone: body.zone, now: visitor.state.clock.now() };
    let case = &seen.row.case;
    Ok(ok(&ReceiptPage {
        f: visitor.frame().staff("requests"),
        back: Page::RequestOne { request }.to_string(),
        qr: is_collected_by_code(case, &body).then(|| Page::RequestQr { request }.to_string()),
        body: voice.of_text(&body.name),
        is_provisional: case.given.series == SeriesKind::Provisional && case.outside.is_none(),
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
    let room = visitor.state.requests();
    let of = (request, AccountId(member.session.account.id));
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let id = WordsId(Uuid::try_parse(&field("text-id")).unwrap_or_else(|_| draw_id()));
    let text = WrittenText { id, text: field("text") };
    let taken = match action.as_str() {
        "answer" => answer::run(room, of, text).await?,
        "add" => add::run(room, of, text).await?,
        "reopen" => reopen::run(room, of, text).await?,
        "download" => {
            let document = Uuid::try_parse(&field("document")).map_err(|_| ProblemCode::Malformed)?;
            let noted = download::run(room, (request, &*member.session)).await?;
            if noted.is_ok() {
                return Ok(Redirect::to(&Page::RequestResult { request, document }.to_string()).into_response());
            }
            noted
        }
        "withdraw" if field("sure").is_empty() => {
            let sentence = visitor.voice.say("request-withdraw-tick");
            return show(&member, request, false, Some(refused(&action, &fields, sentence))).await;
        }
        "withdraw" => withdraw::run(room, of).await?,
        "way" => match way_of(&field("way")) {
            Some(way) => withdraw::choose_way(room, of, way, member.session.assurance()).await?,
            None => return Err(ProblemCode::Malformed.into()),
        },
        _ => return Err(ProblemCode::NotFound.into()),
    };
    match taken {
        Ok(_) => Ok(Redirect::to(&Page::RequestOne { request }.asking("done=yes")).into_response()),
        Err(RequestRefusal::NotFound) => Err(ProblemCode::NotFound.into()),
        Err(refusal) => {
            let sentence = visitor.voice.say(refusal.sentence());
            show(&member, request, false, Some(refused(&action, &fields, sentence))).await
        }
    }
}

/// A form that was refused, with what was typed.
pub(super) fn refused(action: &str, fields: &BTreeMap<String, String>, sentence: String) -> RefusedForm {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let text = field("text").chars().take(acts::requests::TEXT_CHARACTERS_MAX + 500).collect();
    let id = Uuid::try_parse(&field("text-id")).unwrap_or_else(|_| draw_id());
    RefusedForm { action: action.to_owned(), text, id: id.to_string(), sentence }
}
