//! Where a booking stands, as lists show it: a word, a mark and a look of its own, so that nobody has to tell colours apart.

use askama::Template;
use office::{Booking, BookingLife, Visit, VisitState};

/// How a booking's standing looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StandingLook {
    /// Its person is awaited.
    Expected,
    /// The person is here.
    Here,
    /// The person was served.
    Served,
    /// Given up, or void.
    Cancelled,
    /// The person did not come, or was not served.
    Missed,
    /// The time is kept while somebody decides.
    Kept,
}

impl StandingLook {
    /// How a booking looks, with its visit, if there is one.
    pub const fn of(booking: &Booking, visit: Option<&Visit>) -> Self {
        match &booking.life {
            BookingLife::Confirmed { .. } => Self::Expected,
            BookingLife::Arrived { .. } | BookingLife::Fixed { .. } => match visit {
                Some(visit) => Self::of_visit(&visit.state),
                None => Self::Here,
            },
            BookingLife::Cancelled { .. } | BookingLife::Void { .. } => Self::Cancelled,
            BookingLife::Missed { .. } | BookingLife::Expired { .. } => Self::Missed,
            BookingLife::Held { .. } => Self::Kept,
        }
    }

    const fn of_visit(state: &VisitState) -> Self {
        match state {
            VisitState::Waiting { .. }
            | VisitState::Called { .. }
            | VisitState::Serving { .. }
            | VisitState::Parked { .. }
            | VisitState::Interrupted { .. } => Self::Here,
            VisitState::Finished { .. } => Self::Served,
            VisitState::NoShow { .. } | VisitState::Left { .. } | VisitState::Unserved { .. } => Self::Missed,
        }
    }

    /// The class of its tag.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Expected => "tag-expected",
            Self::Here => "tag-here",
            Self::Served => "tag-served",
            Self::Cancelled => "tag-cancelled",
            Self::Missed => "tag-missed",
            Self::Kept => "tag-kept",
        }
    }

    /// The class of its row: what nobody waits for any more stands back.
    pub const fn row_class(self) -> &'static str {
        match self {
            Self::Expected | Self::Here | Self::Kept => "is-open",
            Self::Served => "is-done",
            Self::Cancelled | Self::Missed => "is-off",
        }
    }

    /// Its mark, as the path of a drawing of 16 by 16.
    pub const fn mark(self) -> &'static str {
        match self {
            // A ring, the same filled (by its class), a tick, a cross, a bar, a clock.
            Self::Expected => "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12z",
            Self::Here => "M8 3a5 5 0 1 0 0 10a5 5 0 1 0 0-10z",
            Self::Served => "M2.5 8.5l4 4l7-9",
            Self::Cancelled => "M3 3l10 10M13 3L3 13",
            Self::Missed => "M2 8h12",
            Self::Kept => "M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12zM8 4.5v4l2.5 1.5",
        }
    }
}

/// Where a booking stands, to be put into a page.
#[derive(Debug, Clone, Template)]
#[template(path = "parts/standing.html")]
pub struct StandingTag {
    /// The word.
    pub said: String,
    /// The mark and the look.
    pub look: StandingLook,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn fld_30_each_standing_has_a_mark_and_a_look_of_its_own() {
        use StandingLook::{Cancelled, Expected, Here, Kept, Missed, Served};
        let all = [Expected, Here, Served, Cancelled, Missed, Kept];
        assert_eq!(all.map(StandingLook::mark).into_iter().collect::<BTreeSet<_>>().len(), all.len());
        let styles = include_str!("../../pages/assets/own/seira.css");
        for look in all {
            assert!(styles.contains(&format!(".{} {{", look.class())), "{look:?} has no look");
        }
        let tag = StandingTag { said: "<b>".into(), look: Served }.render().unwrap();
        assert!(tag.contains("tag-served") && tag.contains("aria-hidden") && !tag.contains("<b>"), "{tag}");
    }
}
