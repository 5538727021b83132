//! Every check and every test, cheapest first, so that a slip is told early.

use anyhow::Result;

use crate::{
    cargo::{build_everything, cargo, run},
    packages::Purpose,
    setup, stage, suites, tidy,
};

/// Office days that the simulator plays here; `cargo xtask simulate` plays more.
const SIMULATED_DAYS: u32 = 10_000;
const SIMULATOR_SEED: u64 = 1;

/// `cargo xtask test`, and so `.ci/run`.
pub fn run_all() -> Result<()> {
    setup::run(Purpose::ALL)?;
    run(&mut cargo(&["fmt", "--all", "--check"])?)?;
    tidy::run()?;
    build_everything()?;
    run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])?)?;
    stage::simulate(SIMULATED_DAYS, SIMULATOR_SEED)?;
    suites::run_all()
}
