//! Where a key stands in a file: by its path, such as `kiosk[1].printer.profile`.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

/// A file as its keys and values with their places.
pub struct KeyPlaces<'a> {
    text: &'a str,
    table: DeTable<'a>,
}

impl<'a> KeyPlaces<'a> {
    /// The places of a text that was taken apart.
    pub const fn new(text: &'a str, table: DeTable<'a>) -> Self {
        Self { text, table }
    }

    /// The keys and values of the file.
    pub const fn table(&self) -> &DeTable<'a> {
        &self.table
    }

    /// The line of a key; of what it should stand in, where it is missing.
    pub fn line_of(&self, key: &str) -> usize {
        crate::file::line_at(self.text, self.span_of(key).start)
    }

    fn span_of(&self, key: &str) -> Range<usize> {
        let mut found = 0..0;
        let mut within = &self.table;
        for step in key.split('.') {
            let (name, index) = match step.split_once('[') {
                Some((name, rest)) => (name, rest.trim_end_matches(']').parse::<usize>().ok()),
                None => (step, None),
            };
            let Some((written, value)) = within.get_key_value(name) else { return found };
            found = written.span();
            let mut value = value;
            if let (Some(index), DeValue::Array(all)) = (index, value.get_ref()) {
                let Some(one) = all.get(index) else { return found };
                found = one.span();
                value = one;
            }
            match value.get_ref() {
                DeValue::Table(table) => within = table,
                _ => return found,
            }
        }
        found
    }
}
