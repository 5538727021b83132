//! `[log]`: how the log is written. A line is one event, for people or as JSON for a journal that is searched by fields.
//! Whoever can bring a warning about can do so a thousand times a second, so that each place warns so often a minute at most.

use std::{
    collections::HashMap,
    path::Path,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use serde::Deserialize;
use tracing::{Level, callsite::Identifier};
use tracing_subscriber::{
    EnvFilter, Layer as _,
    filter::{FilterExt as _, dynamic_filter_fn},
    fmt,
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

/// A place of the program warns so often within [`WINDOW`]; what it would say after that is what it has said already.
const WARNINGS_MAX: u32 = 60;
const WINDOW: Duration = Duration::from_secs(60);

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
    let warned = WarningPlaces::default();
    let bounded = dynamic_filter_fn(move |about, _| {
        *about.level() > Level::WARN || warned.may_warn(about.callsite(), Instant::now())
    });
    let log = fmt::layer().with_writer(std::io::stderr).with_ansi(false);
    let log = match format {
        LogFormat::Text => log.boxed(),
        LogFormat::Json => log.json().flatten_event(true).with_current_span(false).with_span_list(false).boxed(),
    };
    tracing_subscriber::registry().with(log.with_filter(filter().and(bounded))).init();
}

/// Which places of the program have warned within the last minute, and how often. There are as many as the program has.
#[derive(Debug, Default)]
struct WarningPlaces(Mutex<HashMap<Identifier, (Instant, u32)>>);

impl WarningPlaces {
    fn may_warn(&self, place: Identifier, now: Instant) -> bool {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, warned) = places.entry(place).or_insert((now, 0));
        if now.saturating_duration_since(*since) >= WINDOW {
            (*since, *warned) = (now, 0);
        }
        *warned = warned.saturating_add(1);
        *warned <= WARNINGS_MAX
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

#[cfg(test)]
mod tests {
    use tracing::Callsite as _;

    use super::*;

    #[test]
    fn prom_10_a_place_that_warns_without_end_fills_no_disk() {
        let (places, began) = (WarningPlaces::default(), Instant::now());
        let own = || {
            tracing::callsite!(name: "own", kind: tracing::metadata::Kind::EVENT, fields: message).metadata().callsite()
        };
        let other = tracing::callsite!(name: "other", kind: tracing::metadata::Kind::EVENT, fields: message)
            .metadata()
            .callsite();
        let heard = |at| (0..1_000).filter(|_| places.may_warn(own(), at)).count();
        assert_eq!(heard(began), 60);
        assert!(places.may_warn(other, began), "another place is heard");
        assert_eq!(heard(began + Duration::from_secs(59)), 0);
        assert_eq!(heard(began + Duration::from_secs(60)), 60, "and this one again after a minute");
    }
}
