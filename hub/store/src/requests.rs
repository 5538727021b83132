//! Requests of citizens (PET-02): each as it is now, beside the journal from which it follows, and the series of their numbers.

use body::{
    AccountId, Case, CaseEvent, CaseId, CasePhase, CaseStep, CategoryId, Doer, GrantScope, OutsideNumber, OwnNumber,
    ProtocolSeries, SeriesKind, UnitId, case,
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use office::Language;
use uuid::Uuid;

use crate::{
    body_journal::{BodyRow, BodySubject},
    error::{StoreError, Stored},
    file::Store,
    sql::{Cells, Read, millis, params},
};

/// A request, and how the outside names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRow {
    /// Opaque, drawn with its form: a form that is sent twice is one request.
    pub public: Uuid,
    /// The language in which the applicant is told.
    pub language: Language,
    /// As it is now.
    pub case: Case,
}

/// Which requests are asked for.
#[derive(Debug, Clone, Default)]
pub struct RequestQuestion {
    /// Within which scopes; none finds nothing.
    pub scopes: Vec<GrantScope>,
    /// Of this unit alone.
    pub unit: Option<UnitId>,
    /// Of this category alone.
    pub category: Option<CategoryId>,
    /// Those that this account has alone.
    pub worker: Option<AccountId>,
    /// Those that nobody has alone.
    pub unassigned: bool,
    /// Those that were due before this day, and for which somebody has to do something, alone.
    pub overdue_on: Option<NaiveDate>,
    /// Those whose result is there, and goes by post, alone.
    pub to_post: bool,
    /// Closed ones in the place of open ones.
    pub closed: bool,
    /// At most so many, those that are due first; of closed ones the newest.
    pub most: u32,
}

/// How many requests there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RequestFigures {
    /// Requests that have not come to an end.
    pub open: u32,
    /// Of which so many are overdue.
    pub overdue: u32,
    /// Days from submitting to the end, of half of those that were closed lately, at most; none if none were.
    pub median_days: Option<u32>,
}

/// So many closed requests, the newest, are looked at for a median: more would not change it by a day.
const MEDIAN_OF: u32 = 2_000;

const ROW: &str = "SELECT public, state, language FROM request";

impl Store {
    /// The number that the next request has in the hub.
    pub fn next_request(&self) -> Stored<CaseId> {
        let last: i64 = self.sql.only("SELECT coalesce(max(id), 0) FROM request", [], |row| row.get(0))?;
        Ok(CaseId(last.cast_unsigned() + 1))
    }

    /// A request, by how the outside names it.
    pub fn request(&self, public: Uuid) -> Stored<Option<RequestRow>> {
        let found = self.sql.one(&format!("{ROW} WHERE public = ?"), [public.into_bytes()], kept)?;
        found.map(read).transpose()
    }

    /// A request, by its number in the hub.
    pub fn request_numbered(&self, id: CaseId) -> Stored<Option<RequestRow>> {
        let found = self.sql.one(&format!("{ROW} WHERE id = ?"), [id.0.cast_signed()], kept)?;
        found.map(read).transpose()
    }

    /// The requests of an account, the newest first.
    pub fn requests_of(&self, account: AccountId, most: u32) -> Stored<Vec<RequestRow>> {
        let rows: Vec<_> =
            self.sql.rows(&format!("{ROW} WHERE account = ? ORDER BY id DESC LIMIT ?"), [account.0, most], kept)?;
        rows.into_iter().map(read).collect()
    }

    /// How many requests of an account are open.
    pub fn open_requests_of(&self, account: AccountId) -> Stored<u32> {
        let count = "SELECT count(*) FROM request WHERE account = ? AND closed_at IS NULL";
        self.sql.only(count, [account.0], |row| row.get(0))
    }

    /// How many requests an account has submitted since.
    pub fn requests_since(&self, account: AccountId, since: DateTime<Utc>) -> Stored<u32> {
        let count = "SELECT count(*) FROM request WHERE account = ? AND submitted_at >= ?";
        self.sql.only(count, params![account.0, millis(since)], |row| row.get(0))
    }

