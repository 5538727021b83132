//! Every command of a body with instants, lengths and counts at the edges of what their types hold, on requests, standings and
//! switches of which some were written by an older hub: nothing panics or takes long, and what is accepted happens, is
//! written, and is read again as it was.

use std::collections::BTreeSet;

use body::{
    AccountCommand, AccountContext, AccountEvent, AccountId, AccountStanding, AccountStep, AnonymiseReason, Asker,
    BWish, BodyConfig, Case, CaseCommand, CaseContext, CaseEvent, CaseId, CasePhase, CaseRefusal, CaseStep, Category,
    CategoryId, CertifiedField, CloseReason, DeskHelp, Doer, IdentityPaper, LevelSubject, LevelSwitches, OfficeId,
    OfficeMoment, OpenedBy, OutsideNumber, OwnNumber, PaperKind, Proof, ProtocolSeries, ResultForm, ResultWay,
    STEPS_MAX, SeriesKind, SwitchCommand, Term, UnitId, WordsId, account, case, switches,
};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use office::{Channel, Closure, LocalHoliday, ServiceId, Words, civil};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;
use vocabulary::{Assurance, Level};

use crate::{script::CITIZEN, town::municipality};

const WORKER: AccountId = AccountId(7);

fn now() -> DateTime<Utc> {
    "2026-11-30T08:00:00Z".parse().unwrap()
}

/// The edges of what can be held and of what can be said, and what lies beside them.
fn instants() -> Vec<DateTime<Utc>> {
    let written = [
        "0000-01-01T00:00:00Z",
        "1899-12-31T23:59:59Z",
        "1900-01-01T00:00:00Z",
        "2026-10-25T00:30:00Z",
        "2027-03-28T01:30:00Z",
        "2199-12-31T23:59:59Z",
        "2200-12-31T23:59:59.999Z",
        "2201-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "+200000-06-15T08:00:00Z",
        "+262142-12-31T23:59:59Z",
        "-262143-01-01T00:00:00Z",
    ];
    let written = written.into_iter().map(|text| text.parse().unwrap());
    let near = [-3_653, -30, -1, 0, 1, 30, 31, 730, 3_653].map(|days| now() + TimeDelta::days(days));
    written.chain(near).chain([DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC]).collect()
}

/// What every command is filled with.
#[derive(Debug, Clone, Copy)]
struct EdgePick {
    /// Wherever a number stands, cut to what its type holds.
    count: u64,
    /// How long a text is.
    length: usize,
    /// Which of several things of a kind is meant.
    turn: usize,
}

impl EdgePick {
    fn words(self) -> WordsId {
        WordsId(Uuid::from_u128(u128::MAX - u128::from(self.count)))
    }

    fn account(self) -> AccountId {
        [WORKER, AccountId(8), CITIZEN, AccountId(u32::MAX)][self.turn % 4]
    }

    fn moment(self) -> OfficeMoment {
        OfficeMoment { office: OfficeId(u32::MAX), seq: self.count }
    }

    fn paper(self) -> IdentityPaper {
        IdentityPaper { kind: PaperKind::ALL[self.turn % 2], last: self.words() }
    }

    fn small(self) -> u16 {
        u16::try_from(self.count).unwrap_or(u16::MAX)
    }

    fn filled(self) -> BTreeSet<CertifiedField> {
        CertifiedField::ALL.into_iter().skip(self.turn % 5 / 4).collect()
    }

    fn proofs(self) -> BTreeSet<Proof> {
        Proof::ALL.into_iter().skip(self.turn % 5 / 3).collect()
    }

    fn subject(self) -> LevelSubject {
        let service = LevelSubject::Service { office: OfficeId(u32::MAX), service: ServiceId(self.small()) };
        [LevelSubject::Category(CategoryId(self.small())), service][self.turn % 2]
    }
}

