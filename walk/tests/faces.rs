//! What stands on every screen, in both languages: short, whole, and spoken.

#![expect(clippy::panic, reason = "a test")]

use std::{collections::BTreeSet, time::Duration};

use voice::{Loudness, Mouth};
use walk::{
    FingerTouch, KeypadKey, KioskFace, KioskScreen, KioskWalk, Press, ReaderOutcome, ScreenReader, WalkAction,
    WalkInput,
};
use wire::{CheckInAnswer, Language, Problem, ProblemCode, Standing};

#[expect(dead_code, reason = "other tests look at other screens")]
mod scenes;

#[test]
fn new_05_every_screen_is_short_and_every_word_on_it_is_spoken() {
    for language in Language::ALL {
        for scene in scenes::all(language) {
            let (name, face) = (scene.name, scene.face());
            let words = face.heading.shown.split_whitespace().count();
            assert!(words <= 12, "{name}: {words} words: {}", face.heading.shown);
            for text in face.read() {
                whole(name, language, &text.shown, &text.spoken);
            }
            for choice in face.choices.iter().chain(&face.ways).chain(&face.bar) {
                whole(&format!("{name}/{}", choice.name), language, &choice.label.shown, &choice.label.spoken);
                if let Some(below) = &choice.below {
                    whole(&format!("{name}/{}", choice.name), language, &below.shown, &below.spoken);
                }
            }
            let names: Vec<&str> = face.offered().into_iter().map(|choice| choice.name.as_str()).collect();
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{name}: {names:?}");
        }
    }
}

/// Nothing is empty, nothing unknown, and nothing that a voice would spell.
fn whole(place: &str, language: Language, shown: &str, spoken: &str) {
    assert!(!shown.trim().is_empty() && !spoken.trim().is_empty(), "{place}: «{shown}», «{spoken}»");
    for words in [shown, spoken] {
        assert!(!words.contains("Unknown localization") && !words.contains(['{', '}', '$']), "{place}: {words}");
    }
    if language == Language::El {
        assert!(!spoken.contains(|sign: char| sign.is_ascii_digit()), "{place}: a digit is said: {spoken}");
    }
    assert!(!spoken.contains(['«', '»', '…', '·', '•']), "{place}: {spoken}");
}

#[test]
fn the_number_is_said_once_and_stands_once() {
    for language in Language::ALL {
        for scene in scenes::all(language) {
            let face = scene.face();
            if !matches!(face.screen, KioskScreen::Given) {
                continue;
            }
            let number = &face.number.as_ref().unwrap().number;
            let said = face.read().iter().filter(|text| text.spoken.contains(&number.spoken)).count();
            let shown = face.read().iter().filter(|text| text.shown.contains(&number.shown)).count();
            assert_eq!((said, shown), (1, 1), "{}", scene.name);
        }
    }
}

#[test]
fn yes_stands_before_no_everywhere() {
    for scene in scenes::all(Language::El) {
        let face = scene.face();
        let at = |end: &str| face.choices.iter().position(|choice| choice.name.ends_with(end));
        if let (Some(yes), Some(no)) = (at("-yes"), at("-no")) {
            assert!(yes < no, "{}", scene.name);
        }
    }
}

#[test]
fn k24_the_bar_is_the_same_on_every_screen() {
    for scene in scenes::all(Language::El) {
        let face = scene.face();
        let names: Vec<&str> = face.bar.iter().map(|choice| choice.name.as_str()).collect();
        let usual = ["language-en", "large", "contrast", "low", "listen", "help"];
        let without_help = matches!(face.screen, KioskScreen::Starting | KioskScreen::Pairing | KioskScreen::Help);
        let expected = if without_help { &usual[..5] } else { &usual[..] };
        assert_eq!(names, expected, "{}", scene.name);
    }
}

