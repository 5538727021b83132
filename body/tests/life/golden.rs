//! One of every event as JSON: an old journal must always be readable.
//!
//! Each file in `tests/golden/` is an event as it was once written. It is read, written again, and must be the same. A kind of
//! event without a file fails; `UPDATE_GOLDEN=1` writes the files that are missing, and touches no other.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use body::{
    AccountEvent, AccountId, AccountStep, AnonymiseReason, AnswerGiven, Ballot, CaseEvent, CaseStep, CategoryId,
    Certificate, CertifiedField, ConferenceEvent, ConferenceId, ConferenceSeriesId, ConferenceSpan, ConferenceStep,
    CoordinatorPost, DeskHelp, Doer, IdentityPaper, LevelSubject, MaintenanceId, MaintenanceWindow, MeetingEvent,
    MeetingMember, MeetingPlan, MeetingStep, MemberPost, OfficeId, OfficeMoment, OpenedBy, PaperKind, ParticipantId,
    Proof, ProtocolSource, RoleRequestEvent, RoleRequestId, RoleRequestStep, SwitchEvent, SwitchStep, TextDigest,
    UnitEvent, UnitId, UnitStep, UpkeepEvent, UpkeepStep, VoteCount, VoteRecord, WordsId,
};
use office::Words;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use crate::{script::check_in, town::municipality};

/// Days in which everything happens to a request once.
const DAYS: [&str; 5] = [
    "
    2026-11-30 09:00 citizen submits copies -> submitted P-1/2026 to unit 3 due 2027-01-19 by collection
    2026-11-30 09:01 hub numbers 5512/2026 -> numbered 5512/2026
    2026-11-30 09:02 7 takes -> assigned to 7
    2026-11-30 09:03 8 takes over 7 -> taken over from 7 by 8
    2026-11-30 09:04 8 asks -> asked with 50 left
    2026-11-30 09:05 citizen answers -> answered, due 2027-01-19
    2026-11-30 09:06 citizen adds -> added
    2026-11-30 09:07 8 accepts -> accepted
    2026-11-30 09:08 8 notes -> noted
    2026-11-30 09:08 8 proposes -> visit proposed
    2026-11-30 09:09 8 readies -> ready for collection
    2026-11-30 09:10 8 hands out after 40 -> collected with identity-card, closed collected
    2026-11-30 09:11 citizen reopens -> reopened, due 2027-01-19
    2026-11-30 09:12 8 finishes -> done, closed done
    ",
    "
    2026-11-30 09:00 citizen submits copies -> submitted P-1/2026 to unit 3 due 2027-01-19 by collection
    2026-11-30 09:02 7 hands to 2 -> handed from unit 3 to 2
    2026-11-30 09:03 7 forwards -> forwarded, closed forwarded
    2026-11-30 09:04 citizen joins 101 -> joined to 101
    ",
    "
    2026-11-30 09:00 citizen submits copies -> submitted P-1/2026 to unit 3 due 2027-01-19 by collection
    2026-11-30 09:02 7 takes -> assigned to 7
    2026-11-30 09:03 7 refuses -> refused, closed refused
    2026-11-30 09:04 citizen reopens -> reopened, due 2027-01-19
    2026-11-30 09:05 citizen withdraws -> withdrawn, closed withdrawn
    ",
    "
    level b
    2026-11-30 09:00 citizen submits certificates by collection -> submitted P-1/2026 to unit 3 due 2026-12-10 by collection
    2026-11-30 09:01 citizen chooses post -> will go by post
    2026-11-30 09:02 7 takes -> assigned to 7
    2026-11-30 09:03 7 readies -> ready for post
    2026-11-30 09:04 7 posts -> posted on 2026-11-30, closed posted
    ",
    "
    level b
    taxisnet
    2026-11-30 09:00 citizen submits opinion by download -> submitted P-1/2026 to unit 2 due 2026-12-14 by download
    2026-11-30 09:02 7 takes -> assigned to 7
    2026-11-30 09:03 7 readies -> ready for download
    2026-11-30 09:04 citizen downloads -> downloaded, closed downloaded
    ",
];

