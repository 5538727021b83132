//! Windows of maintenance that administrators announced: what the body's journal says of them (PRE-06).

use body::{AnnouncedWindows, Doer, UpkeepEvent, UpkeepStep, conference::upkeep};
use chrono::{DateTime, Utc};

use crate::{
    body_journal::{BodyRow, BodySubject},
    error::Stored,
    file::Store,
};

impl Store {
    /// The windows that were announced and not ended.
    pub fn announced_windows(&self) -> Stored<AnnouncedWindows> {
        let rows: Vec<(DateTime<Utc>, Doer, UpkeepStep)> = self.body_rows(BodySubject::Upkeep)?;
        let mut announced = AnnouncedWindows::default();
        for (at, by, step) in rows {
            upkeep::apply(&mut announced, &UpkeepEvent { at, by, step });
        }
        Ok(announced)
    }

    /// Keeps that windows were announced or ended.
    pub fn keep_upkeep(&self, events: &[UpkeepEvent]) -> Stored<()> {
        let rows = events.iter().map(|event| BodyRow { at: event.at, by: event.by, step: &event.step });
        self.append_body(BodySubject::Upkeep, rows)
    }
}
