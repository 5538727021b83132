//! The table of what people say of themselves with a booking. The forms, the check, what is read again, what changed and
//! what is taken along follow from it: a detail more is a row more here, with its label and its fault in the texts.

use office::{Channel, OnlineRules, Requirement};

use crate::{
    address::{AddressFlaw, address, readable_address},
    behalf::Behalf,
    details::Details,
    phone::{PhoneFlaw, phone_flaw, phone_number, readable},
    postal_address::readable_postcode,
    tax_number::tax_number,
};

/// One thing that people say of themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The legal person's name.
    Company,
    /// The legal person's tax number.
    TaxNumber,
    /// Who comes.
    Name,
    /// Who books for another.
    Applicant,
    /// Where the person served has mail.
    ServedEmail,
    /// Where somebody is called.
    Phone,
    /// Street and number of the postal address.
    Street,
    /// The postcode of the postal address.
    Postcode,
    /// The town of the postal address.
    Town,
    /// The number of an identity card or a passport.
    Identity,
}

/// What is known of a detail.
#[derive(Debug, Clone, Copy)]
pub struct DetailRow {
    /// The detail that the row is about.
    pub detail: Detail,
    /// Its name in forms. Its label and its hint are the sentences with this name and `-label` or `-hint` behind it.
    pub input: &'static str,
    /// What the audit calls it, and, with `fact-` before it, the sentence before what was said. Details with the same name
    /// here belong together: they are read in one line, and who gives one gives all.
    pub fact: &'static str,
    /// What stands before it in such a line.
    pub joint: &'static str,
    /// Whether its label and its fact are others for each of whom one books.
    pub is_by_behalf: bool,
    /// How it is written.
    pub kind: DetailKind,
    /// The sentence that says what to write where nothing or something else stands.
    pub fault: &'static str,
    /// The same where it may be left out.
    pub fault_if_optional: &'static str,
    /// Of whom it is asked.
    pub need: DetailNeed,
    /// With what it stands in forms.
    pub group: DetailGroup,
    /// What a browser may fill in.
    pub autocomplete: &'static str,
    /// Whether an agent says the same with every booking in their own name.
    pub is_lasting: bool,
    get: fn(&Details) -> Option<&str>,
    set: fn(&mut Details, String),
}

/// How a detail is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailKind {
    /// One line of text.
    Line,
    /// A Greek tax number.
    TaxNumber,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// Five digits where the address is in Greece.
    Postcode,
    /// The number of a document.
    Identity,
}

impl DetailKind {
    /// What is kept of what was typed; `None` if it cannot be that.
    pub fn parse(self, typed: &str) -> Option<String> {
        match self {
            Self::Line => Some(typed.to_owned()),
            Self::TaxNumber => tax_number(typed),
            Self::Email => address(typed).ok().map(|address| address.to_lowercase()),
            Self::Phone => phone_number(typed),
            Self::Postcode => postcode(typed),
            Self::Identity => identity(typed),
        }
    }

    /// The sentence that says what is wrong with what was typed, where more is known than that it is.
    pub fn flaw(self, typed: &str) -> Option<&'static str> {
        match self {
            Self::Phone if !typed.is_empty() => phone_flaw(typed).map(PhoneFlaw::sentence),
            Self::Email if !typed.is_empty() => address(typed).err().map(AddressFlaw::sentence),
            Self::Phone | Self::Line | Self::TaxNumber | Self::Email | Self::Postcode | Self::Identity => None,
        }
    }

    /// What is kept, as people read it.
    pub fn readable(self, kept: &str) -> String {
        match self {
            Self::Phone => readable(kept),
            Self::Postcode => readable_postcode(kept),
            Self::Email => readable_address(kept),
            Self::Line | Self::TaxNumber | Self::Identity => kept.to_owned(),
        }
    }

    /// What is kept, as a letter repeats it: of a document's number, with which somebody could be somebody else, no more than
    /// shows its owner which one it is. A letter lies in a mailbox for years, and goes through the hands of others. The tax
    /// number is a legal person's, and stands in every register.
    pub fn in_letter(self, kept: &str) -> String {
        match self {
            Self::Identity => masked(kept),
            Self::Line | Self::TaxNumber | Self::Email | Self::Phone | Self::Postcode => self.readable(kept),
        }
    }

    /// Whether little is written.
    pub const fn is_narrow(self) -> bool {
        match self {
            Self::TaxNumber | Self::Phone | Self::Postcode | Self::Identity => true,
            Self::Line | Self::Email => false,
        }
    }
}

/// So many characters of a number are seen at its end, and of a short one no more than half.
const MASKED_END: usize = 3;

/// A number of which the end is seen.
fn masked(number: &str) -> String {
    let length = number.chars().count();
    let hidden = length - MASKED_END.min(length / 2);
    number.chars().enumerate().map(|(nth, character)| if nth < hidden { '•' } else { character }).collect()
}

/// Three to ten letters, digits and hyphens, without blanks.
fn postcode(typed: &str) -> Option<String> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let is_code = (3..=10).contains(&plain.len()) && plain.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    is_code.then_some(plain)
}

