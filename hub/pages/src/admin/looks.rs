//! Who looked at whose data, and when (FLD-22): for the administrator, who sees bookings' codes and no names of citizens.

use askama::Template;
use axum::{
    extract::Query,
    response::{IntoResponse, Response},
};
use office::BookingId;
use serde::Deserialize;

use crate::{
    frame::{Frame, ok},
    problem,
    staff::signed::Signed,
};
use acts::LookKind;
use store::Look;
use text::{Dates, Voice};
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
    offices: Vec<Choice>,
    accounts: Vec<Choice>,
    looks: Vec<LookRow>,
}

struct Choice {
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
pub struct Asked {
    office: String,
    account: String,
}

/// Shows them, the newest first.
pub async fn get(signed: Signed, Query(asked): Query<Asked>) -> Response {
    if let Err(fault) = signed.admin() {
        return fault.into_response();
    }
    let visitor = &signed.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let mut run = signed.run();
    let chosen = signed.run().find(|office| *office.key == *asked.office).or_else(|| run.next());
    let Some(handle) = chosen else { return problem::page_of(visitor, wire::ProblemCode::NotAllowed) };
    let (row, account) = (Some(handle.row), asked.account.parse::<u32>().ok());
    let found = match state.readers.read(move |store| store.looks(row, account, LOOKS_SHOWN_MAX)).await {
        Ok(found) => found,
        Err(error) => return problem::page_of_fault(visitor, &error.into()),
    };
    let all = state.access.accounts.all();
    let name = |id: u32| all.iter().find(|one| one.id == id).map_or_else(|| id.to_string(), |one| one.name.clone());
    let looks = found.into_iter().map(|look| shown(handle, &look, name(look.account), voice)).collect();
    let offices = signed.run().map(|office| Choice {
        value: office.key.to_string(),
        name: office.config(|config| voice.of_text(&config.name)).unwrap_or_default(),
        chosen: office.row == handle.row,
    });
    let ours = all.iter().filter(|one| signed.session.runs(one.office) || one.office == Some(handle.row));
    let accounts =
        ours.map(|one| Choice { value: one.id.to_string(), name: one.name.clone(), chosen: account == Some(one.id) });
    ok(&LooksPage {
        f: visitor.frame().admin("admin-looks").at("/admin/looks"),
        refusal: None,
        done: None,
        days: handle.config(|config| config.rules.online.personal_data_days).unwrap_or_default(),
        offices: offices.collect(),
        accounts: accounts.collect(),
        looks,
    })
}

fn shown(handle: &OfficeHandle, look: &Look, who: String, voice: Voice) -> LookRow {
    let office = handle.read();
    let zone = office.config.as_ref().map_or(chrono_tz::Europe::Athens, |config| config.zone);
    let booking = look.booking.and_then(|id| office.bookings.get(&BookingId(id)));
    let reference = booking.map(|booking| booking.reference.to_string());
    let what = voice.say(LookKind::sentence(&look.what));
    LookRow {
        at: Dates { voice, zone }.day_and_time(look.at),
        who,
        what: match look.names {
            Some(names) => format!("{what} ({})", voice.count("look-names", names)),
            None => what,
        },
        booking: reference.map(|reference| {
            let href = format!("/staff/{}/bookings/{reference}", handle.key);
            (reference, href)
        }),
    }
}
