//! Whoever has a number says more about themselves: whether they may be called early, ask for priority service, need
//! something, or take a gap as a fixed time (TRN-06, FLD-27, FLD-34).

use chrono::{DateTime, Utc};
use office::{CivilInstant, Command};
use secrets::draw_reference;
use serde::Serialize;
use uuid::Uuid;
use views::{Outlook, standing_of, ticket, visit_page};
use wire::{CheckInAnswer, Needs, ProblemCode, WishRequest};
use writer::Workbench;

use crate::{
    fault::Fault,
    find::visit_behind,
    receipt::Receipt,
    turn::{Turn, decide},
};

/// What is said; what is left out stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct OwnWish {
    /// Whether they may be called before their time.
    pub early: Option<bool>,
    /// Whether they ask for priority service. The ground is never asked.
    pub priority: Option<bool>,
    /// What they need.
    pub needs: Option<Needs>,
}

impl From<WishRequest> for OwnWish {
    fn from(request: WishRequest) -> Self {
        let WishRequest { early, priority, needs } = request;
        Self { early, priority, needs }
    }
}

/// Says it.
///
/// # Errors
/// A [`Fault`] where the visit is not known or does not wait any more, or the hub cannot write.
pub async fn run(turn: Turn<'_>, visit: Uuid, wish: OwnWish) -> Result<Receipt, Fault> {
    let asked = (visit, wish);
    let work = move |bench: &mut Workbench<'_>| {
        let visit = visit_behind(bench.office(), visit)?.id;
        let OwnWish { early, priority, needs } = wish;
        let decided = decide(bench, &Command::Wish { visit, early, priority, needs })?;
        Ok(Receipt { event: decided.seq })
    };
    turn.take("own-wish", &asked, work).await
}

/// Takes a gap of today as a fixed time; the number stays. The ticket is answered anew, with its time.
///
/// # Errors
/// A [`Fault`] where the gap is no longer there, the visit is no walk-in that waits, or the hub cannot write.
pub async fn fix_time(
    turn: Turn<'_>,
    outlook: &Outlook,
    public_url: &str,
    now: DateTime<Utc>,
    visit: Uuid,
    start: CivilInstant,
) -> Result<CheckInAnswer, Fault> {
    let expected = {
        let office = turn.office.read();
        let visit = visit_behind(&office, visit).ok();
        visit.map(|visit| outlook.expected_of(&office, visit, now)).unwrap_or_default()
    };
    let rehearsal = turn.writer.belief().clock().is_rehearsal();
    let (asked, public_url) = ((visit, start), public_url.to_owned());
    let work = move |bench: &mut Workbench<'_>| {
        let id = visit_behind(bench.office(), visit)?.id;
        decide(bench, &Command::FixTime { visit: id, reference: draw_reference(), start: start.utc() })?;
        let visit = visit_behind(bench.office(), visit)?;
        let config = bench.office().config.as_ref().ok_or(ProblemCode::Configuration)?;
        let standing = standing_of(bench.office(), visit);
        let told = ticket(visit_page(&public_url, visit), bench.office(), config, visit, expected);
        let told = wire::TicketAnswer { booked_for: Some(start.utc()), rehearsal, ..told };
        Ok(CheckInAnswer { standing, ticket: told, again: false })
    };
    turn.take("fix-own-time", &asked, work).await
}
