//! One office through one day: asks, applies, keeps the journal, and has every step looked at.

use chrono::{DateTime, TimeDelta, Utc};
use office::{
    Command, Event, EventKind, HouseEvent, Office, Refusal, VisitEvent, VisitState, apply, decide, next_due,
    slots::Findings,
};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use uuid::Uuid;

use crate::laws::{self, Laws};
use crate::names;
use crate::tally::Tally;
use crate::town::{self, Town};

/// A promise was broken: what, and the day up to then, where it was written down.
#[derive(Debug)]
pub struct BrokenPromise {
    /// The promise, and how it was broken.
    pub what: String,
    /// The day, a line for each command.
    pub script: Vec<String>,
}

/// More Ticks than this at one instant, and time would never go on.
const TICKS_MAX: u32 = 2_000;

/// One office through one day.
pub struct World {
    /// The office and its day, as drawn.
    pub town: Town,
    /// The office as all commands so far have made it.
    pub office: Office,
    /// What was found free in it.
    pub findings: Findings,
    /// What time it is.
    pub now: DateTime<Utc>,
    /// All chance.
    pub dice: ChaCha8Rng,
    /// What has been counted.
    pub tally: Tally,
    /// Commands that were on their way for a while.
    pub delayed: Vec<Command>,
    laws: Laws,
    journal: Vec<Event>,
    /// A line for each command, where they are written down.
    pub script: Option<Vec<String>>,
}

impl World {
    /// The day of a seed, before it begins; `written` keeps a line for each command.
    pub fn new(seed: u64, written: bool) -> Self {
        let mut dice = ChaCha8Rng::seed_from_u64(seed);
        let town = town::draw(&mut dice);
        let opening = office::calendar::instant_from(town.config.zone, town.date.and_time(town.hours.0));
        Self {
            town,
            office: Office::default(),
            findings: Findings::default(),
            now: opening - TimeDelta::hours(20),
            dice,
            tally: Tally::default(),
            delayed: Vec::new(),
            laws: Laws::default(),
            journal: Vec::new(),
            script: written.then(Vec::new),
        }
    }

    /// Everything that has happened so far.
    #[must_use]
    pub fn journal(&self) -> &[Event] {
        &self.journal
    }

    /// The same journal gives the same office, also when it was read from a disk; and so does a snapshot half-way.
    ///
    /// # Errors
    /// What differs.
    pub fn replay(&self) -> Result<(), String> {
        let mut again = Office::default();
        for (at, event) in self.journal.iter().enumerate() {
            let read: Event = written_and_read(event)?;
            if read != *event {
                return Err(format!("an event reads back as another: {event:?} as {read:?}"));
            }
            apply(&mut again, &read);
            if at == self.journal.len() / 2 {
                let snapshot: Office = written_and_read(&again)?;
                if snapshot != again {
                    return Err("an office does not read back as it was written".into());
                }
                again = snapshot;
            }
        }
        if again == self.office { Ok(()) } else { Err("the journal gives another office".into()) }
    }

    /// The next id, drawn from the day's own dice.
    pub fn draw_id(&mut self) -> Uuid {
        Uuid::from_u128(self.dice.random())
    }

    /// Lets time pass, with every Tick at its time.
    ///
    /// # Errors
    /// A broken promise.
    pub fn pass(&mut self, to: DateTime<Utc>) -> Result<(), String> {
        let mut ticks = 0;
        while let Some(due) = next_due(&self.office, self.now).filter(|due| *due <= to) {
            ticks = if due > self.now { 0 } else { ticks + 1 };
            if ticks > TICKS_MAX {
                return Err(format!("time stands still at {due}"));
            }
            self.now = self.now.max(due);
            let _ = self.ask_once(&Command::Tick, self.now)?;
        }
        self.now = self.now.max(to);
        Ok(())
    }

