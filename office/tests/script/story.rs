//! A story being played: the office, its journal, and who is who.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use office::{
    BookingId, Command, Event, EventKind, Office, OfficeConfig, Refusal, VisitEvent, VisitId, apply, decide, next_due,
};

use super::{setup, words};

/// A story being played.
pub struct Story {
    /// As it is now.
    pub office: Office,
    /// All that happened.
    pub journal: Vec<Event>,
    /// As the first lines describe it.
    pub config: OfficeConfig,
    /// The day that is told.
    pub date: NaiveDate,
    /// Bookings by the names that the script gives them.
    pub bookings: BTreeMap<String, BookingId>,
    /// Visits by the names that the script gives them.
    pub visits: BTreeMap<String, VisitId>,
    /// What time brought since the last line that asked.
    pub passed: Vec<Event>,
    /// Ids drawn so far.
    pub drawn: u128,
    /// Whether the office is set up.
    begun: bool,
}

impl Story {
    /// Before the first line: Tuesday 24 November 2026.
    pub fn new() -> Self {
        Self {
            office: Office::default(),
            journal: Vec::new(),
            config: setup::small_office(),
            date: NaiveDate::from_ymd_opt(2026, 11, 24).expect("a date"),
            bookings: BTreeMap::new(),
            visits: BTreeMap::new(),
            passed: Vec::new(),
            drawn: 0,
            begun: false,
        }
    }

    /// Plays a line.
    pub fn play(&mut self, line: &str) -> Result<(), String> {
        let (said, expected) = match line.split_once("->") {
            Some((said, expected)) => (said.trim(), Some(expected.trim())),
            None => (line, None),
        };
        let tokens: Vec<&str> = said.split_whitespace().collect();
        if let ["on", date] = tokens[..] {
            self.date = date.parse().map_err(|_| format!("`{date}` is no date"))?;
            return Ok(());
        }
        let Some((time, rest)) = self.time(&tokens) else {
            return match setup::describe(&mut self.config, &tokens)? {
                true => Ok(()),
                false => Err("this is neither a time nor a line that describes the office".to_owned()),
            };
        };
        self.begin(time)?;
        // While the hub is away, nobody asks what is due.
        let up_until = if let ["outage", "since", from] = rest { self.at(from) } else { time };
        self.pass_until(up_until)?;
        let got = self.act(time, rest)?;
        match expected {
            Some(expected) if expected == got => Ok(()),
            Some(expected) => Err(format!("  expected: {expected}\n       got: {got}")),
            None if got.starts_with("refused") || got.starts_with("nobody") => Err(format!("       got: {got}")),
            None => Ok(()),
        }
    }

    /// The time that a line begins with: `10:15`, `10:15:30`, or `03:30b` for the second 03:30 of a night.
    fn time<'a>(&self, tokens: &'a [&'a str]) -> Option<(DateTime<Utc>, &'a [&'a str])> {
        let (first, rest) = tokens.split_first()?;
        first.starts_with(|c: char| c.is_ascii_digit()).then(|| (self.at(first), rest))
    }

    /// A local time of the day that is told.
    pub fn at(&self, text: &str) -> DateTime<Utc> {
        self.on(self.date, text)
    }

    /// A local time of another day.
    pub fn on(&self, date: NaiveDate, text: &str) -> DateTime<Utc> {
        let second = text.ends_with('b');
        let time: NaiveTime = setup::clock(text.trim_end_matches('b'));
        match self.config.zone.from_local_datetime(&date.and_time(time)) {
            chrono::LocalResult::Single(at) => at.to_utc(),
            chrono::LocalResult::Ambiguous(one, other) => if second { other } else { one }.to_utc(),
            chrono::LocalResult::None => panic!("{text} does not exist on {date}"),
        }
    }

    /// Sets the office up before the first thing happens.
    fn begin(&mut self, now: DateTime<Utc>) -> Result<(), String> {
        if self.begun {
            return Ok(());
        }
        self.begun = true;
        self.config.check().map_err(|faults| format!("{faults:?}"))?;
        let configure = Command::Configure(Box::new(self.config.clone()));
        self.ask(&configure, now).map(drop).map_err(|refusal| refusal.to_string())
    }

    /// Lets time do what falls due until `now`, in the order in which it falls due.
    pub fn pass_until(&mut self, now: DateTime<Utc>) -> Result<(), String> {
        let mut cursor = self.office.last_at.unwrap_or(now);
        let mut steps = 0;
        while let Some(due) = next_due(&self.office, cursor).filter(|due| *due <= now) {
            cursor = cursor.max(due);
            let events = self.ask(&Command::Tick, cursor).map_err(|refusal| refusal.to_string())?;
            self.passed.extend(events);
            steps += 1;
            if steps > 10_000 {
                return Err(format!("time does not get past {cursor}"));
            }
        }
        Ok(())
    }

    /// Asks the office; what is decided happens, and everything must still be in order afterwards.
    pub fn ask(&mut self, command: &Command, now: DateTime<Utc>) -> Result<Vec<Event>, Refusal> {
        let events = decide(&self.office, command, now)?;
        for event in &events {
            assert!(self.office.last_at.is_none_or(|last| last <= event.at), "time ran backwards: {event:?}");
            apply(&mut self.office, event);
            self.name(event);
        }
        self.journal.extend(events.iter().cloned());
        if let Err(fault) = self.office.check_invariants() {
            panic!("after {command:?}: {fault}");
        }
        Ok(events)
    }

    /// A telephone booking that falls due has a visit of the same name.
    fn name(&mut self, event: &Event) {
        if let EventKind::Visit(VisitEvent::CheckedIn(visit)) = &event.kind
            && let office::Origin::Booked { booking, .. } = visit.origin
        {
            let name = self.bookings.iter().find(|(_, id)| **id == booking).map(|(name, _)| name.clone());
            self.visits.extend(name.map(|name| (name, visit.id)));
        }
    }

    /// The journal folds to the same office again, and both survive being written down.
    pub fn close_the_book(&self) -> Result<(), String> {
        let mut again = Office::default();
        for event in &self.journal {
            let written = serde_json::to_string(event).map_err(|fault| fault.to_string())?;
            let read: Event = serde_json::from_str(&written).map_err(|fault| format!("{fault}: {written}"))?;
            apply(&mut again, &read);
        }
        if again != self.office {
            return Err("the journal folds to another office".to_owned());
        }
        let written = serde_json::to_string(&self.office).map_err(|fault| fault.to_string())?;
        let read: Office = serde_json::from_str(&written).map_err(|fault| fault.to_string())?;
        if read == self.office { Ok(()) } else { Err("the office is another after being written down".to_owned()) }
    }

    /// What happened, in the script's words.
    pub fn tell(&self, events: &[Event]) -> String {
        let told: Vec<String> = events.iter().filter_map(|event| words::event(self, event)).collect();
        if told.is_empty() { "nothing".to_owned() } else { told.join("; ") }
    }
}
