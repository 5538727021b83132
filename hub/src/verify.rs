//! `hub verify`: folds every journal from its first event, and compares with everything that is stored beside it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use office::{Event, EventKind, Office, Outcome, PeriodKind, Visit, VisitEvent, VisitId, VisitState};
use serde::Serialize;

use crate::{
    mail,
    past::Leaving,
    snapshots::{Folded, fold_on, newest_snapshot, nothing},
    store::{NewestPlaces, PastRow, Posted, Store},
};

/// What `hub verify` found right.
#[derive(Debug, Default)]
pub struct Verified {
    /// Offices.
    pub offices: usize,
    /// Events.
    pub events: u64,
    /// Reports of visits.
    pub reports: usize,
    /// Mails.
    pub mails: usize,
}

/// Checks a whole file, also while a hub runs on it.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(path: &Path) -> anyhow::Result<Verified> {
    let store = Store::open_to_read(path)?;
    store.begin_reading()?;
    ensure!(store.is_sound()?, "SQLite finds the file damaged");
    let newest = store.newest_places()?;
    let mut verified = Verified::default();
    for (row, key) in store.offices()? {
        verify_office(&store, &newest, row, &mut verified).with_context(|| format!("office {key}"))?;
        verified.offices += 1;
    }
    ensure!(store.journal_rows()? == verified.events, "the journal holds rows that follow no other");
    Ok(verified)
}

fn verify_office(store: &Store, newest: &NewestPlaces, row: u32, verified: &mut Verified) -> anyhow::Result<()> {
    let snapshot = newest_snapshot(store, row)?;
    let mut at_snapshot = None;
    let mut whole = nothing();
    let mut reports: BTreeMap<u64, String> = BTreeMap::new();
    let mut mails: Vec<(Posted, DateTime<Utc>)> = Vec::new();
    let mut past: BTreeSet<PastRow> = BTreeSet::new();
    store.read_after(newest, row, 0, u64::MAX, |stored| {
        let seq = whole.seq + 1;
        whole.hash = stored.check(row, seq, &whole.hash)?;
        let event = stored.event().with_context(|| format!("event {seq} is none that this hub knows"))?;
        let leaving = Leaving::before(&whole.office, &event);
        office::apply(&mut whole.office, &event);
        past.extend(leaving.after(&whole.office));
        mails.extend(mail::mails_after(&whole.office, &event, seq).into_iter().map(|(mail, _)| (mail, event.at)));
        whole.seq = seq;
        match report_after(&whole.office, &event) {
            Some((visit, Some(body))) => drop(reports.insert(visit, body)),
            Some((visit, None)) => drop(reports.remove(&visit)),
            None => {}
        }
        if snapshot.as_ref().is_some_and(|snapshot| snapshot.seq == seq) {
            at_snapshot = Some(whole.office.clone());
        }
        Ok(())
    })?;
    if let Some(snapshot) = snapshot {
        compare_with_snapshot(store, newest, row, (snapshot, at_snapshot.as_ref()), &whole)?;
    }
    let stored: BTreeMap<u64, String> = store.reports(row)?.into_iter().collect();
    ensure!(stored == reports, "the reports of visits are not those of the journal");
    let kept: BTreeSet<PastRow> = store.past_in(row)?.into_iter().collect();
    ensure!(kept == past, "what agents had booked is not that of the journal");
    compare_mails(store, row, &mails)?;
    verified.events += whole.seq;
    verified.reports += reports.len();
    verified.mails += mails.len();
    Ok(())
}