    /// Asks, and now and then asks the same again (PROM-09).
    ///
    /// # Errors
    /// A broken promise; a refusal is the inner one.
    pub fn ask(&mut self, command: &Command) -> Result<Result<(), Refusal>, String> {
        // The machine's clock is sometimes behind; the office's never is (PROM-10).
        let behind = if self.dice.random_bool(0.01) { self.dice.random_range(1..7_200) } else { 0 };
        let clock = self.now - TimeDelta::seconds(behind);
        let first = self.ask_once(command, clock)?;
        if self.dice.random_bool(0.04) {
            let before = self.office.clone();
            let again = self.ask_once(command, clock)?;
            if first.is_ok() && again.is_ok() {
                Laws::once_only(command, &before, &self.office)?;
            }
        }
        if self.dice.random_bool(0.02) {
            self.delayed.push(command.clone());
        }
        Ok(first)
    }

    fn ask_once(&mut self, command: &Command, clock: DateTime<Utc>) -> Result<Result<(), Refusal>, String> {
        self.tally.count("command", names::command(command));
        let decided = decide(&self.office, command, clock);
        if let Some(script) = &mut self.script {
            let local = clock.with_timezone(&self.town.config.zone).format("%d %H:%M:%S");
            let said = match command {
                Command::Configure(_) => "Configure".to_owned(),
                other => format!("{other:?}"),
            };
            let follows = match &decided {
                Ok(events) => {
                    let events: Vec<String> = events
                        .iter()
                        .map(|event| match &event.kind {
                            EventKind::House(HouseEvent::Configured(config)) => format!("Configured({config:?})"),
                            kind => format!("{kind:?}"),
                        })
                        .collect();
                    events.join("\n    ")
                }
                Err(refusal) => format!("refused: {refusal:?}"),
            };
            script.push(format!("{local} {said}\n    {follows}"));
        }
        match decided {
            Ok(events) => {
                let nobody_called = !events.iter().any(is_call);
                for event in events {
                    self.count(&event);
                    self.laws.before(&self.office, &event, command)?;
                    self.findings.apply(&mut self.office, &event);
                    self.laws.after(&self.office, &event)?;
                    self.journal.push(event);
                }
                self.office.check_invariants()?;
                if nobody_called {
                    laws::no_desk_stands_idle(&self.office, command, clock)?;
                }
                Ok(Ok(()))
            }
            Err(refusal) => {
                self.tally.count("refusal", names::refusal(&refusal));
                if let Refusal::Nobody(nobody) = &refusal {
                    laws::no_desk_stands_idle(&self.office, command, clock)?;
                    self.tally.count("nobody", names::nobody(nobody));
                }
                Ok(Err(refusal))
            }
        }
    }

    fn count(&mut self, event: &Event) {
        let (kind, name) = names::event(&event.kind);
        self.tally.count(kind, name);
        let reason = match &event.kind {
            EventKind::Visit(VisitEvent::Called { reason, .. }) => Some(reason),
            EventKind::Visit(VisitEvent::CameDirectly(visit)) => match &visit.state {
                VisitState::Serving { reason, .. } => Some(reason),
                VisitState::Waiting { .. }
                | VisitState::Called { .. }
                | VisitState::Parked { .. }
                | VisitState::Interrupted { .. }
                | VisitState::NoShow { .. }
                | VisitState::Left { .. }
                | VisitState::Finished { .. }
                | VisitState::Unserved { .. } => None,
            },
            EventKind::House(_) | EventKind::Booking(_) | EventKind::Visit(_) | EventKind::Desk(_) => None,
        };
        if let Some(reason) = reason {
            self.tally.count("reason", names::reason(reason));
        }
    }
}

/// Whether somebody was called.
const fn is_call(event: &Event) -> bool {
    matches!(event.kind, EventKind::Visit(VisitEvent::Called { .. }))
}

/// What a journal or a snapshot does to a value.
fn written_and_read<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> Result<T, String> {
    let text = serde_json::to_string(value).map_err(|error| error.to_string())?;
    serde_json::from_str(&text).map_err(|error| error.to_string())
}
