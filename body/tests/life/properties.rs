//! Random commands in a random order never break the laws.

use std::collections::{BTreeMap, BTreeSet};

use body::{
    AccountCommand, AccountContext, AccountId, AccountStanding, AccountStep, AnonymiseReason, Asker, BWish, Case,
    CaseCommand, CaseContext, CaseId, CasePhase, CaseStep, CategoryId, CertificationRules, CertifiedField, CloseReason,
    Doer, IdentityPaper, OfficeId, OfficeMoment, OutsideNumber, PaperKind, Proof, ProtocolNumber, ProtocolSeries,
    ProtocolSource, ResultWay, SeriesKind, UnitId, WordsId, account, case,
};
use chrono::{DateTime, TimeDelta, Utc};
use office::{Channel, ServiceId};
use proptest::prelude::*;
use uuid::Uuid;
use vocabulary::{Assurance, Level};

use crate::town::municipality;

/// What somebody does, as dice: which command, three choices, and how many hours later; now and then the clock goes back.
type Throw = (u8, u8, u8, u8, i16);

fn throws() -> impl Strategy<Value = Vec<Throw>> {
    let pause = prop_oneof![8 => 0i16..30, 2 => 30i16..800, 1 => -400i16..0];
    prop::collection::vec((0u8..27, any::<u8>(), any::<u8>(), any::<u8>(), pause), 1..150)
}

fn words(step: usize) -> WordsId {
    WordsId(Uuid::from_u128(step as u128))
}

/// A command from dice, about one of the requests that there are, or the next.
fn command(next: u64, step: usize, throw: Throw) -> (CaseId, CaseCommand) {
    let (which, a, b, c, _) = throw;
    let about = CaseId(1 + u64::from(a) % next);
    let account = AccountId(7 + u32::from(b % 3));
    let way = [ResultWay::Collection, ResultWay::Post, ResultWay::Download][usize::from(c % 3)];
    let id = words(step);
    let paper = IdentityPaper { kind: PaperKind::Passport, last: id };
    let cause = (c % 2 == 0).then_some(OfficeMoment { office: OfficeId(1), seq: u64::from(c) });
    let reasons = [CloseReason::NotCollected, CloseReason::NoAnswer, CloseReason::Duplicate, CloseReason::Other];
    let command = match which {
        0..=3 => {
            let way = (c % 2 == 0).then_some(way);
            let case = CaseId(next);
            return (case, CaseCommand::Submit { case, category: CategoryId(u16::from(b % 6)), way, words: id });
        }
        4 => CaseCommand::Number { official: format!("N-{}", c % 4).parse::<OutsideNumber>().unwrap() },
        5..=7 => CaseCommand::Take,
        8 => CaseCommand::Assign { to: account },
        9 => CaseCommand::TakeOver { from: account },
        10 => CaseCommand::HandToUnit { unit: UnitId(u16::from(b % 5)) },
        11 if b % 3 == 0 => CaseCommand::Forward { to: id },
        11 => CaseCommand::Note { note: id },
        12 | 13 => CaseCommand::Ask { question: id },
        14 | 15 => CaseCommand::Answer { answer: id },
        16 => CaseCommand::Add { addition: id },
        17 => CaseCommand::Accept { words: None },
        18 if b % 3 == 0 => CaseCommand::Refuse { reason: id },
        18 => CaseCommand::ChooseWay { way },
        19 => CaseCommand::Finish { words: Some(id) },
        20 => CaseCommand::MakeReady,
        21 => CaseCommand::HandOut { paper, cause },
        22 => CaseCommand::Post { tracking: id },
        23 if b % 3 == 0 => CaseCommand::Withdraw,
        23 => CaseCommand::Download,
        24 => CaseCommand::Close { because: reasons[usize::from(c % 4)], words: (b % 2 == 0).then_some(id) },
        25 => CaseCommand::ProposeVisit {
            office: OfficeId(u32::from(a)),
            service: ServiceId(b.into()),
            channel: Channel::InPerson,
        },
        _ => CaseCommand::Reopen { reason: id },
    };
    (about, command)
}

