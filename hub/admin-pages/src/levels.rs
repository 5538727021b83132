//! For what level B is open (PLA-07): closed with a notice to users, and opened again, while the hub runs.

use acts::{
    Fault,
    levels::{
        BodyHouse, LevelRefusal,
        switch::{self, SwitchFault},
    },
};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{LevelSubject, ServiceName, SwitchCommand};
use office::Words;
use paths::Page;
use serde::Deserialize;
use stationery::{
    form::OwnForm,
    frame::{Frame, page},
    problem::WrongField,
    signed::StaffVisitor,
};
use vocabulary::Level;
use wire::ProblemCode;

#[derive(Template)]
#[template(path = "admin/levels.html")]
struct LevelsPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    subjects: Vec<SubjectLine>,
}

/// Something that asks for level B.
struct SubjectLine {
    /// In the form: `service:1:7`, or `category:5`.
    id: String,
    name: String,
    open: bool,
    /// What users are told, as it stands or as it was typed.
    el: String,
    en: String,
    /// Whether its form is open.
    unfolded: bool,
}

/// Something that asks for level B, as the form names it.
struct NamedSubject {
    id: String,
    name: Words,
    subject: LevelSubject,
    service: Option<ServiceName>,
}

fn subjects(signed: &StaffVisitor) -> Vec<NamedSubject> {
    let state = &signed.visitor.state;
    let mut all = Vec::new();
    for handle in state.offices.iter() {
        let asked = handle.config(|config| {
            let asked = config.services.iter().filter(|(_, service)| service.level == Level::B);
            asked.map(|(id, service)| (*id, service.key.clone(), service.name.clone())).collect::<Vec<_>>()
        });
        for (id, key, name) in asked.unwrap_or_default() {
            all.push(NamedSubject {
                id: format!("service:{}:{}", handle.row, id.0),
                name,
                subject: BodyHouse::subject(handle, id),
                service: Some(ServiceName { office: handle.key.to_string(), service: key }),
            });
        }
    }
    let asked = state.body.categories.iter().filter(|(_, category)| category.level == Level::B);
    all.extend(asked.map(|(id, category)| NamedSubject {
        id: format!("category:{id}"),
        name: category.name.clone(),
        subject: LevelSubject::Category(*id),
        service: None,
    }));
    all
}

fn shown(signed: &StaffVisitor, typed: Option<&SwitchForm>, wrong: Option<WrongField>) -> Response {
    let (state, voice) = (&signed.visitor.state, signed.visitor.voice);
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong);
    let line = |one: NamedSubject| {
        let notice = state.levels.notice(one.subject);
        let own = typed.filter(|typed| typed.subject == one.id);
        let said = |typed: fn(&SwitchForm) -> &String, kept: fn(&Words) -> &String| {
            own.map(|own| typed(own).clone())
                .or_else(|| notice.as_ref().map(|words| kept(words).clone()))
                .unwrap_or_default()
        };
        SubjectLine {
            open: state.levels.is_open(one.subject, one.service.as_ref()),
            name: voice.of_text(&one.name),
            el: said(|form| &form.el, |words| &words.el),
            en: said(|form| &form.en, |words| &words.en),
            unfolded: own.is_some(),
            id: one.id,
        }
    };
    let subjects = subjects(signed).into_iter().map(line).collect();
    let f = signed.visitor.frame().admin("admin-levels").at(Page::AdminLevels.to_string()).marking(marks);
    page(status, &LevelsPage { f, refusal, done: None, subjects })
}

/// Shows for what it is open.
pub async fn get(signed: StaffVisitor) -> Result<Response, Fault> {
    signed.hub_admin()?;
    Ok(shown(&signed, None, None))
}

/// What is to be closed or opened.
#[derive(Debug, Default, Deserialize)]
pub struct SwitchForm {
    #[serde(default)]
    subject: String,
    #[serde(default)]
    open: String,
    #[serde(default)]
    el: String,
    #[serde(default)]
    en: String,
}

/// Longest notice.
const NOTICE_CHARACTERS_MAX: usize = 500;

/// Closes or opens it.
pub async fn post(signed: StaffVisitor, OwnForm { visitor, fields }: OwnForm<SwitchForm>) -> Result<Response, Fault> {
    signed.hub_admin()?;
    let found = subjects(&signed).into_iter().find(|one| one.id == fields.subject).ok_or(ProblemCode::NotFound)?;
    let cut = |text: &str| text.trim().chars().take(NOTICE_CHARACTERS_MAX).collect::<String>();
    let command = match fields.open.as_str() {
        "yes" => SwitchCommand::Open { subject: found.subject },
        _ => {
            SwitchCommand::Close { subject: found.subject, notice: Words { el: cut(&fields.el), en: cut(&fields.en) } }
        }
    };
    let state = &visitor.state;
    match switch::run(state.level_room(), &state.mail, &signed.session, (command, found.service)).await {
        Ok(()) => Ok(Redirect::to(&Page::AdminLevels.to_string()).into_response()),
        Err(SwitchFault::Rule(_)) => {
            let id = if fields.el.trim().is_empty() { "el" } else { "en" };
            let wrong = WrongField::new(visitor.voice.say("levels-notice-missing"), format!("{id}-{}", fields.subject));
            Ok(shown(&signed, Some(&fields), Some(wrong)))
        }
        Err(SwitchFault::Level(LevelRefusal::Fault(fault))) => Err(fault),
        Err(SwitchFault::Level(refusal)) => Err(refusal.into()),
    }
}
