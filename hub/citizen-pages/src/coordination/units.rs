//! Units, who coordinates them, and who is invited to: for coordinators of the organisation (PRE-06).

use acts::Fault;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, CoordinatorPost, UnitId, units::UNIT_NAME_MAX};
use coordination::roles::{
    RoleFlaw, end, invite,
    unit::{self, UnitsView},
};
use office::Words;
use paths::Page;
use people::readable_address;
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    problem::WrongField,
    signed::MemberVisitor,
};
use uuid::Uuid;

use super::{UnitsAction, requests::DoneQuery};

#[derive(Template)]
#[template(path = "coordination/units.html")]
struct UnitsPage {
    f: Frame,
    refusal: Option<String>,
    done: bool,
    units: Vec<UnitLine>,
    typed: UnitsForm,
    name_max: usize,
}

/// A unit, with those who coordinate it.
struct UnitLine {
    id: UnitId,
    name: String,
    is_chosen: bool,
    /// Account and user name.
    coordinators: Vec<(u32, String)>,
    /// Name of the invitation, address, and until when it is good.
    invited: Vec<(Uuid, String, String)>,
}

impl UnitsPage {
    fn action(&self, action: UnitsAction) -> String {
        Page::CoordinationUnitsAction { action: action.name() }.to_string()
    }
}

/// What is done on this page.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct UnitsForm {
    #[serde(default)]
    el: String,
    #[serde(default)]
    en: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    account: String,
    #[serde(default)]
    invitation: String,
}

async fn shown(
    member: &MemberVisitor,
    done: bool,
    wrong: Option<WrongField>,
    typed: UnitsForm,
) -> Result<Response, Fault> {
    let visitor = &member.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let by = AccountId(member.session.account.id);
    let view = unit::read(state.conferences(), by).await?.map_err(Fault::from)?;
    let dates = visitor.dates_of_hub();
    let UnitsView { units, coordinators, invitations } = view;
    let line = |(id, name, _): (UnitId, Words, bool)| UnitLine {
        id,
        name: voice.of_text(&name),
        is_chosen: id.to_string() == typed.unit,
        coordinators: coordinators
            .iter()
            .filter(|(unit, ..)| *unit == id)
            .map(|(_, account, user)| (account.0, user.clone()))
            .collect(),
        invited: invitations
            .iter()
            .filter(|one| one.unit == id)
            .map(|one| (one.id, readable_address(&one.email), dates.day_and_time(one.expires_at)))
            .collect(),
    };
    let units = units.into_iter().map(line).collect();
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong);
    let f = visitor.frame().staff("member").at(Page::CoordinationUnits.to_string()).marking(marks);
    Ok(page(status, &UnitsPage { f, refusal, done, units, typed, name_max: UNIT_NAME_MAX }))
}

/// Shows them.
pub async fn get(member: MemberVisitor, PageQuery(query): PageQuery<DoneQuery>) -> Result<Response, Fault> {
    shown(&member, query.done == "yes", None, UnitsForm::default()).await
}

/// Leads to the list: a form is sent here, and nothing is shown.
pub async fn back(PagePath(_): PagePath<String>) -> Redirect {
    Redirect::to(&Page::CoordinationUnits.to_string())
}

/// In which field something is wrong.
const fn field(flaw: RoleFlaw) -> &'static str {
    match flaw {
        RoleFlaw::AddressWrong => "email",
        RoleFlaw::UnknownUnit => "unit",
        RoleFlaw::Unit(_) => "el",
        RoleFlaw::NotFound
        | RoleFlaw::NotHeld
        | RoleFlaw::NotAllowed
        | RoleFlaw::OrganisationMissing
        | RoleFlaw::PhoneWrong
        | RoleFlaw::PurposeMissing
        | RoleFlaw::TooLong
        | RoleFlaw::TooMany
        | RoleFlaw::ReasonMissing
        | RoleFlaw::OtherAddress
        | RoleFlaw::InvitationOver
        | RoleFlaw::Request(_) => "",
    }
}

/// Makes a unit, invites a coordinator, takes an invitation back, or ends that somebody coordinates one.
pub async fn post(
    member: MemberVisitor,
    PagePath(action): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<UnitsForm>,
) -> Result<Response, Fault> {
    let (state, by) = (&visitor.state, AccountId(member.session.account.id));
    let room = state.conferences();
    // What is no number is no unit either.
    let unit = fields.unit.parse::<UnitId>().unwrap_or(UnitId(u16::MAX));
    let action = action.parse::<UnitsAction>()?;
    let done = match action {
        UnitsAction::Make => unit::make(room, by, Words::new(fields.el.clone(), fields.en.clone())).await?,
        UnitsAction::Invite => invite::run(room, by, (unit, fields.email.clone()), visitor.voice.0).await?,
        UnitsAction::TakeBack => {
            // What names nothing takes nothing back.
            let invitation = Uuid::try_parse(&fields.invitation).unwrap_or_default();
            invite::take_back(room, by, invitation).await?
        }
        UnitsAction::End => {
            let of = fields.account.parse::<u32>().unwrap_or_default();
            // No unit stands for the whole organisation.
            let of_unit = CoordinatorPost::Unit(unit);
            let post = if fields.unit.is_empty() { CoordinatorPost::Organisation } else { of_unit };
            end::run(room, &state.access, &member.session, (post, AccountId(of))).await?
        }
    };
    match done {
        Ok(()) if action == UnitsAction::End && fields.unit.is_empty() => {
            Ok(Redirect::to(&Page::RoleRequests.asking("done=yes")).into_response())
        }
        Ok(()) => Ok(Redirect::to(&Page::CoordinationUnits.asking("done=yes")).into_response()),
        Err(
            flaw @ (RoleFlaw::NotFound
            | RoleFlaw::NotHeld
            | RoleFlaw::NotAllowed
            | RoleFlaw::Unit(body::UnitRefusal::NotAllowed)),
        ) => Err(flaw.into()),
        Err(flaw) => {
            let wrong = WrongField::new(visitor.voice.say(flaw.sentence()), field(flaw));
            shown(&member, false, Some(wrong), fields).await
        }
    }
}
