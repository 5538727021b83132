//! What a coordinator types of a conference: read into what can be kept, or told in words.

use office::Words;
use people::{address, is_unseen};
use store::ConferenceWords;

use super::{ADDRESSES_MAX, ConferenceFlaw, DESCRIPTION_MAX, NAME_MAX, TITLE_MAX, URL_MAX};

/// Title, description and address as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConferenceTexts {
    /// By what it is known, Greek at least.
    pub title: Words,
    /// What it is about, if anything is said.
    pub description: Words,
    /// Where it is held; nothing, where the body's rooms are.
    pub address: String,
}

impl ConferenceTexts {
    /// What is kept of them. Who wrote one language alone is read in it by everybody.
    ///
    /// # Errors
    /// What is wrong.
    pub fn checked(&self) -> Result<ConferenceWords, ConferenceFlaw> {
        let title = in_both(&self.title);
        if title.el.is_empty() {
            return Err(ConferenceFlaw::TitleMissing);
        }
        let description = in_both(&self.description);
        let is_longer =
            |words: &Words, most: usize| [&words.el, &words.en].iter().any(|one| one.chars().count() > most);
        if is_longer(&title, TITLE_MAX) || is_longer(&description, DESCRIPTION_MAX) {
            return Err(ConferenceFlaw::TooLong);
        }
        // Where no address is named, it is held where the body's rooms are.
        let address = if self.address.trim().is_empty() { String::new() } else { https(&self.address)? };
        Ok(ConferenceWords { title, description, address })
    }
}

/// Without blanks around, and without what nobody sees; each language in the other's place where it alone was written.
fn in_both(words: &Words) -> Words {
    let plain = |text: &str| -> String {
        let seen = text.chars().filter(|one| matches!(one, '\n' | '\t') || !is_unseen(*one));
        seen.collect::<String>().trim().to_owned()
    };
    let (el, en) = (plain(&words.el), plain(&words.en));
    match (el.is_empty(), en.is_empty()) {
        (true, false) => Words::new(en.clone(), en),
        (false, true) => Words::new(el.clone(), el),
        (true, true) | (false, false) => Words::new(el, en),
    }
}

/// An address that leads somewhere by TLS and says nothing else: no other scheme, no name and password before the host.
fn https(typed: &str) -> Result<String, ConferenceFlaw> {
    let typed = typed.trim();
    let rest = typed.get(..8).filter(|scheme| scheme.eq_ignore_ascii_case("https://")).map(|_| &typed[8..]);
    let rest = rest.ok_or(ConferenceFlaw::BadAddress)?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = host.contains('.') && !host.starts_with('.') && !host.contains('@');
    let is_plain = typed.len() <= URL_MAX && typed.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_host && is_plain { Ok(format!("https://{rest}")) } else { Err(ConferenceFlaw::BadAddress) }
}

/// Somebody who is to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressLine {
    /// What stood before the address.
    pub name: Option<String>,
    /// The address.
    pub email: String,
}

