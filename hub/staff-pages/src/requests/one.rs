//! One request, for who works on it: what was asked, every step, and what can be done with it now.

use std::collections::BTreeMap;

use acts::{
    Fault, LookGrant, LookKind,
    requests::{
        RequestRefusal, WrittenText, ask, assign, close, decide, files, forward,
        hand_out::{self, HandOutPaper},
        post as posting,
        propose::{self, VisitOffer},
        ready, take,
        view::{self, RequestView},
    },
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, CasePhase, CloseReason, LastThree, PaperKind, ResultForm, ResultWay, UnitId};
use paths::Page;
use people::{PROFILE, Profile};
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    case_visits::{self, CaseVisit},
    extract::{PagePath, PageQuery},
    field_choices,
    form::OwnForm,
    frame::{Frame, page},
    how::channel_named,
    page_actions,
    request_lines::{
        RequestFact, RequestFileLine, RequestLine, RequestReader, facts, file_lines, lines, said, spot, spot_said,
        standing,
    },
    signed::StaffVisitor,
};
use store::FilePurpose;
use text::{Dates, Voice};
use uuid::Uuid;
use wire::ProblemCode;

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
        /// An appointment is proposed.
        Propose = "propose",
        /// A file of the result is taken back.
        DropFile = "drop-file",
        /// The result is handed out.
        HandOut = "hand-out",
        /// The result is posted.
        Posted = "post",
        /// It is closed without a result.
        Close = "close",
    }
}

field_choices! {
    /// Why a request is closed without a result.
    ClosingChoice {
        /// The applicant did not answer.
        NoAnswer = "no-answer",
        /// The result was not collected.
        NotCollected = "not-collected",
        /// It was there already.
        Duplicate = "duplicate",
        /// Something else, in words.
        Other = "other",
    }
}

impl ClosingChoice {
    /// What the rules call it.
    const fn reason(self) -> CloseReason {
        match self {
            Self::NoAnswer => CloseReason::NoAnswer,
            Self::NotCollected => CloseReason::NotCollected,
            Self::Duplicate => CloseReason::Duplicate,
            Self::Other => CloseReason::Other,
        }
    }

    const fn sentence(self) -> &'static str {
        match self {
            Self::NoAnswer => "request-phase-no-answer",
            Self::NotCollected => "request-phase-not-collected",
            Self::Duplicate => "request-phase-duplicate",
            Self::Other => "request-phase-closed",
        }
    }
}

/// What a paper is called beside a form in which it is chosen.
const fn paper_sentence(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::IdentityCard => "staff-request-paper-identity-card",
        PaperKind::Passport => "staff-request-paper-passport",
    }
}

/// Papers that can be shown, by name and as they are called.
pub fn papers(voice: Voice) -> Vec<(&'static str, String)> {
    PaperKind::ALL.into_iter().map(|kind| (kind.name(), voice.say(paper_sentence(kind)))).collect()
}

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
    /// What the applicant sent.
    sent: Vec<RequestFileLine>,
    /// The spot on the map, as text and as maps open it.
    spot: Option<(String, String)>,
    /// The appointment that was proposed last.
    visit: Option<CaseVisit>,
    /// What can be proposed.
    offers: Vec<(String, String)>,
    /// The result as files; none where it is none.
    results: Option<Vec<(Uuid, RequestFileLine)>>,
    /// Answers that are often given, by their numbers.
    answers: Vec<(usize, String, bool)>,
    /// The one that was chosen.
    ready_answer: String,
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
    /// The form that was refused.
    refused: Option<RequestDeskAction>,
}

impl StaffRequestPage {
    fn action(&self, action: RequestDeskAction) -> String {
        Page::StaffRequestAction { request: self.id, action: action.name() }.to_string()
    }

    /// The page itself.
    fn own(&self) -> String {
        Page::StaffRequest { request: self.id }.to_string()
    }

    /// Where the result is brought as a file.
    fn files(&self) -> String {
        Page::StaffRequestFiles { request: self.id }.to_string()
    }

    /// What stood in a field of a form that was refused.
    fn typed_in(&self, action: RequestDeskAction, field: &str) -> &str {
        if self.refused == Some(action) { self.typed.get(field).map(String::as_str).unwrap_or_default() } else { "" }
    }

    /// The same for a question, which may begin with an answer that is often given.
    fn asked(&self) -> &str {
        if self.refused.is_none() { &self.ready_answer } else { self.typed_in(RequestDeskAction::Ask, "text") }
    }

