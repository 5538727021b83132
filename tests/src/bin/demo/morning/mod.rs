//! A lively morning, played through the public interfaces: booked citizens come and show their codes, others take a
//! number, somebody books on the pages, and a clerk at each desk calls and serves them.

mod bookings;
mod citizens;
mod clerk;
mod clock;
mod told;

use std::{
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use anyhow::Result;
use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;
use tests::{house::PlainKiosk, hub::Hub, scanner::Scanner, staff::Staff};

pub use self::bookings::{BookedGuest, book};
use self::{clock::MorningClock, told::Narrator};

/// Seconds of the hub's clock in one second of a played morning.
pub const SPEED: f64 = 10.0;
/// The desk that nobody plays: whoever looks at the demo can sit down at it.
pub const FREE_DESK: u16 = 4;

/// Whom and what the morning is played with.
pub struct Stage<'a> {
    /// A second kiosk, without a window.
    pub kiosk: &'a PlainKiosk,
    /// The scanner of the kiosk with the window.
    pub scanner: &'a Mutex<Scanner>,
    /// Where the hub puts its mails.
    pub mails: &'a Path,
    /// When to stop.
    pub stop: &'a AtomicBool,
}

/// What everybody in the morning knows.
struct Morning<'a> {
    stage: Stage<'a>,
    clock: MorningClock,
    told: Narrator,
    staff: Staff,
}

/// Plays until the office is stopped.
pub fn play(hub: &Hub, stage: Stage<'_>, expected: Vec<BookedGuest>) -> Result<()> {
    let clock = MorningClock::of(hub, SPEED)?;
    let staff = Staff::admin(hub)?;
    let desks: Vec<u16> =
        staff.floor()?.desks.iter().map(|desk| desk.number).filter(|desk| *desk != FREE_DESK).collect();
    let morning = Morning { told: Narrator::new(clock), stage, clock, staff };
    let base = hub.base();
    thread::scope(|scope| {
        let morning = &morning;
        scope.spawn(move || morning.booked_citizens(expected));
        scope.spawn(move || morning.walk_ins());
        scope.spawn(move || morning.bookings_on_the_pages(&base));
        for desk in desks {
            scope.spawn(move || morning.clerk(desk));
        }
    });
    Ok(())
}

impl Morning<'_> {
    fn is_over(&self) -> bool {
        self.stage.stop.load(Ordering::Relaxed)
    }

    /// Does something again and again; what fails is told and tried anew, as people would.
    fn until_stopped(&self, who: &str, mut act: impl FnMut() -> Result<()>) {
        while !self.is_over() {
            if let Err(error) = act()
                && !self.is_over()
            {
                eprintln!("{who}: {error:#}");
                self.minutes(1.0);
            }
        }
    }

    /// Lets minutes of the hub's clock pass, or the office close.
    fn minutes(&self, minutes: f64) {
        self.clock.wait(minutes, self.stage.stop);
    }

    /// The same dice every morning, another for each of those who throw them.
    fn dice(of: u64) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(of)
    }
}
