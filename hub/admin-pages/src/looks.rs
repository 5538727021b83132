//! Who looked at whose data, and when (FLD-22): for the administrator, who sees bookings' codes and no names of citizens.

use acts::{Fault, LookKind};
use askama::Template;
use axum::{http::StatusCode, response::Response};
use office::{BookingId, calendar};
use paths::Page;
use serde::Deserialize;
use stationery::{
    day_rows::{DayRows, day_rows},
    extract::PageQuery,
    frame::{Frame, page},
    problem::{self, marks, not_listed, status_of},
    signed::StaffVisitor,
};
use store::Look;
use text::Dates;
use wire::ProblemCode;
use writer::OfficeHandle;

/// So many are shown.
const LOOKS_SHOWN_MAX: u32 = 500;

#[derive(Template)]
#[template(path = "admin/looks.html")]
struct LooksPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    days: u16,
    offices: Vec<LooksOption>,
    accounts: Vec<LooksOption>,
    /// By day.
    looks: Vec<DayRows<LookRow>>,
}

struct LooksOption {
    value: String,
    name: String,
    chosen: bool,
}

struct LookRow {
    at: String,
    who: String,
    what: String,
    /// The booking's code, as long as the office knows it, or the account's number; and its page.
    of: Option<(String, String)>,
}

/// What an administrator asks the list of looks for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LooksQuery {
    office: String,
    account: String,
}

/// Shows them, the newest first.
pub async fn get(signed: StaffVisitor, PageQuery(query): PageQuery<LooksQuery>) -> Result<Response, Fault> {
    signed.admin()?;
    let visitor = &signed.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let mut run = signed.run();
    let named = signed.run().find(|office| *office.key == *query.office);
    let is_office_known = named.is_some() || query.office.is_empty();
    let handle = named.or_else(|| run.next()).ok_or(ProblemCode::NotAllowed)?;
    let all = state.access.accounts.all();
    let is_ours = |one: &store::Account| signed.session.runs(one.office()) || one.office() == Some(handle.row);
    let account = query.account.parse::<u32>().ok().filter(|id| all.iter().any(|one| one.id == *id && is_ours(one)));
    let fault = match (is_office_known, account.is_some() || query.account.is_empty()) {
        (false, _) => Some(not_listed("office", "looks-office")),
        (true, false) => Some(not_listed("account", "looks-account")),
        (true, true) => None,
    };
    // What is about the whole hub, e.g. who is invited to a conference, is for who runs the whole of it.
    let of_hub_but = signed.session.runs(None).then_some(LookKind::Records.name());
    let row = handle.row;
    let found = match &fault {
        // What cannot be looked for finds nothing, instead of everything.
        Some(_) => Vec::new(),
        None => state.readers.read(move |store| store.looks(row, of_hub_but, account, LOOKS_SHOWN_MAX)).await?,
    };
    let name = |id: u32| all.iter().find(|one| one.id == id).map_or_else(|| id.to_string(), |one| one.name.clone());
    let zone = handle.config(|config| config.zone).unwrap_or(chrono_tz::Europe::Athens);
    let now = state.clock.now();
    let (dates, today) = (Dates { voice, zone, now }, calendar::local_date(zone, now));
    let shown = |look: Look| (look.at, shown(handle, &look, name(look.account), dates));
    let looks = day_rows(found.into_iter().map(shown), dates, today);
    let offices = signed.run().map(|office| LooksOption {
        value: office.key.to_string(),
        name: office.config(|config| voice.of_text(&config.name)).unwrap_or_default(),
        chosen: office.row == handle.row,
    });
    let ours = all.iter().filter(|one| is_ours(one));
    let accounts = ours.map(|one| LooksOption {
        value: one.id.to_string(),
        name: one.name.clone(),
        chosen: account == Some(one.id),
    });
    let marked = fault.as_ref().map(marks).unwrap_or_default();
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| status_of(fault.code));
    let shown = LooksPage {
        f: visitor.frame().admin("admin-looks").at(Page::AdminLooks.to_string()).marking(marked),
        refusal: fault.map(|fault| problem::sentence(visitor, &fault)),
        done: None,
        days: handle.config(|config| config.rules.online.personal_data_days).unwrap_or_default(),
        offices: offices.collect(),
        accounts: accounts.collect(),
        looks,
    };
    Ok(page(status, &shown))
}

fn shown(handle: &OfficeHandle, look: &Look, who: String, dates: Dates) -> LookRow {
    let (office, voice) = (handle.read(), dates.voice);
    let booking = look.booking.and_then(|id| office.bookings.get(&BookingId(id)));
    let reference = booking.map(|booking| booking.reference.to_string());
    let what = voice.say(LookKind::sentence(&look.what));
    LookRow {
        at: dates.time(look.at),
        who,
        what: match look.names {
            Some(names) => format!("{what} ({})", voice.count("look-names", names)),
            None => what,
        },
        of: match (reference, look.about) {
            (Some(reference), _) => {
                let href = Page::StaffBooking { office: &handle.key, reference: &reference }.to_string();
                Some((reference, href))
            }
            (None, Some(account)) => {
                Some((format!("#{account}"), Page::CitizenOne { office: &handle.key, account }.to_string()))
            }
            (None, None) => None,
        },
    }
}
