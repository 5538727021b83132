//! Checks profile and machine files, lists the profiles that come along, and renders a machine's files.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};
use firmware_config::{ConfigFile, FileFault, render::render};

/// What the machines of an office need, checked and rendered.
#[derive(Parser)]
#[command(version)]
struct ConfigArguments {
    #[command(subcommand)]
    task: ConfigTask,
}

#[derive(Subcommand)]
enum ConfigTask {
    /// Reads a profile or machine file and says what is wrong with it.
    Check {
        /// The file of a profile or of a machine.
        file: PathBuf,
    },
    /// Lists the profiles that come with the program.
    Profiles,
    /// Writes the udev rules and the service unit of a machine.
    Render {
        /// The machine's file.
        file: PathBuf,
        /// The folder that stands for "/"; without it the files are shown.
        #[arg(long)]
        into: Option<PathBuf>,
    },
}

fn main() -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    match ConfigArguments::parse().task {
        ConfigTask::Check { file } => {
            read(&file)?;
            writeln!(out, "{}: all is well", file.display())?;
        }
        ConfigTask::Profiles => profiles(&mut out)?,
        ConfigTask::Render { file, into } => {
            let machine =
                read(&file)?.machine.context("the file has no [machine] table, so there is nothing to render")?;
            for rendered in render(&machine) {
                match &into {
                    None => writeln!(out, "# {}\n{}", rendered.path, rendered.text)?,
                    Some(root) => {
                        let path = root.join(rendered.path.trim_start_matches('/'));
                        fs::create_dir_all(path.parent().unwrap_or(root))?;
                        fs::write(&path, rendered.text).with_context(|| path.display().to_string())?;
                        writeln!(out, "{}", path.display())?;
                    }
                }
            }
        }
    }
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<ConfigFile> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    ConfigFile::read(&text).or_else(|faults: Vec<FileFault>| {
        let said: Vec<String> = faults.iter().map(|fault| format!("{}: {fault}", path.display())).collect();
        bail!("{}", said.join("\n"))
    })
}

fn profiles(out: &mut impl io::Write) -> io::Result<()> {
    for printer in firmware_config::printers() {
        let pages: Vec<String> = printer.code_pages.iter().map(|slot| format!("{:?}={}", slot.name, slot.n)).collect();
        let pages = if pages.is_empty() { "every line drawn".to_owned() } else { pages.join(" ") };
        writeln!(
            out,
            "printer  {:24} {} {}: {} dots, {pages}",
            printer.id, printer.vendor, printer.model, printer.width_dots
        )?;
    }
    for scanner in firmware_config::scanners() {
        writeln!(out, "scanner  {:24} {} {}", scanner.id, scanner.vendor, scanner.model)?;
    }
    for screen in firmware_config::screens() {
        writeln!(
            out,
            "screen   {:24} {} x {}, {} inches",
            screen.id, screen.width, screen.height, screen.panel_inches
        )?;
    }
    Ok(())
}
