//! Official numbers are asked of the body's protocol system (PET-02): of each request as soon as it is submitted, one after the
//! other, until each has its own. What waits is what the store says waits, so that a restart loses nothing, and what is asked
//! again is asked under the request's own id.

use std::{collections::BTreeMap, sync::Arc};

use acts::{
    Ledger,
    requests::{
        RequestRoom,
        number::{self, NumberRefusal},
    },
};
use body::BodyConfig;
use chrono::{DateTime, TimeDelta, Utc};
use outside::{NumberQuestion, OutsideFault, ProtocolSystem};
use post::Alert;
use store::RequestRow;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::alerts::Alerts;

/// So many requests are looked at together.
const AT_ONCE: u32 = 500;
/// The first pause after a question without an answer; each is twice as long as the one before.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(30);
/// No pause is longer.
const PAUSE_MAX: TimeDelta = TimeDelta::hours(1);
/// So often a pause doubles before it is that long.
const DOUBLED_MAX: u32 = 7;
/// Administrators are told once nothing was answered for so long.
const TOLD_AFTER: TimeDelta = TimeDelta::hours(1);

/// Asks for numbers, as long as the hub runs.
#[derive(Debug, Clone)]
pub struct NumberKeeper {
    /// The way to write, the way to read, and the time.
    pub ledger: Ledger,
    /// The body for whose requests numbers are asked.
    pub body: Arc<BodyConfig>,
    /// Told when mails were put in.
    pub mail: Arc<Notify>,
    /// Told when a request was submitted.
    pub wake: Arc<Notify>,
    /// Who gives the numbers.
    pub system: ProtocolSystem,
    /// The mails to administrators.
    pub alerts: Alerts,
}

/// Why there is no number yet.
enum NumberTrouble {
    /// Nobody would be given one now.
    OfSystem(String),
    /// This request alone was not given one.
    OfRequest(String),
}

impl NumberKeeper {
    /// Asks for what waits, then sleeps until something is submitted or a pause has passed.
    pub async fn keep(self) {
        let mut pauses = NumberPauses::default();
        loop {
            match self.ask_for_all(&mut pauses).await {
                None => self.wake.notified().await,
                Some(next) => tokio::select! {
                    () = self.wake.notified() => {}
                    () = self.ledger.clock.sleep_until(next) => {}
                },
            }
        }
    }

    /// Asks for each that waits and is not pausing; says when to look again, if anything waits.
    async fn ask_for_all(&self, pauses: &mut NumberPauses) -> Option<DateTime<Utc>> {
        let Ok(mut waiting) = self.ledger.readers.read(|store| store.requests_unnumbered(AT_ONCE)).await else {
            return Some(self.ledger.clock.now() + FIRST_PAUSE);
        };
        pauses.keep_those_of(&ids_of(&waiting));
        // The oldest first, but none before another's turn: one that keeps the system silent keeps no other waiting.
        waiting.sort_by_key(|row| pauses.turns_of(row.public));
        let mut answered = Vec::new();
        for row in &waiting {
            let now = self.ledger.clock.now();
            if !pauses.may_ask(row.public, now) {
                continue;
            }
            pauses.takes_turn(row.public);
            match self.ask_for(row).await {
                Ok(()) => {
                    pauses.answered(row.public);
                    answered.push(row.public);
                }
                Err(NumberTrouble::OfRequest(why)) => {
                    tracing::warn!(case = row.case.id.0, %why, "a request was given no protocol number; it is asked again");
                    pauses.refused(row.public, now);
                }
                Err(NumberTrouble::OfSystem(why)) => {
                    tracing::warn!(%why, "the protocol system gives no numbers; it is asked again");
                    if pauses.away(now) {
                        let count = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
                        self.alerts.raise(Alert::NumbersAwaited { count }, now).await;
                    }
                }
            }
        }
        let now = self.ledger.clock.now();
        // Behind those that were looked at more may wait.
        let are_more = !answered.is_empty() && waiting.len() >= AT_ONCE as usize;
        waiting.retain(|row| !answered.contains(&row.public));
        if are_more { Some(now) } else { pauses.next(&ids_of(&waiting), now) }
    }

    /// Asks for one, and keeps what is answered.
    async fn ask_for(&self, row: &RequestRow) -> Result<(), NumberTrouble> {
        let case = &row.case;
        let category = self.body.categories.get(&case.category);
        let unit = self.body.units.get(&case.unit);
        let question = NumberQuestion {
            request: row.public,
            end_user: format!("account {}", case.account),
            submitted_at: case.submitted_at,
            provisional: case.given.to_string(),
            // What was taken out of the body's file since is known by its number alone.
            category: category.map_or_else(|| case.category.to_string(), |category| category.key.clone()),
            subject: category.map_or_else(|| case.category.to_string(), |category| category.name.el.clone()),
            unit: unit.map_or_else(|| case.unit.to_string(), |unit| unit.key.clone()),
        };
        let official = self.system.number(&question).await.map_err(trouble)?;
        let room = RequestRoom { ledger: &self.ledger, body: &self.body, mail: &self.mail, numbers: &self.wake };
        match number::run(room, row.public, official).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(NumberRefusal::OfAnother)) => {
                Err(NumberTrouble::OfRequest("another request has this number".to_owned()))
            }
            Ok(Err(NumberRefusal::Request(refusal))) => Err(NumberTrouble::OfRequest(format!("{refusal:?}"))),
            Err(fault) => Err(NumberTrouble::OfSystem(format!("{:?}", fault.code))),
        }
    }
}

