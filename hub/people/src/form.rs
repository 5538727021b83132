//! What somebody typed into the details, and what is right or wrong about it (OMB-09, FLD-28). Text stays as it was
//! typed until it is right: what is wrong is shown again beside the sentence that says why.

use std::collections::BTreeMap;

use office::{Channel, CivilDate, ExtraField, FieldKind, LateChoice, Needs, OnlineRules, Requirement, Service};
use serde::{Deserialize, Serialize};
use text::Voice;
use vocabulary::is_unseen;

use crate::{
    address::{AddressFlaw, address},
    behalf::Behalf,
    detail::{Detail, DetailKind, DetailRow},
    details::Details,
    needs::NEEDS,
};

/// Longest name, and longest line of any field.
pub const LINE_CHARACTERS_MAX: usize = 200;
/// Longest text of several lines.
const LINES_CHARACTERS_MAX: usize = 2_000;
/// Longest row of digits.
const DIGITS_MAX: usize = 20;
/// More fields than any form of ours has.
const FIELDS_MAX: usize = 60;

/// What was typed into a form, by field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DetailForm(BTreeMap<String, String>);

/// What is wrong, by field, in the order of the page.
pub type DetailFaults = Vec<(String, String)>;

/// What must be known to judge what was typed.
#[derive(Debug, Clone, Copy)]
pub struct DetailRules<'a> {
    /// The service that is booked, which says what must be filled in.
    pub service: &'a Service,
    /// How it will be had.
    pub channel: Channel,
    /// What the office asks.
    pub online: &'a OnlineRules,
    /// In which language faults are told.
    pub voice: Voice,
}

/// Details that are right, and what the rules of the day want to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Particulars {
    /// What was typed, as it is kept with the booking.
    pub details: Details,
    /// What the person needs (FLD-34).
    pub needs: Needs,
    /// What is to happen if they are late (TRN-05).
    pub if_late: Option<LateChoice>,
}

impl DetailForm {
    /// Of a form's fields. What is far too long is cut: it would be refused anyway, and is not sent back whole.
    pub fn new(fields: BTreeMap<String, String>) -> Self {
        let cut = |text: String| text.chars().take(LINES_CHARACTERS_MAX + 1).collect();
        Self(fields.into_iter().take(FIELDS_MAX).map(|(name, text)| (name, cut(text))).collect())
    }

    /// As somebody would have typed what is kept, to be put right.
    pub fn of(details: &Details) -> Self {
        let mut fields = BTreeMap::from([("behalf".to_owned(), details.behalf.name().to_owned())]);
        let typed = |row: &DetailRow| row.of(details).map(|kept| row.kind.readable(kept)).unwrap_or_default();
        fields.extend(Detail::all().map(|row| (row.input.to_owned(), typed(row))));
        fields.extend(details.fields.iter().map(|(key, answer)| (format!("x-{key}"), answer.clone())));
        Self(fields)
    }

    /// As it was typed.
    pub fn text(&self, field: &str) -> &str {
        self.0.get(field).map(String::as_str).unwrap_or_default()
    }

