//! The figures as a page: what is asked for, plots with their tables, and what visitors wrote.

use acts::Fault;
use appraisal::office_figures::{self, FIGURE_DAYS_MAX, FigureQuestion, SeenFigures};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::{Datelike, NaiveDate, TimeDelta};
use figures::{ArrivalWay, FigureChoice};
use office::{OfficeConfig, calendar};
use paths::Page;
use serde::Deserialize;
use stationery::{
    date_field::{date_if_any, in_order},
    extract::{PagePath, PageQuery},
    frame::{Frame, page},
    problem::{self, marks, not_listed, of_field, status_of},
    signed::StaffVisitor,
};
use text::{CountedFigures, Dates, FigureTable, Voice, both, figure_tables, way_sentence};
use wire::ProblemCode;
use writer::OfficeHandle;

use super::feedback::{WordsRow, words};

/// For which days, and of which visits; the files ask the same.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct FigureQuery {
    from: String,
    to: String,
    service: String,
    way: String,
    done: String,
}

#[derive(Template)]
#[template(path = "staff/figures.html")]
struct OfficeFiguresPage {
    f: Frame,
    house: String,
    own: String,
    office: String,
    refusal: Option<String>,
    done: Option<String>,
    typed: FigureQuery,
    /// For which days they are, in words.
    days: String,
    services: Vec<FigureOption>,
    ways: Vec<FigureOption>,
    /// The same as files.
    csv: String,
    xlsx: String,
    tables: Vec<FigureTable>,
    words: Vec<WordsRow>,
    /// Where a sentence is erased, and the page to which it leads back.
    erase: String,
    open: String,
}

/// Something to choose.
struct FigureOption {
    value: String,
    name: String,
    chosen: bool,
}

/// What the ways of coming are called in addresses.
const WAYS: [(&str, ArrivalWay); 5] = [
    ("booked", ArrivalWay::Booked),
    ("remote", ArrivalWay::Remote),
    ("walk-in", ArrivalWay::WalkIn),
    ("direct", ArrivalWay::Direct),
    ("paper", ArrivalWay::Paper),
];

impl FigureQuery {
    /// What is asked for: this month so far, unless it is said.
    pub(super) fn question(&self, config: &OfficeConfig, today: NaiveDate) -> Result<FigureQuestion, Fault> {
        let (id, label) = (["from", "to"], ["numbers-from", "numbers-to"]);
        let to = date_if_any(id[1], label[1], &self.to)?.unwrap_or(today);
        let from = date_if_any(id[0], label[0], &self.from)?;
        let from = from.unwrap_or_else(|| to.with_day(1).unwrap_or(to));
        in_order((from, to), id[1], label)?;
        if to.signed_duration_since(from) >= TimeDelta::days(FIGURE_DAYS_MAX) {
            return Err(of_field("to", both(|voice| voice.with("numbers-too-many-days", "days", FIGURE_DAYS_MAX))));
        }
        let service = match self.service.as_str() {
            "" => None,
            key => {
                let found = config.services.iter().find(|(_, service)| service.key == key);
                Some(*found.ok_or_else(|| not_listed("service", "numbers-service"))?.0)
            }
        };
        let way_in = match self.way.as_str() {
            "" => None,
            name => {
                let found = WAYS.iter().find(|(known, _)| *known == name);
                Some(found.ok_or_else(|| not_listed("way", "numbers-way"))?.1)
            }
        };
        Ok(FigureQuestion { from, to, choice: FigureChoice { service, way_in } })
    }

    /// The page with the same question; nothing in it is about a person.
    pub(super) fn address(&self, page: Page<'_>) -> String {
        let Self { from, to, service, way, done: _ } = self;
        let pairs = [("from", from), ("to", to), ("service", service), ("way", way)];
        let encoded = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
        let said = pairs.iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = said.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        if query.is_empty() { page.to_string() } else { page.asking(query.join("&")) }
    }
}

/// What is seen, and the office that it is seen of.
pub(super) struct AskedFigures {
    pub config: OfficeConfig,
    pub question: FigureQuestion,
    pub seen: SeenFigures,
}

