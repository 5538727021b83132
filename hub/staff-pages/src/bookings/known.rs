//! A booking as staff know it, found by its reference.

use paths::Page;
use std::sync::Arc;

use acts::{BookingName, Fault, Turn, booking_of};
use chrono::{DateTime, Utc};
use office::{
    Booking, BookingLife, Channel, CorrectionState, FirstChoice, Office, OfficeConfig, PersonId, Promise, Reference,
    Service, Visit, VisitState,
};
use stationery::{
    how::How,
    signed::StaffVisitor,
    standing_tag::{StandingLook, StandingTag},
};
use text::{Dates, Voice};
use wire::ProblemCode;
use writer::OfficeHandle;

/// A booking and its office, as they stand now.
pub struct KnownBooking {
    /// The office.
    pub handle: Arc<OfficeHandle>,
    /// Its configuration.
    pub config: OfficeConfig,
    /// The booking as the office knows it.
    pub booking: Booking,
    /// When it is looked at.
    pub now: DateTime<Utc>,
}

impl KnownBooking {
    /// The booking with this reference, in an office where the looker works.
    pub fn of(signed: &StaffVisitor, key: &str, reference: &str) -> Result<Self, Fault> {
        let handle = Arc::clone(signed.office(key)?);
        let (booking, config) = {
            let office = handle.read();
            let booking = booking_of(&office, reference)?.clone();
            (booking, office.config.clone().ok_or(ProblemCode::UnknownCode)?)
        };
        Ok(Self { handle, config, booking, now: signed.visitor.state.clock.now() })
    }

    /// How a request names it.
    pub const fn name(&self) -> BookingName {
        BookingName::Number(self.booking.id)
    }

    /// Where staff see it.
    pub fn page(&self) -> Page<'_> {
        page_of(&self.config.key, &self.booking.reference)
    }

    /// The page where one thing is done about it.
    pub fn action<'a>(&'a self, action: &'a str) -> Page<'a> {
        Page::StaffBookingAction { office: &self.config.key, reference: &self.booking.reference.0, action }
    }

    /// The turn of who is signed in, for the command of a form.
    pub fn turn<'a>(&'a self, signed: &'a StaffVisitor, command: &str) -> Turn<'a> {
        signed.turn(&self.handle, command)
    }

    /// To whom it is promised.
    pub fn person(&self) -> Option<PersonId> {
        self.booking.life.party().map(|party| party.person)
    }

    /// Whether it still waits for its person.
    pub const fn is_open(&self) -> bool {
        matches!(self.booking.life, BookingLife::Confirmed { .. })
    }

    /// Whether there is a room for it: by teleconference, and not given up.
    pub fn has_room(&self) -> bool {
        self.booking.promise.channel == Channel::Teleconference
            && matches!(self.booking.life, BookingLife::Confirmed { .. } | BookingLife::Arrived { .. })
    }

    /// The first choice that the office still owes who had it (FLD-33).
    pub fn first_choice(&self, now: DateTime<Utc>) -> Option<FirstChoice> {
        self.booking.life.first_choice(now)
    }

    /// The service that is booked, if the office still has it.
    pub fn service(&self) -> Option<&Service> {
        self.config.services.get(&self.booking.promise.service)
    }

    /// The service's name.
    pub fn service_name(&self, voice: Voice) -> String {
        self.service().map(|service| voice.of_text(&service.name)).unwrap_or_default()
    }

    /// In which way, for how many, how long.
    pub fn how(&self, voice: Voice) -> String {
        let Promise { channel, persons, cases, .. } = self.booking.promise;
        self.service().map(|service| How { channel, persons, cases }.said(service, voice)).unwrap_or_default()
    }

    /// Says days and times in the office's zone.
    pub fn dates(&self, voice: Voice) -> Dates {
        Dates { voice, zone: self.config.zone, now: self.now }
    }

    /// Day and time; «ώρα Ελλάδας» where somebody is called who may be anywhere (OMB-20).
    pub fn when(&self, voice: Voice) -> String {
        let when = self.dates(voice).day_and_time(self.booking.promise.start);
        match self.booking.promise.channel {
            Channel::InPerson => when,
            Channel::Telephone | Channel::Teleconference => format!("{when} {}", voice.say("greek-time")),
        }
    }
}

/// The page of a booking.
pub fn page_of<'a>(office: &'a str, reference: &'a Reference) -> Page<'a> {
    Page::StaffBooking { office, reference: &reference.0 }
}

/// Where a booking stands, with its visit, if there is one.
pub fn standing(booking: &Booking, office: &Office, voice: Voice) -> StandingTag {
    let visit = booking.life.visit().and_then(|visit| office.visits.get(&visit));
    let word = match &booking.life {
        BookingLife::Confirmed { .. } => "staff-standing-expected",
        BookingLife::Arrived { .. } | BookingLife::Fixed { .. } => {
            visit.map_or("staff-standing-arrived", word_of_visit)
        }
        BookingLife::Cancelled { .. } => "staff-standing-cancelled",
        BookingLife::Void { .. } => "staff-standing-void",
        BookingLife::Missed { .. } => "staff-standing-missed",
        BookingLife::Held { .. } | BookingLife::Expired { .. } => "staff-standing-held",
    };
    StandingTag { said: voice.say(word), look: StandingLook::of(booking, visit) }
}

/// Where the visit of a booking stands.
const fn word_of_visit(visit: &Visit) -> &'static str {
    match visit.state {
        VisitState::Waiting { .. } | VisitState::Called { .. } | VisitState::Parked { .. } => "staff-standing-arrived",
        VisitState::Serving { .. } | VisitState::Interrupted { .. } => "staff-standing-serving",
        VisitState::Finished { .. } => "staff-standing-served",
        VisitState::NoShow { .. } => "staff-standing-no-show",
        VisitState::Left { .. } => "staff-standing-left",
        VisitState::Unserved { .. } => "staff-standing-unserved",
    }
}

/// How it stands with a correction that was asked for, in a few words.
pub fn correction_said(booking: &Booking, dates: Dates, now: DateTime<Utc>) -> Option<String> {
    let asked = booking.correction?;
    let at = |id: &str, at: DateTime<Utc>| dates.voice.with(id, "at", dates.day_and_time(at));
    Some(match asked.state {
        CorrectionState::Awaited => dates.voice.with("correction-awaited", "at", dates.until(asked.until, now)),
        CorrectionState::Made { at: made, .. } => at("correction-made", made),
        CorrectionState::Lapsed { .. } => at("correction-lapsed", asked.until),
    })
}