/// Letters, digits, blanks, hyphens and slashes, as numbers of documents have.
fn identity(typed: &str) -> Option<String> {
    let is_plain = typed.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '/'));
    (is_plain && (4..=20).contains(&typed.chars().count())).then(|| typed.to_uppercase())
}

/// Of whom a detail is asked.
#[derive(Debug, Clone, Copy)]
pub enum DetailNeed {
    /// Of everybody.
    OfAll,
    /// Of legal persons.
    OfCompanies,
    /// Of who books for somebody else.
    OfOthers(Requirement),
    /// As the office's rules say.
    ByRule(fn(&OnlineRules) -> Requirement),
    /// The telephone: who is called needs a number; somebody else may have none, and is reached through who books (OMB-14).
    OfReached,
}

/// With what a detail stands in forms, in the order of the forms. What the service asks for stands before the last group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailGroup {
    /// About a legal person.
    Company,
    /// Who comes.
    Who,
    /// Who books for another.
    Other,
    /// How somebody is reached.
    Reached,
    /// Where post goes.
    Postal,
    /// What quickens the identification.
    Identity,
}

impl DetailGroup {
    /// For whom one books who is asked for this group; for oneself, if it is asked of all.
    pub const fn behalf(self) -> Behalf {
        match self {
            Self::Company => Behalf::Company,
            Self::Other => Behalf::Other,
            Self::Who | Self::Reached | Self::Postal | Self::Identity => Behalf::Oneself,
        }
    }
}

impl Detail {
    /// Every detail, in the order of the forms.
    pub fn all() -> impl Iterator<Item = &'static DetailRow> {
        ROWS.iter()
    }

    /// What is known of it.
    pub const fn row(self) -> &'static DetailRow {
        &ROWS[self as usize]
    }
}

impl DetailRow {
    /// What stands there, as it is kept.
    pub fn of<'a>(&self, details: &'a Details) -> Option<&'a str> {
        (self.get)(details).filter(|text| !text.is_empty())
    }

    /// Keeps what was said.
    pub fn put(&self, details: &mut Details, text: String) {
        (self.set)(details, text);
    }

    /// Whether it is asked of who books in this way.
    pub fn asked(&self, behalf: Behalf, channel: Channel, online: &OnlineRules) -> Requirement {
        match self.need {
            DetailNeed::OfAll => Requirement::Required,
            DetailNeed::OfCompanies if behalf == Behalf::Company => Requirement::Required,
            DetailNeed::OfOthers(asked) if behalf == Behalf::Other => asked,
            DetailNeed::OfCompanies | DetailNeed::OfOthers(_) => Requirement::No,
            DetailNeed::ByRule(rule) => rule(online),
            DetailNeed::OfReached => match online.phone {
                _ if channel == Channel::Telephone => Requirement::Required,
                Requirement::Required if behalf == Behalf::Other => Requirement::Optional,
                asked => asked,
            },
        }
    }

    /// The sentence of its label.
    pub fn label(&self, behalf: Behalf) -> String {
        format!("{}{}-label", self.input, self.ending(behalf))
    }

    /// The sentence before what was said.
    pub fn fact_label(&self, behalf: Behalf) -> String {
        format!("fact-{}{}", self.fact, self.ending(behalf))
    }

    const fn ending(&self, behalf: Behalf) -> &'static str {
        match behalf {
            Behalf::Other if self.is_by_behalf => "-other",
            Behalf::Company if self.is_by_behalf => "-company",
            Behalf::Oneself | Behalf::Other | Behalf::Company => "",
        }
    }
}

/// A line that everybody may leave out: what a row does not say is as here.
const LINE: DetailRow = DetailRow {
    detail: Detail::Name,
    input: "",
    fact: "",
    joint: "",
    is_by_behalf: false,
    kind: DetailKind::Line,
    fault: "text-control",
    fault_if_optional: "text-control",
    need: DetailNeed::ByRule(|_| Requirement::Optional),
    group: DetailGroup::Identity,
    autocomplete: "off",
    is_lasting: false,
    get: |_| None,
    set: |_, _| {},
};

/// A part of the postal address.
const POSTAL: DetailRow = DetailRow {
    fact: "postal-address",
    need: DetailNeed::ByRule(|online| online.postal_address),
    group: DetailGroup::Postal,
    is_lasting: true,
    ..LINE
};

