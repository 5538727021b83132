//! Two kiosks, a hub and staff in random order: lines break, answers are lost, kiosks fall over. Nothing is lost, no number is
//! given twice, nobody waits twice, and everybody waits since they came (PROM-07, PROM-01).

#![expect(clippy::unwrap_used, reason = "a test")]

#[path = "../../../office/tests/script/setup.rs"]
#[allow(dead_code, clippy::allow_attributes, reason = "an office is described by half of it")]
mod setup;
mod town;

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::town::Town;

const INTERLEAVINGS: u64 = 100_000;

#[test]
fn prom_07_a_hundred_thousand_interleavings_of_two_kiosks_a_hub_and_staff() {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as u64;
    let seen: Vec<town::Seen> = std::thread::scope(|scope| {
        let runs = (0..threads).map(|thread| {
            scope.spawn(move || {
                let mut seen = town::Seen::default();
                for seed in (thread..INTERLEAVINGS).step_by(threads as usize) {
                    seen += interleave(seed);
                }
                seen
            })
        });
        let runs: Vec<_> = runs.collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let seen = seen.into_iter().fold(town::Seen::default(), |mut all, one| {
        all += one;
        all
    });
    // What never occurs is not shown to hold.
    assert!(seen.handed_in > INTERLEAVINGS && seen.conflicts > INTERLEAVINGS / 20, "{seen:?}");
    assert!(seen.unheard > INTERLEAVINGS / 50 && seen.falls > INTERLEAVINGS / 10 && seen.nights > 100, "{seen:?}");
}

/// One interleaving; at its end everybody is there, and everything is handed in.
fn interleave(seed: u64) -> town::Seen {
    let mut dice = ChaCha8Rng::seed_from_u64(seed);
    let mut town = Town::open(seed);
    for _ in 0..dice.random_range(8..32) {
        town.step(&mut dice);
        town.check();
    }
    town.hand_everything_in();
    town.check_at_the_end();
    town.seen
}
