//! The sentences as they were shipped, in Fluent's own writing, as far as an office may put them in words of its own.

use std::{collections::HashMap, sync::LazyLock};

use wire::Language;

/// Where sentences are used that belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SentenceGroup {
    /// In the text of mails.
    Mail,
    /// On the booking pages of the office.
    Pages,
    /// Beside the fields of its forms.
    Fields,
    /// In its privacy notice: a changed one is a new version (OMB-18).
    Notice,
    /// On every ticket, below what is said of the visit.
    Ticket,
}

/// Every group.
pub const GROUPS: [SentenceGroup; 5] =
    [SentenceGroup::Mail, SentenceGroup::Pages, SentenceGroup::Fields, SentenceGroup::Notice, SentenceGroup::Ticket];

/// What helps to fill in a form.
const FIELDS: [&str; 8] = [
    "name-hint",
    "phone-hint",
    "identity-hint",
    "applicant-hint",
    "served-email-hint",
    "tax-hint",
    "citizen-email-hint",
    "document-hint",
];

/// The paragraphs of the privacy notice, in their order.
pub const NOTICE: [&str; 4] = ["privacy-what", "privacy-how-long", "privacy-rights", "privacy-complaint"];

/// What stands on every ticket, in its order: for how long it is good, and what to do after a missed call.
pub const TICKET: [&str; 2] = ["ticket-today", "ticket-missed"];

/// What no wording may leave out: where one complains to the data protection authority (OMB-18).
pub const fn never_left_out(id: &str) -> &'static [&'static str] {
    match id.as_bytes() {
        b"privacy-complaint" | b"mail-privacy" => &["115 23", "complaints@dpa.gr"],
        _ => &[],
    }
}

/// Sentences of pages that are about one office alone, and say what an office may have its own word about.
const PAGES: [&str; 29] = [
    "front-lead",
    "front-free",
    "walk-in-text",
    "how-title",
    "how-persons-hint",
    "how-cases-hint",
    "times-none",
    "times-none-on-day",
    "calendar-hint",
    "details-title",
    "details-email",
    "needs-hint",
    "late-anew",
    "late-end-of-day",
    "review-title",
    "consent-no-hint",
    "booked-title",
    "booked-mail",
    "moved-mail",
    "qr-hint",
    "standing-confirmed",
    "standing-cancelled",
    "remote-telephone",
    "change-until",
    "change-too-late",
    "documents-heading",
    "documents-originals",
    "cancel-sure",
    "booking-actions",
];

type Sentences<'a> = HashMap<&'a str, &'a str>;

/// The files of a language, each for its readers: whoever gets mails, citizens, staff, administrators, agents, whoever
/// takes a ticket.
macro_rules! files {
    ($language:literal) => {
        [
            split(include_str!(concat!("../../../text/", $language, "/mail.ftl"))),
            split(include_str!(concat!("../../../text/", $language, "/pages.ftl"))),
            split(include_str!(concat!("../../../text/", $language, "/staff.ftl"))),
            split(include_str!(concat!("../../../text/", $language, "/admin.ftl"))),
            split(include_str!(concat!("../../../text/", $language, "/agents.ftl"))),
            split(include_str!(concat!("../../../text/", $language, "/ticket.ftl"))),
        ]
    };
}

static GREEK: LazyLock<[Sentences<'static>; 6]> = LazyLock::new(|| files!("el"));
static ENGLISH: LazyLock<[Sentences<'static>; 6]> = LazyLock::new(|| files!("en"));
static MAIL: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let source = include_str!("../../../text/el/mail.ftl");
    source.lines().filter_map(begins).map(|(id, _)| id).collect()
});

/// A line with which a sentence begins: its id, and what follows.
fn begins(line: &str) -> Option<(&str, &str)> {
    line.split_once(" =").filter(|(id, _)| {
        id.starts_with(|c: char| c.is_ascii_lowercase()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    })
}

/// The sentences of a file, by id; each with its further lines.
pub fn split(source: &str) -> Sentences<'_> {
    let mut sentences = HashMap::new();
    let mut from: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let continues = line.starts_with([' ', '}', '\t']);
        if !continues {
            if let Some((id, start)) = from.take() {
                sentences.insert(id, source[start..at].trim());
            }
            from = begins(line).map(|(id, rest)| (id, at + line.len() - rest.len()));
        }
        at += line.len();
    }
    if let Some((id, start)) = from {
        sentences.insert(id, source[start..].trim());
    }
    sentences
}

/// The sentences of a group that an office may put in its own words, in the order of the file.
pub fn ids(group: SentenceGroup) -> &'static [&'static str] {
    match group {
        SentenceGroup::Mail => &MAIL,
        SentenceGroup::Pages => &PAGES,
        SentenceGroup::Fields => &FIELDS,
        SentenceGroup::Notice => &NOTICE,
        SentenceGroup::Ticket => &TICKET,
    }
}

/// The sentences of `mail.ftl` or `pages.ftl`.
pub fn of_file(name: &str) -> impl Iterator<Item = &'static str> {
    let [mail, pages, ..] = &*ENGLISH;
    if name == "mail.ftl" { mail.keys() } else { pages.keys() }.copied()
}

/// Whether an office may put this sentence in its own words.
pub fn is_editable(id: &str) -> bool {
    GROUPS.into_iter().any(|group| ids(group).contains(&id))
}

/// A sentence as it was shipped; in English for a language that was added.
#[must_use]
pub fn sentence(language: Language, id: &str) -> Option<&'static str> {
    let files = if language == Language::El { &*GREEK } else { &*ENGLISH };
    files.iter().find_map(|file| file.get(id).copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_found_with_all_its_lines() {
        assert_eq!(sentence(Language::El, "mail-hello"), Some("Γεια σας,"));
        let plural = sentence(Language::El, "calendar-day").unwrap();
        assert!(plural.starts_with("{ $n ->") && plural.ends_with('}') && plural.lines().count() == 5, "{plural}");
        assert!(is_editable("mail-help") && is_editable("qr-hint") && !is_editable("weekday-1"));
        assert!(ids(SentenceGroup::Mail).len() > 40);
    }
}
