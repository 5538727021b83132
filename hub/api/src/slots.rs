//! `GET …/slots`: the times that can be had. Public.

use acts::Fault;
use axum::{
    body::Bytes,
    extract::{Path, Query, State, rejection::QueryRejection},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use chrono::Days;
use office::{Audience, Channel, CivilDate};
use serde::Deserialize;
use wire::{ProblemCode, Slot, SlotsAnswer, SuspensionNote};

use crate::{request::ApiCaller, state::Api, write::office};

/// At most so many days are looked at in one request.
const DAYS_MAX: u16 = 120;

/// The times that are looked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotsQuery {
    /// The service's key.
    service: String,
    /// First local day; today unless set.
    from: Option<CivilDate>,
    /// How many days; 30 unless set, 120 at most.
    days: Option<u16>,
    /// How many persons; 1 unless set.
    persons: Option<u8>,
    /// How many cases; 1 unless set.
    cases: Option<u8>,
    /// `in-person` unless set.
    channel: Option<Channel>,
    /// Staff of the office also see what is kept for them.
    internal: Option<bool>,
}

/// The times that can be had.
#[utoipa::path(get, path = "/api/v1/offices/{office}/slots", tag = "public",
    params(("office" = String, Path), ("service" = String, Query), ("from" = Option<String>, Query, description = "YYYY-MM-DD"),
        ("days" = Option<u16>, Query), ("persons" = Option<u8>, Query), ("cases" = Option<u8>, Query),
        ("channel" = Option<String>, Query), ("internal" = Option<bool>, Query)),
    responses((status = 200, body = SlotsAnswer), (status = "4XX", body = wire::Problem)))]
pub async fn get(
    State(state): State<Api>,
    Path(key): Path<String>,
    ApiCaller(caller): ApiCaller,
    query: Result<Query<SlotsQuery>, QueryRejection>,
) -> Result<Response, Fault> {
    let Query(query) = query.map_err(|_| Fault::malformed("the query".to_owned()))?;
    let handle = office(&state, &key)?;
    let audience = if query.internal.unwrap_or(false) {
        caller.staff(handle)?;
        Audience::Internal
    } else {
        Audience::Public
    };
    let now = state.clock.now();
    let (service, zone) = {
        let office = handle.read();
        let zone = office.config.as_ref().ok_or(ProblemCode::Configuration)?.zone;
        (acts::service_of(&office, &query.service)?, zone)
    };
    let from = query.from.map_or_else(|| office::calendar::local_date(zone, now), CivilDate::date);
    let days = query.days.unwrap_or(30);
    if days == 0 || days > DAYS_MAX {
        return Err(Fault::malformed(format!("days: 1 to {DAYS_MAX}")));
    }
    from.checked_add_days(Days::new(u64::from(days))).ok_or_else(|| Fault::malformed("from".to_owned()))?;
    let suspended = handle.read().service_suspension(service, now);
    let suspended = suspended.map(|one| SuspensionNote { until: one.until, because: one.because });
    let SlotsQuery { service: key, .. } = query;
    let query = office::slots::Query {
        service,
        channel: query.channel.unwrap_or(Channel::InPerson),
        audience,
        persons: query.persons.unwrap_or(1),
        cases: query.cases.unwrap_or(1),
        from,
        days,
    };
    let work_out = || {
        let free = handle.free_times(&query, now);
        let slots = free.iter().map(|slot| Slot { start: slot.start, minutes: slot.minutes }).collect();
        let answer = SlotsAnswer { service: key, zone: zone.name().to_owned(), slots, suspended };
        Bytes::from(serde_json::to_vec(&answer).unwrap_or_default())
    };
    // Other requests of this thread go on elsewhere: a large office with many skills takes a while.
    let answer = tokio::task::block_in_place(|| handle.offers.answer(query, handle.seq(), now, work_out));
    Ok(([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], answer).into_response())
}