/// The outbox holds what follows from the journal, and nothing else; what was sent long ago may be forgotten (FLD-23).
fn compare_mails(store: &Store, row: u32, owed: &[(Posted, DateTime<Utc>)]) -> anyhow::Result<()> {
    let stored: BTreeSet<Posted> = store.posted_by_events(row)?.into_iter().collect();
    let owed_all: BTreeSet<&Posted> = owed.iter().map(|(mail, _)| mail).collect();
    let kept_from = store.mails_kept_from(row)?.unwrap_or(DateTime::<Utc>::MIN_UTC);
    let all_owed = stored.iter().all(|mail| owed_all.contains(mail));
    let all_kept = owed.iter().all(|(mail, at)| *at < kept_from || stored.contains(mail));
    ensure!(all_owed && all_kept, "the outbox is not that of the journal");
    Ok(())
}

fn compare_with_snapshot(
    store: &Store,
    newest: &NewestPlaces,
    row: u32,
    (snapshot, then): (Folded, Option<&Office>),
    whole: &Folded,
) -> anyhow::Result<()> {
    let seq = snapshot.seq;
    if Some(&snapshot.office) != then {
        bail!("the snapshot after event {seq} is not the fold of the journal so far");
    }
    let from_snapshot = fold_on(store, newest, row, snapshot)?;
    ensure!(
        from_snapshot.office == whole.office,
        "snapshot and rest of the journal give another office than the whole"
    );
    Ok(())
}

/// A visit that is over, for statistics: ids and times only.
#[derive(Debug, Serialize)]
struct VisitReport<'a> {
    number: String,
    service: u16,
    booked: bool,
    ended: &'a str,
    arrived_at: i64,
    ended_at: i64,
    wait_seconds: i64,
    way_seconds: i64,
    service_seconds: i64,
    delivered: &'a [(office::ServiceId, u8)],
}

/// The report that an event makes or takes back: the visit, and its row. `after` is the office after the event.
pub fn report_after(after: &Office, event: &Event) -> Option<(u64, Option<String>)> {
    let EventKind::Visit(event) = &event.kind else { return None };
    let id = match event {
        VisitEvent::NoShow { visit, .. }
        | VisitEvent::Left { visit }
        | VisitEvent::LeftUndone { visit }
        | VisitEvent::CameBack { visit, .. }
        | VisitEvent::Finished { visit, .. }
        | VisitEvent::Unserved { visit } => *visit,
        VisitEvent::PaperEntered(visit) => visit.id,
        _ => return None,
    };
    Some((id.0, report(after, id)))
}

fn report(office: &Office, id: VisitId) -> Option<String> {
    let visit = office.visits.get(&id)?;
    let (ended, ended_at, delivered): (&str, _, &[_]) = match &visit.state {
        VisitState::NoShow { at } => ("no-show", at, &[]),
        VisitState::Left { at, .. } => ("left", at, &[]),
        VisitState::Unserved { at } => ("unserved", at, &[]),
        VisitState::Finished { at, outcome, delivered } => {
            let ended = match outcome {
                Outcome::Done => "done",
                Outcome::NotPossible => "not-possible",
                Outcome::DocumentsMissing => "documents-missing",
            };
            (ended, at, delivered)
        }
        VisitState::Waiting { .. }
        | VisitState::Called { .. }
        | VisitState::Serving { .. }
        | VisitState::Parked { .. }
        | VisitState::Interrupted { .. } => return None,
    };
    let report = VisitReport {
        number: visit.number.to_string(),
        service: visit.service.0,
        booked: crate::api::booked_for(visit).is_some(),
        ended,
        arrived_at: visit.arrived_at.timestamp_millis(),
        ended_at: ended_at.timestamp_millis(),
        wait_seconds: seconds(visit, PeriodKind::Wait),
        way_seconds: seconds(visit, PeriodKind::Way),
        service_seconds: seconds(visit, PeriodKind::Service),
        delivered,
    };
    serde_json::to_string(&report).ok()
}

/// All stretches of one kind, which are counted apart (FLD-10).
fn seconds(visit: &Visit, kind: PeriodKind) -> i64 {
    let periods = visit.periods.iter().filter(|period| period.kind == kind);
    periods.map(|period| (period.to - period.from).num_seconds()).sum()
}