/// The table, in the order of the forms.
static ROWS: [DetailRow; 10] = [
    DetailRow {
        detail: Detail::Company,
        input: "company",
        fact: "company",
        fault: "company-missing",
        need: DetailNeed::OfCompanies,
        group: DetailGroup::Company,
        autocomplete: "organization",
        is_lasting: true,
        get: |details| details.company.as_deref(),
        set: |details, text| details.company = Some(text),
        ..LINE
    },
    DetailRow {
        detail: Detail::TaxNumber,
        input: "tax",
        fact: "tax-number",
        kind: DetailKind::TaxNumber,
        fault: "tax-wrong",
        need: DetailNeed::OfCompanies,
        group: DetailGroup::Company,
        is_lasting: true,
        get: |details| details.tax_number.as_deref(),
        set: |details, text| details.tax_number = Some(text),
        ..LINE
    },
    DetailRow {
        detail: Detail::Name,
        input: "name",
        fact: "name",
        is_by_behalf: true,
        fault: "name-missing",
        need: DetailNeed::OfAll,
        group: DetailGroup::Who,
        autocomplete: "name",
        is_lasting: true,
        get: |details| Some(&details.name),
        set: |details, text| details.name = text,
        ..LINE
    },
    DetailRow {
        detail: Detail::Applicant,
        input: "applicant",
        fact: "applicant",
        fault: "applicant-missing",
        need: DetailNeed::OfOthers(Requirement::Required),
        group: DetailGroup::Other,
        get: |details| details.applicant.as_deref(),
        set: |details, text| details.applicant = Some(text),
        ..LINE
    },
    DetailRow {
        detail: Detail::ServedEmail,
        input: "served-email",
        fact: "served-email",
        kind: DetailKind::Email,
        fault: "email-wrong",
        fault_if_optional: "email-wrong",
        need: DetailNeed::OfOthers(Requirement::Optional),
        group: DetailGroup::Other,
        get: |details| details.served_email.as_deref(),
        set: |details, text| details.served_email = Some(text),
        ..LINE
    },
    DetailRow {
        detail: Detail::Phone,
        input: "phone",
        fact: "phone",
        kind: DetailKind::Phone,
        fault: "phone-wrong",
        fault_if_optional: "phone-wrong-optional",
        need: DetailNeed::OfReached,
        group: DetailGroup::Reached,
        autocomplete: "tel",
        is_lasting: true,
        get: |details| details.phone.as_deref(),
        set: |details, text| details.phone = Some(text),
        ..LINE
    },
    DetailRow {
        detail: Detail::Street,
        input: "street",
        fault: "street-missing",
        fault_if_optional: "street-missing",
        autocomplete: "street-address",
        get: |details| details.postal_address.as_ref().map(|address| address.street.as_str()),
        set: |details, text| details.postal_address.get_or_insert_default().street = text,
        ..POSTAL
    },
    DetailRow {
        detail: Detail::Postcode,
        input: "postcode",
        joint: ", ",
        kind: DetailKind::Postcode,
        fault: "postcode-wrong",
        fault_if_optional: "postcode-wrong",
        autocomplete: "postal-code",
        get: |details| details.postal_address.as_ref().map(|address| address.postcode.as_str()),
        set: |details, text| details.postal_address.get_or_insert_default().postcode = text,
        ..POSTAL
    },
    DetailRow {
        detail: Detail::Town,
        input: "town",
        joint: " ",
        fault: "town-missing",
        fault_if_optional: "town-missing",
        autocomplete: "address-level2",
        get: |details| details.postal_address.as_ref().map(|address| address.town.as_str()),
        set: |details, text| details.postal_address.get_or_insert_default().town = text,
        ..POSTAL
    },
    DetailRow {
        detail: Detail::Identity,
        input: "identity",
        fact: "identity",
        kind: DetailKind::Identity,
        fault_if_optional: "identity-wrong",
        // It quickens the identification, and nobody has to give it.
        need: DetailNeed::ByRule(|online| match online.identity {
            Requirement::No => Requirement::No,
            Requirement::Required | Requirement::Optional => Requirement::Optional,
        }),
        get: |details| details.identity.as_deref(),
        set: |details, text| details.identity = Some(text),
        ..LINE
    },
];

#[cfg(test)]
mod tests {
    use text::Voice;
    use wire::Language;

    use super::*;

    #[test]
    fn every_detail_stands_in_its_row() {
        for (number, row) in ROWS.iter().enumerate() {
            assert_eq!(row.detail as usize, number, "{:?}", row.detail);
            assert_eq!(row.detail.row().input, row.input);
        }
    }

    #[test]
    fn every_detail_is_kept_where_it_is_found() {
        for row in Detail::all() {
            let mut details = Details::default();
            assert_eq!(row.of(&details), None, "{}", row.input);
            row.put(&mut details, "x".into());
            assert_eq!(row.of(&details), Some("x"), "{}", row.input);
            let others = Detail::all().filter(|other| other.of(&details).is_some());
            assert_eq!(others.count(), 1, "{}", row.input);
        }
    }

    #[test]
    fn every_sentence_of_the_table_exists() {
        let voice = Voice(Language::El);
        for row in Detail::all() {
            for behalf in [Behalf::Oneself, Behalf::Other, Behalf::Company] {
                let faults = [row.fault.to_owned(), row.fault_if_optional.to_owned()];
                for id in [row.label(behalf), row.fact_label(behalf)].into_iter().chain(faults) {
                    assert!(voice.try_with(&id, "n", "").is_some(), "{id}");
                }
            }
        }
    }
}
