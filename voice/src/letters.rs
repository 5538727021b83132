//! Letters by their names, as somebody reads a ticket or a code to another.

use vocabulary::Language;

/// A capital letter of either alphabet by its name. Those that look alike have the Greek name in Greek, for that is how
/// people read a ticket; a letter that only Latin has is called as Greeks call it. What is no letter stays as it is.
#[must_use]
pub fn letter(language: Language, letter: char) -> String {
    let name = if language == Language::El { greek(letter) } else { english(letter) };
    name.map_or_else(|| letter.to_string(), str::to_owned)
}

const fn greek(letter: char) -> Option<&'static str> {
    Some(match letter {
        'A' | 'Α' => "άλφα",
        'B' | 'Β' => "βήτα",
        'Γ' => "γάμα",
        'Δ' => "δέλτα",
        'E' | 'Ε' => "έψιλον",
        'Z' | 'Ζ' => "ζήτα",
        'H' | 'Η' => "ήτα",
        'Θ' => "θήτα",
        'I' | 'Ι' => "γιώτα",
        'K' | 'Κ' => "κάπα",
        'Λ' => "λάμδα",
        'M' | 'Μ' => "μι",
        'N' | 'Ν' => "νι",
        'Ξ' => "ξι",
        'O' | 'Ο' => "όμικρον",
        'Π' => "πι",
        'P' | 'Ρ' => "ρο",
        'Σ' => "σίγμα",
        'T' | 'Τ' => "ταυ",
        'Y' | 'Υ' => "ύψιλον",
        'Φ' => "φι",
        'X' | 'Χ' => "χι",
        'Ψ' => "ψι",
        'Ω' => "ωμέγα",
        'C' => "σι",
        'D' => "ντι",
        'F' => "εφ",
        'G' => "τζι",
        'J' => "τζέι",
        'L' => "ελ",
        'Q' => "κιου",
        'R' => "αρ",
        'S' => "ες",
        'U' => "γιου",
        'V' => "βι",
        'W' => "ντάμπλιου",
        _ => return None,
    })
}

const fn english(letter: char) -> Option<&'static str> {
    Some(match letter {
        'Α' => "A",
        'Β' => "B",
        'Γ' => "gamma",
        'Δ' => "delta",
        'Ε' => "E",
        'Ζ' => "Z",
        'Η' => "H",
        'Θ' => "theta",
        'Ι' => "I",
        'Κ' => "K",
        'Λ' => "lambda",
        'Μ' => "M",
        'Ν' => "N",
        'Ξ' => "xi",
        'Ο' => "O",
        'Π' => "pi",
        'Ρ' => "P",
        'Σ' => "sigma",
        'Τ' => "T",
        'Υ' => "Y",
        'Φ' => "phi",
        'Χ' => "X",
        'Ψ' => "psi",
        'Ω' => "omega",
        _ => return None,
    })
}
