//! Fuzzing: the targets of `fuzz/`, built with the compiler of the house, each run over its kept corpus and then for a while on
//! what the fuzzer makes of it.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::{Context, Result, ensure};

use crate::{
    cargo::{cargo, root, run, target_folder},
    tools::{FUZZ, as_cargo_command},
};

/// So many run at once, as the test programs do.
const AT_ONCE: usize = 2;
/// One input that takes so long hangs. That it takes no more work than it may is asserted by counting, within the targets.
const HANG_SECONDS: u32 = 30;
/// What one target may take of memory; the judges of files may not hold more than a piece of what they unpack.
const MEMORY_MIB: u32 = 1024;

/// `cargo xtask fuzz`: these targets, or all of them, for so long each.
///
/// # Errors
/// The names of those in which something broke, with the file that did it.
pub fn try_all(only: &[String], seconds: u32, keep: bool) -> Result<()> {
    let targets = targets()?;
    for name in only {
        ensure!(targets.contains(name), "there is no target {name}; there are {}", targets.join(", "));
    }
    let chosen: Vec<String> =
        targets.into_iter().filter(|target| only.is_empty() || only.iter().any(|one| one == target)).collect();
    build()?;
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(target) = chosen.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(error) = FuzzTarget::of(target).and_then(|target| target.run_for(seconds, keep)) {
                        failed.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{target}: {error:#}"));
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    ensure!(failed.is_empty(), "fuzzing found:\n  {}", failed.join("\n  "));
    Ok(())
}

/// The targets, by their files.
fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(root()?.join("fuzz/targets"))? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).context("a name")?;
        names.push(name.to_owned());
    }
    names.sort();
    Ok(names)
}

/// Where they are built: their code is instrumented, so that nothing of it is of use to anybody else.
fn folder() -> Result<PathBuf> {
    Ok(target_folder()?.join("fuzz"))
}

fn build() -> Result<()> {
    let program = FUZZ.ready()?;
    // No sanitizer: those ask for another compiler than ours, and the house has no unsafe code.
    // `--release` as `fuzz/Cargo.toml` has it: with assertions, ours and nearly all of others.
    let mut build = cargo(&["fuzz", "build", "--release", "--sanitizer", "none", "--target-dir"])?;
    build.arg(folder()?).env_remove("CARGO_TARGET_DIR");
    as_cargo_command(&program, &mut build)?;
    run(&mut build)
}

struct FuzzTarget {
    name: String,
    program: PathBuf,
    /// What is kept, and reviewed.
    kept: PathBuf,
    /// What this run learns.
    learnt: PathBuf,
    /// What broke it.
    broken: PathBuf,
}

impl FuzzTarget {
    fn of(name: &str) -> Result<Self> {
        let folder = folder()?;
        let triple = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
        let target = Self {
            name: name.to_owned(),
            program: folder.join(triple).join("release").join(name),
            kept: root()?.join("fuzz/corpus").join(name),
            learnt: folder.join("learnt").join(name),
            broken: folder.join("broken").join(name),
        };
        // What was learnt before is not read again: a run costs the same each time, and the folder does not grow.
        if target.learnt.exists() {
            fs::remove_dir_all(&target.learnt)?;
        }
        for folder in [&target.learnt, &target.broken, &target.kept] {
            fs::create_dir_all(folder)?;
        }
        Ok(target)
    }

    /// Runs the kept corpus, and goes on from it.
    fn run_for(&self, seconds: u32, keep: bool) -> Result<()> {
        let mut command = self.command();
        command.args([format!("-max_total_time={seconds}"), "-print_final_stats=1".to_owned()]);
        let output = command.args([&self.learnt, &self.kept]).output().context("cannot start")?;
        let said = String::from_utf8_lossy(&output.stderr);
        if !output.status.success() {
            let mut out = std::io::stderr().lock();
            writeln!(out, "\n=== fuzzing {}\n{}", self.name, last_lines(&said))?;
        }
        ensure!(output.status.success(), "{}; the input lies in {}", output.status, self.broken.display());
        let figure = |name: &str| {
            let line = said.lines().find_map(|line| line.strip_prefix("stat::")?.strip_prefix(name));
            line.map_or("?", |value| value.trim_start_matches(':').trim()).to_owned()
        };
        eprintln!(
            "fuzzing {}: {} inputs, {} of them new to it, {} MiB at most",
            self.name,
            figure("number_of_executed_units"),
            figure("new_units_added"),
            figure("peak_rss_mb")
        );
        if keep { self.keep() } else { Ok(()) }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args([
            format!("-timeout={HANG_SECONDS}"),
            format!("-rss_limit_mb={MEMORY_MIB}"),
            format!("-artifact_prefix={}/", self.broken.display()),
        ]);
        command
    }

    /// The fewest and smallest files that reach as much as all of them.
    fn keep(&self) -> Result<()> {
        let fewest = self.learnt.with_extension("fewest");
        fs::create_dir_all(&fewest)?;
        let mut merge = self.command();
        let output = merge.args(["-merge=1", "-max_len=4096"]).args([&fewest, &self.kept, &self.learnt]).output()?;
        ensure!(output.status.success(), "merging: {}", last_lines(&String::from_utf8_lossy(&output.stderr)));
        clear(&self.kept)?;
        for entry in fs::read_dir(&fewest)? {
            let path = entry?.path();
            fs::copy(&path, self.kept.join(path.file_name().context("a name")?))?;
        }
        fs::remove_dir_all(&fewest)?;
        Ok(())
    }
}

fn clear(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        fs::remove_file(entry?.path())?;
    }
    Ok(())
}

/// The end of what a fuzzer says, where it tells what broke.
fn last_lines(said: &str) -> String {
    const LINES: usize = 60;
    let lines: Vec<&str> = said.lines().collect();
    lines[lines.len().saturating_sub(LINES)..].join("\n")
}
