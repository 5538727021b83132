//! Numbers in words, 0 to 9999, in the gender of what they count.

use vocabulary::Language;

/// In which gender a Greek number is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// A label, or what counts minutes: «τρία», «διακόσια».
    Neuter,
    /// What counts hours and days of a month: «τρεις», «διακόσιες».
    Feminine,
}

/// The greatest number that has words here.
const GREATEST: u16 = 9_999;

const UNITS: [&str; 20] = [
    "μηδέν",
    "ένα",
    "δύο",
    "τρία",
    "τέσσερα",
    "πέντε",
    "έξι",
    "επτά",
    "οκτώ",
    "εννέα",
    "δέκα",
    "έντεκα",
    "δώδεκα",
    "δεκατρία",
    "δεκατέσσερα",
    "δεκαπέντε",
    "δεκαέξι",
    "δεκαεπτά",
    "δεκαοκτώ",
    "δεκαεννέα",
];
const TENS: [&str; 8] = ["είκοσι", "τριάντα", "σαράντα", "πενήντα", "εξήντα", "εβδομήντα", "ογδόντα", "ενενήντα"];
/// Without their ending, from two hundred on.
const HUNDREDS: [&str; 8] =
    ["διακόσι", "τριακόσι", "τετρακόσι", "πεντακόσι", "εξακόσι", "επτακόσι", "οκτακόσι", "εννιακόσι"];

const ENGLISH_UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const ENGLISH_TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number in words; in English for all but Greek. Above 9999 its digits, one by one.
#[must_use]
pub fn number(language: Language, number: u16, gender: Gender) -> String {
    if number > GREATEST {
        let digits = number.to_string();
        return digits
            .bytes()
            .map(|digit| below(language, u16::from(digit - b'0'), gender))
            .collect::<Vec<_>>()
            .join(" ");
    }
    below(language, number, gender)
}

fn below(language: Language, number: u16, gender: Gender) -> String {
    if language == Language::El { greek(number, gender) } else { english(number) }
}

fn greek(number: u16, gender: Gender) -> String {
    let (thousands, rest) = (number / 1000, number % 1000);
    let mut words = Vec::new();
    match (thousands, gender) {
        (0, _) => {}
        (1, Gender::Neuter) => words.push("χίλια".to_owned()),
        (1, Gender::Feminine) => words.push("χίλιες".to_owned()),
        // Thousands are feminine, whatever they count.
        (thousands, _) => words.push(format!("{} χιλιάδες", unit(thousands, Gender::Feminine))),
    }
    let (hundreds, small) = (rest / 100, rest % 100);
    match hundreds {
        0 => {}
        1 => words.push(if small == 0 { "εκατό" } else { "εκατόν" }.to_owned()),
        hundreds => {
            let ending = match gender {
                Gender::Neuter => "α",
                Gender::Feminine => "ες",
            };
            words.push(format!("{}{ending}", HUNDREDS[usize::from(hundreds) - 2]));
        }
    }
    if small > 0 || number == 0 {
        words.push(match (small / 10, small % 10) {
            (0 | 1, _) => unit(small, gender).to_owned(),
            (tens, 0) => TENS[usize::from(tens) - 2].to_owned(),
            (tens, units) => format!("{} {}", TENS[usize::from(tens) - 2], unit(units, gender)),
        });
    }
    words.join(" ")
}

const fn unit(number: u16, gender: Gender) -> &'static str {
    match (number, gender) {
        (1, Gender::Feminine) => "μία",
        (3, Gender::Feminine) => "τρεις",
        (4, Gender::Feminine) => "τέσσερις",
        (13, Gender::Feminine) => "δεκατρείς",
        (14, Gender::Feminine) => "δεκατέσσερις",
        _ => UNITS[number as usize],
    }
}

fn english(number: u16) -> String {
    let (thousands, hundreds, small) = (number / 1000, number / 100 % 10, number % 100);
    let mut words = Vec::new();
    if thousands > 0 {
        words.push(format!("{} thousand", ENGLISH_UNITS[usize::from(thousands)]));
    }
    if hundreds > 0 {
        words.push(format!("{} hundred", ENGLISH_UNITS[usize::from(hundreds)]));
    }
    if small > 0 || number == 0 {
        if number > 100 {
            words.push("and".to_owned());
        }
        words.push(match (small / 10, small % 10) {
            (0 | 1, _) => ENGLISH_UNITS[usize::from(small)].to_owned(),
            (tens, 0) => ENGLISH_TENS[usize::from(tens) - 2].to_owned(),
            (tens, units) => {
                format!("{}-{}", ENGLISH_TENS[usize::from(tens) - 2], ENGLISH_UNITS[usize::from(units)])
            }
        });
    }
    words.join(" ")
}
