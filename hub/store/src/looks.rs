//! Looks at personal data by staff (FLD-22): who, when, at what; nothing of what was seen.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    error::Stored,
    file::Store,
    sql::{Cells, Read, instant, millis, params},
};

/// That somebody of staff saw what is about a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// When the page was shown.
    pub at: DateTime<Utc>,
    /// The account that looked.
    pub account: u32,
    /// The office's row; none for what is of the whole hub.
    pub office: Option<u32>,
    /// What was looked at: a name of the hub's own, e.g. `card`.
    pub what: String,
    /// The booking's number in its office.
    pub booking: Option<u64>,
    /// The visit's opaque id.
    pub visit: Option<Uuid>,
    /// How many people stood in what was looked at, for a list.
    pub names: Option<u32>,
    /// Looks with the same occasion are one look: a page that renews itself is looked at once.
    pub occasion: Option<u64>,
    /// The number of the citizen's account that was looked at.
    pub about: Option<u32>,
}

const LOOK: &str = "SELECT at, account, office, what, booking, visit, names, occasion, about FROM look";

impl Store {
    /// Keeps a look; one with an occasion that is kept already is the same look.
    pub fn put_look(&self, look: &Look) -> Stored<()> {
        self.sql
            .run(
                "INSERT OR IGNORE INTO look(at, account, office, what, booking, visit, names, occasion, about) \
                 VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
                params![
                    millis(look.at),
                    look.account,
                    look.office,
                    look.what,
                    look.booking.map(u64::cast_signed),
                    look.visit.map(Uuid::into_bytes),
                    look.names,
                    look.occasion.map(u64::cast_signed),
                    look.about
                ],
            )
            .map(drop)
    }

    /// Whether a look with this occasion is kept.
    pub fn has_look(&self, look: &Look) -> Stored<bool> {
        let found = self.sql.one(
            "SELECT 1 FROM look WHERE account = ? AND office IS ? AND what = ? AND visit IS ? AND occasion = ?",
            params![
                look.account,
                look.office,
                look.what,
                look.visit.map(Uuid::into_bytes),
                look.occasion.map(u64::cast_signed)
            ],
            |_| Ok(()),
        )?;
        Ok(found.is_some())
    }

    /// The newest looks of one kind by one account at what is of the whole hub.
    pub fn looks_of(&self, account: u32, what: &str, most: u32) -> Stored<Vec<Look>> {
        self.sql.rows(
            &format!("{LOOK} WHERE office IS NULL AND account = ? AND what = ? ORDER BY id DESC LIMIT ?"),
            params![account, what, most],
            look,
        )
    }

    /// The newest looks of one kind at an account, whoever looked.
    pub fn looks_at(&self, account: u32, what: &str, most: u32) -> Stored<Vec<Look>> {
        let select = format!("{LOOK} WHERE about = ? AND what = ? ORDER BY id DESC LIMIT ?");
        self.sql.rows(&select, params![account, what, most], look)
    }

    /// The newest looks of an office, of one account there if any is named; where asked for, with those that are about the whole
    /// hub, but for one kind, which are people's own.
    pub fn looks(&self, office: u32, of_hub_but: Option<&str>, account: Option<u32>, most: u32) -> Stored<Vec<Look>> {
        self.sql.rows(
            &format!(
                "{LOOK} WHERE (office = ?1 OR office IS NULL AND what <> ?2) AND (?3 IS NULL OR account = ?3) \
                 ORDER BY id DESC LIMIT ?4"
            ),
            params![office, of_hub_but, account, most],
            look,
        )
    }

    /// Takes out what is older, of an office or of the whole hub.
    pub fn forget_looks(&self, office: Option<u32>, before: DateTime<Utc>) -> Stored<usize> {
        self.sql.run("DELETE FROM look WHERE office IS ? AND at < ?", params![office, millis(before)])
    }
}

fn look(row: &Cells<'_>) -> Read<Look> {
    Ok(Look {
        at: instant(row.get(0)?),
        account: row.get(1)?,
        office: row.get(2)?,
        what: row.get(3)?,
        booking: row.get::<_, Option<i64>>(4)?.map(i64::cast_unsigned),
        visit: row.get::<_, Option<[u8; 16]>>(5)?.map(Uuid::from_bytes),
        names: row.get(6)?,
        occasion: row.get::<_, Option<i64>>(7)?.map(i64::cast_unsigned),
        about: row.get(8)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(account: u32, occasion: Option<u64>, minute: i64) -> Look {
        Look {
            at: DateTime::from_timestamp(minute * 60, 0).unwrap(),
            account,
            office: Some(1),
            what: "number".into(),
            booking: Some(7),
            visit: Some(Uuid::from_u128(9)),
            names: None,
            occasion,
            about: None,
        }
    }

    #[test]
    fn fld_22_a_citizen_s_own_looks_are_found_by_the_account_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let own = |account, minute| Look {
            office: None,
            what: "records".into(),
            booking: None,
            ..look(account, None, minute)
        };
        for kept in [own(2, 1), own(3, 2), own(2, 3), Look { what: "list".into(), ..own(2, 4) }, look(2, None, 5)] {
            store.put_look(&kept).unwrap();
        }
        let found = store.looks_of(2, "records", 10).unwrap();
        assert_eq!(found.iter().map(|look| look.at.timestamp() / 60).collect::<Vec<_>>(), [3, 1]);
        assert_eq!(store.looks_of(2, "records", 1).unwrap().len(), 1);
    }

    #[test]
    fn fld_22_a_page_that_renews_itself_is_one_look_and_old_ones_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        for minute in 1..4 {
            store.put_look(&look(2, Some(5), minute)).unwrap();
        }
        store.put_look(&look(2, Some(6), 5)).unwrap();
        store.put_look(&look(3, Some(5), 6)).unwrap();
        store.put_look(&look(3, None, 7)).unwrap();
        store.put_look(&look(3, None, 8)).unwrap();
        assert!(store.has_look(&look(2, Some(6), 9)).unwrap() && !store.has_look(&look(2, Some(7), 9)).unwrap());
        let kept = store.looks(1, None, None, 100).unwrap();
        assert_eq!(kept.iter().map(|look| look.at.timestamp() / 60).collect::<Vec<_>>(), [8, 7, 6, 5, 1]);
        assert_eq!(store.looks(1, None, Some(2), 100).unwrap().len(), 2);
        let of_hub = |what: &str| Look { office: None, booking: None, what: what.into(), ..look(4, None, 9) };
        store.put_look(&of_hub("participants")).unwrap();
        store.put_look(&of_hub("records")).unwrap();
        assert_eq!(store.looks(1, None, Some(4), 100).unwrap(), []);
        assert_eq!(store.looks(1, Some("records"), Some(4), 100).unwrap(), [of_hub("participants")]);
        assert_eq!(store.forget_looks(Some(1), kept[1].at).unwrap(), 3);
        assert_eq!(store.looks(1, None, None, 100).unwrap().len(), 2);
    }
}
