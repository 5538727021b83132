//! The register of citizens' records: what somebody owes the body, and which of their matters are pending there. What it
//! answers is looked at as a whole: one wrong line, and nothing of it is shown.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use identity::UnreadCause;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use vocabulary::{
    civil::{CivilDate, CivilInstant},
    is_unseen,
};

use crate::door::{AuditWords, OutsideDoor, OutsideFault};

/// So many lines of one kind are shown, at most: nobody has more, and a page has an end.
const LINES_MAX: usize = 200;
/// So long is a text, at most.
const TEXT_CHARACTERS_MAX: usize = 200;
/// Nobody owes more: a hundred million.
const CENTS_MAX: u64 = 10_000_000_000;
/// Two houses' clocks may differ so much.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(15);

/// Whose records are asked for.
#[derive(Clone)]
pub struct RecordsQuestion {
    /// The number of this look, which stands in both houses' books.
    pub transaction: Uuid,
    /// Who looks: their account, by its number.
    pub end_user: String,
    /// Their certified tax number.
    pub tax_number: String,
}

impl std::fmt::Debug for RecordsQuestion {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RecordsQuestion({})", self.transaction)
    }
}

/// The question as it is sent.
#[derive(Serialize)]
struct RecordsQuestionForm<'a> {
    audit: AuditWords<'a>,
    tax_number: &'a str,
}

/// What the register knows of one person. It is shown, and kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct CitizenRecords {
    /// The moment of which the register speaks.
    pub as_of: DateTime<Utc>,
    /// What they owe.
    pub debts: Vec<OpenDebt>,
    /// Matters of theirs on which the register still works.
    pub pending: Vec<PendingMatter>,
}

impl std::fmt::Debug for CitizenRecords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CitizenRecords(…)")
    }
}

/// Something that is owed.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenDebt {
    /// For what, in the register's words.
    pub about: String,
    /// How much, in cents.
    pub cents: u64,
    /// By when it is to be paid, if that is fixed.
    pub due: Option<NaiveDate>,
    /// By which number the register knows it, if by one.
    pub reference: Option<String>,
}

/// Something of theirs on which the register still works.
#[derive(Clone, PartialEq, Eq)]
pub struct PendingMatter {
    /// What it is, in the register's words.
    pub about: String,
    /// Where it stands, in its words too.
    pub stands: String,
    /// The day from which it has been so.
    pub since: NaiveDate,
    /// By which number the register knows it, if by one.
    pub reference: Option<String>,
}

/// An answer as it comes.
#[derive(Deserialize)]
struct WrittenRecords {
    transaction: Uuid,
    as_of: CivilInstant,
    debts: Vec<WrittenDebt>,
    pending: Vec<WrittenMatter>,
}

#[derive(Deserialize)]
struct WrittenDebt {
    about: String,
    amount_cents: u64,
    #[serde(default)]
    due: Option<CivilDate>,
    #[serde(default)]
    reference: Option<String>,
}

#[derive(Deserialize)]
struct WrittenMatter {
    about: String,
    stands: String,
    since: CivilDate,
    #[serde(default)]
    reference: Option<String>,
}

/// The register, as the hub speaks to it.
#[derive(Debug, Clone)]
pub struct RecordsRegister(pub(crate) OutsideDoor);

impl RecordsRegister {
    /// What it knows of a person.
    ///
    /// # Errors
    /// [`OutsideFault`]: it is away, says no, or its answer is none that it may give.
    pub async fn records(
        &self,
        question: &RecordsQuestion,
        now: DateTime<Utc>,
    ) -> Result<CitizenRecords, OutsideFault> {
        let audit = self.0.audit(question.transaction, &question.end_user);
        let written = RecordsQuestionForm { audit, tax_number: &question.tax_number };
        let answer: WrittenRecords = self.0.ask(question.transaction, &written).await?;
        read(answer, question.transaction, now).ok_or(OutsideFault::Unreadable(UnreadCause::Value))
    }
}

