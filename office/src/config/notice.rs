//! What an office says to those in its hall, for as long as it is true.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::Words;

/// A sentence for boards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HallNotice {
    /// The sentence, in Greek and English.
    pub text: Words,
    /// From this local time on; none where it holds already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDateTime>,
    /// Until this local time; none where nobody has said until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDateTime>,
}

impl HallNotice {
    /// Whether it holds at a local time; its end is no part of it.
    #[must_use]
    pub fn holds(&self, local: NaiveDateTime) -> bool {
        self.from.is_none_or(|from| from <= local) && self.until.is_none_or(|until| local < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_holds_from_its_beginning_until_before_its_end() {
        let at = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        let text = Words::new("Την Παρασκευή κλείνουμε στις 12:00.", "On Friday we close at 12:00.");
        let always = HallNotice { text, from: None, until: None };
        let check = |from: Option<&str>, until: Option<&str>, time: &str, expect: bool| {
            let notice = HallNotice { from: from.map(at), until: until.map(at), ..always.clone() };
            assert_eq!(notice.holds(at(time)), expect, "{notice:?} at {time}");
        };
        let (monday, friday) = (Some("2026-11-23 08:00"), Some("2026-11-27 12:00"));
        check(None, None, "2026-11-24 10:00", true);
        check(monday, friday, "2026-11-23 07:59", false);
        check(monday, friday, "2026-11-23 08:00", true);
        check(monday, friday, "2026-11-27 11:59", true);
        check(monday, friday, "2026-11-27 12:00", false);
        check(None, friday, "2026-11-20 10:00", true);
        check(monday, None, "2027-11-20 10:00", true);
    }
}
