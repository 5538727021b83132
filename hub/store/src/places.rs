//! Where in the journal the rows of each office stand.
//!
//! Written for many thousand rows at once: a commit of sixty offices would else touch sixty places of the file, which
//! costs more than everything else about it. What the index does not know yet is the journal's end, and is looked
//! through.

use std::collections::BTreeMap;

use crate::{
    error::Stored,
    file::Store,
    sql::{cell, params},
};

/// So many rows at the journal's end are in no index before they are taken into it. The end is looked through in some
/// milliseconds.
const NEWEST_MAX: u64 = 16_384;
/// Rows of the journal in one row of the index.
const PLACES_IN_A_ROW: usize = 1_024;
/// Up to which row the index knows the journal.
const INDEXED_TO: &str = "journal-indexed-to";

/// Where those rows of the journal stand that the index does not know yet: number and id, by office.
#[derive(Debug, Default)]
pub struct NewestPlaces(BTreeMap<u32, Vec<(u64, i64)>>);

impl NewestPlaces {
    /// The last row of each office that has some here: its number, and its id.
    pub fn ends(&self) -> impl Iterator<Item = (u32, (u64, i64))> {
        self.0.iter().filter_map(|(office, places)| Some((*office, *places.last()?)))
    }
}

impl Store {
    /// Looks through the journal's end. Reading on is of the same moment only within one transaction.
    pub(crate) fn newest_places(&self) -> Stored<NewestPlaces> {
        let mut newest = NewestPlaces::default();
        let rows: Vec<(u32, u64, i64)> =
            self.sql.rows("SELECT office, seq, id FROM journal WHERE id > ?", [self.indexed_to()?], |row| {
                Ok((row.get(0)?, row.get::<_, i64>(1)?.unsigned_abs(), row.get(2)?))
            })?;
        for (office, seq, id) in rows {
            newest.0.entry(office).or_default().push((seq, id));
        }
        Ok(newest)
    }

    fn indexed_to(&self) -> Stored<i64> {
        Ok(self.meta_number(INDEXED_TO)?.unwrap_or(0))
    }

    /// Counts the journal's end, for the writer.
    pub(crate) fn count_places(&self) -> Stored<()> {
        let last: Option<i64> = self.sql.only("SELECT max(id) FROM journal", [], |row| row.get(0))?;
        self.count_newest(last.unwrap_or(0).abs_diff(self.indexed_to()?));
        Ok(())
    }

    /// Rows were appended; once there are enough of them, [`Store::keep_places`] has something to do.
    pub(crate) fn count_newest(&self, rows: u64) {
        self.newest.set(self.newest.get() + rows);
    }

    /// Takes the journal's end into the index, if it has grown long.
    pub(crate) fn keep_places(&self) -> Stored<()> {
        if self.newest.get() < NEWEST_MAX {
            return Ok(());
        }
        self.keep_all_places()
    }

    /// Takes the journal's end into the index.
    pub(crate) fn keep_all_places(&self) -> Stored<()> {
        let NewestPlaces(newest) = self.newest_places()?;
        let last = newest.values().flatten().map(|(_, id)| *id).max();
        let mut insert = self.sql.prepared("INSERT INTO journal_index(office, seq, ids) VALUES(?, ?, ?)")?;
        for (office, places) in newest {
            for row in places.chunks(PLACES_IN_A_ROW) {
                let ids: Vec<u8> = row.iter().flat_map(|(_, id)| id.to_be_bytes()).collect();
                insert.run(params![office, row[0].0 as i64, ids])?;
            }
        }
        if let Some(last) = last {
            self.set_meta(INDEXED_TO, &last.to_be_bytes())?;
        }
        self.newest.set(0);
        Ok(())
    }

    /// The last row of an office that the index knows: its number, and its id.
    pub(crate) fn indexed_end(&self, office: u32) -> Stored<Option<(u64, i64)>> {
        let last = "SELECT seq, ids FROM journal_index WHERE office = ? ORDER BY seq DESC LIMIT 1";
        let end = self.sql.one(last, [office], |row| {
            let first = row.get::<_, i64>(0)?.unsigned_abs();
            let ids = row.get_ref(1)?.as_blob()?.as_chunks::<8>().0;
            Ok((first..).zip(ids).last().map(|(seq, id)| (seq, i64::from_be_bytes(*id))))
        });
        Ok(end?.flatten())
    }

