//! `hub export`: every journal as JSON lines, for archives and for other programs.

use std::{io::Write, path::Path};

use serde::Serialize;
use serde_json::value::RawValue;

use store::Store;

use crate::progress::Progress;

#[derive(Serialize)]
struct ExportLine<'a> {
    office: &'a str,
    seq: u64,
    at: i64,
    actor: &'a str,
    event: &'a RawValue,
    hash: String,
}

/// Writes every event of every office, one a line; nothing personal is among them.
///
/// # Errors
/// If the file cannot be read or the lines not be written.
pub fn export(database: &Path, to: &mut impl Write) -> anyhow::Result<()> {
    let store = Store::open_to_read(database)?;
    let moment = store.moment()?;
    let (mut progress, mut done, all) = (Progress::of("writing every event"), 0, moment.journal_rows()?);
    for (row, key) in moment.offices()? {
        moment.events(row, 0, u64::MAX, |event| {
            let body = RawValue::from_string(event.body)?;
            let hash = event.hash.iter().map(|byte| format!("{byte:02x}")).collect();
            let line =
                ExportLine { office: &key, seq: event.seq, at: event.at, actor: &event.actor, event: &body, hash };
            serde_json::to_writer(&mut *to, &line)?;
            to.write_all(b"\n")?;
            done += 1;
            progress.at(done, all);
            Ok(())
        })?;
    }
    Ok(())
}