/// The command about a request after `before`; the first after none, none after the last. Whoever adds one gives it its place
/// here, or this does not compile.
fn case_after(before: Option<&CaseCommand>, pick: EdgePick) -> Option<CaseCommand> {
    let way = [ResultWay::Collection, ResultWay::Post, ResultWay::Download][pick.turn % 3];
    let reasons = [CloseReason::NotCollected, CloseReason::NoAnswer, CloseReason::Duplicate, CloseReason::Other];
    let words = pick.words();
    Some(match before {
        None => {
            let category = [CategoryId(1), CategoryId(3), CategoryId(4), CategoryId(pick.small())][pick.turn % 4];
            let way = [None, Some(way)][pick.turn / 4 % 2];
            CaseCommand::Submit { case: CaseId(pick.count), category, way, words }
        }
        Some(CaseCommand::Submit { .. }) => {
            let official = "9".repeat(pick.length.clamp(1, 40)).parse().unwrap();
            CaseCommand::Number { official }
        }
        Some(CaseCommand::Number { .. }) => CaseCommand::Take,
        Some(CaseCommand::Take) => CaseCommand::Assign { to: pick.account() },
        Some(CaseCommand::Assign { .. }) => CaseCommand::TakeOver { from: pick.account() },
        Some(CaseCommand::TakeOver { .. }) => CaseCommand::HandToUnit { unit: UnitId(pick.small()) },
        Some(CaseCommand::HandToUnit { .. }) => CaseCommand::Forward { to: words },
        Some(CaseCommand::Forward { .. }) => CaseCommand::Ask { question: words },
        Some(CaseCommand::Ask { .. }) => CaseCommand::Answer { answer: words },
        Some(CaseCommand::Answer { .. }) => CaseCommand::Add { addition: words },
        Some(CaseCommand::Add { .. }) => CaseCommand::Accept { words: Some(words) },
        Some(CaseCommand::Accept { .. }) => CaseCommand::Refuse { reason: words },
        Some(CaseCommand::Refuse { .. }) => CaseCommand::Finish { words: None },
        Some(CaseCommand::Finish { .. }) => CaseCommand::MakeReady,
        Some(CaseCommand::MakeReady) => CaseCommand::ChooseWay { way },
        Some(CaseCommand::ChooseWay { .. }) => CaseCommand::HandOut { paper: pick.paper(), cause: Some(pick.moment()) },
        Some(CaseCommand::HandOut { .. }) => CaseCommand::Post { tracking: words },
        Some(CaseCommand::Post { .. }) => CaseCommand::Download,
        Some(CaseCommand::Download) => CaseCommand::Close { because: reasons[pick.turn % 4], words: Some(words) },
        Some(CaseCommand::Close { .. }) => CaseCommand::Withdraw,
        Some(CaseCommand::Withdraw) => CaseCommand::Reopen { reason: words },
        Some(CaseCommand::Reopen { .. }) => CaseCommand::Note { note: words },
        Some(CaseCommand::Note { .. }) => CaseCommand::ProposeVisit {
            office: OfficeId(u32::MAX),
            service: ServiceId(pick.small()),
            channel: Channel::Telephone,
        },
        Some(CaseCommand::ProposeVisit { .. }) => CaseCommand::JoinApplicant { to: pick.account() },
        Some(CaseCommand::JoinApplicant { .. }) => return None,
    })
}

