//! Other hours from a day on, or on one day, of the office or of a desk (FLD-15). What is decided here lies over the office's
//! own file, and can be taken back.

use office::{BookingId, HoursChange, OfficeConfig};
use serde::Serialize;
use wire::ProblemCode;
use writer::Workbench;

use crate::{
    calendar_edit::{CalendarEdit, calendar_name},
    closing::{Aftermath, ClosingRemedy, carry_out},
    fault::Fault,
    turn::Turn,
};

/// What is to become of the hours.
#[derive(Debug, Clone, Serialize)]
pub enum HoursWish {
    /// Others hold.
    Change(HoursChange),
    /// A change is taken back: its name, as [`calendar_name`] makes it.
    Undo(String),
}

/// What is to become of the hours, and of those whom it touches.
#[derive(Debug, Clone, Serialize)]
pub struct HoursOrder {
    /// Other hours, or the earlier ones.
    pub wish: HoursWish,
    /// What was chosen for each; who is not named keeps the booking.
    pub remedies: Vec<(BookingId, ClosingRemedy)>,
}

impl HoursWish {
    /// The change that it is about, and the configuration with it or without it.
    ///
    /// # Errors
    /// `not-found` where there is no such change to be taken back, and what [`check`] says of a new one.
    pub fn on(&self, config: &OfficeConfig) -> Result<(HoursChange, OfficeConfig), Fault> {
        let mut changed = config.clone();
        let changes = &mut changed.calendar.hours_changes;
        let change = match self {
            Self::Change(change) => {
                check(config, change)?;
                changes.push(change.clone());
                change.clone()
            }
            Self::Undo(name) => {
                let named = changes.iter().find(|change| calendar_name(change) == *name).cloned();
                let change = named.ok_or(ProblemCode::NotFound)?;
                changes.retain(|other| *other != change);
                change
            }
        };
        Ok((change, changed))
    }
}

/// Whether hours can be changed at that time, and there.
///
/// # Errors
/// `malformed` where the last day comes before the first, `unknown-desk` where there is no such desk.
pub fn check(config: &OfficeConfig, change: &HoursChange) -> Result<(), Fault> {
    if change.last.is_some_and(|last| last < change.first) {
        return Err(Fault::malformed("last".to_owned()));
    }
    if change.desk.is_some_and(|desk| !config.desks.contains_key(&desk)) {
        return Err(Fault { place: Some("desk".to_owned()), ..ProblemCode::UnknownDesk.into() });
    }
    Ok(())
}

/// Changes them, or takes a change back.
///
/// # Errors
/// A [`Fault`] where they cannot be so, or the hub cannot write.
pub async fn run(turn: Turn<'_>, order: HoursOrder) -> Result<Aftermath, Fault> {
    let (asked, account) = (order.clone(), turn.account()?);
    let work = move |bench: &mut Workbench<'_>| {
        let config = bench.office().config.as_ref().ok_or(ProblemCode::Configuration)?;
        let (change, changed) = order.wish.on(config)?;
        let edit = match order.wish {
            HoursWish::Change(_) => CalendarEdit::Changed(change),
            HoursWish::Undo(_) => CalendarEdit::Undone(change),
        };
        bench.put_hours_edit(edit.row(account));
        carry_out(bench, changed, order.remedies)
    };
    turn.take("change-hours", &asked, work).await
}
