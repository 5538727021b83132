//! The work around the house, by name: set-up, demo, tests, measurements, pictures and tidiness.

mod assets;
mod cargo;
mod deny;
mod dist;
mod fuzz;
mod packages;
mod pictures;
mod setup;
mod soak;
mod stage;
mod suites;
mod test;
mod tidy;
mod tools;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::{
    dist::{Build, RepositoryArgs},
    packages::Purpose,
};

/// Everything that is done in this repository has one command here.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Install what is missing from Debian's packages and fetch the style sheets; every other command does this first.
    Setup,
    /// Run an office: hub, kiosk, display, ticket printer and mail folder, with links and logins.
    Demo {
        /// Play a lively morning through the public interfaces.
        #[arg(long)]
        day: bool,
    },
    /// Check format, lints and tidiness, and run every test, the simulator and the stories.
    Test,
    /// Measure the table of the README; never fails for being slow.
    Bench {
        /// Also write the numbers here, as `{"metric": number}`.
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
        /// Only this part of the table: `machine`, `rules`, `hub`, `attacked`, `town`, `start`, `windows` or `release`.
        #[arg(long, value_name = "PART")]
        only: Vec<String>,
    },
    /// Take a picture of every screen and page, in both languages, into docs/screens/.
    Screens {
        /// Only this part of them: `kiosks`, `states`, `faces`, `boards` or `pages`.
        #[arg(long, value_name = "PART")]
        only: Vec<String>,
        /// Take none; make those that lie there smaller.
        #[arg(long, conflicts_with = "only")]
        shrink: bool,
    },
    /// Play random offices and days, check the laws after every step, and compare the rules.
    Simulate {
        /// How many days.
        #[arg(long, default_value_t = 10_000)]
        days: u32,
        /// The same seed plays the same days.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Check licences, sources and bans of what the house is built from; advisories where a database of them is at hand.
    Deny,
    /// Make the Debian packages, the archive of the sources and the hub's image, and try them in a fresh root.
    Dist {
        /// Build them to be handed out, with all optimisations; else they hold the programs that tests have built.
        #[arg(long)]
        release: bool,
        #[command(flatten)]
        repository: RepositoryArgs,
    },
    /// Try the readers of foreign bytes with whatever breaks them; what is found lies beside what cargo builds.
    Fuzz {
        /// Only these targets; else each of them.
        targets: Vec<String>,
        /// How long each is tried; two at a time.
        #[arg(long, default_value_t = 60)]
        seconds: u32,
        /// Keep what was learnt: the smallest files that reach as much, in fuzz/corpus.
        #[arg(long)]
        keep: bool,
    },
    /// Break everything, one thing after the other and all at once, under load; write docs/soak.md once nothing was lost.
    Soak {
        /// How long; each fault comes once at least.
        #[arg(long, default_value_t = 30)]
        minutes: u32,
    },
    /// Check what the compiler does not: arrows between crates, circles of files, opening sentences, lengths.
    Tidy {
        /// Only count the circles of files; of one crate, show each arrow in them.
        #[arg(long, value_name = "CRATE", num_args = 0..=1)]
        circles: Option<Option<String>>,
    },
}

fn main() -> ExitCode {
    match carry_out(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\n{}", sentence(&error));
            ExitCode::FAILURE
        }
    }
}

/// The error and its causes, without the addresses in the code: a person reads it.
fn sentence(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

fn carry_out(task: Task) -> Result<()> {
    match task {
        Task::Setup => setup::run(Purpose::ALL),
        Task::Demo { day } => stage::demo(day),
        Task::Test => test::run_all(),
        Task::Bench { json, only } => stage::bench(json, &only),
        Task::Screens { shrink: true, .. } => stage::shrink_screens(),
        Task::Screens { only, .. } => stage::screens(&only),
        Task::Simulate { days, seed } => stage::simulate(days, seed),
        Task::Deny => deny::run_checks(),
        Task::Dist { release, repository } => {
            dist::run_all(if release { Build::Release } else { Build::Tests }, &repository)
        }
        Task::Fuzz { targets, seconds, keep } => fuzz::try_all(&targets, seconds, keep),
        Task::Soak { minutes } => soak::soak(minutes),
        Task::Tidy { circles: None } => tidy::run(),
        Task::Tidy { circles: Some(of) } => tidy::tell_circles(of.as_deref()),
    }
}
