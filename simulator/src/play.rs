//! Playing the day of a seed, and saying which promise was broken.

use crate::{
    people,
    tally::Tally,
    world::{BrokenPromise, World},
};

/// Plays the day of a seed, and once more with every line written down if a promise was broken.
///
/// # Errors
/// The promise that was broken, with the day's script.
pub fn play(seed: u64) -> Result<Tally, BrokenPromise> {
    match live(World::new(seed, false)) {
        Ok(tally) => Ok(tally),
        Err(_) => live(World::new(seed, true)),
    }
}

fn live(mut world: World) -> Result<Tally, BrokenPromise> {
    let outcome = people::live_a_day(&mut world).and_then(|()| world.replay());
    match outcome {
        Ok(()) => Ok(world.tally),
        Err(what) => Err(BrokenPromise { what, script: world.script.unwrap_or_default() }),
    }
}
