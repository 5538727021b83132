//! What a kiosk offers.

use chrono::{DateTime, Utc};
use office::{BookingNeed, DocumentForm, Office, OfficeConfig, Rule, Service, ServiceId, SuspensionScope};
use wire::{Availability, HelpNote, KioskDocument, KioskService, KioskView};

use super::{
    notices, office_state,
    outlook::{Outlook, WaitForecast},
    said,
};
use crate::answers::is_strict;

/// The kiosk's menu; `booking_page` is where citizens book.
pub fn view(
    outlook: &Outlook,
    office: &Office,
    config: &OfficeConfig,
    booking_page: String,
    now: DateTime<Utc>,
) -> KioskView {
    // In the order of the groups, as the office wrote them, and within one by number.
    let services = config.groups.iter().flat_map(|group| {
        config.services.iter().filter(|(_, service)| service.group == group.key).map(move |(id, s)| (group, *id, s))
    });
    let services = services
        .map(|(group, id, service)| {
            let expected = outlook.of_newcomer(office, id, now);
            KioskService {
                key: service.key.clone(),
                letter: group.letter,
                group: group.name.clone(),
                name: service.name.clone(),
                planned_minutes: service.planned_minutes,
                documents: service.documents.iter().map(document).collect(),
                expected_wait: expected.wait,
                availability: availability(office, config, id, service, expected, now),
                pictogram: service.pictogram,
                information: service.information,
            }
        })
        .collect();
    KioskView {
        office: config.name.clone(),
        zone: config.zone.name().to_owned(),
        state: office_state(office, config, now),
        services,
        booked_delay_max_minutes: config.rules.booked_delay_max_minutes,
        late_in_gaps: config.rules.late_in_gaps,
        notices: notices(office, config, now),
        booking_page,
        promise: said::promise(office, config.rules.order),
        priority_grounds: said::own_or(&config.priority_grounds, "notice-grounds"),
        hours: said::hours(config),
        help_where: said::own_or(&config.help_where, "notice-help-where"),
        help: help(office, now),
    }
}

/// Those who ring, and whether somebody comes: every kiosk of the office hears of all, and knows its own.
fn help(office: &Office, now: DateTime<Utc>) -> Vec<HelpNote> {
    let ringing = office.help.iter().filter(|(_, call)| call.rings(now));
    ringing.map(|(ring, call)| HelpNote { ring: ring.0, coming: call.clerk.is_some() }).collect()
}

fn document(document: &office::Document) -> KioskDocument {
    let copy = match document.form {
        DocumentForm::Copy => true,
        DocumentForm::Original | DocumentForm::AsItIs => false,
    };
    KioskDocument { name: document.name.clone(), copy, count: document.count }
}

/// Whether a walk-in would be given a ticket now; the rules say so again when one is asked for.
fn availability(
    office: &Office,
    config: &OfficeConfig,
    id: ServiceId,
    service: &Service,
    expected: WaitForecast,
    now: DateTime<Utc>,
) -> Availability {
    let suspended = office.suspensions.iter().find(|suspension| {
        let is_meant = match suspension.scope {
            SuspensionScope::Service(suspended) => suspended == id,
            SuspensionScope::Tickets => true,
            SuspensionScope::Desk(_) => false,
        };
        is_meant && suspension.until.is_none_or(|until| now < until)
    });
    if let Some(suspension) = suspended {
        return Availability::Suspended { until: suspension.until };
    }
    match service.booking {
        BookingNeed::Required if is_strict(config, Rule::WalkIn, now) => Availability::BookingRequired,
        BookingNeed::Required | BookingNeed::Preferred | BookingNeed::NotOffered => {
            Availability::Now { first_gap_at: expected.first_gap_at }
        }
    }
}