/// The same for an account's standing.
fn account_after(before: Option<&AccountCommand>, pick: EdgePick) -> Option<AccountCommand> {
    let reasons = [AnonymiseReason::Wanted, AnonymiseReason::Unused, AnonymiseReason::Merged];
    let (cause, words) = (pick.moment(), pick.words());
    Some(match before {
        None => {
            let ways = [OpenedBy::Link, OpenedBy::Taxisnet, OpenedBy::Invitation];
            AccountCommand::Open { way: ways[pick.turn % 3] }
        }
        Some(AccountCommand::Open { .. }) => AccountCommand::Wish { filled: pick.filled() },
        Some(AccountCommand::Wish { .. }) => AccountCommand::DropWish,
        Some(AccountCommand::DropWish) => {
            let (paper, proofs, filled) = (pick.paper(), pick.proofs(), pick.filled());
            AccountCommand::Certify { cause, paper, proofs, filled }
        }
        Some(AccountCommand::Certify { .. }) => {
            AccountCommand::SayMissing { cause, no_paper: pick.turn.is_multiple_of(2), proofs: pick.proofs() }
        }
        Some(AccountCommand::SayMissing { .. }) => AccountCommand::Revoke { because: words },
        Some(AccountCommand::Revoke { .. }) => {
            let field = CertifiedField::ALL[pick.turn % 4];
            AccountCommand::ChangeField { field, filled: pick.turn.is_multiple_of(2) }
        }
        Some(AccountCommand::ChangeField { .. }) => AccountCommand::Block { because: words },
        Some(AccountCommand::Block { .. }) => AccountCommand::Unblock,
        Some(AccountCommand::Unblock) => {
            let open_cases = u32::try_from(pick.count).unwrap_or(u32::MAX);
            AccountCommand::GiveUp { open_cases, because: reasons[pick.turn % 3] }
        }
        Some(AccountCommand::GiveUp { .. }) => {
            let helps = [DeskHelp::LostFactor, DeskHelp::NewAddress];
            AccountCommand::Help { help: helps[pick.turn % 2], paper: pick.paper() }
        }
        Some(AccountCommand::Help { .. }) => AccountCommand::Join { from: pick.account(), certificate: None },
        Some(AccountCommand::Join { .. }) => return None,
    })
}

/// The same for level B.
fn switch_after(before: Option<&SwitchCommand>, pick: EdgePick) -> Option<SwitchCommand> {
    let subject = pick.subject();
    Some(match before {
        None => {
            let text = "λ".repeat(pick.length);
            SwitchCommand::Close { subject, notice: Words::new(text.clone(), text) }
        }
        Some(SwitchCommand::Close { .. }) => SwitchCommand::Open { subject },
        Some(SwitchCommand::Open { .. }) => return None,
    })
}

/// All commands of a kind, one after another: as many as the source names.
fn walk<C>(source: &str, name: &str, after: impl Fn(Option<&C>) -> Option<C>) -> Vec<C> {
    let mut all: Vec<C> = Vec::new();
    while let Some(command) = after(all.last()) {
        all.push(command);
    }
    let body = source.split_once(&format!("pub enum {name} {{")).unwrap().1.split_once("\n}").unwrap().0;
    let named = body.lines().filter(|line| line.starts_with("    ") && line.as_bytes()[4].is_ascii_uppercase());
    assert_eq!(all.len(), named.count(), "the walk from one {name} to the next reaches them all");
    all
}

fn case_commands(pick: EdgePick) -> Vec<CaseCommand> {
    walk(include_str!("../../src/case/command.rs"), "CaseCommand", |before| case_after(before, pick))
}

fn account_commands(pick: EdgePick) -> Vec<AccountCommand> {
    walk(include_str!("../../src/account/command.rs"), "AccountCommand", |before| account_after(before, pick))
}

fn switch_commands(pick: EdgePick) -> Vec<SwitchCommand> {
    walk(include_str!("../../src/switches.rs"), "SwitchCommand", |before| switch_after(before, pick))
}

