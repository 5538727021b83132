//! The head of each journal, the offices' and the body's, is signed each day and at a stop, with a key outside the database: into the log, to the
//! administrators by mail, and onto a page. What was signed last is held against the journal before.

use std::{path::PathBuf, sync::Arc};

use access::{HouseAlarm, HouseAlarms};
use acts::Ledger;
use chrono::{DateTime, Days, NaiveTime, Utc};
use office::calendar;
use post::Alert;
use secrets::{BODY_HEAD, HeadKey, HeadLine, SignedHead};
use store::{Head, KeptHeadLine};
use writer::Offices;

use crate::alerts::Alerts;

/// At this hour of the first office's clock: before the doors open.
const HOUR: u32 = 6;

/// Signs the heads; cheap to clone.
#[derive(Debug, Clone)]
pub struct HeadSigner {
    /// Where the lines are kept.
    pub ledger: Ledger,
    /// The offices of this hub.
    pub offices: Offices,
    /// The database, which is read by a connection of its own.
    pub database: PathBuf,
    /// With which the lines are signed.
    pub key: Arc<HeadKey>,
    /// Told of a journal that is another than it was.
    pub alarms: HouseAlarms,
    /// The mails to administrators.
    pub alerts: Alerts,
}

impl HeadSigner {
    /// Looks at the heads that were signed last, then signs each day, for ever.
    pub async fn keep(self) {
        self.look().await;
        loop {
            self.ledger.clock.sleep_until(self.next_morning(self.ledger.clock.now())).await;
            self.look().await;
            self.sign().await;
        }
    }

    fn zone(&self) -> chrono_tz::Tz {
        let zone = self.offices.iter().find_map(|office| office.config(|config| config.zone));
        zone.unwrap_or(chrono_tz::Europe::Athens)
    }

    fn next_morning(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let (zone, hour) = (self.zone(), NaiveTime::from_hms_opt(HOUR, 0, 0).unwrap_or_default());
        let today = calendar::local_date(zone, now);
        let morning = calendar::instant_from(zone, today.and_time(hour));
        if now < morning {
            return morning;
        }
        let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
        calendar::instant_from(zone, tomorrow.and_time(hour))
    }

    /// The newest line of each office and of the body, as far as it can be read.
    async fn last_lines(&self) -> Vec<(Option<u32>, String, Option<HeadLine>)> {
        let offices = self.offices.iter().map(|office| (Some(office.row), office.key.to_string()));
        let rows: Vec<(Option<u32>, String)> = offices.chain([(None, BODY_HEAD.to_owned())]).collect();
        let read = self.ledger.readers.read(move |store| {
            let last = |(row, key): (Option<u32>, String)| Ok((row, key, store.head_lines(row, 1)?.into_iter().next()));
            rows.into_iter().map(last).collect::<Result<Vec<_>, _>>()
        });
        let lines = read.await.unwrap_or_default();
        let parsed = |kept: KeptHeadLine| kept.line.parse::<HeadLine>().ok();
        lines.into_iter().map(|(row, key, kept)| (row, key, kept.and_then(parsed))).collect()
    }

    /// Holds each journal against the head that was signed last.
    async fn look(&self) {
        let own = self.key.public();
        let mut heads = Vec::new();
        for (row, key, line) in self.last_lines().await {
            let Some(line) = line else { continue };
            let is_ours = line.key == own && line.is_signed() && line.head.office == key;
            if line.key == own && !is_ours {
                self.say_broken(row, &key, "the head that was signed last is another now").await;
                continue;
            }
            // One of an earlier key is still a head of this journal.
            heads.push((row, key, Head { seq: line.head.seq, hash: line.head.hash }));
        }
        let database = self.database.clone();
        let looked = tokio::task::spawn_blocking(move || {
            let heads = heads.into_iter();
            heads.map(|(row, key, head)| (row, key, writer::follows(&database, row, head))).collect::<Vec<_>>()
        });
        for (row, key, found) in looked.await.unwrap_or_default() {
            match found {
                Ok(()) => self.alarms.journal_is(row, false),
                Err(error) => self.say_broken(row, &key, &format!("{error:#}")).await,
            }
        }
    }

    async fn say_broken(&self, row: Option<u32>, office: &str, why: &str) {
        tracing::error!(target: "audit", event = "journal-broken", office, why, "a journal is another than it was");
        self.alarms.journal_is(row, true);
        let alert = Alert::JournalBroken { office: office.to_owned() };
        self.alerts.raise(alert, self.ledger.clock.now()).await;
    }

    /// Signs the heads as they are now, of journals that have moved on since.
    pub async fn sign(&self) {
        let now = self.ledger.clock.now();
        let day = calendar::local_date(self.zone(), now);
        let read = self.ledger.readers.read(|store| Ok((store.journal_ends()?, store.body_end()?)));
        let Ok((ends, body_end)) = read.await else {
            tracing::error!("the heads of the journals could not be read; they are signed the next time");
            return;
        };
        let mut kept = Vec::new();
        let alarms = self.alarms.all();
        for (row, office, last) in self.last_lines().await {
            // What is not as it was is not made so by a signature: it is told of until somebody has put it right.
            if alarms.contains(&HouseAlarm::JournalBroken(row)) {
                continue;
            }
            let end = row.map_or(Some(body_end), |row| ends.get(&row).copied());
            let Some(Head { seq, hash }) = end.filter(|end| *end != Head::NONE) else { continue };
            let is_signed = |line: &HeadLine| (line.head.seq, line.head.hash, line.head.day) == (seq, hash, day);
            if last.as_ref().is_some_and(is_signed) {
                continue;
            }
            let line = HeadLine::sign(&self.key, SignedHead { office, day, seq, hash }).to_string();
            tracing::info!(target: "audit", event = "journal-head", line, "the head of a journal was signed");
            kept.push(KeptHeadLine { office: row, at: now, line });
        }
        if kept.is_empty() {
            return;
        }
        let lines: Vec<String> = kept.iter().map(|kept| kept.line.clone()).collect();
        let put = move |store: &store::Store| kept.iter().try_for_each(|kept| store.put_head_line(kept));
        if let Err(error) = self.ledger.writer.change(put).await {
            tracing::error!(%error, "the signed heads could not be kept; they stand in the log");
        }
        self.alerts.raise(Alert::Heads { lines }, now).await;
    }
}
