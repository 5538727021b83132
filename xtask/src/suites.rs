//! The test programs of the workspace, run two at a time: a story waits for its windows and devices more than it works, so one
//! program alone leaves half of a small machine idle.

use std::{
    io::Write as _,
    path::PathBuf,
    process::{Command, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Instant,
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;

use crate::cargo::cargo;

/// So many programs run at once; each runs as many of its tests at once as there are cores.
const AT_ONCE: usize = 2;
/// What is built and run. Examples in doc comments are none of ours: asking each crate for them takes a minute.
const TARGETS: [&str; 6] = ["--workspace", "--lib", "--bins", "--tests", "--examples", "--locked"];

/// A test program that cargo built.
struct Suite {
    /// Its name, for a reader.
    name: String,
    /// The test program that was built.
    program: PathBuf,
    /// The folder of its package, in which it runs.
    folder: PathBuf,
    /// Whether it drives whole programs, which takes longest.
    is_story: bool,
}

/// A line of what cargo says while it builds; other lines have no executable.
#[derive(Deserialize)]
struct BuildMessage {
    manifest_path: Option<PathBuf>,
    target: Option<BuildTarget>,
    profile: Option<BuildProfile>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct BuildTarget {
    name: String,
    kind: Vec<String>,
}

#[derive(Deserialize)]
struct BuildProfile {
    test: bool,
}

/// Builds every test program and runs them all, also after one has failed, so that one run tells everything.
///
/// # Errors
/// That one cannot be built, or the names of those that failed.
pub fn run_all() -> Result<()> {
    let suites = build()?;
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let began = Instant::now();
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(suite) = suites.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(error) = suite.run() {
                        failed.lock().unwrap_or_else(PoisonError::into_inner).push(format!("{error:#}"));
                    }
                }
            });
        }
    });
    eprintln!("\n{} test programs took {:.0} s", suites.len(), began.elapsed().as_secs_f64());
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    ensure!(failed.is_empty(), "failed:\n  {}", failed.join("\n  "));
    Ok(())
}

/// The programs, those that take longest first.
fn build() -> Result<Vec<Suite>> {
    let mut command = cargo(&["test", "--no-run", "--message-format", "json-render-diagnostics"])?;
    let output = command.args(TARGETS).stderr(Stdio::inherit()).output().context("cargo test --no-run")?;
    ensure!(output.status.success(), "the tests cannot be built");
    let mut suites = Vec::new();
    for line in String::from_utf8(output.stdout)?.lines() {
        let message: BuildMessage = serde_json::from_str(line).with_context(|| line.to_owned())?;
        suites.extend(message.suite());
    }
    ensure!(!suites.is_empty(), "cargo names no test program");
    suites.sort_by(|one, other| (!one.is_story, &one.name).cmp(&(!other.is_story, &other.name)));
    Ok(suites)
}

impl BuildMessage {
    fn suite(self) -> Option<Suite> {
        let (target, folder) = (self.target?, self.manifest_path?.parent()?.to_owned());
        let is_test = self.profile.is_some_and(|profile| profile.test);
        let program = self.executable.filter(|_| is_test)?;
        let package = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let kind = target.kind.join("+");
        Some(Suite { name: format!("{package}: {kind} {}", target.name), program, is_story: kind == "test", folder })
    }
}

impl Suite {
    /// Runs it, and then tells all that it said in one piece.
    fn run(&self) -> Result<()> {
        let began = Instant::now();
        let output =
            Command::new(&self.program).current_dir(&self.folder).output().with_context(|| self.name.clone())?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "\n=== {} ({:.0} s)", self.name, began.elapsed().as_secs_f64())?;
        out.write_all(&output.stdout)?;
        out.write_all(&output.stderr)?;
        out.flush()?;
        drop(out);
        ensure!(output.status.success(), "{} ({})", self.name, output.status);
        Ok(())
    }
}
