//! `hub support-bundle`: what somebody needs who helps from afar, and nothing of a person and no secret.
//!
//! Of the configuration every text is left out that is not known to be harmless, so that a key of tomorrow is not told by
//! mistake. The log holds ids alone.

use std::{
    ffi::OsStr,
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, ensure};
use chrono::{DateTime, Utc};
use toml::{Table, Value};

use crate::{backups::Staging, config::HubConfig, progress::Progress};

/// Keys of the configuration whose texts say nothing of a person and let nobody in.
const HARMLESS: [&str; 8] =
    ["listen", "method", "word", "format", "security", "plain_http_within_house", "kind", "provider"];
/// So many lines of the log are taken along.
const LOG_LINES: &str = "5000";
/// The unit whose log it is.
const UNIT: &str = "seira-hub.service";

/// Writes the bundle (a tar archive, gzip).
///
/// # Errors
/// It cannot be written.
pub fn write(config: &HubConfig, config_file: &Path, to: &Path, now: DateTime<Utc>) -> anyhow::Result<()> {
    ensure!(!to.exists(), "{} is there already: name another file", to.display());
    let folder = config.folder();
    let staging = Staging::at(folder.join(".support"))?;
    let put = |name: &str, text: &str| fs::write(staging.path.join(name), text).with_context(|| name.to_owned());
    put("about.txt", &about(config, now))?;
    put("hub.toml", &without_texts(&fs::read_to_string(config_file)?)?)?;
    put("log.txt", &log())?;
    put("journals.txt", &journals(config))?;
    let packed = Command::new("tar")
        .args(["--create", "--gzip", "--owner=0", "--group=0", "--file"])
        .arg(to)
        .arg("--directory")
        .arg(&staging.path)
        .arg(".")
        .status()
        .context("the program tar does not start")?;
    ensure!(packed.success(), "cannot write {}", to.display());
    Ok(())
}

fn about(config: &HubConfig, now: DateTime<Utc>) -> String {
    let mut text = format!("seira-hub {}\nmade {now}\n", env!("CARGO_PKG_VERSION"));
    let line = |file: &str| fs::read_to_string(file).unwrap_or_default();
    let system = line("/etc/os-release");
    let name = system.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).unwrap_or("unknown");
    let _ = writeln!(text, "system {name}\nkernel {}", line("/proc/sys/kernel/osrelease").trim());
    let _ = writeln!(text, "load {}uptime {}", line("/proc/loadavg"), line("/proc/uptime").trim());
    for what in ["MemTotal", "MemAvailable"] {
        let memory = line("/proc/meminfo");
        text.extend(memory.lines().find(|line| line.starts_with(what)).map(|line| format!("{line}\n")));
    }
    let size = |path: &Path| fs::metadata(path).map_or(0, |metadata| metadata.len());
    let _ = writeln!(text, "database {} bytes, offices {}", size(&config.database), config.offices.len());
    let folder = config.folder();
    if let Ok(room) = rustix::fs::statvfs(folder) {
        let free = room.f_bavail.saturating_mul(room.f_frsize);
        let all = room.f_blocks.saturating_mul(room.f_frsize);
        let _ = writeln!(text, "disk {free} bytes free of {all}");
    }
    text
}

/// The configuration with its keys, numbers and switches, and without texts.
fn without_texts(text: &str) -> anyhow::Result<String> {
    let mut table: Table = toml::from_str(text)?;
    table.iter_mut().for_each(|(key, value)| hide(key, value));
    Ok(toml::to_string(&table)?)
}

fn hide(key: &str, value: &mut Value) {
    match value {
        Value::String(text) if !HARMLESS.contains(&key) => {
            *text = format!("left out, {} letters", text.chars().count());
        }
        Value::Array(all) => all.iter_mut().for_each(|one| hide(key, one)),
        Value::Table(table) => table.iter_mut().for_each(|(key, value)| hide(key, value)),
        Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {}
    }
}

/// The log as the system keeps it, where it keeps one.
fn log() -> String {
    let output = Command::new("journalctl")
        .args([OsStr::new("--unit"), OsStr::new(UNIT), OsStr::new("--lines"), OsStr::new(LOG_LINES)])
        .args(["--no-pager", "--no-hostname", "--output=short-iso"])
        .stderr(Stdio::null())
        .output();
    match output {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).into_owned(),
        Ok(_) | Err(_) => "this machine keeps no log of the hub that can be read here\n".to_owned(),
    }
}

/// What the journals hold, and whether they are sound.
fn journals(config: &HubConfig) -> String {
    let mut progress = Progress::of("reading every journal");
    match writer::verify_telling(&config.database, &mut |done, all| progress.at(done, all)) {
        Ok(found) => format!("sound: {} office(s), {} events, {} mails\n", found.offices, found.events, found.mails),
        Err(error) => format!("not sound: {error:#}\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_08_texts_of_the_configuration_are_left_out_unless_they_are_harmless() {
        let text = "listen = \"0.0.0.0:443\"\nalerts_to = [\"anna@example.gr\"]\n[sms]\nmethod = \"form\"\npassword_file = \"secret\"\n\
                    fields = { key = \"hidden\" }\nper_mobile_and_day = 8\n[[openid]]\nclient_secret = \"s3cret\"\n";
        let told = without_texts(text).unwrap();
        for secret in ["anna", "secret\"", "hidden", "s3cret"] {
            assert!(!told.contains(secret), "{secret} in {told}");
        }
        for harmless in ["0.0.0.0:443", "form", "per_mobile_and_day = 8", "client_secret = \"left out, 6 letters\""] {
            assert!(told.contains(harmless), "{harmless} not in {told}");
        }
    }
}
