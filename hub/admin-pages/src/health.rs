//! How the hub and its offices are.

use access::DevicePresence;
use acts::{Fault, believe_clock};
use askama::Template;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use office::{BookingLife, VisitState};
use paths::Page;
use serde::Deserialize;
use stationery::{
    form::OwnForm,
    frame::{Frame, ok},
    signed::StaffVisitor,
    view,
};
use text::Dates;
use writer::OfficeHandle;

#[derive(Template)]
#[template(path = "admin/health.html")]
struct HealthPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    facts: Vec<HealthFact>,
    alarms: Vec<String>,
    offices: Vec<OfficeHealth>,
    /// What is asked of who can say that the clock is right, and the time that is shown to them.
    clock: Option<(String, i64)>,
}

struct OfficeHealth {
    name: String,
    facts: Vec<HealthFact>,
    alarms: Vec<String>,
}

struct HealthFact {
    name: String,
    value: String,
}

/// Shows it.
pub async fn get(signed: StaffVisitor) -> Result<Response, Fault> {
    signed.admin()?;
    let visitor = &signed.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let now = state.clock.now();
    let dates = visitor.dates_of_hub();
    let scope = signed.session.scope();
    let (waiting, given_up) = state.readers.read(move |store| store.outbox_counts(scope)).await?;
    let fact = |id: &str, value: String| HealthFact { name: voice.say(id), value };
    let mails = match given_up {
        0 => waiting.to_string(),
        some => format!("{waiting} ({}: {some})", voice.say("outbox-given-up")),
    };
    let devices = signed.run().map(|office| state.access.devices.of_office(office.row));
    let devices: Vec<_> = devices.flatten().filter(|device| device.revoked_at.is_none()).collect();
    let connected =
        devices.iter().filter(|device| state.access.devices.connection(device.id) == DevicePresence::Open).count();
    let devices = [("n", devices.len().into()), ("connected", connected.into())];
    let facts = vec![
        fact("health-now", dates.day_and_time(now)),
        fact("health-mails", mails),
        fact("health-devices", voice.say_with("health-devices-connected", devices)),
    ];
    let doubt = state.writer.belief().doubt().filter(|_| signed.hub_admin().is_ok());
    let shown = || [("time", dates.day_and_time(now).into())];
    let clock = doubt.map(|_| (voice.say_with("clock-is-it-right", shown()), now.timestamp_millis()));
    let offices = signed.run().filter_map(|handle| of_office(&signed, handle, now)).collect();
    let alarms = view::aside_alarms(signed.run(), voice);
    let f = visitor.frame().admin("admin-health");
    Ok(ok(&HealthPage { f, refusal: None, done: None, facts, alarms, offices, clock }))
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to(&Page::Admin.to_string())
}

/// The time that an administrator was shown, in milliseconds since 1970.
#[derive(Debug, Deserialize)]
pub struct ClockForm {
    #[serde(default)]
    shown: String,
}

/// Takes an administrator's word that the clock is right.
pub async fn believe_clock(
    signed: StaffVisitor,
    OwnForm { visitor, fields }: OwnForm<ClockForm>,
) -> Result<Response, Fault> {
    let shown = fields.shown.parse::<i64>().ok().and_then(DateTime::from_timestamp_millis).unwrap_or_default();
    believe_clock::run(&visitor.state.ledger, &signed.session, shown)?;
    Ok(Redirect::to(&Page::Admin.to_string()).into_response())
}

fn of_office(signed: &StaffVisitor, handle: &OfficeHandle, now: DateTime<Utc>) -> Option<OfficeHealth> {
    let voice = signed.visitor.voice;
    let floor = signed.visitor.state.floor(handle, now)?;
    let office = handle.read();
    let config = office.config.as_ref()?;
    let dates = Dates { voice, zone: config.zone, now };
    let today = now.with_timezone(&config.zone).date_naive();
    let waiting = office.visits.values().filter(|visit| matches!(visit.state, VisitState::Waiting { .. })).count();
    let served = office.visits.values().filter(|visit| matches!(visit.state, VisitState::Finished { .. })).count();
    let bookings = office.bookings.values().filter(|booking| {
        let is_today = booking.promise.start.with_timezone(&config.zone).date_naive() == today;
        is_today && matches!(booking.life, BookingLife::Confirmed { .. } | BookingLife::Arrived { .. })
    });
    let fact = |id: &str, value: String| HealthFact { name: voice.say(id), value };
    Some(OfficeHealth {
        name: voice.of_text(&config.name),
        facts: vec![
            fact("health-office-state", view::office_state(&floor.state, dates, now)),
            fact("health-desks-open", office.desks.len().to_string()),
            fact("health-waiting", waiting.to_string()),
            fact("health-served", served.to_string()),
            fact("health-bookings-today", bookings.count().to_string()),
            fact("health-events", handle.seq().to_string()),
        ],
        alarms: floor.alarms.iter().map(|alarm| voice.of_text(alarm)).collect(),
    })
}
