//! What everybody may read of an office (NEW-13): its targets, and how they were kept in the months that are over. The month that runs
//! is not among them: whoever looked each day would know of a day what the small groups keep back. It is counted once, however many
//! read it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use acts::{Fault, Ledger};
use chrono::{Datelike, Months, NaiveDate};
use figures::OpenFigures;
use office::{Targets, calendar};
use wire::ProblemCode;
use writer::OfficeHandle;

/// So many months are shown.
const MONTHS: u32 = 12;

/// What was counted for everybody, by the office's row.
#[derive(Debug, Default)]
pub struct OpenFigureShelf(Mutex<BTreeMap<u32, ShelvedFigures>>);

/// What was counted of one office, and from what.
#[derive(Debug, Clone)]
struct ShelvedFigures {
    /// The month from which it was counted on, the newest day of it that was closed, and the targets.
    of: (NaiveDate, Option<NaiveDate>, Targets),
    figures: Arc<OpenFigures>,
}

/// What everybody may read of an office.
///
/// # Errors
/// That the office is not set up, or the hub cannot read.
pub async fn see(ledger: &Ledger, shelf: &OpenFigureShelf, office: &OfficeHandle) -> Result<Arc<OpenFigures>, Fault> {
    let (zone, targets) =
        office.config(|config| (config.zone, config.rules.targets)).ok_or(ProblemCode::Unavailable)?;
    let today = calendar::local_date(zone, ledger.clock.now());
    let month = today.with_day(1).unwrap_or(today);
    let first = month.checked_sub_months(Months::new(MONTHS)).unwrap_or(month);
    let last = month.pred_opt().unwrap_or(month);
    // The last day of the month may be closed late.
    let closed = office.read().tally.counted_until.map(|closed| closed.min(last));
    let of = (first, closed, targets);
    if let Some(kept) = shelf.find(office.row).filter(|kept| kept.of == of) {
        return Ok(kept.figures);
    }
    let row = office.row;
    let read = move |store: &store::Store| {
        let days = writer::facts(&store.figure_days(row, first, last)?);
        Ok(OpenFigures::of(&days, &targets))
    };
    let figures = Arc::new(ledger.readers.read(read).await?);
    shelf.put(row, ShelvedFigures { of, figures: Arc::clone(&figures) });
    Ok(figures)
}

impl OpenFigureShelf {
    fn find(&self, office: u32) -> Option<ShelvedFigures> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&office).cloned()
    }

    fn put(&self, office: u32, figures: ShelvedFigures) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(office, figures);
    }
}
