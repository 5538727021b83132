//! Measures the table of the README. It is a measurement and no test: being slow is no failure.

mod baseline;
mod hub;
mod load;
mod numbers;
mod readers;
mod rules;

use std::{
    fs,
    io::{Write as _, stdout},
    path::PathBuf,
    process::Command,
    time::Duration,
};

use anyhow::Result;
use clap::Parser;

use crate::numbers::Table;

/// Clients at the same time.
const CLIENTS: usize = 64;
/// Each figure of a rate is the median of so many runs of so long.
const RUNS: usize = 5;
const RUN_TIME: Duration = Duration::from_secs(3);

/// Measures, prints one table, and writes the numbers.
#[derive(Parser)]
struct Arguments {
    /// Also write the numbers here, as `{"metric": number}`.
    #[arg(long)]
    json: Option<PathBuf>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    pin_to_the_last_core();
    let folder = tempfile::Builder::new().prefix("seira-bench-").tempdir()?;
    let mut table = Table::default();
    measure(&mut table, folder.path())?;
    let mut out = stdout();
    out.write_all(table.text().as_bytes())?;
    if let Some(file) = arguments.json {
        fs::write(file, serde_json::to_string_pretty(&table.json())?)?;
    }
    Ok(())
}

fn measure(table: &mut Table, folder: &std::path::Path) -> Result<()> {
    table.note("fsync_ms_p50", baseline::fsync_ms_p50(folder)?, "4 KiB and fdatasync, median of 300");
    let rows = (0..RUNS).map(|run| {
        let own = folder.join(run.to_string());
        fs::create_dir(&own)?;
        baseline::sqlite_group_commit_rows_per_s(&own, RUN_TIME)
    });
    table.note_median("sqlite_group_commit_rows_per_s", rows.collect::<Result<_>>()?);
    let address = baseline::start_empty_server()?;
    let empty = (0..RUNS).map(|_| baseline::empty_post_per_s(&address, CLIENTS, RUN_TIME));
    let empty = table.note_median("empty_post_per_s", empty.collect::<Result<_>>()?);
    hub::at_rest(table)?;
    hub::call_to_feed(table)?;
    let tickets = hub::tickets_and_start(table, folder, RUNS, RUN_TIME)?;
    table.note("checkins_to_empty_post", tickets / empty, "of the same run; ≥ 0.35 is wanted");
    table.note("slots_90d_ms", rules::slots_90d_ms()?, "20,000 bookings at 8 desks, median of 50 questions, cold");
    let (next, command) = rules::command_us_p99()?;
    table.note("next_us_p99", next, "500 waiting, 8 desks of different skills, 2,000 calls");
    table.note("command_us_p99", command, "every other command of the same day");
    Ok(())
}

/// The load keeps to one core, so that it disturbs the server alike in each run. Without `taskset` it roams.
fn pin_to_the_last_core() {
    let last = std::thread::available_parallelism().map_or(0, |cores| cores.get() - 1);
    let own = std::process::id().to_string();
    let pinned = Command::new("taskset").args(["-a", "-c", "-p", &last.to_string(), &own]).output();
    if !pinned.is_ok_and(|output| output.status.success()) {
        eprintln!("the load could not be pinned to one core");
    }
}