#[test]
fn what_did_not_go_well_is_told_by_more_than_its_colour() {
    for scene in scenes::all(Language::En) {
        let face = scene.face();
        match scene.name {
            "unknown-code" => {
                let code = face.number.as_ref().unwrap();
                assert_eq!((code.number.shown.as_str(), code.number.personal), ("2345 67CD", true));
                assert_eq!(face.tone, walk::face::Tone::Alarm);
            }
            "number-without-paper" => {
                assert_eq!((face.tone, face.scene), (walk::face::Tone::Amber, Some(walk::face::GuidePicture::NoPaper)));
                assert!(face.code.is_some() && face.find("noted").is_some());
            }
            "closed" => {
                assert!(face.code.is_some() && face.facts[0].shown.contains("08:00 to 15:00"));
                assert!(!face.read().iter().any(|text| text.shown.contains("reception")), "nobody is there");
            }
            "late" => {
                let today = face.find("late-today").unwrap();
                assert_eq!(today.below.as_ref().unwrap().shown, "Expected wait: 1 hour to 1 hour 30 minutes");
            }
            "service" => {
                let facts: Vec<&str> = face.facts.iter().map(|fact| fact.shown.as_str()).collect();
                assert!(facts.contains(&"First gap: at about 10:50"), "{facts:?}");
                assert!(face.below.iter().any(|text| text.shown.contains("up to 5 minutes")));
            }
            _ => {}
        }
    }
}

/// Somebody who hears and has six keys, and nothing else.
struct Listener {
    walk: KioskWalk,
    reader: ScreenReader,
    now: Duration,
    heard: Vec<String>,
    did: Vec<String>,
    intent: u64,
    language: Language,
}

impl Listener {
    fn plugs_in(language: Language) -> Self {
        let (walk, now) = scenes::walk(language, Vec::new());
        let (heard, did) = (Vec::new(), Vec::new());
        let mut listener = Self { walk, reader: ScreenReader::default(), now, heard, did, intent: 0, language };
        listener.input(WalkInput::Headset(true));
        listener
    }

    fn face(&self) -> KioskFace {
        KioskFace::of(&self.walk, &scenes::setting(self.walk.language()), self.now)
    }

    fn input(&mut self, input: WalkInput) {
        self.now += Duration::from_secs(1);
        for action in self.walk.on(input, self.now) {
            self.did.push(did(&action));
            if let WalkAction::CheckIn(intent, _)
            | WalkAction::TakeTicket(intent, _)
            | WalkAction::RingForHelp(intent) = action
            {
                self.intent = intent;
            }
        }
        let face = self.face();
        let (listen, headset, guest) = (self.walk.comfort().listen, self.walk.has_headset(), self.walk.guest());
        let outcomes = self.reader.take(&face, listen, headset, guest);
        self.take(outcomes);
    }

    fn take(&mut self, outcomes: Vec<ReaderOutcome>) {
        for outcome in outcomes {
            match outcome {
                ReaderOutcome::Say(utterance) => {
                    assert_eq!(utterance.language, self.walk.language(), "K10");
                    self.heard.push(utterance.words);
                }
                ReaderOutcome::Press(press) => self.input(WalkInput::Press(press)),
                ReaderOutcome::Chosen(press) => self.input(WalkInput::Chosen(press)),
                ReaderOutcome::Stirred => self.input(WalkInput::Stirred),
                ReaderOutcome::Hush => {}
            }
        }
    }

    fn key(&mut self, key: KeypadKey) {
        self.now += Duration::from_millis(700);
        let outcomes = self.reader.key(key);
        self.take(outcomes);
    }

    /// Goes down until something is heard that has these words, and chooses it: as somebody does who only hears.
    fn choose(&mut self, words: &str) {
        self.choose_what(|heard| heard.contains(words));
    }

    #[track_caller]
    fn choose_what(&mut self, is_it: impl Fn(&str) -> bool) {
        for _ in 0..60 {
            self.key(KeypadKey::Down);
            if self.heard.last().is_some_and(|heard| is_it(heard)) {
                self.key(KeypadKey::Choose);
                return;
            }
        }
        panic!("it was never heard: {:#?}", self.heard);
    }

    fn heard(&self, words: &str) -> bool {
        self.heard.iter().any(|heard| heard.contains(words))
    }

