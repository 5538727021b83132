//! The walk as tables: what happens, where it leads, and what is asked of hub and printer.

use panel::link::Standing as Link;
use wire::{KioskService, Standing, Words};

use super::*;

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
    }
}

fn problem(code: ProblemCode) -> Box<Problem> {
    let (r#type, title, detail) = (String::new(), String::new(), String::new());
    Box::new(Problem { r#type, title, status: 409, detail, code, at: None })
}

/// One step of a script; each happens a second after the one before, unless time is let pass.
enum Step {
    P(Press),
    Type(&'static str),
    Scan(&'static str),
    Yes(&'static str),
    Greeted(Standing),
    No(ProblemCode),
    Silence,
    Paper(bool),
    Wait(u64),
    Lost,
    Back,
    State(OfficeState),
}

use Step::{Back, Greeted, Lost, No, P, Paper as OnPaper, Scan, Silence, State, Type, Wait, Yes};

struct Story {
    walk: Walk,
    now: Duration,
    did: Vec<String>,
    intent: u64,
}

impl Story {
    fn new() -> Self {
        let mut walk = Walk::new(Rules::new(Language::El, 6));
        walk.on(Input::View(Box::new(view())), Duration::ZERO);
        walk.on(Input::Link(Link::Live), Duration::ZERO);
        Self { walk, now: Duration::ZERO, did: Vec::new(), intent: 0 }
    }

    fn input(&mut self, input: Input) {
        for action in self.walk.on(input, self.now) {
            let (intent, words) = match action {
                Action::CheckIn(intent, request) => (
                    intent,
                    match request.late {
                        None => format!("check-in {} {}", intent, request.code),
                        Some(late) => format!("check-in {} {} {late:?}", intent, request.code),
                    },
                ),
                Action::TakeTicket(intent, request) => (
                    intent,
                    format!(
                        "ticket {intent} {}{}{}",
                        request.service,
                        if request.priority { " priority" } else { "" },
                        if request.could_not_book { " could-not-book" } else { "" }
                    ),
                ),
                Action::Print(intent, ticket) => (intent, format!("print {}", ticket.number)),
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
            self.input(Input::Tick);
            if self.walk.next_due(self.now).is_some_and(|due| due <= self.now) {
                break;
            }
        }
        self.now = end;
    }

    fn step(&mut self, step: &Step) {
        self.pass(Duration::from_secs(1));
        match step {
            P(press) => self.input(Input::Press(press.clone())),
            Type(keys) => {
                for key in keys.chars() {
                    self.now += Duration::from_millis(300);
                    self.input(Input::Press(Press::Key(key)));
                }
            }
            Scan(code) => self.input(Input::Scanned((*code).to_owned())),
            Yes(number) => self.input(Input::TicketGiven(self.intent, Box::new(ticket(number)))),
            Greeted(standing) => {
                let answer = CheckInAnswer { standing: *standing, ticket: ticket("P007"), again: false };
                self.input(Input::CheckedIn(self.intent, Box::new(answer)));
            }
            No(code) => self.input(Input::Refused(self.intent, problem(*code))),
            Silence => self.input(Input::NoAnswer(self.intent)),
            OnPaper(true) => self.input(Input::Printed(self.intent)),
            OnPaper(false) => self.input(Input::NotPrinted(self.intent)),
            Wait(seconds) => self.pass(Duration::from_secs(*seconds)),
            Lost => self.input(Input::Link(Link::Lost { since: DateTime::default() })),
            Back => self.input(Input::Link(Link::Live)),
            State(state) => self.input(Input::View(Box::new(KioskView { state: state.clone(), ..view() }))),
        }
    }
}

/// Plays the steps; then the kiosk shows `screen`, and `did` is what it asked of hub and printer.
#[track_caller]
fn check(steps: &[Step], screen: Screen, did: &[&str]) -> Story {
    let mut story = Story::new();
    for step in steps {
        story.step(step);
    }
    assert_eq!(story.walk.screen(), screen, "{:?}", story.walk.at());
    assert_eq!(story.did, did);
    story
}

fn take(key: &str) -> Vec<Step> {
    vec![P(Press::NoBooking), P(Press::Service(key.to_owned())), P(Press::TakeNumber), P(Press::Priority(false))]
}

fn after(mut steps: Vec<Step>, more: Vec<Step>) -> Vec<Step> {
    steps.extend(more);
    steps
}

const CODE: &str = "234567CD";

#[test]
fn a_booked_citizen_types_the_code_and_gets_a_ticket() {
    let type_it = || vec![P(Press::HaveBooking), Type(CODE), P(Press::EnterCode)];
    check(&type_it(), Screen::Wait, &["check-in 1 234567CD"]);
    let greeted = || after(type_it(), vec![Greeted(Standing::InTime)]);
    check(&greeted(), Screen::Given, &["check-in 1 234567CD", "print P007"]);
    let done = after(greeted(), vec![OnPaper(true), Wait(16)]);
    check(&done, Screen::Welcome, &["check-in 1 234567CD", "print P007"]);
}

#[test]
fn the_code_takes_only_its_own_letters_and_can_be_mended() {
    let typed = |steps: &[Step]| match check(steps, Screen::Code, &[]).walk.at() {
        At::Code { typed } => typed.clone(),
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
    check(&[Scan("Q1")], Screen::Wait, asked);
    check(&[P(Press::HaveBooking), Type("23"), Scan("Q1")], Screen::Wait, asked);
    check(&[P(Press::NoBooking), Scan("Q1")], Screen::Wait, asked);
    check(&[P(Press::NoBooking), P(Press::Service("now".into())), Scan("Q1")], Screen::Wait, asked);
    check(&[P(Press::NoBooking), P(Press::Service("too-late".into())), Scan("Q1")], Screen::Wait, asked);
    let closed = OfficeState::Closed { opens_at: None, because: None };
    check(&[State(closed), Scan("Q1")], Screen::Wait, asked);
    // The same code once more while the hub is asked is the same reading.
    check(&[Scan("Q1"), Scan("Q1")], Screen::Wait, asked);
}

#[test]
fn trn_05_who_comes_late_chooses() {
    let late = || vec![Scan("Q1"), No(ProblemCode::LateChoiceNeeded)];
    check(&late(), Screen::Late, &["check-in 1 Q1"]);
    let end = after(late(), vec![P(Press::Late(LateChoice::EndOfDay)), Greeted(Standing::LateEndOfDay)]);
    check(&end, Screen::Given, &["check-in 1 Q1", "check-in 2 Q1 EndOfDay", "print P007"]);
    // A booking is given up by two presses on different buttons, never by one that slipped.
    let asked = || after(late(), vec![P(Press::Late(LateChoice::BookAnew))]);
    check(&asked(), Screen::GiveUp, &["check-in 1 Q1"]);
    check(&after(asked(), vec![P(Press::Late(LateChoice::BookAnew))]), Screen::GiveUp, &["check-in 1 Q1"]);
    check(&after(asked(), vec![P(Press::Back)]), Screen::Late, &["check-in 1 Q1"]);
    check(&after(asked(), vec![Wait(80)]), Screen::Welcome, &["check-in 1 Q1"]);
    let anew = after(asked(), vec![P(Press::GiveUp), No(ProblemCode::BookingCancelled)]);
    check(&anew, Screen::BookAnew, &["check-in 1 Q1", "check-in 2 Q1 BookAnew"]);
}

#[test]
fn a_walk_in_reads_what_to_bring_is_asked_about_help_and_gets_a_ticket() {
    check(&take("now"), Screen::Wait, &["ticket 1 now"]);
    let given = || after(take("now"), vec![Yes("A042")]);
    check(&given(), Screen::Given, &["ticket 1 now", "print A042"]);
    let helped =
        vec![P(Press::NoBooking), P(Press::Service("now".into())), P(Press::TakeNumber), P(Press::Priority(true))];
    check(&helped, Screen::Wait, &["ticket 1 now priority"]);
    check(&after(given(), vec![OnPaper(true), P(Press::Noted)]), Screen::Welcome, &["ticket 1 now", "print A042"]);
}

#[test]
fn trn_15_who_could_not_book_is_admitted_on_their_word() {
    let word = vec![
        P(Press::NoBooking),
        P(Press::Service("booked-only".into())),
        P(Press::CouldNotBook),
        P(Press::Priority(false)),
    ];
    check(&word, Screen::Wait, &["ticket 1 booked-only could-not-book"]);
    // The rule came into force between the choice and the ticket.
    check(&after(take("now"), vec![No(ProblemCode::BookingRequired)]), Screen::CouldNotBook, &["ticket 1 now"]);
}

#[test]
fn what_cannot_be_had_is_refused_with_what_to_do_next() {
    let choose = |key: &str| vec![P(Press::NoBooking), P(Press::Service(key.to_owned()))];
    check(&choose("too-late"), Screen::Refused, &[]);
    check(&choose("ill"), Screen::Refused, &[]);
    check(&choose("never-heard"), Screen::Refused, &[]);
    check(&after(choose("too-late"), vec![P(Press::HaveBooking)]), Screen::Code, &[]);
    for code in [ProblemCode::UnknownCode, ProblemCode::OtherDay, ProblemCode::BookingCancelled] {
        check(&[Scan("Q1"), No(code)], Screen::Refused, &["check-in 1 Q1"]);
    }
}

#[test]
fn prom_09_trying_again_is_the_same_command() {
    let away = after(take("now"), vec![Silence, P(Press::TryAgain), Yes("A042")]);
    check(&away, Screen::Given, &["ticket 1 now", "ticket 1 now", "print A042"]);
    let scan = [Scan("Q1"), Silence, P(Press::TryAgain)];
    check(&scan, Screen::Wait, &["check-in 1 Q1", "check-in 1 Q1"]);
}

#[test]
fn prom_11_a_number_on_no_paper_stays_until_it_was_noted() {
    let did = &["ticket 1 now", "print A042"];
    let fault = |more| after(take("now"), after(vec![Yes("A042"), OnPaper(false)], more));
    check(&fault(vec![]), Screen::Given, did);
    check(&fault(vec![Wait(30)]), Screen::Given, did);
    // The next in line cannot wipe it away before its time.
    check(&fault(vec![Scan("Q1")]), Screen::Given, did);
    check(&fault(vec![Lost, Wait(10)]), Screen::Given, did);
    check(&fault(vec![P(Press::Noted)]), Screen::Welcome, did);
    // Nobody can leave while it is not known whether there is paper.
    check(&after(take("now"), vec![Yes("A042"), P(Press::Home), Wait(300)]), Screen::Given, did);
}

#[test]
fn k32_idle_asks_and_one_touch_says_yes() {
    let mut story = check(&[P(Press::HaveBooking), Wait(43)], Screen::Code, &[]);
    assert_eq!(story.walk.countdown(story.now), None);
    story.step(&Wait(3));
    assert_eq!(story.walk.countdown(story.now), Some(17));
    // A touch anywhere says yes, and nothing more.
    story.step(&P(Press::Home));
    assert_eq!((story.walk.screen(), story.walk.countdown(story.now)), (Screen::Code, None));
    story.step(&Wait(70));
    assert_eq!(story.walk.screen(), Screen::Welcome);
}

#[test]
fn the_next_citizen_finds_greek_again() {
    let english = P(Press::Language(Language::En));
    let story = check(&[english, P(Press::NoBooking)], Screen::Services, &[]);
    assert_eq!(story.walk.language(), Language::En);
    let story = check(&[P(Press::Language(Language::En)), P(Press::NoBooking), Wait(80)], Screen::Welcome, &[]);
    assert_eq!(story.walk.language(), Language::El);
}

#[test]
fn k22_a_trembling_hand_presses_once() {
    let mut story = Story::new();
    story.step(&P(Press::NoBooking));
    story.now += Duration::from_millis(90);
    // Lands on what now lies under the finger.
    story.input(Input::Press(Press::Service("now".into())));
    assert_eq!(story.walk.screen(), Screen::Services);
    story.now += Duration::from_millis(300);
    story.input(Input::Press(Press::Service("now".into())));
    assert_eq!(story.walk.screen(), Screen::Services, "the same press within its window");
    story.step(&P(Press::Service("now".into())));
    assert_eq!(story.walk.screen(), Screen::Service);
}

#[test]
fn a_lost_hub_is_shown_and_recovered_from() {
    check(&[Lost], Screen::Away, &[]);
    check(&[P(Press::HaveBooking), Type("23"), Lost, Back], Screen::Welcome, &[]);
    check(&[Lost, Back], Screen::Welcome, &[]);
}

#[test]
fn fld_30_a_closed_or_suspended_office_says_so_first() {
    check(&[State(OfficeState::Closed { opens_at: None, because: None })], Screen::Closed, &[]);
    let suspended = OfficeState::Suspended { until: None, because: None };
    check(&[State(suspended)], Screen::Suspended, &[]);
    // Whoever is in the middle of a walk is answered by the hub.
    let closed = OfficeState::Closed { opens_at: None, because: None };
    check(&[P(Press::NoBooking), State(closed)], Screen::Services, &[]);
}

#[test]
fn back_goes_one_step() {
    let service = || vec![P(Press::NoBooking), P(Press::Service("now".into()))];
    check(&after(service(), vec![P(Press::Back)]), Screen::Services, &[]);
    check(&after(service(), vec![P(Press::TakeNumber), P(Press::Back)]), Screen::Service, &[]);
    check(&[P(Press::NoBooking), P(Press::Back)], Screen::Welcome, &[]);
    check(&[P(Press::HaveBooking), P(Press::Back)], Screen::Welcome, &[]);
}

#[test]
fn a_list_on_many_pages_leaves_room_for_the_way_to_the_next() {
    let rules = Rules { services_on_a_page_of_many: 5, ..Rules::new(Language::El, 6) };
    let pages = |count: usize| {
        let mut walk = Walk::new(rules.clone());
        let now = service("now", Availability::Now { first_gap_at: None });
        walk.on(Input::View(Box::new(KioskView { services: vec![now; count], ..view() })), Duration::ZERO);
        (walk.pages(), walk.services_on_a_page())
    };
    assert_eq!([0, 6, 7, 10, 11].map(pages), [(1, 6), (1, 6), (2, 5), (2, 5), (3, 5)]);
}
