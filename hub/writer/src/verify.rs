//! `hub verify`: folds every journal from its first event, the offices' and the body's, and compares with everything that is
//! stored beside it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use office::{Mail, Office};
use store::{BodyReport, FigureDay, Moment, OutboxEntry, PastRow, Store};

use crate::{
    figure_days::figure_day,
    fold::{OfficeFold, fold_on, newest_snapshot, nothing},
    follow::{About, mails_after},
    past::LeavingBookings,
    report::report_after,
};

/// So many events pass between two words about how far it is.
const TOLD_EVERY: u64 = 1_000;

/// What `hub verify` found right.
#[derive(Debug, Default)]
pub struct VerifyReport {
    /// So many offices were read.
    pub offices: usize,
    /// So many events are chained as they should be, in all offices.
    pub events: u64,
    /// Reports of visits.
    pub reports: usize,
    /// So many mails follow from them, and are there.
    pub mails: usize,
    /// Days of figures.
    pub days: usize,
    /// What the body decided.
    pub body: BodyReport,
}

/// Checks a whole file, also while a hub runs on it.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify(path: &Path) -> anyhow::Result<VerifyReport> {
    verify_telling(path, &mut |_, _| ())
}

/// The same, and tells how many events it has read of how many.
///
/// # Errors
/// The first thing that is wrong.
pub fn verify_telling(path: &Path, told: &mut dyn FnMut(u64, u64)) -> anyhow::Result<VerifyReport> {
    let store = Store::open_to_read(path)?;
    let moment = store.moment()?;
    ensure!(moment.is_sound()?, "SQLite finds the file damaged");
    let mut verified = VerifyReport::default();
    let all = moment.journal_rows()?;
    for (row, key) in moment.offices()? {
        verify_office(&moment, row, &mut verified, &mut |done| told(done, all))
            .with_context(|| format!("office {key}"))?;
        verified.offices += 1;
    }
    ensure!(all == verified.events, "the journal holds rows that follow no other");
    verified.body = moment.verify_body().context("the body")?;
    Ok(verified)
}

fn verify_office(
    moment: &Moment<'_>,
    row: u32,
    verified: &mut VerifyReport,
    told: &mut dyn FnMut(u64),
) -> anyhow::Result<()> {
    let snapshot = newest_snapshot(moment, row)?;
    let mut at_snapshot = None;
    let mut whole = nothing();
    let mut reports: BTreeMap<u64, String> = BTreeMap::new();
    let mut mails: Vec<(OutboxEntry, DateTime<Utc>)> = Vec::new();
    let mut past: BTreeSet<PastRow> = BTreeSet::new();
    let mut days: Vec<FigureDay> = Vec::new();
    moment.events(row, 0, u64::MAX, |stored| {
        whole.head = stored.check(row, whole.head)?;
        let seq = whole.head.seq;
        if seq.is_multiple_of(TOLD_EVERY) {
            told(verified.events + seq);
        }
        let event = stored.event().with_context(|| format!("event {seq} is none that this hub knows"))?;
        let leaving = LeavingBookings::before(&whole.office, &event);
        days.extend(figure_day(&whole.office, &event));
        office::apply(&mut whole.office, &event);
        past.extend(leaving.after(&whole.office));
        mails.extend(mails_after(&whole.office, &event, seq).into_iter().map(|(mail, _)| (mail, event.at)));
        match report_after(&whole.office, &event) {
            Some((visit, Some(body))) => drop(reports.insert(visit, body)),
            Some((visit, None)) => drop(reports.remove(&visit)),
            None => {}
        }
        if snapshot.as_ref().is_some_and(|snapshot| snapshot.head.seq == seq) {
            at_snapshot = Some(whole.office.clone());
        }
        Ok(())
    })?;
    if let Some(snapshot) = snapshot {
        compare_with_snapshot(moment, row, (snapshot, at_snapshot.as_ref()), &whole)?;
    }
    let stored: BTreeMap<u64, String> = moment.reports(row)?.into_iter().collect();
    ensure!(stored == reports, "the reports of visits are not those of the journal");
    let kept: BTreeSet<PastRow> = moment.past_in(row)?.into_iter().collect();
    ensure!(kept == past, "what agents had booked is not that of the journal");
    // A file of an older hub has none of them before its next start.
    if moment.has_all_figure_days()? {
        let kept = moment.all_figure_days(row)?;
        ensure!(kept == days, "the days of figures are not those of the journal");
        verified.days += days.len();
    }
    compare_mails(moment, row, &mails)?;
    verified.events += whole.head.seq;
    verified.reports += reports.len();
    verified.mails += mails.len();
    Ok(())
}

/// The outbox holds what follows from the journal, and nothing else; what was sent long ago may be forgotten (FLD-23).
fn compare_mails(store: &Store, row: u32, owed: &[(OutboxEntry, DateTime<Utc>)]) -> anyhow::Result<()> {
    let stored: BTreeSet<OutboxEntry> = store.posted_by_events(row)?.into_iter().collect();
    let owed_all: BTreeSet<&OutboxEntry> = owed.iter().map(|(mail, _)| mail).collect();
    let kept_from = store.mails_kept_from(row)?.unwrap_or(DateTime::<Utc>::MIN_UTC);
    let before: BTreeSet<OutboxEntry> = owed.iter().filter_map(|(mail, _)| without_time_before(mail)).collect();
    let all_owed = stored.iter().all(|mail| owed_all.contains(mail) || before.contains(mail));
    let is_kept = |mail: &OutboxEntry| {
        stored.contains(mail) || without_time_before(mail).is_some_and(|before| stored.contains(&before))
    };
    let all_kept = owed.iter().all(|(mail, at)| *at < kept_from || is_kept(mail));
    ensure!(all_owed && all_kept, "the outbox is not that of the journal");
    Ok(())
}

/// The same as it was put in before mails said which time the booking had until then.
fn without_time_before(entry: &OutboxEntry) -> Option<OutboxEntry> {
    let about: About = serde_json::from_str(&entry.about).ok()?;
    let before = About { mail: Mail { was: None, ..about.mail }, ..about };
    Some(OutboxEntry { about: serde_json::to_string(&before).ok()?, ..entry.clone() })
}

fn compare_with_snapshot(
    moment: &Moment<'_>,
    row: u32,
    (snapshot, then): (OfficeFold, Option<&Office>),
    whole: &OfficeFold,
) -> anyhow::Result<()> {
    let seq = snapshot.head.seq;
    if Some(&snapshot.office) != then {
        bail!("the snapshot after event {seq} is not the fold of the journal so far");
    }
    let from_snapshot = fold_on(moment, row, snapshot)?;
    ensure!(
        from_snapshot.office == whole.office,
        "snapshot and rest of the journal give another office than the whole"
    );
    Ok(())
}
