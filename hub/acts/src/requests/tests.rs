//! Requests through a real store: who may do what, and what is kept.

use std::sync::Arc;

use body::{
    AccountCommand, AccountContext, AccountId, Action, BodyConfig, CaseCommand, CaseEnd, CasePhase, CaseRefusal,
    CertifiedField, Doer, Grant, GrantScope, IdentityPaper, OfficeId, OfficeMoment, PaperKind, Proof, ResultWay, Role,
    UnitId, WordsId, account,
};
use chrono::{DateTime, TimeDelta, Utc};
use store::{Registration, RequestRow, Store};
use uuid::Uuid;
use vocabulary::{CivilInstant, Level};

use super::{
    RequestErrand, RequestRefusal, TextFlaw, WrittenText,
    number::{self, NumberRefusal},
    step::{StepOrder, able},
};

/// A citizen with level A.
pub const MARIA: AccountId = AccountId(1);
/// Works on requests of the unit for cleaning.
const WORKER: AccountId = AccountId(2);
/// Another of that unit.
const COLLEAGUE: AccountId = AccountId(3);
/// Serves at a desk of an office.
const CLERK: AccountId = AccountId(4);
/// Has no grant.
const STRANGER: AccountId = AccountId(5);

/// A store with people in it, and the sample municipality.
pub struct House {
    pub store: Store,
    pub body: Arc<BodyConfig>,
    pub now: DateTime<Utc>,
    _folder: tempfile::TempDir,
}

impl House {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("seira.db")).unwrap();
        let now = "2026-11-30T07:00:00Z".parse::<CivilInstant>().unwrap().utc();
        let kep = office_file::parse(include_str!("../../../samples/kep.toml")).unwrap();
        let body = body_file::parse(include_str!("../../../samples/body.toml"), &[&kep]).unwrap().config;
        for name in ["maria", "worker", "colleague", "clerk", "stranger"] {
            let waiting = Registration {
                id: Uuid::new_v5(name),
                name: name.into(),
                password: "hash".into(),
                email: format!("{name}@example.gr"),
                profile: "{}".into(),
            };
            store.activate(&waiting, now).unwrap();
        }
        let house = Self { store, body: Arc::new(body), now, _folder: folder };
        for worker in [WORKER, COLLEAGUE] {
            house.grant(worker, Role::CaseWorker, GrantScope::Unit(UnitId(1)));
            house.grant(worker, Role::CaseWorker, GrantScope::Unit(UnitId(4)));
        }
        house.grant(CLERK, Role::Clerk, GrantScope::Office(OfficeId(1)));
        house
    }

    fn grant(&self, account: AccountId, role: Role, scope: GrantScope) {
        assert!(self.store.give_grant(account, Grant::new(role, scope).unwrap(), None, self.now).unwrap());
    }

    /// Certifies somebody at a desk.
    pub fn certify(&self, who: AccountId) {
        let mut standing = self.store.standing(who).unwrap();
        let filled: std::collections::BTreeSet<_> = CertifiedField::ALL.into();
        let cause = OfficeMoment { office: OfficeId(1), seq: 40 };
        let paper = IdentityPaper { kind: PaperKind::Passport, last: WordsId(Uuid::from_u128(40)) };
        let certify = AccountCommand::Certify { cause, paper, proofs: Proof::ALL.into(), filled: filled.clone() };
        for (by, command) in [(who, AccountCommand::Wish { filled }), (CLERK, certify)] {
            let rules = self.body.certification.as_ref();
            let context = AccountContext { account: who, by: Doer::Account(by), now: self.now, rules };
            let events = account::decide(&standing, &command, &context).unwrap();
            events.iter().for_each(|event| account::apply(&mut standing, event));
            self.store.keep_standing(who, &standing, &events).unwrap();
        }
        assert_eq!(self.store.standing(who).unwrap().level(), Level::B);
    }

    /// A request of hers of a category, submitted past the form.
    pub fn submitted(&self, public: u128, category: &str) -> Uuid {
        let public = Uuid::from_u128(public);
        let (id, _) = self.body.category_of(category).unwrap();
        let standing = self.store.standing(MARIA).unwrap();
        let applicant = body::Asker::SignedIn {
            level: standing.level(),
            assurance: vocabulary::Assurance::None,
            wish: standing.wish(false),
        };
        let kind = match self.body.protocol {
            body::ProtocolSource::Own => body::SeriesKind::Official,
            body::ProtocolSource::Adapter { .. } => body::SeriesKind::Provisional,
        };
        let series = self.store.protocol_series(kind).unwrap();
        let context = body::CaseContext {
            by: Doer::Account(MARIA),
            now: self.now,
            config: &self.body,
            series: &series,
            applicant,
            b_open: true,
            has_file: false,
        };
        let case = self.store.next_request().unwrap();
        let command = CaseCommand::Submit { case, category: id, way: None, words: WordsId(public) };
        let events = body::case::decide(None, &command, &context).unwrap();
        let case = events.iter().fold(None, body::case::apply).unwrap();
        self.store.keep_request(&RequestRow { public, language: office::Language::El, case }, &events).unwrap();
        public
    }

    fn take(&self, order: StepOrder) -> Result<RequestRow, RequestRefusal> {
        order.take(&self.store, &self.body, self.now + TimeDelta::hours(1)).unwrap()
    }

    fn work(&self, public: Uuid, by: AccountId, command: CaseCommand) -> Result<RequestRow, RequestRefusal> {
        self.take(StepOrder::of_staff(RequestErrand { request: public, by }, Action::WorkOnRequests, command))
    }
}