    /// Requests that staff ask for.
    pub fn request_list(&self, question: &RequestQuestion) -> Stored<Vec<RequestRow>> {
        let (everywhere, units, categories) = scopes(&question.scopes);
        let order = if question.closed { "closed_at DESC, id DESC" } else { "due, id" };
        let rows: Vec<_> = self.sql.rows(
            &format!(
                "{ROW} WHERE (closed_at IS NOT NULL) = ?1 \
                 AND (?2 OR unit IN (SELECT value FROM json_each(?3)) OR category IN (SELECT value FROM json_each(?4))) \
                 AND (?5 IS NULL OR unit = ?5) AND (?6 IS NULL OR category = ?6) \
                 AND (?7 IS NULL OR worker = ?7) AND (NOT ?8 OR worker IS NULL) \
                 AND (?9 IS NULL OR (due < ?9 AND phase IN ('in-hand', 'accepted'))) \
                 AND (NOT ?10 OR phase = 'ready-post') ORDER BY {order} LIMIT ?11"
            ),
            params![
                question.closed,
                everywhere,
                units,
                categories,
                question.unit.map(|unit| unit.0),
                question.category.map(|category| category.0),
                question.worker.map(|worker| worker.0),
                question.unassigned,
                question.overdue_on.map(|day| day.num_days_from_ce()),
                question.to_post,
                question.most,
            ],
            kept,
        )?;
        rows.into_iter().map(read).collect()
    }

