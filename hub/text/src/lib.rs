//! Every sentence of the hub, in Greek and in English, out of the folder `text/`; and in languages that were added.

pub mod added;
mod asked;
mod bare;
mod dates;
mod desks;
mod directions;
mod edited;
mod figure_tables;
mod placeholders;
mod problems;
mod reasons;
mod sentence;
pub mod shipped;
mod voice;

pub use asked::asked;
pub use bare::bare;
pub use dates::Dates;
pub use desks::desk_name;
pub use directions::at_place;
pub use edited::{Edits, OfficeVoice, characters_max, check, placeholders, preview};
pub use figure_tables::{
    CountedFigures, FigureCell, FigureTable, GroupLine, face_sentence, figure_tables, way_sentence,
};
pub use placeholders::TextFault;
pub use problems::problem;
pub use reasons::{nobody, override_reason, reason};
pub use sentence::{SentenceArguments, Value, languages, say, say_with, shipped_or_added, spoken, try_say, words};
pub use voice::{Voice, both};

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use wire::Language;

    use super::*;

    fn ids(language: &str) -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../text").join(language);
        let mut ids = BTreeSet::new();
        for file in fs::read_dir(folder).unwrap() {
            for line in fs::read_to_string(file.unwrap().path()).unwrap().lines() {
                if let Some((id, _)) = line.split_once(" =")
                    && line.starts_with(|c: char| c.is_ascii_lowercase())
                {
                    assert!(ids.insert(id.to_owned()), "{id} stands twice in text/{language}");
                    assert!(line.matches(" = ").count() <= 1, "{id} has swallowed the sentence behind it: {line}");
                }
            }
        }
        ids
    }

    #[test]
    fn both_languages_have_the_same_sentences() {
        let (greek, english) = (ids("el"), ids("en"));
        assert!(greek.len() > 200);
        assert_eq!(greek.symmetric_difference(&english).collect::<Vec<_>>(), Vec::<&String>::new());
    }

    #[test]
    fn plurals_follow_the_language() {
        assert_eq!(Voice(Language::El).count("visit-ahead", 1_u64), "Προηγείται 1 άτομο");
        assert_eq!(Voice(Language::El).count("visit-ahead", 4_u64), "Προηγούνται 4 άτομα");
        assert_eq!(Voice(Language::En).count("visit-ahead", 1_u64), "1 person ahead of you");
    }
}
