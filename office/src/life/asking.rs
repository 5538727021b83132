//! What every decision stands on, and asks first.

use chrono::{DateTime, Duration, NaiveDate, Utc};

use crate::{
    Booking, BookingId, Desk, DeskId, DeskState, Enforcement, Event, EventKind, NumberLease, Office, OfficeConfig,
    OpenDesk, Refusal, Rule, Service, ServiceId, SuspensionScope, TicketNumber, Visit, VisitId, calendar,
};

/// What a decision stands on: the office, its configuration, and the time.
#[derive(Clone, Copy)]
pub(crate) struct Standpoint<'a> {
    /// The office as its journal has made it so far.
    pub office: &'a Office,
    /// As it is set up.
    pub config: &'a OfficeConfig,
    /// The office's time, which never runs backwards.
    pub now: DateTime<Utc>,
    /// The local business day of `now`.
    pub today: NaiveDate,
    /// Whether nobody knows if `now` is right: then nothing is over because of it alone.
    pub in_doubt: bool,
}

impl<'a> Standpoint<'a> {
    /// Asks an office that is set up.
    pub fn new(office: &'a Office, config: &'a OfficeConfig, now: DateTime<Utc>) -> Self {
        let date = calendar::local_date(config.zone, now);
        let today = office.day.as_ref().map_or(date, |day| day.date.max(date));
        Self { office, config, now, today, in_doubt: false }
    }

    /// The same, while nobody knows if the time is right.
    pub const fn in_doubt(self, in_doubt: bool) -> Self {
        Self { in_doubt, ..self }
    }

    /// Something that happens now.
    pub fn event(&self, kind: impl Into<EventKind>) -> Event {
        Event { at: self.now, kind: kind.into() }
    }

    /// Just one thing that happens now.
    #[expect(clippy::unnecessary_wraps, reason = "the last line of most decisions")]
    pub fn one(&self, kind: impl Into<EventKind>) -> Result<Vec<Event>, Refusal> {
        Ok(vec![self.event(kind)])
    }

    /// A service of the office.
    pub fn service(&self, id: ServiceId) -> Result<&'a Service, Refusal> {
        self.config.services.get(&id).ok_or(Refusal::UnknownService)
    }

    /// A desk of the office, open or not.
    pub fn desk(&self, id: DeskId) -> Result<&'a Desk, Refusal> {
        self.config.desks.get(&id).ok_or(Refusal::UnknownDesk)
    }

    /// A desk that is open, also if it is on a break.
    pub fn open_desk(&self, id: DeskId) -> Result<&'a OpenDesk, Refusal> {
        self.desk(id)?;
        self.office.desks.get(&id).ok_or(Refusal::DeskClosed)
    }

    /// A desk that can call now.
    pub fn calling_desk(&self, id: DeskId) -> Result<&'a OpenDesk, Refusal> {
        let desk = self.open_desk(id)?;
        match desk.state {
            DeskState::Open => {}
            DeskState::Break { .. } => return Err(Refusal::DeskOnBreak),
        }
        self.not_suspended(SuspensionScope::Desk(id))?;
        Ok(desk)
    }

    /// A booking whose day is not over.
    pub fn booking(&self, id: BookingId) -> Result<&'a Booking, Refusal> {
        self.office.bookings.get(&id).ok_or(Refusal::UnknownBooking)
    }

    /// A visit of the day.
    pub fn visit(&self, id: VisitId) -> Result<&'a Visit, Refusal> {
        self.office.visits.get(&id).ok_or(Refusal::UnknownVisit)
    }

    /// Whether a rule is enforced today (TRN-12).
    pub fn strict(&self, rule: Rule) -> bool {
        self.config.rules.enforcement(rule, self.today) == Enforcement::Strict
    }

    /// Refused while something is suspended (FLD-30).
    pub fn not_suspended(&self, scope: SuspensionScope) -> Result<(), Refusal> {
        match self.office.suspension(scope, self.now) {
            Some(suspension) => Err(Refusal::Suspended { until: suspension.until }),
            None => Ok(()),
        }
    }

    /// The local date of an instant.
    pub fn date_of(&self, at: DateTime<Utc>) -> NaiveDate {
        calendar::local_date(self.config.zone, at)
    }

    /// The next number under a letter (PROM-01): after 999 comes 1000, never a wrap. Called numbers go on rising also after
    /// a kiosk has handed in higher ones (FLD-40).
    pub fn next_number(&self, letter: char) -> Result<TicketNumber, Refusal> {
        let last = self.office.day.as_ref().and_then(|day| day.numbers.get(&letter).copied()).unwrap_or(0);
        let mut count = last.checked_add(1).ok_or(Refusal::HouseFull)?;
        // What a kiosk may give is nobody else's.
        while let Some(lease) = self.leases_today().find(|lease| lease.block.has(count)) {
            count = lease.block.last.checked_add(1).ok_or(Refusal::HouseFull)?;
        }
        Ok(TicketNumber { letter, count })
    }

    /// The numbers of today that kiosks hold.
    pub fn leases_today(&self) -> impl Iterator<Item = &'a NumberLease> {
        let today = self.today;
        self.office.leases.iter().filter(move |lease| lease.block.date == today)
    }

    /// The letter of a service's walk-in tickets.
    pub fn letter(&self, service: &Service) -> Result<char, Refusal> {
        let group = self.config.groups.iter().find(|group| group.key == service.group);
        group.map(|group| group.letter).ok_or(Refusal::UnknownService)
    }

    /// When a time that is given up now is offered to the public again: today's at once (OMB-15, FLD-17).
    pub fn cools_until(&self, start: DateTime<Utc>) -> DateTime<Utc> {
        if self.date_of(start) <= self.today {
            self.now
        } else {
            self.now + Duration::minutes(i64::from(self.config.rules.cool_down_minutes))
        }
    }
}
