//! What is given to the post (PET-06): a list with the date, a form for each tracking number, and labels for the envelopes, which
//! print on sheets of A4.

use acts::{Fault, LookGrant, LookKind, requests::posting};
use askama::Template;
use axum::response::Response;
use body::AccountId;
use paths::Page;
use people::{PROFILE, Profile};
use secrets::draw_id;
use serde::Deserialize;
use stationery::{
    extract::PageQuery,
    frame::{Frame, ok},
    signed::StaffVisitor,
};
use text::Dates;

use super::one::RequestDeskAction;

#[derive(Template)]
#[template(path = "staff/requests/posting.html")]
struct PostingPage {
    f: Frame,
    done: bool,
    today: String,
    body: String,
    rows: Vec<PostingRow>,
}

/// A result that waits for the post.
struct PostingRow {
    number: String,
    category: String,
    name: String,
    street: String,
    town: String,
    href: String,
    action: String,
    text_id: String,
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct PostingQuery {
    #[serde(default)]
    done: String,
}

/// A field of what somebody said of themselves, as it is read.
fn read(profile: &Profile, input: &str) -> String {
    PROFILE.iter().find(|row| row.input == input).map(|row| row.readable(profile)).unwrap_or_default()
}

/// Shows the list and the labels.
pub async fn get(signed: StaffVisitor, PageQuery(query): PageQuery<PostingQuery>) -> Result<Response, Fault> {
    let visitor = &signed.visitor;
    let (voice, body, now) = (visitor.voice, visitor.state.body.clone(), visitor.state.clock.now());
    let by = AccountId(signed.session.account.id);
    let found = posting::run(visitor.state.requests(), by).await?;
    let look = LookGrant { office: None, names: Some(found.len()), ..LookGrant::new(by.0, 0, LookKind::List) };
    look.keep(&visitor.state.ledger).await?;
    let row = |posting: posting::Posting| {
        let (request, case) = (posting.row.public, &posting.row.case);
        let receiver = posting.receiver.unwrap_or_default();
        PostingRow {
            number: case.shown_number().to_string(),
            category: body.categories.get(&case.category).map(|one| voice.of_text(&one.name)).unwrap_or_default(),
            name: read(&receiver, "full-name"),
            street: read(&receiver, "street"),
            town: format!("{} {}", read(&receiver, "postcode"), read(&receiver, "town")).trim().to_owned(),
            href: Page::StaffRequest { request }.to_string(),
            action: Page::StaffRequestAction { request, action: RequestDeskAction::Posted.name() }.to_string(),
            text_id: draw_id().to_string(),
        }
    };
    Ok(ok(&PostingPage {
        done: query.done == "yes",
        today: Dates { voice, zone: body.zone, now }.date_and_year(body.day_of(now)),
        body: voice.of_text(&body.name),
        rows: found.into_iter().map(row).collect(),
        f: visitor.frame().at(Page::StaffPosting.to_string()).staff("requests"),
    }))
}
