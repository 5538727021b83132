//! Accounts, from their first day to their last.

use std::collections::BTreeSet;

use body::{
    AccountCommand, AccountContext, AccountId, AccountLife, AccountStanding, AccountStep, AnonymiseReason, BWish,
    CertificationRules, CertifiedField, DeskHelp, Doer, IdentityPaper, OfficeId, OfficeMoment, OpenedBy, PaperKind,
    Proof, StandingRefusal, WordsId, account,
};
use chrono::{DateTime, Utc};
use uuid::Uuid;
use vocabulary::Level;

use crate::{script::opened, town::municipality};

const HOLDER: AccountId = AccountId(100);
const CLERK: AccountId = AccountId(7);
const SECOND: AccountId = AccountId(8);

/// An account at a body, and what it did.
struct Desk {
    standing: AccountStanding,
    rules: Option<CertificationRules>,
    now: DateTime<Utc>,
}

impl Desk {
    fn new(two_clerks: bool) -> Self {
        let rules = municipality().certification.map(|rules| CertificationRules { two_clerks, ..rules });
        Self { standing: opened(), rules, now: "2026-11-30T08:00:00Z".parse().unwrap() }
    }

    fn ask(&mut self, by: AccountId, command: &AccountCommand) -> Result<Vec<AccountStep>, StandingRefusal> {
        self.ask_as(Doer::Account(by), command)
    }

    fn ask_as(&mut self, by: Doer, command: &AccountCommand) -> Result<Vec<AccountStep>, StandingRefusal> {
        self.now += chrono::TimeDelta::minutes(1);
        let context = AccountContext { account: HOLDER, by, now: self.now, rules: self.rules.as_ref() };
        let events = account::decide(&self.standing, command, &context)?;
        for event in &events {
            account::apply(&mut self.standing, event);
        }
        Ok(events.into_iter().map(|event| event.step).collect())
    }

    fn wish(&mut self) {
        assert_eq!(self.ask(HOLDER, &wish()), Ok(vec![AccountStep::LevelWished]));
    }
}

fn all() -> BTreeSet<CertifiedField> {
    CertifiedField::ALL.into()
}

fn wish() -> AccountCommand {
    AccountCommand::Wish { filled: all() }
}

fn words(id: u128) -> WordsId {
    WordsId(Uuid::from_u128(id))
}

fn certify(seq: u64) -> AccountCommand {
    AccountCommand::Certify {
        cause: OfficeMoment { office: OfficeId(1), seq },
        paper: IdentityPaper { kind: PaperKind::Passport, last: words(seq.into()) },
        proofs: Proof::ALL.into(),
        filled: all(),
    }
}

fn change(field: CertifiedField, filled: bool) -> AccountCommand {
    AccountCommand::ChangeField { field, filled }
}

#[test]
fn pet_05_level_b_is_wished_for_with_all_fields_filled() {
    let mut desk = Desk::new(false);
    assert_eq!((desk.standing.level(), desk.standing.wish(true)), (Level::A, BWish::None));
    let filled = BTreeSet::from([CertifiedField::Name, CertifiedField::TaxOffice]);
    let missing = vec![CertifiedField::TaxNumber, CertifiedField::Address];
    assert_eq!(desk.ask(HOLDER, &AccountCommand::Wish { filled }), Err(StandingRefusal::FieldsMissing { missing }));
    assert_eq!(desk.ask(CLERK, &wish()), Err(StandingRefusal::NotYours));
    assert_eq!(desk.ask(CLERK, &certify(40)), Err(StandingRefusal::NotWished));
    desk.wish();
    assert_eq!(desk.ask(HOLDER, &wish()), Ok(vec![]));
    assert_eq!((desk.standing.wish(false), desk.standing.wish(true)), (BWish::Stated, BWish::VisitBooked));
    assert_eq!(desk.standing.level(), Level::A);
    assert_eq!(desk.ask(HOLDER, &AccountCommand::DropWish), Ok(vec![AccountStep::WishDropped]));
    assert_eq!(desk.ask(HOLDER, &AccountCommand::DropWish), Ok(vec![]));
    desk.wish();
    assert_eq!(desk.ask(HOLDER, &change(CertifiedField::Address, true)), Ok(vec![]));
    assert_eq!(desk.ask(HOLDER, &change(CertifiedField::Address, false)), Ok(vec![AccountStep::WishDropped]));
    desk.rules = None;
    assert_eq!(desk.ask(HOLDER, &wish()), Err(StandingRefusal::NobodyCertifies));
}

