//! For what level B is open (PLA-07): closed with a notice to users, and opened again, while the hub runs.

use acts::Fault;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use paths::Page;
use stationery::{
    form::OwnForm,
    frame::{Frame, page},
    level_switches::{SwitchForm, SwitchLine, lines, press},
    problem::WrongField,
    signed::StaffVisitor,
};

#[derive(Template)]
#[template(path = "admin/levels.html")]
struct LevelsPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    /// Where its forms are sent.
    action: String,
    /// How deep the headings of the parts stand.
    depth: u8,
    subjects: Vec<SwitchLine>,
}

async fn shown(
    signed: &StaffVisitor,
    typed: Option<&SwitchForm>,
    wrong: Option<WrongField>,
) -> Result<Response, Fault> {
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong);
    let subjects = lines(&signed.visitor, &signed.session, typed).await?;
    let action = Page::AdminLevels.to_string();
    let f = signed.visitor.frame().admin("admin-levels").at(&action).marking(marks);
    Ok(page(status, &LevelsPage { f, refusal, done: None, action, depth: 3, subjects }))
}

/// Shows for what it is open.
pub async fn get(signed: StaffVisitor) -> Result<Response, Fault> {
    signed.hub_admin()?;
    shown(&signed, None, None).await
}

/// Closes or opens it.
pub async fn post(signed: StaffVisitor, OwnForm { visitor, fields }: OwnForm<SwitchForm>) -> Result<Response, Fault> {
    signed.hub_admin()?;
    match press(&visitor, &signed.session, &fields).await? {
        Ok(()) => Ok(Redirect::to(&Page::AdminLevels.to_string()).into_response()),
        Err(wrong) => shown(&signed, Some(&fields), Some(wrong)).await,
    }
}