    /// The same for the three buttons of one form.
    fn told(&self) -> &str {
        use RequestDeskAction::{Accept, Finish, Refuse};
        match self.refused {
            None => &self.ready_answer,
            Some(Accept | Refuse | Finish) => self.typed.get("text").map(String::as_str).unwrap_or_default(),
            Some(_) => "",
        }
    }
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct RequestDeskQuery {
    #[serde(default)]
    done: String,
    /// The number of an answer that is often given.
    #[serde(default)]
    answer: String,
}

/// A form that was refused.
pub(super) struct RefusedCaseForm {
    /// What it was for.
    pub action: RequestDeskAction,
    /// What was typed.
    pub fields: BTreeMap<String, String>,
    /// Why not.
    pub sentence: String,
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

/// The result as files, each with its name in the form that takes it back.
fn results(view: &RequestView, dates: Dates) -> Vec<(Uuid, RequestFileLine)> {
    let request = view.row.public;
    let page = |document| Page::StaffRequestFile { request, document }.to_string();
    let ids = view.files.iter().filter(|file| file.purpose == FilePurpose::Result).map(|file| file.upload.id);
    ids.zip(file_lines(view, FilePurpose::Result, dates, page)).collect()
}

/// The page; with what was done or chosen before, and a form that was refused.
pub(super) async fn show(
    signed: &StaffVisitor,
    request: Uuid,
    query: Option<&RequestDeskQuery>,
    refused: Option<RefusedCaseForm>,
) -> Result<Response, Fault> {
    let visitor = &signed.visitor;
    let (voice, body, now) = (visitor.voice, visitor.state.body.clone(), visitor.state.clock.now());
    let by = AccountId(signed.session.account.id);
    let seen = view::staff(visitor.state.requests(), signed.errand(request)).await??;
    let look = LookGrant { office: None, visit: Some(request), ..LookGrant::new(by.0, 0, LookKind::Request) };
    look.keep(&visitor.state.ledger).await?;
    let able = assign::colleagues(visitor.state.requests(), request).await?;
    let accounts = &visitor.state.access.accounts;
    let name = |id: AccountId| accounts.with_number(id.0).map_or_else(|| id.to_string(), |one| one.name.clone());
    let case = &seen.row.case;
    let dates = Dates { voice, zone: body.zone, now };
    let (class, standing) = standing(case, voice);
    let result = body.categories.get(&case.category).map_or(ResultForm::None, |category| category.result);
    let chosen = query.and_then(|query| query.answer.parse::<usize>().ok());
    let answers = body.answers.iter().enumerate().filter(|(_, answer)| answer.is_for(case.category, case.unit));
    let answers: Vec<_> = answers.collect();
    // The applicant reads it, in their language.
    let ready_answer = answers.iter().find(|(number, _)| Some(*number) == chosen);
    let ready_answer = ready_answer.map(|(_, answer)| Voice(seen.row.language).of_text(&answer.text));
    let results = (result == ResultForm::ElectronicDocument).then(|| results(&seen, dates));
    let others = body.units.iter().filter(|(id, _)| **id != case.unit);
    let status = if refused.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, typed, refused) = match refused {
        Some(RefusedCaseForm { action, fields, sentence }) => (Some(sentence), fields, Some(action)),
        None => (None, BTreeMap::new(), None),
    };
    let text_id = typed.get("text-id").and_then(|id| Uuid::try_parse(id).ok()).unwrap_or_else(draw_id).to_string();
    let shown = StaffRequestPage {
        id: request,
        done: query.is_some_and(|query| query.done == "yes"),
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
        sent: file_lines(&seen, FilePurpose::Sent, dates, |document| {
            Page::StaffRequestFile { request, document }.to_string()
        }),
        spot: spot(&seen).map(|spot| (spot_said(spot, voice), spot.link())),
        visit: case_visits::proposed(&visitor.state, &seen, dates),
        offers: case_visits::offers(&visitor.state, voice),
        results,
        answers: answers
            .iter()
            .map(|(number, answer)| (*number, voice.of_text(&answer.name), Some(*number) == chosen))
            .collect(),
        ready_answer: ready_answer.unwrap_or_default(),
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
        papers: papers(voice),
        reasons: ClosingChoice::ALL.iter().map(|one| (one.name(), voice.say(one.sentence()))).collect(),
        text_id,
        typed,
        refused,
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
    show(&signed, request, Some(&query), None).await
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
    let of = signed.errand(request);
    let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
    let text = WrittenText::typed(field("text-id"), field("text"));
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
        RequestDeskAction::Propose => {
            let mut named = field("visit").splitn(3, '/');
            let (Some(office), Some(service), Some(channel)) =
                (named.next(), named.next(), named.next().and_then(channel_named))
            else {
                return Err(ProblemCode::Malformed.into());
            };
            let office = visitor.state.office(office)?;
            propose::run(room, of, VisitOffer { office, service, channel }).await?
        }
        RequestDeskAction::DropFile => {
            let document = Uuid::try_parse(field("document")).map_err(|_| Fault::from(ProblemCode::Malformed))?;
            view::staff(room, of).await??;
            files::drop(&visitor.state.ledger, &visitor.state.uploads, of, vec![document]).await?;
            let page = Page::StaffRequest { request }.asking("done=yes");
            return Ok(Redirect::to(&page).into_response());
        }
        RequestDeskAction::Posted => posting::run(room, of, text).await?,
        RequestDeskAction::Close => {
            let because = field("because").parse::<ClosingChoice>()?.reason();
            close::run(room, of, because, text).await?
        }
        RequestDeskAction::HandOut => {
            let kind = field("paper").parse::<PaperKind>().ok();
            let last = field("last").parse::<LastThree>();
            let (Some(kind), Ok(last)) = (kind, last) else {
                let sentence = visitor.voice.say("staff-request-last-wrong");
                return show(&signed, request, None, Some(RefusedCaseForm { action, fields, sentence })).await;
            };
            hand_out::run(room, of, HandOutPaper { id: text.id, kind, last, cause: None }).await?
        }
    };
    match taken {
        // In another unit it may be another's to read.
        Ok(_) if action == RequestDeskAction::Unit => {
            Ok(Redirect::to(&Page::StaffRequests.to_string()).into_response())
        }
        Ok(_) if action == RequestDeskAction::Posted && field("from") == "posting" => {
            Ok(Redirect::to(&Page::StaffPosting.asking("done=yes")).into_response())
        }
        Ok(_) => Ok(Redirect::to(&Page::StaffRequest { request }.asking("done=yes")).into_response()),
        // Who may read it and not do this is refused, as everywhere.
        Err(refusal @ (RequestRefusal::NotFound | RequestRefusal::NotAllowed)) => Err(refusal.into()),
        Err(refusal) => {
            let sentence = visitor.voice.say(refusal.sentence());
            show(&signed, request, None, Some(RefusedCaseForm { action, fields, sentence })).await
        }
    }
}
