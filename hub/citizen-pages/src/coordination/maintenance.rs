//! Maintenance, during which nobody confers (PRE-06): an administrator announces windows here, and ends them.

use acts::Fault;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use body::{
    AccountId, MaintenanceId, MaintenanceWindow, UpkeepCommand, UpkeepRefusal,
    conference::upkeep::MAINTENANCE_REASON_MAX,
};
use coordination::conferences::maintenance::{self, MaintenanceFlaw};
use office::{CivilDate, Words};
use paths::Page;
use serde::Deserialize;
use stationery::{
    extract::{PagePath, PageQuery},
    form::OwnForm,
    frame::{Frame, page},
    page_actions,
    problem::WrongField,
    signed::MemberVisitor,
    time_field::clock_time,
};

use super::requests::DoneQuery;
use crate::conferences::{dates_of, list::window_said};

#[derive(Template)]
#[template(path = "coordination/maintenance.html")]
struct MaintenancePage {
    f: Frame,
    refusal: Option<String>,
    done: bool,
    rows: Vec<WindowLine>,
    typed: MaintenanceForm,
    /// Whether conferences are planned in the window, and it is asked whether it is announced all the same.
    asks_sure: bool,
    reason_max: usize,
}

/// A window that is or will be.
struct WindowLine {
    said: String,
    /// By which it is ended; none for one of the body's file.
    number: Option<MaintenanceId>,
}

page_actions! {
    /// What a form of the page is for.
    MaintenanceAction {
        /// A window is announced.
        Announce = "announce",
        /// One is over before its time, or will not be.
        End = "end",
    }
}

impl MaintenancePage {
    fn action(&self, action: MaintenanceAction) -> String {
        Page::CoordinationMaintenanceAction { action: action.name() }.to_string()
    }
}

/// What is typed.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct MaintenanceForm {
    #[serde(default, rename = "from-day")]
    from_day: String,
    #[serde(default)]
    from: String,
    #[serde(default, rename = "to-day")]
    to_day: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    el: String,
    #[serde(default)]
    en: String,
    /// Whether it is announced also where conferences are planned.
    #[serde(default)]
    sure: String,
    /// The number of one that is ended.
    #[serde(default)]
    maintenance: String,
}

impl MaintenanceForm {
    fn window(&self) -> Result<MaintenanceWindow, MaintenanceFlaw> {
        let moment = |day: &str, time: &str| {
            let day = day.trim().parse::<CivilDate>().map_err(|_| MaintenanceFlaw::BadTime)?;
            let time = clock_time(time).ok_or(MaintenanceFlaw::BadTime)?;
            Ok::<_, MaintenanceFlaw>(day.date().and_time(time.time()))
        };
        let (from, to) = (moment(&self.from_day, &self.from)?, moment(&self.to_day, &self.to)?);
        Ok(MaintenanceWindow { from, to, because: Words::new(self.el.clone(), self.en.clone()) })
    }

    fn command(&self, action: MaintenanceAction) -> Result<UpkeepCommand, MaintenanceFlaw> {
        match action {
            MaintenanceAction::Announce => {
                Ok(UpkeepCommand::Announce { window: self.window()?, is_sure: self.sure == "yes" })
            }
            // What is no number ends nothing.
            MaintenanceAction::End => {
                Ok(UpkeepCommand::End { maintenance: self.maintenance.parse().unwrap_or(MaintenanceId(0)) })
            }
        }
    }
}

/// In which field something is wrong.
const fn field(flaw: MaintenanceFlaw) -> &'static str {
    match flaw {
        MaintenanceFlaw::BadTime
        | MaintenanceFlaw::Rule(UpkeepRefusal::BadTimes | UpkeepRefusal::InPast | UpkeepRefusal::TooLong { .. }) => {
            "from-day"
        }
        MaintenanceFlaw::Rule(UpkeepRefusal::ReasonMissing | UpkeepRefusal::ReasonTooLong) => "el",
        MaintenanceFlaw::Rule(UpkeepRefusal::Touches { .. }) => "sure",
        MaintenanceFlaw::NotHeld
        | MaintenanceFlaw::Rule(UpkeepRefusal::NotAllowed | UpkeepRefusal::TooMany | UpkeepRefusal::Unknown) => "",
    }
}

async fn shown(
    member: &MemberVisitor,
    done: bool,
    wrong: Option<MaintenanceFlaw>,
    typed: MaintenanceForm,
) -> Result<Response, Fault> {
    let visitor = &member.visitor;
    let (state, dates) = (&visitor.state, dates_of(visitor));
    let view = maintenance::read(state.conferences(), AccountId(member.session.account.id)).await?;
    let view = view.map_err(|flaw| flaw.fault(dates))?;
    let line = |number: Option<MaintenanceId>, window: &MaintenanceWindow| {
        let said = window_said(window, dates);
        WindowLine { said, number }
    };
    let of_file = view.of_file.iter().map(|window| line(None, window));
    let rows = of_file.chain(view.announced.iter().map(|(number, window)| line(Some(*number), window))).collect();
    let asks_sure = matches!(wrong, Some(MaintenanceFlaw::Rule(UpkeepRefusal::Touches { .. })));
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let (refusal, marks) = WrongField::parts(wrong.map(|flaw| WrongField::new(flaw.said(dates), field(flaw))));
    let f = visitor.frame().staff("member").at(Page::CoordinationMaintenance.to_string()).marking(marks);
    let reason_max = MAINTENANCE_REASON_MAX;
    Ok(page(status, &MaintenancePage { f, refusal, done, rows, typed, asks_sure, reason_max }))
}

/// Shows them.
pub async fn get(member: MemberVisitor, PageQuery(query): PageQuery<DoneQuery>) -> Result<Response, Fault> {
    shown(&member, query.done == "yes", None, MaintenanceForm::default()).await
}

/// Leads to the list: a form is sent here, and nothing is shown.
pub async fn back(PagePath(_): PagePath<String>) -> Redirect {
    Redirect::to(&Page::CoordinationMaintenance.to_string())
}

/// Announces a window, or ends one.
pub async fn post(
    member: MemberVisitor,
    PagePath(action): PagePath<String>,
    OwnForm { visitor, fields }: OwnForm<MaintenanceForm>,
) -> Result<Response, Fault> {
    let by = AccountId(member.session.account.id);
    let done = match fields.command(action.parse::<MaintenanceAction>()?) {
        Ok(command) => maintenance::press(visitor.state.conferences(), by, command).await?,
        Err(flaw) => Err(flaw),
    };
    match done {
        Ok(()) => Ok(Redirect::to(&Page::CoordinationMaintenance.asking("done=yes")).into_response()),
        Err(
            flaw @ (MaintenanceFlaw::NotHeld
            | MaintenanceFlaw::Rule(UpkeepRefusal::NotAllowed | UpkeepRefusal::Unknown)),
        ) => Err(flaw.fault(dates_of(&visitor))),
        Err(flaw) => shown(&member, false, Some(flaw), fields).await,
    }
}
