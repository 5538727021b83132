//! Every screen of the kiosk, each reached by the walk itself: what is read, drawn and looked at in tests.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use link::LinkState;
use walk::{
    DevicePlace, Ease, FaceSetting, KioskFace, KioskWalk, PartyCount, PersonalNeed, Press, Question, RemoteDoor,
    WalkAction, WalkInput, WalkRules,
};
use wire::{
    Availability, CheckInAnswer, KioskDocument, KioskService, KioskView, Language, LateChoice, MinuteRange,
    OfficeState, Pictogram, Problem, ProblemCode, RebookingAnswer, RebookingTimes, Slot, Standing, TicketAnswer, Words,
};

/// A screen: its name, and the walk that stands there.
pub struct Scene {
    pub name: &'static str,
    pub walk: KioskWalk,
    pub now: Duration,
}

impl Scene {
    /// What stands on the screen.
    pub fn face(&self) -> KioskFace {
        KioskFace::of(&self.walk, &setting(self.walk.language()), self.now)
    }
}

/// The morning on which all this happens.
pub fn morning() -> DateTime<Utc> {
    "2026-11-24T08:32:00Z".parse().unwrap_or_default()
}

/// A machine with everything.
pub fn setting(language: Language) -> FaceSetting {
    let zone = phrases::zone("Europe/Athens");
    FaceSetting {
        now: morning(),
        zone,
        time: phrases::clock_time(morning(), zone, language),
        scanner: Some(DevicePlace::Below),
        slot: DevicePlace::Right,
        booking_page: "https://kep.example/book".to_owned(),
        speaks: true,
        remote: Some(RemoteDoor { page: "https://kep.example/k/7Q2D".to_owned(), digits: "427".to_owned() }),
    }
}

fn document(el: &str, en: &str, copy: bool, count: u8) -> KioskDocument {
    KioskDocument { name: Words::new(el, en), copy, count }
}

/// The services of an office.
pub fn services() -> Vec<KioskService> {
    let certificates = Words::new("Πιστοποιητικά", "Certificates");
    let signatures = Words::new("Υπογραφές και αντίγραφα", "Signatures and copies");
    let wait = Some(MinuteRange { from: 10, to: 25 });
    let now = Availability::Now { first_gap_at: Some(morning() + TimeDelta::minutes(18)) };
    let service = |key: &str, group: &Words, name: Words, availability, pictogram| KioskService {
        key: key.to_owned(),
        letter: 'A',
        group: group.clone(),
        name,
        planned_minutes: 10,
        documents: vec![
            document("Δελτίο ταυτότητας ή διαβατήριο", "Identity card or passport", false, 1),
            document("Αποδεικτικό ΑΦΜ", "Proof of tax number (AFM)", true, 2),
        ],
        expected_wait: wait.filter(|_| matches!(availability, Availability::Now { .. })),
        availability,
        pictogram,
        information: key == "information",
    };
    vec![
        service(
            "family",
            &certificates,
            Words::new("Πιστοποιητικό οικογενειακής κατάστασης", "Certificate of family status"),
            now,
            Pictogram::Family,
        ),
        service(
            "record",
            &certificates,
            Words::new("Αντίγραφο ποινικού μητρώου", "Copy of the criminal record"),
            now,
            Pictogram::Law,
        ),
        service(
            "signature",
            &signatures,
            Words::new("Βεβαίωση γνησίου της υπογραφής", "Certification of signature"),
            now,
            Pictogram::Signature,
        ),
        service(
            "copy",
            &signatures,
            Words::new("Επικύρωση αντιγράφου", "Certified copy"),
            Availability::Suspended { until: None },
            Pictogram::Copy,
        ),
        service(
            "card",
            &signatures,
            Words::new("Κάρτα αναπηρίας και δελτίο μετακίνησης", "Disability card and travel pass"),
            Availability::BookingRequired,
            Pictogram::Disability,
        ),
        service(
            "licence",
            &signatures,
            Words::new("Ανανέωση άδειας οδήγησης", "Renewal of a driving licence"),
            Availability::NoTimeLeft,
            Pictogram::Car,
        ),
        service("information", &signatures, Words::new("Πληροφορίες", "Information"), now, Pictogram::Information),
    ]
}

