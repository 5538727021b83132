//! A clerk at a desk: calls, waits for the person, serves, interrupts when the rules propose it, and finishes.

use anyhow::{Result, ensure};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use tests::http::Answer;
use wire::{CallAnswer, FloorVisitState};

use super::Morning;

/// One in so many does not come when called.
const ABSENT_ONE_IN: u32 = 12;
/// The first call of this desk is not answered, so that whoever looks at a new demo soon sees a repeated call.
const ABSENT_FIRST_AT: u16 = 2;
/// How often a call is repeated before the visit is ended.
const RECALLS: u8 = 2;
/// Minutes between two of these calls; the rule asks for 20 seconds at least.
const BETWEEN_RECALLS_MINUTES: f64 = 1.2;

/// A clerk, between two calls.
struct DemoClerk {
    desk: u16,
    dice: ChaCha8Rng,
    calls: u32,
    /// Whether the last who was called came: never two in a row do not.
    came: bool,
}

impl Morning<'_> {
    /// Works at a desk until the office is stopped.
    pub fn clerk(&self, desk: u16) {
        let mut clerk = DemoClerk { desk, dice: Self::dice(100 + u64::from(desk)), calls: 0, came: true };
        let who = format!("desk {desk}");
        self.until_stopped(&who, || {
            if clerk.calls == 0 {
                self.staff.open_desk(desk)?;
                self.told.say(&format!("desk {desk} opens"));
            }
            self.serve_one(&mut clerk)
        });
    }

    fn serve_one(&self, clerk: &mut DemoClerk) -> Result<()> {
        let desk = clerk.desk;
        clerk.calls += 1;
        let answer = self.staff.call(desk, None, false)?;
        if answer.status >= 300 {
            self.minutes(0.4);
            return Ok(());
        }
        let call: CallAnswer = answer.json()?;
        self.told.say(&format!("{} is called to desk {desk}: {}", call.number, call.reason.words.en));
        let first = clerk.calls == 1 && desk == ABSENT_FIRST_AT;
        clerk.came = !(first || clerk.came && clerk.dice.random_range(0..ABSENT_ONE_IN) == 0);
        if !clerk.came {
            return self.wait_in_vain(desk, &call);
        }
        self.minutes(clerk.dice.random_range(0.3..0.9));
        self.staff.with_visit(desk, "appeared", call.visit)?;
        let planned = self.planned_minutes(&call)?;
        if self.serve(desk, &call, planned * clerk.dice.random_range(0.5..1.1))? {
            let answer = self.staff.at_desk(desk, "finishes", &json!({ "visit": call.visit }))?;
            ensure_accepted(&call, &answer)?;
        }
        self.minutes(clerk.dice.random_range(0.1..0.5));
        Ok(())
    }

    /// Repeats the call as often as the rule asks, and ends the visit.
    fn wait_in_vain(&self, desk: u16, call: &CallAnswer) -> Result<()> {
        for _ in 0..RECALLS {
            self.minutes(BETWEEN_RECALLS_MINUTES);
            if self.is_over() {
                return Ok(());
            }
            self.staff.with_visit(desk, "recalls", call.visit)?;
            self.told.say(&format!("{} is called to desk {desk} again", call.number));
        }
        self.minutes(BETWEEN_RECALLS_MINUTES);
        if self.is_over() {
            return Ok(());
        }
        self.told.say(&format!("{} does not come", call.number));
        self.staff.with_visit(desk, "no-shows", call.visit)
    }

    /// Serves for so many minutes; false when it was interrupted for a booked citizen (TRN-13).
    fn serve(&self, desk: u16, call: &CallAnswer, minutes: f64) -> Result<bool> {
        let end = self.clock.now() + chrono::TimeDelta::milliseconds((minutes * 60_000.0) as i64);
        while self.clock.now() < end && !self.is_over() {
            self.minutes(((end - self.clock.now()).num_seconds() as f64 / 60.0).clamp(0.05, 1.0));
            if self.booked_citizen_is_kept_waiting()? {
                let answer = self.staff.at_desk(desk, "interruptions", &json!({ "visit": call.visit }))?;
                // Refused where the rules see no reason: another desk is soon free, or little is left.
                if answer.status < 300 {
                    self.told.say(&format!("{} is interrupted for a booked citizen", call.number));
                    return Ok(false);
                }
            }
        }
        Ok(!self.is_over())
    }

    fn booked_citizen_is_kept_waiting(&self) -> Result<bool> {
        let (floor, now) = (self.staff.floor()?, self.clock.now());
        Ok(floor.visits.iter().any(|visit| {
            matches!(visit.state, FloorVisitState::Waiting { .. }) && visit.booked_for.is_some_and(|at| at <= now)
        }))
    }

    fn planned_minutes(&self, call: &CallAnswer) -> Result<f64> {
        let floor = self.staff.floor()?;
        let found = floor.visits.iter().find(|known| known.visit == call.visit);
        Ok(found.map_or(5.0, |visit| f64::from(visit.planned_minutes)))
    }
}

fn ensure_accepted(call: &CallAnswer, answer: &Answer) -> Result<()> {
    ensure!(answer.status < 300, "{}: {}", call.number, answer.body);
    Ok(())
}
