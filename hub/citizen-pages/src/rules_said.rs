//! From when on which rule of an office holds, as it is published (TRN-12): nobody learns of it only when it meets them.

use chrono::{DateTime, Utc};
use office::{OfficeConfig, Rule, calendar};
use text::{Dates, Voice};

/// The rules that are tolerated at first, in the order in which a visit meets them.
const RULES: [(Rule, &str); 5] = [
    (Rule::Void, "rule-void"),
    (Rule::Late, "rule-late"),
    (Rule::NoShow, "rule-no-show"),
    (Rule::Documents, "rule-documents"),
    (Rule::WalkIn, "rule-walk-in"),
];

/// A rule, and from when on it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleLine {
    /// What the office asks, in the reader's language.
    pub rule: String,
    /// From when on.
    pub holds: String,
}

/// Every rule of an office, with its date.
pub fn rules_said(config: &OfficeConfig, now: DateTime<Utc>, voice: Voice) -> Vec<RuleLine> {
    let (rules, today) = (&config.rules, calendar::local_date(config.zone, now));
    let dates = Dates { voice, zone: config.zone, now };
    let line = |(rule, id): (Rule, &str)| {
        let from = rules.phases.iter().find(|phase| phase.rule == rule).map(|phase| phase.strict_from);
        let holds = match from {
            Some(from) if from <= today => voice.text("rule-since", "date", &dates.the_date_and_year(from)),
            Some(from) => voice.text("rule-from", "date", &dates.the_date_and_year(from)),
            None => voice.say("rule-tolerant"),
        };
        RuleLine { rule: voice.with(id, "n", rules.grace_minutes), holds }
    };
    RULES.into_iter().map(line).collect()
}
