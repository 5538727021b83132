//! What is said, held against tables and against every number that can be called.

use std::collections::BTreeSet;

use vocabulary::Language;
use voice::{
    CallWords, Gender, Loudness, Tempo, call, in_letters, letter, number, read_aloud, ticket_number, time_of_day,
};

const EL: Language = Language::El;
const EN: Language = Language::En;

#[test]
fn prom_08_numbers_of_a_board_are_said_in_neuter() {
    let table = [
        (0, "μηδέν", "zero"),
        (1, "ένα", "one"),
        (3, "τρία", "three"),
        (4, "τέσσερα", "four"),
        (13, "δεκατρία", "thirteen"),
        (21, "είκοσι ένα", "twenty-one"),
        (42, "σαράντα δύο", "forty-two"),
        (100, "εκατό", "one hundred"),
        (101, "εκατόν ένα", "one hundred and one"),
        (200, "διακόσια", "two hundred"),
        (314, "τριακόσια δεκατέσσερα", "three hundred and fourteen"),
        (999, "εννιακόσια ενενήντα εννέα", "nine hundred and ninety-nine"),
        (1000, "χίλια", "one thousand"),
        (1005, "χίλια πέντε", "one thousand and five"),
        (3003, "τρεις χιλιάδες τρία", "three thousand and three"),
        (4444, "τέσσερις χιλιάδες τετρακόσια σαράντα τέσσερα", "four thousand four hundred and forty-four"),
        (9999, "εννέα χιλιάδες εννιακόσια ενενήντα εννέα", "nine thousand nine hundred and ninety-nine"),
        (12_345, "ένα δύο τρία τέσσερα πέντε", "one two three four five"),
    ];
    for (count, greek, english) in table {
        assert_eq!(number(EL, count, Gender::Neuter), greek);
        assert_eq!(number(EN, count, Gender::Neuter), english);
    }
}

#[test]
fn no_two_numbers_are_said_alike_and_none_counts_as_a_person_would() {
    for language in Language::ALL {
        let said: BTreeSet<String> = (0..=9_999).map(|count| number(language, count, Gender::Neuter)).collect();
        assert_eq!(said.len(), 10_000);
    }
    // A label is neuter to its last word, in each of them.
    for count in 1..=9_999 {
        let said = number(EL, count, Gender::Neuter);
        let last = said.rsplit(' ').next().unwrap();
        assert!(!["μία", "τρεις", "τέσσερις", "δεκατρείς", "δεκατέσσερις"].contains(&last), "{count}: {said}");
        assert!(!said.contains("όσιες") && !said.ends_with("εκατόν"), "{count}: {said}");
    }
}

#[test]
fn every_call_of_a_room_is_said_right_in_both_languages() {
    let greek = [
        ('A', "άλφα"),
        ('B', "βήτα"),
        ('E', "έψιλον"),
        ('Z', "ζήτα"),
        ('H', "ήτα"),
        ('K', "κάπα"),
        ('M', "μι"),
        ('N', "νι"),
        ('T', "ταυ"),
        ('Y', "ύψιλον"),
        ('X', "χι"),
        ('P', "ρο"),
    ];
    for (series, name) in greek {
        assert_eq!(letter(EL, series), name);
        assert_eq!(letter(EN, series), series.to_string());
        for count in [1_u16, 42, 305, 999] {
            for desk in 1..=99 {
                let words = |desk_word| CallWords { number: "", desk_word, desk, again: false };
                let ticket = format!("{series}{count:03}");
                let said = call(EL, &CallWords { number: &ticket, ..words("Θυρίδα") });
                let (count, at) = (number(EL, count, Gender::Neuter), number(EL, desk, Gender::Neuter));
                assert_eq!(said, format!("Αριθμός {name}, {count}. Θυρίδα {at}."));
                let said = call(EN, &CallWords { number: &ticket, ..words("Desk") });
                assert!(said.starts_with(&format!("Number {series}, ")), "{said}");
                assert!(said.ends_with(&format!(". Desk {}.", number(EN, desk, Gender::Neuter))), "{said}");
            }
        }
    }
    let words = CallWords { number: "A042", desk_word: "Θυρίδα", desk: 3, again: false };
    assert_eq!(call(EL, &words), "Αριθμός άλφα, σαράντα δύο. Θυρίδα τρία.");
    assert_eq!(call(EL, &CallWords { again: true, ..words }), "Επανάληψη: αριθμός άλφα, σαράντα δύο. Θυρίδα τρία.");
    let words = CallWords { desk_word: "Desk", ..words };
    assert_eq!(call(EN, &words), "Number A, forty-two. Desk three.");
    assert_eq!(call(EN, &CallWords { again: true, ..words }), "Repeat: number A, forty-two. Desk three.");
}

