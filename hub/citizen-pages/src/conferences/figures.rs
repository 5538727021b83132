//! The figures of a year (PRE-09): per organisation and unit, month by month, as a plot that is drawn here, with its table beside,
//! and as CSV.

use std::fmt::Write as _;

use acts::Fault;
use askama::Template;
use axum::{
    http::header,
    response::{IntoResponse, Response},
};
use body::{AccountId, conference::MonthFigures};
use coordination::conferences::year::{self, YearPart, YearView};
use paths::Page;
use serde::Deserialize;
use stationery::{
    extract::PageQuery,
    frame::{Frame, ok},
    signed::MemberVisitor,
};
use text::Voice;

use super::form::dates_of;

/// What is asked in the address: a year in digits, or nothing for the one that runs.
#[derive(Debug, Default, Deserialize)]
pub struct YearQuery {
    #[serde(default)]
    year: String,
}

#[derive(Template)]
#[template(path = "conferences/figures.html")]
struct FiguresPage {
    f: Frame,
    year: i32,
    before: Option<String>,
    after: Option<String>,
    csv: String,
    rooms: u16,
    parts: Vec<PartFigures>,
}

/// One organisation or unit.
struct PartFigures {
    name: String,
    /// Conferences a month, and how many rooms were in use at most.
    plots: [MonthPlot; 2],
    months: Vec<MonthLine>,
    /// Whether anything was held.
    is_empty: bool,
}

/// A month in the table.
struct MonthLine {
    name: String,
    figures: MonthFigures,
    hours: String,
}

/// A plot of bars, in units of its drawing.
struct MonthPlot {
    title: String,
    /// Of each month: left edge, upper edge, height, what stands below, and the number above.
    bars: Vec<PlotBar>,
    /// The line of what there is at most, if it is drawn.
    limit: Option<f32>,
}

struct PlotBar {
    x: f32,
    y: f32,
    height: f32,
    month: usize,
    number: u32,
}

/// How high the bars are, in units of the drawing.
const PLOT_HEIGHT: f32 = 120.0;
/// How far apart they stand.
const PLOT_STEP: f32 = 40.0;

impl MonthPlot {
    #[expect(clippy::cast_precision_loss, reason = "a plot shows no more than a few digits")]
    fn new(title: String, numbers: [u32; 12], limit: Option<u32>) -> Self {
        let most = numbers.into_iter().chain(limit).max().unwrap_or_default().max(1) as f32;
        let bar = |(index, number): (usize, u32)| {
            let height = number as f32 / most * PLOT_HEIGHT;
            let x = PLOT_STEP.mul_add(index as f32, 6.0);
            PlotBar { x, y: PLOT_HEIGHT - height + 16.0, height, month: index + 1, number }
        };
        let limit = limit.map(|limit| PLOT_HEIGHT - limit as f32 / most * PLOT_HEIGHT + 16.0);
        Self { title, bars: numbers.into_iter().enumerate().map(bar).collect(), limit }
    }
}

fn part_name(part: &YearPart, voice: Voice) -> String {
    match part {
        YearPart::InAll => voice.say("figures-in-all"),
        YearPart::Organisation => voice.say("conference-for-organisation"),
        YearPart::Unit(name) => voice.of_text(name),
    }
}

async fn view(member: &MemberVisitor, query: &YearQuery) -> Result<YearView, Fault> {
    let (visitor, by) = (&member.visitor, AccountId(member.session.account.id));
    let asked = query.year.parse::<i32>().ok();
    year::run(visitor.state.conferences(), by, asked).await?.map_err(|flaw| flaw.fault(dates_of(visitor)))
}

/// Shows them.
pub async fn get(member: MemberVisitor, PageQuery(query): PageQuery<YearQuery>) -> Result<Response, Fault> {
    let view = view(&member, &query).await?;
    let (visitor, voice) = (&member.visitor, member.visitor.voice);
    let of = |year: i32| Page::ConferenceFigures.asking(format_args!("year={year}"));
    let part = |(part, months): &(YearPart, [MonthFigures; 12])| {
        let limit = matches!(part, YearPart::InAll).then_some(u32::from(view.rooms));
        let plots = [
            MonthPlot::new(voice.say("figures-conferences"), months.map(|month| month.conferences), None),
            MonthPlot::new(voice.say("figures-peak"), months.map(|month| month.rooms_peak), limit),
        ];
        let line = |(index, figures): (usize, &MonthFigures)| MonthLine {
            name: format!("{:02}/{}", index + 1, view.year),
            figures: *figures,
            hours: format!("{}:{:02}", figures.minutes / 60, figures.minutes % 60),
        };
        let is_empty = months.iter().all(|month| month.conferences == 0);
        let lines = months.iter().enumerate().map(line).collect();
        PartFigures { name: part_name(part, voice), plots, months: lines, is_empty }
    };
    Ok(ok(&FiguresPage {
        f: visitor.frame().staff("conferences").at(of(view.year)),
        year: view.year,
        before: (view.year > 2020).then(|| of(view.year - 1)),
        after: (view.year < view.this_year).then(|| of(view.year + 1)),
        csv: Page::ConferenceFiguresCsv.asking(format_args!("year={}", view.year)),
        rooms: view.rooms,
        parts: view.parts.iter().map(part).collect(),
    }))
}

/// The same as a file for tables; what a unit is called stands in quotes, and begins no formula.
pub async fn csv(member: MemberVisitor, PageQuery(query): PageQuery<YearQuery>) -> Result<Response, Fault> {
    let view = view(&member, &query).await?;
    let voice = member.visitor.voice;
    let head = [
        "figures-part",
        "figures-month",
        "figures-conferences",
        "figures-participants",
        "figures-minutes",
        "figures-peak",
    ];
    let head = head.map(|id| quoted(&voice.say(id)));
    let mut lines = format!("\u{feff}{}\r\n", head.join(";"));
    for (part, months) in &view.parts {
        for (month, figures) in (1..).zip(months) {
            let MonthFigures { conferences, participants, minutes, rooms_peak } = figures;
            let name = quoted(&part_name(part, voice));
            // A string takes whatever is written to it.
            let _ = write!(
                lines,
                "{name};{}-{month:02};{conferences};{participants};{minutes};{rooms_peak}\r\n",
                view.year
            );
        }
    }
    let name = format!("attachment; filename=\"teleconferences-{}.csv\"", view.year);
    let headers = [(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, lines).into_response())
}

fn quoted(text: &str) -> String {
    let begins_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let plain = if begins_formula { format!("'{text}") } else { text.to_owned() };
    format!("\"{}\"", plain.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pre_09_a_plot_shows_its_greatest_number_at_full_height() {
        let mut numbers = [0; 12];
        numbers[2] = 10;
        numbers[3] = 5;
        let plot = MonthPlot::new(String::new(), numbers, Some(20));
        let heights: Vec<f32> = plot.bars.iter().map(|bar| bar.height).collect();
        assert!((heights[2] - 60.0).abs() < 0.01 && (heights[3] - 30.0).abs() < 0.01 && heights[0] == 0.0);
        assert!((plot.limit.unwrap() - 16.0).abs() < 0.01);
        let empty = MonthPlot::new(String::new(), [0; 12], None);
        assert!(empty.bars.iter().all(|bar| bar.height == 0.0));
    }

    #[test]
    fn pre_09_a_name_begins_no_formula() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("Τμήμα «Α\""), "\"Τμήμα «Α\"\"\"");
    }
}
