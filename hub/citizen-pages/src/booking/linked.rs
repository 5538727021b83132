//! The booking behind a link, with its office, for the pages of who has it.

use std::sync::Arc;

use acts::{Fault, Turn, booking_key};
use chrono::{DateTime, Utc};
use office::{Booking, BookingLife, EarlierTime, FirstChoice, OfficeConfig, PersonId};
use secrets::{Holder, read_booking};
use stationery::{houses::marked, visitor::Visitor};
use store::{Actor, Record};
use text::Dates;
use wire::ProblemCode;
use writer::OfficeHandle;

use super::BookingPaths;

/// A booking and its office, as they stand now.
pub struct LinkedBooking {
    /// The office.
    pub handle: Arc<OfficeHandle>,
    /// The office's configuration.
    pub config: OfficeConfig,
    /// The booking that the link opens.
    pub booking: Booking,
    /// The time that it had before, if it was moved.
    pub earlier: Option<EarlierTime>,
    /// Who has the link.
    pub holder: Holder,
    /// Its pages.
    pub paths: BookingPaths,
}

impl LinkedBooking {
    /// The booking behind a link, if no newer link has taken the place of this one.
    pub async fn behind(visitor: &Visitor, link: &str) -> Result<Self, Fault> {
        let given = read_booking(&visitor.state.key, link).ok_or(ProblemCode::NotFound)?;
        let (id, holder) = (given.booking, given.holder);
        let handle = Arc::clone(visitor.state.office(&given.office)?);
        let (config, booking, earlier) = {
            let office = handle.read();
            let config = office.config.clone().ok_or(ProblemCode::Unavailable)?;
            // A booking leaves the office's memory when its day is over.
            let booking = office.bookings.get(&id).cloned().ok_or(ProblemCode::BookingMissed)?;
            (config, booking, office.earlier_times.get(&id).copied())
        };
        let newest = booking_key::run(&visitor.state.readers, &handle, &booking, holder).await?;
        if given != newest {
            return Err(Fault { words: Some(text::words("link-ended", &[])), ..ProblemCode::NotFound.into() });
        }
        Ok(Self { handle, config, booking, earlier, holder, paths: BookingPaths::of(link) })
    }

    /// A turn of the writer for who has the link.
    pub fn turn<'a>(&'a self, visitor: &'a Visitor) -> Turn<'a> {
        Turn { writer: &visitor.state.writer, office: &self.handle, actor: Actor::Citizen, id: None }
    }

    /// Day and time, for this visitor.
    pub fn when(&self, visitor: &Visitor) -> String {
        let dates = Dates { voice: visitor.voice, zone: self.config.zone, now: visitor.state.clock.now() };
        let when = dates.day_and_time(self.booking.promise.start);
        marked(when, self.booking.promise.channel, visitor.voice)
    }

    /// The service's name.
    pub fn service(&self, visitor: &Visitor) -> String {
        let service = self.config.services.get(&self.booking.promise.service);
        service.map(|service| visitor.voice.of_text(&service.name)).unwrap_or_default()
    }

    /// Whether it can still be used and given up.
    pub fn is_open(&self) -> bool {
        matches!(self.booking.life, BookingLife::Confirmed { .. })
    }

    /// Until when the citizen may change it.
    pub fn changeable_until(&self) -> Option<DateTime<Utc>> {
        office::changeable_until(&self.config, &self.booking).filter(|_| self.is_open())
    }

    /// Whether the citizen may change it now; the rules have the last word.
    pub fn is_changeable(&self, visitor: &Visitor) -> bool {
        self.changeable_until().is_some_and(|until| visitor.state.clock.now() < until)
    }

    /// The first choice that the office owes them, having given it up (FLD-33).
    pub fn first_choice(&self, visitor: &Visitor) -> Option<FirstChoice> {
        self.booking.life.first_choice(visitor.state.clock.now())
    }

    /// To whom it is promised.
    pub fn person(&self) -> Option<PersonId> {
        self.booking.life.party().map(|party| party.person)
    }

    /// What is kept of who booked.
    pub async fn record(&self, visitor: &Visitor) -> Option<Record> {
        let person = self.person()?;
        visitor.state.readers.read(move |store| store.record(person)).await.ok().flatten()
    }
}