#[test]
fn pla_04_a_clerk_certifies_once_however_often_it_is_sent() {
    let mut desk = Desk::new(false);
    desk.wish();
    let AccountCommand::Certify { cause, paper, filled, .. } = certify(40) else { unreachable!() };
    let proofs = BTreeSet::from([Proof::Address]);
    let poor = AccountCommand::Certify { cause, paper, proofs, filled: filled.clone() };
    let missing = vec![Proof::TaxNumber, Proof::TaxOffice];
    assert_eq!(desk.ask(CLERK, &poor), Err(StandingRefusal::ProofsMissing { missing }));
    let unfilled = AccountCommand::Certify { cause, paper, proofs: Proof::ALL.into(), filled: BTreeSet::new() };
    assert!(matches!(desk.ask(CLERK, &unfilled), Err(StandingRefusal::FieldsMissing { .. })));
    assert_eq!(desk.ask(HOLDER, &certify(40)), Err(StandingRefusal::OwnAccount));
    assert_eq!(desk.ask_as(Doer::Hub, &certify(40)), Err(StandingRefusal::NotYours));
    let certified = desk.ask(CLERK, &certify(40)).unwrap();
    assert!(matches!(certified.as_slice(), [AccountStep::AccountCertified { cause: named, .. }] if *named == cause));
    assert_eq!(desk.standing.level(), Level::B);
    let since = desk.standing.certificate.unwrap();
    assert_eq!((since.by, since.paper), (CLERK, PaperKind::Passport));
    // Sent again: nothing new, and what was answered first still stands.
    assert_eq!(desk.ask(CLERK, &certify(40)), Ok(vec![]));
    assert_eq!(desk.standing.certificate, Some(since));
    assert_eq!(desk.ask(CLERK, &certify(41)), Err(StandingRefusal::CertifiedAlready));
    // A repeat that comes after the level was taken back does not bring it back.
    let revoke = AccountCommand::Revoke { because: words(1) };
    assert_eq!(desk.ask(CLERK, &revoke), Ok(vec![AccountStep::CertificateRevoked { because: words(1) }]));
    assert_eq!(desk.ask(CLERK, &revoke), Err(StandingRefusal::NotCertified));
    assert_eq!(desk.ask(CLERK, &certify(40)), Ok(vec![]));
    assert_eq!((desk.standing.level(), desk.standing.wish(false)), (Level::A, BWish::None));
    assert_eq!(desk.ask(CLERK, &certify(42)), Err(StandingRefusal::NotWished));
}

#[test]
fn pla_04_a_second_clerk_looks_where_the_body_wants_it() {
    let mut desk = Desk::new(true);
    desk.wish();
    assert!(matches!(desk.ask(CLERK, &certify(40)).unwrap().as_slice(), [AccountStep::LookedFirst { .. }]));
    assert_eq!((desk.standing.level(), desk.standing.wish(false)), (Level::A, BWish::AwaitsSecondClerk));
    assert_eq!(desk.ask(CLERK, &certify(40)), Ok(vec![]));
    assert_eq!(desk.ask(CLERK, &certify(41)), Err(StandingRefusal::SameClerk));
    // The second looks at the same visit.
    assert!(matches!(desk.ask(SECOND, &certify(40)).unwrap().as_slice(), [AccountStep::AccountCertified { .. }]));
    assert_eq!(desk.standing.level(), Level::B);
    assert_eq!((desk.ask(CLERK, &certify(40)), desk.ask(SECOND, &certify(40))), (Ok(vec![]), Ok(vec![])));
}

#[test]
fn pla_04_a_clerk_says_what_is_missing() {
    let mut desk = Desk::new(false);
    desk.wish();
    let cause = OfficeMoment { office: OfficeId(1), seq: 40 };
    let say = |no_paper, proofs: &[Proof]| AccountCommand::SayMissing {
        cause,
        no_paper,
        proofs: proofs.iter().copied().collect(),
    };
    assert_eq!(desk.ask(CLERK, &say(false, &[])), Err(StandingRefusal::NothingMissing));
    let said = desk.ask(CLERK, &say(true, &[Proof::Address])).unwrap();
    let proofs = BTreeSet::from([Proof::Address]);
    assert_eq!(said, [AccountStep::ProofsMissed { cause, no_paper: true, proofs }]);
    assert_eq!(desk.ask(CLERK, &say(true, &[Proof::Address])), Ok(vec![]));
    // They come again with everything.
    assert_eq!(desk.ask(CLERK, &certify(90)).unwrap().len(), 1);
}

