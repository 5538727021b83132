//! Who is at which desk when: the roster, less what the day, closures and clerks' own hours take.

use super::{
    exception::{Exception, closure_span},
    hours::{PostedClerk, rostered, weekly_spans},
    local::{LocalDay, Span, both, subtract},
};
use crate::{DeskId, OfficeConfig};

/// The rostered stretches of a desk on a day, within its clerk's hours (TRN-14), less what the day and closures take.
pub(crate) fn shift_spans(
    config: &OfficeConfig,
    day: &LocalDay,
    exception: &Exception,
    desk: DeskId,
) -> Vec<(Span, PostedClerk)> {
    let mut stretches = Vec::new();
    for (span, who) in rostered(config, day, desk) {
        let clerk = who.clerk.and_then(|clerk| config.clerks.get(&clerk)).filter(|clerk| !clerk.hours.is_empty());
        let mut spans = clerk.map_or_else(|| vec![span], |clerk| both(&[span], &weekly_spans(day, &clerk.hours)));
        exception.apply(&mut spans, true);
        for closure in config.calendar.closures.iter().filter(|closure| closure.desk == Some(desk)) {
            if closure.from.date() <= day.date && day.date <= closure.to.date() {
                subtract(&mut spans, closure_span(config, closure));
            }
        }
        stretches.extend(spans.into_iter().map(|span| (span, who)));
    }
    stretches
}
