//! The requests to be a coordinator, for whoever decides about them.

use acts::Fault;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, CoordinatorPost};
use coordination::{
    conferences::list as conference_list,
    roles::{
        PURPOSE_MAX, RoleFlaw,
        decide::{self, RoleDecision},
        list,
    },
};
use paths::Page;
use people::readable;
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    page_actions,
    signed::MemberVisitor,
};
use uuid::Uuid;

use super::UnitsAction;

#[derive(Template)]
#[template(path = "coordination/requests.html")]
struct RoleRequestsPage {
    f: Frame,
    refusal: Option<String>,
    done: bool,
    rows: Vec<RoleRequestLine>,
    /// Who coordinates the organisation, for whoever decides about that.
    coordinators: Vec<(u32, String)>,
    reason_max: usize,
}

/// A request, as it is decided.
struct RoleRequestLine {
    id: Uuid,
    user: String,
    role: String,
    since: String,
    organisation: String,
    phone: String,
    purpose: String,
    /// The reason that was typed, where it was refused to be taken.
    typed: String,
}

impl RoleRequestsPage {
    /// Where it ends that somebody coordinates the organisation.
    fn end(&self) -> String {
        Page::CoordinationUnitsAction { action: UnitsAction::End.name() }.to_string()
    }
}

page_actions! {
    /// What is decided about a request to be a coordinator.
    RoleRequestAction {
        /// They are one.
        Approve = "approve",
        /// They are not, for a reason.
        Refuse = "refuse",
    }
}

impl RoleRequestLine {
    fn action(&self, action: RoleRequestAction) -> String {
        Page::RoleRequestAction { request: self.id, action: action.name() }.to_string()
    }
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct DoneQuery {
    /// `yes`, where something was.
    #[serde(default)]
    pub done: String,
}

async fn shown(member: &MemberVisitor, done: bool, wrong: Option<(Uuid, String, String)>) -> Result<Response, Fault> {
    let visitor = &member.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let by = AccountId(member.session.account.id);
    let desk = conference_list::desk(state.conferences(), by).await?;
    let found = list::run(state.conferences(), by).await?.map_err(Fault::from)?;
    let dates = visitor.dates_of_hub();
    let line = |view: list::RoleRequestView| {
        let role = match view.row.request.post {
            CoordinatorPost::Organisation => voice.say("role-organisation"),
            CoordinatorPost::Unit(unit) => {
                let name = desk.unit(unit).map(|name| voice.of_text(name)).unwrap_or_default();
                voice.text("role-unit", "unit", &name)
            }
        };
        let typed = wrong.as_ref().filter(|(id, ..)| *id == view.row.public).map(|(_, typed, _)| typed.clone());
        RoleRequestLine {
            id: view.row.public,
            user: view.user,
            role,
            since: dates.day_and_time(view.row.request.asked_at),
            organisation: view.words.organisation,
            phone: readable(&view.words.phone),
            purpose: view.words.purpose,
            typed: typed.unwrap_or_default(),
        }
    };
    let coordinators = found.coordinators.into_iter().map(|(account, user)| (account.0, user)).collect();
    let rows = found.requests.into_iter().map(line).collect();
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let f = visitor.frame().staff("member").at(Page::RoleRequests.to_string());
    let refusal = wrong.map(|(_, _, sentence)| sentence);
    Ok(page(status, &RoleRequestsPage { f, refusal, done, rows, coordinators, reason_max: PURPOSE_MAX }))
}

/// Shows them.
pub async fn get(member: MemberVisitor, PageQuery(query): PageQuery<DoneQuery>) -> Result<Response, Fault> {
    shown(&member, query.done == "yes", None).await
}

/// Leads to the list: a form is sent here, and nothing is shown.
pub async fn back(PagePath(_): PagePath<(Uuid, String)>) -> Redirect {
    Redirect::to(&Page::RoleRequests.to_string())
}

/// Why it is refused.
#[derive(Debug, Default, Deserialize)]
pub struct DecisionForm {
    #[serde(default)]
    reason: String,
}

/// Approves or refuses, and answers by mail.
pub async fn post(
    member: MemberVisitor,
    PagePath((request, action)): PagePath<(Uuid, String)>,
    OwnForm { visitor, fields }: OwnForm<DecisionForm>,
) -> Result<Response, Fault> {
    let decision = match action.parse::<RoleRequestAction>()? {
        RoleRequestAction::Approve => RoleDecision::Approve,
        RoleRequestAction::Refuse => RoleDecision::Refuse(fields.reason.clone()),
    };
    let state = &visitor.state;
    match decide::run(state.conferences(), &state.access, &member.session, request, decision).await? {
        Ok(()) => Ok(Redirect::to(&Page::RoleRequests.asking("done=yes")).into_response()),
        Err(flaw @ (RoleFlaw::ReasonMissing | RoleFlaw::TooLong)) => {
            let wrong = (request, fields.reason, visitor.voice.say(flaw.sentence()));
            shown(&member, false, Some(wrong)).await
        }
        Err(flaw) => Err(flaw.into()),
    }
}
