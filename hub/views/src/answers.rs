//! The office's nouns as the wire names them.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use office::{DeskId, Direction, Office, OfficeConfig, Origin, Rank, Reason, Rule, Visit, slots::offers_gap};
use paths::Page;
use uuid::Uuid;
use wire::{Arrow, CallReason, DeskLabel, Standing, TicketAnswer};

use crate::outlook::WaitForecast;

/// A desk, as the room knows it.
pub fn desk_label(config: &OfficeConfig, desk: DeskId) -> DeskLabel {
    let arrow = config.desks.get(&desk).and_then(|desk| desk.direction).map(|direction| match direction {
        Direction::Left => Arrow::Left,
        Direction::Right => Arrow::Right,
        Direction::Ahead => Arrow::Ahead,
        Direction::Back => Arrow::Back,
    });
    DeskLabel { number: desk.0, word: config.desk_word.clone(), arrow }
}

/// The ticket of a visit; `page` is the address of its own page.
pub fn ticket(
    page: String,
    office: &Office,
    config: &OfficeConfig,
    visit: &Visit,
    expected: WaitForecast,
) -> TicketAnswer {
    let service = config.services.get(&visit.service).map(|service| service.name.clone()).unwrap_or_default();
    TicketAnswer {
        visit: visit.public.0,
        number: visit.number.to_string(),
        service,
        at: visit.arrived_at,
        booked_for: visit.booked_for(),
        people_ahead: expected.people_ahead,
        expected_wait: expected.wait,
        first_gap_at: expected
            .first_gap_at
            .filter(|gap| matches!(visit.origin, Origin::WalkIn) && offers_gap(office, visit, *gap, visit.arrived_at)),
        wait_where: config.wait_where.clone(),
        page,
        language: visit.language,
        rehearsal: false,
        local: false,
    }
}

/// How a booked visit stands to its promised time, by what the rules made of it.
pub fn standing_of(office: &Office, visit: &Visit) -> Standing {
    let Some(start) = visit.booked_for() else { return Standing::InTime };
    match visit.rank {
        Rank::EndOfDay => Standing::LateEndOfDay,
        Rank::Filler { .. } => Standing::LateInGaps,
        Rank::FirstInLine => Standing::InTime,
        Rank::Booked { .. } => {
            let early = office.config.as_ref().map_or(15, |config| config.rules.early_call_minutes);
            let is_early = start - visit.arrived_at > chrono::TimeDelta::minutes(i64::from(early));
            if is_early { Standing::Early } else { Standing::InTime }
        }
    }
}

/// Whether a rule is enforced today; kiosks tell people which rule holds.
pub fn is_strict(config: &OfficeConfig, rule: Rule, now: DateTime<Utc>) -> bool {
    let today = now.with_timezone(&config.zone).date_naive();
    config.rules.enforcement(rule, today) == office::Enforcement::Strict
}

/// Why a visit was called, for staff.
pub fn call_reason(reason: &Reason, zone: Tz) -> CallReason {
    let code = serde_json::to_value(reason).ok().and_then(|value| match value {
        serde_json::Value::String(name) => Some(name),
        serde_json::Value::Object(fields) => fields.into_iter().next().map(|(name, _)| name),
        _ => None,
    });
    CallReason { code: code.unwrap_or_default(), words: text::reason(reason, zone) }
}

/// The address of visits' own pages, up to the id.
pub fn visit_pages(public_url: &str) -> String {
    let nobody = Uuid::nil();
    let page = format!("{public_url}{}", Page::Visit { visit: nobody });
    page.strip_suffix(&nobody.to_string()).unwrap_or(&page).to_owned()
}

/// The address of a visit's own page; its opaque id is the permission.
pub fn visit_page(public_url: &str, visit: &Visit) -> String {
    format!("{public_url}{}", Page::Visit { visit: visit.public.0 })
}
