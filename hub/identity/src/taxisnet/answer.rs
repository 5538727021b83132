//! How answers of TAXISnet are read. Their labels (media types) are not believed: an answer is what stands in it.

use roxmltree::{Document, Node, ParsingOptions};
use serde::Deserialize;

use crate::{
    claims::name,
    fault::{ProviderFault, UnreadCause},
};

/// A profile has two elements; so many nodes of whatever kind are read.
const NODES_MAX: u32 = 64;
/// No token is longer; it goes into a header.
const TOKEN_LETTERS_MAX: usize = 4096;
/// What stands where a value is missing.
const NO_VALUE: &str = "null";

/// The right to ask who a person is. It is used once and kept nowhere.
pub struct BearerToken(pub String);

impl std::fmt::Debug for BearerToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BearerToken(…)")
    }
}

/// What is kept of a person: all else that TAXISnet says is forgotten where it is read.
#[derive(Clone, PartialEq, Eq)]
pub struct TaxisnetPerson {
    /// The tax number (ΑΦΜ), nine digits of which the last checks the others.
    pub tax_number: String,
    /// As TAXISnet writes it, mostly in capitals without accents.
    pub first_name: String,
    /// As TAXISnet writes it too.
    pub last_name: String,
}

impl std::fmt::Debug for TaxisnetPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TaxisnetPerson(…)")
    }
}

/// The one thing of the answer that is needed. How long a token lasts, its kind and what else stands there is not read, so
/// that nothing hangs on the form in which it is written.
#[derive(Deserialize)]
struct TokenAnswer {
    access_token: Option<String>,
    error: Option<serde_json::Value>,
}

/// The token in an answer.
pub fn read_token(body: &[u8]) -> Result<BearerToken, ProviderFault> {
    let unreadable = ProviderFault::Unreadable(UnreadCause::Form);
    let answer: TokenAnswer = serde_json::from_slice(body).map_err(|_| unreadable)?;
    let Some(token) = answer.access_token else {
        // A no with the status of a yes.
        return Err(if answer.error.is_some() { ProviderFault::Refused(200) } else { unreadable });
    };
    let is_token = (1..=TOKEN_LETTERS_MAX).contains(&token.len()) && token.bytes().all(|byte| byte.is_ascii_graphic());
    if is_token { Ok(BearerToken(token)) } else { Err(ProviderFault::Unreadable(UnreadCause::Value)) }
}

/// The person in a profile.
pub fn read_person(body: &[u8]) -> Result<TaxisnetPerson, ProviderFault> {
    let form = ProviderFault::Unreadable(UnreadCause::Form);
    let text = std::str::from_utf8(body).map_err(|_| form)?;
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES_MAX, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text.trim_start(), options).map_err(|error| match error {
        roxmltree::Error::DtdDetected => ProviderFault::Unreadable(UnreadCause::DocumentType),
        _ => form,
    })?;
    let mut profiles = document.descendants().filter(|node| node.has_tag_name("userinfo"));
    let profile = profiles.next().ok_or(form)?;
    if profiles.next().is_some() {
        return Err(ProviderFault::Unreadable(UnreadCause::Value));
    }
    let typed = value(profile, "taxid").filter(|typed| !typed.eq_ignore_ascii_case(NO_VALUE));
    let (Some(typed), Some(first), Some(last)) = (typed, value(profile, "firstname"), value(profile, "lastname"))
    else {
        return Err(ProviderFault::NotAPerson);
    };
    let wrong = ProviderFault::Unreadable(UnreadCause::Value);
    let tax_number = people::tax_number(typed).ok_or(wrong)?;
    Ok(TaxisnetPerson { tax_number, first_name: name(first).ok_or(wrong)?, last_name: name(last).ok_or(wrong)? })
}

