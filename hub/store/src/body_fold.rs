//! The body's journal, folded from its first event, and held against everything that is stored beside it: where accounts stand,
//! requests and conferences as they are, and how far the series of protocol numbers have come.

use std::collections::BTreeMap;

use anyhow::{Context, ensure};
use body::{
    AccountEvent, AccountId, AccountStanding, AnnouncedWindows, Case, CaseEvent, CaseId, Conference, ConferenceEvent,
    ConferenceId, LevelSwitches, MadeUnits, Meeting, MeetingEvent, MeetingStep, ProtocolSeries, RoleRequest,
    RoleRequestEvent, RoleRequestId, SeriesKind, SwitchEvent, TextDigest, UnitEvent, UpkeepEvent, WordsId, account,
    case,
    conference::{self, upkeep},
    meeting, role_request, switches, units,
};

use crate::{body_journal::BodySubject, file::Store, head::Head};

/// What was found right in the body's journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BodyReport {
    /// So many events are chained as they should be.
    pub events: u64,
    /// Accounts of which something was decided.
    pub accounts: usize,
    /// So many requests follow from them.
    pub requests: usize,
    /// So many conferences follow from them.
    pub conferences: usize,
}

/// A standing as its events make it. What an account was before its first event no journal says: it was not there yet, or,
/// from before there were bodies, it was.
struct FoldedStanding {
    from_nothing: AccountStanding,
    from_proven: AccountStanding,
}

/// Everything that follows from the journal.
struct BodyFold {
    accounts: BTreeMap<u32, FoldedStanding>,
    requests: BTreeMap<u64, Option<Case>>,
    switches: LevelSwitches,
    series: [ProtocolSeries; 2],
    roles: BTreeMap<u64, Option<RoleRequest>>,
    units: MadeUnits,
    conferences: BTreeMap<u64, Option<Conference>>,
    meetings: BTreeMap<u64, Option<Meeting>>,
    /// Texts of minutes, and what each was when it was made.
    minutes: Vec<(WordsId, TextDigest)>,
    announced: AnnouncedWindows,
}