/// Names that are the same each time.
trait Named {
    fn new_v5(name: &str) -> Uuid;
}

impl Named for Uuid {
    fn new_v5(name: &str) -> Uuid {
        let mut bytes = [0; 16];
        bytes[..name.len()].copy_from_slice(name.as_bytes());
        Uuid::from_bytes(bytes)
    }
}

fn text(id: u128, text: &str) -> WrittenText {
    WrittenText { id: WordsId(Uuid::from_u128(id)), text: text.to_owned() }
}

#[test]
fn pet_02_two_clerks_take_the_same_request_and_strangers_see_none() {
    let house = House::new();
    let public = house.submitted(1, "cleaning");
    assert_eq!(house.work(public, STRANGER, CaseCommand::Take), Err(RequestRefusal::NotFound));
    assert_eq!(house.work(public, CLERK, CaseCommand::Take), Err(RequestRefusal::NotFound));
    assert_eq!(house.work(Uuid::from_u128(9), WORKER, CaseCommand::Take), Err(RequestRefusal::NotFound));
    assert_eq!(house.work(public, WORKER, CaseCommand::Take).unwrap().case.worker, Some(WORKER));
    let refused = house.work(public, COLLEAGUE, CaseCommand::Take).unwrap_err();
    assert_eq!((refused.worker(), refused.sentence()), (Some(WORKER), "request-has-worker"));
    let assign = StepOrder::of_staff(
        RequestErrand { request: public, by: WORKER },
        Action::AssignRequests,
        CaseCommand::Assign { to: COLLEAGUE },
    );
    assert_eq!(house.take(assign), Err(RequestRefusal::NotAllowed), "sharing out is a supervisor's");
    let row = house.store.request(public).unwrap().unwrap();
    assert_eq!(able(&house.store, &row).unwrap(), [WORKER, COLLEAGUE]);
    // A supervisor gives it to whoever may work on it when it is given, and to nobody else.
    house.grant(CLERK, Role::RequestSupervisor, GrantScope::Category(row.case.category));
    let give = |to| {
        let errand = RequestErrand { request: public, by: CLERK };
        house.take(StepOrder::of_staff(errand, Action::AssignRequests, CaseCommand::Assign { to }))
    };
    assert_eq!(give(STRANGER), Err(RequestRefusal::NotTheirs));
    assert_eq!(give(COLLEAGUE).unwrap().case.worker, Some(COLLEAGUE));
    assert_eq!(give(WORKER).unwrap().case.worker, Some(WORKER));
    let over = CaseCommand::TakeOver { from: WORKER };
    assert_eq!(house.work(public, COLLEAGUE, over).unwrap().case.worker, Some(COLLEAGUE));
    // In another unit it is another's.
    house.work(public, COLLEAGUE, CaseCommand::HandToUnit { unit: UnitId(3) }).unwrap();
    assert_eq!(house.work(public, COLLEAGUE, CaseCommand::Take), Err(RequestRefusal::NotFound));
}