/// Reads a list as people paste it: lines, commas or semicolons between, with names before or without. Each address once. A name
/// alone is that of somebody known.
///
/// # Errors
/// Those that are none, or of which more than one is known, as they were typed.
pub(super) fn read_addresses(typed: &str, known: &[AddressLine]) -> Result<Vec<AddressLine>, ConferenceFlaw> {
    let (mut read, mut wrong): (Vec<AddressLine>, Vec<String>) = (Vec::new(), Vec::new());
    let mut unclear: Vec<String> = Vec::new();
    let named = |one: &AddressLine| Some((one.name.as_ref()?.to_lowercase(), one.clone()));
    let named: Vec<(String, AddressLine)> = known.iter().filter_map(named).collect();
    for part in typed.split(['\n', '\r', ',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        if read.len() + wrong.len() + unclear.len() >= ADDRESSES_MAX {
            return Err(ConferenceFlaw::TooManyAddresses);
        }
        let (name, written) = match part.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
            Some((name, written)) => (name.trim().trim_matches('"').trim(), written),
            None => ("", part),
        };
        let name: String = name.chars().filter(|one| !is_unseen(*one)).take(NAME_MAX).collect();
        let asked = part.to_lowercase();
        let mut of_name = named.iter().filter(|(known, _)| *known == asked).map(|(_, one)| one);
        let line = match (address(written), of_name.next()) {
            (Ok(email), _) => AddressLine { name: Some(name).filter(|name| !name.is_empty()), email },
            (Err(_), Some(one)) if of_name.all(|other| other.email == one.email) => one.clone(),
            (Err(_), Some(_)) => {
                unclear.push(part.chars().take(NAME_MAX).collect());
                continue;
            }
            (Err(_), None) => {
                wrong.push(part.chars().take(NAME_MAX).collect());
                continue;
            }
        };
        if !read.iter().any(|one| one.email.eq_ignore_ascii_case(&line.email)) {
            read.push(line);
        }
    }
    match (wrong.is_empty(), unclear.is_empty()) {
        (false, _) => Err(ConferenceFlaw::BadAddresses(wrong)),
        (true, false) => Err(ConferenceFlaw::NamesOfMany(unclear)),
        (true, true) => Ok(read),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pre_06_a_list_is_read_as_people_paste_it() {
        let list =
            "maria@example.gr; Νίκος Π. <nikos@example.gr>,\n\"Ελένη\" <eleni@example.gr>\r\nMARIA@example.gr\n\n";
        let read = read_addresses(list, &[]).unwrap();
        let read: Vec<_> = read.iter().map(|one| (one.name.as_deref(), one.email.as_str())).collect();
        assert_eq!(
            read,
            [(None, "maria@example.gr"), (Some("Νίκος Π."), "nikos@example.gr"), (Some("Ελένη"), "eleni@example.gr")]
        );
        let wrong = read_addresses("maria@example.gr, nobody, <a@b>", &[]);
        assert_eq!(wrong, Err(ConferenceFlaw::BadAddresses(vec!["nobody".into(), "<a@b>".into()])));
        let many: String = (0..=ADDRESSES_MAX).map(|nth| format!("a{nth}@example.gr\n")).collect();
        assert_eq!(read_addresses(&many, &[]), Err(ConferenceFlaw::TooManyAddresses));
        assert_eq!(read_addresses(" \n", &[]), Ok(Vec::new()));
    }

    #[test]
    fn pre_06_a_name_alone_is_that_of_somebody_known() {
        let line = |name: &str, email: &str| AddressLine { name: Some(name.to_owned()), email: email.to_owned() };
        let known = [
            line("Μαρία Κ.", "maria@example.gr"),
            line("ΜΑΡΊΑ Κ.", "maria@example.gr"),
            line("Νίκος", "n1@example.gr"),
            line("Νίκος", "n2@example.gr"),
        ];
        let read = |typed: &str| read_addresses(typed, &known);
        assert_eq!(read("μαρία κ.; maria@example.gr"), Ok(vec![line("Μαρία Κ.", "maria@example.gr")]));
        assert_eq!(read("Νίκος, Μαρία Κ."), Err(ConferenceFlaw::NamesOfMany(vec!["Νίκος".into()])));
        assert_eq!(read("Νίκος, Ελένη"), Err(ConferenceFlaw::BadAddresses(vec!["Ελένη".into()])));
        assert_eq!(read("Νίκος <n2@example.gr>"), Ok(vec![line("Νίκος", "n2@example.gr")]));
    }

    #[test]
    fn pre_06_a_title_is_in_both_languages_and_an_address_leads_by_https() {
        let texts = |el: &str, en: &str, address: &str| ConferenceTexts {
            title: Words::new(el, en),
            description: Words::default(),
            address: address.to_owned(),
        };
        let kept = texts(" Συνεδρίαση ", "", "HTTPS://meet.example.gr/r/1?x=2").checked().unwrap();
        assert_eq!((kept.title.el.as_str(), kept.title.en.as_str()), ("Συνεδρίαση", "Συνεδρίαση"));
        assert_eq!(kept.address, "https://meet.example.gr/r/1?x=2");
        assert_eq!(texts(" ", "", "https://a.gr/").checked(), Err(ConferenceFlaw::TitleMissing));
        assert_eq!(texts(&"α".repeat(301), "", "https://a.gr/").checked(), Err(ConferenceFlaw::TooLong));
        assert_eq!(texts("Α", "A", " ").checked().unwrap().address, "", "where the body's rooms are");
        for wrong in [
            "http://meet.example.gr/",
            "javascript:alert(1)",
            "https://",
            "https://localhost/",
            "https://maria:secret@meet.example.gr/",
            "https://meet.example.gr/a b",
            "https://meet.example.gr\\@evil.example/",
            "https://μεετ.gr/",
        ] {
            assert_eq!(texts("Α", "A", wrong).checked(), Err(ConferenceFlaw::BadAddress), "{wrong}");
        }
    }
}