fn case_samples() -> Vec<CaseEvent> {
    let mut config = municipality();
    config.protocol = ProtocolSource::Adapter { url: "https://protocol.example.gr/".into() };
    DAYS.into_iter().flat_map(|day| check_in(config.clone(), day).journal).collect()
}

fn account_samples() -> Vec<AccountEvent> {
    let words = |id| WordsId(Uuid::from_u128(id));
    let cause = OfficeMoment { office: OfficeId(1), seq: 40 };
    let paper = IdentityPaper { kind: PaperKind::Passport, last: words(1) };
    let proofs: BTreeSet<Proof> = Proof::ALL.into();
    let certified_at = "2026-11-02T07:00:00Z".parse().unwrap();
    let certificate = Certificate { at: certified_at, by: AccountId(7), paper: PaperKind::Passport };
    let steps = vec![
        AccountStep::AccountOpened { way: OpenedBy::Link },
        AccountStep::LevelWished,
        AccountStep::WishDropped,
        AccountStep::LookedFirst { cause, paper, proofs: proofs.clone() },
        AccountStep::AccountCertified { cause, paper, proofs: proofs.clone() },
        AccountStep::ProofsMissed { cause, no_paper: true, proofs },
        AccountStep::CertificateRevoked { because: words(2) },
        AccountStep::CertificateEnded { field: CertifiedField::Address, filled: true },
        AccountStep::AccountBlocked { because: words(3) },
        AccountStep::AccountUnblocked,
        AccountStep::HelpedAtDesk { help: DeskHelp::LostFactor, paper },
        AccountStep::AccountJoined { from: AccountId(101), certificate: Some(certificate) },
        AccountStep::AccountClosed,
        AccountStep::AccountAnonymised { because: AnonymiseReason::Unused },
    ];
    let at = "2026-11-30T07:00:00Z".parse().unwrap();
    let by = |step: &AccountStep| match step {
        AccountStep::AccountAnonymised { .. } => Doer::Hub,
        _ => Doer::Account(AccountId(7)),
    };
    steps.into_iter().map(|step| AccountEvent { at, by: by(&step), step }).collect()
}

fn switch_samples() -> Vec<SwitchEvent> {
    let subject = LevelSubject::Category(CategoryId(3));
    let notice = Words::new("Ξανά από τη Δευτέρα.", "Again from Monday.");
    let at = "2026-11-30T07:00:00Z".parse().unwrap();
    [SwitchStep::LevelClosed { subject, notice }, SwitchStep::LevelOpened { subject }]
        .map(|step| SwitchEvent { at, by: Doer::Account(AccountId(1)), step })
        .into()
}

fn meeting_samples() -> Vec<MeetingEvent> {
    let (at, words) = ("2026-12-01T09:00:00Z".parse().unwrap(), WordsId(Uuid::from_u128(7)));
    let member = |post, votes, substitutes| MeetingMember { post, votes, substitutes };
    let (one, two) = (ParticipantId(1), ParticipantId(2));
    let members = [
        (one, member(MemberPost::Chair, true, None)),
        (two, member(MemberPost::Secretary, false, None)),
        (ParticipantId(3), member(MemberPost::Ordinary, true, Some(one))),
    ];
    let plan = MeetingPlan { words, members: members.into(), items: 2, notice_hours: 48 };
    let result = VoteCount { agree: 3, against: 1, blank: 0 };
    let steps = [
        MeetingStep::MeetingPlanned { conference: ConferenceId(1), plan },
        MeetingStep::MeetingCalled { is_urgent: true },
        MeetingStep::RollCalled { member: one, is_present: true },
        MeetingStep::SeatNoted { member: two, is_there: false },
        MeetingStep::VoteEntered { item: 1, vote: VoteRecord::ByName([(one, Ballot::For)].into()) },
        MeetingStep::VoteEntered { item: 2, vote: VoteRecord::Result(result) },
        // As they were written before hubs kept what the text was.
        MeetingStep::MinutesMade { words, digest: None },
        MeetingStep::MinutesSigned { member: two },
    ];
    let by = |step: &MeetingStep| match step {
        MeetingStep::MinutesSigned { .. } => Doer::Link,
        MeetingStep::SeatNoted { .. } => Doer::Hub,
        MeetingStep::MeetingPlanned { .. }
        | MeetingStep::MeetingCalled { .. }
        | MeetingStep::RollCalled { .. }
        | MeetingStep::VoteEntered { .. }
        | MeetingStep::MinutesMade { .. } => Doer::Account(AccountId(7)),
    };
    steps.into_iter().map(|step| MeetingEvent { at, by: by(&step), step }).collect()
}

