//! Measures the table of the README. It is a measurement and no test: being slow is no failure.

mod attacked;
mod baseline;
mod hub;
mod load;
mod machine;
mod numbers;
mod probe;
mod readers;
mod release;
mod rules;
mod town;
mod windows;
mod year;

use std::{
    fs,
    io::{Write as _, stdout},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::Result;
use clap::{Parser, ValueEnum};

use crate::numbers::Table;

/// Each figure of a rate is the median of so many runs of so long.
const RUNS: usize = 5;
const RUN_TIME: Duration = Duration::from_secs(3);

/// Measures, prints one table, and writes the numbers.
#[derive(Parser)]
struct BenchArguments {
    /// Also write the numbers here, as `{"metric": number}`.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Measure these parts alone.
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<TablePart>,
}

/// A part of the table, measured by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TablePart {
    /// The disk, SQLite alone, and an empty route.
    Machine,
    /// Free times, and deciding.
    Rules,
    /// A hub at rest, and how soon a call is at its readers.
    Hub,
    /// Pages beside those who mean harm.
    Attacked,
    /// Check-ins and tickets in 1,060 offices.
    Town,
    /// The start of that hub after a power cut.
    Start,
    /// Kiosk and display, in real windows.
    Windows,
    /// The morning on which new times are released.
    Release,
    /// A year of an office's figures, on their page.
    Year,
}

fn main() -> Result<()> {
    let arguments = BenchArguments::parse();
    let folder = tempfile::Builder::new().prefix("seira-bench-").tempdir()?;
    let parts = if arguments.only.is_empty() { TablePart::value_variants() } else { &arguments.only };
    let mut table = Table::default();
    let about = machine::described();
    measure(&mut table, parts, folder.path());
    writeln!(stdout(), "{about}\n{}\n{}", machine::load(), table.text())?;
    if let Some(file) = arguments.json {
        fs::write(file, serde_json::to_string_pretty(&table.json())?)?;
    }
    Ok(())
}

/// Every part, and what went wrong with it: one that cannot be measured keeps no other from being so.
fn measure(table: &mut Table, parts: &[TablePart], folder: &Path) {
    let mut town = None;
    let (mut empty, mut checkins) = (None, None);
    for part in parts {
        eprintln!("measuring: {part:?}");
        let done = match part {
            TablePart::Machine => machine(table, folder).map(|rate| empty = Some(rate)),
            TablePart::Rules => rules(table),
            TablePart::Hub => hub(table),
            TablePart::Attacked => attacked::pages(table),
            TablePart::Town => {
                town = None;
                let measured = founded(&mut town, folder).and_then(|town| town::checkins(table, town, RUNS, RUN_TIME));
                measured.map(|rate| checkins = Some(rate))
            }
            TablePart::Start => founded(&mut town, folder).and_then(|town| town::start(table, town)),
            TablePart::Windows => {
                windows::measure(table);
                Ok(())
            }
            TablePart::Release => release::morning(table),
            TablePart::Year => year::figures_ms(table),
        };
        if let Err(error) = done {
            table.miss(part.metric(), &error);
        }
    }
    if let (Some(checkins), Some(empty)) = (checkins, empty) {
        table.note("checkins_to_empty_post", checkins / empty, "of the same run");
    }
}

impl TablePart {
    /// The line that says so if the part cannot be measured.
    const fn metric(self) -> &'static str {
        match self {
            Self::Machine => "empty_post_per_s",
            Self::Rules => "command_us_p99",
            Self::Hub => "call_to_feed_ms_p50",
            Self::Attacked => "page_p99_beside_attackers_ratio",
            Self::Town => "checkins_per_s",
            Self::Start => "start_1m_events_s",
            Self::Windows => "display_frame_ms",
            Self::Release => "slot_reads_per_s",
            Self::Year => "figures_year_ms",
        }
    }
}

/// What the machine itself can do; gives the rate of the empty route.
fn machine(table: &mut Table, folder: &Path) -> Result<f64> {
    table.note("fsync_ms_p50", baseline::fsync_ms_p50(folder)?, "4 KiB and fdatasync, median of 300");
    let rows = (0..RUNS).map(|run| {
        let own = folder.join(run.to_string());
        fs::create_dir(&own)?;
        baseline::sqlite_group_commit_rows_per_s(&own, RUN_TIME)
    });
    table.note_median("sqlite_group_commit_rows_per_s", rows.collect::<Result<_>>()?);
    let address = baseline::start_empty_server()?;
    let empty = (0..RUNS).map(|_| baseline::empty_post_per_s(&address, town::CLIENTS, RUN_TIME));
    Ok(table.note_median("empty_post_per_s", empty.collect::<Result<_>>()?))
}

fn rules(table: &mut Table) -> Result<()> {
    let (running, first) = rules::slots_90d_ms()?;
    table.note("slots_90d_ms", running, "20,000 bookings at 8 desks, median of 50 questions, a booking before each");
    table.note("slots_90d_first_ms", first, "the same, the first time after a start");
    let (next, command) = rules::command_us_p99()?;
    table.note("next_us_p99", next, "500 waiting, 8 desks of different skills, 2,000 calls");
    table.note("command_us_p99", command, "every other command of the same day");
    Ok(())
}

fn hub(table: &mut Table) -> Result<()> {
    hub::at_rest(table)?;
    hub::call_to_feed(table)
}

/// The town, founded when it is first needed.
fn founded<'a>(town: &'a mut Option<town::LoadTown>, folder: &Path) -> Result<&'a mut town::LoadTown> {
    if town.is_none() {
        let own = tempfile::Builder::new().prefix("town-").tempdir_in(folder)?.keep();
        *town = Some(town::LoadTown::found(&own)?);
    }
    town.as_mut().ok_or_else(|| anyhow::anyhow!("no town"))
}
