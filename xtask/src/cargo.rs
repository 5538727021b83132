//! Cargo, called so that the engine of the windows is built once: one profile, the whole workspace, one target folder.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result, ensure};

/// The root of the repository, in which this program was built.
pub fn root() -> Result<PathBuf> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().map(Path::to_owned).context("xtask lies in no repository")
}

/// Where cargo builds: what `CARGO_TARGET_DIR` says; else outside the clone in CI, so that the next run is short; else
/// `target/`.
pub fn target_folder() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("CARGO_TARGET_DIR") {
        return Ok(PathBuf::from(folder));
    }
    match (env::var_os("CI"), env::var_os("HOME")) {
        (Some(_), Some(home)) => Ok(Path::new(&home).join(".cache/seira/target")),
        _ => Ok(root()?.join("target")),
    }
}

/// A cargo command in the root of the repository.
pub fn cargo(arguments: &[&str]) -> Result<Command> {
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root()?).env("CARGO_TARGET_DIR", target_folder()?);
    Ok(command)
}

/// A program of the workspace, as cargo built it.
pub fn program(name: &str) -> Result<Command> {
    let mut command = Command::new(target_folder()?.join("debug").join(name));
    command.current_dir(root()?);
    Ok(command)
}

/// Says what runs, runs it, and fails if it fails.
pub fn run(command: &mut Command) -> Result<()> {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect();
    let line = words.join(" ");
    eprintln!("\n$ {line}");
    let began = Instant::now();
    let status = command.status().with_context(|| format!("cannot start: {line}"))?;
    ensure!(status.success(), "failed ({status}): {line}");
    eprintln!("  took {:.0} s", began.elapsed().as_secs_f64());
    Ok(())
}

/// Builds the programs of the workspace, and no tests: for whoever only wants to see them.
pub fn build_programs() -> Result<()> {
    if !target_folder()?.join("debug/kiosk").exists() {
        eprintln!("\nThe first build takes about twenty minutes on two cores; later ones take seconds.");
    }
    run(&mut cargo(&["build", "--workspace", "--bins", "--locked"])?)
}

/// The kiosk's window with a list of screens before it instead of a hub.
pub fn build_album() -> Result<()> {
    run(&mut cargo(&["build", "--package", "kiosk", "--example", "album", "--locked"])?)
}

/// The hub at full speed, for whoever measures it. Only its own rooms are compiled again, beside the others.
pub fn build_programs_to_measure() -> Result<()> {
    let mut build = cargo(&["build", "--workspace", "--bins", "--locked"])?;
    for room in rooms_of_hub()? {
        build.args(["--config", &format!("profile.dev.package.{room}.opt-level=3")]);
    }
    run(&mut build)
}

/// The crates of the hub, which are named as their folders are.
fn rooms_of_hub() -> Result<Vec<String>> {
    let mut rooms = vec!["hub".to_owned(), "body".to_owned()];
    for entry in std::fs::read_dir(root()?.join("hub"))? {
        let entry = entry?;
        if entry.path().join("Cargo.toml").is_file() {
            rooms.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    rooms.sort_unstable();
    Ok(rooms)
}

/// Builds every program, test and tool of the workspace.
pub fn build_everything() -> Result<()> {
    run(&mut cargo(&["build", "--workspace", "--all-targets", "--locked"])?)
}
