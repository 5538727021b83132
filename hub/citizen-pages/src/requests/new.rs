//! A new request: the form of its category. Who may not submit it yet sees what there is to fill in, and the one next step.

use std::collections::BTreeMap;

use acts::{
    Fault,
    requests::{
        form_of,
        submit::{self, Prospect, Submission, SubmissionRefusal, Visiting},
    },
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, Admission, Category, ResultForm, ResultWay};
use paths::Page;
use people::{DetailFaults, DetailForm};
use secrets::draw_id;
use stationery::{
    extract::PagePath,
    fields::{Field, Painter},
    form::OwnForm,
    frame::{Frame, page},
    next_step::{NextStep, WantedThing},
    request_lines::{term, way},
    visitor::Visitor,
};
use uuid::Uuid;
use vocabulary::Level;
use wire::ProblemCode;

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
    next: Option<NextStep>,
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
}

impl Sent {
    /// Nothing yet.
    fn nothing() -> Self {
        Self { request: draw_id(), typed: DetailForm::default(), faults: Vec::new(), refusal: None }
    }
}

fn show(visitor: &Visitor, category: &Category, prospect: &Prospect, sent: Sent) -> Response {
    let voice = visitor.voice;
    let Sent { request, typed, faults, refusal } = sent;
    let here = Page::RequestNew { category: &category.key };
    let form = form_of(category);
    let painter = Painter { typed: &typed, faults: &faults, voice: voice.into() };
    let mut fields: Vec<Field> = form.iter().map(|field| painter.extra(field)).collect();
    fields.extend(ways(visitor, category, prospect.level, typed.text(WAY)));
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
            next,
        },
    )
}

/// The choice of how the result goes to the applicant, where there is one.
fn ways(visitor: &Visitor, category: &Category, level: Level, chosen: &str) -> Option<Field> {
    let mut offered = vec![ResultWay::Collection];
    match category.result {
        ResultForm::None => return None,
        ResultForm::Document => {}
        ResultForm::ElectronicDocument => offered.push(ResultWay::Download),
    }
    if level == Level::B {
        offered.insert(0, ResultWay::Post);
    }
    // One way is no choice.
    if offered.len() < 2 {
        return None;
    }
    let voice = visitor.voice;
    let usual = offered.first().copied().map(way_name).unwrap_or_default();
    let chosen = if chosen.is_empty() { usual } else { chosen };
    let choice = |one: ResultWay| (way_name(one).to_owned(), voice.say(way(one)), way_name(one) == chosen);
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

/// How forms name a way.
pub const fn way_name(way: ResultWay) -> &'static str {
    match way {
        ResultWay::Collection => "collection",
        ResultWay::Post => "post",
        ResultWay::Download => "download",
    }
}

/// The way that a form names.
pub fn way_of(name: &str) -> Option<ResultWay> {
    [ResultWay::Collection, ResultWay::Post, ResultWay::Download].into_iter().find(|way| way_name(*way) == name)
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
    PagePath(key): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<BTreeMap<String, String>>,
) -> Result<Response, Fault> {
    let body = visitor.state.body.clone();
    let (_, category) = body.category_of(&key).ok_or(ProblemCode::NotFound)?;
    let room = visitor.state.requests();
    let prospect = submit::prospect(room, visiting(&visitor), key.clone()).await?.ok_or(ProblemCode::NotFound)?;
    let request = fields.get(REQUEST).and_then(|drawn| Uuid::try_parse(drawn).ok()).unwrap_or_else(draw_id);
    let typed = DetailForm::new(fields);
    let Some(session) = visitor.member.as_ref().filter(|_| prospect.admission == Admission::Allowed) else {
        // What was typed is there when they come back to this page by the one next step.
        return Ok(show(&visitor, category, &prospect, Sent { request, typed, faults: Vec::new(), refusal: None }));
    };
    let submission = Submission {
        public: request,
        account: AccountId(session.account.id),
        assurance: session.assurance(),
        category: key.clone(),
        way: way_of(typed.text(WAY)),
        typed: typed.clone(),
        voice: visitor.voice,
    };
    let refused = |faults, sentence: Option<&str>| {
        let refusal = sentence.map(|sentence| visitor.voice.say(sentence));
        Sent { request, typed: typed.clone(), faults, refusal }
    };
    let sent = match submit::run(room, submission).await? {
        Ok(row) => return Ok(Redirect::to(&Page::RequestReceipt { request: row.public }.to_string()).into_response()),
        Err(SubmissionRefusal::NotFound) => return Err(ProblemCode::NotFound.into()),
        Err(SubmissionRefusal::Fields(faults)) => refused(faults, None),
        Err(SubmissionRefusal::TooMany) => refused(Vec::new(), Some("request-too-many")),
        Err(SubmissionRefusal::NotAdmitted(_)) => refused(Vec::new(), Some("request-not-admitted")),
        Err(SubmissionRefusal::Rule(refusal)) => {
            let refusal = acts::requests::RequestRefusal::Rule(refusal);
            refused(Vec::new(), Some(refusal.sentence()))
        }
    };
    Ok(show(&visitor, category, &prospect, sent))
}