/// The sample with every number as large as it may be, closed on as many days and with as many holidays as it may have.
fn wild() -> BodyConfig {
    let mut config = municipality();
    let category = config.categories[&CategoryId(4)].clone();
    let long = |term: Term| Category { term, reopen_days: 730, retention_years: 50, ..category.clone() };
    let longest = Category { key: "z".repeat(60), ..long(Term::WorkingDays(730)) };
    config.categories.insert(CategoryId(u16::MAX), longest);
    config.categories.insert(CategoryId(4), long(Term::Days(730)));
    let last_hour = NaiveTime::from_hms_opt(23, 59, 59).unwrap();
    let closure = |from: NaiveDate, to: NaiveDate| Closure {
        from: from.and_time(NaiveTime::MIN),
        to: to.and_time(last_hour),
        desk: None,
        because: Words::default(),
        by_staff: false,
    };
    let closures = &mut config.calendar.closures;
    closures.push(closure(civil::FIRST_DAY, civil::LAST_DAY));
    closures.extend(civil::FIRST_DAY.iter_days().step_by(100).take(999).map(|day| closure(day, day)));
    let holiday = |day: u32| LocalHoliday { month: day % 12 + 1, day: day % 28 + 1, name: Words::default() };
    config.calendar.local_holidays = (0..1_000).map(holiday).collect();
    config.calendar.open_anyway = vec![NaiveDate::MIN, civil::FIRST_DAY, civil::LAST_DAY, NaiveDate::MAX];
    config.check().unwrap();
    config
}

/// A request as an older hub, or one whose clock was wrong, may have written it, in each phase.
fn old_cases(edge: DateTime<Utc>) -> Vec<Case> {
    let day = edge.date_naive();
    let (words, way) = (WordsId(Uuid::nil()), ResultWay::Collection);
    let event = |step: CaseStep| CaseEvent { at: edge, by: Doer::Account(CITIZEN), step };
    let submitted = |term: Term, series: SeriesKind| {
        event(CaseStep::CaseSubmitted {
            case: CaseId(u64::MAX),
            account: CITIZEN,
            category: CategoryId(u16::MAX),
            unit: UnitId(u16::MAX),
            number: OwnNumber { series, year: i32::MAX, number: u32::MAX },
            term,
            due: day,
            forward_by: day,
            way,
            words,
        })
    };
    let assigned = event(CaseStep::CaseAssigned { to: WORKER });
    let asked = event(CaseStep::QuestionAsked { question: words, on: day, left: u16::MAX });
    let accepted = event(CaseStep::CaseAccepted { words: None });
    let ready = |way| event(CaseStep::ResultReady { way });
    let closed = event(CaseStep::CaseClosed { end: body::CaseEnd::Done, words: None });
    let mut ends: Vec<Vec<CaseEvent>> = vec![Vec::new(), vec![asked.clone()], vec![accepted.clone(), asked]];
    ends.extend([
        vec![accepted],
        vec![closed.clone()],
        vec![event(CaseStep::CaseReopened { reason: words, due: day })],
    ]);
    ends.extend([ResultWay::Collection, ResultWay::Post, ResultWay::Download].map(|way| vec![ready(way)]));
    let kinds = [SeriesKind::Official, SeriesKind::Provisional];
    let terms = [Term::Days(u16::MAX), Term::WorkingDays(u16::MAX), Term::WorkingDays(0)];
    let mut cases = Vec::new();
    for (nth, end) in ends.into_iter().enumerate() {
        let first = submitted(terms[nth % 3], kinds[nth % 2]);
        let told = [first, assigned.clone()].into_iter().chain(end);
        // As it is read: golden events of any age stay readable.
        let case = told.fold(None, |case, event| case::apply(case, &read_back(&event))).unwrap();
        cases.push(case);
    }
    let many = Case { steps: u16::MAX, additions: u16::MAX, ..cases[0].clone() };
    cases.extend([Case { steps: STEPS_MAX, ..cases[0].clone() }, many]);
    cases
}

/// What was written is read again as it was.
fn read_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(written: &T) -> T {
    let text = serde_json::to_string(written).unwrap();
    let read = serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{fault}: {text}"));
    assert_eq!(&read, written);
    read
}

/// Everybody who may ask: what may be known of an applicant, and who is at work.
fn askers(turn: usize) -> (Doer, Asker) {
    let doers = [Doer::Account(WORKER), Doer::Account(CITIZEN), Doer::Hub, Doer::Account(AccountId(u32::MAX))];
    let signed = |level, assurance| Asker::SignedIn { level, assurance, wish: BWish::AwaitsSecondClerk };
    let applicants = [signed(Level::B, Assurance::Taxisnet), signed(Level::A, Assurance::None)];
    (doers[turn % 4], applicants[turn / 4 % 2])
}