#[test]
fn pla_05_a_changed_field_ends_level_b_until_it_is_certified_again() {
    for field in CertifiedField::ALL {
        let mut desk = Desk::new(false);
        desk.wish();
        desk.ask(CLERK, &certify(40)).unwrap();
        let ended = desk.ask(HOLDER, &change(field, true));
        assert_eq!(ended, Ok(vec![AccountStep::CertificateEnded { field, filled: true }]));
        // The wish stands: the next step is the visit.
        assert_eq!((desk.standing.level(), desk.standing.wish(false)), (Level::A, BWish::Stated));
        assert_eq!(desk.ask(CLERK, &certify(40)), Ok(vec![]), "the old visit certifies nothing new");
        assert_eq!(desk.standing.level(), Level::A);
        desk.ask(CLERK, &certify(41)).unwrap();
        assert_eq!(desk.standing.level(), Level::B);
        desk.ask(HOLDER, &change(field, false)).unwrap();
        assert_eq!((desk.standing.level(), desk.standing.wish(false)), (Level::A, BWish::None));
    }
    // What the first clerk saw is not what the second would see.
    let mut desk = Desk::new(true);
    desk.wish();
    desk.ask(CLERK, &certify(40)).unwrap();
    desk.ask(HOLDER, &change(CertifiedField::Address, true)).unwrap();
    assert!(matches!(desk.ask(SECOND, &certify(40)).unwrap().as_slice(), [AccountStep::LookedFirst { .. }]));
}

#[test]
fn pla_02_who_is_blocked_has_no_level_and_gets_it_back() {
    let mut desk = Desk::new(false);
    desk.wish();
    desk.ask(CLERK, &certify(40)).unwrap();
    let block = AccountCommand::Block { because: words(1) };
    assert_eq!(desk.ask(HOLDER, &block), Err(StandingRefusal::OwnAccount));
    assert_eq!(desk.ask(CLERK, &block).unwrap().len(), 1);
    assert_eq!(desk.ask(CLERK, &block), Ok(vec![]));
    assert_eq!(desk.standing.level(), Level::None);
    assert_eq!(desk.ask(HOLDER, &wish()), Err(StandingRefusal::Blocked));
    let give_up = AccountCommand::GiveUp { open_cases: 0, because: AnonymiseReason::Wanted };
    assert_eq!(desk.ask(HOLDER, &give_up), Err(StandingRefusal::Blocked));
    assert_eq!(desk.ask(HOLDER, &AccountCommand::Unblock), Err(StandingRefusal::OwnAccount));
    assert_eq!(desk.ask(CLERK, &AccountCommand::Unblock), Ok(vec![AccountStep::AccountUnblocked]));
    assert_eq!(desk.ask(CLERK, &AccountCommand::Unblock), Ok(vec![]));
    assert_eq!(desk.standing.level(), Level::B);
}

#[test]
fn pla_02_an_account_with_an_open_request_is_closed_and_else_anonymised() {
    let give_up = |open_cases| AccountCommand::GiveUp { open_cases, because: AnonymiseReason::Wanted };
    let gone = AccountStep::AccountAnonymised { because: AnonymiseReason::Wanted };
    let mut desk = Desk::new(false);
    assert_eq!(desk.ask(CLERK, &give_up(0)), Err(StandingRefusal::NotYours));
    assert_eq!(desk.ask(HOLDER, &give_up(1)), Ok(vec![AccountStep::AccountClosed]));
    assert_eq!(desk.standing.life, AccountLife::Closed);
    assert_eq!(desk.ask_as(Doer::Hub, &give_up(1)), Ok(vec![]));
    assert_eq!(desk.ask(CLERK, &AccountCommand::Unblock), Err(StandingRefusal::NotOpen));
    assert_eq!(desk.ask_as(Doer::Hub, &give_up(0)), Ok(vec![gone.clone()]));
    assert_eq!(desk.ask_as(Doer::Hub, &give_up(0)), Ok(vec![]));
    for command in [wish(), certify(1)] {
        assert_eq!(desk.ask(if command == wish() { HOLDER } else { CLERK }, &command), Err(StandingRefusal::NotOpen));
    }
    let mut desk = Desk::new(false);
    assert_eq!(desk.ask(HOLDER, &give_up(0)), Ok(vec![gone]));
}

