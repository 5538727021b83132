//! The details of a booking as they are read again, and as the audit reads what changed: row by row of the table.

use std::collections::BTreeSet;

use office::{FieldKind, Service};
use text::Voice;

use crate::{
    detail::{Detail, DetailKind},
    details::Details,
};

impl Details {
    /// What was said, as people read it: what it is, and it.
    pub fn lines(&self, service: Option<&Service>, voice: Voice) -> Vec<(String, String)> {
        self.lines_as(service, voice, DetailKind::readable)
    }

    /// The same as a letter repeats it: of the number of a document the end alone.
    pub fn letter_lines(&self, service: Option<&Service>, voice: Voice) -> Vec<(String, String)> {
        self.lines_as(service, voice, DetailKind::in_letter)
    }

    fn lines_as(
        &self,
        service: Option<&Service>,
        voice: Voice,
        said: impl Fn(DetailKind, &str) -> String,
    ) -> Vec<(String, String)> {
        let mut lines: Vec<(String, String)> = Vec::new();
        let mut last = "";
        for row in Detail::all() {
            let Some(said) = row.of(self).map(|kept| said(row.kind, kept)) else { continue };
            match lines.last_mut().filter(|_| last == row.fact) {
                Some((_, line)) => *line = format!("{line}{}{said}", row.joint),
                None => lines.push((voice.say(&row.fact_label(self.behalf)), said)),
            }
            last = row.fact;
        }
        for field in service.iter().flat_map(|service| &service.fields) {
            if let Some(answer) = self.fields.get(&field.key).filter(|answer| !answer.is_empty()) {
                let chosen = match field.kind {
                    FieldKind::Choice => answer.parse::<usize>().ok().and_then(|number| field.choices.get(number)),
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
    use crate::postal_address::PostalAddress;

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
    fn new_08_a_letter_repeats_no_number_with_which_somebody_could_be_somebody_else() {
        let details = Details {
            name: "Μαρία".into(),
            phone: Some("+306940000000".into()),
            tax_number: Some("090000045".into()),
            identity: Some("ΑΒ 123456".into()),
            ..Details::default()
        };
        let said = |lines: Vec<(String, String)>| lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>();
        let letter = said(details.letter_lines(None, Voice(Language::El)));
        assert!(letter.contains(&"••••••456".to_owned()) && letter.contains(&"090000045".to_owned()), "{letter:?}");
        let page = said(details.lines(None, Voice(Language::El)));
        assert!(page.contains(&"090000045".to_owned()) && page.contains(&"ΑΒ 123456".to_owned()), "{page:?}");
        assert_eq!(letter.len(), page.len());
        assert_eq!(DetailKind::Identity.in_letter("Α123"), "••23", "half of a short one at most");
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
}
