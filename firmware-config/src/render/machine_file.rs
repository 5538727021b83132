//! A file that is written for a machine: where it belongs, and what stands in it.

/// A file to be installed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineFile {
    /// Where it belongs.
    pub path: String,
    /// What stands in it, to the last line.
    pub text: String,
}

impl MachineFile {
    /// A file at a path, with its text.
    pub(super) fn new(path: &str, text: String) -> Self {
        Self { path: path.to_owned(), text }
    }
}
