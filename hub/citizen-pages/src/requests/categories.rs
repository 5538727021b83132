//! What can be asked of the body, for everybody; and, for who is signed in, what they have asked for.

use acts::{Fault, requests::list};
use askama::Template;
use axum::response::Response;
use body::{AccountId, Category};
use paths::Page;
use stationery::{
    frame::{Frame, ok},
    request_lines::{standing, term},
    visitor::Visitor,
};
use store::RequestRow;
use text::{Dates, Voice};
use vocabulary::{Assurance, Level};

#[derive(Template)]
#[template(path = "requests/categories.html")]
struct CategoriesPage {
    f: Frame,
    is_member: bool,
    own: Vec<OwnRequest>,
    categories: Vec<CategoryCard>,
}

/// A category, as it is chosen.
struct CategoryCard {
    href: String,
    name: String,
    about: String,
    term: String,
    wants: String,
}

/// A request of one's own, in the list.
pub struct OwnRequest {
    /// Its page.
    pub href: String,
    /// The protocol number, as a receipt shows it.
    pub number: String,
    /// What it is about.
    pub category: String,
    /// When it was submitted.
    pub since: String,
    /// The class of its tag.
    pub class: &'static str,
    /// Where it stands.
    pub standing: String,
}

fn card(category: &Category, voice: Voice) -> CategoryCard {
    let wants = match (category.assurance, category.level) {
        (Assurance::Taxisnet, _) => "request-taxisnet",
        (Assurance::None, Level::B) => "request-level-b",
        (Assurance::None, Level::None | Level::A) => "request-level-a",
    };
    CategoryCard {
        href: Page::RequestNew { category: &category.key }.to_string(),
        name: voice.of_text(&category.name),
        about: voice.of_text(&category.about),
        term: term(category.term, voice),
        wants: voice.say(wants),
    }
}

fn own(row: &RequestRow, visitor: &Visitor) -> OwnRequest {
    let (voice, body) = (visitor.voice, &visitor.state.body);
    let dates = Dates { voice, zone: body.zone, now: visitor.state.clock.now() };
    let (class, standing) = standing(&row.case, voice);
    let category = body.categories.get(&row.case.category);
    OwnRequest {
        href: Page::RequestOne { request: row.public }.to_string(),
        number: row.case.shown_number().to_string(),
        category: category.map(|category| voice.of_text(&category.name)).unwrap_or_default(),
        since: dates.day_and_year(row.case.submitted_at),
        class,
        standing,
    }
}

/// The requests of whoever is signed in.
///
/// # Errors
/// That the hub cannot read.
pub async fn own_requests(visitor: &Visitor) -> Result<Vec<OwnRequest>, Fault> {
    let Some(session) = &visitor.member else { return Ok(Vec::new()) };
    let rows = list::of_account(visitor.state.requests(), AccountId(session.account.id)).await?;
    Ok(rows.iter().map(|row| own(row, visitor)).collect())
}

/// Shows them.
pub async fn get(visitor: Visitor) -> Result<Response, Fault> {
    let own = own_requests(&visitor).await?;
    let categories = visitor.state.body.categories.values().map(|one| card(one, visitor.voice)).collect();
    let is_member = visitor.member.is_some();
    Ok(ok(&CategoriesPage { f: visitor.frame().staff("requests"), is_member, own, categories }))
}
