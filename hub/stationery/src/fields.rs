//! The fields of a form, as they were typed, each with what is wrong with it.

use office::{Channel, ExtraField, FieldKind, OnlineRules, Requirement, Service};
use people::{Behalf, Detail, DetailFaults, DetailForm, DetailGroup, DetailKind, DetailRow};
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
    /// The sentence of the refusal; none where nothing is wrong with it.
    pub wrong: Option<String>,
    /// As it was typed.
    pub value: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// How it is written: `text`, `lines`, `digits`, `choice`, or an input's own type.
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
    pub typed: &'a DetailForm,
    /// What is wrong with it.
    pub faults: &'a DetailFaults,
    /// In which language, and whose words.
    pub voice: OfficeVoice,
}

/// For whom a form is, where that can be chosen in it; styles show the right label.
const BEHALVES: [(&str, Behalf); 3] =
    [("only-oneself", Behalf::Oneself), ("only-other", Behalf::Other), ("only-company", Behalf::Company)];

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

    /// The field of a detail, with the label for whom one books.
    pub fn detail(&self, detail: Detail, behalf: Behalf, required: bool) -> Field {
        let row = detail.row();
        Field {
            labels: vec![("", self.voice.say(&row.label(behalf)))],
            kind: match row.kind {
                DetailKind::Line | DetailKind::Postcode | DetailKind::Identity => "text",
                DetailKind::TaxNumber => "digits",
                DetailKind::Email => "email",
                DetailKind::Phone => "tel",
            },
            autocomplete: row.autocomplete,
            narrow: row.kind.is_narrow(),
            ..self.field(row.input, row.input, required)
        }
    }

    /// The fields of one group, in a form in which one can still choose for whom one books.
    pub fn group(&self, group: DetailGroup, channel: Channel, online: &OnlineRules) -> Vec<Field> {
        let behalf = group.behalf();
        let fields = Detail::all().filter(|row| row.group == group).filter_map(|row| {
            let required = required(row.asked(behalf, channel, online))?;
            let field = self.detail(row.detail, behalf, required);
            Some(if row.is_by_behalf { Field { labels: self.labels(row), ..field } } else { field })
        });
        fields.collect()
    }

    /// Every field of a booking that is made: nobody books for another any more.
    pub fn all(&self, service: Option<&Service>, channel: Channel, online: &OnlineRules) -> Vec<Field> {
        let behalf = self.typed.behalf();
        // Where the person served has mail was proven by itself, and is not asked again.
        let asked = Detail::all().filter(|row| row.detail != Detail::ServedEmail).filter_map(|row| {
            let required = required(row.asked(behalf, channel, online))?;
            Some((row.group, self.detail(row.detail, behalf, required)))
        });
        let (last, first): (Vec<_>, Vec<_>) = asked.partition(|(group, _)| *group == DetailGroup::Identity);
        let own = service.iter().flat_map(|service| &service.fields).map(|field| self.extra(field));
        let fields = |some: Vec<(DetailGroup, Field)>| some.into_iter().map(|(_, field)| field);
        fields(first).chain(own).chain(fields(last)).collect()
    }

    /// A label for each of whom one may book for.
    fn labels(&self, row: &DetailRow) -> Vec<(&'static str, String)> {
        BEHALVES.into_iter().map(|(class, behalf)| (class, self.voice.say(&row.label(behalf)))).collect()
    }

    /// A field of the service's own (FLD-28).
    pub fn extra(&self, field: &ExtraField) -> Field {
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

/// Whether a field must be filled in; `None` if there is none.
const fn required(asked: Requirement) -> Option<bool> {
    match asked {
        Requirement::Required => Some(true),
        Requirement::Optional => Some(false),
        Requirement::No => None,
    }
}
