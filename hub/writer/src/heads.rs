//! Journals held against heads that were noted before, elsewhere.

use std::path::Path;

use anyhow::{Context, ensure};
use secrets::BODY_HEAD;
use store::{Head, Store};

/// Checks that an office's journal, or the body's, still has an event with this hash, and goes on from there. What stands before that event
/// is in its hash; what was written since is a day, or a few.
///
/// # Errors
/// How it does not.
pub fn follows(path: &Path, office: Option<u32>, head: Head) -> anyhow::Result<()> {
    let store = Store::open_to_read(path)?;
    let moment = store.moment()?;
    let Some(office) = office else { return moment.body_follows(head) };
    let (mut kept, mut end) = (false, head);
    moment.events(office, head.seq.saturating_sub(1), head.seq, |row| {
        kept = row.hash == head.hash;
        Ok(())
    })?;
    ensure!(kept, "event {} is not the one that was signed", head.seq);
    moment.events(office, head.seq, u64::MAX, |row| {
        end = row.check(office, end)?;
        Ok(())
    })
}

/// Checks that the whole journal up to an event is the one whose last hash this is, row by row from the first.
///
/// # Errors
/// How it is not.
pub fn verify_head(path: &Path, office: &str, head: Head) -> anyhow::Result<()> {
    let store = Store::open_to_read(path)?;
    let moment = store.moment()?;
    if office == BODY_HEAD {
        return moment.verify_body_head(head);
    }
    let row = moment.offices()?.into_iter().find(|(_, key)| key == office).map(|(row, _)| row);
    let row = row.with_context(|| format!("the database has no office {office}"))?;
    let mut end = Head::NONE;
    moment.events(row, 0, head.seq, |stored| {
        end = stored.check(row, end)?;
        Ok(())
    })?;
    ensure!(end.seq == head.seq, "its journal ends with event {}, before event {}", end.seq, head.seq);
    ensure!(
        end.hash == head.hash,
        "event {} is not the one that was signed: it, or one before it, was rewritten since",
        head.seq
    );
    Ok(())
}
