//! The part of a form in which photographs and documents are chosen (PET-04), with what was chosen before and not sent yet.

use acts::requests::FILES_FIELD;
use body::Category;
use office::Requirement;
use people::DetailFaults;
use stationery::{file_form::DROP, request_lines::file_size};
use store::Upload;
use text::Voice;

/// The field in which files are chosen, with those that were chosen before.
#[derive(Debug)]
pub struct ChosenFiles {
    /// What is taken, how many, and how large each may be.
    pub hint: String,
    /// Whether at least one is needed, and none is there.
    pub required: bool,
    /// What was chosen before: the name of the box that takes it back, its name, and how large it is.
    pub chosen: Vec<(String, String, String)>,
    /// What is wrong, sentence by sentence.
    pub wrong: Vec<String>,
}

impl ChosenFiles {
    /// Of a category; none where it takes no files.
    pub fn of(category: &Category, chosen: Vec<Upload>, faults: &DetailFaults, voice: Voice) -> Option<Self> {
        if category.files == Requirement::No {
            return None;
        }
        let limits = [("n", u64::from(category.files_max).into()), ("mib", u64::from(category.file_mib_max).into())];
        let is_of_files = |(field, _): &&(String, String)| field == FILES_FIELD;
        Some(Self {
            hint: voice.say_with("request-files-hint", limits),
            required: category.files == Requirement::Required && chosen.is_empty(),
            chosen: chosen
                .into_iter()
                .map(|file| (format!("{DROP}{}", file.id.simple()), file.name, file_size(file.bytes, voice)))
                .collect(),
            wrong: faults.iter().filter(is_of_files).map(|(_, sentence)| sentence.clone()).collect(),
        })
    }
}
