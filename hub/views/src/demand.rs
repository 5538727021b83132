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

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc};
    use office::{
        Audience, Booking, BookingId, CancelledBy, Channel, Language, Needs, Party, PersonId, Promise, Reference,
        VisitId, VoidReason,
    };
    use uuid::Uuid;

    use super::*;

    fn booking(id: u64, service: u16, life: BookingLife) -> Booking {
        let promise = Promise {
            service: ServiceId(service),
            channel: Channel::InPerson,
            start: DateTime::UNIX_EPOCH,
            minutes: 10,
            persons: 1,
            cases: 1,
            audience: Audience::Public,
        };
        Booking {
            id: BookingId(id),
            reference: Reference(format!("B{id}")),
            promise,
            sequence: 0,
            correction: None,
            life,
        }
    }

    #[test]
    fn fld_30_what_is_asked_for_is_what_was_booked_and_stands() {
        let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/kep.toml");
        let config = office_file::read_all(&[file]).unwrap().remove(0).config;
        let at: DateTime<Utc> = DateTime::UNIX_EPOCH;
        let party = || Party {
            person: PersonId(Uuid::nil()),
            address: None,
            language: Language::El,
            needs: Needs::default(),
            if_late: None,
        };
        let (visit, by) = (VisitId(1), CancelledBy::Citizen);
        // Three lives count, for the driving licence; the others do not, for the family status: neither a time that is only held,
        // nor one that a walk-in took, nor what was given up, is void or has lapsed.
        let counted = [
            BookingLife::Confirmed { party: party() },
            BookingLife::Arrived { party: party(), visit },
            BookingLife::Missed { party: party(), at },
        ];
        let others = [
            BookingLife::Held { owner: None, expires_at: at, extensions: 0 },
            BookingLife::Fixed { visit },
            BookingLife::Cancelled { party: party(), at, by, first_choice: None },
            BookingLife::Void { party: party(), at, because: VoidReason::DetailsMissing },
            BookingLife::Expired { at },
        ];
        let all = counted.into_iter().map(|life| (5, life)).chain(others.into_iter().map(|life| (1, life)));
        let bookings = all.zip(1..).map(|((service, life), id)| (BookingId(id), booking(id, service, life)));
        let office = Office { bookings: bookings.collect(), ..Office::default() };
        // By groups, in the order of the file; what cannot be booked (most of signatures and copies) is not among them.
        let asked: Vec<(u16, u32)> = demand(&office, &config).into_iter().map(|(id, count)| (id.0, count)).collect();
        assert_eq!(asked, [(1, 0), (2, 0), (7, 0), (5, 3), (6, 0)]);
        let quiet: u32 = demand(&Office::default(), &config).into_iter().map(|(_, count)| count).sum();
        assert_eq!(quiet, 0);
    }
}
