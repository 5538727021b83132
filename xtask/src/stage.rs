//! The commands that play on the stage of `tests/` and `office/`: set up, build, then start the program that does it.

use std::{env, fs, os::unix::process::CommandExt as _, path::PathBuf};

use anyhow::Result;

use crate::{
    cargo::{build_album, build_programs, build_programs_to_measure, program, root, run, target_folder},
    packages::Purpose,
    pictures, setup,
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

/// `cargo xtask bench`: the whole table, or only these parts.
pub fn bench(json: Option<PathBuf>, only: &[String]) -> Result<()> {
    setup::run(Purpose::ALL)?;
    build_programs_to_measure()?;
    let mut bench = program("bench")?;
    if let Some(file) = json {
        bench.arg("--json").arg(std::path::absolute(file)?);
    }
    bench.args(only.iter().flat_map(|part| ["--only", part]));
    run(&mut bench)
}

/// `cargo xtask screens`: all of them, or only these parts.
///
/// The program takes the pictures as they are, since its walks cannot wait; here they are made small afterwards. What was
/// taken before something failed is kept as well.
pub fn screens(only: &[String]) -> Result<()> {
    setup::run(Purpose::ALL)?;
    build_programs()?;
    if only.is_empty() || only.iter().any(|part| part == "faces") {
        build_album()?;
    }
    let taken = target_folder()?.join("screens");
    if taken.exists() {
        fs::remove_dir_all(&taken)?;
    }
    fs::create_dir_all(&taken)?;
    let mut screens = program("screens")?;
    screens.arg("--into").arg(std::path::absolute(&taken)?);
    screens.args(only.iter().flat_map(|part| ["--only", part]));
    let all_taken = run(&mut screens);
    eprintln!("\n{}", pictures::keep_all(&taken, &album()?)?.sentence());
    all_taken?;
    if only.is_empty() {
        let left = pictures::not_taken(&taken, &album()?)?;
        eprintln!("{} pictures lie there whose screen is no longer taken {}", left.len(), left.join(" "));
    }
    Ok(())
}

/// `cargo xtask screens --shrink`: the pictures that lie there already, without taking any.
pub fn shrink_screens() -> Result<()> {
    eprintln!("{}", pictures::shrink(&album()?)?.sentence());
    Ok(())
}

/// The folder of the pictures.
fn album() -> Result<PathBuf> {
    Ok(root()?.join("docs/screens"))
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
