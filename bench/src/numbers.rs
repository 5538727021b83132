//! Medians, spreads and percentiles of a handful of measurements, and the table of them.

use std::{collections::BTreeMap, fmt::Write as _};

/// The value below which this share of the values lies; sorts them. `NaN` for none.
pub fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let last = values.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a small index"
    )]
    let at = (last as f64 * share).round() as usize;
    values.get(at).copied().unwrap_or(f64::NAN)
}

/// One line of the table.
struct FigureLine {
    value: f64,
    note: String,
}

/// What was measured, by name.
#[derive(Default)]
pub struct Table {
    lines: Vec<(&'static str, FigureLine)>,
}

impl Table {
    /// Writes a number down, with a word on how it was had.
    pub fn note(&mut self, name: &'static str, value: f64, note: impl Into<String>) {
        self.lines.push((name, FigureLine { value, note: note.into() }));
    }

    /// Adds a word to the newest line.
    pub fn add_to_note(&mut self, word: &str) {
        if let Some((_, line)) = self.lines.last_mut() {
            line.note.push_str(word);
        }
    }

    /// Says why a number could not be had: being broken is no failure of a measurement, but it is not hidden either.
    pub fn miss(&mut self, name: &'static str, why: &anyhow::Error) {
        let why = format!("not measured: {why:#}").replace(['\n', '|'], " ");
        self.lines.push((name, FigureLine { value: f64::NAN, note: why.chars().take(WHY_CHARACTERS_MAX).collect() }));
    }

    /// Writes down the median of repeated measurements, and their spread.
    pub fn note_median(&mut self, name: &'static str, mut values: Vec<f64>) -> f64 {
        let median = percentile(&mut values, 0.5);
        let (least, most) = (percentile(&mut values, 0.0), percentile(&mut values, 1.0));
        self.note(name, median, format!("median of {}, {} to {}", values.len(), shown(least), shown(most)));
        median
    }

    /// The table for a person, as Markdown.
    pub fn text(&self) -> String {
        let mut text = String::from("| metric | target | measured | how |\n| --- | ---: | ---: | --- |\n");
        for (name, line) in &self.lines {
            let target = TARGETS.iter().find(|(known, _)| known == name).map_or("", |(_, target)| target);
            let _ = writeln!(text, "| `{name}` | {target} | {} | {} |", shown(line.value), line.note);
        }
        text
    }

    /// The numbers for a program.
    pub fn json(&self) -> serde_json::Value {
        let known = self.lines.iter().filter(|(name, line)| NAMES.contains(name) && line.value.is_finite());
        let numbers: BTreeMap<_, _> = known.map(|(name, line)| (*name, line.value)).collect();
        serde_json::json!(numbers)
    }
}

/// Of a reason, so much is shown.
const WHY_CHARACTERS_MAX: usize = 200;

/// What a program is told. Other lines are for people.
const NAMES: [&str; 26] = [
    "checkins_per_s",
    "empty_post_per_s",
    "sqlite_group_commit_rows_per_s",
    "call_to_feed_ms_p50",
    "call_to_feed_ms_p99",
    "page_p99_beside_attackers_ratio",
    "slots_90d_ms",
    "next_us_p99",
    "command_us_p99",
    "start_1m_events_s",
    "fsync_ms_p50",
    "hub_rss_mb",
    "display_frame_ms",
    "display_idle_cpu_pct",
    "kiosk_scan_to_bytes_ms",
    "kiosk_scan_to_printed_ms",
    "kiosk_offline_checkin_ms",
    "kiosk_idle_cpu_pct",
    "kiosk_rss_mb",
    "kiosk_start_s",
    "slot_reads_per_s",
    "slot_read_ms_p99",
    "booking_attempts_per_s",
    "bookings_made",
    "bookings_double",
    "figures_year_ms",
];

/// What is to be reached.
const TARGETS: &[(&str, &str)] = &[
    ("checkins_per_s", "≥ 25,000"),
    ("call_to_feed_ms_p50", "≤ 2"),
    ("call_to_feed_ms_p99", "≤ 10"),
    ("page_p99_beside_attackers_ratio", "≤ 2"),
    ("slots_90d_ms", "≤ 1"),
    ("next_us_p99", "≤ 200"),
    ("command_us_p99", "≤ 20"),
    ("start_1m_events_s", "≤ 1"),
    ("hub_rss_mb", "≤ 40"),
    ("display_frame_ms", "≤ 33"),
    ("display_idle_cpu_pct", "≤ 1"),
    ("kiosk_scan_to_bytes_ms", "≤ 150"),
    ("kiosk_scan_to_printed_ms", "≤ 3,000"),
    ("kiosk_idle_cpu_pct", "≤ 0.5"),
    ("checkins_to_empty_post", "≥ 0.35"),
    ("slot_reads_per_s", "≥ 1,000"),
    ("booking_attempts_per_s", "≥ 100"),
    ("bookings_made", "20"),
    ("bookings_double", "0"),
    ("figures_year_ms", "≤ 200"),
];

fn shown(value: f64) -> String {
    match value.abs() {
        unknown if unknown.is_nan() => "–".to_owned(),
        whole if whole.fract() == 0.0 => format!("{value:.0}"),
        large if large >= 100.0 => format!("{value:.0}"),
        middle if middle >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.3}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_values() {
        let mut values = vec![3.0, 1.0, 2.0, 5.0, 4.0];
        assert!((percentile(&mut values, 0.5) - 3.0).abs() < 1e-9);
        assert!((percentile(&mut values, 0.99) - 5.0).abs() < 1e-9);
        assert!(percentile(&mut [], 0.5).is_nan());
    }
}