/// Looks for what is asked.
pub(super) async fn ask(
    signed: &StaffVisitor,
    handle: &OfficeHandle,
    query: &FigureQuery,
) -> Result<AskedFigures, Fault> {
    let ledger = &signed.visitor.state.ledger;
    let config = handle.config(Clone::clone).ok_or(ProblemCode::Unavailable)?;
    let question = query.question(&config, calendar::local_date(config.zone, ledger.clock.now()))?;
    let seen = office_figures::see(ledger, &signed.session, handle, question).await?;
    Ok(AskedFigures { config, question, seen })
}

/// Shows them.
pub async fn get(
    signed: StaffVisitor,
    PagePath(key): PagePath<String>,
    PageQuery(query): PageQuery<FigureQuery>,
) -> Result<Response, Fault> {
    let handle = signed.office(&key)?;
    let ledger = &signed.visitor.state.ledger;
    // Who may not see them is told so, whatever is asked.
    if !office_figures::may_see(ledger, &signed.session, handle).await? {
        return Err(ProblemCode::NotAllowed.into());
    }
    match ask(&signed, handle, &query).await {
        Ok(asked) => Ok(show(&signed, (&key, &asked), query, None)),
        // What cannot be asked for leaves this month to be seen.
        Err(fault) if fault.code == ProblemCode::Malformed => {
            let asked = ask(&signed, handle, &FigureQuery::default()).await?;
            Ok(show(&signed, (&key, &asked), query, Some(&fault)))
        }
        Err(fault) => Err(fault),
    }
}

fn show(
    signed: &StaffVisitor,
    (key, asked): (&str, &AskedFigures),
    typed: FigureQuery,
    fault: Option<&Fault>,
) -> Response {
    let (visitor, voice) = (&signed.visitor, signed.visitor.voice);
    let AskedFigures { config, question, seen } = asked;
    let dates = Dates { voice, zone: config.zone, now: visitor.state.clock.now() };
    let span = [("from", dates.date_and_year(question.from).into()), ("to", dates.date_and_year(question.to).into())];
    let here = typed.address(Page::StaffFigures { office: key });
    // The files are of what is seen; what was refused stands in its fields as it was typed.
    let (files, typed) = match fault {
        Some(_) => (FigureQuery::default(), typed),
        None => {
            let asked = FigureQuery { from: question.from.to_string(), to: question.to.to_string(), ..typed };
            (asked.clone(), asked)
        }
    };
    page(
        fault.map_or(StatusCode::OK, |fault| status_of(fault.code)),
        &OfficeFiguresPage {
            f: visitor.frame().at(here).staff("house").marking(fault.map(marks).unwrap_or_default()),
            house: Page::House { office: key }.to_string(),
            own: Page::StaffFigures { office: key }.to_string(),
            office: voice.of_text(&config.name),
            refusal: fault.map(|fault| problem::sentence(visitor, fault)),
            done: (typed.done == "erased").then(|| voice.say("feedback-erased")),
            days: voice.say_with("numbers-days", span),
            services: services(config, &typed, voice),
            ways: ways(&typed, voice),
            csv: files.address(Page::StaffFiguresCsv { office: key }),
            xlsx: files.address(Page::StaffFiguresXlsx { office: key }),
            tables: tables(seen, config, voice),
            words: words(&seen.words, dates),
            erase: Page::FeedbackErase { office: key }.to_string(),
            open: Page::OpenFigures { office: key }.to_string(),
            typed,
        },
    )
}

/// What is seen, as tables.
pub(super) fn tables(seen: &SeenFigures, config: &OfficeConfig, voice: Voice) -> Vec<FigureTable> {
    let SeenFigures { figures, kept, faces, words: _ } = seen;
    figure_tables(CountedFigures { figures, kept, faces }, config, voice)
}

fn services(config: &OfficeConfig, typed: &FigureQuery, voice: Voice) -> Vec<FigureOption> {
    let option = |service: &office::Service| FigureOption {
        value: service.key.clone(),
        name: voice.of_text(&service.name),
        chosen: typed.service == service.key,
    };
    config.services.values().map(option).collect()
}

fn ways(typed: &FigureQuery, voice: Voice) -> Vec<FigureOption> {
    let option = |(value, way): (&str, ArrivalWay)| FigureOption {
        value: value.to_owned(),
        name: voice.say(way_sentence(way)),
        chosen: typed.way == value,
    };
    WAYS.map(option).into()
}
