//! The calendar file of a booking: one UID for its whole life, a SEQUENCE that rises, and a CANCEL at its end.

use chrono::{DateTime, Duration, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};
use office::GeoPoint;

/// What a calendar is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// It stands, new or changed, and is sent to who comes (RFC 5546, 3.2.2).
    Request,
    /// It stands, and is taken by whoever likes to: no meeting to which somebody is invited (RFC 5546, 3.2.1).
    Publish,
    /// It is given up.
    Cancel,
}

impl Method {
    /// As it stands in the file, and in the mail's header.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Publish => "PUBLISH",
            Self::Cancel => "CANCEL",
        }
    }
}

/// A promised time, for a calendar. The title says nothing of the matter: calendars are shared with colleagues.
#[derive(Debug, Clone)]
pub struct Appointment {
    /// Names the booking, always the same.
    pub uid: String,
    /// Rises with each change.
    pub sequence: u32,
    /// When it begins.
    pub start: DateTime<Utc>,
    /// How long it takes.
    pub minutes: u16,
    /// What a calendar shows of it, in a line.
    pub title: String,
    /// What else there is to know.
    pub details: String,
    /// Where to be, as a calendar shows it.
    pub place: String,
    /// Where that is on a map.
    pub map: Option<GeoPoint>,
    /// The citizen's page about it.
    pub link: String,
    /// The office's address for mail.
    pub organizer: String,
    /// The citizen's.
    pub attendee: Option<String>,
    /// When this was written.
    pub written_at: DateTime<Utc>,
}

/// The calendar file (iCalendar) with this one appointment.
#[must_use]
pub fn file(appointment: &Appointment, method: Method) -> String {
    let mut event = Event::with_uid(&appointment.uid);
    event
        .sequence(appointment.sequence)
        .timestamp(appointment.written_at)
        .starts(appointment.start)
        .ends(appointment.start + Duration::minutes(i64::from(appointment.minutes)))
        .summary(&appointment.title)
        .description(&appointment.details)
        .location(&appointment.place)
        .url(&appointment.link)
        .status(match method {
            Method::Request | Method::Publish => EventStatus::Confirmed,
            Method::Cancel => EventStatus::Cancelled,
        });
    if let Some(map) = appointment.map {
        event.append_property(Property::new("GEO", format!("{};{}", map.latitude(), map.longitude())));
    }
    event.append_property(Property::new("ORGANIZER", format!("mailto:{}", appointment.organizer)));
    if let Some(attendee) = &appointment.attendee {
        let mut property = Property::new("ATTENDEE", format!("mailto:{attendee}"));
        property.add_parameter("PARTSTAT", "ACCEPTED").add_parameter("RSVP", "FALSE");
        event.append_property(property);
    }
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Seira//EL"));
    calendar.append_property(Property::new("CALSCALE", "GREGORIAN"));
    calendar.append_property(Property::new("METHOD", method.name()));
    calendar.push(event.done());
    calendar.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn appointment() -> Appointment {
        Appointment {
            uid: "C2D3F4G5.kep@seira".into(),
            sequence: 2,
            start: "2026-11-24T08:15:00Z".parse().unwrap(),
            minutes: 20,
            title: "Ραντεβού – ΚΕΠ".into(),
            details: "Κωδικός ραντεβού: C2D3F4G5".into(),
            place: "Πλατεία 1, 12131".into(),
            map: None,
            link: "https://seira.example.gr/booking/abc".into(),
            organizer: "kep@example.gr".into(),
            attendee: Some("maria@example.gr".into()),
            written_at: "2026-11-20T07:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn trn_02_a_calendar_reads_it_back() {
        let read: Calendar = file(&appointment(), Method::Request).parse().unwrap();
        assert_eq!(read.property_value("METHOD"), Some("REQUEST"));
        let event = read.events().next().unwrap();
        assert_eq!(event.get_uid(), Some("C2D3F4G5.kep@seira"));
        assert_eq!(event.get_sequence(), Some(2));
        assert_eq!(event.property_value("DTSTART"), Some("20261124T081500Z"));
        assert_eq!(event.property_value("DTEND"), Some("20261124T083500Z"));
        assert_eq!(event.get_summary(), Some("Ραντεβού – ΚΕΠ"));
        assert_eq!(event.get_location(), Some("Πλατεία 1, 12131"));
    }

    #[test]
    fn a_cancellation_names_the_same_booking() {
        let read: Calendar = file(&appointment(), Method::Cancel).parse().unwrap();
        assert_eq!(read.property_value("METHOD"), Some("CANCEL"));
        let event = read.events().next().unwrap();
        assert_eq!(event.get_uid(), Some("C2D3F4G5.kep@seira"));
        assert_eq!(event.get_status(), Some(EventStatus::Cancelled));
    }
}
