//! The figures of an office (FLD-10): who may see them sees everything of the days that they ask for, and erases what visitors
//! wrote.

use std::collections::BTreeMap;

use access::Session;
use acts::{Fault, Ledger};
use body::{AccountId, Action, ActionPlace, OfficeId, grant};
use chrono::NaiveDate;
use figures::{DayFacts, FigureChoice, KeptTargets, OfficeFigures, VisitFace};
use store::{FeedbackWords, Store, Stored};
use uuid::Uuid;
use wire::ProblemCode;
use writer::OfficeHandle;

/// So many days are counted at once, at most: a leap year and a month.
pub const FIGURE_DAYS_MAX: i64 = 397;

/// For which days figures are asked, and of which visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureQuestion {
    /// From this local day.
    pub from: NaiveDate,
    /// To this one, counted in.
    pub to: NaiveDate,
    /// Which visits are counted.
    pub choice: FigureChoice,
}

/// What is seen of an office.
#[derive(Debug)]
pub struct SeenFigures {
    /// Everything that is counted.
    pub figures: OfficeFigures,
    /// How the targets were kept.
    pub kept: KeptTargets,
    /// How often each face was chosen.
    pub faces: BTreeMap<VisitFace, u32>,
    /// What visitors wrote, the newest day first.
    pub words: Vec<FeedbackWords>,
}

/// Whether somebody of staff may see an office's figures.
///
/// # Errors
/// That the hub cannot read.
pub async fn may_see(ledger: &Ledger, session: &Session, office: &OfficeHandle) -> Result<bool, Fault> {
    let (account, row) = (AccountId(session.account.id), office.row);
    Ok(ledger.readers.read(move |store| is_granted(store, account, row)).await?)
}

fn is_granted(store: &Store, account: AccountId, office: u32) -> Stored<bool> {
    let place = ActionPlace::office(OfficeId(office));
    Ok(grant::may(&store.grants_of(account)?, Action::SeeFigures, &place))
}

/// The figures of some days, the day that runs as far as it has come.
///
/// # Errors
/// `not-allowed` for who may not see them, `malformed` where more days are asked for than are counted at once, or that the hub
/// cannot read.
pub async fn see(
    ledger: &Ledger,
    session: &Session,
    office: &OfficeHandle,
    asked: FigureQuestion,
) -> Result<SeenFigures, Fault> {
    let FigureQuestion { from, to, choice } = asked;
    if to.signed_duration_since(from).num_days() >= FIGURE_DAYS_MAX {
        return Err(Fault::malformed("to".to_owned()));
    }
    let (account, row) = (AccountId(session.account.id), office.row);
    let targets = office.config(|config| config.rules.targets).ok_or(ProblemCode::Unavailable)?;
    let running = running(office, ledger).filter(|day| (from..=to).contains(&day.date));
    let read = move |store: &Store| {
        if !is_granted(store, account, row)? {
            return Ok(None);
        }
        let mut days = writer::facts(&store.figure_days(row, from, to)?);
        days.extend(running);
        Ok(Some(SeenFigures {
            figures: OfficeFigures::of(&days, &choice),
            kept: KeptTargets::of(&days, &targets),
            faces: writer::faces(&store.face_counts(row, from, to)?),
            words: store.feedback_words(row, from, to)?,
        }))
    };
    Ok(ledger.readers.read(read).await?.ok_or(ProblemCode::NotAllowed)?)
}

/// The day that runs in an office.
fn running(office: &OfficeHandle, ledger: &Ledger) -> Option<DayFacts> {
    DayFacts::running(&office.read(), ledger.clock.now())
}

/// Erases a sentence that a visitor wrote.
///
/// # Errors
/// `not-allowed` for who may not see figures, or that the hub cannot write.
pub async fn erase_words(ledger: &Ledger, session: &Session, office: &OfficeHandle, words: Uuid) -> Result<(), Fault> {
    let (account, row, now) = (AccountId(session.account.id), office.row, ledger.clock.now());
    let erase = move |store: &Store| {
        let granted = is_granted(store, account, row)?;
        if granted {
            store.erase_feedback_words(row, words, now)?;
        }
        Ok(granted)
    };
    let granted = ledger.writer.change(erase).await?;
    if granted { Ok(()) } else { Err(ProblemCode::NotAllowed.into()) }
}
