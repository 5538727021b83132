//! Three words that two people hold against each other.
//!
//! The words mean nothing, and are one list for every language: they are made of the capitals that Greek and Latin letters
//! share in shape and in sound, so that a screen in Greek and a page in English show the same, and a telephone says the same.

use std::{fmt, str::FromStr, sync::LazyLock};

use wire::Language;

/// How many words there are: 11 bits each, 33 bits in three.
const WORDS: usize = 2048;
const BITS: u32 = 11;
/// The letters, Latin and Greek.
const LETTERS: [(char, char); 9] =
    [('A', 'Α'), ('E', 'Ε'), ('I', 'Ι'), ('O', 'Ο'), ('K', 'Κ'), ('M', 'Μ'), ('N', 'Ν'), ('T', 'Τ'), ('Z', 'Ζ')];
const VOWELS: &[u8] = b"AEIO";
const CONSONANTS: &[u8] = b"KMNTZ";
/// What no public screen shows.
const UNFIT: &str = "NAZI";

/// Every word, in its order for ever: three syllables, of which no two neighbours share a letter.
static LIST: LazyLock<Vec<String>> = LazyLock::new(|| {
    let syllables: Vec<[u8; 2]> = CONSONANTS.iter().flat_map(|c| VOWELS.iter().map(|v| [*c, *v])).collect();
    let differ = |one: &[u8; 2], other: &[u8; 2]| one[0] != other[0] && one[1] != other[1];
    let mut all = Vec::new();
    for one in &syllables {
        for two in syllables.iter().filter(|two| differ(one, two)) {
            for three in syllables.iter().filter(|three| differ(two, three)) {
                all.push([one, two, three].iter().flat_map(|letters| letters.map(char::from)).collect::<String>());
            }
        }
    }
    all.retain(|word| !word.contains(UNFIT));
    // Spread over all of them, so that words begin with every letter.
    (0..WORDS).map(|nth| all[nth * all.len() / WORDS].clone()).collect()
});

/// Three words, as both screens of a pairing show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreeWords([u16; 3]);

/// What was written is not three words of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoThreeWords;

impl ThreeWords {
    /// The words of the first 33 bits of a hash.
    pub(crate) fn of(hash: &[u8; 32]) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = *hash;
        let bits = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
        let nth = |place: u32| ((bits >> (u64::BITS - BITS * (place + 1))) & (WORDS as u64 - 1)) as u16;
        Self([nth(0), nth(1), nth(2)])
    }

    /// The words, in the letters of a language.
    #[must_use]
    pub fn in_language(self, language: Language) -> [String; 3] {
        let latin = self.0.map(|nth| LIST[usize::from(nth)].as_str());
        match language {
            Language::El => latin.map(|word| word.chars().map(greek).collect()),
            _ => latin.map(str::to_owned),
        }
    }
}

fn greek(latin: char) -> char {
    LETTERS.iter().find(|letters| letters.0 == latin).map_or(latin, |letters| letters.1)
}

/// The Latin capital of a letter, as people type it: small or large, Greek or Latin, with an accent or without.
fn latin(typed: char) -> Option<char> {
    let plain = match typed {
        'ά' | 'Ά' => 'Α',
        'έ' | 'Έ' => 'Ε',
        'ί' | 'Ί' => 'Ι',
        'ό' | 'Ό' => 'Ο',
        other => other.to_uppercase().next()?,
    };
    LETTERS.iter().find(|letters| letters.0 == plain || letters.1 == plain).map(|letters| letters.0)
}

/// In Latin letters, for logs and programs.
impl fmt::Display for ThreeWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::En).join(" "))
    }
}

impl FromStr for ThreeWords {
    type Err = NoThreeWords;

    fn from_str(typed: &str) -> Result<Self, NoThreeWords> {
        let between = |c: char| c.is_whitespace() || matches!(c, '-' | '·' | ',' | '.');
        let mut found = typed.split(between).filter(|word| !word.is_empty()).map(|word| {
            let word = word.chars().map(latin).collect::<Option<String>>().ok_or(NoThreeWords)?;
            let nth = LIST.iter().position(|listed| *listed == word).ok_or(NoThreeWords)?;
            u16::try_from(nth).map_err(|_| NoThreeWords)
        });
        let mut next = || found.next().ok_or(NoThreeWords)?;
        let words = Self([next()?, next()?, next()?]);
        if found.next().is_some() { Err(NoThreeWords) } else { Ok(words) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn prom_11_the_list_has_2048_words_of_letters_that_both_alphabets_share() {
        let distinct: BTreeSet<&String> = LIST.iter().collect();
        assert_eq!((LIST.len(), distinct.len()), (WORDS, WORDS));
        assert!(LIST.iter().all(|word| word.len() == 6 && word.chars().all(|c| LETTERS.iter().any(|l| l.0 == c))));
        for first in CONSONANTS {
            assert!(LIST.iter().filter(|word| word.as_bytes()[0] == *first).count() > WORDS / 8);
        }
        // The order is part of what a device of last year knows.
        assert_eq!([0, 1, 1023, 2047].map(|nth: usize| LIST[nth].as_str()), ["KAMEKA", "KAMEKI", "NIKANI", "ZOTIZE"]);
    }

    #[test]
    fn prom_11_words_are_read_back_however_they_are_typed() {
        let words = ThreeWords([0, 1024, 2047]);
        let [greek, english] = [Language::El, Language::En].map(|language| words.in_language(language).join(" "));
        assert_ne!(greek, english, "other letters");
        for typed in
            [greek.clone(), english.clone(), greek.to_lowercase(), english.replace(' ', " · "), words.to_string()]
        {
            assert_eq!(typed.parse(), Ok(words), "{typed}");
        }
        for wrong in ["", "KAMEKI", "KAMEKI KAMEKI", "KAMEKI KAMEKI KAMEKI KAMEKI", "one two three"] {
            assert_eq!(wrong.parse::<ThreeWords>(), Err(NoThreeWords), "{wrong}");
        }
    }

    #[test]
    fn prom_11_every_one_of_33_bits_makes_other_words() {
        let hash = [0_u8; 32];
        for bit in 0..33 {
            let mut other = hash;
            other[bit / 8] |= 0x80 >> (bit % 8);
            assert_ne!(ThreeWords::of(&hash), ThreeWords::of(&other), "{bit}");
        }
    }
}
