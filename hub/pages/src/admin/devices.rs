//! Devices: let in by the code that they show, shut out by a press.

use askama::Template;
use axum::{
    extract::{Path, Query},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;
use wire::{DeviceKind, ProblemCode};

use crate::{
    form::Sent,
    frame::{Frame, page},
    problem,
    staff::signed::Signed,
};
use access::{Connection, PairingError};
use text::Dates;

#[derive(Template)]
#[template(path = "admin/devices.html")]
struct DevicesPage {
    f: Frame,
    refusal: Option<String>,
    done: Option<String>,
    offices: Vec<Choice>,
    devices: Vec<DeviceRow>,
}

struct Choice {
    value: String,
    name: String,
}

struct DeviceRow {
    id: String,
    name: String,
    kind: String,
    office: String,
    added: String,
    /// Whether it follows its office now.
    connection: String,
    revoked: bool,
}

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    #[serde(default)]
    paired: String,
    #[serde(default)]
    revoked: String,
}

/// Shows the devices.
pub async fn get(signed: Signed, Query(done): Query<Done>) -> Response {
    if let Err(fault) = signed.admin() {
        return fault.into_response();
    }
    let visitor = &signed.visitor;
    let paired = Uuid::try_parse(&done.paired).ok().and_then(|id| {
        let mut all =
            visitor.state.offices.iter().flat_map(|office| visitor.state.access.devices.of_office(office.row));
        all.find(|device| device.id == id).map(|device| visitor.voice.text("pair-done", "name", &device.name))
    });
    let revoked = (!done.revoked.is_empty()).then(|| visitor.voice.say("device-revoke-done"));
    show(&signed, StatusCode::OK, None, paired.or(revoked))
}

/// A page that is only an answer to a form leads back when it is asked for alone.
pub async fn back() -> Redirect {
    Redirect::to("/admin/devices")
}

fn show(signed: &Signed, status: StatusCode, refusal: Option<String>, done: Option<String>) -> Response {
    let visitor = &signed.visitor;
    let (state, voice) = (&visitor.state, visitor.voice);
    let mut devices = Vec::new();
    let mut offices = Vec::new();
    for handle in signed.run() {
        let Some((name, zone)) = handle.config(|config| (voice.of_text(&config.name), config.zone)) else { continue };
        let dates = Dates { voice, zone };
        for device in state.access.devices.of_office(handle.row) {
            devices.push(DeviceRow {
                id: device.id.to_string(),
                name: device.name.clone(),
                kind: voice.say(match device.kind {
                    DeviceKind::Kiosk => "device-kiosk",
                    DeviceKind::Display => "device-display",
                }),
                office: name.clone(),
                added: dates.day_and_time(device.paired_at),
                connection: connection(state.access.devices.connection(device.id), dates, state.clock.now()),
                revoked: device.revoked_at.is_some(),
            });
        }
        offices.push(Choice { value: handle.key.to_string(), name });
    }
    devices.sort_by_key(|device| device.revoked);
    let f = visitor.frame().admin("admin-devices").at("/admin/devices");
    page(status, &DevicesPage { f, refusal, done, offices, devices })
}

fn connection(connection: Connection, dates: Dates, now: DateTime<Utc>) -> String {
    match connection {
        Connection::Open => dates.voice.say("device-connected"),
        Connection::Lost(Some(since)) => dates.voice.text("device-lost-since", "at", &dates.until(since, now)),
        Connection::Lost(None) => dates.voice.say("device-lost"),
    }
}

/// The form.
#[derive(Debug, Deserialize)]
pub struct Fields {
    #[serde(default)]
    code: String,
    #[serde(default)]
    office: String,
}

/// Lets a device in.
pub async fn pair(signed: Signed, Sent { visitor, fields }: Sent<Fields>) -> Response {
    if let Err(fault) = signed.admin() {
        return fault.into_response();
    }
    let state = &visitor.state;
    let Some(office) = state.office(&fields.office) else { return problem::page_of(&visitor, ProblemCode::NotFound) };
    if let Err(fault) = signed.admin_of(office.row) {
        return fault.into_response();
    }
    match state.access.devices.approve(&state.writer, &fields.code, office, state.clock.now()).await {
        Ok(device) => {
            tracing::info!(admin = signed.session.account.id, device = %device.id, "a device was let in");
            Redirect::to(&format!("/admin/devices?paired={}", device.id)).into_response()
        }
        Err(PairingError::Write(error)) => problem::page_of_fault(&visitor, &error.into()),
        Err(_) => {
            let sentence = visitor.voice.say("pair-wrong");
            show(&signed, StatusCode::UNPROCESSABLE_ENTITY, Some(sentence), None)
        }
    }
}

/// Nothing to fill in.
#[derive(Debug, Deserialize)]
pub struct Nothing {}

/// Shuts a device out, at once.
pub async fn revoke(
    signed: Signed,
    Path(device): Path<String>,
    Sent { visitor, fields: Nothing {} }: Sent<Nothing>,
) -> Response {
    if let Err(fault) = signed.admin() {
        return fault.into_response();
    }
    let state = &visitor.state;
    let known =
        Uuid::try_parse(&device).ok().and_then(|device| Some((device, state.access.devices.office_of(device)?)));
    let Some((device, office)) = known else { return problem::page_of(&visitor, ProblemCode::NotFound) };
    if let Err(fault) = signed.admin_of(office) {
        return fault.into_response();
    }
    match state.access.devices.revoke(&state.writer, device, state.clock.now()).await {
        Ok(_) => {
            tracing::info!(admin = signed.session.account.id, %device, "a device was shut out");
            Redirect::to("/admin/devices?revoked=1").into_response()
        }
        Err(error) => problem::page_of_fault(&visitor, &error.into()),
    }
}
