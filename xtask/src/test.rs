//! Every check and every test, cheapest first, so that a slip is told early.

use std::env;

use anyhow::Result;

use crate::{
    cargo::{build_everything, cargo, run},
    deny, fuzz,
    packages::Purpose,
    setup, stage, suites, tidy,
    tools::SCHEMATHESIS,
};

/// Office days that the simulator plays here; `cargo xtask simulate` plays more.
const SIMULATED_DAYS: u32 = 10_000;
const SIMULATOR_SEED: u64 = 1;
/// How long each fuzzing target is tried behind its kept corpus: in CI, and by somebody who waits.
const FUZZ_SECONDS: (u32, u32) = (20, 4);

/// `cargo xtask test`, and so `.ci/run`.
pub fn run_all() -> Result<()> {
    setup::run(Purpose::ALL)?;
    SCHEMATHESIS.ready()?;
    run(&mut cargo(&["fmt", "--all", "--check"])?)?;
    tidy::run()?;
    deny::run_checks()?;
    build_everything()?;
    run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])?)?;
    stage::simulate(SIMULATED_DAYS, SIMULATOR_SEED)?;
    fuzz::try_all(&[], if env::var_os("CI").is_some() { FUZZ_SECONDS.0 } else { FUZZ_SECONDS.1 }, false)?;
    suites::run_all()
}
