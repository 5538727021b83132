//! Which services people ask for, as far as the office's own bookings say.

use std::collections::BTreeMap;

use office::{BookingLife, BookingNeed, Office, OfficeConfig, ServiceId};

/// The services that can be booked, in the order of the file, each with how many bookings of today and ahead it has.
///
/// A time that is only held counts for nothing, and neither does what was given up: else somebody who books and cancels
/// would put a service before all others.
#[must_use]
pub fn demand(office: &Office, config: &OfficeConfig) -> Vec<(ServiceId, u32)> {
    let mut booked: BTreeMap<ServiceId, u32> = BTreeMap::new();
    for booking in office.bookings.values() {
        match booking.life {
            BookingLife::Confirmed { .. } | BookingLife::Arrived { .. } | BookingLife::Missed { .. } => {
                *booked.entry(booking.promise.service).or_default() += 1;
            }
            BookingLife::Held { .. }
            | BookingLife::Fixed { .. }
            | BookingLife::Cancelled { .. }
            | BookingLife::Void { .. }
            | BookingLife::Expired { .. } => {}
        }
    }
    let in_group = |group: &office::Group| {
        let own = config.services.iter().filter(|(_, service)| service.group == group.key);
        own.filter(|(_, service)| service.booking != BookingNeed::NotOffered).map(|(id, _)| *id).collect::<Vec<_>>()
    };
    let services = config.groups.iter().flat_map(in_group);
    services.map(|id| (id, booked.get(&id).copied().unwrap_or_default())).collect()
}