/// What the office offers.
pub fn view() -> KioskView {
    KioskView {
        office: Words::new("ΚΕΠ Δήμου Αγίου Νικολάου", "Citizens' Service Centre, Municipality of Agios Nikolaos"),
        zone: "Europe/Athens".to_owned(),
        state: OfficeState::Open { tickets_until: morning(), serves_until: morning() },
        services: services(),
        booked_delay_max_minutes: 5,
        late_in_gaps: false,
        notices: Vec::new(),
        booking_page: "https://kep.example/book".to_owned(),
        promise: Words::new(
            "Όσοι έχουν ραντεβού περιμένουν για άλλους έως 5 λεπτά.",
            "Those with an appointment wait for others up to 5 minutes.",
        ),
        priority_grounds: Words::new(
            "Για αναπηρία, εγκυμοσύνη, μικρά παιδιά ή μεγάλη ηλικία.",
            "For disability, pregnancy, small children or old age.",
        ),
        hours: vec![Words::new("Δευτέρα έως Παρασκευή: 08:00 έως 15:00", "Monday to Friday: 08:00 to 15:00")],
        help_where: Words::new(
            "Απευθυνθείτε στην υποδοχή, δεξιά από την είσοδο.",
            "Please go to reception, right of the entrance.",
        ),
        help: Vec::new(),
        ticket_notes: Vec::new(),
    }
}

/// A ticket with this number.
pub fn ticket(number: &str, booked: bool, language: Language) -> TicketAnswer {
    TicketAnswer {
        visit: uuid::Uuid::nil(),
        number: number.to_owned(),
        service: Words::new("Πιστοποιητικό οικογενειακής κατάστασης", "Certificate of family status"),
        at: morning(),
        booked_for: booked.then(|| morning() + TimeDelta::minutes(38)),
        people_ahead: 3,
        expected_wait: Some(MinuteRange { from: 10, to: 25 }),
        first_gap_at: (!booked).then(|| morning() + TimeDelta::minutes(18)),
        wait_where: Words::new("Περιμένετε στην αίθουσα του ισογείου.", "Please wait in the hall on the ground floor."),
        page: "https://kep.example/v/0123456789abcdef".to_owned(),
        language,
        rehearsal: false,
        local: false,
    }
}

/// One that the kiosk gave by itself.
pub fn own_ticket(number: &str, language: Language) -> TicketAnswer {
    let (people_ahead, expected_wait, first_gap_at) = (0, None, None);
    TicketAnswer { local: true, people_ahead, expected_wait, first_gap_at, ..ticket(number, false, language) }
}