fn conference_samples() -> Vec<ConferenceEvent> {
    let at = "2026-11-30T07:00:00Z".parse().unwrap();
    let span = ConferenceSpan {
        from: "2026-12-01T08:00:00Z".parse().unwrap(),
        until: "2026-12-01T09:00:00Z".parse().unwrap(),
    };
    let (words, participant) = (WordsId(Uuid::from_u128(4)), ParticipantId(1));
    let steps = vec![
        ConferenceStep::ConferencePlanned {
            conference: ConferenceId(1),
            series: Some(ConferenceSeriesId(Uuid::from_u128(5))),
            unit: Some(UnitId(3)),
            coordinator: AccountId(7),
            words,
            span,
            places: 10,
        },
        ConferenceStep::ConferenceMoved { span, places: 12 },
        ConferenceStep::ConferenceReworded { words },
        ConferenceStep::ParticipantInvited { participant },
        ConferenceStep::LinkRenewed { participant, link: 1 },
        ConferenceStep::ParticipantAnswered { participant, answer: AnswerGiven::Confirmed },
        ConferenceStep::ParticipantCame { participant },
        ConferenceStep::ParticipantRemoved { participant },
        ConferenceStep::ConferenceLocked,
        ConferenceStep::ConferenceUnlocked,
        ConferenceStep::ConferenceEnded,
        ConferenceStep::ConferenceCancelled,
    ];
    let by = |step: &ConferenceStep| match step {
        ConferenceStep::ParticipantAnswered { .. } | ConferenceStep::ParticipantCame { .. } => Doer::Link,
        _ => Doer::Account(AccountId(7)),
    };
    steps.into_iter().map(|step| ConferenceEvent { at, by: by(&step), step }).collect()
}

fn role_samples() -> Vec<RoleRequestEvent> {
    let at = "2026-11-30T07:00:00Z".parse().unwrap();
    let words = |id| WordsId(Uuid::from_u128(id));
    let (request, account, post) = (RoleRequestId(1), AccountId(7), CoordinatorPost::Unit(UnitId(3)));
    let steps = [
        RoleRequestStep::RoleAsked { request, account, post, words: words(6) },
        RoleRequestStep::RoleApproved,
        RoleRequestStep::RoleRefused { reason: words(7) },
        RoleRequestStep::RoleWithdrawn,
    ];
    steps.map(|step| RoleRequestEvent { at, by: Doer::Account(AccountId(7)), step }).into()
}

fn unit_samples() -> Vec<UnitEvent> {
    let at = "2026-11-30T07:00:00Z".parse().unwrap();
    let name = Words::new("Γραφείο Τύπου", "Press office");
    let step = UnitStep::UnitMade { unit: UnitId(10_001), name };
    vec![UnitEvent { at, by: Doer::Account(AccountId(7)), step }]
}