    fn greet(&mut self, standing: Standing) {
        let ticket = scenes::ticket("P007", true, self.language);
        self.input(WalkInput::CheckedIn(self.intent, Box::new(CheckInAnswer { standing, ticket, again: false })));
        self.input(WalkInput::Printed(self.intent));
    }

    fn give(&mut self) {
        let ticket = scenes::ticket("A042", false, self.language);
        self.input(WalkInput::TicketGiven(self.intent, Box::new(ticket)));
    }

    fn refuse(&mut self, code: ProblemCode) {
        let (r#type, title, detail) = (String::new(), String::new(), String::new());
        let problem = Problem { r#type, title, status: 409, detail, code, at: None, language: None, wait: None };
        self.input(WalkInput::Refused(self.intent, Box::new(problem)));
    }

    /// Types a code on keys that are only heard.
    fn types(&mut self, code: &str) {
        for letter in code.chars() {
            let name = format!("{}. ", voice::in_letters(self.language, &letter.to_string()));
            self.choose_what(|heard| heard.starts_with(&name));
        }
    }
}

fn did(action: &WalkAction) -> String {
    match action {
        WalkAction::CheckIn(_, request) => format!("check-in {} {:?}", request.code, request.late),
        WalkAction::TakeTicket(_, request) => {
            let needs = if request.needs.escort { " escort" } else { "" };
            format!("ticket {}{}{needs}", request.service, if request.priority { " priority" } else { "" })
        }
        WalkAction::AskTimes(..) => "times".to_owned(),
        WalkAction::Rebook(..) => "rebook".to_owned(),
        WalkAction::FixTime(..) => "fix-time".to_owned(),
        WalkAction::SayWishes(_, wish) => format!("wish {:?}", wish.early),
        WalkAction::RingForHelp(_) => "ring".to_owned(),
        WalkAction::EndHelp(_) => "end-help".to_owned(),
        WalkAction::Print(..) => "print".to_owned(),
        WalkAction::PrintSlip(..) => "slip".to_owned(),
    }
}

#[test]
fn new_05_k2_all_eight_walks_are_done_with_six_keys_by_what_is_heard_alone() {
    // Booked, and early; the code is typed.
    let mut her = Listener::plugs_in(Language::El);
    assert!(her.heard("Φωνητική ανάγνωση") && her.heard("Καλώς ήρθατε"), "{:#?}", her.heard);
    her.choose("Έχω ραντεβού");
    her.types("234567CD");
    her.choose("Συνέχεια");
    her.greet(Standing::Early);
    assert!(her.heard("έντεκα και δέκα"), "{:#?}", her.heard);
    her.choose("Ναι, μπορείτε");
    assert!(her.heard("ρο, επτά") && her.heard("Περιμένετε στην αίθουσα του ισογείου"), "K12: {:#?}", her.heard);
    assert_eq!(her.did, ["check-in 234567CD None", "print", "wish Some(true)"]);

    // Booked, in time; scanned.
    let mut her = Listener::plugs_in(Language::En);
    her.input(WalkInput::Scanned("Q1".into()));
    her.intent = 1;
    her.greet(Standing::InTime);
    assert!(her.heard("You are checked in") && her.heard("P, seven"), "{:#?}", her.heard);

    // Booked, and late: today after the appointments.
    let mut her = Listener::plugs_in(Language::El);
    her.input(WalkInput::Scanned("Q1".into()));
    her.refuse(ProblemCode::LateChoiceNeeded);
    her.choose("Σήμερα, μετά τα ραντεβού");
    her.greet(Standing::LateEndOfDay);
    assert_eq!(her.did, ["check-in Q1 None", "check-in Q1 Some(EndOfDay)", "print"]);

    // Without a booking; and the paper does not come.
    let mut her = Listener::plugs_in(Language::El);
    her.choose("Θέλω αριθμό");
    her.choose("Πιστοποιητικό οικογενειακής κατάστασης");
    assert!(her.heard("Δελτίο ταυτότητας ή διαβατήριο"), "what to bring is said: {:#?}", her.heard);
    her.choose("Ναι, θέλω αριθμό");
    her.choose("Όχι, ευχαριστώ");
    her.give();
    her.input(WalkInput::NotPrinted(her.intent));
    assert!(her.heard("Το εισιτήριο δεν τυπώθηκε") && her.heard("άλφα, σαράντα δύο"), "{:#?}", her.heard);
    her.choose("Το σημείωσα");
    assert_eq!((her.walk.screen(), her.did.len()), (KioskScreen::Welcome, 2));

    // Priority, with somebody who fetches her.
    let mut her = Listener::plugs_in(Language::El);
    her.choose("Θέλω αριθμό");
    her.choose("Αντίγραφο ποινικού μητρώου");
    her.choose("Ναι, θέλω αριθμό");
    her.choose("Ναι, θέλω");
    her.choose("Να με συνοδεύσουν από τη θέση μου");
    assert!(her.heard.last().unwrap().ends_with("ενεργό"), "K20: {:?}", her.heard.last());
    her.choose("Συνέχεια");
    assert_eq!(her.did, ["ticket record priority escort"]);

    // A code that nobody knows.
    let mut her = Listener::plugs_in(Language::El);
    her.choose("Έχω ραντεβού");
    her.types("22222222");
    her.choose("Συνέχεια");
    her.refuse(ProblemCode::UnknownCode);
    assert!(her.heard("Δεν βρήκαμε ραντεβού με αυτόν τον κωδικό"), "K11");
    assert!(her.heard("δύο, δύο, δύο, δύο, δύο, δύο, δύο, δύο"), "what was typed is read: {:#?}", her.heard);
    her.key(KeypadKey::Back);
    assert_eq!(her.walk.screen(), KioskScreen::Welcome);

    // Help.
    let mut her = Listener::plugs_in(Language::El);
    her.choose("Δεν ξέρω, χρειάζομαι βοήθεια");
    her.choose("Να έρθει κάποιος εδώ");
    her.input(WalkInput::HelpComing(her.intent));
    assert!(her.heard("Έρχεται κάποιος να σας βοηθήσει"), "{:#?}", her.heard);
    assert_eq!(her.did, ["ring"]);
}

#[test]
fn k6_what_is_personal_is_never_said_to_the_room() {
    let mut his = Listener::plugs_in(Language::El);
    his.input(WalkInput::Headset(false));
    his.input(WalkInput::Press(Press::Ease(walk::Ease::Listen)));
    assert!(his.heard("τα ακούν και άλλοι"));
    his.choose("Έχω ραντεβού");
    his.heard.clear();
    his.input(WalkInput::Press(Press::Key('C')));
    his.input(WalkInput::Press(Press::Key('4')));
    assert_eq!(his.heard, ["ένα γράμμα ή ψηφίο.", "δύο γράμματα ή ψηφία."]);
    his.key(KeypadKey::Repeat);
    assert!(his.heard("μόνο με ακουστικά") && !his.heard("σι, τέσσερα"), "{:#?}", his.heard);
}

#[test]
fn k8_k9_loudness_goes_round_and_is_the_usual_for_the_next() {
    let mut reader = ScreenReader::default();
    let face = scenes::all(Language::El).remove(0).face();
    let spoken = |outcomes: Vec<ReaderOutcome>| {
        outcomes.into_iter().find_map(|outcome| match outcome {
            ReaderOutcome::Say(utterance) => Some(utterance),
            ReaderOutcome::Hush | ReaderOutcome::Press(_) | ReaderOutcome::Chosen(_) | ReaderOutcome::Stirred => None,
        })
    };
    let first = spoken(reader.take(&face, true, true, 1)).unwrap();
    assert_eq!((first.loudness, first.mouth), (Loudness::Usual, Mouth::Headset));
    let said = spoken(reader.key(KeypadKey::Volume)).unwrap();
    assert_eq!((said.loudness, said.words.as_str()), (Loudness::High, "Ένταση τέσσερα από τέσσερα"));
    // Another guest: it is the usual again.
    reader.take(&face, false, false, 1);
    let next = spoken(reader.take(&face, true, false, 2)).unwrap();
    assert_eq!((next.loudness, next.mouth), (Loudness::Usual, Mouth::Loudspeaker));
}

/// A finger on glass, over the choice with this name.
fn taps(reader: &mut ScreenReader, over: &str, at: u64) -> Vec<ReaderOutcome> {
    let now = Duration::from_millis(at);
    reader.touch(FingerTouch::Down(50.0, 50.0), Some(over), now);
    reader.touch(FingerTouch::Lifted(50.0, 50.0), Some(over), now + Duration::from_millis(80)).0
}

#[test]
fn k19_a_finger_explores_without_choosing_and_two_taps_anywhere_choose() {
    let face = scenes::all(Language::El).remove(0).face();
    let mut reader = ScreenReader::default();
    reader.take(&face, true, true, 1);
    let said = |outcomes: &[ReaderOutcome], words: &str| {
        outcomes.iter().any(|outcome| matches!(outcome, ReaderOutcome::Say(said) if said.words.contains(words)))
    };
    let pressed = |outcomes: &[ReaderOutcome]| {
        outcomes.iter().find_map(|outcome| match outcome {
            ReaderOutcome::Press(press) | ReaderOutcome::Chosen(press) => Some(press.clone()),
            ReaderOutcome::Say(_) | ReaderOutcome::Hush | ReaderOutcome::Stirred => None,
        })
    };
    // It slides over one and then another; each is said once, none is chosen.
    reader.touch(FingerTouch::Down(10.0, 10.0), None, Duration::from_millis(1000));
    let (over, _) = reader.touch(FingerTouch::Moved(40.0, 40.0), Some("have-booking"), Duration::from_millis(1500));
    assert!(said(&over, "Έχω ραντεβού"), "{over:?}");
    let (again, _) = reader.touch(FingerTouch::Moved(42.0, 41.0), Some("have-booking"), Duration::from_millis(1600));
    assert!(again.is_empty());
    let (other, _) = reader.touch(FingerTouch::Moved(60.0, 60.0), Some("no-booking"), Duration::from_millis(1900));
    assert!(said(&other, "Θέλω αριθμό"));
    let (left, _) = reader.touch(FingerTouch::Lifted(60.0, 60.0), Some("no-booking"), Duration::from_millis(2100));
    assert_eq!(pressed(&left), None);
    // Two taps, on whatever lies there, choose what was said last.
    assert_eq!(pressed(&taps(&mut reader, "help", 3000)), None);
    assert_eq!(pressed(&taps(&mut reader, "help", 3300)), Some(Press::NoBooking));
    // One tap, and another much later, choose nothing.
    assert_eq!(pressed(&taps(&mut reader, "help", 5000)), None);
    assert_eq!(pressed(&taps(&mut reader, "help", 7000)), None);
    // Strokes: right is the next, up says it again, left goes back.
    reader.touch(FingerTouch::Down(50.0, 50.0), None, Duration::from_millis(9000));
    let (next, _) = reader.touch(FingerTouch::Lifted(90.0, 52.0), None, Duration::from_millis(9150));
    assert!(said(&next, "Δεν ξέρω, χρειάζομαι βοήθεια"), "{next:?}");
    reader.touch(FingerTouch::Down(50.0, 90.0), None, Duration::from_millis(11_000));
    let (again, _) = reader.touch(FingerTouch::Lifted(52.0, 40.0), None, Duration::from_millis(11_150));
    assert!(said(&again, "Καλώς ήρθατε"));
}

#[test]
fn k17_a_finger_that_rests_three_seconds_begins_the_reading_and_its_release_does_nothing() {
    let face = scenes::all(Language::El).remove(0).face();
    let mut reader = ScreenReader::default();
    reader.take(&face, false, false, 1);
    reader.touch(FingerTouch::Down(10.0, 10.0), Some("have-booking"), Duration::from_secs(1));
    assert!(!reader.keeps_touches());
    assert_eq!(reader.next_due(), Some(Duration::from_secs(4)));
    assert!(reader.tick(Some("have-booking"), Duration::from_millis(3900)).is_empty());
    let begun = reader.tick(Some("have-booking"), Duration::from_secs(4));
    assert_eq!(begun, [ReaderOutcome::Press(Press::Ease(walk::Ease::Listen))]);
    assert!(reader.keeps_touches());
    let (left, _) = reader.touch(FingerTouch::Lifted(10.0, 10.0), Some("have-booking"), Duration::from_millis(4500));
    assert!(left.is_empty() && reader.keeps_touches());
}

#[test]
fn k22_what_was_heard_on_a_new_screen_is_chosen_however_soon_that_is() {
    let (walk, now) = scenes::walk(Language::El, vec![scenes::Step::Press(Press::NoBooking)]);
    let (family, soon) = (Press::Service("family".to_owned()), now + Duration::from_millis(60));
    // A finger so soon was meant for the screen before.
    let mut touched = walk.clone();
    touched.on(WalkInput::Press(family.clone()), soon);
    assert_eq!(touched.screen(), KioskScreen::Services);
    let mut heard = walk;
    heard.on(WalkInput::Chosen(family), soon);
    assert_eq!(heard.screen(), KioskScreen::Service);
    // A hand that trembles chooses once by ear too.
    let large = || WalkInput::Chosen(Press::Ease(walk::Ease::Large));
    heard.on(large(), soon + Duration::from_millis(60));
    heard.on(large(), soon + Duration::from_millis(120));
    assert!(heard.comfort().large);
}

#[test]
fn new_05_a_wait_that_is_estimated_anew_neither_interrupts_nor_loses_the_place() {
    let mut her = Listener::plugs_in(Language::El);
    her.choose("Θέλω αριθμό");
    her.key(KeypadKey::Down);
    let moved = |minutes| {
        let mut view = scenes::view();
        view.services[0].expected_wait = Some(wire::MinuteRange { from: minutes, to: minutes + 10 });
        WalkInput::View(Box::new(view))
    };
    let before = her.heard.len();
    her.input(moved(30));
    assert_eq!(her.heard.len(), before, "{:#?}", her.heard);
    her.key(KeypadKey::Choose);
    assert_eq!(her.walk.screen(), KioskScreen::Service);
    her.key(KeypadKey::Down);
    let before = her.heard.len();
    her.input(moved(45));
    assert_eq!(her.heard.len(), before, "{:#?}", her.heard);
    her.key(KeypadKey::Choose);
    assert_eq!(her.walk.screen(), KioskScreen::Question);
}

#[test]
fn new_05_another_page_says_which_it_is() {
    let mut her = Listener::plugs_in(Language::El);
    her.choose("Θέλω αριθμό");
    assert!(her.heard("Σελίδα ένα από δύο"), "{:#?}", her.heard);
    her.choose("Επόμενη σελίδα");
    assert!(her.heard("Σελίδα δύο από δύο"), "{:#?}", her.heard);
}

#[test]
fn new_05_whoever_stands_on_a_choice_is_moved_to_no_other() {
    let mut her = Listener::plugs_in(Language::El);
    her.choose("Έχω ραντεβού");
    while her.reader.focus() != Some("home") {
        her.key(KeypadKey::Down);
    }
    // A letter comes, and with it a choice before the one on which she stands.
    her.input(WalkInput::Press(Press::Key('2')));
    assert_eq!(her.reader.focus(), Some("home"));
    // It is taken back, and with it goes the choice itself: nobody stands on the one behind it.
    her.choose("Διόρθωση");
    assert_eq!(her.reader.focus(), None);
    her.key(KeypadKey::Choose);
    assert_eq!(her.walk.screen(), KioskScreen::Code);
    let said = her.reader.remind();
    let code = her.face().heading.spoken;
    assert!(matches!(said.as_slice(), [ReaderOutcome::Say(said)] if said.words.contains(&code)), "{said:?}");
}