    /// Number and id of every row of an office after one number and up to another, in order.
    pub(crate) fn places_after(
        &self,
        newest: &NewestPlaces,
        office: u32,
        after: u64,
        until: u64,
        mut take: impl FnMut(u64, i64) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let wanted = |seq: u64| after < seq && seq <= until;
        let [first, last] = [after.saturating_add(1), until].map(|seq| i64::try_from(seq).unwrap_or(i64::MAX));
        let places = "SELECT seq, ids FROM journal_index WHERE office = ?1 AND seq <= ?3 AND seq >= \
             ifnull((SELECT max(seq) FROM journal_index WHERE office = ?1 AND seq <= ?2), 0) ORDER BY seq";
        self.sql.each(places, params![office, first, last], |row| {
            let (seq, ids) = (cell::<i64>(row, 0)?.unsigned_abs(), cell::<Vec<u8>>(row, 1)?);
            let places = (seq..).zip(ids.as_chunks::<8>().0).filter(|(seq, _)| wanted(*seq));
            places.map(|(seq, id)| (seq, i64::from_be_bytes(*id))).try_for_each(|(seq, id)| take(seq, id))
        })?;
        let newest = newest.0.get(&office).into_iter().flatten();
        newest.filter(|(seq, _)| wanted(*seq)).try_for_each(|(seq, id)| take(*seq, *id))
    }

    /// Rows in the journal, of all offices.
    pub fn journal_rows(&self) -> Stored<u64> {
        let count: i64 = self.sql.only("SELECT count(*) FROM journal", [], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use office::{Event, EventKind, HouseEvent};

    use super::*;
    use crate::{Actor, Append, Head};

    /// Appends events of two offices by turns, in one batch.
    fn append(store: &Store, from: u64, to: u64) {
        let event = Event {
            at: chrono::DateTime::UNIX_EPOCH,
            kind: EventKind::House(HouseEvent::OutageNoted { from: chrono::DateTime::UNIX_EPOCH }),
        };
        let batch = store.batch().unwrap();
        for seq in from..=to {
            for office in [1, 2] {
                let after = store.head(office).unwrap();
                assert_eq!(after.seq + 1, seq);
                let events = std::slice::from_ref(&event);
                batch.append(&Append { events, ..Append::none(office, after, Actor::Hub, event.at) }).unwrap();
            }
        }
        batch.commit().unwrap();
    }

    fn numbers(store: &Store, office: u32, after: u64, until: u64) -> Vec<u64> {
        let mut numbers = Vec::new();
        let moment = store.moment().unwrap();
        let read = moment.events(office, after, until, |row| {
            numbers.push(row.seq);
            Ok(())
        });
        read.unwrap();
        numbers
    }

    #[test]
    fn rows_are_found_by_office_whether_the_index_knows_them_or_not() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        assert_eq!(store.office_rows(["kep", "other"]).unwrap(), [1, 2]);
        let check = |store: &Store, last: u64| {
            for (after, until) in [(0, u64::MAX), (0, 1), (1, last), (last - 1, last), (last, u64::MAX), (1_023, 1_025)]
            {
                let expect: Vec<u64> = (after + 1..=until.min(last)).collect();
                assert_eq!(numbers(store, 2, after, until), expect, "after {after} until {until} of {last}");
            }
            assert_eq!(numbers(store, 3, 0, u64::MAX), Vec::<u64>::new());
            let head = store.head(2).unwrap();
            store.forget_heads();
            assert_eq!(store.head(2).unwrap(), head, "as it was known, and as it is looked up");
            assert_eq!(store.head(3).unwrap(), Head::NONE);
            assert_eq!(store.journal_rows().unwrap(), 2 * last);
        };
        append(&store, 1, 1_030);
        check(&store, 1_030);
        store.keep_all_places().unwrap();
        assert_eq!(store.newest_places().unwrap().0.len(), 0);
        check(&store, 1_030);
        append(&store, 1_031, 1_040);
        check(&store, 1_040);
        store.keep_all_places().unwrap();
        check(&store, 1_040);
        // Enough for the index by themselves; what follows is not.
        append(&store, 1_041, 1_040 + NEWEST_MAX / 2);
        assert_eq!(store.newest_places().unwrap().0.len(), 0);
        append(&store, 1_041 + NEWEST_MAX / 2, 1_041 + NEWEST_MAX / 2);
        check(&store, 1_041 + NEWEST_MAX / 2);
    }
}
