//! What follows from a command, or why nothing does.

use chrono::{DateTime, Utc};

use crate::{
    Command, Event, Office, Refusal, apply, bounds,
    life::{self, asking::Standpoint},
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
    decide_with(office, command, now, false)
}

/// The same while nobody knows if `now` is right (PROM-10): what is asked is done, but no booking is missed, void or given
/// up because its time is over. That waits, and follows from the first Tick of [`decide`].
///
/// # Errors
/// A [`Refusal`] where the rules say no.
pub fn decide_in_doubt(office: &Office, command: &Command, now: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
    decide_with(office, command, now, true)
}

fn decide_with(office: &Office, command: &Command, now: DateTime<Utc>, in_doubt: bool) -> Result<Vec<Event>, Refusal> {
    let now = office.last_at.map_or(now, |last| last.max(now));
    if let Command::Configure(config) = command {
        return life::house::configure(office, config, now);
    }
    let config = office.config.as_ref().ok_or(Refusal::NotConfigured)?;
    let asking = Standpoint::new(office, config, now).in_doubt(in_doubt);
    if matches!(command, Command::Tick) {
        return Ok(life::passing::tick(&asking));
    }
    bounds::check(command, now)?;
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
    events.extend(life::answer(&Standpoint::new(&morning, config, now).in_doubt(in_doubt), command)?);
    Ok(events)
}

/// When [`Command::Tick`] next has something to do: `now` or earlier exactly if it has something to do already. One
/// Tick may leave more to do at the same instant; ask again after it.
#[must_use]
pub fn next_due(office: &Office, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    next_due_with(office, now, false)
}

/// The same for [`decide_in_doubt`].
#[must_use]
pub fn next_due_in_doubt(office: &Office, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    next_due_with(office, now, true)
}

fn next_due_with(office: &Office, now: DateTime<Utc>, in_doubt: bool) -> Option<DateTime<Utc>> {
    let now = office.last_at.map_or(now, |last| last.max(now));
    let asking = Standpoint::new(office, office.config.as_ref()?, now).in_doubt(in_doubt);
    if life::passing::tick(&asking).is_empty() { life::passing::next_after(&asking) } else { Some(now) }
}