/// What an answer says; nothing, where any of it is not what it should be.
fn read(answer: WrittenRecords, transaction: Uuid, now: DateTime<Utc>) -> Option<CitizenRecords> {
    let WrittenRecords { transaction: of, as_of, debts, pending } = answer;
    let as_of = as_of.utc();
    let is_whole =
        of == transaction && as_of <= now + CLOCKS_DIFFER && debts.len() <= LINES_MAX && pending.len() <= LINES_MAX;
    if !is_whole {
        return None;
    }
    let debt = |one: WrittenDebt| {
        Some(OpenDebt {
            about: text(&one.about)?,
            cents: Some(one.amount_cents).filter(|cents| (1..=CENTS_MAX).contains(cents))?,
            due: one.due.map(CivilDate::date),
            reference: reference(one.reference)?,
        })
    };
    let matter = |one: WrittenMatter| {
        Some(PendingMatter {
            about: text(&one.about)?,
            stands: text(&one.stands)?,
            since: one.since.date(),
            reference: reference(one.reference)?,
        })
    };
    Some(CitizenRecords {
        as_of,
        debts: debts.into_iter().map(debt).collect::<Option<_>>()?,
        pending: pending.into_iter().map(matter).collect::<Option<_>>()?,
    })
}

/// A text on one line, in which nothing is unseen.
fn text(said: &str) -> Option<String> {
    let said = said.trim();
    let is_line = !said.is_empty()
        && said.chars().count() <= TEXT_CHARACTERS_MAX
        && !said.chars().any(|letter| letter.is_control() || is_unseen(letter));
    is_line.then(|| said.to_owned())
}

/// A number, if one is said; nothing at all where what is said is none.
fn reference(said: Option<String>) -> Option<Option<String>> {
    match said {
        None => Some(None),
        Some(said) => text(&said).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const TRANSACTION: Uuid = Uuid::from_u128(7);

    fn answer() -> Value {
        json!({
            "transaction": TRANSACTION,
            "as_of": "2026-11-24T06:00:00Z",
            "debts": [{ "about": "Τέλη καθαριότητας 2026", "amount_cents": 12_050, "due": "2026-12-31", "reference": "Β-77" }],
            "pending": [{ "about": "Άδεια κοπής δέντρου", "stands": "Αναμένεται αυτοψία", "since": "2026-11-02" }],
        })
    }

    fn read_of(answer: Value) -> Option<CitizenRecords> {
        read(serde_json::from_value(answer).ok()?, TRANSACTION, "2026-11-24T07:00:00Z".parse().unwrap())
    }

    #[test]
    fn pla_06_records_are_read_as_they_are_said() {
        let records = read_of(answer()).unwrap();
        assert_eq!((records.debts[0].cents, records.debts[0].reference.as_deref()), (12_050, Some("Β-77")));
        assert_eq!(records.pending[0].stands, "Αναμένεται αυτοψία");
        assert_eq!(records.pending[0].reference, None);
        let nothing =
            json!({ "transaction": TRANSACTION, "as_of": "2026-11-24T06:00:00Z", "debts": [], "pending": [] });
        assert!(read_of(nothing).is_some_and(|records| records.debts.is_empty() && records.pending.is_empty()));
    }

    #[test]
    fn pla_06_the_example_of_the_description_is_read() {
        let contract: Value = serde_json::from_str(crate::RECORDS_CONTRACT).unwrap();
        let answered = &contract["paths"]["/records"]["post"]["responses"]["200"]["content"]["application/json"];
        let records = read_of(answered["example"].clone()).unwrap();
        assert_eq!((records.debts.len(), records.pending.len()), (1, 1));
    }

    #[test]
    fn pla_06_one_wrong_line_and_nothing_of_an_answer_is_shown() {
        let debt = json!({ "about": "Τέλη", "amount_cents": 1 });
        let wrong: [(&str, Value); 14] = [
            ("/transaction", json!(Uuid::from_u128(8))),
            ("/as_of", json!("2026-11-25T07:00:00Z")),
            ("/as_of", json!("yesterday")),
            ("/debts/0/about", json!("")),
            ("/debts/0/about", json!("a".repeat(201))),
            ("/debts/0/about", json!("Τέλη\u{202e}")),
            ("/debts/0/amount_cents", json!(0)),
            ("/debts/0/amount_cents", json!(-5)),
            ("/debts/0/amount_cents", json!(12.5)),
            ("/debts/0/amount_cents", json!(u64::MAX)),
            ("/debts/0/due", json!("31/12/2026")),
            ("/debts", json!(vec![debt; 201])),
            ("/pending/0/stands", json!(null)),
            ("/debts/0/reference", json!(" ")),
        ];
        for (place, value) in wrong {
            let mut changed = answer();
            *changed.pointer_mut(place).unwrap() = value.clone();
            assert!(read_of(changed).is_none(), "{place} {value}");
        }
        assert!(read_of(json!({ "transaction": TRANSACTION })).is_none());
    }
}
