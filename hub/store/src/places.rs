//! Where in the journal the rows of each office stand.
//!
//! Written for many thousand rows at once: a commit of sixty offices would else touch sixty places of the file, which
//! costs more than everything else about it. What the index does not know yet is the journal's end, and is looked
//! through.

use std::collections::BTreeMap;

use rusqlite::params;

use super::{Store, Stored};

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

impl Store {
    /// Looks through the journal's end. Reading on is of the same moment only within one [`Store::begin_reading`].
    pub fn newest_places(&self) -> Stored<NewestPlaces> {
        let mut newest = NewestPlaces::default();
        let mut statement = self.connection.prepare_cached("SELECT office, seq, id FROM journal WHERE id > ?")?;
        let mut rows = statement.query([self.indexed_to()?])?;
        while let Some(row) = rows.next()? {
            let seq = row.get::<_, i64>(1)?.unsigned_abs();
            newest.0.entry(row.get(0)?).or_default().push((seq, row.get(2)?));
        }
        Ok(newest)
    }

    fn indexed_to(&self) -> Stored<i64> {
        let bytes = self.meta(INDEXED_TO)?.and_then(|value| <[u8; 8]>::try_from(value).ok());
        Ok(bytes.map_or(0, i64::from_be_bytes))
    }

    /// Sets the writer up: counts the journal's end, and takes it into the index if it is long.
    pub(super) fn begin_to_count(&self) -> Stored<()> {
        let last: Option<i64> = self.connection.query_row("SELECT max(id) FROM journal", [], |row| row.get(0))?;
        self.count_newest(last.unwrap_or(0).abs_diff(self.indexed_to()?));
        self.begin()?;
        self.commit()
    }

    /// A row was appended; once there are enough of them, [`Store::keep_places`] has something to do.
    pub(super) fn count_newest(&self, rows: u64) {
        self.newest.set(self.newest.get() + rows);
    }

    /// Takes the journal's end into the index, if it has grown long.
    pub(super) fn keep_places(&self) -> Stored<()> {
        if self.newest.get() < NEWEST_MAX {
            return Ok(());
        }
        self.keep_all_places()
    }

    /// Takes the journal's end into the index.
    pub(super) fn keep_all_places(&self) -> Stored<()> {
        let NewestPlaces(newest) = self.newest_places()?;
        let last = newest.values().flatten().map(|(_, id)| *id).max();
        let mut insert =
            self.connection.prepare_cached("INSERT INTO journal_index(office, seq, ids) VALUES(?, ?, ?)")?;
        for (office, places) in newest {
            for row in places.chunks(PLACES_IN_A_ROW) {
                let ids: Vec<u8> = row.iter().flat_map(|(_, id)| id.to_be_bytes()).collect();
                insert.execute(params![office, row[0].0 as i64, ids])?;
            }
        }
        if let Some(last) = last {
            self.set_meta(INDEXED_TO, &last.to_be_bytes())?;
        }
        self.newest.set(0);
        Ok(())
    }

    /// Number and id of every row of an office after one number and up to another, in order.
    pub(super) fn places_after(
        &self,
        newest: &NewestPlaces,
        office: u32,
        after: u64,
        until: u64,
        mut take: impl FnMut(u64, i64) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut statement = self.connection.prepare_cached(
            "SELECT seq, ids FROM journal_index WHERE office = ?1 AND seq <= ?3 AND seq >= \
             ifnull((SELECT max(seq) FROM journal_index WHERE office = ?1 AND seq <= ?2), 0) ORDER BY seq",
        )?;
        let wanted = |seq: u64| after < seq && seq <= until;
        let [first, last] = [after.saturating_add(1), until].map(|seq| i64::try_from(seq).unwrap_or(i64::MAX));
        let mut rows = statement.query(params![office, first, last])?;
        while let Some(row) = rows.next()? {
            let seq = row.get::<_, i64>(0)?.unsigned_abs();
            let ids = row.get_ref(1)?.as_blob()?;
            for (seq, id) in (seq..).zip(ids.as_chunks::<8>().0).filter(|(seq, _)| wanted(*seq)) {
                take(seq, i64::from_be_bytes(*id))?;
            }
        }
        let newest = newest.0.get(&office).into_iter().flatten();
        newest.filter(|(seq, _)| wanted(*seq)).try_for_each(|(seq, id)| take(*seq, *id))
    }

    /// Rows in the journal, of all offices.
    pub fn journal_rows(&self) -> Stored<u64> {
        let count: i64 = self.connection.query_row("SELECT count(*) FROM journal", [], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }
}

#[cfg(test)]
mod tests {
    use office::{Event, EventKind, HouseEvent};

    use super::*;
    use crate::{Actor, START_OF_CHAIN};

    /// Appends events of two offices by turns, in one transaction, and commits.
    fn append(store: &Store, from: u64, to: u64) {
        store.begin().unwrap();
        for seq in from..=to {
            for office in [1, 2] {
                let event = Event {
                    at: chrono::DateTime::UNIX_EPOCH,
                    kind: EventKind::House(HouseEvent::OutageNoted { from: chrono::DateTime::UNIX_EPOCH }),
                };
                store.append(office, seq, &START_OF_CHAIN, &event, Actor::Hub, None).unwrap();
            }
        }
        store.commit().unwrap();
    }

    fn numbers(store: &Store, office: u32, after: u64, until: u64) -> Vec<u64> {
        let newest = store.newest_places().unwrap();
        let mut numbers = Vec::new();
        let read = store.read_after(&newest, office, after, until, |row| {
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
        let check = |store: &Store, last: u64| {
            for (after, until) in [(0, u64::MAX), (0, 1), (1, last), (last - 1, last), (last, u64::MAX), (1_023, 1_025)]
            {
                let expect: Vec<u64> = (after + 1..=until.min(last)).collect();
                assert_eq!(numbers(store, 2, after, until), expect, "after {after} until {until} of {last}");
            }
            assert_eq!(numbers(store, 3, 0, u64::MAX), Vec::<u64>::new());
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