#[test]
fn pet_02_a_question_is_answered_once_however_often_it_is_sent() {
    let house = House::new();
    let public = house.submitted(1, "cleaning");
    house.work(public, WORKER, CaseCommand::Take).unwrap();
    let ask = |written: WrittenText| {
        let command = CaseCommand::Ask { question: written.id };
        StepOrder::of_staff(RequestErrand { request: public, by: WORKER }, Action::WorkOnRequests, command)
            .with(Some(written))
    };
    assert_eq!(house.take(ask(text(10, "  "))), Err(RequestRefusal::Text(TextFlaw::Missing)));
    assert_eq!(house.take(ask(text(10, &"α".repeat(4_001)))), Err(RequestRefusal::Text(TextFlaw::Long)));
    assert_eq!(house.take(ask(text(10, "α\u{202e}β"))), Err(RequestRefusal::Text(TextFlaw::Unseen)));
    let asked = house.take(ask(text(10, "Ποιος κάδος;\r\nΟ μπλε;"))).unwrap();
    assert_eq!(asked.case.phase, CasePhase::AwaitsAnswer { accepted: false });
    assert_eq!(house.take(ask(text(10, "Ποιος κάδος;"))), Ok(asked.clone()), "the same press");
    assert_eq!(house.take(ask(text(11, "Και;"))), Err(RequestRefusal::Rule(CaseRefusal::AskedAlready)));
    let answer = |by, written: WrittenText| {
        let command = CaseCommand::Answer { answer: written.id };
        StepOrder::of_applicant(RequestErrand { request: public, by }, command).with(Some(written))
    };
    assert_eq!(house.take(answer(STRANGER, text(12, "Ναι"))), Err(RequestRefusal::NotFound));
    let answered = house.take(answer(MARIA, text(12, "Ο μπλε"))).unwrap();
    assert_eq!(house.take(answer(MARIA, text(12, "Ο μπλε"))), Ok(answered.clone()));
    assert_eq!(house.take(answer(MARIA, text(13, "Ο μπλε"))), Err(RequestRefusal::Rule(CaseRefusal::NothingAsked)));
    assert!(answered.case.clock.due >= asked.case.clock.due);
    let kept = house.store.request_words(answered.case.id).unwrap();
    assert!(kept.iter().any(|words| words.text.as_deref() == Some("Ποιος κάδος;\nΟ μπλε;")));
    assert_eq!(house.store.verify_body_journal().unwrap(), 4);
}

#[test]
fn pla_03_a_result_is_handed_out_at_the_desk_of_an_office_against_identity() {
    let house = House::new();
    house.certify(MARIA);
    let public = house.submitted(1, "certificates");
    house.work(public, WORKER, CaseCommand::Take).unwrap();
    let ready = house.work(public, WORKER, CaseCommand::MakeReady).unwrap();
    assert_eq!(ready.case.phase, CasePhase::Ready { way: ResultWay::Post });
    let way = CaseCommand::ChooseWay { way: ResultWay::Collection };
    house.take(StepOrder::of_applicant(RequestErrand { request: public, by: MARIA }, way)).unwrap();
    let hand_out = |by| {
        let written = text(20, "456");
        let paper = IdentityPaper { kind: PaperKind::IdentityCard, last: written.id };
        let cause = Some(OfficeMoment { office: OfficeId(1), seq: 77 });
        let command = CaseCommand::HandOut { paper, cause };
        let order = StepOrder::of_staff(RequestErrand { request: public, by }, Action::HandOutResults, command)
            .with(Some(written));
        house.take(StepOrder { internal: true, ..order })
    };
    assert_eq!(hand_out(STRANGER), Err(RequestRefusal::NotFound));
    let handed = hand_out(CLERK).unwrap();
    assert_eq!(handed.case.phase, CasePhase::Closed { end: CaseEnd::Collected });
    assert_eq!(hand_out(CLERK), Ok(handed.clone()), "sent again");
    let journal = serde_json::to_string(&house.store.request_events(handed.case.id).unwrap()).unwrap();
    assert!(journal.contains("identity-card") && !journal.contains("456"));
    let kept = house.store.request_words(handed.case.id).unwrap();
    assert!(kept.iter().any(|words| words.internal && words.text.as_deref() == Some("456")));
}

