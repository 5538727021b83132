//! A change of hours or closures as it is kept for people to look at, with who and when (FLD-15).

use office::{Closure, HoursChange};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::HoursEdit;

/// A change of hours or closures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CalendarEdit {
    /// Something was closed.
    Closed(Closure),
    /// A closure was taken back.
    Opened(Closure),
    /// Other hours hold.
    Changed(HoursChange),
    /// Other hours were taken back.
    Undone(HoursChange),
}

impl CalendarEdit {
    /// The row that is kept of it.
    pub(crate) fn row(&self, account: u32) -> HoursEdit {
        let (what, body) = match self {
            Self::Closed(closure) => ("closed", serde_json::to_string(closure)),
            Self::Opened(closure) => ("opened", serde_json::to_string(closure)),
            Self::Changed(change) => ("hours", serde_json::to_string(change)),
            Self::Undone(change) => ("hours-undone", serde_json::to_string(change)),
        };
        HoursEdit { account, what: what.to_owned(), body: body.unwrap_or_default() }
    }

    /// Out of the row that is kept of it; none where it cannot be read any more.
    pub fn of(row: &HoursEdit) -> Option<Self> {
        match row.what.as_str() {
            "closed" => serde_json::from_str(&row.body).ok().map(Self::Closed),
            "opened" => serde_json::from_str(&row.body).ok().map(Self::Opened),
            "hours" => serde_json::from_str(&row.body).ok().map(Self::Changed),
            "hours-undone" => serde_json::from_str(&row.body).ok().map(Self::Undone),
            _ => None,
        }
    }
}

/// What a link or a form calls a closure or a change of hours: a page may be old, so each is named by what it is.
pub fn calendar_name(one: &impl Serialize) -> String {
    let digest = Sha256::digest(serde_json::to_string(one).unwrap_or_default());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use office::Words;

    use super::*;

    #[test]
    fn fld_15_a_change_is_read_as_it_was_kept() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let (from, to) = (day.and_hms_opt(8, 0, 0).unwrap(), day.and_hms_opt(12, 0, 0).unwrap());
        let closure = Closure { from, to, desk: None, because: Words::new("Λόγος", "Reason"), by_staff: true };
        let because = Words::new("", "");
        let change = HoursChange { first: day, last: None, desk: None, spans: Vec::new(), because };
        for edit in [
            CalendarEdit::Closed(closure.clone()),
            CalendarEdit::Opened(closure),
            CalendarEdit::Changed(change.clone()),
            CalendarEdit::Undone(change),
        ] {
            assert_eq!(CalendarEdit::of(&edit.row(1)), Some(edit));
        }
        assert_eq!(CalendarEdit::of(&HoursEdit { account: 1, what: "x".into(), body: "{}".into() }), None);
    }
}
