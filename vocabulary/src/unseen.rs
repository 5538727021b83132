//! Characters that nobody sees, and that change how others are read: they have no place in what people write of themselves,
//! nor in what staff write for others.

/// Whether a character is for machines: control characters, marks that turn the direction of writing round, blanks without
/// width, and tags (Unicode 16, 23.2 to 23.9). The two joiners that some scripts need are not among them.
pub fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{00ad}' | '\u{061c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_seen() {
        assert!("Ελένη Ο’Νιλ-Παπαδοπούλου (Μαρία) محمد علی‌زاده ΐΰ".chars().all(|c| !is_unseen(c)));
        for hidden in ['\0', '\u{7}', '\u{202e}', '\u{200f}', '\u{2066}', '\u{feff}', '\u{e0041}'] {
            assert!(is_unseen(hidden), "{hidden:?}");
        }
    }
}