#[test]
fn pet_06_only_a_certified_address_gets_post() {
    let house = House::new();
    house.certify(MARIA);
    let public = house.submitted(1, "certificates");
    house.work(public, WORKER, CaseCommand::Take).unwrap();
    house.work(public, WORKER, CaseCommand::MakeReady).unwrap();
    // She moves house before it is posted.
    let mut standing = house.store.standing(MARIA).unwrap();
    let change = AccountCommand::ChangeField { field: CertifiedField::Address, filled: true };
    let context = AccountContext { account: MARIA, by: Doer::Account(MARIA), now: house.now, rules: None };
    let events = account::decide(&standing, &change, &context).unwrap();
    events.iter().for_each(|event| account::apply(&mut standing, event));
    house.store.keep_standing(MARIA, &standing, &events).unwrap();
    let post = || {
        let written = text(30, "RE123456789GR");
        let command = CaseCommand::Post { tracking: written.id };
        house.take(
            StepOrder::of_staff(RequestErrand { request: public, by: WORKER }, Action::PostResults, command)
                .with(Some(written)),
        )
    };
    assert_eq!(post(), Err(RequestRefusal::Rule(CaseRefusal::AddressNotCertified)));
    assert!(!house.store.has_request_words(WordsId(Uuid::from_u128(30))).unwrap(), "nothing of it is kept");
}

#[test]
fn pet_02_a_number_of_the_other_system_is_of_one_request_and_stays_its_own() {
    let mut house = House::new();
    let url = "https://protocol.example.gr/".to_owned();
    house.body = Arc::new(BodyConfig { protocol: body::ProtocolSource::Adapter { url }, ..(*house.body).clone() });
    let (first, second) = (house.submitted(1, "cleaning"), house.submitted(2, "cleaning"));
    let waiting = house.store.requests_unnumbered(10).unwrap();
    assert_eq!(waiting.iter().map(|row| row.public).collect::<Vec<_>>(), [first, second]);
    assert_eq!(waiting[0].case.shown_number().to_string(), "P-1/2026");
    let give = |public, number: &str| {
        number::keep(&house.store, &house.body, (public, number.parse::<body::OutsideNumber>().unwrap()), house.now)
            .unwrap()
    };
    assert_eq!(give(first, "ΑΠ 7/2026").unwrap().case.shown_number().to_string(), "ΑΠ 7/2026");
    // The same again is the same answer; another is refused, and so is another's.
    assert_eq!(give(first, "ΑΠ 7/2026").unwrap().case.steps, 2);
    let numbered = NumberRefusal::Request(RequestRefusal::Rule(CaseRefusal::NumberedAlready));
    assert_eq!(give(first, "ΑΠ 8/2026"), Err(numbered));
    assert_eq!(give(second, "ΑΠ 7/2026"), Err(NumberRefusal::OfAnother));
    assert_eq!(give(second, "ΑΠ 8/2026").unwrap().case.given.to_string(), "P-2/2026");
    assert!(house.store.requests_unnumbered(10).unwrap().is_empty());
}

#[test]
fn pet_02_an_applicant_is_told_in_the_language_that_they_read_now() {
    let house = House::new();
    house.store.office_row("kep").unwrap();
    let newest = || {
        let due = house.store.mails_due(house.now + TimeDelta::days(1), 100).unwrap();
        let about = due.into_iter().max_by_key(|row| row.id).unwrap().about;
        serde_json::from_str::<writer::RequestMail>(&about).unwrap().language
    };
    let public = house.submitted(1, "cleaning");
    house.work(public, WORKER, CaseCommand::Take).unwrap();
    assert_eq!(newest(), office::Language::El, "that of the form");
    house.store.set_account_language(MARIA.0, office::Language::En).unwrap();
    house.work(public, WORKER, CaseCommand::Finish { words: None }).unwrap();
    assert_eq!(newest(), office::Language::En);
}
