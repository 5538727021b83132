//! What an agent has booked, for the page and for a spreadsheet.

use chrono::{DateTime, Utc};
use office::{AgentId, Audience, Booking, BookingLife, OfficeConfig};

use crate::{
    error::ReadError,
    offices::OfficeHandle,
    pages::links::{Holder, booking_link},
    state::AppState,
    store::{Agent, Entrusted},
    text::{Dates, Voice},
};

/// One booking of an agent.
#[derive(Debug, Clone)]
pub struct Line {
    /// When.
    pub start: DateTime<Utc>,
    /// When, in words.
    pub when: String,
    /// The service.
    pub service: String,
    /// For whom: the agent's own name, or a citizen's.
    pub whom: String,
    /// Where it stands, in words.
    pub standing: String,
    /// Its code; none while it waits for a citizen.
    pub code: Option<String>,
    /// Its page, if it is the agent's own to change.
    pub link: Option<String>,
    /// Its number, while it waits for a citizen and can still be withdrawn.
    pub waits: Option<u64>,
}

/// What an agent has booked, of the days that the office still keeps in mind, by time.
///
/// # Errors
/// If the store cannot be read.
pub async fn lines(state: &AppState, agent: &Agent, voice: Voice) -> Result<Vec<Line>, ReadError> {
    let id = agent.id;
    let entrusted = state.readers.read(move |store| store.entrusted_by(id)).await?;
    let Some(handle) = state.offices.iter().find(|office| office.row == agent.office) else { return Ok(Vec::new()) };
    let office = handle.read();
    let Some(config) = &office.config else { return Ok(Vec::new()) };
    let ours = office.bookings.values().filter(|booking| booking.promise.audience == Audience::Agent(AgentId(id)));
    let list = List { state, agent, handle, config, entrusted: &entrusted, voice };
    let mut lines: Vec<Line> = ours.filter_map(|booking| list.line(booking)).collect();
    lines.sort_by(|one, other| (one.start, &one.whom).cmp(&(other.start, &other.whom)));
    Ok(lines)
}

struct List<'a> {
    state: &'a AppState,
    agent: &'a Agent,
    handle: &'a OfficeHandle,
    config: &'a OfficeConfig,
    entrusted: &'a [Entrusted],
    voice: Voice,
}

impl List<'_> {
    /// One line; none for a time that is still being filled in.
    fn line(&self, booking: &Booking) -> Option<Line> {
        let (config, voice) = (self.config, self.voice);
        let dates = Dates { voice, zone: config.zone };
        let entrusted = self.entrusted.iter().find(|one| one.booking == booking.id);
        let is_own = booking.life.party().is_some_and(|party| party.address == Some(self.agent.address));
        let mut waits = None;
        let standing = match &booking.life {
            BookingLife::Held { owner, expires_at, .. } if *owner != Some(self.agent.address) => {
                waits = Some(booking.id.0);
                voice.text("agent-waits", "until", &dates.near(*expires_at, self.state.clock.now()))
            }
            BookingLife::Held { .. } => return None,
            BookingLife::Expired { .. } => {
                entrusted?;
                voice.say("agent-lapsed")
            }
            BookingLife::Confirmed { .. } => voice.say("agent-stands"),
            BookingLife::Arrived { .. } | BookingLife::Fixed { .. } => voice.say("agent-arrived"),
            BookingLife::Cancelled { .. } => voice.say("agent-cancelled"),
            BookingLife::Void { .. } => voice.say("agent-void"),
            BookingLife::Missed { .. } => voice.say("agent-missed"),
        };
        let stands = booking.life.party().is_some();
        let service = config.services.get(&booking.promise.service);
        let whom = entrusted.map(|one| one.name.clone().unwrap_or_default());
        Some(Line {
            start: booking.promise.start,
            when: dates.day_and_time(booking.promise.start),
            service: service.map(|service| voice.of_text(&service.name)).unwrap_or_default(),
            whom: whom.unwrap_or_else(|| self.agent.name.clone()),
            standing,
            waits,
            code: stands.then(|| booking.reference.0.clone()),
            link: is_own.then(|| booking_link(&self.state.key, &self.handle.key, booking.id, Holder::Applicant)),
        })
    }
}
