//! A lively morning, played through the public interfaces: people come without a booking, clerks call and serve them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use anyhow::Result;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use tests::{house::PlainKiosk, hub::Hub, staff::Staff, wait};
use wire::{Availability, CallAnswer};

/// Minutes of the hub's clock between two people who come without a booking, at most.
const BETWEEN_WALK_INS_MINUTES_MAX: f64 = 4.0;
/// One in so many does not come when called.
const ABSENT_ONE_IN: u32 = 12;

/// What everybody in the morning knows.
struct Morning<'a> {
    kiosk: &'a PlainKiosk,
    speed: f64,
    stop: &'a AtomicBool,
}

/// Plays until the office is stopped.
pub fn play(hub: &Hub, kiosk: &PlainKiosk, speed: f64, stop: &Arc<AtomicBool>) -> Result<()> {
    let morning = Morning { kiosk, speed, stop };
    let staff = Staff::admin(hub)?;
    let desks: Vec<u16> = staff.floor()?.desks.iter().map(|desk| desk.number).collect();
    for desk in &desks {
        staff.open_desk(*desk)?;
    }
    thread::scope(|scope| {
        for desk in &desks {
            let (morning, staff) = (&morning, &staff);
            scope.spawn(move || morning.until_stopped(&format!("desk {desk}"), || morning.serve_one(staff, *desk)));
        }
        let mut dice = ChaCha8Rng::seed_from_u64(0);
        morning.until_stopped("the door", || morning.walk_in(&mut dice));
    });
    Ok(())
}

impl Morning<'_> {
    /// Does something again and again; what fails is told and tried anew, as people would.
    fn until_stopped(&self, who: &str, mut act: impl FnMut() -> Result<()>) {
        while !self.stop.load(Ordering::Relaxed) {
            if let Err(error) = act() {
                if !self.stop.load(Ordering::Relaxed) {
                    eprintln!("{who}: {error:#}");
                }
                self.minutes(1.0);
            }
        }
    }

    /// Lets minutes of the hub's clock pass, or the office close.
    fn minutes(&self, minutes: f64) {
        let end = Instant::now() + Duration::from_secs_f64(minutes * 60.0 / self.speed);
        while Instant::now() < end && !self.stop.load(Ordering::Relaxed) {
            wait::pass(Duration::from_millis(50));
        }
    }

    fn walk_in(&self, dice: &mut ChaCha8Rng) -> Result<()> {
        let services = self.kiosk.view()?.services;
        let open: Vec<_> =
            services.iter().filter(|service| matches!(service.availability, Availability::Now { .. })).collect();
        if !open.is_empty() {
            self.kiosk.take_ticket(&open[dice.random_range(0..open.len())].key)?;
        }
        self.minutes(dice.random_range(0.3..BETWEEN_WALK_INS_MINUTES_MAX));
        Ok(())
    }

    fn serve_one(&self, staff: &Staff, desk: u16) -> Result<()> {
        let mut dice = ChaCha8Rng::seed_from_u64(rand::random());
        let answer = staff.call(desk, None, false)?;
        if answer.status >= 300 {
            self.minutes(0.5);
            return Ok(());
        }
        let call: CallAnswer = answer.json()?;
        let planned = self.planned_minutes(staff, call.visit)?;
        self.minutes(dice.random_range(0.3..1.0));
        if dice.random_range(0..ABSENT_ONE_IN) == 0 {
            staff.with_visit(desk, "recalls", call.visit)?;
            self.minutes(1.5);
            return staff.with_visit(desk, "no-shows", call.visit);
        }
        staff.with_visit(desk, "appeared", call.visit)?;
        self.minutes(planned * dice.random_range(0.4..1.2));
        let answer = staff.at_desk(desk, "finishes", &json!({ "visit": call.visit }))?;
        anyhow::ensure!(answer.status < 300, "{}: {}", call.number, answer.body);
        self.minutes(dice.random_range(0.1..0.6));
        Ok(())
    }

    fn planned_minutes(&self, staff: &Staff, visit: uuid::Uuid) -> Result<f64> {
        let floor = staff.floor()?;
        let found = floor.visits.iter().find(|known| known.visit == visit);
        Ok(found.map_or(5.0, |visit| f64::from(visit.planned_minutes)))
    }
}
