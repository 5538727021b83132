//! What follows from a command, or why nothing does.

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    Booking, BookingId, Command, Desk, DeskId, DeskState, Enforcement, Event, EventKind, Office, OfficeConfig,
    OpenDesk, Refusal, Rule, Service, ServiceId, TicketNumber, Visit, VisitId, apply, calendar, life,
};

/// Decides a command on an office as it is at `now`. Changes nothing.
///
/// The office's time never runs backwards: where `now` lies before the newest event, that event's time is taken
/// (PROM-10). The first command of a new local day closes the old one and opens the new one in the same decision.
/// [`Command::CallNext`] that also finishes gives only the finish where nobody is next.
///
/// # Errors
/// A [`Refusal`] where the rules say no.
pub fn decide(office: &Office, command: &Command, now: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
    let now = office.last_at.map_or(now, |last| last.max(now));
    if let Command::Configure(config) = command {
        return life::house::configure(office, config, now);
    }
    let config = office.config.as_ref().ok_or(Refusal::NotConfigured)?;
    let asking = Asking::new(office, config, now);
    if matches!(command, Command::Tick) {
        return Ok(life::passing::tick(&asking));
    }
    if office.day.as_ref().is_some_and(|day| day.date == asking.today) {
        return life::answer(&asking, command);
    }
    // The first command of a day. Where nothing of an old day is left, the office is as the morning finds it; else what
    // is asked is decided on a copy from which the night has cleared the old day away.
    let mut events = life::night::turn(&asking);
    if events.len() == 1 {
        events.extend(life::answer(&asking, command)?);
        return Ok(events);
    }
    let mut morning = office.clone();
    for event in &events {
        apply(&mut morning, event);
    }
    events.extend(life::answer(&Asking::new(&morning, config, now), command)?);
    Ok(events)
}

/// When [`Command::Tick`] next has something to do: `now` or earlier exactly if it has something to do already. One
/// Tick may leave more to do at the same instant; ask again after it.
#[must_use]
pub fn next_due(office: &Office, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let now = office.last_at.map_or(now, |last| last.max(now));
    let asking = Asking::new(office, office.config.as_ref()?, now);
    if life::passing::tick(&asking).is_empty() { life::passing::next_after(&asking) } else { Some(now) }
}

/// What a decision stands on: the office, its configuration, and the time.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    /// As it is.
    pub office: &'a Office,
    /// As it is set up.
    pub config: &'a OfficeConfig,
    /// The office's time, which never runs backwards.
    pub now: DateTime<Utc>,
    /// The local business day of `now`.
    pub today: NaiveDate,
}

impl<'a> Asking<'a> {
    /// Asks an office that is set up.
    pub fn new(office: &'a Office, config: &'a OfficeConfig, now: DateTime<Utc>) -> Self {
        let date = calendar::local_date(config.zone, now);
        let today = office.day.as_ref().map_or(date, |day| day.date.max(date));
        Self { office, config, now, today }
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
        self.not_suspended(crate::SuspensionScope::Desk(id))?;
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
    pub fn not_suspended(&self, scope: crate::SuspensionScope) -> Result<(), Refusal> {
        match self.office.suspension(scope, self.now) {
            Some(suspension) => Err(Refusal::Suspended { until: suspension.until }),
            None => Ok(()),
        }
    }

    /// The local date of an instant.
    pub fn date_of(&self, at: DateTime<Utc>) -> NaiveDate {
        calendar::local_date(self.config.zone, at)
    }

    /// The next number under a letter (PROM-01): after 999 comes 1000, never a wrap.
    pub fn next_number(&self, letter: char) -> Result<TicketNumber, Refusal> {
        let last = self.office.day.as_ref().and_then(|day| day.numbers.get(&letter).copied()).unwrap_or(0);
        Ok(TicketNumber { letter, count: last.checked_add(1).ok_or(Refusal::HouseFull)? })
    }

    /// The letter of a service's walk-in tickets.
    pub fn letter(&self, service: &Service) -> Result<char, Refusal> {
        let group = self.config.groups.iter().find(|group| group.key == service.group);
        group.map(|group| group.letter).ok_or(Refusal::UnknownService)
    }
}
