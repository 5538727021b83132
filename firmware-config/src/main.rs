//! Checks sites and profiles, renders what a site's machines need, and looks at the machine on which it runs.

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;
use std::{fs, io};

use anyhow::{Context as _, bail};
use clap::Parser as _;
use firmware_config::arguments::{ConfigArguments, ConfigTask, FindingLanguage};
use firmware_config::doctor::Machine;
use firmware_config::render::{MachineFile, render, units};
use firmware_config::site::Site;
use firmware_config::{ConfigFile, FileFault};

fn main() -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    match ConfigArguments::parse().task {
        ConfigTask::Check { file } => {
            let text = text_of(&file)?;
            if is_site(&text) {
                let site = site(&file, &text)?;
                let machines =
                    usize::from(site.hub.is_some()) + site.kiosks.len() + site.boards.len() + site.desks.len();
                writeln!(out, "{}: {machines} machine(s), nothing wrong", file.display())?;
            } else {
                ConfigFile::read(&text).or_else(|faults| told(&file, &faults))?;
                writeln!(out, "{}: nothing wrong", file.display())?;
            }
        }
        ConfigTask::Profiles => profiles(&mut out)?,
        ConfigTask::Render { file, folder } => {
            for machine in render(&site(&file, &text_of(&file)?)?) {
                let own = folder.join(&machine.id);
                write_all(&own.join("files"), &machine.files)?;
                write(&own.join("sheet.html"), &machine.sheet)?;
                writeln!(out, "{}: {} file(s) and a sheet", own.display(), machine.files.len())?;
            }
        }
        ConfigTask::Units { folder } => write_all(&folder, &units::packaged())?,
        ConfigTask::Doctor { language, root } => return doctor(&mut out, language, &root),
    }
    Ok(ExitCode::SUCCESS)
}

fn text_of(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

/// A profile's file has no table of these names.
fn is_site(text: &str) -> bool {
    let of_site = ["[site]", "[hub]", "[[kiosk]]", "[[board]]", "[[desk]]"];
    text.lines().any(|line| of_site.contains(&line.trim()))
}

fn site(path: &Path, text: &str) -> anyhow::Result<Site> {
    Site::read(text).or_else(|faults| told(path, &faults))
}

fn told<T>(path: &Path, faults: &[FileFault]) -> anyhow::Result<T> {
    let said: Vec<String> =
        faults.iter().map(|FileFault { line, says }| format!("{}:{line}: {says}", path.display())).collect();
    bail!("{}", said.join("\n"))
}

fn write_all(root: &Path, files: &[MachineFile]) -> anyhow::Result<()> {
    files.iter().try_for_each(|file| write(&root.join(file.path.trim_start_matches('/')), &file.text))
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::create_dir_all(path.parent().unwrap_or(path)).with_context(|| path.display().to_string())?;
    fs::write(path, text).with_context(|| path.display().to_string())
}

fn doctor(out: &mut impl io::Write, language: FindingLanguage, root: &Path) -> anyhow::Result<ExitCode> {
    let words = language.of_sheets();
    let found = Machine::at(root).look(words);
    let checks = ("checks", found.checks.to_string());
    if found.all.is_empty() {
        writeln!(out, "{}", words.say_with("doctor-well", &[checks]))?;
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "{}", words.say_with("doctor-found", &[("count", found.all.len().to_string()), checks]))?;
    for finding in &found.all {
        writeln!(out, "\n- {}", finding.says)?;
        if let Some(command) = &finding.command {
            writeln!(out, "  {}", words.say_with("doctor-mend", &[("command", command.clone())]))?;
        }
    }
    Ok(ExitCode::FAILURE)
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
