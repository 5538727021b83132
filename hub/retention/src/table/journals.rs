//! The two journals, of offices and of the body: which fields their events have, by the golden files, and the table of those that
//! can point at a person.

use std::{collections::BTreeMap, fmt::Write, path::Path};

use super::{
    pointers::{OF_OFFICES_FILE, OFFICES_FILE, PLAIN, POINTERS, Pointer},
    pointers_of_body::{PLAIN_OF_BODY, POINTERS_OF_BODY},
};

/// A journal, and what its events say.
pub(super) struct KeptJournal {
    /// What its table is called in the file.
    pub(super) mark: &'static str,
    /// Where one of each event lies, from the root of the house.
    golden: &'static str,
    /// There are more than so many.
    events_min: usize,
    pointers: &'static [Pointer],
    plain: &'static str,
    /// The event that holds a file of an office's own, if one does, and the fields of it that count.
    file: Option<(&'static str, &'static [&'static str])>,
}

/// An office's journal and the body's.
pub(super) const JOURNALS: [KeptJournal; 2] = [
    KeptJournal {
        mark: "journal",
        golden: "office/tests/golden",
        events_min: 40,
        pointers: POINTERS,
        plain: PLAIN,
        file: Some((OFFICES_FILE, OF_OFFICES_FILE)),
    },
    KeptJournal {
        mark: "body journal",
        golden: "body/tests/golden",
        events_min: 30,
        pointers: POINTERS_OF_BODY,
        plain: PLAIN_OF_BODY,
        file: None,
    },
];

impl KeptJournal {
    /// The names of fields in which events stand, each with the events that have it.
    fn fields(&self) -> BTreeMap<String, Vec<String>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(self.golden);
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        assert!(files.len() > self.events_min, "{files:?}");
        for file in files {
            // An event that came to be written otherwise has a file for each of its forms.
            let stem = file.file_stem().unwrap().to_str().unwrap();
            let event = stem.split_once('.').map_or(stem, |(event, _)| event).to_owned();
            let json = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
            let is_plain =
                |name: &String| self.file.is_some_and(|(of, counts)| event == of && !counts.contains(&name.as_str()));
            for name in names(&json).into_iter().filter(|name| !is_plain(name)) {
                let events = fields.entry(name).or_default();
                if events.last() != Some(&event) {
                    events.push(event.clone());
                }
            }
        }
        fields
    }

    /// Fields of events of which nobody said whether they can point at a person.
    pub(super) fn unknown_fields(&self) -> Vec<String> {
        let plain: Vec<&str> = self.plain.split_whitespace().collect();
        let is_known = |field: &str| {
            let points = self.pointers.iter().any(|pointer| pointer.fields.contains(&field));
            assert!(!(points && plain.contains(&field)), "{field} stands twice");
            points || plain.contains(&field)
        };
        self.fields().into_keys().filter(|field| !is_known(field)).collect()
    }

    /// The table in one language.
    pub(super) fn table(&self, language: usize) -> String {
        let heads = [
            "| πεδίο | τι είναι | σε ποια συμβάντα | πώς θολώνει |\n",
            "| field | what it is | in which events | how it is blurred |\n",
        ];
        let fields = self.fields();
        let mut text = heads[language].to_owned() + "| --- | --- | --- | --- |\n";
        for pointer in self.pointers {
            let named: Vec<String> = pointer.fields.iter().map(|field| format!("`{field}`")).collect();
            let mut events: Vec<&String> =
                pointer.fields.iter().filter_map(|field| fields.get(*field)).flatten().collect();
            events.sort_unstable();
            events.dedup();
            let events: Vec<&str> = events.into_iter().map(String::as_str).collect();
            let (what, how) = (pointer.what[language], pointer.how[language]);
            writeln!(text, "| {} | {what} | {} | {how} |", named.join(", "), events.join(", ")).unwrap();
        }
        text
    }
}

fn names(json: &serde_json::Value) -> Vec<String> {
    match json {
        serde_json::Value::Object(fields) => {
            fields.iter().flat_map(|(name, value)| std::iter::once(name.clone()).chain(names(value))).collect()
        }
        serde_json::Value::Array(items) => items.iter().flat_map(names).collect(),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => Vec::new(),
    }
}
