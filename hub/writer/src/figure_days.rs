//! Days for figures (FLD-10): each is made from the office as the event finds it that closes the day, and can be made anew from
//! the journal.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use anyhow::Context;
use figures::{DayFacts, VisitFace};
use office::{Event, Office};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use store::{FaceCount, FigureDay, Store};

use crate::fold::nothing;

/// The row of the day that an event closes; asked before the event is applied.
pub fn figure_day(before: &Office, event: &Event) -> Option<FigureDay> {
    let facts = figures::closed_by(before, event)?;
    Some(FigureDay { day: facts.date, body: serde_json::to_string(&facts).ok()? })
}

/// Days as they were kept, read on all cores: a year is some megabytes. One that cannot be read is left out, and the log says so: it
/// can be made anew from the journal.
#[must_use]
pub fn facts(days: &[FigureDay]) -> Vec<DayFacts> {
    let read = |day: &FigureDay| match serde_json::from_str::<DayFacts>(&day.body) {
        Ok(facts) => Some(facts),
        Err(error) => {
            tracing::error!(%error, day = %day.day, "a day of figures cannot be read: they can be made anew");
            None
        }
    };
    days.par_iter().filter_map(read).collect()
}

/// How often each face was chosen on days.
#[must_use]
pub fn faces(counts: &[FaceCount]) -> BTreeMap<VisitFace, u32> {
    let mut faces = BTreeMap::new();
    for count in counts {
        if let Some(face) = VisitFace::numbered(count.face) {
            let all: &mut u32 = faces.entry(face).or_default();
            *all = all.saturating_add(count.count);
        }
    }
    faces
}

/// Makes every day of every office, once in the life of a file: an older hub kept none.
///
/// # Errors
/// If the file cannot be read or written, or a journal is broken.
pub fn fill(store: &Store) -> anyhow::Result<()> {
    if !store.has_all_figure_days()? {
        renew(store)?;
    }
    Ok(())
}

/// Makes every day of every office anew, and says how many there are. Offices that cannot be folded are set aside at a start; they
/// have no days until a version comes that can.
///
/// # Errors
/// If the file cannot be read or written, or a journal is broken.
pub fn renew(store: &Store) -> anyhow::Result<usize> {
    let mut all: Vec<(u32, FigureDay)> = Vec::new();
    let moment = store.moment()?;
    for (office, key) in moment.offices()? {
        let folded = catch_unwind(AssertUnwindSafe(|| {
            let (mut whole, mut days) = (nothing(), Vec::new());
            moment.events(office, 0, u64::MAX, |stored| {
                let event = stored.event().with_context(|| format!("office {key}"))?;
                days.extend(figure_day(&whole.office, &event).map(|day| (office, day)));
                office::apply(&mut whole.office, &event);
                Ok(())
            })?;
            Ok::<_, anyhow::Error>(days)
        }));
        match folded {
            Ok(days) => all.extend(days?),
            Err(_) => tracing::error!(office, "no figures: the journal breaks the rules' code"),
        }
    }
    drop(moment);
    store.keep_all_figure_days(&all)?;
    Ok(all.len())
}