impl Store {
    /// Checks the body's journal, row by row, and everything that follows from it.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn verify_body(&self) -> anyhow::Result<BodyReport> {
        let mut fold = BodyFold {
            accounts: BTreeMap::new(),
            requests: BTreeMap::new(),
            switches: LevelSwitches::default(),
            series: [SeriesKind::Official, SeriesKind::Provisional].map(ProtocolSeries::new),
            roles: BTreeMap::new(),
            units: MadeUnits::default(),
            conferences: BTreeMap::new(),
            meetings: BTreeMap::new(),
            minutes: Vec::new(),
            announced: AnnouncedWindows::default(),
        };
        let end = self.check_body(Head::NONE, u64::MAX, |row| {
            match row.subject()? {
                BodySubject::Account(account) => {
                    let (at, by, step) = row.step()?;
                    fold.account(account, &AccountEvent { at, by, step });
                }
                BodySubject::Request(request) => {
                    let (at, by, step) = row.step()?;
                    fold.request(request, &CaseEvent { at, by, step });
                }
                BodySubject::Switches => {
                    let (at, by, step) = row.step()?;
                    switches::apply(&mut fold.switches, &SwitchEvent { at, by, step });
                }
                BodySubject::RoleRequest(request) => {
                    let (at, by, step) = row.step()?;
                    let folded = fold.roles.entry(request).or_default();
                    *folded = role_request::apply(folded.take(), &RoleRequestEvent { at, by, step });
                }
                BodySubject::Units => {
                    let (at, by, step) = row.step()?;
                    units::apply(&mut fold.units, &UnitEvent { at, by, step });
                }
                BodySubject::Upkeep => {
                    let (at, by, step) = row.step()?;
                    upkeep::apply(&mut fold.announced, &UpkeepEvent { at, by, step });
                }
                BodySubject::Conference(number) => {
                    let (at, by, step) = row.step()?;
                    let folded = fold.conferences.entry(number).or_default();
                    *folded = conference::apply(folded.take(), &ConferenceEvent { at, by, step });
                }
                BodySubject::Meeting(number) => {
                    let (at, by, step) = row.step()?;
                    let event = MeetingEvent { at, by, step };
                    if let MeetingStep::MinutesMade { words, digest: Some(digest) } = &event.step {
                        fold.minutes.push((*words, *digest));
                    }
                    let folded = fold.meetings.entry(number).or_default();
                    *folded = meeting::apply(folded.take(), &event);
                }
            }
            Ok(())
        })?;
        self.compare_accounts(&fold).context("accounts")?;
        self.compare_requests(&fold).context("requests")?;
        self.compare_roles(&fold).context("requests to be a coordinator")?;
        self.compare_conferences(&fold).context("conferences")?;
        self.compare_meetings(&fold).context("meetings")?;
        self.compare_minutes(&fold).context("minutes")?;
        for series in &fold.series {
            let kept = self.protocol_series(series.kind)?;
            ensure!(kept == *series, "the series of {} numbers is not that of the journal", series.kind.name());
        }
        ensure!(self.level_switches()? == fold.switches, "for what level B is open is not what the journal says");
        ensure!(self.announced_windows()? == fold.announced, "the windows of maintenance are not those of the journal");
        ensure!(self.made_units()? == fold.units, "the units that were made are not those of the journal");
        Ok(BodyReport {
            events: end.seq,
            accounts: fold.accounts.len(),
            requests: fold.requests.len(),
            conferences: fold.conferences.len(),
        })
    }

    fn compare_accounts(&self, fold: &BodyFold) -> anyhow::Result<()> {
        let kept: Vec<u32> =
            self.sql.rows("SELECT account FROM account_standing ORDER BY account", [], |row| row.get(0))?;
        ensure!(
            kept.iter().all(|account| fold.accounts.contains_key(account)) && kept.len() == fold.accounts.len(),
            "those of which something is kept are not those of the journal"
        );
        for (account, folded) in &fold.accounts {
            let standing = self.standing(AccountId(*account))?;
            ensure!(
                standing == folded.from_nothing || standing == folded.from_proven,
                "account {account} stands otherwise than the journal says"
            );
        }
        Ok(())
    }

    fn compare_roles(&self, fold: &BodyFold) -> anyhow::Result<()> {
        let count: u32 = self.sql.only("SELECT count(*) FROM role_request", [], |row| row.get(0))?;
        ensure!(
            usize::try_from(count).is_ok_and(|count| count == fold.roles.len()),
            "there are {count}, and {} in the journal",
            fold.roles.len()
        );
        for (number, folded) in &fold.roles {
            let kept = self.role_request_numbered(RoleRequestId(*number))?.map(|row| row.request);
            ensure!(kept == *folded, "request {number} is otherwise than the journal says");
        }
        Ok(())
    }

    fn compare_conferences(&self, fold: &BodyFold) -> anyhow::Result<()> {
        let count: u32 = self.sql.only("SELECT count(*) FROM conference", [], |row| row.get(0))?;
        ensure!(
            usize::try_from(count).is_ok_and(|count| count == fold.conferences.len()),
            "there are {count}, and {} in the journal",
            fold.conferences.len()
        );
        for (number, folded) in &fold.conferences {
            let kept = self.conference_numbered(ConferenceId(*number))?.map(|row| row.conference);
            ensure!(kept == *folded, "conference {number} is otherwise than the journal says");
        }
        Ok(())
    }

    fn compare_meetings(&self, fold: &BodyFold) -> anyhow::Result<()> {
        let count: u32 = self.sql.only("SELECT count(*) FROM meeting", [], |row| row.get(0))?;
        ensure!(
            usize::try_from(count).is_ok_and(|count| count == fold.meetings.len()),
            "there are {count}, and {} in the journal",
            fold.meetings.len()
        );
        for (number, folded) in &fold.meetings {
            let kept = self.meeting(ConferenceId(*number))?;
            ensure!(kept == *folded, "the meeting of conference {number} is otherwise than the journal says");
        }
        Ok(())
    }

    /// Every text of minutes is what it was when it was made, unless it was erased.
    fn compare_minutes(&self, fold: &BodyFold) -> anyhow::Result<()> {
        for (words, digest) in &fold.minutes {
            let kept = self.body_words_digest(*words)?;
            ensure!(kept.is_none_or(|kept| kept == *digest), "text {words} is not the one that was made");
        }
        Ok(())
    }

    fn compare_requests(&self, fold: &BodyFold) -> anyhow::Result<()> {
        let count: u32 = self.sql.only("SELECT count(*) FROM request", [], |row| row.get(0))?;
        ensure!(
            usize::try_from(count).is_ok_and(|count| count == fold.requests.len()),
            "there are {count}, and {} in the journal",
            fold.requests.len()
        );
        for (request, folded) in &fold.requests {
            let kept = self.request_numbered(CaseId(*request))?.map(|row| row.case);
            ensure!(kept == *folded, "request {request} is otherwise than the journal says");
        }
        Ok(())
    }
}

impl BodyFold {
    fn account(&mut self, account: u32, event: &AccountEvent) {
        let folded = self.accounts.entry(account).or_insert_with(|| FoldedStanding {
            from_nothing: AccountStanding::default(),
            from_proven: AccountStanding::proven(),
        });
        account::apply(&mut folded.from_nothing, event);
        account::apply(&mut folded.from_proven, event);
    }

    fn request(&mut self, request: u64, event: &CaseEvent) {
        let folded = self.requests.entry(request).or_default();
        *folded = case::apply(folded.take(), event);
        self.series.iter_mut().for_each(|series| case::note_number(series, event));
    }
}