    /// How many requests there are within some scopes.
    pub fn request_figures(&self, within: &[GrantScope], today: NaiveDate) -> Stored<RequestFigures> {
        let (everywhere, units, categories) = scopes(within);
        let of = "(?1 OR unit IN (SELECT value FROM json_each(?2)) OR category IN (SELECT value FROM json_each(?3)))";
        let (open, overdue) = self.sql.only(
            &format!(
                "SELECT count(*), coalesce(sum(due < ?4 AND phase IN ('in-hand', 'accepted')), 0) FROM request \
                 WHERE closed_at IS NULL AND {of}"
            ),
            params![everywhere, units, categories, today.num_days_from_ce()],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let mut spans: Vec<i64> = self.sql.rows(
            &format!(
                "SELECT closed_at - submitted_at FROM request WHERE closed_at IS NOT NULL AND {of} \
                 ORDER BY closed_at DESC LIMIT ?4"
            ),
            params![everywhere, units, categories, MEDIAN_OF],
            |row| row.get(0),
        )?;
        spans.sort_unstable();
        let median = spans
            .get(spans.len().saturating_sub(1) / 2)
            .map(|span| span / chrono::TimeDelta::days(1).num_milliseconds());
        Ok(RequestFigures { open, overdue, median_days: median.and_then(|days| u32::try_from(days).ok()) })
    }

    /// Keeps what follows for a request: its events, the request after them, and the number that it took of its series.
    pub fn keep_request(&self, row: &RequestRow, events: &[CaseEvent]) -> Stored<()> {
        let case = &row.case;
        let rows = events.iter().map(|event| BodyRow { at: event.at, by: event.by, step: &event.step });
        self.append_body(BodySubject::Request(case.id.0), rows)?;
        for event in events {
            let mut series = self.protocol_series(case.given.series)?;
            case::note_number(&mut series, event);
            self.put_series(&series)?;
        }
        let state = serde_json::to_string(case).map_err(|error| StoreError::Broken(error.into()))?;
        let OwnNumber { series, year, number } = case.given;
        self.sql
            .run(
                "INSERT INTO request(id, public, language, account, category, unit, worker, phase, due, submitted_at, closed_at, \
                 series, year, number, outside, state) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
                 ON CONFLICT(id) DO UPDATE SET account = excluded.account, unit = excluded.unit, worker = excluded.worker, phase = excluded.phase, \
                 due = excluded.due, closed_at = excluded.closed_at, outside = excluded.outside, state = excluded.state",
                params![
                    case.id.0.cast_signed(),
                    row.public.into_bytes(),
                    row.language.tag(),
                    case.account.0,
                    case.category.0,
                    case.unit.0,
                    case.worker.map(|worker| worker.0),
                    phase(case.phase),
                    case.clock.due.num_days_from_ce(),
                    millis(case.submitted_at),
                    case.closed_at.map(millis),
                    series.name(),
                    year,
                    number,
                    case.outside.as_ref().map(ToString::to_string),
                    state,
                ],
            )
            .map(drop)
    }

    /// Everything that happened to a request, in order.
    pub fn request_events(&self, id: CaseId) -> Stored<Vec<CaseEvent>> {
        let rows: Vec<(DateTime<Utc>, Doer, CaseStep)> = self.body_rows(BodySubject::Request(id.0))?;
        Ok(rows.into_iter().map(|(at, by, step)| CaseEvent { at, by, step }).collect())
    }

    /// A series, as far as it has come.
    pub fn protocol_series(&self, kind: SeriesKind) -> Stored<ProtocolSeries> {
        let found = self.sql.one("SELECT year, last FROM protocol_series WHERE kind = ?", [kind.name()], |row| {
            Ok(ProtocolSeries { kind, year: row.get(0)?, last: row.get(1)? })
        })?;
        Ok(found.unwrap_or(ProtocolSeries::new(kind)))
    }

    fn put_series(&self, series: &ProtocolSeries) -> Stored<()> {
        let put = "INSERT OR REPLACE INTO protocol_series(kind, year, last) VALUES(?, ?, ?)";
        self.sql.run(put, params![series.kind.name(), series.year, series.last]).map(drop)
    }

    /// Requests that wait for their official number, the oldest first.
    pub fn requests_unnumbered(&self, most: u32) -> Stored<Vec<RequestRow>> {
        let rows: Vec<_> = self.sql.rows(
            &format!("{ROW} WHERE series = 'provisional' AND outside IS NULL ORDER BY id LIMIT ?"),
            [most],
            kept,
        )?;
        rows.into_iter().map(read).collect()
    }

    /// Which request has an official number of the other system, by how the outside names it.
    pub fn request_with_official(&self, number: &OutsideNumber) -> Stored<Option<Uuid>> {
        let found = "SELECT public FROM request WHERE outside = ?";
        let public: Option<[u8; 16]> = self.sql.one(found, [number.to_string()], |row| row.get(0))?;
        Ok(public.map(Uuid::from_bytes))
    }

    /// Closed requests of a category whose words are past their time, the oldest first.
    pub fn requests_past(&self, category: CategoryId, before: DateTime<Utc>, most: u32) -> Stored<Vec<RequestRow>> {
        let rows: Vec<_> = self.sql.rows(
            &format!(
                "{ROW} WHERE category = ? AND closed_at < ? AND EXISTS \
                 (SELECT 1 FROM request_words WHERE request = request.id AND erased_at IS NULL) ORDER BY id LIMIT ?"
            ),
            params![category.0, millis(before), most],
            kept,
        )?;
        rows.into_iter().map(read).collect()
    }
}

/// Where a request stands, as lists look for it.
const fn phase(phase: CasePhase) -> &'static str {
    match phase {
        CasePhase::InHand => "in-hand",
        CasePhase::AwaitsAnswer { .. } => "awaits-answer",
        CasePhase::Accepted => "accepted",
        CasePhase::Ready { way: body::ResultWay::Collection } => "ready-collection",
        CasePhase::Ready { way: body::ResultWay::Post } => "ready-post",
        CasePhase::Ready { way: body::ResultWay::Download } => "ready-download",
        CasePhase::Closed { .. } => "closed",
    }
}

/// Whether everything is within some scopes, and which units and categories are, as JSON.
fn scopes(within: &[GrantScope]) -> (bool, String, String) {
    let list = |numbers: Vec<String>| format!("[{}]", numbers.join(","));
    let units = within.iter().filter_map(|scope| match scope {
        GrantScope::Unit(unit) => Some(unit.to_string()),
        GrantScope::Body | GrantScope::Office(_) | GrantScope::List(_) | GrantScope::Category(_) => None,
    });
    let categories = within.iter().filter_map(|scope| match scope {
        GrantScope::Category(category) => Some(category.to_string()),
        GrantScope::Body | GrantScope::Office(_) | GrantScope::List(_) | GrantScope::Unit(_) => None,
    });
    (within.contains(&GrantScope::Body), list(units.collect()), list(categories.collect()))
}

