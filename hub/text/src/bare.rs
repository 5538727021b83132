//! Greek as people type it who search.

/// In small letters, without accents and with one sigma.
pub fn bare(text: &str) -> String {
    let letter = |c: char| match c {
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' | 'ΐ' => 'ι',
        'ό' => 'ο',
        'ύ' | 'ϋ' | 'ΰ' => 'υ',
        'ώ' => 'ω',
        'ς' => 'σ',
        other => other,
    };
    text.chars().flat_map(char::to_lowercase).map(letter).collect()
}
