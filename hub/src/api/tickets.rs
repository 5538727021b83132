//! `POST …/tickets`: a walk-in wants a number.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};
use office::{Command, EventKind, Needs, Office, Refusal, ServiceId, VisitEvent};
use wire::{DeviceKind, TicketRequest};

use super::{
    Fault,
    answers::ticket,
    request::Asked,
    write::{Said, ask, office},
};
use crate::{codes::draw_public, state::AppState};

/// Gives a ticket.
#[utoipa::path(post, path = "/api/v1/offices/{office}/tickets", tag = "kiosk", request_body = TicketRequest,
    params(("office" = String, Path), ("idempotency-key" = Option<uuid::Uuid>, Header)),
    responses((status = 200, body = wire::TicketAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn post(
    State(state): State<AppState>,
    Path(key): Path<String>,
    asked: Asked<TicketRequest>,
) -> Result<Response, Fault> {
    let handle = Arc::clone(office(&state, &key)?);
    asked.caller.device_or_staff(DeviceKind::Kiosk, &handle)?;
    let hub = state.clone();
    let TicketRequest { service, language: spoken, priority, could_not_book, persons, cases } = asked.body;
    // Looked up before the writer's turn, which is too dear for it.
    let wanted = service_of(&handle.read(), &service);
    let expected = wanted.map(|service| handle.feeds.expected_for(&handle, service, state.clock.now()));
    let expected = expected.unwrap_or_default();
    ask(&state, &handle, &asked.caller, asked.id, move |bench| {
        let Some(service) = service_of(bench.office(), &service) else {
            return Said::no(bench, &Refusal::UnknownService);
        };
        let command = Command::TakeTicket {
            service,
            public: draw_public(),
            persons,
            cases,
            priority,
            needs: Needs::default(),
            language: spoken,
            could_not_book,
        };
        match bench.decide(&command) {
            Ok(decided) => {
                let taken = decided.events.iter().find_map(|event| match &event.kind {
                    EventKind::Visit(VisitEvent::TicketTaken(visit)) => Some(visit),
                    _ => None,
                });
                match (taken, &bench.office().config) {
                    (Some(visit), Some(config)) => Said::yes(&ticket(&hub, config, visit, expected)),
                    _ => Said::no(bench, &Refusal::NotConfigured),
                }
            }
            Err(refused) => Said::no(bench, &refused),
        }
    })
    .await
}

/// The service with this key.
pub fn service_of(office: &Office, key: &str) -> Option<ServiceId> {
    let config = office.config.as_ref()?;
    config.services.iter().find(|(_, service)| service.key == key).map(|(id, _)| *id)
}