fn kept(row: &Cells<'_>) -> Read<([u8; 16], String, String)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn read((public, state, language): ([u8; 16], String, String)) -> Stored<RequestRow> {
    let case = serde_json::from_str(&state).map_err(|error| StoreError::Broken(error.into()))?;
    let language = Language::of_tag(&language).unwrap_or_default();
    Ok(RequestRow { public: Uuid::from_bytes(public), language, case })
}

#[cfg(test)]
mod tests {
    use body::{AccountCommand, AccountContext, AccountStanding, Asker, BWish, CaseCommand, CaseContext, LevelSubject};
    use body::{BodyConfig, CertifiedField, IdentityPaper, OfficeId, OfficeMoment, PaperKind, Proof, SwitchCommand};
    use body::{Grant, Role, Unit, WordsId, account, switches};
    use vocabulary::{Assurance, Level};

    use crate::{RequestWords, TombstoneKind};

    use super::*;

    const CITIZEN: AccountId = AccountId(1);
    const CLERK: AccountId = AccountId(2);

    /// A body with one unit and one category.
    fn municipality() -> BodyConfig {
        let words = office::Words::new("Α", "A");
        let category = body::Category {
            key: "cleaning".into(),
            name: words.clone(),
            about: words.clone(),
            unit: UnitId(1),
            level: Level::A,
            assurance: Assurance::None,
            b_open: true,
            fields: Vec::new(),
            place: office::Requirement::No,
            files: office::Requirement::No,
            files_max: body::FILES_MAX,
            file_mib_max: body::FILE_MIB_MAX,
            term: body::Term::Days(50),
            result: body::ResultForm::Document,
            pickup: None,
            reopen_days: 30,
            retention_years: 5,
        };
        BodyConfig {
            key: "town".into(),
            name: words.clone(),
            contact_email: String::new(),
            contact_phone: String::new(),
            zone: chrono_tz::Europe::Athens,
            calendar: office::Calendar::default(),
            units: [(UnitId(1), Unit { key: "cleaning".into(), name: words })].into(),
            categories: [(CategoryId(1), category)].into(),
            certification: Some(body::CertificationRules {
                visit: body::ServiceName { office: "kep".into(), service: "certification".into() },
                two_clerks: false,
                shown: [].into(),
            }),
            protocol: body::ProtocolSource::Own,
            records: None,
            conferences: None,
            b_closed: [].into(),
            answers: Vec::new(),
        }
    }

