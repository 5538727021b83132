//! What is kept of somebody's requests: for them to take along (FLD-23), and to know before they erase their account what stays,
//! until when, and who decides.

use body::{AccountId, BodyConfig, CaseEvent, CategoryId};
use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use store::{FilePurpose, RequestRow, Store, Stored};
use vocabulary::civil::CivilInstant;

use super::list::LIST_MAX;

/// A request, as it is handed out to the applicant.
#[derive(Debug, Clone, Serialize)]
pub struct RequestExport {
    /// How the outside names it: its page is `/requests/` with it.
    pub id: uuid::Uuid,
    /// The protocol number, as a receipt shows it.
    pub number: String,
    /// Key of its category.
    pub category: String,
    /// What happened, and when, by the names of the journal.
    pub steps: Vec<(CivilInstant, String)>,
    /// What was written with it, without what is for staff alone.
    pub written: Vec<WrittenExport>,
    /// What was sent with it, and the result where it is a file.
    pub files: Vec<FileExport>,
}

/// Something that was written.
#[derive(Debug, Clone, Serialize)]
pub struct WrittenExport {
    /// Whether the applicant wrote it.
    pub own: bool,
    /// What was written, whole.
    pub text: String,
}

/// A file of a request, as it is handed out to the applicant.
#[derive(Debug, Clone, Serialize)]
pub struct FileExport {
    /// Its page is `/requests/…/files/` with it.
    pub id: uuid::Uuid,
    /// What it was called.
    pub name: String,
    /// Its content, as a media type.
    pub kind: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// Whether the applicant sent it; else it is the result.
    pub own: bool,
}

/// The name of a step in the journal.
fn name_of(event: &CaseEvent) -> String {
    let value = serde_json::to_value(&event.step).unwrap_or_default();
    let named = value.as_object().and_then(|object| object.keys().next().cloned());
    named.or_else(|| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Everything that is kept of an account's requests.
pub fn exports(store: &Store, body: &BodyConfig, account: AccountId) -> Stored<Vec<RequestExport>> {
    let export = |row: RequestRow| {
        let words = store.request_words(row.case.id)?;
        let is_theirs = |event: &&CaseEvent| {
            event.words().is_none_or(|id| !words.iter().any(|words| words.id == id && words.internal))
        };
        let events = store.request_events(row.case.id)?;
        let steps = events.iter().filter(is_theirs);
        let steps = steps.filter_map(|event| Some((CivilInstant::new(event.at)?, name_of(event)))).collect();
        let written = words
            .iter()
            .filter(|words| !words.internal)
            .filter_map(|words| Some(WrittenExport { own: words.author == Some(account), text: words.text.clone()? }));
        let files = store.request_files(row.public)?.into_iter().filter(|file| file.purpose != FilePurpose::Draft);
        let files = files.map(|file| FileExport {
            id: file.upload.id,
            name: file.upload.name,
            kind: file.upload.kind,
            bytes: file.upload.bytes,
            own: file.purpose == FilePurpose::Sent,
        });
        Ok(RequestExport {
            id: row.public,
            number: row.case.shown_number().to_string(),
            category: body.categories.get(&row.case.category).map(|one| one.key.clone()).unwrap_or_default(),
            steps,
            written: written.collect(),
            files: files.collect(),
        })
    };
    store.requests_of(account, LIST_MAX)?.into_iter().map(export).collect()
}

/// A request that stays when its applicant's account is erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StayingRequest {
    /// The protocol number, as a receipt shows it.
    pub number: String,
    /// Of what kind.
    pub category: CategoryId,
    /// Until then what was written is kept; none where that is counted from an end that has not come.
    pub until: Option<NaiveDate>,
    /// For so many years from its end.
    pub years: u8,
}

/// The requests of an account that stay, with what was written and sent with them.
pub fn staying(store: &Store, body: &BodyConfig, account: AccountId) -> Stored<Vec<StayingRequest>> {
    let mut staying = Vec::new();
    for row in store.requests_of(account, LIST_MAX)? {
        let category = body.categories.get(&row.case.category);
        let years = category.map_or(body::RETENTION_YEARS, |category| category.retention_years);
        let until = row.case.closed_at.map(|at| body.day_of(at)).and_then(|day| {
            let year = day.year() + i32::from(years);
            day.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
        });
        if store.request_erased_at(row.case.id)?.is_none() {
            let number = row.case.shown_number().to_string();
            staying.push(StayingRequest { number, category: row.case.category, until, years });
        }
    }
    Ok(staying)
}
