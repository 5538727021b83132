//! What an agent has booked, for the page and for a spreadsheet.

use std::{collections::BTreeMap, ops::Range};

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use office::{AgentId, Audience, Booking, BookingId, BookingLife, Office, OfficeConfig, PersonId, Reference, calendar};
use secrets::{BookingKey, Holder, booking_link};
use stationery::{
    standing_tag::{StandingLook, StandingTag},
    state::Pages,
};
use store::{Agent, AgentHandover, PastRow, ReadError, Stored};
use text::{Dates, Voice};
use writer::{BookingEnd, OfficeHandle, PastBooking};

/// Which days of the list are looked at; without a bound, everything from today on.
#[derive(Debug, Clone, Copy, Default)]
pub struct DaysShown {
    /// From this day on.
    pub from: Option<NaiveDate>,
    /// Up to this day, itself included.
    pub to: Option<NaiveDate>,
}

impl DaysShown {
    /// As instants of an office.
    fn instants(self, zone: Tz, now: DateTime<Utc>) -> Range<DateTime<Utc>> {
        let begin = |date: NaiveDate| calendar::instant_from(zone, date.and_time(NaiveTime::MIN));
        let next = |date: NaiveDate| date.checked_add_days(Days::new(1)).unwrap_or(date);
        let from = match (self.from, self.to) {
            (Some(from), _) => begin(from),
            // Who names an end alone wants everything before it.
            (None, Some(_)) => DateTime::<Utc>::UNIX_EPOCH,
            (None, None) => begin(now.with_timezone(&zone).date_naive()),
        };
        from..self.to.map_or(DateTime::<Utc>::MAX_UTC, |to| begin(next(to)))
    }
}

/// One booking of an agent.
#[derive(Debug, Clone)]
pub struct AgentLine {
    /// The moment at which it begins.
    pub start: DateTime<Utc>,
    /// The time of day, in words.
    pub time: String,
    /// When, as spreadsheets sort it: `2026-11-24 10:15`, by the office's clock.
    pub stamp: String,
    /// What the service is called, in the reader's language.
    pub service: String,
    /// For whom: the agent's own name, or a citizen's.
    pub whom: String,
    /// Where it stands.
    pub standing: StandingTag,
    /// Its code; none while it waits for a citizen.
    pub code: Option<Reference>,
    /// Its page, if it is the agent's own to change.
    pub link: Option<String>,
    /// Its number, while it waits for a citizen and can still be withdrawn.
    pub waits: Option<u64>,
}

/// What an agent has booked in some days, also in those that are over, by time.
///
/// # Errors
/// If the store cannot be read.
pub async fn lines(state: &Pages, agent: &Agent, days: DaysShown, voice: Voice) -> Result<Vec<AgentLine>, ReadError> {
    let id = agent.id;
    let Some(handle) = state.offices.iter().find(|office| office.row == agent.office) else { return Ok(Vec::new()) };
    let zone = handle.config(|config| config.zone).unwrap_or(chrono_tz::Europe::Athens);
    let wanted = days.instants(zone, state.clock.now());
    let (from, to) = (wanted.start, wanted.end);
    let own = people_of(handle, agent);
    let found = state.readers.read(move |store| {
        let versions = own.into_iter().map(|person| Ok((person, store.link_version(person, false)?)));
        let versions = versions.collect::<Stored<BTreeMap<PersonId, u32>>>()?;
        Ok((store.entrusted_by(id)?, store.past_of(id, from, to)?, versions))
    });
    let (entrusted, past, versions) = found.await?;
    let office = handle.read();
    let Some(config) = &office.config else { return Ok(Vec::new()) };
    let ours = office.bookings.values().filter(|booking| booking.promise.audience == Audience::Agent(AgentId(id)));
    let ours = ours.filter(|booking| wanted.contains(&booking.promise.start));
    let list =
        AgentList { state, agent, handle, office: &office, config, entrusted: &entrusted, versions: &versions, voice };
    let over = past.iter().filter(|row| !office.bookings.contains_key(&row.booking));
    let mut lines: Vec<AgentLine> = over.filter_map(|row| list.past(row)).collect();
    lines.extend(ours.filter_map(|booking| list.line(booking)));
    lines.sort_by(|one, other| (one.start, &one.whom).cmp(&(other.start, &other.whom)));
    Ok(lines)
}

struct AgentList<'a> {
    state: &'a Pages,
    agent: &'a Agent,
    handle: &'a OfficeHandle,
    office: &'a Office,
    config: &'a OfficeConfig,
    entrusted: &'a [AgentHandover],
    /// Which of the links to each of the agent's own bookings opens it, by whose it is.
    versions: &'a BTreeMap<PersonId, u32>,
    voice: Voice,
}

