//! In which language a page is shown to a browser from which nobody has chosen one yet.

use wire::Language;

use crate::sentence::spoken;

/// More parts of a header than any browser sends.
const PARTS_MAX: usize = 32;

/// By `Accept-Language` (RFC 9110, 12.5.4): Greek if Greek stands anywhere in it, since many Greeks run English systems, or if the
/// browser says nothing; else the language that it likes best of those that we speak; else English.
#[must_use]
pub fn asked(accepted: &str) -> Language {
    let mut liked: Vec<(&str, u16)> = accepted.split(',').take(PARTS_MAX).filter_map(part).collect();
    if liked.iter().all(|(language, _)| *language == "*") {
        return Language::El;
    }
    // A stable order: of equals the first stays first.
    liked.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    let spoken: Vec<Language> = liked.iter().filter_map(|(language, _)| spoken(language)).collect();
    if spoken.contains(&Language::El) { Language::El } else { spoken.first().copied().unwrap_or(Language::En) }
}

/// The language of one part, without its region, and its weight in thousandths; `None` if it is not wanted.
fn part(part: &str) -> Option<(&str, u16)> {
    let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
    let language = tag.trim().split(['-', '_']).next().filter(|language| !language.is_empty())?;
    let weight: f32 = weight.trim().strip_prefix("q=").and_then(|weight| weight.trim().parse().ok()).unwrap_or(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held between 0 and 1000")]
    let thousandths = (weight.clamp(0.0, 1.0) * 1_000.0) as u16;
    (thousandths > 0).then_some((language, thousandths))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn card_05_a_page_speaks_greek_to_who_reads_greek() {
        for greek in [
            "",
            " ",
            "*",
            "el",
            "el-GR,el;q=0.9",
            "en-US,en;q=0.9,el;q=0.1",
            "EL-gr",
            "de,fr,el;q=0.2",
            ",,;",
            "*;q=0.5",
        ] {
            assert_eq!(asked(greek), Language::El, "{greek:?}");
        }
        for english in ["en", "en-US,en;q=0.9", "de-DE,de;q=0.9", "fr;q=0.8,en;q=0.1", "en,el;q=0", "zz,*;q=0.1"] {
            assert_eq!(asked(english), Language::En, "{english:?}");
        }
        assert_eq!(asked(&"en,".repeat(100_000)), Language::En);
        assert_eq!(asked("el;q=nonsense"), Language::El);
    }
}
