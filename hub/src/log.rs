//! `[log]`: how the log is written. A line is one event, for people or as JSON for a journal that is searched by fields.

use std::path::Path;

use serde::Deserialize;
use tracing_subscriber::EnvFilter;

/// How the log is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LogConfig {
    /// For people, or for programs.
    pub format: LogFormat,
}

/// For people, or for programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LogFormat {
    /// Lines that people read.
    #[default]
    Text,
    /// One JSON object a line; what is of the audit has a stable `event`.
    Json,
}

/// Begins to log, before anything else is done; a configuration that is wrong is told of when it is read whole.
pub fn begin(config: Option<&Path>) {
    let format = config.and_then(wished).unwrap_or_default();
    let log = tracing_subscriber::fmt().with_env_filter(filter()).with_writer(std::io::stderr).with_ansi(false);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(false).with_span_list(false).init(),
    }
}

fn wished(config: &Path) -> Option<LogFormat> {
    #[derive(Deserialize)]
    struct LogSection {
        log: Option<LogConfig>,
    }
    let section: LogSection = toml::from_str(&std::fs::read_to_string(config).ok()?).ok()?;
    section.log.map(|log| log.format)
}

/// What is logged: as wished, save that the library that asks a gateway for SMS writes addresses with numbers and texts in
/// them, and is never heard below a warning.
fn filter() -> EnvFilter {
    let wished = EnvFilter::try_from_default_env().unwrap_or_else(|_| "info".into());
    ["ureq=warn", "ureq_proto=warn"]
        .iter()
        .filter_map(|quiet| quiet.parse().ok())
        .fold(wished, EnvFilter::add_directive)
}
