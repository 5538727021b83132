//! What the hub had sent before it went away, and how old it is.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use wire::{Availability, KioskService, KioskView, OfficeState, ProvidedBooking, ProvidedDay, Provisions};

/// What the hub had sent: kept on the kiosk's disk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Larder {
    /// Bookings, hours and keys.
    pub provisions: Provisions,
    /// What the screen offers.
    pub menu: KioskView,
    /// When the hub was heard last, by its own clock.
    pub heard_at: DateTime<Utc>,
}

impl Larder {
    /// The zone of the office.
    #[must_use]
    pub fn zone(&self) -> Tz {
        self.menu.zone.parse().unwrap_or(chrono_tz::Europe::Athens)
    }

    /// The local day of a moment.
    #[must_use]
    pub fn date_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone()).date_naive()
    }

    /// What was provided for a day.
    pub(crate) fn day(&self, date: NaiveDate) -> Option<&ProvidedDay> {
        self.provisions.days.iter().find(|day| day.date.date() == date)
    }

    /// Whether the list of bookings is that of a day.
    pub(crate) fn lists(&self, date: NaiveDate) -> bool {
        self.provisions.day.date() == date
    }

    /// A booking of the list.
    pub(crate) fn booking(&self, reference: &str) -> Option<&ProvidedBooking> {
        self.provisions.bookings.iter().find(|booking| booking.reference == reference)
    }

    /// A service of the menu.
    pub(crate) fn service(&self, key: &str) -> Option<&KioskService> {
        self.menu.services.iter().find(|service| service.key == key)
    }

    /// The menu as it is now, without what nobody can know: no waits.
    #[must_use]
    pub fn menu_at(&self, now: DateTime<Utc>) -> KioskView {
        let services = self.menu.services.iter().map(|service| KioskService {
            expected_wait: None,
            availability: self.availability(service, now),
            ..service.clone()
        });
        // Whoever rang when the hub was there is not known to be coming.
        KioskView { state: self.state(now), services: services.collect(), help: Vec::new(), ..self.menu.clone() }
    }

    fn state(&self, now: DateTime<Utc>) -> OfficeState {
        if let OfficeState::Suspended { until, .. } = &self.menu.state
            && until.is_none_or(|until| now < until)
        {
            return self.menu.state.clone();
        }
        let today = self.day(self.date_of(now));
        let open = today.and_then(|day| day.tickets.iter().find(|hours| hours.from <= now && now < hours.to));
        if let Some(hours) = open {
            let serves_until = today.and_then(|day| day.serves_until).unwrap_or(hours.to);
            return OfficeState::Open { tickets_until: hours.to, serves_until };
        }
        let starts = self.provisions.days.iter().flat_map(|day| day.tickets.iter().map(|hours| hours.from));
        let because = match &self.menu.state {
            OfficeState::Closed { because, .. } if self.lists(self.date_of(now)) => because.clone(),
            OfficeState::Closed { .. } | OfficeState::Open { .. } | OfficeState::Suspended { .. } => None,
        };
        OfficeState::Closed { opens_at: starts.filter(|from| now < *from).min(), because }
    }

    fn availability(&self, service: &KioskService, now: DateTime<Utc>) -> Availability {
        let last = self
            .day(self.date_of(now))
            .and_then(|day| day.last_tickets.iter().find(|last| last.service == service.key).map(|last| last.at));
        let is_over = last.is_some_and(|last| last < now);
        match service.availability {
            Availability::Suspended { until } if until.is_none_or(|until| now < until) => service.availability,
            Availability::NoTimeLeft if self.lists(self.date_of(now)) => Availability::NoTimeLeft,
            Availability::BookingRequired if !is_over => Availability::BookingRequired,
            Availability::Now { .. } | Availability::Suspended { .. } | Availability::NoTimeLeft if !is_over => {
                Availability::Now { first_gap_at: None }
            }
            Availability::Now { .. }
            | Availability::Suspended { .. }
            | Availability::NoTimeLeft
            | Availability::BookingRequired => Availability::NoTimeLeft,
        }
    }
}