    fn at(day: u32) -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000 + i64::from(day) * 86_400, 0).unwrap()
    }

    /// Decides a command on a request in the file, and keeps what follows.
    fn step(store: &Store, public: u128, by: AccountId, day: u32, command: &CaseCommand) {
        let config = municipality();
        let public = Uuid::from_u128(public);
        let before = store.request(public).unwrap().map(|row| row.case);
        let series = store.protocol_series(SeriesKind::Official).unwrap();
        let applicant = Asker::SignedIn { level: Level::A, assurance: Assurance::None, wish: BWish::None };
        let (by, now) = (Doer::Account(by), at(day));
        let context =
            CaseContext { by, now, config: &config, series: &series, applicant, b_open: true, has_file: false };
        let events = case::decide(before.as_ref(), command, &context).unwrap();
        let after = events.iter().fold(before, case::apply).unwrap();
        store.keep_request(&RequestRow { public, language: Language::El, case: after }, &events).unwrap();
    }

    fn submit(store: &Store, public: u128, day: u32) {
        let case = store.next_request().unwrap();
        let words = WordsId(Uuid::from_u128(public + 1_000));
        step(store, public, CITIZEN, day, &CaseCommand::Submit { case, category: CategoryId(1), way: None, words });
        let text = Some("Ο κάδος ξεχειλίζει έξω από το 12".to_owned());
        let words = RequestWords { id: words, request: case, author: Some(CITIZEN), internal: false, text };
        assert!(
            store.put_request_words(&words, at(day)).unwrap() && !store.put_request_words(&words, at(day)).unwrap()
        );
    }

    fn opened() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        for name in ["maria", "eleni"] {
            store.add_account(name, Some("hash"), (crate::Role::Clerk, None), None, at(0)).unwrap();
        }
        (folder, store)
    }

    #[test]
    fn pet_02_requests_are_numbered_without_a_gap_listed_by_scope_and_told_by_their_journal() {
        let (_folder, store) = opened();
        for public in 1..=3 {
            submit(&store, public, 1);
        }
        let numbers = |rows: Vec<RequestRow>| rows.iter().map(|row| row.case.given.number).collect::<Vec<_>>();
        assert_eq!(numbers(store.requests_of(CITIZEN, 10).unwrap()), [3, 2, 1]);
        assert_eq!(store.open_requests_of(CITIZEN).unwrap(), 3);
        assert_eq!(store.requests_since(CITIZEN, at(2)).unwrap(), 0);
        step(&store, 2, CLERK, 2, &CaseCommand::Take);
        step(&store, 2, CLERK, 3, &CaseCommand::Finish { words: None });
        step(&store, 3, CLERK, 3, &CaseCommand::Take);
        let list = |question: RequestQuestion| numbers(store.request_list(&question).unwrap());
        let everything = RequestQuestion { scopes: vec![GrantScope::Body], most: 10, ..RequestQuestion::default() };
        assert_eq!(list(everything.clone()), [1, 3]);
        assert_eq!(list(RequestQuestion { most: 10, ..RequestQuestion::default() }), [0; 0], "no scope, nothing");
        for (scope, found) in [
            (GrantScope::Unit(UnitId(1)), vec![1, 3]),
            (GrantScope::Unit(UnitId(2)), vec![]),
            (GrantScope::Category(CategoryId(1)), vec![1, 3]),
            (GrantScope::Office(OfficeId(1)), vec![]),
        ] {
            assert_eq!(list(RequestQuestion { scopes: vec![scope], ..everything.clone() }), found, "{scope}");
        }
        assert_eq!(list(RequestQuestion { worker: Some(CLERK), ..everything.clone() }), [3]);
        assert_eq!(list(RequestQuestion { unassigned: true, ..everything.clone() }), [1]);
        assert_eq!(list(RequestQuestion { closed: true, ..everything.clone() }), [2]);
        let late = at(60).date_naive();
        assert_eq!(list(RequestQuestion { overdue_on: Some(late), ..everything.clone() }), [1, 3]);
        assert_eq!(list(RequestQuestion { overdue_on: Some(at(5).date_naive()), ..everything }), [0; 0]);
        let figures = store.request_figures(&[GrantScope::Body], late).unwrap();
        assert_eq!(figures, RequestFigures { open: 2, overdue: 2, median_days: Some(2) });
        assert_eq!(store.request_figures(&[], late).unwrap(), RequestFigures::default());
        for row in store.requests_of(CITIZEN, 10).unwrap() {
            let told = store.request_events(row.case.id).unwrap().iter().fold(None, case::apply);
            assert_eq!(told.as_ref(), Some(&row.case));
        }
        assert_eq!(store.verify_body_journal().unwrap(), 7);
        store.sql.run("UPDATE body_journal SET actor = 'account:9' WHERE id = 4", []).unwrap();
        assert!(store.verify_body_journal().unwrap_err().to_string().starts_with("event 4"));
    }

    #[test]
    fn fld_23_what_was_written_with_a_request_is_erased_and_no_backup_brings_it_back() {
        let (_folder, store) = opened();
        submit(&store, 1, 1);
        let row = store.request(Uuid::from_u128(1)).unwrap().unwrap();
        let photograph = crate::RequestFile {
            upload: crate::Upload {
                id: Uuid::from_u128(11),
                person: crate::RequestFile::owner(row.public),
                name: "κάδος.jpg".into(),
                kind: "image/jpeg".into(),
                bytes: 9,
                at: at(1),
            },
            account: CITIZEN,
            purpose: crate::FilePurpose::Sent,
        };
        store.put_request_file(&photograph).unwrap();
        assert_eq!(store.requests_past(CategoryId(1), at(99), 10).unwrap(), [], "it is open");
        step(&store, 1, CLERK, 2, &CaseCommand::Take);
        step(&store, 1, CLERK, 2, &CaseCommand::Finish { words: None });
        assert_eq!(store.requests_past(CategoryId(1), at(2), 10).unwrap(), []);
        assert_eq!(store.requests_past(CategoryId(1), at(3), 10).unwrap().len(), 1);
        let batch = store.batch().unwrap();
        assert_eq!(batch.erase_request_words(&row, at(4)).unwrap(), [photograph.upload.id]);
        batch.commit().unwrap();
        assert_eq!(store.requests_past(CategoryId(1), at(99), 10).unwrap(), []);
        assert_eq!(store.request_words(row.case.id).unwrap()[0].text, None);
        assert_eq!(store.request_erased_at(row.case.id).unwrap(), Some(at(4)));
        let gone = store.tombstones(at(0)).unwrap();
        assert!(gone.iter().any(|stone| stone.kind == TombstoneKind::RequestWords));
        // A copy of before.
        let (_other_folder, older) = opened();
        submit(&older, 1, 1);
        older.put_request_file(&photograph).unwrap();
        assert!(older.bury(&gone).unwrap() >= 1);
        assert_eq!(older.request_words(row.case.id).unwrap()[0].text, None);
        assert_eq!(older.request_files(row.public).unwrap(), []);
    }

    #[test]
    fn pla_04_a_standing_a_grant_and_a_switch_are_kept_and_read_again() {
        let (_folder, store) = opened();
        assert_eq!(store.standing(CITIZEN).unwrap().level(), Level::None, "the address is not proven");
        let config = municipality();
        let mut standing = AccountStanding::proven();
        let filled: std::collections::BTreeSet<_> = CertifiedField::ALL.into();
        let cause = OfficeMoment { office: OfficeId(1), seq: 4 };
        let paper = IdentityPaper { kind: PaperKind::Passport, last: WordsId(Uuid::from_u128(5)) };
        let certify = AccountCommand::Certify { cause, paper, proofs: Proof::ALL.into(), filled: filled.clone() };
        for (by, command) in [(CITIZEN, AccountCommand::Wish { filled }), (CLERK, certify)] {
            let rules = config.certification.as_ref();
            let context = AccountContext { account: CITIZEN, by: Doer::Account(by), now: at(1), rules };
            let events = account::decide(&standing, &command, &context).unwrap();
            events.iter().for_each(|event| account::apply(&mut standing, event));
            store.keep_standing(CITIZEN, &standing, &events).unwrap();
        }
        assert_eq!((store.standing(CITIZEN).unwrap().level(), store.standing(CITIZEN).unwrap()), (Level::B, standing));
        assert_eq!(store.standing_events(CITIZEN).unwrap().len(), 2);
        let subject = LevelSubject::Category(CategoryId(1));
        let close = SwitchCommand::Close { subject, notice: office::Words::new("Α", "A") };
        let events = switches::decide(&store.level_switches().unwrap(), &close, true, Doer::Account(CLERK), at(1));
        store.keep_switches(&events.unwrap()).unwrap();
        assert!(!store.level_switches().unwrap().is_open(subject, true));
        // What was a clerk of the whole hub before is one still.
        let clerk = Grant::new(Role::Clerk, GrantScope::Body).unwrap();
        assert_eq!(store.grants_of(CLERK).unwrap(), [clerk]);
        let worker = Grant::new(Role::CaseWorker, GrantScope::Unit(UnitId(1))).unwrap();
        assert!(store.give_grant(CLERK, worker, Some(CITIZEN), at(1)).unwrap());
        assert!(!store.give_grant(CLERK, worker, Some(CITIZEN), at(1)).unwrap());
        assert_eq!(store.grants_of(CLERK).unwrap(), [worker, clerk]);
        assert_eq!(store.accounts_with(Role::CaseWorker, GrantScope::Unit(UnitId(1))).unwrap(), [CLERK]);
        assert!(store.take_grant(CLERK, worker, at(2)).unwrap() && !store.take_grant(CLERK, worker, at(2)).unwrap());
        assert!(store.verify_body_journal().unwrap() == 3);
    }
}