#[test]
fn pet_03_without_a_proven_address_there_is_no_account() {
    let mut desk = Desk::new(false);
    desk.standing = AccountStanding::default();
    assert_eq!(desk.standing.level(), Level::None);
    for command in [certify(1), AccountCommand::Block { because: words(1) }, change(CertifiedField::Name, true)] {
        assert_eq!(desk.ask(CLERK, &command), Err(StandingRefusal::NotOpen));
    }
    let open = AccountCommand::Open { way: OpenedBy::Link };
    assert_eq!(desk.ask(CLERK, &open), Err(StandingRefusal::NotYours));
    assert_eq!(desk.ask_as(Doer::Hub, &open), Err(StandingRefusal::NotYours));
    assert_eq!(desk.ask(HOLDER, &open), Ok(vec![AccountStep::AccountOpened { way: OpenedBy::Link }]));
    assert_eq!(desk.standing.level(), Level::A);
    assert_eq!(desk.ask(HOLDER, &open), Ok(vec![]), "once");
    // What is closed or gone is not opened by the same link.
    let give_up = AccountCommand::GiveUp { open_cases: 1, because: AnonymiseReason::Wanted };
    desk.ask(HOLDER, &give_up).unwrap();
    assert_eq!(desk.ask(HOLDER, &open), Err(StandingRefusal::NotOpen));
    assert_eq!(AccountStanding::proven().level(), Level::A);
}

#[test]
fn pla_04_at_a_desk_a_paper_helps_with_a_lost_factor_and_who_was_certified_with_a_lost_address() {
    let mut desk = Desk::new(false);
    let paper = IdentityPaper { kind: PaperKind::IdentityCard, last: words(9) };
    let help = |help| AccountCommand::Help { help, paper };
    let helped = |help| Ok(vec![AccountStep::HelpedAtDesk { help, paper }]);
    let (factor, address) = (DeskHelp::LostFactor, DeskHelp::NewAddress);
    assert_eq!(desk.ask(HOLDER, &help(factor)), Err(StandingRefusal::OwnAccount));
    assert_eq!(desk.ask_as(Doer::Hub, &help(factor)), Err(StandingRefusal::NotYours));
    assert_eq!(desk.ask(CLERK, &help(factor)), helped(factor));
    assert_eq!(desk.ask(CLERK, &help(address)), Err(StandingRefusal::NotCertified), "nobody knows who that is");
    desk.wish();
    desk.ask(CLERK, &certify(40)).unwrap();
    let before = desk.standing.clone();
    assert_eq!(desk.ask(CLERK, &help(address)), helped(address));
    assert_eq!((desk.standing.level(), desk.standing.certificate), (Level::B, before.certificate));
    desk.ask(CLERK, &AccountCommand::Block { because: words(1) }).unwrap();
    assert_eq!(desk.ask(CLERK, &help(factor)), Err(StandingRefusal::Blocked));
}

#[test]
fn pla_02_a_joined_account_brings_its_certification_where_there_is_none() {
    let mut other = Desk::new(false);
    other.wish();
    other.ask(CLERK, &certify(40)).unwrap();
    let certificate = other.standing.certificate;
    let join = |certificate| AccountCommand::Join { from: AccountId(101), certificate };
    let joined = |certificate| Ok(vec![AccountStep::AccountJoined { from: AccountId(101), certificate }]);
    let mut desk = Desk::new(false);
    assert_eq!(desk.ask(CLERK, &join(certificate)), Err(StandingRefusal::NotYours));
    let itself = AccountCommand::Join { from: HOLDER, certificate: None };
    assert_eq!(desk.ask(HOLDER, &itself), Err(StandingRefusal::OwnAccount));
    assert_eq!(desk.ask(HOLDER, &join(None)), joined(None));
    assert_eq!(desk.standing.level(), Level::A);
    assert_eq!(desk.ask(HOLDER, &join(certificate)), joined(certificate));
    assert_eq!((desk.standing.level(), desk.standing.certificate), (Level::B, certificate));
    // One of its own stays as it is.
    let own = desk.standing.certificate;
    assert_eq!(desk.ask(HOLDER, &join(certificate)), joined(None));
    assert_eq!(desk.standing.certificate, own);
    desk.ask(CLERK, &AccountCommand::Block { because: words(1) }).unwrap();
    assert_eq!(desk.ask(HOLDER, &join(None)), Err(StandingRefusal::Blocked));
}
