//! Agents of an office: invited by mail, invited once more, shut out (TRN-08).

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use wire::ProblemCode;

use crate::{
    mail::{INVITED, is_address},
    pages::{
        form::Sent,
        frame::{Frame, page},
        links::Invitation,
        problem,
        staff::signed::Signed,
        visitor::Visitor,
    },
    people::{is_unseen, phone_number, tax_number},
    store::{Agent, NewAgent, Posted, Store, Stored},
    text::Dates,
};

/// An invitation is good for so long.
const INVITATION_DAYS: i64 = 7;
/// Longest name.
const NAME_CHARACTERS_MAX: usize = 120;

#[derive(Template)]
#[template(path = "admin/agents.html")]
struct AgentsPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    offices: Vec<(String, String)>,
    agents: Vec<Row>,
    typed: Fields,
}

struct Row {
    id: u32,
    name: String,
    email: String,
    office: String,
    standing: String,
    disabled: bool,
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    done: String,
}

/// The form.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Fields {
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

/// Shows the agents.
pub async fn get(signed: Signed, Query(done): Query<Done>) -> Response {
    if let Err(response) = signed.admin() {
        return response;
    }
    let sentence = match done.done.as_str() {
        "invited" => Some("agent-invited"),
        "disabled" => Some("agent-disabled"),
        _ => None,
    };
    let sentence = sentence.map(|id| signed.visitor.voice.say(id));
    show(&signed, StatusCode::OK, None, sentence, Fields::default()).await
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to("/admin/agents")
}

async fn show(
    signed: &Signed,
    status: StatusCode,
    refusal: Option<String>,
    done: Option<String>,
    typed: Fields,
) -> Response {
    let visitor = &signed.visitor;
    let (state, voice, now) = (&visitor.state, visitor.voice, visitor.state.clock.now());
    let (mut offices, mut agents) = (Vec::new(), Vec::new());
    for handle in signed.run() {
        let Some((name, zone)) = handle.config(|config| (voice.of_text(&config.name), config.zone)) else { continue };
        let row = handle.row;
        let Ok(known) = state.readers.read(move |store| store.agents_of(row)).await else {
            return problem::page_of(visitor, ProblemCode::Unavailable);
        };
        let dates = Dates { voice, zone };
        agents.extend(known.into_iter().map(|agent| Row {
            standing: standing(visitor, &agent, dates, now),
            id: agent.id,
            name: agent.name,
            email: agent.email,
            office: name.clone(),
            disabled: agent.disabled,
        }));
        offices.push((handle.key.to_string(), name));
    }
    agents.sort_by_key(|agent| agent.disabled);
    let f = visitor.frame().admin("admin-agents").at("/admin/agents");
    page(status, &AgentsPage { f, refusal, done, offices, agents, typed })
}

fn standing(visitor: &Visitor, agent: &Agent, dates: Dates, now: DateTime<Utc>) -> String {
    let voice = visitor.voice;
    match agent.active_at {
        _ if agent.disabled => voice.say("agent-is-disabled"),
        Some(active) => voice.text("agent-is-active", "at", &dates.near(active, now)),
        None if agent.invited_at + TimeDelta::days(INVITATION_DAYS) < now => voice.say("agent-invitation-lapsed"),
        None => voice.text("agent-is-invited", "at", &dates.near(agent.invited_at, now)),
    }
}

/// What is right of the form, or the sentence that says what is not.
fn checked(visitor: &Visitor, fields: &Fields, office: u32, by: u32) -> Result<NewAgent, String> {
    let voice = visitor.voice;
    let name = fields.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > NAME_CHARACTERS_MAX || name.chars().any(is_unseen) {
        return Err(voice.say("agent-name-wrong"));
    }
    let email = fields.email.trim().to_lowercase();
    if !is_address(&email) {
        return Err(voice.say("email-wrong"));
    }
    let optional = |text: &str, parse: fn(&str) -> Option<String>, wrong: &str| match text.trim() {
        "" => Ok(None),
        text => parse(text).map(Some).ok_or_else(|| voice.say(wrong)),
    };
    Ok(NewAgent {
        office,
        name,
        email,
        phone: optional(&fields.phone, phone_number, "phone-wrong-optional")?,
        tax_number: optional(&fields.tax, tax_number, "agent-tax-wrong")?,
        by,
    })
}

