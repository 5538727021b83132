//! The figures of an office (FLD-10): who may see them sees everything of the days that they ask for, and erases what visitors
//! wrote.

use std::collections::BTreeMap;

use access::Session;
use body::{AccountId, Action, ActionPlace, Grant, GrantScope, OfficeId, Role, grant};
use chrono::{DateTime, Months, NaiveDate, Utc};
use figures::{DayFacts, FigureChoice, KeptTargets, OfficeFigures, VisitFace};
use post::WARNINGS_KEPT;
use secrets::LinkOwner;
use store::{Account, FeedbackWords, OutboxEntry, Store, Stored};
use uuid::Uuid;
use wire::ProblemCode;
use writer::{FIGURES, FiguresMail, OfficeHandle};

use crate::{fault::Fault, ledger::Ledger};

/// So many days are counted at once, at most: a leap year and a month.
pub const FIGURE_DAYS_MAX: i64 = 397;

/// So many of those who see an office's figures have those of a month by mail, at most.
const TOLD_MAX: usize = 50;

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

/// Puts in the mails that bring an office's figures of a month to who sees them; says whether there are any. Asked again, it puts in
/// none.
///
/// # Errors
/// That the hub cannot write.
pub async fn report_month(ledger: &Ledger, office: &OfficeHandle, first: NaiveDate) -> Result<bool, Fault> {
    let (row, now) = (office.row, ledger.clock.now());
    Ok(ledger.writer.change(move |store| put_reports(store, row, first, now)).await?)
}

fn put_reports(store: &Store, office: u32, first: NaiveDate, now: DateTime<Utc>) -> Stored<bool> {
    let next = first.checked_add_months(Months::new(1)).unwrap_or(first);
    if !store.has_figure_days(office, first, next.pred_opt().unwrap_or(next))? {
        return Ok(false);
    }
    let once = format!("figures-of-month:{office}:{}", first.format("%Y-%m"));
    if !store.may_warn(&once, now, WARNINGS_KEPT)? {
        return Ok(false);
    }
    let mut is_told = false;
    for account in told(store, office)? {
        let language = store.language_of(LinkOwner::Account(account))?.unwrap_or_default();
        let about = serde_json::to_string(&FiguresMail { account, first, language }).unwrap_or_default();
        store.post(office, &OutboxEntry { seq: None, kind: FIGURES.to_owned(), about }, now, now)?;
        is_told = true;
    }
    Ok(is_told)
}

/// Who has the figures of a month by mail: whoever sees those of this office alone; where nobody does, who sees all. Each has an
/// address that is known to be theirs.
fn told(store: &Store, office: u32) -> Stored<Vec<u32>> {
    let (place, scope) = (ActionPlace::office(OfficeId(office)), GrantScope::Office(OfficeId(office)));
    let (mut here, mut everywhere) = (Vec::new(), Vec::new());
    for role in Role::ALL {
        let Ok(of_office) = Grant::new(*role, scope) else { continue };
        if !grant::may(&[of_office], Action::SeeFigures, &place) {
            continue;
        }
        for id in store.accounts_with(*role, scope)? {
            let has_address = |account: &Account| account.email.is_some() && account.email_proven;
            if store.account(id.0)?.filter(has_address).is_none() {
                continue;
            }
            let is_of_office = store.grants_of(id)?.contains(&of_office);
            if is_of_office { here.push(id.0) } else { everywhere.push(id.0) }
        }
    }
    let mut told = if here.is_empty() { everywhere } else { here };
    told.truncate(TOLD_MAX);
    Ok(told)
}
