//! One request, for who works on it: what was asked, every step, and what can be done with it now.

use std::collections::BTreeMap;

use acts::{
    Fault, LookGrant, LookKind,
    requests::{
        RequestRefusal, WrittenText, ask, assign, close, decide, forward,
        hand_out::{self, ShownPaper},
        post as posting, ready, take, view,
    },
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, CasePhase, CloseReason, LastThree, PaperKind, ResultForm, ResultWay, UnitId, WordsId};
use paths::Page;
use people::{PROFILE, Profile};
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    request_lines::{RequestFact, RequestLine, RequestReader, facts, lines, said, standing},
    signed::StaffVisitor,
};
use store::Store;
use text::Dates;
use uuid::Uuid;
use wire::ProblemCode;

use crate::action::page_actions;

page_actions! {
    /// What a form of a request's page is for.
    RequestDeskAction {
        /// Somebody takes it.
        Take = "take",
        /// It is given to a colleague.
        Assign = "assign",
        /// It goes to another unit.
        Unit = "unit",
        /// It is another body's.
        Forward = "forward",
        /// The citizen is asked something.
        Ask = "ask",
        /// Staff note something.
        Note = "note",
        /// It is accepted.
        Accept = "accept",
        /// It is refused.
        Refuse = "refuse",
        /// It is done.
        Finish = "finish",
        /// The result is there.
        Ready = "ready",
        /// The result is handed out.
        HandOut = "hand-out",
        /// The result is posted.
        Posted = "post",
        /// It is closed without a result.
        Close = "close",
    }
}

/// Why a request is closed without a result, as the form's list names it.
const REASONS: [(&str, CloseReason, &str); 4] = [
    ("no-answer", CloseReason::NoAnswer, "request-phase-no-answer"),
    ("not-collected", CloseReason::NotCollected, "request-phase-not-collected"),
    ("duplicate", CloseReason::Duplicate, "request-phase-duplicate"),
    ("other", CloseReason::Other, "request-phase-closed"),
];

/// Papers, as the form names them.
const PAPERS: [(&str, PaperKind, &str); 2] = [
    ("identity-card", PaperKind::IdentityCard, "staff-request-paper-identity-card"),
    ("passport", PaperKind::Passport, "staff-request-paper-passport"),
];