/// Numbers so far, of each year.
#[derive(Default)]
struct Numbers {
    given: Vec<(i32, u32)>,
    officials: BTreeMap<CaseId, ProtocolNumber>,
}

/// What must hold after each step of a request.
fn laws(before: Option<&Case>, after: &Case, events: &[body::CaseEvent], numbers: &mut Numbers) {
    for event in events {
        if let CaseStep::CaseSubmitted { number, .. } = &event.step {
            match numbers.given.last() {
                Some((year, last)) if *year == number.year => assert_eq!(number.number, last + 1, "a gap"),
                Some((year, _)) => assert!(number.year > *year && number.number == 1, "an old year again"),
                None => assert_eq!(number.number, 1),
            }
            numbers.given.push((number.year, number.number));
        }
    }
    if let Some(official) = after.official() {
        let first = numbers.officials.entry(after.id).or_insert_with(|| official.clone());
        assert_eq!(*first, official, "a second official number");
    }
    let Some(before) = before else { return };
    assert!(after.last_at >= before.last_at, "time ran backwards");
    assert!(after.clock.due >= before.clock.due, "the deadline moved earlier");
    assert_eq!((after.id, after.account, after.given), (before.id, before.account, before.given));
    assert!(!before.reopened || after.reopened);
    if before.is_closed() && !events.is_empty() {
        let may = |step: &CaseStep| {
            matches!(
                step,
                CaseStep::CaseReopened { .. }
                    | CaseStep::CaseNumbered { .. }
                    | CaseStep::NoteAdded { .. }
                    | CaseStep::ResultDownloaded
            )
        };
        assert!(events.iter().all(|event| may(&event.step)), "a closed request moved: {events:?}");
    }
    if let Some(worker) = after.worker {
        assert_ne!(worker, after.account, "somebody works on a request of their own");
    }
    assert_eq!(after.clock.stopped.is_some(), matches!(after.phase, CasePhase::AwaitsAnswer { .. }));
    assert_eq!(after.closed_at.is_some(), after.is_closed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn pet_02_random_requests_keep_the_laws(throws in throws(), outside in any::<bool>()) {
        let mut config = municipality();
        if outside {
            config.protocol = ProtocolSource::Adapter { url: "https://protocol.example.gr/".into() };
        }
        let kind = if outside { SeriesKind::Provisional } else { SeriesKind::Official };
        let mut series = ProtocolSeries::new(kind);
        let mut cases: BTreeMap<CaseId, Case> = BTreeMap::new();
        let mut journal = Vec::new();
        let mut numbers = Numbers::default();
        let mut now: DateTime<Utc> = "2026-10-01T08:00:00Z".parse().unwrap();
        for (step, throw) in throws.into_iter().enumerate() {
            now += TimeDelta::hours(throw.4.into());
            let (about, command) = command(cases.len() as u64 + 1, step, throw);
            let by = match throw.3 % 5 {
                0 | 1 => Doer::Account(AccountId(100)),
                2 => Doer::Hub,
                _ => Doer::Account(AccountId(7 + u32::from(throw.2 % 3))),
            };
            let level = Level::ALL[usize::from(throw.1 % 3)];
            let assurance = Assurance::ALL[usize::from(throw.2 % 2)];
            let applicant = Asker::SignedIn { level, assurance, wish: BWish::None };
            let before = cases.get(&about).cloned();
            let (b_open, has_file) = (throw.3 % 7 > 0, throw.2 % 2 == 0);
            let context =
                CaseContext { by, now, config: &config, series: &series, applicant, b_open, has_file };
            let Ok(events) = case::decide(before.as_ref(), &command, &context) else { continue };
            let mut state = before.clone();
            for event in &events {
                state = case::apply(state, event);
                case::note_number(&mut series, event);
                journal.push((about, event.clone()));
            }
            let after = state.unwrap();
            laws(before.as_ref(), &after, &events, &mut numbers);
            cases.insert(about, after);
        }
        // The journal, written and read again, tells it all.
        let mut retold: BTreeMap<CaseId, Case> = BTreeMap::new();
        for (about, event) in journal {
            let json = serde_json::to_string(&event).unwrap();
            let event = serde_json::from_str(&json).unwrap();
            let told = case::apply(retold.remove(&about), &event).unwrap();
            retold.insert(about, told);
        }
        prop_assert_eq!(&retold, &cases);
        for case in cases.values() {
            let json = serde_json::to_string(case).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Case>(&json).unwrap(), case);
        }
    }

    #[test]
    fn pla_05_level_b_comes_by_certification_alone_and_goes_with_a_changed_field(
        throws in throws(),
        two_clerks in any::<bool>(),
    ) {
        let rules = municipality().certification.map(|rules| CertificationRules { two_clerks, ..rules });
        let holder = AccountId(100);
        let mut standing = AccountStanding::proven();
        let mut now: DateTime<Utc> = "2026-10-01T08:00:00Z".parse().unwrap();
        let mut causes: BTreeSet<(u64, u32, bool)> = BTreeSet::new();
        for (step, (which, a, b, c, pause)) in throws.into_iter().enumerate() {
            now += TimeDelta::hours(pause.into());
            let field = CertifiedField::ALL[usize::from(b % 4)];
            let seq = u64::from(a % 8);
            let cause = OfficeMoment { office: OfficeId(1), seq };
            let filled: BTreeSet<_> =
                CertifiedField::ALL.into_iter().filter(|field| c % 6 > 0 || *field != CertifiedField::Name).collect();
            let proofs: BTreeSet<_> = Proof::ALL.into_iter().skip(usize::from(c % 7 == 0)).collect();
            let command = match which {
                0..=6 => AccountCommand::Wish { filled },
                7 => AccountCommand::DropWish,
                8..=15 => {
                    let paper = IdentityPaper { kind: PaperKind::IdentityCard, last: words(step) };
                    AccountCommand::Certify { cause, paper, proofs, filled }
                }
                16 => AccountCommand::SayMissing { cause, no_paper: b % 2 == 0, proofs },
                17 => AccountCommand::Revoke { because: words(step) },
                18..=20 => AccountCommand::ChangeField { field, filled: c % 2 == 0 },
                21 => AccountCommand::Block { because: words(step) },
                22 | 23 => AccountCommand::Unblock,
                _ => {
                    let open_cases = u32::from(b % 2);
                    AccountCommand::GiveUp { open_cases, because: AnonymiseReason::Wanted }
                }
            };
            let clerk = 7 + u32::from(b % 2);
            let by = match which {
                0..=7 | 18..=20 => Doer::Account(holder),
                24.. if c % 8 > 0 => continue,
                24.. => Doer::Hub,
                _ => Doer::Account(AccountId(clerk)),
            };
            let context = AccountContext { account: holder, by, now, rules: rules.as_ref() };
            let before = standing.clone();
            let Ok(events) = account::decide(&standing, &command, &context) else { continue };
            for event in &events {
                account::apply(&mut standing, event);
            }
            let certifies = events.iter().any(|event| matches!(event.step, AccountStep::AccountCertified { .. }));
            let unblocks = events.iter().any(|event| event.step == AccountStep::AccountUnblocked);
            if standing.level() == Level::B && before.level() != Level::B {
                prop_assert!(certifies || (unblocks && before.certificate.is_some()));
            }
            if certifies {
                prop_assert!(before.wished_at.is_some());
                if two_clerks {
                    prop_assert_ne!(before.first_look.unwrap().by, AccountId(clerk));
                }
            }
            // The paper may be found after the clerk said that it is missing: these are two steps of one visit.
            let is_certified = matches!(command, AccountCommand::Certify { .. });
            if (is_certified || matches!(command, AccountCommand::SayMissing { .. })) && !events.is_empty() {
                prop_assert!(causes.insert((seq, clerk, is_certified)), "one visit led to one step twice");
            }
            if matches!(command, AccountCommand::ChangeField { .. }) {
                prop_assert!(standing.certificate.is_none() && standing.first_look.is_none());
            }
            // What is sent again at once is answered without a second step.
            let again = account::decide(&standing, &command, &context);
            prop_assert!(again.is_err() || again == Ok(Vec::new()), "{command:?} {again:?}");
            let json = serde_json::to_string(&standing).unwrap();
            prop_assert_eq!(&serde_json::from_str::<AccountStanding>(&json).unwrap(), &standing);
        }
    }
}