    /// As it was typed, if the field was there.
    pub fn given(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    /// The same with one field more.
    #[must_use]
    pub fn with(mut self, field: &str, text: String) -> Self {
        self.0.insert(field.to_owned(), text);
        self
    }

    /// A line with its blanks put right.
    fn line(&self, field: &str) -> String {
        self.text(field).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether somebody books for themselves or for another.
    pub fn behalf(&self) -> Behalf {
        Behalf::of_name(self.text("behalf"))
    }

    /// Whether an agent books for a citizen, who then confirms it (TRN-07).
    pub fn is_for_citizen(&self) -> bool {
        self.text("behalf") == "citizen"
    }

    /// The citizen's address, if it is one.
    ///
    /// # Errors
    /// Why mail cannot go there.
    pub fn citizen_email(&self) -> Result<String, AddressFlaw> {
        address(self.text("citizen-email")).map(|email| email.to_lowercase())
    }

    /// Who comes.
    pub fn name(&self) -> String {
        self.line(Detail::Name.row().input)
    }

    /// What an agent says of itself each time: without what belongs to one booking.
    #[must_use]
    pub fn as_profile(&self) -> Self {
        let is_lasting = |name: &str| Detail::all().any(|row| row.is_lasting && row.input == name);
        let kept = self.0.iter().filter(|(name, _)| *name == "behalf" || is_lasting(name));
        Self(kept.map(|(name, text)| (name.clone(), text.clone())).collect())
    }

    /// Whether a box is ticked.
    pub fn is_ticked(&self, field: &str) -> bool {
        !self.text(field).is_empty()
    }

    fn needs(&self) -> Needs {
        let mut needs = Needs::default();
        for need in NEEDS.iter().filter(|need| self.is_ticked(need.input)) {
            (need.set)(&mut needs);
        }
        needs
    }

    /// The details, or everything that is wrong with them.
    ///
    /// # Errors
    /// Each field with the sentence that says what to write instead.
    pub fn checked(&self, rules: DetailRules<'_>) -> Result<Particulars, DetailFaults> {
        let mut judge = Judge { typed: self, voice: rules.voice, faults: Vec::new() };
        let mut details = Details { behalf: self.behalf(), ..Details::default() };
        for row in Detail::all() {
            let asked = row.asked(details.behalf, rules.channel, rules.online);
            if let Some(text) = judge.detail(row, asked) {
                row.put(&mut details, text);
            }
        }
        details.fields = rules.service.fields.iter().filter_map(|field| judge.extra(field)).collect();
        let if_late = match self.text("if-late") {
            // Who is called where they are comes to no desk.
            _ if rules.channel != Channel::InPerson => None,
            "end-of-day" => Some(LateChoice::EndOfDay),
            "book-anew" => Some(LateChoice::BookAnew),
            // Who was not asked is asked when they come.
            _ => None,
        };
        if judge.faults.is_empty() {
            Ok(Particulars { details, needs: self.needs(), if_late })
        } else {
            Err(judge.faults)
        }
    }

    /// What stands in fields that an office or a body made, by their keys, or everything that is wrong with it (FLD-28).
    ///
    /// # Errors
    /// Each field with the sentence that says what to write instead.
    pub fn extras<'f>(
        &self,
        fields: impl IntoIterator<Item = &'f ExtraField>,
        voice: Voice,
    ) -> Result<BTreeMap<String, String>, DetailFaults> {
        let mut judge = Judge { typed: self, voice, faults: Vec::new() };
        let said = fields.into_iter().filter_map(|field| judge.extra(field)).collect();
        if judge.faults.is_empty() { Ok(said) } else { Err(judge.faults) }
    }
}

/// Goes through the fields and keeps what is wrong.
struct Judge<'a> {
    typed: &'a DetailForm,
    voice: Voice,
    faults: DetailFaults,
}