/// One step towards a screen.
pub enum Step {
    Press(Press),
    Type(&'static str),
    Scan(&'static str),
    Given(&'static str),
    /// The hub is away, and the kiosk goes on by itself.
    Alone,
    /// The kiosk gives a number by itself.
    GivenAlone(&'static str),
    Greeted(Standing),
    Collects(&'static str),
    No(ProblemCode),
    Silence,
    Printed,
    Unconfirmed,
    NotPrinted,
    Times(usize),
    Rebooked,
    View(Box<KioskView>),
    Link(LinkState),
    Coming,
    Wait(u64),
}

/// A walk in this language that took these steps, a second apart.
pub fn walk(language: Language, steps: Vec<Step>) -> (KioskWalk, Duration) {
    walk_on(WalkRules { services_on_a_page_of_many: 5, ..WalkRules::new(language, 6) }, steps)
}

/// The same by these rules.
pub fn walk_on(rules: WalkRules, steps: Vec<Step>) -> (KioskWalk, Duration) {
    let language = rules.language;
    let mut walk = KioskWalk::new(rules);
    let mut now = Duration::ZERO;
    walk.on(WalkInput::View(Box::new(view())), now);
    walk.on(WalkInput::Link(LinkState::Live), now);
    let mut intent = 0;
    for step in steps {
        now += Duration::from_secs(1);
        let inputs = match step {
            Step::Press(press) => vec![WalkInput::Press(press)],
            Step::Type(keys) => keys.chars().map(|key| WalkInput::Press(Press::Key(key))).collect(),
            Step::Scan(code) => vec![WalkInput::Scanned(code.to_owned())],
            Step::Given(number) => vec![WalkInput::TicketGiven(intent, Box::new(ticket(number, false, language)))],
            Step::Alone => vec![WalkInput::Local(true), WalkInput::Link(LinkState::Lost { since: morning() })],
            Step::GivenAlone(number) => vec![WalkInput::TicketGiven(intent, Box::new(own_ticket(number, language)))],
            Step::Greeted(standing) => {
                let answer = CheckInAnswer { standing, ticket: ticket("P007", true, language), again: false };
                vec![WalkInput::CheckedIn(intent, Box::new(answer))]
            }
            Step::Collects(number) => {
                let ticket = ticket(number, false, language);
                let answer = CheckInAnswer { standing: Standing::InTime, ticket, again: false };
                vec![WalkInput::CheckedIn(intent, Box::new(answer))]
            }
            Step::No(code) => vec![WalkInput::Refused(intent, Box::new(problem(code)))],
            Step::Silence => vec![WalkInput::NoAnswer(intent)],
            Step::Printed => vec![WalkInput::Printed(intent)],
            Step::Unconfirmed => vec![WalkInput::Unconfirmed(intent)],
            Step::NotPrinted => vec![WalkInput::NotPrinted(intent)],
            Step::Times(count) => {
                let times = RebookingTimes { service: Words::default(), slots: (0..count).map(slot).collect() };
                vec![WalkInput::Times(intent, Box::new(times))]
            }
            Step::Rebooked => vec![WalkInput::Rebooked(intent, Box::new(rebooked(language)))],
            Step::View(view) => vec![WalkInput::View(view)],
            Step::Link(link) => vec![WalkInput::Link(link)],
            Step::Coming => vec![WalkInput::HelpComing(intent)],
            Step::Wait(seconds) => {
                now += Duration::from_secs(seconds);
                vec![WalkInput::Tick]
            }
        };
        for input in inputs {
            now += Duration::from_millis(600);
            for action in walk.on(input, now) {
                intent = named_by(&action).unwrap_or(intent);
            }
        }
    }
    (walk, now)
}

fn named_by(action: &WalkAction) -> Option<u64> {
    match action {
        WalkAction::CheckIn(intent, _)
        | WalkAction::TakeTicket(intent, _)
        | WalkAction::AskTimes(intent, _)
        | WalkAction::Rebook(intent, _)
        | WalkAction::FixTime(intent, ..)
        | WalkAction::RingForHelp(intent)
        | WalkAction::EndHelp(intent)
        | WalkAction::Print(intent, _)
        | WalkAction::PrintSlip(intent, _) => Some(*intent),
        WalkAction::SayWishes(..) => None,
    }
}

fn slot(at: usize) -> Slot {
    Slot { start: morning() + TimeDelta::minutes(1_348 + 15 * at as i64), minutes: 15 }
}

fn rebooked(language: Language) -> RebookingAnswer {
    RebookingAnswer {
        service: Words::new("Πιστοποιητικό οικογενειακής κατάστασης", "Certificate of family status"),
        start: slot(2).start,
        at: morning(),
        reference: "234567CD".to_owned(),
        code: "Q1:1:261125:234567CD:CCCCCCCC".to_owned(),
        language,
    }
}

fn problem(code: ProblemCode) -> Problem {
    let (r#type, title, detail) = (String::new(), String::new(), String::new());
    let late = code == ProblemCode::LateChoiceNeeded;
    let at = Some(if late { morning() - TimeDelta::minutes(47) } else { morning() + TimeDelta::days(2) });
    let wait = late.then_some(MinuteRange { from: 60, to: 90 });
    Problem { r#type, title, status: 409, detail, code, at, language: None, wait }
}

const CODE: &str = "234567CD";

/// Every screen, in a language.
pub fn all(language: Language) -> Vec<Scene> {
    all_on(&WalkRules { services_on_a_page_of_many: 5, ..WalkRules::new(language, 6) })
}

/// Every screen, by these rules.
pub fn all_on(rules: &WalkRules) -> Vec<Scene> {
    use Step::{
        Alone, Collects, Coming, Given, GivenAlone, Greeted, Link, No, NotPrinted, Press as P, Printed, Rebooked, Scan,
        Silence, Times, Type, Unconfirmed, View, Wait,
    };
    let service = |key: &str| P(Press::Service(key.to_owned()));
    let state = |state: OfficeState| View(Box::new(KioskView { state, ..view() }));
    let lost = || Link(LinkState::Lost { since: morning() });
    let late = || vec![Scan("Q1"), No(ProblemCode::LateChoiceNeeded)];
    let want = || vec![P(Press::NoBooking), service("family")];
    let after = |mut steps: Vec<Step>, more: Vec<Step>| {
        steps.extend(more);
        steps
    };
    let no = || P(Press::Answer(Question::Priority, false));
    let yes = || P(Press::Answer(Question::Priority, true));
    let take = || after(want(), vec![P(Press::TakeNumber), no()]);
    let given = || after(take(), vec![Given("A042")]);
    let typed = || vec![P(Press::HaveBooking), Type(CODE)];
    let notices = vec![Words::new(
        "Θυρίδα 3: προσωρινή διακοπή έως τις 10:30. Βλάβη στο μητρώο.",
        "Desk 3: stopped until 10:30. The registry is down.",
    )];
    let noticed = View(Box::new(KioskView { notices, ..view() }));
    let scenes: Vec<(&'static str, Vec<Step>)> = vec![
        ("welcome", vec![]),
        ("welcome-notice", vec![noticed]),
        ("not-sure", vec![P(Press::NotSure)]),
        ("help-rung", vec![P(Press::Help)]),
        ("help-coming", vec![P(Press::Help), Coming]),
        ("help-waited", vec![P(Press::Help), Wait(61)]),
        ("help-unheard", vec![lost(), P(Press::Help)]),
        (
            "closed",
            vec![state(OfficeState::Closed {
                opens_at: Some(morning() + TimeDelta::hours(22)),
                because: Some(Words::new("Αργία", "Holiday")),
            })],
        ),
        (
            "suspended",
            vec![state(OfficeState::Suspended {
                until: Some(morning() + TimeDelta::hours(1)),
                because: Some(Words::new("Βλάβη στο μητρώο.", "The registry is down.")),
            })],
        ),
        ("code", vec![P(Press::HaveBooking)]),
        ("code-typed", vec![P(Press::HaveBooking), Type("2345")]),
        ("code-whole", typed()),
        ("wait", after(typed(), vec![P(Press::EnterCode)])),
        ("unknown-code", after(typed(), vec![P(Press::EnterCode), No(ProblemCode::UnknownCode)])),
        ("other-day", vec![Scan("Q1"), No(ProblemCode::OtherDay)]),
        ("cancelled", vec![Scan("Q1"), No(ProblemCode::BookingCancelled)]),
        ("no-answer", vec![Scan("Q1"), Silence]),
        ("collects", vec![Scan("R1"), Collects("A043"), Printed]),
        ("result-not-ready", vec![Scan("R1"), No(ProblemCode::ResultNotReady)]),
        ("late", late()),
        ("times", after(late(), vec![P(Press::Late(LateChoice::BookAnew)), Times(9)])),
        (
            "rebooked",
            after(
                late(),
                vec![
                    P(Press::Late(LateChoice::BookAnew)),
                    Times(9),
                    P(Press::NewTime(slot(2).start)),
                    Rebooked,
                    Printed,
                ],
            ),
        ),
        ("give-up", after(late(), vec![P(Press::Late(LateChoice::BookAnew)), Times(0)])),
        (
            "book-anew",
            after(
                late(),
                vec![
                    P(Press::Late(LateChoice::BookAnew)),
                    Times(0),
                    P(Press::GiveUp),
                    No(ProblemCode::BookingCancelled),
                ],
            ),
        ),
        ("early", vec![Scan("Q1"), Greeted(Standing::Early), Printed]),
        ("checked-in", vec![Scan("Q1"), Greeted(Standing::InTime), Printed]),
        ("checked-in-early", vec![Scan("Q1"), Greeted(Standing::Early), P(Press::CallEarly(true)), Printed]),
        (
            "late-today",
            after(late(), vec![P(Press::Late(LateChoice::EndOfDay)), Greeted(Standing::LateEndOfDay), Printed]),
        ),
        (
            "wishes",
            vec![
                Scan("Q1"),
                Greeted(Standing::InTime),
                Printed,
                P(Press::SayWishes),
                P(Press::Need(PersonalNeed::Escort)),
            ],
        ),
        ("services", vec![P(Press::NoBooking)]),
        ("services-2", vec![P(Press::NoBooking), P(Press::Page(1))]),
        ("service", want()),
        ("could-not-book", vec![P(Press::NoBooking), service("card")]),
        ("no-time-left", vec![P(Press::NoBooking), service("licence")]),
        ("service-suspended", vec![P(Press::NoBooking), service("copy")]),
        ("party", after(want(), vec![P(Press::MoreOfUs), P(Press::Count(PartyCount::Persons, true))])),
        ("priority", after(want(), vec![P(Press::TakeNumber)])),
        ("needs", after(want(), vec![P(Press::TakeNumber), yes(), P(Press::Need(PersonalNeed::SignLanguage))])),
        ("printing", given()),
        ("number", after(given(), vec![Printed])),
        ("number-unconfirmed", after(given(), vec![Unconfirmed])),
        ("number-without-paper", after(given(), vec![NotPrinted])),
        ("still-there", vec![P(Press::NoBooking), Wait(46)]),
        ("away", vec![lost()]),
        ("local", vec![Alone]),
        ("local-number", after(vec![Alone], after(take(), vec![GivenAlone("A500"), Printed]))),
        ("starting", vec![Link(LinkState::Starting)]),
        ("estranged", vec![Link(LinkState::Estranged(link::Estrangement::UnknownHere))]),
    ];
    let scene = |(name, steps)| {
        let (walk, now) = walk_on(rules.clone(), steps);
        Scene { name, walk, now }
    };
    scenes.into_iter().map(scene).collect()
}

/// The same with the screen made easier.
pub fn all_with(rules: &WalkRules, eases: &[Ease]) -> Vec<Scene> {
    let mut scenes = all_on(rules);
    for scene in &mut scenes {
        for ease in eases {
            scene.now += Duration::from_secs(1);
            scene.walk.on(WalkInput::Press(Press::Ease(*ease)), scene.now);
        }
    }
    scenes
}