#[test]
fn hours_are_feminine_and_minutes_neuter() {
    let table = [
        (11, 10, "έντεκα και δέκα", "eleven ten"),
        (13, 1, "δεκατρείς και ένα", "thirteen oh one"),
        (14, 0, "δεκατέσσερις", "fourteen o'clock"),
        (1, 3, "μία και τρία", "one oh three"),
        (21, 44, "είκοσι μία και σαράντα τέσσερα", "twenty-one forty-four"),
        (0, 30, "μηδέν και τριάντα", "zero thirty"),
    ];
    for (hour, minute, greek, english) in table {
        assert_eq!(time_of_day(EL, hour, minute), greek);
        assert_eq!(time_of_day(EN, hour, minute), english);
    }
}

#[test]
fn a_shown_sentence_is_said_as_a_person_reads_it() {
    let table = [
        (EL, "Το ραντεβού σας ήταν στις 11:10.", "Το ραντεβού σας ήταν στις έντεκα και δέκα."),
        (
            EL,
            "Ο αριθμός σας είναι P014. Περιμένετε· θα σας καλέσουμε.",
            "Ο αριθμός σας είναι ρο, δεκατέσσερα. Περιμένετε, θα σας καλέσουμε.",
        ),
        (EL, "Εκτιμώμενη αναμονή: 1 ώρα και 10 λεπτά", "Εκτιμώμενη αναμονή: μία ώρα και δέκα λεπτά"),
        (EL, "3 ώρες και 3 λεπτά", "τρεις ώρες και τρία λεπτά"),
        (EL, "την Τρίτη 3 Νοεμβρίου στις 09:05", "την Τρίτη τρεις Νοεμβρίου στις εννέα και πέντε"),
        (EL, "Παρασκευή 1 Ιανουαρίου", "Παρασκευή πρώτη Ιανουαρίου"),
        (EL, "Φέρτε τον κωδικό QR μπροστά στον σαρωτή", "Φέρτε τον κωδικό κιου αρ μπροστά στον σαρωτή"),
        (EL, "Πατήστε «Έχω ραντεβού».", "Πατήστε Έχω ραντεβού."),
        (EL, "Μια στιγμή…", "Μια στιγμή."),
        (EN, "You are early. Your appointment is at 11:10.", "You are early. Your appointment is at eleven ten."),
        (EN, "Your number is A042.", "Your number is A, forty-two."),
        (EN, "3 people ahead of you", "3 people ahead of you"),
    ];
    for (language, shown, said) in table {
        assert_eq!(read_aloud(language, shown), said);
    }
}

#[test]
fn a_code_is_said_letter_by_letter() {
    assert_eq!(in_letters(EL, "C3D-9"), "σι, τρία, ντι, εννέα");
    assert_eq!(in_letters(EN, "W2"), "W, two");
    assert_eq!(ticket_number(EL, "P014").as_deref(), Some("ρο, δεκατέσσερα"));
    for no_ticket in ["", "A", "A42", "a042", "A042B", "12:30", "QR"] {
        assert_eq!(ticket_number(EL, no_ticket), None, "{no_ticket}");
    }
}

#[test]
fn k9_the_steps_of_loudness_span_eighteen_decibels_with_one_at_twelve() {
    let decibels = |a: Loudness, b: Loudness| 20.0 * (f64::from(b.amplitude()) / f64::from(a.amplitude())).log10();
    assert!(decibels(Loudness::Low, Loudness::High) >= 18.0);
    assert!((decibels(Loudness::Low, Loudness::Usual) - 12.0).abs() < 0.1);
    let round = Loudness::ALL.iter().fold(Loudness::default(), |loudness, _| loudness.next());
    assert_eq!(round, Loudness::default());
    assert_eq!(Loudness::ALL.map(Loudness::step), [1, 2, 3, 4]);
    assert_eq!(Tempo::Slow.slower(), Tempo::Slow);
    assert_eq!(Tempo::Fastest.faster(), Tempo::Fastest);
}
