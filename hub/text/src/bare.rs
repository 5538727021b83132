//! Words as people type them who search: without capitals, accents, and whatever two keyboards or alphabets write in two ways.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// A text so that two that are read alike are alike: decomposed (NFKD), without marks, in small letters, letters of other alphabets
/// as their plain ones, Greek letters for the Latin ones that look like them as capitals, and one sigma.
///
/// So `Γιώργος` is found whether its accent is a letter's or stands apart, `Müller` as `Muller`, `Łukasz` as `lukasz`, and a name that
/// somebody typed half in Latin letters.
#[must_use]
pub fn bare(text: &str) -> String {
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let mut bare = String::with_capacity(decomposed.len());
    for letter in decomposed.chars().filter(|c| !is_mark(*c)).flat_map(char::to_lowercase).filter(|c| !is_mark(*c)) {
        match letter {
            'ß' => bare.push_str("ss"),
            'æ' => bare.push_str("αε"),
            'œ' => bare.push_str("οε"),
            'þ' => bare.push_str("τη"),
            other => bare.push(plain(other)),
        }
    }
    bare
}

/// Marks that stand on, in or under a letter.
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
}

/// A small letter as the one that it is read as: strokes left out, and the Greek twin of a Latin or Cyrillic capital.
const fn plain(letter: char) -> char {
    match letter {
        'ς' => 'σ',
        'a' | 'а' => 'α',
        'b' | 'в' => 'β',
        'e' | 'е' => 'ε',
        'z' => 'ζ',
        'h' | 'ħ' | 'н' => 'η',
        'i' | 'ı' | 'і' => 'ι',
        'k' | 'к' => 'κ',
        'm' | 'м' => 'μ',
        'n' => 'ν',
        'o' | 'ø' | 'о' => 'ο',
        'p' | 'р' => 'ρ',
        't' | 'ŧ' | 'т' => 'τ',
        'y' | 'у' => 'υ',
        'x' | 'х' => 'χ',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fld_29_what_is_read_alike_is_found_alike() {
        for (one, other) in [
            ("Γιώργος", "Γιω\u{301}ργος"),
            ("ΠΑΠΑΔΌΠΟΥΛΟΣ", "παπαδοπουλος"),
            ("Müller", "Muller"),
            ("Łukasz", "lukasz"),
            ("Strauß", "STRAUSS"),
            ("Ἀλέξανδρος", "αλεξανδρος"),
            ("ᾠδή", "ωδη"),
            ("ΠΑΠAΔΟΠΟΥΛΟΥ", "Παπαδοπουλου"),
            ("KATINA", "ΚΑΤΙΝΑ"),
            ("Γιάννης\u{200b}", "ΓΙΑΝΝΗΣ"),
            ("Ρόδος", "ΡΟΔΟΣ"),
            ("ﬁlip", "filip"),
        ] {
            assert_eq!(bare(one), bare(other), "{one} {other}");
        }
        assert_ne!(bare("Άννα"), bare("Άνα"));
    }

    proptest::proptest! {
        #[test]
        fn fld_29_marks_and_capitals_never_hide_a_name(name in "[\\p{Greek}\\p{Latin} ]{0,30}", mark in "[\u{300}\u{301}\u{308}\u{342}\u{345}]") {
            let plain = bare(&name);
            let marked: String = name.chars().flat_map(|c| [Some(c), mark.chars().next().filter(|_| c.is_alphabetic())]).flatten().collect();
            proptest::prop_assert_eq!(&bare(&marked), &plain);
            proptest::prop_assert_eq!(&bare(&plain), &plain, "once is enough");
            let decomposed: String = DecomposingNormalizerBorrowed::new_nfd().normalize(&name).into_owned();
            proptest::prop_assert_eq!(&bare(&decomposed), &plain);
        }
    }
}
