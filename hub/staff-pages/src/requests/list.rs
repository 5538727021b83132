//! The list of requests, within what somebody's grants cover: who has which, by when it is due, what is overdue.

use acts::{Fault, LookGrant, LookKind, levels::switch, requests::list};
use askama::Template;
use axum::response::Response;
use body::{AccountId, CategoryId, UnitId};
use chrono::NaiveDate;
use paths::Page;
use serde::Deserialize;
use stationery::{
    extract::PageQuery,
    field_choices,
    frame::{Frame, ok},
    request_lines::standing,
    signed::StaffVisitor,
};
use store::{RequestQuestion, RequestRow};
use text::Dates;

#[derive(Template)]
#[template(path = "staff/requests/list.html")]
struct RequestListPage {
    f: Frame,
    /// Where level B is closed and opened for the categories that they supervise, if they do.
    levels: Option<String>,
    views: Vec<(String, String, bool)>,
    figures: String,
    median: Option<String>,
    units: Vec<(String, String, bool)>,
    categories: Vec<(String, String, bool)>,
    view: &'static str,
    rows: Vec<ListedRequest>,
}

/// A request in the list.
struct ListedRequest {
    href: String,
    number: String,
    category: String,
    unit: String,
    due: String,
    overdue: bool,
    worker: Option<String>,
    class: &'static str,
    standing: String,
}

/// What is listed.
#[derive(Debug, Default, Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    view: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    category: String,
}

field_choices! {
    /// What the list can show.
    ListedRequests {
        /// All that are open.
        All = "all",
        /// Whose worker looks.
        Mine = "mine",
        /// That nobody has taken.
        Unassigned = "unassigned",
        /// Whose time is over.
        Overdue = "overdue",
        /// Whose result is to be posted.
        ToPost = "post",
        /// That are over.
        Closed = "closed",
    }
}

impl ListedRequests {
    const fn sentence(self) -> &'static str {
        match self {
            Self::All => "staff-requests-all",
            Self::Mine => "staff-requests-mine",
            Self::Unassigned => "staff-requests-unassigned",
            Self::Overdue => "staff-requests-overdue",
            Self::ToPost => "staff-requests-post",
            Self::Closed => "staff-requests-closed",
        }
    }

    /// The question to the store.
    fn question(self, by: AccountId, today: NaiveDate) -> RequestQuestion {
        let all = RequestQuestion { most: list::LIST_MAX, ..RequestQuestion::default() };
        match self {
            Self::All => all,
            Self::Mine => RequestQuestion { worker: Some(by), ..all },
            Self::Unassigned => RequestQuestion { unassigned: true, ..all },
            Self::Overdue => RequestQuestion { overdue_on: Some(today), ..all },
            Self::ToPost => RequestQuestion { to_post: true, ..all },
            Self::Closed => RequestQuestion { closed: true, ..all },
        }
    }
}

/// Shows it.
pub async fn get(signed: StaffVisitor, PageQuery(query): PageQuery<ListQuery>) -> Result<Response, Fault> {
    let visitor = &signed.visitor;
    let (voice, body, now) = (visitor.voice, visitor.state.body.clone(), visitor.state.clock.now());
    let (room, by, today) = (visitor.state.requests(), AccountId(signed.session.account.id), body.day_of(now));
    // An address that was changed by hand shows what the page shows first.
    let view = query.view.parse::<ListedRequests>().unwrap_or(ListedRequests::All);
    let question = RequestQuestion {
        unit: query.unit.parse::<u16>().ok().map(UnitId),
        category: query.category.parse::<u16>().ok().map(CategoryId),
        ..view.question(by, today)
    };
    let found = list::for_staff(room, by, question).await?;
    let figures = list::figures(room, by, today).await?;
    let look = LookGrant { office: None, names: Some(found.len()), ..LookGrant::new(by.0, 0, LookKind::List) };
    look.keep(&visitor.state.ledger).await?;
    // Administrators have their own page of it.
    let runs_all = signed.session.runs(None);
    let may_switch = !runs_all && switch::may_any(visitor.state.level_room(), &signed.session).await?;
    let dates = Dates { voice, zone: body.zone, now };
    let accounts = &visitor.state.access.accounts;
    let row = |row: &RequestRow| {
        let case = &row.case;
        let (class, standing) = standing(case, voice);
        let worker = case.worker.and_then(|worker| accounts.with_number(worker.0));
        ListedRequest {
            href: Page::StaffRequest { request: row.public }.to_string(),
            number: case.shown_number().to_string(),
            category: body.categories.get(&case.category).map(|one| voice.of_text(&one.name)).unwrap_or_default(),
            unit: body.units.get(&case.unit).map(|one| voice.of_text(&one.name)).unwrap_or_default(),
            due: dates.date_and_year(case.clock.due),
            overdue: case.is_overdue(today),
            worker: worker.map(|account| account.name.clone()),
            class,
            standing,
        }
    };
    let (unit, category) = (&query.unit, &query.category);
    let views = ListedRequests::ALL.iter().map(|one| {
        let href = Page::StaffRequests.asking(format_args!("view={}&unit={unit}&category={category}", one.name()));
        (href, voice.say(one.sentence()), *one == view)
    });
    let units = body.units.iter().map(|(id, unit)| {
        let id = id.to_string();
        let chosen = id == query.unit;
        (id, voice.of_text(&unit.name), chosen)
    });
    let categories = body.categories.iter().map(|(id, category)| {
        let id = id.to_string();
        let chosen = id == query.category;
        (id, voice.of_text(&category.name), chosen)
    });
    let values = [("open", figures.open.into()), ("overdue", figures.overdue.into())];
    Ok(ok(&RequestListPage {
        levels: may_switch.then(|| Page::StaffLevels.to_string()),
        views: views.collect(),
        figures: voice.say_with("staff-requests-figures", values),
        median: figures.median_days.map(|days| voice.count("staff-requests-median", days)),
        units: units.collect(),
        categories: categories.collect(),
        view: view.name(),
        rows: found.iter().map(row).collect(),
        f: visitor.frame().staff("requests"),
    }))
}