/// How far a series may have come.
fn serieses(config: &BodyConfig) -> [ProtocolSeries; 4] {
    let kind = match config.protocol {
        body::ProtocolSource::Own => SeriesKind::Official,
        body::ProtocolSource::Adapter { .. } => SeriesKind::Provisional,
    };
    let known = |year, last| ProtocolSeries { kind, year, last };
    [ProtocolSeries::new(kind), known(i32::MIN, u32::MAX), known(2026, u32::MAX - 1), known(i32::MAX, 0)]
}

/// Decides every command there is on a request; what is accepted happens, and is looked at.
fn decide_on(case: Option<&Case>, pick: EdgePick, at: DateTime<Utc>, config: &BodyConfig) {
    for command in case_commands(pick) {
        for turn in 0..8 {
            let (by, applicant) = askers(turn);
            let series = serieses(config)[(turn + pick.turn) % 4];
            let context = CaseContext { by, now: at, config, series: &series, applicant, b_open: true, has_file: true };
            let Ok(events) = case::decide(case, &command, &context) else { continue };
            let mut after_series = series;
            let mut after = case.cloned();
            for event in &events {
                after = case::apply(after, &read_back(event));
                case::note_number(&mut after_series, event);
                if let CaseStep::CaseSubmitted { number, .. } = event.step {
                    let is_new = (number.year, number.number) > (series.year, series.last);
                    assert!(is_new, "{number} was given already: {series:?}");
                }
            }
            let after = after.unwrap();
            look(&read_back(&after), at, config);
            if let Some(case) = case {
                assert!(after.last_at >= case.last_at && after.clock.due >= case.clock.due, "{command:?}");
            }
        }
    }
}

/// What is read off a request.
fn look(case: &Case, at: DateTime<Utc>, config: &BodyConfig) {
    let today = config.day_of(at);
    assert!(!case.shown_number().to_string().is_empty());
    let _ = (case.is_overdue(today), case.official(), case.place());
    let _ = case.clock.due_from(&config.calendar, today);
    for reopen_days in [0, 730, u16::MAX] {
        let mut config = config.clone();
        config.categories.values_mut().for_each(|category| category.reopen_days = reopen_days);
        let _ = (case.reopen_until(&config), case.reopens_until(&config, today));
    }
    for form in [ResultForm::None, ResultForm::Document, ResultForm::ElectronicDocument] {
        let _ = case.ways(form, Asker::Stranger { returning: false }, false);
    }
}

/// Requests of today, one in each phase.
fn todays(config: &BodyConfig) -> Vec<Case> {
    old_cases(now())
        .into_iter()
        .map(|case| Case { category: CategoryId(4), unit: UnitId(2), ..case })
        .inspect(|case| assert!(config.units.contains_key(&case.unit)))
        .collect()
}

#[test]
fn prom_10_every_command_about_a_request_is_decided_at_every_edge_of_time() {
    for config in [municipality(), wild()] {
        let cases = todays(&config);
        for (nth, at) in instants().into_iter().enumerate() {
            let pick = EdgePick { count: [0, 1, u64::MAX][nth % 3], length: nth * 10, turn: nth };
            decide_on(None, pick, at, &config);
            cases.iter().for_each(|case| decide_on(Some(case), pick, at, &config));
        }
    }
}

#[test]
fn prom_10_a_request_in_whose_journal_edges_stand_is_read_and_goes_on() {
    for (nth, edge) in instants().into_iter().enumerate() {
        let config = if nth % 4 == 0 { wild() } else { municipality() };
        let pick = EdgePick { count: u64::MAX, length: 40, turn: nth };
        for case in old_cases(edge) {
            look(&case, now(), &config);
            decide_on(Some(&case), pick, now(), &config);
        }
    }
}

