//! «Στη θυρίδα 2»: a place with the preposition that its Greek word asks for.

use wire::Language;

use crate::Voice;

/// Where somebody goes or is, in the middle of a sentence: «στη θυρίδα 2», «στο γραφείο 2», «στην αίθουσα 2». In English the
/// sentence has its own preposition, and this is the place alone: `desk 2`.
///
/// The gender follows from the ending of the office's own word, as it does for all common nouns that can name a desk; the «ν» stays
/// before vowels and κ, π, τ, ξ, ψ (Triantafyllidis' grammar).
#[must_use]
pub fn at_place(voice: Voice, word: &str, number: u16) -> String {
    let lower = word.to_lowercase();
    let (preposition, case) = if voice.0 == Language::El { accusative(&lower) } else { ("", lower.as_str()) };
    let place = voice.say_with("desk-name", [("word", case.to_owned().into()), ("number", number.into())]);
    format!("{preposition}{place}")
}

/// The preposition with its article, and the word as it stands after them.
fn accusative(word: &str) -> (&'static str, &str) {
    let (masculine, feminine) = (["ος", "ας", "ης", "ός", "άς", "ής"], ["α", "ά", "η", "ή"]);
    // Neuters in -μα are the one common group that ends as a feminine does: «τμήμα».
    if word.ends_with("μα") {
        ("στο ", word)
    } else if masculine.iter().any(|end| word.ends_with(end)) {
        ("στον ", word.strip_suffix('ς').unwrap_or(word))
    } else if feminine.iter().any(|end| word.ends_with(end)) {
        (if keeps_final_n(word) { "στην " } else { "στη " }, word)
    } else {
        ("στο ", word)
    }
}

/// Whether a feminine article keeps its «ν» before this word.
fn keeps_final_n(word: &str) -> bool {
    let voiced_pairs = ["μπ", "ντ", "γκ"];
    voiced_pairs.iter().any(|pair| word.starts_with(pair))
        || word.starts_with(|first: char| "αάεέηήιίοόυύωώκπτξψ".contains(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_takes_the_article_of_its_word() {
        let greek = |word: &str| at_place(Voice(Language::El), word, 2);
        for (word, said) in [
            ("Θυρίδα", "στη θυρίδα 2"),
            ("Γραφείο", "στο γραφείο 2"),
            ("Γκισέ", "στο γκισέ 2"),
            ("Αίθουσα", "στην αίθουσα 2"),
            ("Πόρτα", "στην πόρτα 2"),
            ("Τμήμα", "στο τμήμα 2"),
            ("Χώρος", "στον χώρο 2"),
        ] {
            assert_eq!(greek(word), said);
        }
        assert_eq!(at_place(Voice(Language::En), "Desk", 2), "desk 2");
    }
}
