//! The details of a booking (OMB-09), as they are kept: they belong to it, and to no other of the same address.

use std::collections::BTreeMap;

use office::{FieldKind, Needs, Service};
use serde::{Deserialize, Serialize};

use crate::phone::readable;
use text::Voice;

/// For whom somebody books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Behalf {
    /// For themselves.
    #[default]
    Oneself,
    /// For somebody else.
    Other,
    /// For a legal person (OMB-01).
    Company,
}

/// Where post reaches somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PostalAddress {
    /// Street and number.
    pub street: String,
    /// Five digits in Greece.
    pub postcode: String,
    /// The town.
    pub town: String,
}

/// A postcode as it stands on letters: «721 00».
pub fn readable_postcode(kept: &str) -> String {
    match kept.split_at_checked(3) {
        Some((area, rest)) if kept.len() == 5 && kept.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{area} {rest}")
        }
        _ => kept.to_owned(),
    }
}

/// What was said with a booking.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// For whom.
    pub behalf: Behalf,
    /// Who comes: the person served, or who represents a legal person.
    pub name: String,
    /// Who books, if for somebody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applicant: Option<String>,
    /// The legal person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<String>,
    /// The legal person's tax number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tax_number: Option<String>,
    /// Where the person served has mail, if not at the address that was proven.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub served_email: Option<String>,
    /// Where the person served is called, as E.164.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Where post reaches them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_address: Option<PostalAddress>,
    /// The number of an identity card or a passport.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<String>,
    /// The answers to the service's own fields (FLD-28), by key.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<String, String>,
}

impl Details {
    /// As they are kept.
    pub fn from_json(json: &serde_json::Value) -> Option<Self> {
        serde_json::from_value(json.clone()).ok()
    }

    /// What was said, as people read it: what it is, and it.
    pub fn lines(&self, service: Option<&Service>, voice: Voice) -> Vec<(String, String)> {
        let mut lines = Vec::new();
        let mut line = |id: &str, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                lines.push((voice.say(id), value));
            }
        };
        line("fact-company", self.company.clone());
        line("fact-tax-number", self.tax_number.clone());
        line(
            match self.behalf {
                Behalf::Oneself => "fact-name",
                Behalf::Other => "fact-name-other",
                Behalf::Company => "fact-name-company",
            },
            Some(self.name.clone()),
        );
        line("fact-applicant", self.applicant.clone());
        line("fact-phone", self.phone.as_deref().map(readable));
        line("fact-served-email", self.served_email.clone());
        let one_line = |address: &PostalAddress| {
            format!("{}, {} {}", address.street, readable_postcode(&address.postcode), address.town)
        };
        line("fact-postal-address", self.postal_address.as_ref().map(one_line));
        line("fact-identity", self.identity.clone());
        for field in service.iter().flat_map(|service| &service.fields) {
            if let Some(answer) = self.fields.get(&field.key).filter(|answer| !answer.is_empty()) {
                let chosen = match field.kind {
                    FieldKind::Choice => answer.parse().ok().and_then(|number: usize| field.choices.get(number)),
                    FieldKind::Line | FieldKind::Lines | FieldKind::Digits | FieldKind::Date => None,
                };
                let answer = chosen.map_or_else(|| answer.clone(), |choice| voice.of_text(choice));
                lines.push((voice.of_text(&field.label), answer));
            }
        }
        lines
    }
}

/// What somebody needs (FLD-34), as they read it again; none if nothing.
pub fn needs_line(needs: &Needs, voice: Voice) -> Option<(String, String)> {
    let Needs { sign_language, other_language, escort, more_time } = *needs;
    let all = [
        (sign_language, "need-sign-language-label"),
        (other_language, "need-other-language-label"),
        (escort, "need-escort-label"),
        (more_time, "need-more-time-label"),
    ];
    let said: Vec<String> = all.into_iter().filter(|(is, _)| *is).map(|(_, id)| voice.say(id)).collect();
    (!said.is_empty()).then(|| (voice.say("fact-needs"), said.join(" · ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_is_shown_as_on_letters() {
        assert_eq!(readable_postcode("72100"), "721 00");
        assert_eq!((readable_postcode("SW1A"), readable_postcode("αβγδε")), ("SW1A".into(), "αβγδε".into()));
    }
}