fn upkeep_samples() -> Vec<UpkeepEvent> {
    let at = "2026-11-30T07:00:00Z".parse().unwrap();
    let window = MaintenanceWindow {
        from: "2026-12-10T12:00:00".parse().unwrap(),
        to: "2026-12-10T14:00:00".parse().unwrap(),
        because: Words::new("Αναβάθμιση", "Upgrade"),
    };
    let maintenance = MaintenanceId(1);
    [UpkeepStep::MaintenanceAnnounced { maintenance, window }, UpkeepStep::MaintenanceEnded { maintenance }]
        .map(|step| UpkeepEvent { at, by: Doer::Account(AccountId(1)), step })
        .into()
}

/// The name of what happened, in an event as JSON.
fn name(event: &Value) -> String {
    match &event["step"] {
        Value::String(name) => name.clone(),
        other => other.as_object().and_then(|object| object.keys().next().cloned()).unwrap(),
    }
}

/// Every kind that there is, as the reader of journals itself lists them.
fn every_kind<Step: DeserializeOwned>() -> Vec<String> {
    let Err(fault) = serde_json::from_str::<Step>(r#"{"no such kind": 1}"#) else { panic!("it was read") };
    let fault = fault.to_string();
    let list = fault.split_once("expected ").unwrap().1;
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn check<Event: Serialize + DeserializeOwned, Step: DeserializeOwned>(samples: &[Event]) {
    let mut first: BTreeMap<String, Value> = BTreeMap::new();
    for sample in samples {
        let json = serde_json::to_value(sample).unwrap();
        first.entry(name(&json)).or_insert(json);
    }
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for kind in every_kind::<Step>() {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{kind}.json"));
        let sample = first.get(&kind).unwrap_or_else(|| panic!("no sample has a `{kind}`"));
        if update && !path.exists() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, serde_json::to_string_pretty(sample).unwrap() + "\n").unwrap();
        }
        let text = std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        let before: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(name(&before), kind);
        let event: Event = serde_json::from_str(&text).unwrap_or_else(|fault| panic!("{kind}: {fault}"));
        assert_eq!(serde_json::to_value(&event).unwrap(), before, "{kind} is written otherwise than it was");
    }
}

#[test]
fn every_event_that_was_ever_written_can_be_read_and_is_written_the_same() {
    check::<CaseEvent, CaseStep>(&case_samples());
    check::<AccountEvent, AccountStep>(&account_samples());
    check::<SwitchEvent, SwitchStep>(&switch_samples());
    check::<ConferenceEvent, ConferenceStep>(&conference_samples());
    check::<MeetingEvent, MeetingStep>(&meeting_samples());
    check::<RoleRequestEvent, RoleRequestStep>(&role_samples());
    check::<UnitEvent, UnitStep>(&unit_samples());
    check::<UpkeepEvent, UpkeepStep>(&upkeep_samples());
}

#[test]
fn pre_10_minutes_say_what_their_text_was_when_they_were_made() {
    let digest = Some(TextDigest::from([0xab; 32]));
    let step = MeetingStep::MinutesMade { words: WordsId(Uuid::from_u128(7)), digest };
    let written = serde_json::to_value(&step).unwrap();
    assert_eq!(written["minutes-made"]["digest"], Value::from("ab".repeat(32)));
    assert_eq!(serde_json::from_value::<MeetingStep>(written.clone()).unwrap(), step);
    for wrong in ["", "ab", &"+a".repeat(32), &"g".repeat(64), &"α".repeat(32), &"a".repeat(66)] {
        let mut other = written.clone();
        other["minutes-made"]["digest"] = wrong.into();
        assert!(serde_json::from_value::<MeetingStep>(other).is_err(), "{wrong}");
    }
}

#[test]
fn no_event_of_one_kind_has_the_name_of_another() {
    let all = [
        every_kind::<CaseStep>(),
        every_kind::<AccountStep>(),
        every_kind::<SwitchStep>(),
        every_kind::<ConferenceStep>(),
        every_kind::<MeetingStep>(),
        every_kind::<RoleRequestStep>(),
        every_kind::<UnitStep>(),
        every_kind::<UpkeepStep>(),
    ]
    .concat();
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
}
