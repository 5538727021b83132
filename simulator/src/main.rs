//! `simulator --days N --seed S`: plays N random days, and compares ways of calling people on the same days.
#![expect(clippy::print_stdout, reason = "it prints what it found")]

use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, bail};
use clap::Parser;
use simulator::tally::Tally;
use simulator::world::{self, Broken};

/// Plays random offices and days against the rules.
#[derive(Parser)]
struct Arguments {
    /// How many days.
    #[arg(long, default_value_t = 1_000)]
    days: u64,
    /// Seed of the first day; the next has the next.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let days = play_days(arguments.seed, arguments.days)?;
    println!("{} days played, every promise kept.\n\n{}", arguments.days, days.table());
    let never = days.never();
    if !never.is_empty() {
        bail!("never occurred: {}", never.join(", "));
    }
    Ok(())
}

/// Plays days on every core; a broken promise is told with its seed and its script.
fn play_days(seed: u64, days: u64) -> Result<Tally> {
    let next = AtomicU64::new(seed);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let play = || {
        let mut tally = Tally::default();
        loop {
            let day = next.fetch_add(1, Ordering::Relaxed);
            if day >= seed + days {
                return Ok(tally);
            }
            tally.add(&world::play(day).map_err(|broken| (day, broken))?);
        }
    };
    let played: Vec<Result<Tally, (u64, Broken)>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(play)).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    if played.len() < cores {
        bail!("a day ended in a panic: see above");
    }
    let mut all = Tally::default();
    for tally in played {
        let tally = tally.map_err(|(day, broken)| {
            println!("{}", broken.script.join("\n"));
            anyhow::anyhow!("seed {day}: {}", broken.what)
        });
        all.add(&tally.context("a promise was broken")?);
    }
    Ok(all)
}