/// Invites somebody.
pub async fn post(signed: Signed, Sent { visitor, fields }: Sent<Fields>) -> Response {
    let state = &visitor.state;
    let Some(office) = state.office(&fields.office) else { return problem::page_of(&visitor, ProblemCode::NotFound) };
    if let Err(response) = signed.admin_of(office.row) {
        return response;
    }
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let new = match checked(&visitor, &fields, office.row, signed.session.account.id) {
        Ok(new) => new,
        Err(sentence) => return show(&signed, wrong, Some(sentence), None, cut(fields)).await,
    };
    let (row, now, language) = (office.row, state.clock.now(), visitor.voice.0);
    let made = state.writer.change(move |store| {
        let made = store.invite_agent(&new, now)?;
        if let Some(agent) = made {
            store.post(row, &invitation(agent, now, language), now, now)?;
        }
        Ok(made)
    });
    match made.await {
        Ok(Some(agent)) => {
            state.mail.notify_one();
            tracing::info!(admin = signed.session.account.id, agent, "an agent was invited");
            Redirect::to("/admin/agents?done=invited").into_response()
        }
        Ok(None) => {
            let sentence = visitor.voice.say("agent-email-taken");
            show(&signed, wrong, Some(sentence), None, cut(fields)).await
        }
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}

/// What is far too long is not sent back whole.
fn cut(fields: Fields) -> Fields {
    let cut = |text: String| text.chars().take(254).collect();
    let Fields { office, name, email, phone, tax } = fields;
    Fields { office: cut(office), name: cut(name), email: cut(email), phone: cut(phone), tax: cut(tax) }
}

fn invitation(agent: u32, now: DateTime<Utc>, language: office::Language) -> Posted {
    let expires_at = now + TimeDelta::days(INVITATION_DAYS);
    let link = Invitation { agent, invited_at: now.timestamp_millis(), expires_at, language };
    Posted { seq: None, kind: INVITED.to_owned(), about: serde_json::to_string(&link).unwrap_or_default() }
}

/// Nothing to fill in.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// Invites once more: for who lost the mail, or the password.
pub async fn again(
    signed: Signed,
    Path(agent): Path<u32>,
    Sent { visitor, fields: Nothing {} }: Sent<Nothing>,
) -> Response {
    let (now, language) = (visitor.state.clock.now(), visitor.voice.0);
    let invited = change(&signed, agent, "invited", move |store, agent| {
        store.invite_agent_again(agent.id, now)?;
        store.post(agent.office, &invitation(agent.id, now, language), now, now)
    });
    let answer = invited.await;
    visitor.state.mail.notify_one();
    answer
}

/// Shuts an agent out, at once. What was booked stands.
pub async fn disable(
    signed: Signed,
    Path(agent): Path<u32>,
    Sent { visitor, fields: Nothing {} }: Sent<Nothing>,
) -> Response {
    let now = visitor.state.clock.now();
    change(&signed, agent, "disabled", move |store, agent| store.disable_agent(agent.id, now)).await
}

/// Changes an agent's account; the list says what was done.
async fn change(
    signed: &Signed,
    agent: u32,
    done: &'static str,
    work: impl FnOnce(&Store, &Agent) -> Stored<()> + Send + 'static,
) -> Response {
    let agent = match ours(signed, agent).await {
        Ok(agent) => agent,
        Err(response) => return response,
    };
    let id = agent.id;
    match signed.visitor.state.writer.change(move |store| work(store, &agent)).await {
        Ok(()) => {
            tracing::info!(admin = signed.session.account.id, agent = id, done, "an agent's account was changed");
            Redirect::to(&format!("/admin/agents?done={done}")).into_response()
        }
        Err(error) => problem::page_of_fault(&signed.visitor, &error.into()),
    }
}

/// An agent of an office that this administrator runs.
async fn ours(signed: &Signed, agent: u32) -> Result<Agent, Response> {
    let visitor = &signed.visitor;
    let found = visitor.state.readers.read(move |store| store.agent(agent)).await;
    let found = found.map_err(|error| problem::page_of_fault(visitor, &error.into()))?;
    let agent = found.ok_or_else(|| problem::page_of(visitor, ProblemCode::NotFound))?;
    signed.admin_of(agent.office)?;
    Ok(agent)
}