/// A value without the blanks with which TAXISnet fills them up; `None` where there is none.
fn value<'a>(profile: Node<'a, '_>, name: &str) -> Option<&'a str> {
    let value = profile.attribute(name)?.trim();
    (!value.is_empty() && value != NO_VALUE).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(taxid: &str, first: &str, last: &str) -> String {
        format!(
            "<root><userinfo userid=\"User068933130   \" taxid=\"{taxid}\" lastname=\"{last}\" firstname=\"{first}\" \
             fathername=\"ΝΙΚΟΛΑΟΣ\" mothername=\"ΑΝΝΑ\" birthyear=\"1950\"/></root>"
        )
    }

    fn read(text: &str) -> Result<TaxisnetPerson, ProviderFault> {
        read_person(text.as_bytes())
    }

    #[test]
    fn pre_02_padded_values_are_trimmed_and_three_of_them_kept() {
        let person = read(&profile("068933130   ", "ΜΑΡΙΑ  ΕΛΕΝΗ ", "  ΠΑΠΑΔΟΠΟΥΛΟΥ   ")).unwrap();
        assert_eq!(person.tax_number, "068933130");
        assert_eq!((person.first_name.as_str(), person.last_name.as_str()), ("ΜΑΡΙΑ ΕΛΕΝΗ", "ΠΑΠΑΔΟΠΟΥΛΟΥ"));
        assert_eq!(format!("{person:?}"), "TaxisnetPerson(…)", "nothing of it goes into a log");
        let declared =
            format!("\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}", profile("068933130", "Μ", "Π"));
        assert!(read(&declared).is_ok());
    }

    #[test]
    fn pre_02_what_is_no_natural_persons_account_is_told_so() {
        for (taxid, first, last) in [
            ("null", "null", "null"),
            ("null   ", "ΜΑΡΙΑ", "ΠΑΠΑ"),
            ("NULL", "ΜΑΡΙΑ", "ΠΑΠΑ"),
            ("090000045", "null", "ΔΗΜΟΣ"),
            ("090000045", "  null  ", "ΔΗΜΟΣ"),
            ("090000045", "", "ΔΗΜΟΣ"),
            ("090000045", "ΜΑΡΙΑ", "   "),
            ("", "ΜΑΡΙΑ", "ΠΑΠΑ"),
        ] {
            assert_eq!(read(&profile(taxid, first, last)), Err(ProviderFault::NotAPerson), "{taxid} {first} {last}");
        }
        let missing = "<root><userinfo taxid=\"090000045\" lastname=\"ΔΗΜΟΣ\"/></root>";
        assert_eq!(read(missing), Err(ProviderFault::NotAPerson));
        assert_eq!(read("<root><userinfo/></root>"), Err(ProviderFault::NotAPerson));
    }

    #[test]
    fn pre_02_a_document_type_is_refused_whatever_it_names() {
        let body = profile("068933130", "ΜΑΡΙΑ", "ΠΑΠΑ");
        for kind in [
            "<!DOCTYPE root>",
            "<!DOCTYPE root []>",
            "<!DOCTYPE root SYSTEM \"file:///etc/passwd\">",
            "<!DOCTYPE root PUBLIC \"-//A\" \"http://a.gr/x.dtd\">",
            "<!DOCTYPE root [<!ENTITY a \"ΜΑΡΙΑ\">]>",
            "<!DOCTYPE root [<!ENTITY % a SYSTEM \"http://a.gr/\"> %a;]>",
        ] {
            let said = read(&format!("<?xml version=\"1.0\"?>{kind}{body}"));
            assert_eq!(said, Err(ProviderFault::Unreadable(UnreadCause::DocumentType)), "{kind}");
        }
        let entity = profile("068933130", "&a;", "ΠΑΠΑ");
        assert_eq!(read(&entity), Err(ProviderFault::Unreadable(UnreadCause::Form)));
    }

    #[test]
    fn pre_02_another_form_and_wrong_values_are_told_apart() {
        let (form, value) =
            (Err(ProviderFault::Unreadable(UnreadCause::Form)), Err(ProviderFault::Unreadable(UnreadCause::Value)));
        for text in ["", "<root>", "<html><body>Σύνδεση</body></html>", "{\"root\": {}}", "<root/>"] {
            assert_eq!(read(text), form, "{text}");
        }
        assert_eq!(read_person(b"<root>\xff\xfe</root>"), form);
        assert_eq!(read(&format!("<root>{}</root>", "<a/>".repeat(1000))), form, "as many nodes as nobody sends");
        let deep = format!("{}{}", "<a>".repeat(10_000), "</a>".repeat(10_000));
        assert_eq!(read(&deep), form);
        for taxid in ["068933131", "012345678", "12345678", "000000000", "0689331300"] {
            assert_eq!(read(&profile(taxid, "ΜΑΡΙΑ", "ΠΑΠΑ")), value, "{taxid}");
        }
        assert_eq!(read(&profile("068933130", &"Α".repeat(300), "ΠΑΠΑ")), value);
        let twice = format!("<a>{0}{0}</a>", profile("068933130", "ΜΑΡΙΑ", "ΠΑΠΑ"));
        assert_eq!(read(&twice), value, "two people in one answer");
    }

    #[test]
    fn pre_02_a_token_is_read_however_its_life_is_written() {
        let read = |text: &str| read_token(text.as_bytes()).map(|token| token.0);
        for life in ["3600", "\"3600\"", "\"soon\"", "null", "{}"] {
            let text = format!("{{\"access_token\":\"a-b.c\",\"token_type\":\"example\",\"expires_in\":{life}}}");
            assert_eq!(read(&text).as_deref(), Ok("a-b.c"), "{life}");
        }
        assert_eq!(read("{\"error\":\"invalid_grant\"}"), Err(ProviderFault::Refused(200)));
        for text in ["", "<html/>", "{}", "[]", "{\"access_token\":7}"] {
            assert_eq!(read(text), Err(ProviderFault::Unreadable(UnreadCause::Form)), "{text}");
        }
        let long = "a".repeat(TOKEN_LETTERS_MAX + 1);
        for token in ["", "a b", "a\\r\\nX: y", "α", &long] {
            let text = format!("{{\"access_token\":\"{token}\"}}");
            assert_eq!(read(&text), Err(ProviderFault::Unreadable(UnreadCause::Value)), "{token}");
        }
    }
}
