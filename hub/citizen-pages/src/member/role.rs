//! «Αίτημα Αλλαγής Ρόλου» (PRE-05): what somebody coordinates, what became of their request, and the form of another.

use acts::{Fault, RoleRequestWords};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{AccountId, RoleRequestPhase, UnitId};
use coordination::{
    conferences::list,
    roles::{
        ORGANISATION_MAX, PURPOSE_MAX, RoleFlaw,
        ask::{self, RoleWish},
        list::{is_of_staff, own},
        withdraw,
    },
};
use paths::Page;
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    action::chosen,
    field_choices,
    form::OwnForm,
    frame::{Frame, page},
    problem::WrongField,
    signed::MemberVisitor,
};
use uuid::Uuid;
use wire::ProblemCode;

#[derive(Template)]
#[template(path = "member/role.html")]
struct MemberRolePage {
    f: Frame,
    refusal: Option<String>,
    /// What they coordinate, in words.
    held: Vec<String>,
    /// Whether the register, or their place here, says that they are of staff.
    is_staff: bool,
    /// Their request that waits: its name, and when it was made.
    open: Option<(String, String)>,
    /// Why the last one was refused.
    refused: Option<String>,
    typed: RoleForm,
    /// The units that may be chosen, and which is.
    units: Vec<(String, String, bool)>,
    purpose_max: usize,
    organisation_max: usize,
}

/// What was typed to ask, or pressed to withdraw.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct RoleForm {
    #[serde(default)]
    step: String,
    #[serde(default)]
    request: String,
    #[serde(default)]
    organisation: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    purpose: String,
}

field_choices! {
    /// What the form of the page is for.
    RoleStep {
        /// They ask.
        Ask = "ask",
        /// They do not want it any more.
        Withdraw = "withdraw",
    }
}

async fn shown(member: &MemberVisitor, wrong: Option<WrongField>, typed: Option<RoleForm>) -> Result<Response, Fault> {
    let visitor = &member.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let by = AccountId(member.session.account.id);
    if state.body.conferences.is_none() {
        return Err(ProblemCode::NotFound.into());
    }
    let desk = list::desk(state.conferences(), by).await?;
    let own = own(state.conferences(), by).await?;
    let mut held = Vec::new();
    if desk.of_organisation {
        held.push(voice.say("role-organisation"));
    }
    held.extend(desk.units.iter().map(|(_, name)| voice.text("role-unit", "unit", &voice.of_text(name))));
    let dates = visitor.dates_of_hub();
    let (mut open, mut refused) = (None, None);
    if let Some((view, reason)) = &own {
        match view.row.request.phase {
            RoleRequestPhase::Open => {
                open = Some((view.row.public.to_string(), dates.day_and_time(view.row.request.asked_at)));
            }
            RoleRequestPhase::Refused { .. } => refused = Some(reason.clone().unwrap_or_default()),
            RoleRequestPhase::Approved | RoleRequestPhase::Withdrawn => {}
        }
    }
    let typed = typed.unwrap_or_else(|| RoleForm {
        request: draw_id().to_string(),
        organisation: voice.of_text(&state.body.name),
        ..RoleForm::default()
    });
    let unit = |(id, name): &(UnitId, office::Words)| {
        let id = id.to_string();
        let is_chosen = id == typed.unit;
        (id, voice.of_text(name), is_chosen)
    };
    let units = desk.all_units.iter().map(unit).collect();
    let is_staff = is_of_staff(state.conferences(), by).await?;
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong);
    let f = visitor.frame().staff("member").at(Page::MemberRole.to_string()).marking(marks);
    let (purpose_max, organisation_max) = (PURPOSE_MAX, ORGANISATION_MAX);
    let shown =
        MemberRolePage { f, refusal, held, is_staff, open, refused, typed, units, purpose_max, organisation_max };
    Ok(page(status, &shown))
}

/// Shows it.
pub async fn get(member: MemberVisitor) -> Result<Response, Fault> {
    shown(&member, None, None).await
}

/// In which field something is wrong.
const fn field(flaw: RoleFlaw) -> &'static str {
    match flaw {
        RoleFlaw::OrganisationMissing => "organisation",
        RoleFlaw::PhoneWrong => "phone",
        RoleFlaw::PurposeMissing | RoleFlaw::TooLong => "purpose",
        RoleFlaw::UnknownUnit => "unit",
        RoleFlaw::NotFound
        | RoleFlaw::NotHeld
        | RoleFlaw::NotAllowed
        | RoleFlaw::TooMany
        | RoleFlaw::ReasonMissing
        | RoleFlaw::AddressWrong
        | RoleFlaw::OtherAddress
        | RoleFlaw::InvitationOver
        | RoleFlaw::Request(_)
        | RoleFlaw::Unit(_) => "",
    }
}

/// Asks, or withdraws.
pub async fn post(member: MemberVisitor, OwnForm { visitor, fields }: OwnForm<RoleForm>) -> Result<Response, Fault> {
    let by = AccountId(member.session.account.id);
    let room = visitor.state.conferences();
    let public = Uuid::try_parse(&fields.request).unwrap_or_else(|_| draw_id());
    let done = match chosen::<RoleStep>(&fields.step)?.unwrap_or(RoleStep::Ask) {
        RoleStep::Withdraw => withdraw::run(room, (public, by)).await?,
        RoleStep::Ask => {
            let unit = Some(fields.unit.trim()).filter(|unit| !unit.is_empty());
            // What is no number is no unit either.
            let unit = unit.map(|unit| unit.parse::<UnitId>().unwrap_or(UnitId(u16::MAX)));
            let words = RoleRequestWords {
                organisation: fields.organisation.clone(),
                phone: fields.phone.clone(),
                purpose: fields.purpose.clone(),
            };
            ask::run(room, RoleWish { public, by, unit, words, language: visitor.voice.0 }).await?
        }
    };
    match done {
        Ok(()) => Ok(Redirect::to(&Page::MemberRole.to_string()).into_response()),
        Err(flaw @ (RoleFlaw::NotFound | RoleFlaw::NotHeld)) => Err(flaw.into()),
        Err(flaw) => {
            let wrong = WrongField::new(visitor.voice.say(flaw.sentence()), field(flaw));
            shown(&member, Some(wrong), Some(fields)).await
        }
    }
}
