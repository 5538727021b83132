//! A new request: the form of its category. Who may not submit it yet sees what there is to fill in, and the one next step.

use std::collections::BTreeMap;

use acts::{
    Fault,
    requests::{
        FILES_FIELD, RequestErrand, SPOT_FIELD,
        files::{self, FileSlot},
        form_of,
        submit::{self, Prospect, Submission, SubmissionRefusal, Visiting},
    },
};
use askama::Template;
use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, Admission, Asker, Category, ResultWay, Spot};
use office::Requirement;
use paths::Page;
use people::{DetailFaults, DetailForm};
use secrets::draw_id;
use stationery::{
    action::chosen as chosen_way,
    extract::PagePath,
    fields::{Field, Painter},
    file_form::{FileForm, FileRefusal},
    frame::{Frame, page},
    next_step::{NextStep, WantedThing},
    request_lines::{spot_said, term, way},
    state::Pages,
    visitor::Visitor,
};
use store::Upload;
use uuid::Uuid;
use wire::ProblemCode;

use super::chosen::ChosenFiles;

#[derive(Template)]
#[template(path = "requests/new.html")]
struct NewRequestPage {
    f: Frame,
    action: String,
    /// By which the same form is known again.
    request: String,
    name: String,
    about: String,
    term: String,
    refusal: Option<String>,
    wrong: DetailFaults,
    fields: Vec<Field>,
    /// Where photographs and documents are chosen.
    files: Option<ChosenFiles>,
    /// Where the browser may tell the spot.
    spot: Option<SpotField>,
    next: Option<NextStep>,
}

/// The spot that the browser told, if somebody agreed.
struct SpotField {
    /// As it came.
    told: String,
    /// As it is read.
    said: Option<String>,
    /// Why it is none.
    wrong: Option<String>,
}

impl SpotField {
    fn of(visitor: &Visitor, category: &Category, typed: &DetailForm, faults: &DetailFaults) -> Option<Self> {
        if category.place == Requirement::No {
            return None;
        }
        let told = typed.text(SPOT_FIELD).to_owned();
        let said = told.parse::<Spot>().ok().map(|spot| spot_said(spot, visitor.voice));
        let wrong = faults.iter().find(|(field, _)| field == SPOT_FIELD).map(|(_, sentence)| sentence.clone());
        Some(Self { told, said, wrong })
    }
}

/// The field in which the way of a result is chosen.
const WAY: &str = "way";
/// The field that names the request to be.
const REQUEST: &str = "request";

/// Who would ask.
fn visiting(visitor: &Visitor) -> Visiting {
    match &visitor.member {
        Some(session) => Visiting::Member { account: AccountId(session.account.id), assurance: session.assurance() },
        None => {
            let returning = visitor.browser.accounts(&visitor.state.key).next().is_some();
            Visiting::Stranger { returning }
        }
    }
}

/// What is shown of a form that was sent.
struct Sent {
    request: Uuid,
    typed: DetailForm,
    faults: DetailFaults,
    refusal: Option<String>,
    /// What was chosen already.
    chosen: Vec<Upload>,
}

impl Sent {
    /// Nothing yet.
    fn nothing() -> Self {
        let (typed, faults) = (DetailForm::default(), Vec::new());
        Self { request: draw_id(), typed, faults, refusal: None, chosen: Vec::new() }
    }
}

fn show(visitor: &Visitor, category: &Category, prospect: &Prospect, sent: Sent) -> Response {
    let voice = visitor.voice;
    let Sent { request, typed, faults, refusal, chosen } = sent;
    let here = Page::RequestNew { category: &category.key };
    let form = form_of(category);
    let painter = Painter { typed: &typed, faults: &faults, voice: voice.into() };
    let mut fields: Vec<Field> = form.iter().map(|field| painter.extra(field)).collect();
    fields.extend(ways(visitor, category, prospect.asker, typed.text(WAY)));
    let files = ChosenFiles::of(category, chosen, &faults, voice);
    let spot = SpotField::of(visitor, category, &typed, &faults);
    let next = NextStep::of(visitor, prospect.admission, WantedThing::Request, &here, prospect.notice.as_ref());
    let is_wrong = !faults.is_empty() || refusal.is_some();
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page(
        status,
        &NewRequestPage {
            f: visitor.frame().staff("requests"),
            action: here.to_string(),
            request: request.to_string(),
            name: voice.of_text(&category.name),
            about: voice.of_text(&category.about),
            term: term(category.term, voice),
            refusal,
            wrong: faults,
            fields,
            files,
            spot,
            next,
        },
    )
}

