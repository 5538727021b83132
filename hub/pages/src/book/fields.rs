//! The fields of a form, as they were typed, each with what is wrong with it.

use office::FieldKind;

use super::typed::{Faults, Typed};
use text::OfficeVoice;

/// A field of the form.
#[derive(Debug)]
pub struct Field {
    /// Its name in the form.
    pub name: String,
    /// Its label, or one for each of whom one books for, with the class that shows it.
    pub labels: Vec<(&'static str, String)>,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// What is wrong with it.
    pub wrong: Option<String>,
    /// As it was typed.
    pub value: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// Of which kind: `text`, `lines`, `digits`, `choice`, or an input's own type.
    pub kind: &'static str,
    /// What a browser may fill in.
    pub autocomplete: &'static str,
    /// Whether little is written in it.
    pub narrow: bool,
    /// The answers to choose from: value, name, whether it is chosen.
    pub choices: Vec<(String, String, bool)>,
}

impl Field {
    /// The attribute that ties hint and fault to the field. Names are of our own making, or checked when the office was
    /// set up: nothing in them needs escaping.
    pub fn described(&self) -> String {
        let Self { name, .. } = self;
        match (&self.hint, &self.wrong) {
            (None, None) => String::new(),
            (Some(_), None) => format!(" aria-describedby=\"{name}-hint\""),
            (None, Some(_)) => format!(" aria-describedby=\"{name}-wrong\""),
            (Some(_), Some(_)) => format!(" aria-describedby=\"{name}-hint {name}-wrong\""),
        }
    }
}

/// Makes fields out of what was typed.
#[derive(Debug)]
pub struct Painter<'a> {
    /// What was typed.
    pub typed: &'a Typed,
    /// What is wrong with it.
    pub faults: &'a Faults,
    /// In which language, and whose words.
    pub voice: OfficeVoice,
}

impl Painter<'_> {
    /// A line of text whose label and hint have this id.
    pub fn field(&self, name: &str, id: &str, required: bool) -> Field {
        Field {
            name: name.to_owned(),
            labels: vec![("", self.voice.say(&format!("{id}-label")))],
            hint: self.voice.try_with(&format!("{id}-hint"), "n", ""),
            wrong: self.faults.iter().find(|(field, _)| field == name).map(|(_, sentence)| sentence.clone()),
            value: self.typed.text(name).to_owned(),
            required,
            kind: "text",
            autocomplete: "off",
            narrow: false,
            choices: Vec::new(),
        }
    }

    /// The name has another label for whom one books; styles show the right one.
    pub fn name(&self) -> Field {
        let labels = [
            ("only-oneself", "name-label"),
            ("only-other", "name-other-label"),
            ("only-company", "name-company-label"),
        ];
        Field {
            labels: labels.into_iter().map(|(class, id)| (class, self.voice.say(id))).collect(),
            autocomplete: "name",
            ..self.field("name", "name", true)
        }
    }

    /// A field of the service's own (FLD-28).
    pub fn extra(&self, field: &office::ExtraField) -> Field {
        let name = format!("x-{}", field.key);
        let value = self.typed.text(&name).to_owned();
        let choices = field.choices.iter().enumerate().map(|(number, choice)| {
            let number = number.to_string();
            let chosen = number == value;
            (number, self.voice.of_text(choice), chosen)
        });
        Field {
            labels: vec![("", self.voice.of_text(&field.label))],
            hint: field.hint.as_ref().map(|hint| self.voice.of_text(hint)),
            required: field.required,
            kind: match field.kind {
                FieldKind::Line => "text",
                FieldKind::Lines => "lines",
                FieldKind::Digits => "digits",
                FieldKind::Date => "date",
                FieldKind::Choice => "choice",
            },
            narrow: matches!(field.kind, FieldKind::Digits | FieldKind::Date),
            choices: choices.collect(),
            ..self.field(&name, "name", field.required)
        }
    }
}
