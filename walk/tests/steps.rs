//! The walk as tables: what happens, where it leads, and what is asked of hub and printer.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test")]

use std::time::Duration;

use chrono::DateTime;
use link::LinkState;
use walk::{
    Ease, HelpStage, KioskScreen, KioskWalk, PartyCount, PersonalNeed, Press, Question, Station, WalkAction, WalkInput,
    WalkRules,
};
use wire::{
    Availability, CheckInAnswer, KioskService, KioskView, Language, LateChoice, OfficeState, Problem, ProblemCode,
    RebookingAnswer, RebookingTimes, Slot, Standing, TicketAnswer, TicketRequest, Words,
};

fn service(key: &str, availability: Availability) -> KioskService {
    KioskService {
        key: key.to_owned(),
        letter: 'A',
        group: Words::new("Πιστοποιητικά", "Certificates"),
        name: Words::new("Βεβαίωση", "Certificate"),
        planned_minutes: 10,
        documents: Vec::new(),
        expected_wait: None,
        availability,
        pictogram: wire::Pictogram::default(),
        information: false,
    }
}

fn view() -> KioskView {
    KioskView {
        office: Words::new("ΚΕΠ", "CSC"),
        zone: "Europe/Athens".to_owned(),
        state: OfficeState::Open { tickets_until: DateTime::default(), serves_until: DateTime::default() },
        services: vec![
            service("now", Availability::Now { first_gap_at: None }),
            service("booked-only", Availability::BookingRequired),
            service("too-late", Availability::NoTimeLeft),
            service("ill", Availability::Suspended { until: None }),
        ],
        booked_delay_max_minutes: 5,
        late_in_gaps: true,
        notices: Vec::new(),
        booking_page: String::new(),
        promise: Words::default(),
        priority_grounds: Words::default(),
        hours: Vec::new(),
        help_where: Words::default(),
        help: Vec::new(),
        ticket_notes: Vec::new(),
    }
}

fn ticket(number: &str) -> TicketAnswer {
    TicketAnswer {
        visit: uuid::Uuid::nil(),
        number: number.to_owned(),
        service: Words::new("Βεβαίωση", "Certificate"),
        at: DateTime::default(),
        booked_for: None,
        people_ahead: 0,
        expected_wait: None,
        first_gap_at: None,
        wait_where: Words::default(),
        page: "http://h/v/1".to_owned(),
        language: Language::El,
        rehearsal: false,
        local: false,
    }
}

