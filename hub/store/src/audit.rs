//! The audit of who came in and who did not: who, from where, when and what; never what somebody typed.

use chrono::{DateTime, Utc};

use crate::{
    error::Stored,
    file::Store,
    sql::{Cells, Read, instant, millis, params},
};

/// What an audit's rows of one minute are told apart by.
const MINUTE_MILLIS: i64 = 60_000;

/// What happened once or oftener within a minute, all alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// The first time.
    pub at: DateTime<Utc>,
    /// The last time.
    pub last_at: DateTime<Utc>,
    /// What: one of the hub's own names, e.g. `sign-in`.
    pub event: String,
    /// Why, or in which way; empty where there is nothing to say.
    pub why: String,
    /// Who did it, by number, e.g. `account:3`; empty where nobody knows.
    pub who: String,
    /// To whom or what it was done, by number.
    pub about: String,
    /// The row of the office that it belongs to; none for what is of the whole hub.
    pub office: Option<u32>,
    /// The network that it came from; empty for the command line.
    pub network: String,
    /// How often it happened within the minute.
    pub count: u32,
    /// Whether somebody who is known did it: strangers can make any number of the others.
    pub proven: bool,
}

/// Which rows are wanted.
#[derive(Debug, Clone, Default)]
pub struct AuditQuestion {
    /// Of this office alone; none for the whole hub.
    pub office: Option<u32>,
    /// By or about them, as [`AuditRow::who`] has them.
    pub party: Option<String>,
    /// Of this kind.
    pub event: Option<String>,
    /// From then on, and before then.
    pub between: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Older than the row with this number.
    pub before: Option<i64>,
    /// So many at most.
    pub most: u32,
}

const ROW: &str = "SELECT id, at, last_at, event, why, who, about, office, network, count, proven FROM audit";

impl Store {
    /// Keeps a row; one that is there already of the same minute is counted on.
    pub fn put_audit(&self, row: &AuditRow) -> Stored<()> {
        self.sql
            .run(
                "INSERT INTO audit(minute, at, last_at, event, why, who, about, office, network, count, proven) \
                 VALUES(?1 / ?12, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
                 ON CONFLICT(minute, event, why, who, about, network) DO UPDATE SET count = count + ?11, \
                 last_at = max(last_at, excluded.last_at)",
                params![
                    millis(row.at),
                    millis(row.last_at),
                    row.event,
                    row.why,
                    row.who,
                    row.about,
                    row.office,
                    row.network,
                    row.count,
                    row.proven,
                    row.count,
                    MINUTE_MILLIS
                ],
            )
            .map(drop)
    }

    /// The newest rows that a question is about, each with its number.
    pub fn audit(&self, question: &AuditQuestion) -> Stored<Vec<(i64, AuditRow)>> {
        let (from, to) = question.between.map_or((i64::MIN, i64::MAX), |(from, to)| (millis(from), millis(to)));
        self.sql.rows(
            &format!(
                "{ROW} WHERE (?1 IS NULL OR office = ?1) AND (?2 IS NULL OR who = ?2 OR about = ?2) \
                 AND (?3 IS NULL OR event = ?3) AND at >= ?4 AND at < ?5 AND (?6 IS NULL OR id < ?6) \
                 ORDER BY id DESC LIMIT ?7"
            ),
            params![question.office, question.party, question.event, from, to, question.before, question.most],
            |row| Ok((row.get(0)?, audit_row(row)?)),
        )
    }

    /// Every row, the oldest first.
    pub fn whole_audit(&self) -> Stored<Vec<AuditRow>> {
        self.sql.rows(&format!("{ROW} ORDER BY id"), [], audit_row)
    }

    /// Puts these rows in the place of all that are there.
    pub fn replace_audit(&self, rows: &[AuditRow]) -> Stored<()> {
        self.sql.run("DELETE FROM audit", [])?;
        rows.iter().try_for_each(|row| self.put_audit(row))
    }

    /// Takes out what is older, and of what strangers did all but the newest.
    pub fn forget_audit(&self, before: DateTime<Utc>, strangers_max: u32) -> Stored<usize> {
        let old = self.sql.run("DELETE FROM audit WHERE at < ?", [millis(before)])?;
        let many = self.sql.run(
            "DELETE FROM audit WHERE proven = 0 AND id <= \
             (SELECT id FROM audit WHERE proven = 0 ORDER BY id DESC LIMIT 1 OFFSET ?)",
            [strangers_max],
        )?;
        Ok(old + many)
    }
}

fn audit_row(row: &Cells<'_>) -> Read<AuditRow> {
    Ok(AuditRow {
        at: instant(row.get(1)?),
        last_at: instant(row.get(2)?),
        event: row.get(3)?,
        why: row.get(4)?,
        who: row.get(5)?,
        about: row.get(6)?,
        office: row.get(7)?,
        network: row.get(8)?,
        count: row.get(9)?,
        proven: row.get(10)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(second: i64, who: &str, proven: bool) -> AuditRow {
        let at = DateTime::from_timestamp(1_790_000_040 + second, 0).unwrap();
        AuditRow {
            at,
            last_at: at,
            event: "sign-in-failed".into(),
            why: "wrong-password".into(),
            who: String::new(),
            about: who.into(),
            office: (!who.is_empty()).then_some(1),
            network: "192.0.2.1/32".into(),
            count: 1,
            proven,
        }
    }

    #[test]
    fn new_08_what_is_alike_in_one_minute_is_one_row_and_old_ones_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        store.office_row("kep").unwrap();
        for second in 0..70 {
            store.put_audit(&row(second, "account:1", false)).unwrap();
        }
        store.put_audit(&row(0, "", false)).unwrap();
        store.put_audit(&row(0, "account:2", true)).unwrap();
        let all = store.audit(&AuditQuestion { most: 10, ..AuditQuestion::default() }).unwrap();
        let counts: Vec<(u32, &str)> = all.iter().map(|(_, row)| (row.count, row.about.as_str())).collect();
        assert_eq!(counts, [(1, "account:2"), (1, ""), (10, "account:1"), (60, "account:1")]);
        let of = |question: AuditQuestion| store.audit(&AuditQuestion { most: 10, ..question }).unwrap().len();
        assert_eq!(of(AuditQuestion { office: Some(1), ..AuditQuestion::default() }), 3);
        assert_eq!(of(AuditQuestion { party: Some("account:2".into()), ..AuditQuestion::default() }), 1);
        assert_eq!(of(AuditQuestion { event: Some("sign-in".into()), ..AuditQuestion::default() }), 0);
        assert_eq!(of(AuditQuestion { before: Some(all[1].0), ..AuditQuestion::default() }), 2);
        let since = row(60, "", false).at;
        assert_eq!(
            of(AuditQuestion {
                between: Some((since, since + chrono::TimeDelta::days(1))),
                ..AuditQuestion::default()
            }),
            1
        );
        // A flood of strangers pushes out strangers alone.
        store.forget_audit(DateTime::UNIX_EPOCH, 1).unwrap();
        assert_eq!(of(AuditQuestion::default()), 2);
        assert_eq!(store.forget_audit(since, 10).unwrap(), 2);
        assert_eq!(of(AuditQuestion::default()), 0);
    }
}