/// The choice of how the result goes to the applicant, where there is one.
fn ways(visitor: &Visitor, category: &Category, asker: Asker, chosen: &str) -> Option<Field> {
    let offered = category.result.ways(asker);
    // One way is no choice.
    if offered.len() < 2 {
        return None;
    }
    let voice = visitor.voice;
    let usual = offered.first().copied().map(ResultWay::name).unwrap_or_default();
    let chosen = if chosen.is_empty() { usual } else { chosen };
    let choice = |one: ResultWay| (one.name().to_owned(), voice.say(way(one)), one.name() == chosen);
    Some(Field {
        name: WAY.to_owned(),
        labels: vec![("", voice.say("request-way"))],
        hint: None,
        wrong: None,
        value: chosen.to_owned(),
        required: true,
        kind: "choice",
        autocomplete: "off",
        narrow: false,
        choices: offered.into_iter().map(choice).collect(),
    })
}

/// Shows the form.
pub async fn get(visitor: Visitor, PagePath(key): PagePath<String>) -> Result<Response, Fault> {
    let body = visitor.state.body.clone();
    let (_, category) = body.category_of(&key).ok_or(ProblemCode::NotFound)?;
    let prospect = submit::prospect(visitor.state.requests(), visiting(&visitor), key.clone()).await?;
    let prospect = prospect.ok_or(ProblemCode::NotFound)?;
    Ok(show(&visitor, category, &prospect, Sent::nothing()))
}

/// Submits it, or says everything that is wrong with it.
pub async fn post(
    State(state): State<Pages>,
    PagePath(key): PagePath<String>,
    request: Request,
) -> Result<Response, Fault> {
    let body = state.body.clone();
    let (_, category) = body.category_of(&key).ok_or(ProblemCode::NotFound)?;
    // Who may not submit it yet leaves no file: the page says first what is missing.
    let slot = |visitor: &Visitor, fields: &BTreeMap<String, String>| {
        let account = AccountId(visitor.member.as_ref()?.account.id);
        FileSlot::of_applicant(category, named(fields)?, account)
    };
    let form = FileForm::read(&state, request, slot).await?;
    let dropped = form.dropped();
    let FileForm { visitor, fields, refused, .. } = form;
    let room = visitor.state.requests();
    let prospect = submit::prospect(room, visiting(&visitor), key.clone()).await?.ok_or(ProblemCode::NotFound)?;
    let request = named(&fields).unwrap_or_else(draw_id);
    let typed = DetailForm::new(fields);
    let Some(session) = visitor.member.as_ref().filter(|_| prospect.admission == Admission::Allowed) else {
        // What was typed is there when they come back to this page by the one next step.
        return Ok(show(&visitor, category, &prospect, Sent { request, typed, ..Sent::nothing() }));
    };
    let account = AccountId(session.account.id);
    let errand = RequestErrand { request, by: account };
    if !dropped.is_empty() {
        files::drop(&state.ledger, &state.uploads, errand, dropped).await?;
    }
    let way = chosen_way(typed.text(WAY))?;
    let submission = Submission {
        public: request,
        account,
        assurance: session.assurance(),
        category: key.clone(),
        way,
        typed: typed.clone(),
        voice: visitor.voice,
    };
    let (faults, sentence) = if refused.is_empty() {
        match submit::run(room, submission).await? {
            Ok(row) => {
                let receipt = Page::RequestReceipt { request: row.public };
                return Ok(Redirect::to(&receipt.to_string()).into_response());
            }
            Err(SubmissionRefusal::NotFound) => return Err(ProblemCode::NotFound.into()),
            Err(SubmissionRefusal::Fields(faults)) => (faults, None),
            Err(SubmissionRefusal::TooMany) => (Vec::new(), Some("request-too-many")),
            Err(SubmissionRefusal::NotAdmitted(_)) => (Vec::new(), Some("request-not-admitted")),
            Err(SubmissionRefusal::Rule(refusal)) => {
                let refusal = acts::requests::RequestRefusal::Rule(refusal);
                (Vec::new(), Some(refusal.sentence()))
            }
        }
    } else {
        // The fields are judged too, so that all of it is said at once.
        let mut faults = typed.extras(&form_of(category), visitor.voice).err().unwrap_or_default();
        faults.extend(refused.iter().map(|refused| of_file(refused, &visitor)));
        (faults, None)
    };
    let refusal = sentence.map(|sentence| visitor.voice.say(sentence));
    let chosen = files::drafts(room, errand).await?;
    Ok(show(&visitor, category, &prospect, Sent { request, typed, faults, refusal, chosen }))
}

/// What is wrong with a file, at the field in which it was chosen.
fn of_file(refused: &FileRefusal, visitor: &Visitor) -> (String, String) {
    (FILES_FIELD.to_owned(), refused.said(visitor.voice))
}

/// The name of the request to be, as its form has it.
fn named(fields: &BTreeMap<String, String>) -> Option<Uuid> {
    fields.get(REQUEST).and_then(|drawn| Uuid::try_parse(drawn).ok())
}