#[test]
fn prom_10_terms_lead_to_a_day_from_every_edge_of_the_calendar() {
    let edges = instants().into_iter().map(|at| at.date_naive()).chain([NaiveDate::MIN, NaiveDate::MAX]);
    for calendar in [municipality().calendar, wild().calendar] {
        for from in edges.clone() {
            for count in [0, 1, 730, u16::MAX] {
                for term in [Term::Days(count), Term::WorkingDays(count)] {
                    assert!(term.due(&calendar, from) >= from, "{term:?} {from}");
                    for due in [NaiveDate::MIN, now().date_naive(), NaiveDate::MAX] {
                        let left = term.left(&calendar, from, due);
                        assert!(due > from || left == 0, "{term:?} {from} {due}");
                    }
                }
            }
        }
    }
}

#[test]
fn pet_02_a_year_whose_numbers_are_all_given_gives_none_twice() {
    let (config, applicant) = (municipality(), askers(0).1);
    let full = ProtocolSeries { kind: SeriesKind::Official, year: 2026, last: u32::MAX };
    let command =
        CaseCommand::Submit { case: CaseId(1), category: CategoryId(1), way: None, words: WordsId(Uuid::nil()) };
    let submit = |at: DateTime<Utc>| {
        let by = Doer::Account(CITIZEN);
        let context =
            CaseContext { by, now: at, config: &config, series: &full, applicant, b_open: true, has_file: true };
        case::decide(None, &command, &context).map(|events| case::apply(None, &events[0]).unwrap().given.to_string())
    };
    assert_eq!(submit(now()), Err(CaseRefusal::NumbersUsedUp));
    assert_eq!(submit(now() + TimeDelta::days(60)), Ok("1/2027".to_owned()));
}

/// Standings as an older hub may have written them, in each stretch of their life.
fn old_standings(edge: DateTime<Utc>) -> Vec<AccountStanding> {
    let paper = IdentityPaper { kind: PaperKind::Passport, last: WordsId(Uuid::nil()) };
    let cause = |seq: u64| OfficeMoment { office: OfficeId(u32::MAX), seq };
    let certified = |seq| AccountStep::AccountCertified { cause: cause(seq), paper, proofs: Proof::ALL.into() };
    let first = AccountStep::LookedFirst { cause: cause(u64::MAX), paper, proofs: BTreeSet::new() };
    let blocked = AccountStep::AccountBlocked { because: WordsId(Uuid::nil()) };
    let gone = AccountStep::AccountAnonymised { because: AnonymiseReason::Unused };
    let lives = [
        vec![],
        vec![AccountStep::LevelWished],
        vec![AccountStep::LevelWished, first],
        vec![AccountStep::LevelWished, certified(0)],
        // Somebody who came to the desk more often than anybody does.
        (0..200).map(certified).collect(),
        vec![blocked],
        vec![AccountStep::AccountClosed],
        vec![gone],
    ];
    let fold = |steps: Vec<AccountStep>| {
        let mut standing = AccountStanding::default();
        let opened = AccountStep::AccountOpened { way: OpenedBy::Link };
        for step in std::iter::once(opened).chain(steps) {
            let event = AccountEvent { at: edge, by: Doer::Account(WORKER), step };
            account::apply(&mut standing, &read_back(&event));
        }
        read_back(&standing)
    };
    lives.into_iter().map(fold).chain([AccountStanding::default()]).collect()
}

/// Decides every command there is on a standing; what is accepted happens.
fn decide_standing(standing: &AccountStanding, pick: EdgePick, at: DateTime<Utc>) {
    let rules = municipality()
        .certification
        .map(|rules| body::CertificationRules { two_clerks: pick.turn.is_multiple_of(2), ..rules });
    for command in account_commands(pick) {
        for turn in 0..4 {
            let rules = (turn < 3).then_some(rules.as_ref()).flatten();
            for by in [Doer::Account(CITIZEN), Doer::Account(WORKER), Doer::Account(AccountId(u32::MAX)), Doer::Hub] {
                let context = AccountContext { account: CITIZEN, by, now: at, rules };
                let Ok(events) = account::decide(standing, &command, &context) else { continue };
                let mut after = standing.clone();
                events.iter().for_each(|event| account::apply(&mut after, &read_back(event)));
                let after = read_back(&after);
                assert!(after.last_at >= standing.last_at, "time ran backwards: {command:?}");
                let _ = (after.level(), after.wish(true));
            }
        }
    }
}