#[derive(Template)]
#[template(path = "staff/requests/one.html")]
struct StaffRequestPage {
    f: Frame,
    id: Uuid,
    done: bool,
    refusal: Option<String>,
    class: &'static str,
    standing: String,
    overdue: bool,
    is_stopped: bool,
    is_open: bool,
    is_mine: bool,
    worker: Option<(u32, String)>,
    facts: Vec<RequestFact>,
    said: Option<Vec<RequestFact>>,
    applicant: Vec<RequestFact>,
    lines: Vec<RequestLine>,
    awaits_answer: bool,
    is_accepted: bool,
    is_ready: bool,
    collects: bool,
    posts: bool,
    has_result: bool,
    forward_by: String,
    units: Vec<(String, String)>,
    workers: Vec<(String, String)>,
    papers: Vec<(&'static str, String)>,
    reasons: Vec<(&'static str, String)>,
    text_id: String,
    typed: BTreeMap<String, String>,
    action_typed: String,
}

impl StaffRequestPage {
    fn action(&self, action: &str) -> String {
        Page::StaffRequestAction { request: self.id, action }.to_string()
    }

    /// What stood in a field of a form that was refused.
    fn typed_in(&self, action: &str, field: &str) -> &str {
        if self.action_typed == action { self.typed.get(field).map(String::as_str).unwrap_or_default() } else { "" }
    }

    /// The same for the three buttons of one form.
    fn told(&self) -> &str {
        let is_verdict = matches!(self.action_typed.as_str(), "accept" | "refuse" | "finish");
        if is_verdict { self.typed.get("text").map(String::as_str).unwrap_or_default() } else { "" }
    }
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct RequestDeskQuery {
    #[serde(default)]
    done: String,
}

/// A form that was refused.
struct RefusedForm {
    action: RequestDeskAction,
    fields: BTreeMap<String, String>,
    sentence: String,
}

/// What an applicant said of themselves.
fn applicant(profile: &Profile, signed: &StaffVisitor) -> Vec<RequestFact> {
    let voice = signed.visitor.voice;
    let fact = |row: &people::ProfileRow| {
        let said = row.readable(profile);
        (!said.is_empty()).then(|| (voice.say(&format!("profile-{}", row.input)), said))
    };
    PROFILE.iter().filter_map(fact).collect()
}

async fn show(
    signed: &StaffVisitor,
    request: Uuid,
    done: bool,
    refused: Option<RefusedForm>,
) -> Result<Response, Fault> {
    let visitor = &signed.visitor;
    let (voice, body, now) = (visitor.voice, visitor.state.body.clone(), visitor.state.clock.now());
    let by = AccountId(signed.session.account.id);
    let seen = view::staff(visitor.state.requests(), (request, by)).await??;
    let look = LookGrant { office: None, visit: Some(request), ..LookGrant::new(by.0, 0, LookKind::Request) };
    look.keep(&visitor.state.ledger).await?;
    let able = visitor.state.readers.read(move |store: &Store| assign::able(store, request)).await?;
    let accounts = &visitor.state.access.accounts;
    let name = |id: AccountId| accounts.with_number(id.0).map_or_else(|| id.to_string(), |one| one.name.clone());
    let case = &seen.row.case;
    let dates = Dates { voice, zone: body.zone, now };
    let (class, standing) = standing(case, voice);
    let result = body.categories.get(&case.category).map_or(ResultForm::None, |category| category.result);
    let others = body.units.iter().filter(|(id, _)| **id != case.unit);
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, typed, action_typed) = match refused {
        Some(RefusedForm { action, fields, sentence }) => (Some(sentence), fields, action.name().to_owned()),
        None => (None, BTreeMap::new(), String::new()),
    };
    let text_id = typed.get("text-id").and_then(|id| Uuid::try_parse(id).ok()).unwrap_or_else(draw_id).to_string();
    let shown = StaffRequestPage {
        id: request,
        done,
        refusal,
        class,
        standing,
        overdue: case.is_overdue(body.day_of(now)),
        is_stopped: case.clock.stopped.is_some(),
        is_open: !case.is_closed(),
        is_mine: case.worker == Some(by),
        worker: case.worker.map(|worker| (worker.0, name(worker))),
        facts: facts(case, &body, dates),
        said: said(&seen, &body, voice),
        applicant: seen.applicant.as_ref().map(|profile| applicant(profile, signed)).unwrap_or_default(),
        lines: lines(&seen, &body, dates, &RequestReader::Staff(&name)),
        awaits_answer: matches!(case.phase, CasePhase::AwaitsAnswer { .. }),
        is_accepted: matches!(case.phase, CasePhase::Accepted | CasePhase::AwaitsAnswer { accepted: true }),
        is_ready: matches!(case.phase, CasePhase::Ready { .. }),
        collects: case.phase == CasePhase::Ready { way: ResultWay::Collection },
        posts: case.phase == CasePhase::Ready { way: ResultWay::Post },
        has_result: result != ResultForm::None,
        forward_by: dates.the_date_and_year(case.forward_by),
        units: others.map(|(id, unit)| (id.to_string(), voice.of_text(&unit.name))).collect(),
        workers: able.into_iter().filter(|id| Some(*id) != case.worker).map(|id| (id.to_string(), name(id))).collect(),
        papers: PAPERS.iter().map(|(key, _, sentence)| (*key, voice.say(sentence))).collect(),
        reasons: REASONS.iter().map(|(key, _, sentence)| (*key, voice.say(sentence))).collect(),
        text_id,
        typed,
        action_typed,
        f: visitor.frame().at(Page::StaffRequest { request }.to_string()).staff("requests"),
    };
    Ok(page(status, &shown))
}

/// Shows it.
pub async fn get(
    signed: StaffVisitor,
    PagePath(request): PagePath<Uuid>,
    PageQuery(query): PageQuery<RequestDeskQuery>,
) -> Result<Response, Fault> {
    show(&signed, request, query.done == "yes", None).await
}

/// Leads to the request: a form is sent here, and nothing is shown.
pub async fn back(PagePath((request, _)): PagePath<(Uuid, String)>) -> Redirect {
    Redirect::to(&Page::StaffRequest { request }.to_string())
}

/// Does what a form of the page is for.
pub async fn post(
    signed: StaffVisitor,
    PagePath((request, action)): PagePath<(Uuid, String)>,
    OwnForm { visitor, fields }: OwnForm<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let action = action.parse::<RequestDeskAction>()?;
    let room = visitor.state.requests();
    let of = (request, AccountId(signed.session.account.id));
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let id = WordsId(Uuid::try_parse(field("text-id")).unwrap_or_else(|_| draw_id()));
    let text = WrittenText { id, text: field("text").to_owned() };
    let number = |name: &str| field(name).parse::<u32>().map_err(|_| Fault::from(ProblemCode::Malformed));
    let taken = match action {
        RequestDeskAction::Take => take::run(room, of, number("from").ok().map(AccountId)).await?,
        RequestDeskAction::Assign => assign::run(room, of, AccountId(number("to")?)).await?,
        RequestDeskAction::Unit => {
            let unit = field("unit").parse::<u16>().map(UnitId).map_err(|_| Fault::from(ProblemCode::Malformed))?;
            assign::to_unit(room, of, unit).await?
        }
        RequestDeskAction::Forward => forward::run(room, of, text).await?,
        RequestDeskAction::Ask => ask::run(room, of, text).await?,
        RequestDeskAction::Note => ask::note(room, of, text).await?,
        RequestDeskAction::Accept => decide::run(room, of, decide::RequestVerdict::Accept, text).await?,
        RequestDeskAction::Refuse => decide::run(room, of, decide::RequestVerdict::Refuse, text).await?,
        RequestDeskAction::Finish => decide::run(room, of, decide::RequestVerdict::Finish, text).await?,
        RequestDeskAction::Ready => ready::run(room, of).await?,
        RequestDeskAction::Posted => posting::run(room, of, text).await?,
        RequestDeskAction::Close => {
            let because = REASONS.iter().find(|(key, ..)| *key == field("because")).map(|(_, because, _)| *because);
            close::run(room, of, because.ok_or(ProblemCode::Malformed)?, text).await?
        }
        RequestDeskAction::HandOut => {
            let kind = PAPERS.iter().find(|(key, ..)| *key == field("paper")).map(|(_, kind, _)| *kind);
            let last = field("last").parse::<LastThree>();
            let (Some(kind), Ok(last)) = (kind, last) else {
                let sentence = visitor.voice.say("staff-request-last-wrong");
                return show(&signed, request, false, Some(RefusedForm { action, fields, sentence })).await;
            };
            hand_out::run(room, of, ShownPaper { id, kind, last, cause: None }).await?
        }
    };
    match taken {
        // In another unit it may be another's to read.
        Ok(_) if action == RequestDeskAction::Unit => {
            Ok(Redirect::to(&Page::StaffRequests.to_string()).into_response())
        }
        Ok(_) => Ok(Redirect::to(&Page::StaffRequest { request }.asking("done=yes")).into_response()),
        // Who may read it and not do this is refused, as everywhere.
        Err(refusal @ (RequestRefusal::NotFound | RequestRefusal::NotAllowed)) => Err(refusal.into()),
        Err(refusal) => {
            let sentence = visitor.voice.say(refusal.sentence());
            show(&signed, request, false, Some(RefusedForm { action, fields, sentence })).await
        }
    }
}
