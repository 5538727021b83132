//! `simulator --days N --seed S`: plays N random days, and compares ways of calling people on the same days.
#![expect(clippy::print_stdout, reason = "it prints what it found")]

use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Result, bail};
use clap::Parser;
use simulator::tally::Tally;
use simulator::waits::{self, Waits};
use simulator::{play::play, world::BrokenPromise};

/// Plays random offices and days against the rules.
#[derive(Parser)]
struct SimulatorArguments {
    /// How many days.
    #[arg(long, default_value_t = 1_000)]
    days: u64,
    /// Seed of the first day; the next has the next.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// On how many days the ways of calling are compared; up to 300 unless said.
    #[arg(long)]
    compare: Option<u64>,
}

fn main() -> Result<()> {
    let arguments = SimulatorArguments::parse();
    let days = play_days(arguments.seed, arguments.days)?;
    println!("{} days played, every promise kept.\n\n{}", arguments.days, days.table());
    println!("{}", compare(arguments.seed, arguments.compare.unwrap_or_else(|| arguments.days.min(300)))?);
    let never = days.never();
    if !never.is_empty() {
        bail!("never occurred: {}", never.join(", "));
    }
    Ok(())
}

/// Compares the ways of calling on the same days.
fn compare(seed: u64, days: u64) -> Result<String> {
    if days == 0 {
        return Ok(String::new());
    }
    let learnt = waits::learn();
    let mut text = String::new();
    for setting in 0..waits::SETTINGS.len() {
        let next = AtomicU64::new(seed);
        let all = on_every_core(|| {
            let mut sums = vec![Waits::default(); waits::WAYS.len()];
            loop {
                let day = next.fetch_add(1, Ordering::Relaxed);
                if day >= seed + days {
                    return sums;
                }
                for (sum, waits) in sums.iter_mut().zip(waits::day(day, setting, &learnt)) {
                    sum.add(waits);
                }
            }
        })?;
        let mut sums = vec![Waits::default(); waits::WAYS.len()];
        for (sum, waits) in all.into_iter().flat_map(|waits| waits.into_iter().enumerate()) {
            sums[sum].add(waits);
        }
        text += &waits::table(setting, &mut sums, days);
        text.push('\n');
    }
    Ok(text)
}

/// The same work on every core at once; who takes which part is the work's affair.
fn on_every_core<T: Send>(work: impl Fn() -> T + Sync) -> Result<Vec<T>> {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let done: Vec<T> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(&work)).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    if done.len() < cores {
        bail!("a day ended in a panic: see above");
    }
    Ok(done)
}

/// Plays days on every core; a broken promise is told with its seed and its script.
fn play_days(seed: u64, days: u64) -> Result<Tally> {
    let next = AtomicU64::new(seed);
    let played: Vec<Result<Tally, (u64, BrokenPromise)>> = on_every_core(|| {
        let mut tally = Tally::default();
        loop {
            let day = next.fetch_add(1, Ordering::Relaxed);
            if day >= seed + days {
                return Ok(tally);
            }
            tally.add(&play(day).map_err(|broken| (day, broken))?);
        }
    })?;
    let mut all = Tally::default();
    for tally in played {
        match tally {
            Ok(tally) => all.add(&tally),
            Err((day, broken)) => {
                println!("{}", broken.script.join("\n"));
                bail!("seed {day}: {}", broken.what);
            }
        }
    }
    Ok(all)
}