#[test]
fn prom_10_every_command_about_a_standing_is_decided_at_every_edge() {
    for (nth, edge) in instants().into_iter().enumerate() {
        for turn in 0..5 {
            let pick = EdgePick { count: [0, 1, u64::MAX][nth % 3], length: 0, turn };
            old_standings(now()).iter().for_each(|standing| decide_standing(standing, pick, edge));
            old_standings(edge).iter().for_each(|standing| decide_standing(standing, pick, now()));
        }
    }
}

#[test]
fn prom_10_level_b_is_switched_at_every_edge() {
    for (nth, at) in instants().into_iter().enumerate() {
        let mut decided = LevelSwitches::default();
        let pick = EdgePick { count: [0, 3, u64::MAX][nth % 3], length: [0, 1, 70_000][nth % 3], turn: nth };
        for command in switch_commands(pick) {
            for set_up in [true, false] {
                let Ok(events) = switches::decide(&decided, &command, set_up, Doer::Hub, at) else { continue };
                events.iter().for_each(|event| switches::apply(&mut decided, &read_back(event)));
                let _ = (decided.is_open(pick.subject(), set_up), decided.notice(pick.subject()));
            }
        }
    }
}

#[test]
fn prom_10_numbers_of_another_system_are_as_long_as_they_may_be() {
    for length in [0, 1, 39, 40, 41, 70_000] {
        for of in ["9", "ΐ", "/", "\u{10ffff}"] {
            let text = format!("{}1", of.repeat(length));
            if let Ok(number) = text.parse::<OutsideNumber>() {
                read_back(&number);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn prom_10_every_command_with_any_instant_length_and_count_is_decided(
        seconds in prop_oneof![any::<i64>(), -9_000_000_000_000_i64..9_000_000_000_000, 1_790_000_000_i64..1_800_000_000],
        edge in any::<i64>(),
        count in any::<u64>(),
        length in prop_oneof![0_usize..4, Just(200), Just(70_000)],
        turn in 0_usize..16,
        is_wild in any::<bool>(),
    ) {
        let instant = |seconds: i64| DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
        let (at, edge) = (instant(seconds), instant(edge));
        let config = if is_wild { wild() } else { municipality() };
        let pick = EdgePick { count, length, turn };
        decide_on(None, pick, at, &config);
        old_cases(edge).iter().for_each(|case| decide_on(Some(case), pick, at, &config));
        old_standings(edge).iter().for_each(|standing| decide_standing(standing, pick, at));
        let decided = LevelSwitches::default();
        for command in switch_commands(pick) {
            let _ = switches::decide(&decided, &command, true, Doer::Hub, at);
        }
    }
}

#[test]
fn the_requests_that_are_asked_stand_in_every_phase() {
    let cases = old_cases(now());
    let has = |is: fn(&CasePhase) -> bool| assert!(cases.iter().any(|case| is(&case.phase)));
    has(|phase| matches!(phase, CasePhase::InHand));
    has(|phase| matches!(phase, CasePhase::AwaitsAnswer { accepted: true }));
    has(|phase| matches!(phase, CasePhase::AwaitsAnswer { accepted: false }));
    has(|phase| matches!(phase, CasePhase::Accepted));
    has(|phase| matches!(phase, CasePhase::Ready { way: ResultWay::Download }));
    has(|phase| matches!(phase, CasePhase::Closed { .. }));
    let downloads = municipality().categories[&CategoryId(4)].result;
    assert_eq!(downloads, ResultForm::ElectronicDocument);
}
