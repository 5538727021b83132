//! Administrators let devices in and shut them out; devices say how they are (PROM-11).

use std::sync::Arc;

use access::ThreeWords;
use acts::{Fault, approve_device, meet_hub, report_faults, report_shown, revoke_device};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use store::Device;
use uuid::Uuid;
use wire::{DeviceKind, FaultReport, HubEncounter, ProblemCode, ShownCall};

use crate::{
    request::{ApiCaller, ApiRequest},
    state::Api,
    write::{answer, office},
};

/// Letting a device in.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceApproval {
    /// The code that the device shows.
    code: String,
    /// The three words that it shows, as somebody read them on its screen; none where it shows none.
    #[serde(default)]
    words: Option<String>,
}

/// A device, without its token.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeviceAnswer {
    /// The device's id, by which it is shut out.
    id: Uuid,
    /// Which of the two screens it is.
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
#[utoipa::path(post, path = "/api/v1/offices/{office}/devices", tag = "admin", request_body = DeviceApproval,
    params(("office" = String, Path), ("idempotency-key" = Option<Uuid>, Header)),
    responses((status = 200, body = DeviceAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn approve(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<DeviceApproval>,
) -> Result<Response, Fault> {
    let admin = asked.caller.admin()?;
    let handle = office(&state, &key)?;
    let words = asked.body.words.as_deref().map(str::parse::<ThreeWords>).transpose();
    let words = words.map_err(|_| Fault::malformed("words".to_owned()))?;
    let device = approve_device::run(&state.access, admin, handle, &asked.body.code, words).await?;
    answer(&DeviceAnswer::from(&device))
}

/// The devices of an office.
#[utoipa::path(get, path = "/api/v1/offices/{office}/devices", tag = "admin", params(("office" = String, Path)),
    responses((status = 200, body = [DeviceAnswer]), (status = "4XX", body = wire::Problem)))]
pub async fn list(
    State(state): State<Api>,
    Path(key): Path<String>,
    ApiCaller(caller): ApiCaller,
) -> Result<Response, Fault> {
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
pub async fn revoke(
    State(state): State<Api>,
    Path(device): Path<String>,
    ApiCaller(caller): ApiCaller,
) -> Result<Response, Fault> {
    let admin = caller.admin()?;
    let device = Uuid::try_parse(&device).map_err(|_| ProblemCode::NotFound)?;
    revoke_device::run(&state.access, admin, device).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Says what is wrong with the device that asks, or that all is well.
#[utoipa::path(post, path = "/api/v1/devices/self/faults", tag = "devices", request_body = FaultReport,
    responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn report(State(state): State<Api>, asked: ApiRequest<FaultReport>) -> Result<Response, Fault> {
    report_faults::run(&state.access, &state.offices, &asked.caller, asked.body)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Says that the board that asks has shown a call, or has said it.
#[utoipa::path(post, path = "/api/v1/devices/self/echoes", tag = "devices", request_body = ShownCall,
    responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn shown(State(state): State<Api>, asked: ApiRequest<ShownCall>) -> Result<Response, Fault> {
    report_shown::run(&state.access, &state.offices, &asked.caller, asked.body)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Says that another hub answered at this one's address.
#[utoipa::path(post, path = "/api/v1/devices/self/encounters", tag = "devices", request_body = HubEncounter,
    responses((status = 204), (status = "4XX", body = wire::Problem)))]
pub async fn meet(State(state): State<Api>, asked: ApiRequest<HubEncounter>) -> Result<Response, Fault> {
    meet_hub::note(&state.access, &state.offices, &asked.caller, asked.body)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