impl Judge<'_> {
    fn fault(&mut self, field: &str, sentence: String) {
        self.faults.push((field.to_owned(), sentence));
    }

    /// What stands in the field of a detail, if it is asked.
    fn detail(&mut self, row: &DetailRow, asked: Requirement) -> Option<String> {
        let line = self.typed.line(row.input);
        let (is_needed, fault) = match asked {
            Requirement::No => return None,
            Requirement::Required => (true, row.fault),
            // Who gives one part gives all.
            Requirement::Optional => {
                let mut parts = Detail::all().filter(|part| part.fact == row.fact);
                (parts.any(|part| !self.typed.line(part.input).is_empty()), row.fault_if_optional)
            }
        };
        if !is_needed {
            return None;
        }
        let text = if row.kind == DetailKind::Line {
            if line.is_empty() {
                self.fault(row.input, self.voice.say(fault));
                return None;
            }
            self.plain(row.input, line)?
        } else {
            line
        };
        let parsed = row.kind.parse(&text);
        if parsed.is_none() {
            self.fault(row.input, self.voice.say(row.kind.flaw(&text).unwrap_or(fault)));
        }
        parsed
    }

    /// A line of text that is not too long, without control characters.
    fn plain(&mut self, field: &str, line: String) -> Option<String> {
        if line.chars().count() > LINE_CHARACTERS_MAX {
            self.fault(field, self.voice.with("text-long", "n", LINE_CHARACTERS_MAX));
            return None;
        }
        if line.chars().any(is_unseen) {
            self.fault(field, self.voice.say("text-control"));
            return None;
        }
        Some(line)
    }

    /// A field of the service's own.
    fn extra(&mut self, field: &ExtraField) -> Option<(String, String)> {
        let name = format!("x-{}", field.key);
        let label = self.voice.of_text(&field.label);
        let text = match field.kind {
            FieldKind::Lines => self.typed.text(&name).replace("\r\n", "\n").trim().to_owned(),
            FieldKind::Line | FieldKind::Digits | FieldKind::Date | FieldKind::Choice => self.typed.line(&name),
        };
        if text.is_empty() {
            if field.required {
                self.fault(&name, self.voice.text("field-missing", "label", &label));
            }
            return None;
        }
        let most = match field.kind {
            FieldKind::Lines => LINES_CHARACTERS_MAX,
            FieldKind::Digits => DIGITS_MAX,
            FieldKind::Line | FieldKind::Date | FieldKind::Choice => LINE_CHARACTERS_MAX,
        };
        let is_right = match field.kind {
            FieldKind::Line => !text.chars().any(is_unseen),
            FieldKind::Lines => !text.chars().any(|c| is_unseen(c) && c != '\n'),
            FieldKind::Digits => text.chars().all(|c| c.is_ascii_digit()),
            FieldKind::Date => text.parse::<CivilDate>().is_ok(),
            FieldKind::Choice => text.parse::<usize>().is_ok_and(|number| number < field.choices.len()),
        };
        if text.chars().count() > most {
            self.fault(&name, self.voice.with("text-long", "n", most));
            return None;
        }
        if !is_right {
            let wrong = match field.kind {
                FieldKind::Line | FieldKind::Lines => "text-control",
                FieldKind::Digits => "field-not-digits",
                FieldKind::Date => "field-no-date",
                FieldKind::Choice => "field-no-choice",
            };
            self.fault(&name, self.voice.text(wrong, "label", &label));
            return None;
        }
        Some((field.key.clone(), text))
    }
}

#[cfg(test)]
mod tests {
    use office::{Assurance, BookingNeed, Level, Words};
    use wire::Language;

    use super::*;

    fn service() -> Service {
        Service {
            key: "address".into(),
            group: "registry".into(),
            catalogue: None,
            name: Words::new("Α", "A"),
            about: Words::new("", ""),
            planned_minutes: 20,
            minutes_per_further_person: 0,
            minutes_per_further_case: 0,
            channels: [Channel::InPerson, Channel::Telephone].into(),
            booking: BookingNeed::Preferred,
            documents: Vec::new(),
            level: Level::None,
            assurance: Assurance::None,
            grid_minutes: 20,
            telephone_informs: false,
            pictogram: office::Pictogram::default(),
            information: false,
            lead_minutes: 0,
            horizon_days: 60,
            releases: Vec::new(),
            change_until_minutes: 0,
            fields: vec![ExtraField {
                key: "protocol".into(),
                label: Words::new("Αριθμός πρωτοκόλλου", "Protocol number"),
                hint: None,
                kind: FieldKind::Digits,
                required: false,
                choices: Vec::new(),
            }],
            forms: Vec::new(),
        }
    }

    const SELF: [(&str, &str); 5] = [
        ("name", "  Μαρία   Παπαδοπούλου "),
        ("phone", "694 000 0000"),
        ("street", "Πλατεία 1"),
        ("postcode", "721 00"),
        ("town", "Άγιος Νικόλαος"),
    ];

    fn check(changed: &[(&str, &str)], channel: Channel) -> Result<Particulars, Vec<String>> {
        let typed = SELF.iter().chain(changed).map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
        let (service, online) = (service(), OnlineRules::default());
        let form = DetailRules { service: &service, channel, online: &online, voice: Voice(Language::El) };
        DetailForm::new(typed.collect())
            .checked(form)
            .map_err(|faults| faults.into_iter().map(|(field, _)| field).collect())
    }

