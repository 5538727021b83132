//! What a document says, before it is set.

/// A document before it is set: its language, and its parts in the order in which they are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperDocument {
    /// What a reader's window is called.
    pub title: String,
    /// The language that it is read aloud in: `el`, `en`.
    pub language: String,
    /// What stands in it, in order.
    pub blocks: Vec<PaperBlock>,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperBlock {
    /// What it is, once.
    Title(String),
    /// What the next part is about.
    Heading(String),
    /// Running text; a blank line begins another paragraph.
    Text(String),
    /// A table: what each column is, and its rows.
    Table {
        /// One name a column.
        head: Vec<String>,
        /// As many cells each.
        rows: Vec<Vec<String>>,
    },
}
