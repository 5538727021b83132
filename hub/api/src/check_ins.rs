//! `POST …/check-ins`: somebody with a booking is here, or with the receipt of a request.

use acts::{
    Fault,
    check_in::{self, CheckInClaim},
    collect::{self, CollectRoom, ReceiptClaim},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use wire::{CheckInAnswer, CheckInRequest, DeviceKind, ReceiptCode};

use crate::{
    request::ApiRequest,
    state::Api,
    write::{answer, office},
};

/// Checks somebody in. The code of a request's receipt gives a number for the visit at which its result is handed out.
#[utoipa::path(post, path = "/api/v1/offices/{office}/check-ins", tag = "kiosk", request_body = CheckInRequest,
    params(("office" = String, Path), ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = CheckInAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<Api>,
    Path(key): Path<String>,
    asked: ApiRequest<CheckInRequest>,
) -> Result<Response, Fault> {
    let handle = office(&state, &key)?;
    asked.caller.device_or_staff(DeviceKind::Kiosk, handle)?;
    let turn = asked.turn(&state, handle);
    let CheckInRequest { code, language: spoken, late } = asked.body;
    if code.parse::<ReceiptCode>().is_ok() {
        let room = CollectRoom {
            readers: &state.readers,
            body: &state.body,
            outlook: state.outlooks.of(handle.row),
            public_url: &state.post.public_url,
        };
        let claim = ReceiptClaim { code, language: spoken };
        return answer(&collect::run(turn, room, state.clock.now(), claim).await?);
    }
    let arrival = CheckInClaim { code, language: spoken, late };
    let outlook = state.outlooks.of(handle.row);
    let own = (&state.key, &*state.post.public_url);
    answer(&check_in::run(turn, &state.offices, outlook, own, state.clock.now(), arrival).await?)
}