/// Whose the bookings are that an agent has for themselves.
fn people_of(handle: &OfficeHandle, agent: &Agent) -> Vec<PersonId> {
    let office = handle.read();
    let parties = office.bookings.values().filter_map(|booking| booking.life.party());
    parties.filter(|party| party.address == Some(agent.address)).map(|party| party.person).collect()
}

impl AgentList<'_> {
    /// One line; none for a time that is still being filled in.
    fn line(&self, booking: &Booking) -> Option<AgentLine> {
        let (config, voice) = (self.config, self.voice);
        let dates = Dates { voice, zone: config.zone, now: self.state.clock.now() };
        let entrusted = self.entrusted.iter().find(|one| one.booking == booking.id);
        let is_own = booking.life.party().is_some_and(|party| party.address == Some(self.agent.address));
        let mut waits = None;
        let visit = booking.life.visit().and_then(|visit| self.office.visits.get(&visit));
        let look = StandingLook::of(booking, visit);
        let said = match &booking.life {
            BookingLife::Held { owner, expires_at, .. } if *owner != Some(self.agent.address) => {
                waits = Some(booking.id.0);
                voice.text("agent-waits", "until", &dates.until(*expires_at, self.state.clock.now()))
            }
            BookingLife::Held { .. } => return None,
            BookingLife::Expired { .. } => {
                entrusted?;
                voice.say("agent-lapsed")
            }
            BookingLife::Confirmed { .. } => voice.say("agent-stands"),
            BookingLife::Arrived { .. } | BookingLife::Fixed { .. } if look == StandingLook::Served => {
                voice.say("agent-served")
            }
            BookingLife::Arrived { .. } | BookingLife::Fixed { .. } => voice.say("agent-arrived"),
            BookingLife::Cancelled { .. } => voice.say("agent-cancelled"),
            BookingLife::Void { .. } => voice.say("agent-void"),
            BookingLife::Missed { .. } => voice.say("agent-missed"),
        };
        let stands = booking.life.party().is_some();
        let whom = if is_own { Some(self.agent.name.clone()) } else { entrusted.and_then(|one| one.name.clone()) };
        let service = config.services.get(&booking.promise.service);
        Some(AgentLine {
            start: booking.promise.start,
            time: dates.time(booking.promise.start),
            stamp: self.stamp(booking.promise.start),
            service: service.map(|service| voice.of_text(&service.name)).unwrap_or_default(),
            whom: whom.unwrap_or_else(|| voice.say("card-erased")),
            standing: StandingTag { said, look },
            waits,
            code: stands.then(|| booking.reference.clone()),
            link: booking.life.party().filter(|_| is_own).map(|party| self.link(booking.id, party.person)),
        })
    }

    /// The page of one of the agent's own.
    fn link(&self, booking: BookingId, person: PersonId) -> String {
        let version = self.versions.get(&person).copied().unwrap_or_default();
        let opens = BookingKey { office: self.handle.key.to_string(), booking, holder: Holder::Applicant, version };
        booking_link(&self.state.key, &opens)
    }

    fn stamp(&self, start: DateTime<Utc>) -> String {
        Dates { voice: self.voice, zone: self.config.zone, now: self.state.clock.now() }.stamp(start)
    }

    /// One that is over.
    fn past(&self, row: &PastRow) -> Option<AgentLine> {
        let voice = self.voice;
        let past = PastBooking::of(row)?;
        let is_own = past.address == Some(self.agent.address);
        let citizen = || self.entrusted.iter().find(|one| one.booking == row.booking)?.name.clone();
        let whom = if is_own { Some(self.agent.name.clone()) } else { citizen() };
        let service = self.config.services.get(&past.service);
        let dates = Dates { voice, zone: self.config.zone, now: self.state.clock.now() };
        let (word, look) = match past.ended {
            BookingEnd::Arrived => ("agent-arrived", StandingLook::Here),
            BookingEnd::Cancelled => ("agent-cancelled", StandingLook::Cancelled),
            BookingEnd::Void => ("agent-void", StandingLook::Cancelled),
            BookingEnd::Missed => ("agent-missed", StandingLook::Missed),
        };
        Some(AgentLine {
            start: row.start,
            time: dates.time(row.start),
            stamp: self.stamp(row.start),
            service: service.map(|service| voice.of_text(&service.name)).unwrap_or_default(),
            whom: whom.unwrap_or_else(|| voice.say("card-erased")),
            standing: StandingTag { said: voice.say(word), look },
            code: Some(Reference(past.reference)),
            link: None,
            waits: None,
        })
    }
}
