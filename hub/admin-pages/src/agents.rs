//! Agents of an office: invited by mail, invited once more, shut out (TRN-08).

use acts::{
    Fault,
    change_agent::{self, AgentChange},
    invite_agent::{self, AgentRefusal, AgentWish, INVITATION_DAYS},
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
use paths::Page;
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    problem::WrongField,
    signed::StaffVisitor,
};
use store::Agent;
use text::{Dates, Voice};

/// What is far too long is not sent back whole.
const SENT_BACK_CHARACTERS_MAX: usize = 254;

#[derive(Template)]
#[template(path = "admin/agents.html")]
struct AgentsPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    offices: Vec<(String, String)>,
    agents: Vec<AgentRow>,
    typed: AgentForm,
}

struct AgentRow {
    name: String,
    email: String,
    office: String,
    standing: String,
    disabled: bool,
    /// Where they are invited once more.
    invite: String,
    /// Where they are shut out.
    disable: String,
}

/// What was done before, which the page says above the list.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum AgentNews {
    Invited,
    Disabled,
    #[serde(other)]
    Other,
}

impl AgentNews {
    fn said(self, voice: Voice) -> Option<String> {
        match self {
            Self::Invited => Some(voice.say("agent-invited")),
            Self::Disabled => Some(voice.say("agent-disabled")),
            Self::Other => None,
        }
    }
}

/// How the list is asked for.
#[derive(Debug, Deserialize)]
pub struct AgentsQuery {
    done: Option<AgentNews>,
}

/// Whom an administrator invites, as they typed it.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct AgentForm {
    #[serde(default)]
    office: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    tax: String,
}

impl AgentForm {
    /// As it is shown again.
    fn cut(self) -> Self {
        let cut = |text: String| text.chars().take(SENT_BACK_CHARACTERS_MAX).collect();
        let Self { office, name, email, phone, tax } = self;
        Self { office: cut(office), name: cut(name), email: cut(email), phone: cut(phone), tax: cut(tax) }
    }
}

/// Shows the agents.
pub async fn get(signed: StaffVisitor, PageQuery(query): PageQuery<AgentsQuery>) -> Result<Response, Fault> {
    signed.admin()?;
    let done = query.done.and_then(|news| news.said(signed.visitor.voice));
    show(&signed, StatusCode::OK, None, done, AgentForm::default()).await
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to(&Page::AdminAgents.to_string())
}

async fn show(
    signed: &StaffVisitor,
    status: StatusCode,
    refusal: Option<WrongField>,
    done: Option<String>,
    typed: AgentForm,
) -> Result<Response, Fault> {
    let (refusal, marks) = WrongField::parts(refusal);
    let visitor = &signed.visitor;
    let (state, voice, now) = (&visitor.state, visitor.voice, visitor.state.clock.now());
    let (mut offices, mut agents) = (Vec::new(), Vec::new());
    for handle in signed.run() {
        let Some((name, zone)) = handle.config(|config| (voice.of_text(&config.name), config.zone)) else { continue };
        let row = handle.row;
        let known = state.readers.read(move |store| store.agents_of(row)).await?;
        let dates = Dates { voice, zone, now };
        agents.extend(known.into_iter().map(|agent| AgentRow {
            standing: standing(&agent, dates, now),
            invite: Page::AdminAgentInvite { agent: agent.id }.to_string(),
            disable: Page::AdminAgentDisable { agent: agent.id }.to_string(),
            name: agent.name,
            email: agent.email,
            office: name.clone(),
            disabled: agent.disabled,
        }));
        offices.push((handle.key.to_string(), name));
    }
    agents.sort_by_key(|agent| agent.disabled);
    let f = visitor.frame().admin("admin-agents").at(Page::AdminAgents.to_string()).marking(marks);
    Ok(page(status, &AgentsPage { f, refusal, done, offices, agents, typed }))
}

fn standing(agent: &Agent, dates: Dates, now: DateTime<Utc>) -> String {
    let voice = dates.voice;
    match agent.active_at {
        _ if agent.disabled => voice.say("agent-is-disabled"),
        Some(active) => voice.text("agent-is-active", "at", &dates.until(active, now)),
        None if agent.invited_at + TimeDelta::days(INVITATION_DAYS) < now => voice.say("agent-invitation-lapsed"),
        None => voice.text("agent-is-invited", "at", &dates.at(agent.invited_at, now)),
    }
}

/// Invites somebody.
pub async fn post(
    signed: StaffVisitor,
    OwnForm { visitor, fields: typed }: OwnForm<AgentForm>,
) -> Result<Response, Fault> {
    let state = &visitor.state;
    let office = state.office(&typed.office)?;
    let AgentForm { name, email, phone, tax: tax_number, .. } = typed.clone();
    let wish = AgentWish { name, email, phone, tax_number, language: visitor.voice.0 };
    let wrong = match invite_agent::run(&state.ledger, &state.mail, &signed.session, office, wish).await {
        Ok(_) => return Ok(Redirect::to(&Page::AdminAgents.asking("done=invited")).into_response()),
        Err(AgentRefusal::Name) => ("agent-name-wrong", "name"),
        Err(AgentRefusal::Email(flaw)) => (flaw.sentence(), "email"),
        Err(AgentRefusal::Phone) => {
            let flaw = people::phone_flaw(&typed.phone);
            (flaw.map_or("phone-wrong-optional", people::PhoneFlaw::sentence), "phone")
        }
        Err(AgentRefusal::TaxNumber) => ("agent-tax-wrong", "tax"),
        Err(AgentRefusal::EmailTaken) => ("agent-email-taken", "email"),
        Err(AgentRefusal::Fault(fault)) => return Err(fault),
    };
    let wrong = Some(WrongField::new(visitor.voice.say(wrong.0), wrong.1));
    show(&signed, StatusCode::UNPROCESSABLE_ENTITY, wrong, None, typed.cut()).await
}

/// Invites once more: for who lost the mail, or the password.
pub async fn again(
    signed: StaffVisitor,
    PagePath(agent): PagePath<u32>,
    OwnForm { visitor, .. }: OwnForm<()>,
) -> Result<Response, Fault> {
    let change = AgentChange::InviteAgain { language: visitor.voice.0 };
    change_agent::run(&visitor.state.ledger, &visitor.state.mail, &signed.session, agent, change).await?;
    Ok(Redirect::to(&Page::AdminAgents.asking("done=invited")).into_response())
}

/// Shuts an agent out.
pub async fn disable(
    signed: StaffVisitor,
    PagePath(agent): PagePath<u32>,
    OwnForm { visitor, .. }: OwnForm<()>,
) -> Result<Response, Fault> {
    let state = &visitor.state;
    change_agent::run(&state.ledger, &state.mail, &signed.session, agent, AgentChange::ShutOut).await?;
    Ok(Redirect::to(&Page::AdminAgents.asking("done=disabled")).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_unknown_news_is_a_page_all_the_same() {
        let news = |address: &'static str| {
            let query = axum::extract::Query::<AgentsQuery>::try_from_uri(&address.parse().unwrap()).unwrap();
            query.0.done.and_then(|news| news.said(Voice(wire::Language::En))).is_some()
        };
        assert!(news("/admin/agents?done=invited") && news("/admin/agents?done=disabled"));
        assert!(!news("/admin/agents") && !news("/admin/agents?done=") && !news("/admin/agents?done=%3Cscript%3E"));
    }
}
