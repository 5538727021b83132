//! Who looked at whose data, and when (FLD-22): for the administrator, who sees bookings' codes and no names of citizens.

use acts::{Fault, LookKind};
use askama::Template;
use axum::{extract::Query, response::Response};
use office::{BookingId, calendar};
use paths::Page;
use serde::Deserialize;
use stationery::{
    day_rows::{DayRows, day_rows},
    frame::{Frame, ok},
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
    /// The booking's code and page, as long as the office knows it.
    booking: Option<(String, String)>,
}

/// Whose looks, and where.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct LooksQuery {
    office: String,
    account: String,
}

/// Shows them, the newest first.
pub async fn get(signed: StaffVisitor, Query(query): Query<LooksQuery>) -> Result<Response, Fault> {
    signed.admin()?;
    let visitor = &signed.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let mut run = signed.run();
    let chosen = signed.run().find(|office| *office.key == *query.office).or_else(|| run.next());
    let handle = chosen.ok_or(ProblemCode::NotAllowed)?;
    let (row, account) = (Some(handle.row), query.account.parse::<u32>().ok());
    let found = state.readers.read(move |store| store.looks(row, account, LOOKS_SHOWN_MAX)).await?;
    let all = state.access.accounts.all();
    let name = |id: u32| all.iter().find(|one| one.id == id).map_or_else(|| id.to_string(), |one| one.name.clone());
    let zone = handle.config(|config| config.zone).unwrap_or(chrono_tz::Europe::Athens);
    let (dates, today) = (Dates { voice, zone }, calendar::local_date(zone, state.clock.now()));
    let shown = |look: Look| (look.at, shown(handle, &look, name(look.account), dates));
    let looks = day_rows(found.into_iter().map(shown), dates, today);
    let offices = signed.run().map(|office| LooksOption {
        value: office.key.to_string(),
        name: office.config(|config| voice.of_text(&config.name)).unwrap_or_default(),
        chosen: office.row == handle.row,
    });
    let ours = all.iter().filter(|one| signed.session.runs(one.office) || one.office == Some(handle.row));
    let accounts = ours.map(|one| LooksOption {
        value: one.id.to_string(),
        name: one.name.clone(),
        chosen: account == Some(one.id),
    });
    Ok(ok(&LooksPage {
        f: visitor.frame().admin("admin-looks").at(Page::AdminLooks.to_string()),
        refusal: None,
        done: None,
        days: handle.config(|config| config.rules.online.personal_data_days).unwrap_or_default(),
        offices: offices.collect(),
        accounts: accounts.collect(),
        looks,
    }))
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
        booking: reference.map(|reference| {
            let href = Page::StaffBooking { office: &handle.key, reference: &reference }.to_string();
            (reference, href)
        }),
    }
}