fn problem(code: ProblemCode) -> Box<Problem> {
    let (r#type, title, detail) = (String::new(), String::new(), String::new());
    Box::new(Problem { r#type, title, status: 409, detail, code, at: None, language: None, wait: None })
}

/// The service, what was answered with yes, and whether they say that they could not book.
fn asked_for(request: &TicketRequest) -> String {
    let is_yes = |question: &Question| {
        let mut with_yes = request.clone();
        question.note(&mut with_yes, true);
        with_yes == *request
    };
    let mut words = vec![request.service.as_str()];
    words.extend(Question::ALL.iter().filter(|question| is_yes(question)).map(|question| question.row().name));
    words.extend(request.could_not_book.then_some("could-not-book"));
    words.join(" ")
}

/// The times that can be had instead, by their place.
fn slot(at: usize) -> Slot {
    let first: DateTime<chrono::Utc> = "2026-11-25T07:00:00Z".parse().unwrap();
    Slot { start: first + chrono::TimeDelta::minutes(15 * at as i64), minutes: 15 }
}

fn rebooked() -> RebookingAnswer {
    RebookingAnswer {
        service: Words::default(),
        start: slot(3).start,
        at: DateTime::default(),
        reference: CODE.to_owned(),
        code: format!("Q1:1:261125:{CODE}:CCCCCCCC"),
        language: Language::El,
    }
}

/// What somebody says about themselves, in words.
fn wish_words(wish: &wire::WishRequest) -> String {
    let early = wish.early.map(|yes| format!("early {yes}"));
    let priority = wish.priority.map(|yes| format!("priority {yes}"));
    let escort = wish.needs.filter(|needs| needs.escort).map(|_| "escort".to_owned());
    [early, priority, escort].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// One step of a script; each happens a second after the one before, unless time is let pass.
enum WalkStep {
    P(Press),
    Type(&'static str),
    Scan(&'static str),
    Yes(&'static str),
    Greeted(Standing),
    No(ProblemCode),
    Silence,
    Print(bool),
    Wait(u64),
    Lost,
    Back,
    /// The kiosk goes on by itself, or no longer.
    Local(bool),
    /// The hub tells so many times that can be had instead.
    Times(usize),
    /// The hub gives the booking another time.
    Rebook,
    State(OfficeState),
    NoServices,
}

use WalkStep::{
    Back, Greeted, Local, Lost, No, NoServices, P, Print, Rebook, Scan, Silence, State, Times, Type, Wait, Yes,
};

struct WalkStory {
    walk: KioskWalk,
    now: Duration,
    did: Vec<String>,
    intent: u64,
}

impl WalkStory {
    fn new() -> Self {
        let mut walk = KioskWalk::new(WalkRules::new(Language::El, 6));
        walk.on(WalkInput::View(Box::new(view())), Duration::ZERO);
        walk.on(WalkInput::Link(LinkState::Live), Duration::ZERO);
        Self { walk, now: Duration::ZERO, did: Vec::new(), intent: 0 }
    }

    fn input(&mut self, input: WalkInput) {
        for action in self.walk.on(input, self.now) {
            let (intent, words) = match action {
                WalkAction::CheckIn(intent, request) => (
                    intent,
                    match request.late {
                        None => format!("check-in {} {}", intent, request.code),
                        Some(late) => format!("check-in {} {} {late:?}", intent, request.code),
                    },
                ),
                WalkAction::TakeTicket(intent, request) => (intent, format!("ticket {intent} {}", asked_for(&request))),
                WalkAction::Print(intent, ticket) => (intent, format!("print {}", ticket.number)),
                WalkAction::AskTimes(intent, query) => (intent, format!("times {}", query.code)),
                WalkAction::Rebook(intent, request) => (intent, format!("rebook {}", request.code)),
                WalkAction::FixTime(intent, _, _) => (intent, "fix-time".to_owned()),
                WalkAction::SayWishes(_, wish) => (self.intent, format!("wish {}", wish_words(&wish))),
                WalkAction::RingForHelp(ring) => (ring, "ring".to_owned()),
                WalkAction::EndHelp(ring) => (ring, "end help".to_owned()),
                WalkAction::PrintSlip(intent, booked) => (intent, format!("slip {}", booked.reference)),
            };
            self.intent = intent;
            self.did.push(words);
        }
    }

    /// Lets time pass as the program does: a tick at each instant that the walk names.
    fn pass(&mut self, rest: Duration) {
        let end = self.now + rest;
        while let Some(due) = self.walk.next_due(self.now).filter(|due| *due <= end) {
            self.now = due.max(self.now);
            self.input(WalkInput::Tick);
            if self.walk.next_due(self.now).is_some_and(|due| due <= self.now) {
                break;
            }
        }
        self.now = end;
    }

    fn step(&mut self, step: &WalkStep) {
        self.pass(Duration::from_secs(1));
        match step {
            P(press) => self.input(WalkInput::Press(press.clone())),
            Type(keys) => {
                for key in keys.chars() {
                    self.now += Duration::from_millis(300);
                    self.input(WalkInput::Press(Press::Key(key)));
                }
            }
            Scan(code) => self.input(WalkInput::Scanned((*code).to_owned())),
            Yes(number) => self.input(WalkInput::TicketGiven(self.intent, Box::new(ticket(number)))),
            Greeted(standing) => {
                let answer = CheckInAnswer { standing: *standing, ticket: ticket("P007"), again: false };
                self.input(WalkInput::CheckedIn(self.intent, Box::new(answer)));
            }
            No(code) => self.input(WalkInput::Refused(self.intent, problem(*code))),
            Silence => self.input(WalkInput::NoAnswer(self.intent)),
            Print(true) => self.input(WalkInput::Printed(self.intent)),
            Print(false) => self.input(WalkInput::NotPrinted(self.intent)),
            Times(count) => {
                let times = RebookingTimes { service: Words::default(), slots: (0..*count).map(slot).collect() };
                self.input(WalkInput::Times(self.intent, Box::new(times)));
            }
            Rebook => self.input(WalkInput::Rebooked(self.intent, Box::new(rebooked()))),
            Wait(seconds) => self.pass(Duration::from_secs(*seconds)),
            Lost => self.input(WalkInput::Link(LinkState::Lost { since: DateTime::default() })),
            Back => self.input(WalkInput::Link(LinkState::Live)),
            Local(local) => self.input(WalkInput::Local(*local)),
            State(state) => self.input(WalkInput::View(Box::new(KioskView { state: state.clone(), ..view() }))),
            NoServices => self.input(WalkInput::View(Box::new(KioskView { services: Vec::new(), ..view() }))),
        }
    }
}

/// Plays the steps; then the kiosk shows `screen`, and `did` is what it asked of hub and printer.
#[track_caller]
fn check(steps: &[WalkStep], screen: KioskScreen, did: &[&str]) -> WalkStory {
    let mut story = WalkStory::new();
    for step in steps {
        story.step(step);
    }
    assert_eq!(story.walk.screen(), screen, "{:?}", story.walk.station());
    assert_eq!(story.did, did);
    story
}

/// Yes to one question, or to none, and no to all others.
fn answers(yes: Option<Question>) -> Vec<WalkStep> {
    Question::ALL.iter().map(|question| P(Press::Answer(*question, yes == Some(*question)))).collect()
}

/// Wants a number, and is about to be asked.
fn want(key: &str) -> Vec<WalkStep> {
    vec![P(Press::NoBooking), P(Press::Service(key.to_owned())), P(Press::TakeNumber)]
}

fn take(key: &str) -> Vec<WalkStep> {
    after(want(key), answers(None))
}

fn after(mut steps: Vec<WalkStep>, more: Vec<WalkStep>) -> Vec<WalkStep> {
    steps.extend(more);
    steps
}

const CODE: &str = "234567CD";

#[test]
fn a_booked_citizen_types_the_code_and_gets_a_ticket() {
    let type_it = || vec![P(Press::HaveBooking), Type(CODE), P(Press::EnterCode)];
    check(&type_it(), KioskScreen::Wait, &["check-in 1 234567CD"]);
    let greeted = || after(type_it(), vec![Greeted(Standing::InTime)]);
    check(&greeted(), KioskScreen::Given, &["check-in 1 234567CD", "print P007"]);
    let done = after(greeted(), vec![Print(true), Wait(16)]);
    check(&done, KioskScreen::Welcome, &["check-in 1 234567CD", "print P007"]);
}

#[test]
fn the_code_takes_only_its_own_letters_and_can_be_mended() {
    let typed = |steps: &[WalkStep]| match check(steps, KioskScreen::Code, &[]).walk.station() {
        Station::Code { typed } => typed.clone(),
        at => panic!("{at:?}"),
    };
    assert_eq!(typed(&[P(Press::HaveBooking), Type("2A0Ω3")]), "23");
    assert_eq!(typed(&[P(Press::HaveBooking), Type("2222222233")]), "22222222");
    assert_eq!(typed(&[P(Press::HaveBooking), Type("234"), P(Press::Erase)]), "23");
    // Too short to be asked about.
    assert_eq!(typed(&[P(Press::HaveBooking), Type("234"), P(Press::EnterCode)]), "234");
}

#[test]
fn the_scanner_works_on_every_screen() {
    let asked = &["check-in 1 Q1"];
    check(&[Scan("Q1")], KioskScreen::Wait, asked);
    check(&[P(Press::HaveBooking), Type("23"), Scan("Q1")], KioskScreen::Wait, asked);
    check(&[P(Press::NoBooking), Scan("Q1")], KioskScreen::Wait, asked);
    check(&[P(Press::NoBooking), P(Press::Service("now".into())), Scan("Q1")], KioskScreen::Wait, asked);
    check(&[P(Press::NoBooking), P(Press::Service("too-late".into())), Scan("Q1")], KioskScreen::Wait, asked);
    let closed = OfficeState::Closed { opens_at: None, because: None };
    check(&[State(closed), Scan("Q1")], KioskScreen::Wait, asked);
    // The same code once more while the hub is asked is the same reading.
    check(&[Scan("Q1"), Scan("Q1")], KioskScreen::Wait, asked);
}

#[test]
fn trn_05_who_comes_late_chooses() {
    let late = || vec![Scan("Q1"), No(ProblemCode::LateChoiceNeeded)];
    check(&late(), KioskScreen::Late, &["check-in 1 Q1"]);
    let end = after(late(), vec![P(Press::Late(LateChoice::EndOfDay)), Greeted(Standing::LateEndOfDay)]);
    check(&end, KioskScreen::Given, &["check-in 1 Q1", "check-in 2 Q1 EndOfDay", "print P007"]);
    // A booking is given up by two presses on different buttons, never by one that slipped.
    let did = &["check-in 1 Q1", "times Q1"];
    let asked = || after(late(), vec![P(Press::Late(LateChoice::BookAnew)), Times(0)]);
    check(&asked(), KioskScreen::GiveUp, did);
    check(&after(asked(), vec![P(Press::Late(LateChoice::BookAnew))]), KioskScreen::GiveUp, did);
    check(&after(asked(), vec![P(Press::Back)]), KioskScreen::Late, did);
    check(&after(asked(), vec![Wait(80)]), KioskScreen::Welcome, did);
    let anew = after(asked(), vec![P(Press::GiveUp), No(ProblemCode::BookingCancelled)]);
    check(&anew, KioskScreen::BookAnew, &["check-in 1 Q1", "times Q1", "check-in 3 Q1 BookAnew"]);
}

#[test]
fn trn_05_another_time_is_had_at_the_kiosk_and_todays_stays_until_then() {
    let late = || vec![Scan("Q1"), No(ProblemCode::LateChoiceNeeded), P(Press::Late(LateChoice::BookAnew))];
    let did = &["check-in 1 Q1", "times Q1"];
    check(&late(), KioskScreen::Wait, did);
    let times = || after(late(), vec![Times(8)]);
    check(&times(), KioskScreen::Times, did);
    check(&after(times(), vec![P(Press::Page(1)), P(Press::Page(7))]), KioskScreen::Times, did);
    check(&after(times(), vec![P(Press::Back)]), KioskScreen::Late, did);
    // A time that is not among them is not asked for.
    check(&after(times(), vec![P(Press::NewTime(DateTime::default()))]), KioskScreen::Times, did);
    let taken = || after(times(), vec![P(Press::NewTime(slot(3).start))]);
    let asked = &["check-in 1 Q1", "times Q1", "rebook Q1"];
    check(&taken(), KioskScreen::Wait, asked);
    let rebooked = || after(taken(), vec![Rebook]);
    let slip = &["check-in 1 Q1", "times Q1", "rebook Q1", "slip 234567CD"];
    check(&rebooked(), KioskScreen::Rebooked, slip);
    check(&after(rebooked(), vec![Print(false), Wait(100)]), KioskScreen::Rebooked, slip);
    check(&after(rebooked(), vec![Print(true), P(Press::Noted)]), KioskScreen::Welcome, slip);
}

#[test]
fn fld_34_who_comes_early_is_asked_once_whether_they_may_be_called_before() {
    let early = || vec![Scan("Q1"), Greeted(Standing::Early)];
    let did = &["check-in 1 Q1", "print P007"];
    check(&early(), KioskScreen::Early, did);
    let said = after(early(), vec![P(Press::CallEarly(false))]);
    check(&said, KioskScreen::Given, &["check-in 1 Q1", "print P007", "wish early false"]);
    // The paper comes meanwhile, and nobody is sent home before they have answered or were asked whether they are there.
    check(&after(early(), vec![Print(true), Wait(30)]), KioskScreen::Early, did);
    check(&after(early(), vec![Print(true), Wait(90)]), KioskScreen::Welcome, did);
}

#[test]
fn fld_27_fld_34_whoever_has_a_number_may_say_that_they_need_something() {
    let need = |need| P(Press::Need(need));
    let wishes = || vec![Scan("Q1"), Greeted(Standing::InTime), Print(true), P(Press::SayWishes)];
    let did = &["check-in 1 Q1", "print P007"];
    check(&wishes(), KioskScreen::Wishes, did);
    let said = after(wishes(), vec![P(Press::Priority), need(PersonalNeed::Escort), P(Press::WishesDone)]);
    check(&said, KioskScreen::Given, &["check-in 1 Q1", "print P007", "wish priority true escort"]);
    check(&after(wishes(), vec![P(Press::Back)]), KioskScreen::Given, did);
    // Before the ticket the same is asked of whoever wants help.
    let needs = after(want("now"), vec![P(Press::Answer(Question::Priority, true))]);
    check(&needs, KioskScreen::Needs, &[]);
}

#[test]
fn fld_32_persons_and_cases_are_counted() {
    let more = || P(Press::Count(PartyCount::Persons, true));
    let party = vec![P(Press::NoBooking), P(Press::Service("now".into())), P(Press::MoreOfUs), more(), more()];
    let mut story = check(&party, KioskScreen::Party, &[]);
    story.step(&P(Press::Count(PartyCount::Persons, false)));
    story.step(&P(Press::Count(PartyCount::Cases, true)));
    story.step(&P(Press::TakeNumber));
    answers(None).iter().for_each(|step| story.step(step));
    let Station::TakingTicket { request, .. } = story.walk.station() else { panic!("{:?}", story.walk.station()) };
    assert_eq!((request.persons, request.cases), (2, 2));
}

#[test]
fn new_05_help_rings_says_that_somebody_comes_and_after_a_minute_where_to_go() {
    let stage = |story: &WalkStory| story.walk.help().map(|help| help.stage);
    let mut story = check(&[P(Press::HaveBooking), P(Press::Help)], KioskScreen::Help, &["ring"]);
    assert_eq!(stage(&story), Some(HelpStage::Ringing));
    story.input(WalkInput::HelpRung(story.intent));
    assert_eq!(stage(&story), Some(HelpStage::Rung));
    story.step(&Wait(57));
    assert_eq!(stage(&story), Some(HelpStage::Rung));
    story.step(&Wait(3));
    assert_eq!(stage(&story), Some(HelpStage::Waited));
    // Somebody comes after all.
    story.input(WalkInput::HelpComing(story.intent));
    assert_eq!(stage(&story), Some(HelpStage::Coming));
    story.step(&P(Press::Back));
    assert_eq!(story.walk.screen(), KioskScreen::Code);
    // Who looks again is not rung for twice.
    story.step(&P(Press::Help));
    assert_eq!(story.did, ["ring"]);
    story.step(&P(Press::NoHelp));
    assert_eq!((story.walk.screen(), story.did.len()), (KioskScreen::Code, 2));
    // Without the hub it says at once where to go.
    let story = check(&[Lost, P(Press::Help)], KioskScreen::Help, &[]);
    assert_eq!(stage(&story), Some(HelpStage::Unheard));
    // Help is there too while a number is on the screen, which is not lost by it.
    let given = after(take("now"), vec![Yes("A042"), Print(false), P(Press::Help), P(Press::Back)]);
    check(&given, KioskScreen::Given, &["ticket 1 now", "print A042", "ring"]);
}

#[test]
fn k17_large_letters_strong_colours_and_low_buttons_hold_for_one_person() {
    let eases = [Ease::Large, Ease::Contrast, Ease::Low, Ease::Listen];
    let steps: Vec<WalkStep> = eases.into_iter().map(|ease| P(Press::Ease(ease))).collect();
    let mut story = check(&after(steps, vec![P(Press::NoBooking)]), KioskScreen::Services, &[]);
    assert!(eases.into_iter().all(|ease| story.walk.comfort().has(ease)));
    let guest = story.walk.guest();
    story.step(&P(Press::Home));
    assert!(eases.into_iter().all(|ease| !story.walk.comfort().has(ease)));
    assert_eq!(story.walk.guest(), guest + 1);
    // A headset that is still plugged in goes on reading.
    story.input(WalkInput::Headset(true));
    story.step(&P(Press::HaveBooking));
    story.step(&P(Press::Home));
    assert!(story.walk.comfort().listen);
}

#[test]
fn k32_whoever_is_read_to_has_four_times_the_time() {
    let mut story = check(&[P(Press::Ease(Ease::Listen)), P(Press::HaveBooking), Wait(100)], KioskScreen::Code, &[]);
    assert_eq!(story.walk.countdown(story.now), None);
    story.step(&Wait(90));
    assert!(story.walk.countdown(story.now).is_some());
    story.input(WalkInput::Stirred);
    assert_eq!(story.walk.countdown(story.now), None);
}

#[test]
fn a_walk_in_reads_what_to_bring_is_asked_about_help_and_gets_a_ticket() {
    check(&take("now"), KioskScreen::Wait, &["ticket 1 now"]);
    let given = || after(take("now"), vec![Yes("A042")]);
    check(&given(), KioskScreen::Given, &["ticket 1 now", "print A042"]);
    let helped = after(want("now"), answers(Some(Question::Priority)));
    check(&after(helped, vec![P(Press::WishesDone)]), KioskScreen::Wait, &["ticket 1 now priority"]);
    check(&after(given(), vec![Print(true), P(Press::Noted)]), KioskScreen::Welcome, &["ticket 1 now", "print A042"]);
}

#[test]
fn every_question_is_asked_and_each_answer_goes_to_the_hub() {
    for (at, question) in Question::ALL.iter().enumerate() {
        let asked = || after(want("now"), answers(None).into_iter().take(at).collect());
        let story = check(&asked(), KioskScreen::Question, &[]);
        let is_asked = matches!(story.walk.station(), Station::Question { question: now, .. } if now == question);
        assert!(is_asked, "{question:?}, but {:?}", story.walk.station());
        let yes = after(want("now"), answers(Some(*question)));
        let yes = after(yes, vec![P(Press::WishesDone)]);
        check(&yes, KioskScreen::Wait, &[&format!("ticket 1 now {}", question.row().name)]);
        // Back is one question back; before the first is what led to it.
        let back = |asked: Vec<WalkStep>| after(asked, (0..=at).map(|_| P(Press::Back)).collect());
        check(&back(asked()), KioskScreen::Service, &[]);
        // A service that is no longer offered is no longer asked about.
        check(&after(asked(), vec![NoServices]), KioskScreen::Services, &[]);
    }
}

#[test]
fn the_last_language_is_that_of_the_ticket() {
    let mut story = check(&want("now"), KioskScreen::Question, &[]);
    story.step(&P(Press::Language(Language::En)));
    answers(None).iter().for_each(|step| story.step(step));
    let Station::TakingTicket { request, .. } = story.walk.station() else { panic!("{:?}", story.walk.station()) };
    assert_eq!(request.language, Language::En);
}

#[test]
fn trn_15_who_could_not_book_is_admitted_on_their_word() {
    let word = || vec![P(Press::NoBooking), P(Press::Service("booked-only".into())), P(Press::CouldNotBook)];
    check(&after(word(), answers(None)), KioskScreen::Wait, &["ticket 1 booked-only could-not-book"]);
    check(&after(word(), vec![P(Press::Back)]), KioskScreen::CouldNotBook, &[]);
    // The rule came into force between the choice and the ticket.
    check(&after(take("now"), vec![No(ProblemCode::BookingRequired)]), KioskScreen::CouldNotBook, &["ticket 1 now"]);
}

#[test]
fn what_cannot_be_had_is_refused_with_what_to_do_next() {
    let choose = |key: &str| vec![P(Press::NoBooking), P(Press::Service(key.to_owned()))];
    check(&choose("too-late"), KioskScreen::Refused, &[]);
    check(&choose("ill"), KioskScreen::Refused, &[]);
    check(&choose("never-heard"), KioskScreen::Refused, &[]);
    check(&after(choose("too-late"), vec![P(Press::HaveBooking)]), KioskScreen::Code, &[]);
    for code in [ProblemCode::UnknownCode, ProblemCode::OtherDay, ProblemCode::BookingCancelled] {
        check(&[Scan("Q1"), No(code)], KioskScreen::Refused, &["check-in 1 Q1"]);
    }
}

#[test]
fn prom_09_trying_again_is_the_same_command() {
    let away = after(take("now"), vec![Silence, P(Press::TryAgain), Yes("A042")]);
    check(&away, KioskScreen::Given, &["ticket 1 now", "ticket 1 now", "print A042"]);
    let scan = [Scan("Q1"), Silence, P(Press::TryAgain)];
    check(&scan, KioskScreen::Wait, &["check-in 1 Q1", "check-in 1 Q1"]);
}

#[test]
fn prom_11_a_number_on_no_paper_stays_until_it_was_noted() {
    let did = &["ticket 1 now", "print A042"];
    let fault = |more| after(take("now"), after(vec![Yes("A042"), Print(false)], more));
    check(&fault(vec![]), KioskScreen::Given, did);
    // It goes home by itself after three minutes, and asks nothing before (NEW-04).
    check(&fault(vec![Wait(170)]), KioskScreen::Given, did);
    check(&fault(vec![Wait(181)]), KioskScreen::Welcome, did);
    // The next in line cannot wipe it away before its time.
    check(&fault(vec![Scan("Q1")]), KioskScreen::Given, did);
    check(&fault(vec![Lost, Wait(10)]), KioskScreen::Given, did);
    check(&fault(vec![P(Press::Noted)]), KioskScreen::Welcome, did);
    // Nobody can leave while it is not known whether there is paper.
    check(&after(take("now"), vec![Yes("A042"), P(Press::Home), Wait(300)]), KioskScreen::Given, did);
}

#[test]
fn k32_idle_asks_and_one_touch_says_yes() {
    let mut story = check(&[P(Press::HaveBooking), Wait(43)], KioskScreen::Code, &[]);
    assert_eq!(story.walk.countdown(story.now), None);
    story.step(&Wait(3));
    assert_eq!(story.walk.countdown(story.now), Some(17));
    // A touch anywhere says yes, and nothing more.
    story.step(&P(Press::Home));
    assert_eq!((story.walk.screen(), story.walk.countdown(story.now)), (KioskScreen::Code, None));
    story.step(&Wait(70));
    assert_eq!(story.walk.screen(), KioskScreen::Welcome);
}

#[test]
fn omb_14_whoever_booked_in_english_is_spoken_to_in_english_until_they_choose() {
    // The hub is asked for the booking's language, and the screen follows the answer.
    let mut story = check(&[Scan("Q1:7")], KioskScreen::Wait, &["check-in 1 Q1:7"]);
    let Station::CheckingIn { request, .. } = story.walk.station() else { panic!("{:?}", story.walk.station()) };
    assert_eq!(request.language, None);
    let in_english = |number: &str| TicketAnswer { language: Language::En, ..ticket(number) };
    let answer = CheckInAnswer { standing: Standing::InTime, ticket: in_english("A001"), again: false };
    story.input(WalkInput::CheckedIn(story.intent, Box::new(answer.clone())));
    assert_eq!(story.walk.language(), Language::En);
    // The next in line holds out a code before the screen has gone home.
    story.step(&Print(true));
    story.step(&Wait(20));
    story.step(&Scan("Q1:8"));
    assert_eq!(story.walk.language(), Language::El);
    // A refusal speaks it, too.
    let refusal = Problem { language: Some(Language::En), ..*problem(ProblemCode::LateChoiceNeeded) };
    story.input(WalkInput::Refused(story.intent, Box::new(refusal)));
    assert_eq!((story.walk.language(), story.walk.screen()), (Language::En, KioskScreen::Late));

    // Who chose is spoken to as they chose, and so is asked for.
    let mut story = check(&[P(Press::Language(Language::El)), Scan("Q1:7")], KioskScreen::Wait, &["check-in 1 Q1:7"]);
    let Station::CheckingIn { request, .. } = story.walk.station() else { panic!("{:?}", story.walk.station()) };
    assert_eq!(request.language, Some(Language::El));
    story.input(WalkInput::CheckedIn(story.intent, Box::new(answer)));
    assert_eq!(story.walk.language(), Language::El);
}

#[test]
fn the_next_citizen_finds_greek_again() {
    let english = P(Press::Language(Language::En));
    let story = check(&[english, P(Press::NoBooking)], KioskScreen::Services, &[]);
    assert_eq!(story.walk.language(), Language::En);
    let story = check(&[P(Press::Language(Language::En)), P(Press::NoBooking), Wait(80)], KioskScreen::Welcome, &[]);
    assert_eq!(story.walk.language(), Language::El);
}

#[test]
fn k22_a_trembling_hand_presses_once() {
    let mut story = WalkStory::new();
    story.step(&P(Press::NoBooking));
    story.now += Duration::from_millis(90);
    // Lands on what now lies under the finger.
    story.input(WalkInput::Press(Press::Service("now".into())));
    assert_eq!(story.walk.screen(), KioskScreen::Services);
    story.now += Duration::from_millis(490);
    story.input(WalkInput::Press(Press::Service("now".into())));
    assert_eq!(story.walk.screen(), KioskScreen::Services, "the same press within its window");
    story.step(&P(Press::Service("now".into())));
    assert_eq!(story.walk.screen(), KioskScreen::Service);
}

#[test]
fn a_lost_hub_is_shown_and_recovered_from() {
    check(&[Lost], KioskScreen::Away, &[]);
    check(&[P(Press::HaveBooking), Type("23"), Lost, Back], KioskScreen::Welcome, &[]);
    check(&[Lost, Back], KioskScreen::Welcome, &[]);
}

#[test]
fn prom_07_a_kiosk_that_goes_on_without_its_hub_takes_nobodys_screen_away() {
    check(&[Local(true), Lost], KioskScreen::Welcome, &[]);
    check(&[P(Press::HaveBooking), Type("23"), Local(true), Lost], KioskScreen::Code, &[]);
    check(&[P(Press::HaveBooking), Type("23"), Local(true), Lost, Back, Local(false)], KioskScreen::Code, &[]);
    check(&after(vec![Local(true), Lost], take("now")), KioskScreen::Wait, &["ticket 1 now"]);
    // A day begins of which it knows nothing.
    check(&[Local(true), Lost, P(Press::HaveBooking), Local(false)], KioskScreen::Away, &[]);
}

#[test]
fn fld_30_a_closed_or_suspended_office_says_so_first() {
    check(&[State(OfficeState::Closed { opens_at: None, because: None })], KioskScreen::Closed, &[]);
    let suspended = OfficeState::Suspended { until: None, because: None };
    check(&[State(suspended)], KioskScreen::Suspended, &[]);
    // Whoever is in the middle of a walk is answered by the hub.
    let closed = OfficeState::Closed { opens_at: None, because: None };
    check(&[P(Press::NoBooking), State(closed)], KioskScreen::Services, &[]);
}

#[test]
fn back_goes_one_step() {
    let service = || vec![P(Press::NoBooking), P(Press::Service("now".into()))];
    check(&after(service(), vec![P(Press::Back)]), KioskScreen::Services, &[]);
    check(&after(service(), vec![P(Press::TakeNumber), P(Press::Back)]), KioskScreen::Service, &[]);
    check(&[P(Press::NoBooking), P(Press::Back)], KioskScreen::Welcome, &[]);
    check(&[P(Press::HaveBooking), P(Press::Back)], KioskScreen::Welcome, &[]);
}

#[test]
fn a_list_on_many_pages_leaves_room_for_the_way_to_the_next() {
    let rules = WalkRules { services_on_a_page_of_many: 5, ..WalkRules::new(Language::El, 6) };
    let pages = |count: usize| {
        let mut walk = KioskWalk::new(rules.clone());
        let now = service("now", Availability::Now { first_gap_at: None });
        walk.on(WalkInput::View(Box::new(KioskView { services: vec![now; count], ..view() })), Duration::ZERO);
        (walk.pages(), walk.services_on_a_page())
    };
    assert_eq!([0, 6, 7, 10, 11].map(pages), [(1, 6), (1, 6), (2, 5), (2, 5), (3, 5)]);
}