    #[test]
    fn omb_09_for_oneself() {
        let right = check(&[], Channel::InPerson).unwrap();
        assert_eq!(right.details.name, "Μαρία Παπαδοπούλου");
        assert_eq!(right.details.phone.as_deref(), Some("+306940000000"));
        assert_eq!(right.details.postal_address.unwrap().postcode, "72100");
        let none = [("name", ""), ("phone", ""), ("street", ""), ("postcode", ""), ("town", " ")];
        assert_eq!(check(&none, Channel::InPerson).unwrap_err(), ["name", "phone", "street", "postcode", "town"]);
        assert_eq!(check(&[("identity", "<script>")], Channel::InPerson).unwrap_err(), ["identity"]);
        let identity = check(&[("identity", "αβ 123456")], Channel::InPerson).unwrap().details.identity;
        assert_eq!(identity.as_deref(), Some("ΑΒ 123456"));
    }

    #[test]
    fn omb_09_omb_14_for_somebody_else_who_has_no_telephone() {
        let other = [("behalf", "other"), ("applicant", "Ελένη Παπαδοπούλου"), ("phone", "")];
        let details = check(&other, Channel::InPerson).unwrap().details;
        assert_eq!((details.behalf, details.phone), (Behalf::Other, None));
        assert_eq!(details.applicant.as_deref(), Some("Ελένη Παπαδοπούλου"));
        assert_eq!(check(&other, Channel::Telephone).unwrap_err(), ["phone"], "who is called needs a number");
        assert_eq!(check(&[("behalf", "other")], Channel::InPerson).unwrap_err(), ["applicant"]);
    }

    #[test]
    fn omb_01_a_legal_person_names_its_representative() {
        let company = [("behalf", "company"), ("company", "Σχολή Οδηγών ΑΕ"), ("tax", "090000045")];
        let details = check(&company, Channel::InPerson).unwrap().details;
        assert_eq!(details.tax_number.as_deref(), Some("090000045"));
        let wrong = [("behalf", "company"), ("company", ""), ("tax", "090000046")];
        assert_eq!(check(&wrong, Channel::InPerson).unwrap_err(), ["company", "tax"]);
        let kept = check(&[("company", "Α"), ("tax", "1")], Channel::InPerson).unwrap().details;
        assert_eq!((kept.company, kept.tax_number), (None, None), "what is not asked is not kept");
    }

    #[test]
    fn fld_28_a_field_of_the_service_is_judged_by_its_kind() {
        let details = check(&[("x-protocol", "1234")], Channel::InPerson).unwrap().details;
        assert_eq!(details.fields["protocol"], "1234");
        assert_eq!(check(&[("x-protocol", "=1+2")], Channel::InPerson).unwrap_err(), ["x-protocol"]);
    }

    #[test]
    fn trn_09_what_is_kept_can_be_put_right() {
        let company =
            [("behalf", "company"), ("company", "Σχολή Οδηγών ΑΕ"), ("tax", "090000045"), ("x-protocol", "12")];
        let right = check(&company, Channel::InPerson).unwrap();
        let (service, online) = (service(), OnlineRules::default());
        let form =
            DetailRules { service: &service, channel: Channel::InPerson, online: &online, voice: Voice(Language::El) };
        assert_eq!(DetailForm::of(&right.details).checked(form).unwrap().details, right.details);
    }

    #[test]
    fn trn_05_what_is_to_happen_to_who_is_late_is_their_choice() {
        let chosen = |choice| check(&[("if-late", choice)], Channel::InPerson).unwrap().if_late;
        assert_eq!(chosen("end-of-day"), Some(LateChoice::EndOfDay));
        assert_eq!(chosen("book-anew"), Some(LateChoice::BookAnew));
        assert_eq!(chosen(""), None);
        let called = check(&[("if-late", "end-of-day")], Channel::Telephone).unwrap();
        assert_eq!(called.if_late, None, "who is called comes to no desk");
    }

    #[test]
    fn ten_megabytes_of_one_line_are_refused_and_cut() {
        let long = "Α".repeat(10_000_000);
        assert_eq!(check(&[("name", &long)], Channel::InPerson).unwrap_err(), ["name"]);
        let typed = DetailForm::new([("name".to_owned(), long)].into());
        assert!(typed.text("name").chars().count() <= LINES_CHARACTERS_MAX + 1);
        for unseen in ["Μαρία\u{7}", "Μα\0ρία", "\u{202e}αίραΜ", "Μαρία\u{200b}"] {
            assert_eq!(check(&[("name", unseen)], Channel::InPerson).unwrap_err(), ["name"], "{unseen:?}");
        }
    }
}
