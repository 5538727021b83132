//! A request is another account's of the same person from now on: its applicant has joined two accounts.

use body::{AccountId, BodyConfig, CaseCommand, Doer, case};
use chrono::{DateTime, Utc};
use store::{RequestRow, Store, Stored};

use super::step::{StepCapacity, Surroundings};

/// Has it be so, in the writer's turn.
pub(crate) fn run(store: &Store, body: &BodyConfig, row: RequestRow, to: AccountId, now: DateTime<Utc>) -> Stored<()> {
    let known = Surroundings::of(store, body, &row, StepCapacity::Hub)?;
    let context = known.context(Doer::Account(row.case.account), now, body);
    // The rules say no to who works on it alone, and no citizen does.
    let events = case::decide(Some(&row.case), &CaseCommand::JoinApplicant { to }, &context).unwrap_or_default();
    match events.iter().fold(Some(row.case.clone()), case::apply) {
        Some(case) if !events.is_empty() => store.keep_request(&RequestRow { case, ..row }, &events),
        Some(_) | None => Ok(()),
    }
}
