//! The office's own file: what its administrators write, checked and turned into the rules' configuration.

mod beside;
mod build;
pub mod fault;
mod schema;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use emblem::{DrawingTable, Emblem};
use office::OfficeConfig;
use rayon::prelude::*;

pub use build::calendar;
pub use fault::Wrong;
pub use schema::CalendarFile;

/// An office as its file sets it up.
#[derive(Debug, Clone, PartialEq)]
pub struct OfficeSetup {
    /// What its rules are about.
    pub config: OfficeConfig,
    /// What it looks like; no rule asks.
    pub emblem: Option<Emblem>,
}

/// Reads and checks every office's file.
///
/// # Errors
/// What is wrong first, with the key, the line, and what would be right.
pub fn read_all(paths: &[PathBuf]) -> anyhow::Result<Vec<OfficeSetup>> {
    let table = DrawingTable::default();
    let offices: Vec<OfficeSetup> = paths.par_iter().map(|path| read(path, &table)).collect::<anyhow::Result<_>>()?;
    let mut keys: BTreeMap<&str, &Path> = BTreeMap::new();
    let mut numbers: BTreeMap<u32, &Path> = BTreeMap::new();
    for (OfficeSetup { config: office, .. }, path) in offices.iter().zip(paths) {
        let twice = keys.insert(&office.key, path);
        ensure!(twice.is_none(), "{}: key: `{}` is the key of another office too", path.display(), office.key);
        let twice = numbers.insert(office.number, path);
        ensure!(twice.is_none(), "{}: number: {} is the number of another office too", path.display(), office.number);
    }
    Ok(offices)
}

fn read(path: &Path, table: &DrawingTable) -> anyhow::Result<OfficeSetup> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let set_up = || {
        let (file, config) = understand(&text)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let emblem = file.emblem.as_ref().map(|name| beside::emblem(folder, name, table));
        Ok(OfficeSetup { config, emblem: emblem.transpose().map_err(|wrong| wrong.sentence(&text))? })
    };
    set_up().map_err(|fault: String| anyhow::anyhow!("{}: {fault}", path.display()))
}

/// An office's file as the rules' configuration. The name of its emblem is looked at, its emblem is not.
///
/// # Errors
/// What is wrong, in a sentence with its line.
pub fn parse(text: &str) -> Result<OfficeConfig, String> {
    let (file, config) = understand(text)?;
    file.emblem.iter().try_for_each(beside::check_name).map_err(|wrong| wrong.sentence(text))?;
    Ok(config)
}

fn understand(text: &str) -> Result<(schema::OfficeFile, OfficeConfig), String> {
    let file: schema::OfficeFile = toml::from_str(text).map_err(|error| fault::of_toml(&error))?;
    let config = build::config(&file).map_err(|wrong| wrong.sentence(text))?;
    config.check().map_err(|faults| fault::of_check(text, &faults))?;
    Ok((file, config))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = include_str!("../../samples/kep.toml");

    #[test]
    fn the_sample_is_an_office() {
        let config = parse(SAMPLE).unwrap();
        assert_eq!(config.key, "kep");
        assert_eq!(config.services.len(), 7);
        assert_eq!(config.groups.len(), 3);
        assert_eq!(config.desks.len(), 4);
        for service in config.services.values() {
            assert!(!service.name.el.is_empty() && !service.name.en.is_empty());
            assert!(!service.documents.is_empty(), "{} needs nothing?", service.key);
        }
    }

    #[test]
    fn fld_26_sentences_for_the_hall_are_read_with_their_times() {
        let with = |table: &str| SAMPLE.replacen("[calendar]\n", &format!("[[notices]]\n{table}\n\n[calendar]\n"), 1);
        let text = "text = { el = \"Κλείνουμε στις 12:00.\", en = \"We close at 12:00.\" }";
        let config = parse(&with(&format!("{text}\nuntil = \"2026-11-27T12:00\""))).unwrap();
        let [notice] = config.notices.as_slice() else { panic!("{:?}", config.notices) };
        let until = notice.until.map(|until| until.to_string());
        assert_eq!((notice.from, until.as_deref()), (None, Some("2026-11-27 12:00:00")));
        let turned = format!("{text}\nfrom = \"2026-11-28T08:00\"\nuntil = \"2026-11-27T12:00\"");
        let wrong = parse(&with(&turned)).unwrap_err();
        assert!(wrong.contains("notices.1.until: must begin before it ends"), "{wrong}");
        let long = format!("text = {{ el = \"{}\", en = \"short\" }}", "λ".repeat(81));
        let wrong = parse(&with(&long)).unwrap_err();
        assert!(wrong.contains("notices.1.text: may hold 80 at most"), "{wrong}");
    }

    /// Changes one line of the sample, and says what the reader is told.
    fn check(line: &str, instead: &str, tells: &[&str]) {
        assert!(SAMPLE.contains(line), "the sample has no {line}");
        let text = SAMPLE.replacen(line, instead, 1);
        let number = text[..text.find(instead).unwrap()].matches('\n').count() + 1;
        let said = parse(&text).unwrap_err();
        for told in tells.iter().map(ToString::to_string).chain([format!("line {number}")]) {
            assert!(said.contains(&told), "no «{told}» in: {said}");
        }
    }

    #[test]
    fn a_wrong_file_is_told_with_key_line_and_what_would_be_right() {
        check("planned_minutes = 10", "planed_minutes = 10", &["planed_minutes", "expected one of"]);
        check("planned_minutes = 10", "planned_minutes = \"ten\"", &["planned_minutes", "invalid type"]);
        check("planned_minutes = 10", "planned_minutes = 0", &["planned_minutes", "must be from"]);
        check("group = \"certificates\"", "group = \"certificate\"", &["group", "certificate", "one of"]);
        check("letter = \"A\"", "letter = \"I\"", &["letter", "none of A B E Z H K M N T Y X"]);
        check("zone = \"Europe/Athens\"", "zone = \"Europe/Athina\"", &["zone", "Europe/Athens"]);
        check("booking = \"preferred\"", "booking = \"perhaps\"", &["perhaps", "expected one of"]);
        check("from = \"08:00\"", "from = \"8 o'clock\"", &["from", "08:00"]);
        let outside = "emblem = \"../emblem.svg\"";
        check("emblem = \"emblem.svg\"", outside, &["emblem", "`../emblem.svg`", "beside the office's file"]);
        check("emblem = \"emblem.svg\"", "emblem = \"emblem.jpg\"", &["emblem", "emblem.jpg", ".svg or .png"]);
    }
}
