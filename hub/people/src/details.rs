//! The details of a booking (OMB-09), as they are kept: they belong to it, and to no other of the same address.

use std::collections::{BTreeMap, BTreeSet};

use office::{FieldKind, Service};
use serde::{Deserialize, Serialize};
use text::Voice;

use crate::detail::Detail;

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

impl Behalf {
    /// As forms say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Oneself => "oneself",
            Self::Other => "other",
            Self::Company => "company",
        }
    }

    /// As a form said it; for oneself, if it says nothing of that.
    pub fn of_name(name: &str) -> Self {
        [Self::Other, Self::Company].into_iter().find(|behalf| behalf.name() == name).unwrap_or_default()
    }
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
        let mut lines: Vec<(String, String)> = Vec::new();
        let mut last = "";
        for row in Detail::all() {
            let Some(said) = row.of(self).map(|kept| row.kind.readable(kept)) else { continue };
            match lines.last_mut().filter(|_| last == row.fact) {
                Some((_, line)) => *line = format!("{line}{}{said}", row.joint),
                None => lines.push((voice.say(&row.fact_label(self.behalf)), said)),
            }
            last = row.fact;
        }
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

    /// What is another than before, as the audit calls it; fields of the service have `x-` before their key.
    pub fn changed_since(&self, before: &Self) -> Vec<String> {
        let mut changed: Vec<String> = Vec::new();
        for row in Detail::all().filter(|row| row.of(before) != row.of(self)) {
            if changed.last().is_none_or(|last| last != row.fact) {
                changed.push(row.fact.to_owned());
            }
        }
        let keys: BTreeSet<&String> = before.fields.keys().chain(self.fields.keys()).collect();
        let own = keys.into_iter().filter(|key| before.fields.get(*key) != self.fields.get(*key));
        changed.extend(own.map(|key| format!("x-{key}")));
        changed
    }
}

#[cfg(test)]
mod tests {
    use wire::Language;

    use super::*;

    #[test]
    fn fld_14_a_change_is_known_by_its_fields() {
        let before = Details { name: "Μαρία".into(), phone: Some("+306940000000".into()), ..Details::default() };
        let mut after = before.clone();
        assert_eq!(after.changed_since(&before), [] as [&str; 0]);
        after.name = "Μαρίνα".into();
        after.postal_address =
            Some(PostalAddress { town: "Άγιος Νικόλαος".into(), ..PostalAddress::default() });
        after.fields.insert("protocol".into(), "7".into());
        assert_eq!(after.changed_since(&before), ["name", "postal-address", "x-protocol"]);
    }

    #[test]
    fn an_address_is_read_in_one_line() {
        let (street, postcode, town) = ("Πλατεία 1".into(), "72100".into(), "Άγιος Νικόλαος".into());
        let address = Some(PostalAddress { street, postcode, town });
        let details = Details { name: "Μαρία".into(), postal_address: address, ..Details::default() };
        let lines = details.lines(None, Voice(Language::El));
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[1].1, "Πλατεία 1, 721 00 Άγιος Νικόλαος");
    }

    #[test]
    fn a_postcode_is_shown_as_on_letters() {
        assert_eq!(readable_postcode("72100"), "721 00");
        assert_eq!((readable_postcode("SW1A"), readable_postcode("αβγδε")), ("SW1A".into(), "αβγδε".into()));
    }
}
