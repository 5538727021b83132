//! A desk: what its clerk presses, and the page that answers. One big button, always in the same place.

use paths::Page;
use std::sync::Arc;

use acts::{
    Fault, about_visit,
    at_desk::{self, AtDesk},
    held_person,
    help::{self, HelpOrder},
    requests::at_visit,
    unread_note,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use office::DeskId;
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::page,
    problem::status_of,
    signed::StaffVisitor,
};
use uuid::Uuid;
use wire::ProblemCode;
use writer::OfficeHandle;

use super::{
    desk_form::{DeskForm, DeskPress, DeskRefusal},
    desk_view::DeskOnFloor,
};

/// What the address of a desk asks besides.
#[derive(Debug, Default, Deserialize)]
pub struct DeskQuery {
    /// A visit whose documents are missing, which was tolerated (TRN-12).
    #[serde(default)]
    warned: String,
}

/// Shows the desk.
pub async fn get(
    signed: StaffVisitor,
    PagePath((key, desk)): PagePath<(String, u16)>,
    PageQuery(query): PageQuery<DeskQuery>,
) -> Result<Response, Fault> {
    show(&signed, signed.office(&key)?, desk, &query, None).await
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back(PagePath((key, desk, _)): PagePath<(String, u16, String)>) -> Redirect {
    Redirect::to(&Page::Desk { office: &key, desk }.to_string())
}

/// Does something at the desk, and shows it.
pub async fn post(
    signed: StaffVisitor,
    PagePath((key, desk, action)): PagePath<(String, u16, String)>,
    OwnForm { visitor: _, fields: form }: OwnForm<DeskForm>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    match act(&signed, handle, desk, &action, &form).await {
        Ok(next) => Ok(Redirect::to(&next).into_response()),
        Err(fault) => {
            let refused = DeskRefusal::of(fault, &action, form);
            show(&signed, handle, desk, &DeskQuery::default(), Some(refused)).await
        }
    }
}

/// Does what a form asks; gives the page that comes next.
async fn act(
    signed: &StaffVisitor,
    handle: &Arc<OfficeHandle>,
    desk: u16,
    action: &str,
    form: &DeskForm,
) -> Result<String, Fault> {
    let here = Page::Desk { office: &handle.key, desk };
    let turn = signed.turn(handle, &form.command);
    match form.press(action)? {
        DeskPress::AboutVisit(visit, change) => {
            about_visit::run(turn, visit, change).await?;
            Ok(here.to_string())
        }
        DeskPress::Help(order) => {
            help::run(turn, order).await?;
            Ok(here.to_string())
        }
        DeskPress::Emergency(ring) => {
            help::run(turn, HelpOrder::Emergency { ring, desk: DeskId(desk) }).await?;
            Ok(here.to_string())
        }
        DeskPress::HandOut(handed) => {
            let (room, at) = (signed.visitor.state.requests(), (signed.session.account.id, DeskId(desk)));
            at_visit::hand_out(room, handle, at, handed).await??;
            Ok(here.to_string())
        }
        DeskPress::AtDesk(press) => {
            let next = match &press {
                AtDesk::Close => Page::Staff.asking("all=1"),
                AtDesk::LackDocuments { visit } => here.asking(format_args!("warned={visit}")),
                _ => here.to_string(),
            };
            at_desk::run(turn, DeskId(desk), press).await?;
            Ok(next)
        }
    }
}

async fn show(
    signed: &StaffVisitor,
    handle: &OfficeHandle,
    desk: u16,
    query: &DeskQuery,
    refused: Option<DeskRefusal>,
) -> Result<Response, Fault> {
    let state = &signed.visitor.state;
    let view = state.floor(handle, state.clock.now()).ok_or(ProblemCode::Unavailable)?;
    let (ledger, account) = (&state.ledger, signed.session.account.id);
    let code = refused.as_ref().map(|refused| refused.fault.code);
    let note = match code {
        Some(ProblemCode::NoteFirst) => unread_note::run(ledger, handle, account, DeskId(desk)).await?,
        Some(_) | None => None,
    };
    let person = held_person::run(ledger, handle, account, DeskId(desk)).await?;
    let read = unread_note::of_held(ledger, handle, account, DeskId(desk)).await?;
    let result = at_visit::waiting(state.requests(), handle, (account, DeskId(desk))).await?;
    let warned = Uuid::try_parse(&query.warned).ok();
    let shown = DeskOnFloor { signed, handle, view, desk, person, read, result, warned }.page(refused, note);
    let status = code.map_or(StatusCode::OK, status_of);
    Ok(page(status, &shown.ok_or(ProblemCode::UnknownDesk)?))
}
