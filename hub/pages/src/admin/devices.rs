//! Devices: let in by the code that they show, shut out by a press.

use access::DevicePresence;
use acts::{Fault, approve_device, revoke_device};
use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use text::Dates;
use uuid::Uuid;
use wire::{DeviceKind, ProblemCode};

use crate::{
    form::OwnForm,
    frame::{Frame, page},
    paths::Page,
    staff::signed::StaffVisitor,
};

#[derive(Template)]
#[template(path = "admin/devices.html")]
struct DevicesPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    /// Keys and names of the offices into which a device can be let.
    offices: Vec<(String, String)>,
    devices: Vec<DeviceRow>,
}

struct DeviceRow {
    name: String,
    kind: String,
    office: String,
    added: String,
    /// Whether it follows its office now.
    connection: String,
    revoked: bool,
    /// Where it is shut out.
    revoke: String,
}

/// How the list is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct DevicesQuery {
    /// The device that was let in.
    #[serde(default)]
    paired: String,
    /// Anything, after one was shut out.
    #[serde(default)]
    revoked: String,
}

/// Shows the devices.
pub async fn get(signed: StaffVisitor, Query(query): Query<DevicesQuery>) -> Result<Response, Fault> {
    signed.admin()?;
    let visitor = &signed.visitor;
    let (devices, scope) = (&visitor.state.access.devices, signed.session.scope());
    let paired = Uuid::try_parse(&query.paired).ok().and_then(|id| devices.with_id(scope, id));
    let paired = paired.map(|device| visitor.voice.text("pair-done", "name", &device.name));
    let revoked = (!query.revoked.is_empty()).then(|| visitor.voice.say("device-revoke-done"));
    Ok(show(&signed, StatusCode::OK, None, paired.or(revoked)))
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to(&Page::AdminDevices.to_string())
}

fn show(signed: &StaffVisitor, status: StatusCode, refusal: Option<String>, done: Option<String>) -> Response {
    let visitor = &signed.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let mut devices = Vec::new();
    let mut offices = Vec::new();
    for handle in signed.run() {
        let Some((name, zone)) = handle.config(|config| (voice.of_text(&config.name), config.zone)) else { continue };
        let dates = Dates { voice, zone };
        for device in state.access.devices.of_office(handle.row) {
            devices.push(DeviceRow {
                name: device.name.clone(),
                kind: voice.say(match device.kind {
                    DeviceKind::Kiosk => "device-kiosk",
                    DeviceKind::Display => "device-display",
                }),
                office: name.clone(),
                added: dates.day_and_time(device.paired_at),
                connection: connection(state.access.devices.connection(device.id), dates, state.clock.now()),
                revoked: device.revoked_at.is_some(),
                revoke: Page::AdminDeviceRevoke { device: device.id }.to_string(),
            });
        }
        offices.push((handle.key.to_string(), name));
    }
    devices.sort_by_key(|device| device.revoked);
    let f = visitor.frame().admin("admin-devices").at(Page::AdminDevices.to_string());
    page(status, &DevicesPage { f, refusal, done, offices, devices })
}

fn connection(connection: DevicePresence, dates: Dates, now: DateTime<Utc>) -> String {
    match connection {
        DevicePresence::Open => dates.voice.say("device-connected"),
        DevicePresence::Lost(Some(since)) => dates.voice.text("device-lost-since", "at", &dates.until(since, now)),
        DevicePresence::Lost(None) => dates.voice.say("device-lost"),
    }
}

/// The code that a device shows, and where it is to stand.
#[derive(Debug, Deserialize)]
pub struct PairingForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    office: String,
}

/// Lets a device in.
pub async fn pair(signed: StaffVisitor, OwnForm { visitor, fields }: OwnForm<PairingForm>) -> Result<Response, Fault> {
    signed.admin()?;
    let state = &visitor.state;
    let office = state.office(&fields.office)?;
    match approve_device::run(&state.access, &signed.session, office, &fields.code).await {
        Ok(device) => {
            let paired = Page::AdminDevices.asking(format_args!("paired={}", device.id));
            Ok(Redirect::to(&paired).into_response())
        }
        Err(Fault { code: ProblemCode::UnknownCode, .. }) => {
            let sentence = Some(visitor.voice.say("pair-wrong"));
            Ok(show(&signed, StatusCode::UNPROCESSABLE_ENTITY, sentence, None))
        }
        Err(fault) => Err(fault),
    }
}

/// Shuts a device out, at once.
pub async fn revoke(
    signed: StaffVisitor,
    Path(device): Path<String>,
    OwnForm { visitor, .. }: OwnForm<()>,
) -> Result<Response, Fault> {
    signed.admin()?;
    let device = Uuid::try_parse(&device).map_err(|_| ProblemCode::NotFound)?;
    revoke_device::run(&visitor.state.access, &signed.session, device).await?;
    Ok(Redirect::to(&Page::AdminDevices.asking("revoked=1")).into_response())
}