fn ids_of(waiting: &[RequestRow]) -> Vec<Uuid> {
    waiting.iter().map(|row| row.public).collect()
}

/// Whether nobody is given a number, or this request alone.
fn trouble(fault: OutsideFault) -> NumberTrouble {
    match fault {
        OutsideFault::Busy | OutsideFault::Away(_) | OutsideFault::Refused(401 | 403 | 404 | 405) => {
            NumberTrouble::OfSystem(fault.to_string())
        }
        OutsideFault::Refused(_) | OutsideFault::Unreadable(_) | OutsideFault::Declined | OutsideFault::NotAPerson => {
            NumberTrouble::OfRequest(fault.to_string())
        }
    }
}

/// When is asked again: for one request that was given none, and for all while the system is away.
#[derive(Debug, Default)]
struct NumberPauses {
    /// How often each that waits was asked about.
    turns: BTreeMap<Uuid, u32>,
    of_requests: BTreeMap<Uuid, NumberPause>,
    of_system: Option<NumberPause>,
}

/// A pause after some questions without an answer.
#[derive(Debug, Clone, Copy)]
struct NumberPause {
    since: DateTime<Utc>,
    until: DateTime<Utc>,
    tries: u32,
}

impl NumberPause {
    fn after(before: Option<Self>, now: DateTime<Utc>) -> Self {
        let tries = before.map_or(0, |before| before.tries);
        let long = (FIRST_PAUSE * (1_i32 << tries.min(DOUBLED_MAX))).min(PAUSE_MAX);
        Self { since: before.map_or(now, |before| before.since), until: now + long, tries: tries.saturating_add(1) }
    }
}

impl NumberPauses {
    /// Forgets those of requests that wait no more.
    fn keep_those_of(&mut self, waiting: &[Uuid]) {
        self.of_requests.retain(|request, _| waiting.contains(request));
        self.turns.retain(|request, _| waiting.contains(request));
    }

    fn turns_of(&self, request: Uuid) -> u32 {
        self.turns.get(&request).copied().unwrap_or_default()
    }

    fn takes_turn(&mut self, request: Uuid) {
        let turns = self.turns.entry(request).or_default();
        *turns = turns.saturating_add(1);
    }

    fn may_ask(&self, request: Uuid, now: DateTime<Utc>) -> bool {
        let mut pauses = self.of_system.iter().chain(self.of_requests.get(&request));
        pauses.all(|pause| pause.until <= now)
    }

    fn answered(&mut self, request: Uuid) {
        self.of_system = None;
        self.of_requests.remove(&request);
    }

    fn refused(&mut self, request: Uuid, now: DateTime<Utc>) {
        // It speaks.
        self.of_system = None;
        let pause = NumberPause::after(self.of_requests.get(&request).copied(), now);
        self.of_requests.insert(request, pause);
    }

    /// The system is away; says whether somebody should be told.
    fn away(&mut self, now: DateTime<Utc>) -> bool {
        let pause = NumberPause::after(self.of_system, now);
        self.of_system = Some(pause);
        now - pause.since >= TOLD_AFTER
    }

    /// When something may be asked next, if anything waits.
    fn next(&self, waiting: &[Uuid], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let of = |request: &Uuid| self.of_requests.get(request).map_or(now, |pause| pause.until);
        let first = waiting.iter().map(of).min()?;
        Some(self.of_system.map_or(first, |pause| pause.until.max(first)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MORNING: DateTime<Utc> = DateTime::from_timestamp(1_796_022_000, 0).unwrap();

    #[test]
    fn pet_02_pauses_grow_to_an_hour_and_a_new_request_does_not_cut_them_short() {
        let (mut pauses, mut now) = (NumberPauses::default(), MORNING);
        let first = Uuid::from_u128(1);
        let mut long = Vec::new();
        let mut told = Vec::new();
        for _ in 0..10 {
            assert!(pauses.may_ask(first, now));
            told.push(pauses.away(now));
            assert!(!pauses.may_ask(Uuid::from_u128(2), now), "nor a new one");
            let until = pauses.of_system.unwrap().until;
            long.push((until - now).num_seconds());
            now = until;
        }
        assert_eq!(long, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
        assert_eq!(told.iter().position(|told| *told), Some(7), "{told:?}");
        pauses.answered(first);
        assert!(pauses.may_ask(first, now) && !pauses.away(now), "it begins anew");
    }

    #[test]
    fn pet_02_one_request_that_is_given_no_number_keeps_no_other_waiting() {
        let requests = [1, 2].map(Uuid::from_u128);
        let (mut pauses, now) = (NumberPauses::default(), MORNING);
        assert_eq!(pauses.next(&requests, now), Some(now));
        pauses.takes_turn(requests[0]);
        let turns = requests.map(|request| pauses.turns_of(request));
        assert!(turns[1] < turns[0], "the other is asked about before this one again");
        pauses.refused(requests[0], now);
        assert!(!pauses.may_ask(requests[0], now) && pauses.may_ask(requests[1], now));
        pauses.answered(requests[1]);
        assert_eq!(pauses.next(&requests[..1], now), Some(now + FIRST_PAUSE));
        pauses.keep_those_of(&requests[1..]);
        assert!(pauses.of_requests.is_empty());
        assert_eq!(pauses.next(&[], now), None, "nothing waits, and nothing is looked at");
    }
}
