//! What citizens read of a service that is suspended (FLD-30): that it is, until when, why, and what they can do.

use chrono::{DateTime, Utc};
use office::{Office, OfficeConfig, ServiceId, Suspension, SuspensionScope};
use text::{Dates, Voice};

/// A suspension, in words.
#[derive(Debug, Clone)]
pub struct SuspensionBox {
    /// That it is, and until when.
    pub said: String,
    /// Why; empty where nobody said it.
    pub because: String,
    /// What one can do.
    pub advice: String,
}

/// In whose words, and from where one looks.
#[derive(Debug, Clone, Copy)]
pub struct SuspensionReader<'a> {
    /// The office that may be suspended.
    pub office: &'a Office,
    /// Its configuration.
    pub config: &'a OfficeConfig,
    /// The moment, by the hub's clock.
    pub now: DateTime<Utc>,
    /// The reader's language.
    pub voice: Voice,
}

impl SuspensionReader<'_> {
    /// For who looks for a time; `some_free` where there are some all the same.
    pub fn of_times(self, service: ServiceId, some_free: bool) -> Option<SuspensionBox> {
        let advice = if some_free { "suspended-choose-later" } else { "suspended-call" };
        self.service(service).map(|one| self.said(&one, ["suspended-service-until", "suspended-service"], advice))
    }

    /// For staff, who look for a time for a caller.
    pub fn of_staff(self, service: ServiceId) -> Option<SuspensionBox> {
        self.service(service).map(|one| self.said(&one, ["suspended-service-until", "suspended-service"], ""))
    }

    /// For who has a booking in it.
    pub fn of_booking(self, service: ServiceId, start: DateTime<Utc>) -> Option<SuspensionBox> {
        let meets = |one: &Suspension| one.until.is_none_or(|until| start < until);
        let met = self.service(service).filter(meets)?;
        Some(self.said(&met, ["suspended-service-until", "suspended-service"], "suspended-booked"))
    }

    /// For who comes without a booking: no numbers are given.
    pub fn of_tickets(self) -> Option<SuspensionBox> {
        let one = self.office.suspension(SuspensionScope::Tickets, self.now)?;
        Some(self.said(one, ["suspended-tickets-until", "suspended-tickets"], "suspended-book"))
    }

    /// In one line, for a list.
    pub fn line(self, service: ServiceId) -> Option<String> {
        self.service(service).map(|one| self.said(&one, ["suspended-line-until", "suspended-line"], "").said)
    }

    fn service(self, service: ServiceId) -> Option<Suspension> {
        self.office.service_suspension(service, self.now)
    }

    fn said(self, one: &Suspension, [until, open]: [&str; 2], advice: &str) -> SuspensionBox {
        let (voice, config) = (self.voice, self.config);
        let dates = Dates { voice, zone: config.zone, now: self.now };
        let said = match one.until {
            Some(end) => voice.text(until, "until", &dates.until(end, self.now)),
            None => voice.say(open),
        };
        let advice = if advice.is_empty() { String::new() } else { voice.text(advice, "phone", &config.contact_phone) };
        SuspensionBox { said, because: voice.of_text(&one.because), advice }
    }
}
