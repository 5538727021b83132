//! Administrators let devices in and shut them out; devices say how they are (PROM-11).

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use wire::{DeviceKind, FaultReport, ProblemCode};

use super::{
    request::Asked,
    write::{answer, office},
};
use crate::request::Who;
use crate::state::Api;
use access::Caller;
use acts::Fault;
use store::Device;

/// Letting a device in.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// The code that the device shows.
    code: String,
}

/// A device, without its token.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeviceAnswer {
    /// Its id.
    id: Uuid,
    /// What it is.
    kind: DeviceKind,
    /// What its configuration calls it.
    name: String,
    /// When it was let in.
    paired_at: DateTime<Utc>,
    /// When it was shut out again.
    revoked_at: Option<DateTime<Utc>>,
}

impl From<&Arc<Device>> for DeviceAnswer {
    fn from(device: &Arc<Device>) -> Self {
        let Device { id, kind, name, paired_at, revoked_at, .. } = device.as_ref();
        Self { id: *id, kind: *kind, name: name.clone(), paired_at: *paired_at, revoked_at: *revoked_at }
    }
}

/// Lets a device in.
#[utoipa::path(post, path = "/api/v1/offices/{office}/devices", tag = "admin", request_body = Approval,
    params(("office" = String, Path)),
    responses((status = 200, body = DeviceAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn approve(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: Asked<Approval>,
) -> Result<Response, Fault> {
    asked.caller.admin()?;
    let handle = office(&state, &key)?;
    let admin = asked.caller.admin_of(Some(handle.row))?.account.id;
    let device = state.access.devices.approve(&state.writer, &asked.body.code, handle, state.clock.now()).await?;
    tracing::info!(%admin, device = %device.id, "a device was let in");
    answer(&DeviceAnswer::from(&device))
}

/// The devices of an office.
#[utoipa::path(get, path = "/api/v1/offices/{office}/devices", tag = "admin", params(("office" = String, Path)),
    responses((status = 200, body = [DeviceAnswer]), (status = "4XX", body = wire::Problem)))]
pub async fn list(State(state): State<Api>, Path(key): Path<String>, Who(caller): Who) -> Result<Response, Fault> {
    caller.admin()?;
    let handle = office(&state, &key)?;
    caller.admin_of(Some(handle.row))?;
    let devices: Vec<DeviceAnswer> =
        state.access.devices.of_office(handle.row).iter().map(DeviceAnswer::from).collect();
    answer(&devices)
}

/// Shuts a device out, at once.
#[utoipa::path(delete, path = "/api/v1/devices/{device}", tag = "admin", params(("device" = Uuid, Path)),
    responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn revoke(State(state): State<Api>, Path(device): Path<String>, Who(caller): Who) -> Result<Response, Fault> {
    caller.admin()?;
    let device = Uuid::try_parse(&device).map_err(|_| Fault::from(ProblemCode::NotFound))?;
    let office = state.access.devices.office_of(device).ok_or(ProblemCode::NotFound)?;
    let admin = caller.admin_of(Some(office))?.account.id;
    if !state.access.devices.revoke(&state.writer, device, state.clock.now()).await? {
        return Err(ProblemCode::NotFound.into());
    }
    tracing::info!(%admin, %device, "a device was shut out");
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Says what is wrong with the device that asks, or that all is well.
#[utoipa::path(post, path = "/api/v1/devices/self/faults", tag = "devices", request_body = FaultReport,
    responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn report(State(state): State<Api>, asked: Asked<FaultReport>) -> Result<Response, Fault> {
    let device = match &asked.caller {
        Caller::Device(device) => device,
        Caller::Staff(_) => return Err(ProblemCode::NotAllowed.into()),
        Caller::Anybody(_) => return Err(ProblemCode::NotSignedIn.into()),
    };
    let faults = asked.body.faults.clone();
    if state.access.devices.report(device.id, asked.body) {
        tracing::info!(device = %device.id, ?faults, "a device reports");
        if let Some(office) = state.offices.iter().find(|office| office.row == device.office) {
            office.touch();
        }
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}
