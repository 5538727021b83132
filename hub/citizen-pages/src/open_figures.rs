//! What everybody may read of an office (NEW-13): its targets and how they were kept, as a page, and as open data in CSV and JSON.

use std::sync::Arc;

use acts::Fault;
use appraisal::open_figures;
use askama::Template;
use axum::{
    Json,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{Datelike, NaiveDate};
use figures::{GROUP_LEAST, KeptTarget, OpenFigures, OpenGroup, PlotRow, RowPlot};
use office::{OfficeConfig, ServiceId, Targets, Words};
use paths::Page;
use serde::Serialize;
use stationery::{
    csv,
    extract::PagePath,
    frame::{Frame, ok},
    visitor::Visitor,
};
use text::Voice;
use wire::ProblemCode;
use writer::OfficeHandle;

#[derive(Template)]
#[template(path = "published/figures.html")]
struct OpenFiguresPage {
    f: Frame,
    office: String,
    office_page: String,
    lead: String,
    /// The targets, in words.
    targets: Vec<String>,
    /// How each was kept, month by month, as SVG.
    plots: Vec<String>,
    months: Vec<OpenMonthRows>,
    csv: String,
    json: String,
}

/// A month in the page.
struct OpenMonthRows {
    id: String,
    name: String,
    rows: Vec<OpenRow>,
    some_left_out: bool,
}

/// A line of a month: the whole office, or a service.
struct OpenRow {
    name: String,
    cells: Vec<String>,
}

/// What is seen, and the office that it is seen of.
struct OpenLook {
    config: OfficeConfig,
    figures: Arc<OpenFigures>,
}

async fn look(visitor: &Visitor, handle: &OfficeHandle) -> Result<OpenLook, Fault> {
    let config = handle.config(Clone::clone).ok_or(ProblemCode::Unavailable)?;
    let figures = open_figures::see(&visitor.state.ledger, &visitor.state.open_figures, handle).await?;
    Ok(OpenLook { config, figures })
}

/// Shows them.
pub async fn get(visitor: Visitor, PagePath(key): PagePath<String>) -> Result<Response, Fault> {
    let handle = match visitor.state.office(&key) {
        Ok(handle) => handle,
        // The key in other capitals is the same office.
        Err(problem) => {
            let mut all = visitor.state.offices.iter();
            let meant = all.find(|office| office.key.eq_ignore_ascii_case(&key) && *office.key != *key);
            let office = &meant.ok_or(problem)?.key;
            return Ok(Redirect::permanent(&Page::OpenFigures { office }.to_string()).into_response());
        }
    };
    let OpenLook { config, figures } = look(&visitor, handle).await?;
    let voice = visitor.voice;
    let months = figures.months.iter().rev().map(|month| {
        let services = month.services.iter().map(|(id, group)| row(service_name(&config, *id, voice), group, voice));
        let whole = month.whole.iter().map(|group| row(voice.say("open-whole"), group, voice));
        OpenMonthRows {
            id: month.first.format("m%Y-%m").to_string(),
            name: month_name(month.first, voice),
            rows: whole.chain(services).collect(),
            some_left_out: month.some_left_out,
        }
    });
    Ok(ok(&OpenFiguresPage {
        f: visitor.frame().of_office(&visitor.state, handle),
        office: voice.of_text(&config.name),
        office_page: Page::PublishedOffice { office: &key }.to_string(),
        lead: voice.with("open-lead", "least", GROUP_LEAST),
        targets: targets_said(&config.rules.targets, voice),
        plots: plots(&figures, &config.rules.targets, voice),
        months: months.collect(),
        csv: Page::OpenFiguresCsv { office: &key }.to_string(),
        json: Page::OpenFiguresJson { office: &key }.to_string(),
    }))
}

/// «Νοέμβριος 2026»
fn month_name(first: NaiveDate, voice: Voice) -> String {
    format!("{} {}", voice.say(&format!("month-name-{}", first.month())), first.year())
}

fn service_name(config: &OfficeConfig, id: ServiceId, voice: Voice) -> String {
    let service = config.services.get(&id);
    service.map_or_else(|| format!("{} {id}", voice.say("open-service")), |one| voice.of_text(&one.name))
}

/// What a target is, with its minutes.
fn target_said(sentence: &str, minutes: u16, voice: Voice) -> String {
    voice.with(sentence, "minutes", u32::from(minutes))
}

const BOOKED: &str = "numbers-target-booked";
const WALK_IN: &str = "numbers-target-walk-in";

fn targets_said(targets: &Targets, voice: Voice) -> Vec<String> {
    let said = |sentence: &str, minutes: u16| {
        let values = [
            ("sentence", target_said(sentence, minutes, voice).into()),
            ("percent", u32::from(targets.percent).into()),
        ];
        voice.say_with("open-target-line", values)
    };
    let booked = targets.booked_minutes.map(|minutes| said(BOOKED, minutes));
    booked.into_iter().chain(targets.walk_in_minutes.map(|minutes| said(WALK_IN, minutes))).collect()
}

/// Minutes with one place behind the point, as the reader has it.
fn minutes(seconds: u32, voice: Voice) -> String {
    let tenths = (u64::from(seconds) * 10 + 30) / 60;
    format!("{}{}{}", tenths / 10, voice.say("numbers-point"), tenths % 10)
}

fn percent(target: Option<KeptTarget>) -> Option<u8> {
    target.and_then(|target| target.percent())
}

/// A line of the page; a dash where too few are in it.
fn row(name: String, group: &OpenGroup, voice: Voice) -> OpenRow {
    let nothing = || voice.say("numbers-nothing");
    let spread = [group.wait, group.service].into_iter().flat_map(|spread| {
        let both = spread.map(|spread| [spread.median, spread.ninety].map(|seconds| minutes(seconds, voice)));
        both.unwrap_or_else(|| [nothing(), nothing()])
    });
    let kept = [group.booked, group.walk_in].map(|target| match percent(target) {
        Some(percent) => format!("{percent} %"),
        None => nothing(),
    });
    OpenRow { name, cells: std::iter::once(group.visits.to_string()).chain(spread).chain(kept).collect() }
}

/// How each target was kept, month by month.
fn plots(figures: &OpenFigures, targets: &Targets, voice: Voice) -> Vec<String> {
    let plot = |id: &str, sentence: &str, minutes: u16, of: fn(&OpenGroup) -> Option<KeptTarget>| {
        let rows = figures.months.iter().map(|month| {
            let kept = percent(month.whole.as_ref().and_then(of));
            let said = kept.map_or_else(|| voice.say("numbers-nothing"), |kept| format!("{kept} %"));
            PlotRow { label: month_name(month.first, voice), value: kept.map(u32::from), reach: None, said }
        });
        let asked = format!("{} {} %", voice.say("numbers-target-percent"), targets.percent);
        let title = target_said(sentence, minutes, voice);
        RowPlot {
            id: format!("plot-{id}"),
            about: format!("{} {asked}.", voice.say("numbers-kept")),
            title,
            rows: rows.collect(),
            limit: Some((targets.percent.into(), asked)),
        }
        .svg()
    };
    if figures.months.is_empty() {
        return Vec::new();
    }
    let booked = targets.booked_minutes.map(|minutes| plot("booked", BOOKED, minutes, |group| group.booked));
    let walk_in = targets.walk_in_minutes.map(|minutes| plot("walk-in", WALK_IN, minutes, |group| group.walk_in));
    booked.into_iter().chain(walk_in).collect()
}

/// The columns of the open table. They are names for programs, in English whoever reads them.
const COLUMNS: [&str; 12] = [
    "month",
    "service",
    "service_name",
    "visits",
    "wait_median_seconds",
    "wait_90_percent_seconds",
    "service_median_seconds",
    "service_90_percent_seconds",
    "booked_within_minutes",
    "booked_kept_percent",
    "walk_in_within_minutes",
    "walk_in_kept_percent",
];

/// The same as a table for programs: a line for a month and the whole office, and for each service that is large enough.
pub async fn csv(visitor: Visitor, PagePath(key): PagePath<String>) -> Result<Response, Fault> {
    let OpenLook { config, figures } = look(&visitor, visitor.state.office(&key)?).await?;
    let mut rows = vec![COLUMNS.map(str::to_owned).to_vec()];
    for month in &figures.months {
        let services = month.services.iter().map(|(id, group)| (Some(*id), group));
        for (id, group) in month.whole.iter().map(|group| (None, group)).chain(services) {
            let name = id.map(|id| service_name(&config, id, visitor.voice)).unwrap_or_default();
            rows.push(columns(month.first, id, name, &OpenGroupData::of(group)));
        }
    }
    let text = csv::table(rows.iter().map(Vec::as_slice));
    Ok(file("text/csv; charset=utf-8", "figures.csv", text.into_response()))
}

fn columns(first: NaiveDate, id: Option<ServiceId>, name: String, group: &OpenGroupData) -> Vec<String> {
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    vec![
        first.format("%Y-%m").to_string(),
        id.map(|id| id.to_string()).unwrap_or_default(),
        name,
        group.visits.to_string(),
        number(group.wait_median_seconds),
        number(group.wait_90_percent_seconds),
        number(group.service_median_seconds),
        number(group.service_90_percent_seconds),
        number(group.booked_within_minutes),
        number(group.booked_kept_percent),
        number(group.walk_in_within_minutes),
        number(group.walk_in_kept_percent),
    ]
}

/// Open data as JSON.
#[derive(Serialize)]
struct OpenData {
    office: String,
    name: Words,
    licence: &'static str,
    /// Groups of fewer are left out.
    least_visits: u32,
    targets: Targets,
    months: Vec<OpenMonthData>,
}

/// What is said of one month, for programs.
#[derive(Serialize)]
struct OpenMonthData {
    month: String,
    whole: Option<OpenGroupData>,
    services: Vec<OpenServiceData>,
    some_left_out: bool,
}

/// A service of a month.
#[derive(Serialize)]
struct OpenServiceData {
    service: ServiceId,
    name: Option<Words>,
    #[serde(flatten)]
    group: OpenGroupData,
}

/// What is said of a group; what is about too few is left out.
#[derive(Serialize)]
struct OpenGroupData {
    visits: u32,
    wait_median_seconds: Option<u32>,
    wait_90_percent_seconds: Option<u32>,
    service_median_seconds: Option<u32>,
    service_90_percent_seconds: Option<u32>,
    booked_within_minutes: Option<u32>,
    booked_kept_percent: Option<u32>,
    walk_in_within_minutes: Option<u32>,
    walk_in_kept_percent: Option<u32>,
}

impl OpenGroupData {
    fn of(group: &OpenGroup) -> Self {
        let minutes = |target: Option<KeptTarget>| target.map(|target| u32::from(target.minutes));
        let kept = |target| percent(target).map(u32::from);
        Self {
            visits: group.visits,
            wait_median_seconds: group.wait.map(|wait| wait.median),
            wait_90_percent_seconds: group.wait.map(|wait| wait.ninety),
            service_median_seconds: group.service.map(|service| service.median),
            service_90_percent_seconds: group.service.map(|service| service.ninety),
            booked_within_minutes: minutes(group.booked),
            booked_kept_percent: kept(group.booked),
            walk_in_within_minutes: minutes(group.walk_in),
            walk_in_kept_percent: kept(group.walk_in),
        }
    }
}

/// The same as JSON.
pub async fn json(visitor: Visitor, PagePath(key): PagePath<String>) -> Result<Response, Fault> {
    let OpenLook { config, figures } = look(&visitor, visitor.state.office(&key)?).await?;
    let months = figures.months.iter().map(|month| OpenMonthData {
        month: month.first.format("%Y-%m").to_string(),
        whole: month.whole.as_ref().map(OpenGroupData::of),
        services: month
            .services
            .iter()
            .map(|(id, group)| OpenServiceData {
                service: *id,
                name: config.services.get(id).map(|service| service.name.clone()),
                group: OpenGroupData::of(group),
            })
            .collect(),
        some_left_out: month.some_left_out,
    });
    let data = OpenData {
        office: config.key.clone(),
        name: config.name.clone(),
        licence: "CC0-1.0",
        least_visits: GROUP_LEAST,
        targets: config.rules.targets,
        months: months.collect(),
    };
    Ok(file("application/json; charset=utf-8", "figures.json", Json(data).into_response()))
}

/// Open data may be read by the pages of others too.
fn file(kind: &'static str, name: &'static str, answer: Response) -> Response {
    let mut answer = answer;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    if let Ok(disposition) = HeaderValue::from_str(&format!("inline; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    answer
}
