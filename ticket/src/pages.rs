//! Greek letters as bytes of a printer's code page, or not at all.

use firmware_config::CodePage;
use yore::code_pages::{CP737, CP869, CP1253};

/// ISO 8859-7 of 2003 from A0 on; a space stands where it has no character. A0 itself is the space that does not break.
const ISO8859_7: &str =
    "\u{a0}‘’£€₯¦§¨©ͺ«¬\u{ad} ―°±²³΄΅Ά·ΈΉΊ»Ό½ΎΏΐΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡ ΣΤΥΦΧΨΩΪΫάέήίΰαβγδεζηθικλμνξοπρςστυφχψωϊϋόύώ ";

/// The bytes of a text in a code page; none if the page lacks one of its characters.
pub fn encode(text: &str, page: CodePage) -> Option<Vec<u8>> {
    let bytes = match page {
        CodePage::Wpc1253 => CP1253.encode(text).ok()?.into_owned(),
        CodePage::Cp869 => CP869.encode(text).ok()?.into_owned(),
        CodePage::Cp737 => CP737.encode(text).ok()?.into_owned(),
        CodePage::Iso8859_7 => text.chars().map(iso8859_7).collect::<Option<Vec<u8>>>()?,
    };
    // The DOS pages have pictures below 20h ("§" is 15h), which a printer takes for commands.
    bytes.iter().all(|byte| *byte >= 0x20 && *byte != 0x7F).then_some(bytes)
}

fn iso8859_7(letter: char) -> Option<u8> {
    if letter.is_ascii() {
        return u8::try_from(letter).ok();
    }
    let index = ISO8859_7.chars().position(|held| held == letter)?;
    u8::try_from(0xA0 + index).ok()
}

/// A text as it is printed: one kind of space, one kind of each Greek sign, and no control characters.
pub fn printable(text: &str) -> String {
    let letters = text.chars().filter_map(|letter| match letter {
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\t' | '\n' | '\r' => Some(' '),
        '\u{387}' => Some('·'),
        '\u{37e}' => Some(';'),
        '\u{ad}' => None,
        _ if letter.is_control() => None,
        _ => Some(letter),
    });
    composed(letters)
}

/// Puts a vowel and the accent that follows it together, as keyboards of some makers send them apart.
fn composed(letters: impl Iterator<Item = char>) -> String {
    const PAIRS: &[(&str, &str, char)] =
        &[("αεηιουωΑΕΗΙΟΥΩ", "άέήίόύώΆΈΉΊΌΎΏ", '\u{301}'), ("ιυΙΥ", "ϊϋΪΫ", '\u{308}'), ("ϊϋ", "ΐΰ", '\u{301}')];
    let mut text = String::new();
    for letter in letters {
        let joined = text.chars().next_back().and_then(|before| {
            PAIRS.iter().find_map(|(bare, with, sign)| {
                let index = bare.chars().position(|held| held == before).filter(|_| *sign == letter)?;
                with.chars().nth(index)
            })
        });
        match joined {
            Some(joined) => {
                text.pop();
                text.push(joined);
            }
            None => text.push(letter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALPHABET: &str = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώΆΈΉΊΌΎΏϊϋΪΫ";

    #[track_caller]
    fn check(text: &str, page: CodePage, expect: Option<&[u8]>) {
        assert_eq!(encode(text, page).as_deref(), expect, "{text} in {page:?}");
    }

    #[test]
    fn known_bytes_of_every_page() {
        check("Γεια", CodePage::Cp737, Some(&[0x82, 0x9C, 0xA0, 0x98]));
        check("Γεια", CodePage::Cp869, Some(&[0xA6, 0xDE, 0xE3, 0xD6]));
        check("Γεια", CodePage::Wpc1253, Some(&[0xC3, 0xE5, 0xE9, 0xE1]));
        check("Γεια", CodePage::Iso8859_7, Some(&[0xC3, 0xE5, 0xE9, 0xE1]));
        check("Ά", CodePage::Cp737, Some(&[0xEA]));
        check("Ά", CodePage::Cp869, Some(&[0x86]));
        check("Ά", CodePage::Wpc1253, Some(&[0xA2]));
        check("Ά", CodePage::Iso8859_7, Some(&[0xB6]));
        check("Μαΐου", CodePage::Wpc1253, Some(&[0xCC, 0xE1, 0xC0, 0xEF, 0xF5]));
        check("Μαΐου", CodePage::Cp869, Some(&[0xB7, 0xD6, 0xA1, 0xE9, 0xF2]));
        check("A-1", CodePage::Wpc1253, Some(b"A-1"));
    }

    #[test]
    fn what_a_page_lacks_is_refused() {
        check("Μαΐου", CodePage::Cp737, None);
        check("€", CodePage::Cp737, None);
        check("€", CodePage::Cp869, None);
        check("€", CodePage::Iso8859_7, Some(&[0xA4]));
        check("€ – — “ ”", CodePage::Wpc1253, Some(&[0x80, b' ', 0x96, b' ', 0x97, b' ', 0x93, b' ', 0x94]));
        check("–", CodePage::Iso8859_7, None);
    }

    #[test]
    fn pictures_that_would_be_commands_are_refused() {
        check("§", CodePage::Cp737, None);
        check("►", CodePage::Cp737, None);
        check("\u{1b}", CodePage::Wpc1253, None);
        check("\u{7f}", CodePage::Wpc1253, None);
    }

    #[test]
    fn every_page_holds_the_everyday_alphabet() {
        for page in [CodePage::Wpc1253, CodePage::Iso8859_7, CodePage::Cp869, CodePage::Cp737] {
            assert_eq!(encode(ALPHABET, page).map(|bytes| bytes.len()), Some(ALPHABET.chars().count()), "{page:?}");
        }
    }

    #[test]
    fn the_table_of_8859_7_has_96_places_and_agrees_with_1253_on_letters() {
        assert_eq!(ISO8859_7.chars().count(), 96);
        for letter in ALPHABET.chars().filter(|letter| *letter != 'Ά') {
            let letter = letter.to_string();
            assert_eq!(encode(&letter, CodePage::Iso8859_7), encode(&letter, CodePage::Wpc1253), "{letter}");
        }
    }

    #[test]
    fn letters_sent_apart_are_joined_and_odd_spaces_made_even() {
        assert_eq!(printable("Μαι\u{308}\u{301}ου 5\u{a0}λεπτα\u{301}\u{387} τι\u{37e}"), "Μαΐου 5 λεπτά· τι;");
        assert_eq!(printable("α\u{1b}β\u{10}\u{4}\u{1}γ\nδ"), "αβγ δ");
    }
}
