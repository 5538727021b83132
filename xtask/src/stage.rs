//! The commands that play on the stage of `tests/` and `office/`: set up, build, then start the program that does it.

use std::{env, os::unix::process::CommandExt as _, path::PathBuf};

use anyhow::Result;

use crate::{
    cargo::{build_programs, build_programs_to_measure, program, run},
    packages::Purpose,
    setup,
};

/// `cargo xtask demo`
pub fn demo(day: bool) -> Result<()> {
    let mut purposes = vec![Purpose::Build, Purpose::Run, Purpose::Demo];
    if env::var_os("DISPLAY").is_none() && env::var_os("WAYLAND_DISPLAY").is_none() {
        purposes.push(Purpose::Screenless);
    }
    setup::run(&purposes)?;
    build_programs()?;
    let mut demo = program("demo")?;
    if day {
        demo.arg("--day");
    }
    // The demo takes this process over, so that Ctrl-C reaches it alone and it closes the office in good order.
    Err(demo.exec().into())
}

/// `cargo xtask bench`
pub fn bench(json: Option<PathBuf>) -> Result<()> {
    setup::run(Purpose::ALL)?;
    build_programs_to_measure()?;
    let mut bench = program("bench")?;
    if let Some(file) = json {
        bench.arg("--json").arg(std::path::absolute(file)?);
    }
    run(&mut bench)
}

/// `cargo xtask screens`
pub fn screens() -> Result<()> {
    setup::run(Purpose::ALL)?;
    build_programs()?;
    run(&mut program("screens")?)
}

/// `cargo xtask simulate`
pub fn simulate(days: u32, seed: u64) -> Result<()> {
    let (days, seed) = (days.to_string(), seed.to_string());
    run(&mut crate::cargo::cargo(&[
        "run",
        "--quiet",
        "--package",
        "simulator",
        "--",
        "--days",
        &days,
        "--seed",
        &seed,
    ])?)
}
