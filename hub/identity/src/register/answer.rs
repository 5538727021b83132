//! How the register's answer is read.

use chrono::{DateTime, Days, TimeDelta, Utc};
use serde::Deserialize;
use vocabulary::civil::CivilDate;

use super::config::RegisterDays;

/// When it is asked again after it gave no answer, unless it said when.
const SOON: TimeDelta = TimeDelta::hours(1);

/// What the register says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RegisterVerdict {
    /// The person is a public employee.
    Yes,
    /// The person is none.
    No,
    /// It does not know yet, or cannot be asked now: nothing follows from this but that it is asked again.
    Later,
}

/// What the register said, with its dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegisterAnswer {
    /// What it said.
    pub verdict: RegisterVerdict,
    /// When it was asked, by the hub's clock.
    pub at: DateTime<Utc>,
    /// From then on it is asked again.
    pub ask_again_at: DateTime<Utc>,
}

/// An answer as it comes.
#[derive(Deserialize)]
struct WrittenAnswer {
    answer: WrittenVerdict,
    #[serde(default)]
    ask_again_on: Option<CivilDate>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenVerdict {
    Yes,
    No,
    Later,
}

/// What an answer says; `None`, where none came, and one that is not understood say "later".
pub fn read(body: Option<&[u8]>, now: DateTime<Utc>, days: RegisterDays) -> RegisterAnswer {
    let farthest = now + Days::new(days.0.into());
    let said = body.and_then(|body| serde_json::from_slice::<WrittenAnswer>(body).ok());
    let Some(WrittenAnswer { answer, ask_again_on }) = said else {
        return RegisterAnswer { verdict: RegisterVerdict::Later, at: now, ask_again_at: now + SOON };
    };
    let (verdict, unless_said) = match answer {
        WrittenVerdict::Yes => (RegisterVerdict::Yes, farthest),
        WrittenVerdict::No => (RegisterVerdict::No, farthest),
        WrittenVerdict::Later => (RegisterVerdict::Later, now + SOON),
    };
    let said = ask_again_on.and_then(|date| date.date().and_hms_opt(0, 0, 0)).map(|midnight| midnight.and_utc());
    // A day that has been, or is too far away, is no day to ask on.
    let ask_again_at = said.unwrap_or(unless_said).clamp(now + SOON, farthest.max(now + SOON));
    RegisterAnswer { verdict, at: now, ask_again_at }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_at(body: &str) -> (RegisterVerdict, String) {
        let now = "2026-11-24T08:00:00Z".parse().unwrap();
        let answer = read(Some(body.as_bytes()), now, RegisterDays(30));
        assert_eq!(answer.at, now);
        (answer.verdict, answer.ask_again_at.format("%m-%d %H").to_string())
    }

    #[test]
    fn pre_03_the_register_says_yes_no_or_later_with_a_day() {
        use RegisterVerdict::{Later, No, Yes};
        let plain = |answer: &str| read_at(&format!("{{\"answer\":\"{answer}\"}}"));
        assert_eq!(plain("yes"), (Yes, "12-24 08".to_owned()));
        assert_eq!(plain("no"), (No, "12-24 08".to_owned()));
        assert_eq!(plain("later"), (Later, "11-24 09".to_owned()));
        let on = |day: &str| read_at(&format!("{{\"answer\":\"later\",\"ask_again_on\":\"{day}\"}}"));
        assert_eq!(on("2026-12-01"), (Later, "12-01 00".to_owned()));
        assert_eq!(on("2026-01-01"), (Later, "11-24 09".to_owned()), "a day that has been");
        assert_eq!(on("2099-01-01"), (Later, "12-24 08".to_owned()), "a day that nobody lives to see");
    }

    #[test]
    fn pre_03_what_is_not_understood_is_no_verdict() {
        for body in [
            "",
            "yes",
            "{}",
            "{\"answer\":\"YES\"}",
            "{\"answer\":true}",
            "<html/>",
            "{\"answer\":\"yes\",\"ask_again_on\":\"soon\"}",
        ] {
            assert_eq!(read_at(body), (RegisterVerdict::Later, "11-24 09".to_owned()), "{body}");
        }
    }
}
